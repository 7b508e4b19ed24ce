//! Pictures that are files of their own: counted and known by their fingerprint, not looked into.

use crate::extract::reader::{Failure, Format, Reader};
use crate::extract::{picture, raster, taken};
use crate::model::document::{Body, Picture};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;

/// Reads pictures.
pub const READER: Reader = Reader {
    name: "image",
    version: 2,
    formats: &[Format::Jpeg, Format::Png, Format::Gif, Format::Bmp, Format::Tiff, Format::Webp, Format::Heic],
    read,
};

/// One picture, if its header says how large it is; a file cut off before that is no picture.
fn read(bytes: &[u8], format: Format) -> Result<Body, Failure> {
    let size = imagesize::blob_size(bytes).ok().filter(|s| s.width > 0 && s.height > 0);
    // A HEIC file may keep its size where `imagesize` does not look: then the boxes themselves must be there.
    if size.is_none() && !(format == Format::Heic && bytes.windows(4).any(|w| w == b"mdat")) {
        return Err(Failure::Damaged(msg!("extract.image_no_header", format.name())));
    }
    let picture = Picture { place: Some(Place::Whole), taken: taken::taken(bytes), ..picture::of_bytes(bytes) };
    // Several pages in one picture are a scanner's: no camera makes such.
    let pages = if format == Format::Tiff { raster::tiff_page_count(bytes) } else { 1 };
    let losses = if pages > 1 { vec![Problem::Scanned(pages as u32)] } else { Vec::new() };
    Ok(Body { pictures: vec![picture], losses, ..Body::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIF: &[u8] = b"GIF89a\x02\x00\x03\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;";

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let body = read(GIF, Format::Gif).expect("a picture");
        assert_eq!(body.pictures[0].fingerprint, format!("{:08x}-00000014", libdeflater::crc32(GIF)));
        assert!(body.blocks.is_empty() && body.losses.is_empty());
    }

    #[test]
    fn a_header_cut_off_is_damage() {
        for (bytes, format) in [
            (&GIF[..7], Format::Gif),
            (b"\xFF\xD8\xFF\xE0\x00\x10JFIF", Format::Jpeg),
            (b"\x89PNG\r\n\x1A\n\0\0", Format::Png),
        ] {
            assert!(matches!(read(bytes, format), Err(Failure::Damaged(_))));
        }
    }

    /// A black-and-white TIFF of so many pages, 8 × 1 pixels each (TIFF 6.0, baseline).
    fn tiff(pages: u32) -> Vec<u8> {
        let mut out = b"II*\0\x08\0\0\0".to_vec();
        for n in 1..=pages {
            let start = out.len() as u32;
            let entries: [(u16, u16, u32, u32); 9] = [
                (256, 4, 1, 8),
                (257, 4, 1, 1),
                (258, 3, 1, 1),
                (259, 3, 1, 1),
                (262, 3, 1, 1),
                (273, 4, 1, start + 2 + 9 * 12 + 4),
                (277, 3, 1, 1),
                (278, 4, 1, 1),
                (279, 4, 1, 1),
            ];
            out.extend((entries.len() as u16).to_le_bytes());
            for (tag, kind, count, value) in entries {
                out.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
                out.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
            }
            let next = start + 2 + 9 * 12 + 4 + 2;
            out.extend(if n == pages { 0 } else { next }.to_le_bytes());
            out.extend([if n == 1 { 0xF0 } else { 0x0F }, 0]);
        }
        out
    }

    #[test]
    fn a_tiff_of_several_pages_is_a_scan_and_each_page_is_found() {
        let one = read(&tiff(1), Format::Tiff).expect("a picture");
        assert!(one.losses.is_empty() && one.pictures.len() == 1);
        assert_eq!(read(&tiff(3), Format::Tiff).expect("a scan").losses, [Problem::Scanned(3)]);
        let pages = raster::tiff_pages(&tiff(3), 50);
        let left: Vec<u8> = pages.iter().map(|p| raster::unpack(p).expect("a page").rgb[0]).collect();
        assert_eq!(left, [255, 0, 0], "white on the left of the first page only");
        assert_eq!(raster::tiff_pages(&tiff(3), 2).len(), 2);
    }

    #[test]
    fn directories_that_lead_in_a_circle_or_nowhere_end() {
        let mut circle = tiff(2);
        let last = circle.len() - 6;
        circle[last..last + 4].copy_from_slice(&8u32.to_le_bytes());
        assert_eq!(raster::tiff_page_count(&circle), 2);
        let mut nowhere = tiff(1);
        let last = nowhere.len() - 6;
        nowhere[last..last + 4].copy_from_slice(&0xFFFF_FFF0u32.to_le_bytes());
        assert_eq!(raster::tiff_page_count(&nowhere), 1);
        assert_eq!(raster::tiff_page_count(b"MM\0*"), 0);
    }

    #[test]
    fn a_photograph_of_a_telephone_is_a_picture_too() {
        let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), b"\0\0\0\x10mdat\0\0\0\0\0\0\0\0"].concat();
        let body = read(&heic, Format::Heic).expect("a picture");
        assert_eq!((body.pictures.len(), body.losses.len()), (1, 0));
    }

    #[test]
    fn a_picture_of_too_many_pixels_is_not_unpacked() {
        // A PNG header that says 60,000 × 60,000 (PNG 11.2.2); its checksum is right.
        let mut header = b"IHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0".to_vec();
        let sum = libdeflater::crc32(&header);
        header.extend(sum.to_be_bytes());
        let png = [b"\x89PNG\r\n\x1A\n\0\0\0\x0D".as_slice(), &header, b"\0\0\0\0IDAT\x35\xAF\x06\x1E"].concat();
        assert!(raster::unpack(&png).is_err());
        assert!(raster::within_limits(60_000, 60_000).is_err() && raster::within_limits(10_000, 10_000).is_ok());
    }
}
