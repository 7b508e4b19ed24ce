//! Light made even: a page that was photographed lies half in shadow, and the program parts ink from paper by one level for
//! the whole page.

use image::GrayImage;

/// Squares along the shorter side in which the paper is as bright as it is.
const SQUARES: u32 = 24;
/// The most that a square is brightened by: more would make letters of the grain in a dark picture.
const MOST: f32 = 2.5;

/// Brings the paper to white everywhere.
pub fn even(page: &mut GrayImage) {
    let (width, height) = page.dimensions();
    let side = (width.min(height) / SQUARES).max(1);
    let (columns, rows) = (width.div_ceil(side), height.div_ceil(side));
    let mut counts = vec![[0u32; 256]; (columns * rows) as usize];
    for (x, y, pixel) in page.enumerate_pixels() {
        if let Some(square) = counts.get_mut((y / side * columns + x / side) as usize) {
            square[usize::from(pixel.0[0])] += 1;
        }
    }
    let gains: Vec<f32> = counts.iter().map(|square| (255.0 / f32::from(paper(square).max(1))).min(MOST)).collect();
    let gain = |column: u32, row: u32| {
        let at = row.min(rows - 1) * columns + column.min(columns - 1);
        gains.get(at as usize).copied().unwrap_or(1.0)
    };
    // Between the middles of squares the light changes evenly.
    let along = |at: u32| {
        let place = (at as f32 + 0.5) / side as f32 - 0.5;
        (place.max(0.0) as u32, place.max(0.0).fract())
    };
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let ((column, right), (row, down)) = (along(x), along(y));
        let above = gain(column, row) * (1.0 - right) + gain(column + 1, row) * right;
        let below = gain(column, row + 1) * (1.0 - right) + gain(column + 1, row + 1) * right;
        // Saturates at white.
        pixel.0[0] = (f32::from(pixel.0[0]) * (above * (1.0 - down) + below * down)) as u8;
    }
}

/// How bright the paper of a square is: a tenth of it is brighter.
fn paper(square: &[u32; 256]) -> u8 {
    let all: u32 = square.iter().sum();
    let mut brighter = 0;
    let level = square.iter().rposition(|count| {
        brighter += count;
        brighter * 10 > all
    });
    level.map_or(255, |level| level as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    #[test]
    fn a_page_half_in_shadow_becomes_white_and_its_ink_stays_dark() {
        let is_ink = |x: u32, y: u32| y % 20 < 8 && x.is_multiple_of(5);
        let light = |x: u32| 240.0 - 120.0 * x as f32 / 600.0;
        let mut page =
            GrayImage::from_fn(600, 800, |x, y| Luma([(light(x) * if is_ink(x, y) { 0.25 } else { 1.0 }) as u8]));
        even(&mut page);
        let at = |x, y| page.get_pixel(x, y).0[0];
        assert!(at(11, 15) > 245 && at(591, 15) > 225, "{} {}", at(11, 15), at(591, 15));
        assert!(at(10, 405) < 80 && at(590, 405) < 80, "{} {}", at(10, 405), at(590, 405));
    }

    #[test]
    fn a_dark_picture_stays_dark_and_a_small_one_does_no_harm() {
        let mut dark = GrayImage::from_pixel(100, 100, Luma([20]));
        even(&mut dark);
        assert_eq!(dark.get_pixel(50, 50).0[0], 50);
        even(&mut GrayImage::new(1, 1));
    }
}
