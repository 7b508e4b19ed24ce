//! Pictures that are files of their own: counted and known by their fingerprint, not looked into.

use crate::extract::picture;
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::{Body, Picture};
use crate::model::place::Place;
use crate::msg;

/// Reads pictures.
pub const READER: Reader = Reader {
    name: "image",
    version: 1,
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
    let picture = Picture { place: Some(Place::Whole), ..picture::of_bytes(bytes) };
    Ok(Body { pictures: vec![picture], ..Body::default() })
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
}
