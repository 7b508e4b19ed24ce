//! A picture made ready for recognition: red stamps taken out, grey, evenly lit, of the size that the program was trained on.

use crate::model::raster::Raster;
use crate::ocr::light;
use crate::ocr::stamps::{Stamps, is_red};
use image::GrayImage;
use image::imageops::{self, FilterType};

/// Pixels of the shorter side of an A4 page at 300 an inch.
const SHORT_SIDE: u32 = 2480;
/// A picture between these is left as it is: 220 to 400 an inch.
const LEFT_AS_IT_IS: std::ops::RangeInclusive<u32> = 1820..=3300;
/// The largest factor that a small picture is enlarged by.
const LARGEST: u32 = 4;
/// The most pixels of what is handed over: an A3 page at 300 an inch, so that the program's memory is bounded.
const MOST: u64 = 3508 * 4961;
/// From so much red on, red ink has no black ink under it.
const NO_BLACK: u8 = 130;

/// The picture in the portable grey form (PGM, `P5`), which needs no packing.
pub fn prepare(raster: &Raster) -> Vec<u8> {
    let stamps = Stamps::find(raster);
    let width = raster.width.max(1) as usize;
    let pixels = raster.rgb.chunks_exact(3).enumerate();
    let grey = pixels.map(|(n, p)| grey([p[0], p[1], p[2]], stamps.cover(n % width, n / width))).collect();
    let Some(mut page) = GrayImage::from_raw(raster.width, raster.height, grey) else { return Vec::new() };
    if raster.rgb.is_empty() {
        return Vec::new();
    }
    light::even(&mut page);
    let (width, height) = size(raster.width, raster.height);
    if (width, height) != page.dimensions() {
        page = imageops::resize(&page, width, height, FilterType::CatmullRom);
    }
    let mut out = format!("P5\n{width} {height}\n255\n").into_bytes();
    out.extend(page.into_raw());
    out
}

/// The grey of a pixel. What is clearly red in a stamp becomes paper; where the stamp lies over black letters there is little
/// red left, and the letters stay.
fn grey([r, g, b]: [u8; 3], stamped: bool) -> u8 {
    if stamped && is_red([r, g, b]) {
        return if r >= NO_BLACK { 255 } else { r };
    }
    // ITU-R BT.601.
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000) as u8
}

/// The size to hand over: some 300 pixels an inch, were it an A4 page.
fn size(width: u32, height: u32) -> (u32, u32) {
    let short = width.min(height).max(1);
    let wanted = if LEFT_AS_IT_IS.contains(&short) { short } else { SHORT_SIDE.min(short.saturating_mul(LARGEST)) };
    let scaled = |side: u32, by: f64| ((f64::from(side) * by).round() as u32).max(1);
    let by = f64::from(wanted) / f64::from(short);
    let pixels = f64::from(width) * f64::from(height) * by * by;
    let by = if pixels > MOST as f64 { by * (MOST as f64 / pixels).sqrt() } else { by };
    (scaled(width, by), scaled(height, by))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_red_stamp_becomes_paper_and_the_letters_under_it_stay() {
        let (paper, letter, stamp, stamped_letter, rim) =
            ([255; 3], [20; 3], [220, 40, 50], [90, 20, 25], [250, 190, 195]);
        assert_eq!([paper, letter, stamp, stamped_letter, rim].map(|p| grey(p, true)), [255, 20, 255, 90, 255]);
        assert!(grey(stamp, false) < 110, "the red letters of a letterhead are ink");
    }

    #[test]
    fn a_small_picture_is_enlarged_a_large_one_reduced_and_a_good_one_left() {
        assert_eq!(size(827, 1169), (2480, 3506), "100 pixels an inch");
        assert_eq!(size(2480, 3508), (2480, 3508));
        assert_eq!(size(4960, 7016), (2480, 3508), "600 pixels an inch");
        assert_eq!(size(100, 100), (400, 400), "no more than fourfold");
        let (width, height) = size(1000, 60_000);
        assert!(u64::from(width) * u64::from(height) <= MOST + 70_000, "a strip is bounded too: {width} × {height}");
    }

    #[test]
    fn what_is_handed_over_is_a_grey_picture() {
        let page = prepare(&Raster { width: 1, height: 2, rgb: vec![255; 6] });
        assert!(page.starts_with(b"P5\n4 8\n255\n") && page.len() == 11 + 32);
        assert!(prepare(&Raster::default()).is_empty());
    }
}
