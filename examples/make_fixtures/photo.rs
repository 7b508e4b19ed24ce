//! Pictures for want of photographs: a scene of wall, floor, a banner and people, laid out by the picture's name.
//! The same name gives the same bytes, so one photo can stand in two schools' reports.

use anyhow::Result;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, Rgb, RgbImage};

/// Width and height in pixels.
pub const SIZE: (u32, u32) = (400, 300);

/// A JPEG for the name.
pub fn jpeg(name: &str) -> Result<Vec<u8>> {
    let mut dice =
        Dice(name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)));
    let (wall, floor) = (dice.colour(150, 90), dice.colour(70, 70));
    let horizon = 150 + dice.below(70);
    let mut picture = RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        let base = if y < horizon { wall } else { floor };
        let shade = (x / 10 + y / 6) as u8;
        Rgb(base.0.map(|c| c.saturating_sub(shade)))
    });
    block(&mut picture, 60, 20, 280, 34, Rgb([176, 28, 30]));
    for _ in 0..3 + dice.below(8) {
        let (x, y, tall) = (dice.below(SIZE.0 - 40), horizon - 40 + dice.below(60), 50 + dice.below(40));
        let coat = dice.colour(30, 160);
        block(&mut picture, x, y, 26, tall, coat);
        block(&mut picture, x + 6, y.saturating_sub(16), 14, 16, Rgb([214, 170, 140]));
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 62).encode(&picture, SIZE.0, SIZE.1, ExtendedColorType::Rgb8)?;
    Ok(bytes)
}

fn block(picture: &mut RgbImage, left: u32, top: u32, width: u32, height: u32, colour: Rgb<u8>) {
    for y in top..(top + height).min(SIZE.1) {
        for x in left..(left + width).min(SIZE.0) {
            picture.put_pixel(x, y, colour);
        }
    }
}

/// Numbers that look thrown and never change.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    pub fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    fn colour(&mut self, from: u32, span: u32) -> Rgb<u8> {
        Rgb([0; 3].map(|_: u8| (from + self.below(span)) as u8))
    }
}
