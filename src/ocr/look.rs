//! Whether a picture is a page of text: bright paper nearly without colour, and dark ink on a little of it, in many strokes.

use crate::model::raster::Raster;

/// What a picture looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// An empty page.
    Blank,
    /// Ink on paper.
    Page,
    /// Anything else.
    Photograph,
}

/// Squares on the shorter side that the paper is looked for in: brightness is compared within a square, so that a shadow
/// over a photographed page does no harm.
const SQUARES: u32 = 24;
/// Paper is at least so bright (0 to 255) …
const BRIGHT: u8 = 120;
/// … and its colours lie no farther apart.
const GREY: u8 = 60;
/// Ink is darker than its paper by so much.
const INK: u8 = 60;
/// So many of a hundred squares of a page are of paper.
const PAPER: u32 = 60;

/// Looks at a picture.
pub fn look(raster: &Raster) -> Look {
    let side = (raster.width.min(raster.height) / SQUARES).max(1);
    // Every pixel of a small picture, and as many of a large one.
    let step = (side / 24).max(1);
    let squares = raster.height.div_ceil(side) * raster.width.div_ceil(side);
    let (mut bare, mut inked) = (0u32, 0u32);
    let (mut seen, mut ink) = (0u64, 0u64);
    for top in (0..raster.height).step_by(side as usize) {
        for left in (0..raster.width).step_by(side as usize) {
            let square = square(raster, (left, top), side, step);
            if square.is_paper {
                seen += square.seen;
                ink += square.ink;
                // A line of text covers a tenth of its square and more.
                inked += u32::from(square.ink * 50 > square.seen);
            } else {
                // Most pictures are photographs, and show it in their first lines.
                bare += 1;
                if bare * 100 > squares * (100 - PAPER) {
                    return Look::Photograph;
                }
            }
        }
    }
    let of = |part: u64, whole: u64, percent: u64| part * 100 >= whole * percent;
    if ink * 2000 < seen {
        Look::Blank
    } else if of(inked.into(), squares.into(), 4) && !of(ink, seen, 30) {
        Look::Page
    } else {
        Look::Photograph
    }
}

/// The brightness that so many others are not above.
fn brighter_than(light: impl Iterator<Item = u8>, rank: usize) -> u8 {
    let mut counts = [0usize; 256];
    light.for_each(|l| counts[usize::from(l)] += 1);
    let mut below = 0;
    let at = counts.iter().position(|n| {
        below += n;
        below > rank
    });
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

struct Square {
    is_paper: bool,
    seen: u64,
    ink: u64,
}

/// A square is of paper where most of it is as bright as its brightest, and grey.
fn square(raster: &Raster, (left, top): (u32, u32), side: u32, step: u32) -> Square {
    let mut pixels: Vec<(u8, u8)> = Vec::new();
    for y in (top..(top + side).min(raster.height)).step_by(step as usize) {
        for x in (left..(left + side).min(raster.width)).step_by(step as usize) {
            let at = (y as usize * raster.width as usize + x as usize) * 3;
            let Some([r, g, b]) = raster.rgb.get(at..).and_then(|p| p.first_chunk()) else { continue };
            let (least, most) = (*r.min(g).min(b), *r.max(g).max(b));
            pixels.push((most, most - least));
        }
    }
    let paper = brighter_than(pixels.iter().map(|(light, _)| *light), pixels.len() * 9 / 10);
    let like_paper =
        pixels.iter().filter(|(light, colour)| light.saturating_add(INK) >= paper && *colour <= GREY).count();
    // Red ink is light in its own colour: a stamp neither makes a page nor unmakes it.
    let ink = pixels.iter().filter(|(light, _)| light.saturating_add(INK) < paper).count();
    Square {
        is_paper: paper >= BRIGHT && like_paper * 10 >= pixels.len() * 6,
        seen: pixels.len() as u64,
        ink: ink as u64,
    }
}
