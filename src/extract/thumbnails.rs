//! Photographs made small: pictures that are files of their own, and those that stand in a package.

use crate::extract::package::Package;
use crate::extract::{pages, raster, taken};
use crate::model::document::{Document, Picture};
use crate::model::limits::THUMBNAIL_SIDE;
use crate::model::message::Message;
use crate::model::thumbnail::{Small, Thumbnail};
use crate::msg;
use image::codecs::jpeg::JpegEncoder;
use image::{RgbImage, imageops};

/// How much is kept of a picture, of 100: faces and banners stay plain, and a picture takes five thousand bytes.
const QUALITY: u8 = 70;

/// Small pictures of the first so many photographs of a file that was read, in reading order; of formats whose pictures cannot be had
/// apart from the text, each photograph with the reason.
pub fn thumbnails(bytes: &[u8], document: &Document, most: usize) -> Vec<Thumbnail> {
    let pictures = &document.body.pictures;
    let mut made = Vec::new();
    let mut take = |of: &Picture, bytes: Result<Vec<u8>, Message>| {
        let day = of.taken.or_else(|| bytes.as_ref().ok().and_then(|bytes| taken::taken(bytes)));
        let small = bytes.and_then(|bytes| small(&bytes));
        made.push(Thumbnail { of: Picture { taken: day, ..of.clone() }, small });
    };
    if matches!(document.format.as_str(), "jpeg" | "png" | "gif" | "bmp" | "tiff" | "webp" | "heic") {
        pictures.iter().take(most).for_each(|of| take(of, Ok(bytes.to_vec())));
    } else if Package::open(bytes).is_ok() {
        pages::packed(bytes, pictures, most, &mut take);
    } else {
        pictures.iter().take(most).for_each(|of| take(of, Err(msg!("extract.picture_inside", &document.format))));
    }
    made
}

/// A picture made small, upright. One that is small already stays as large as it is.
fn small(bytes: &[u8]) -> Result<Small, Message> {
    let broken = || msg!("extract.picture_broken");
    let raster = raster::unpack(bytes)?;
    let (width, height) = raster.size_within(THUMBNAIL_SIDE);
    let picture = RgbImage::from_raw(raster.width, raster.height, raster.rgb).ok_or_else(broken)?;
    let picture = imageops::thumbnail(&picture, width, height);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&picture).map_err(|_| broken())?;
    Ok(Small { width, height, jpeg })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Body;
    use image::ImageFormat;
    use std::io::Cursor;

    fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let red = RgbImage::from_pixel(width, height, image::Rgb([200, 30, 30]));
        red.write_to(&mut bytes, format).expect("a picture");
        bytes.into_inner()
    }

    /// A picture that is a file of its own.
    fn made(bytes: &[u8]) -> Vec<Thumbnail> {
        let pictures = vec![Picture { fingerprint: "F".into(), ..Picture::default() }];
        let body = Body { pictures, ..Body::default() };
        thumbnails(bytes, &Document { format: "jpeg".into(), body, ..Document::default() }, 9)
    }

    fn sizes(made: &[Thumbnail]) -> Vec<Option<(u32, u32)>> {
        made.iter().map(|t| t.small.as_ref().ok().map(|s| (s.width, s.height))).collect()
    }

    #[test]
    fn a_photograph_is_made_small_in_its_own_shape_and_a_small_one_is_not_made_larger() {
        let upright = made(&photo(600, 1200, ImageFormat::Jpeg));
        assert_eq!(sizes(&upright), [Some((80, 160))]);
        let small = upright[0].small.as_ref().expect("a small picture");
        let shown = image::load_from_memory_with_format(&small.jpeg, ImageFormat::Jpeg).expect("a JPEG").to_rgb8();
        assert_eq!(shown.dimensions(), (80, 160));
        assert!(shown.get_pixel(40, 80).0[0] > 180 && small.jpeg.len() < 5_000);
        assert_eq!(sizes(&made(&photo(50, 20, ImageFormat::Png))), [Some((50, 20))]);
        assert_eq!(made(&photo(600, 1200, ImageFormat::Jpeg)), upright, "the same bytes each time");
    }

    #[test]
    fn what_cannot_be_unpacked_says_why() {
        let broken = &photo(600, 400, ImageFormat::Png)[..200];
        let made = made(broken);
        assert!(made.len() == 1 && made[0].small.is_err() && made[0].of.fingerprint == "F", "{made:?}");
    }
}
