//! Where red stamps lie on a page. Red letters, as in the letterhead of an office, and red rules are none, and stay.

use crate::model::raster::Raster;

/// The shorter side of an A4 page, in millimetres: a cell of the page is one of them wide and high.
const MILLIMETRES: u32 = 210;
/// Cells that far apart, sideways and downwards, belong together: the ring, the star and the letters of a stamp; the spaced
/// letters of a letterhead.
const REACH: (usize, usize) = (8, 3);
/// Red stands out from green and blue by so much where something is clearly red.
const RED: u8 = 40;

/// Whether a pixel is clearly red.
pub fn is_red([r, g, b]: [u8; 3]) -> bool {
    r.saturating_sub(g.max(b)) >= RED
}

/// The cells of a page that stamps lie on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamps {
    side: usize,
    columns: usize,
    cells: Vec<bool>,
}

impl Stamps {
    /// Finds them.
    pub fn find(raster: &Raster) -> Self {
        let (width, height) = (raster.width.max(1) as usize, raster.height as usize);
        let side = (raster.width.min(raster.height) / MILLIMETRES).max(1) as usize;
        let (columns, rows) = (width.div_ceil(side), height.div_ceil(side));
        let mut counts = vec![0usize; columns * rows];
        for (n, _) in raster.rgb.chunks_exact(3).enumerate().filter(|(_, p)| is_red([p[0], p[1], p[2]])) {
            if let Some(count) = counts.get_mut(n / width / side * columns + n % width / side) {
                *count += 1;
            }
        }
        let mut waiting: Vec<bool> = counts.iter().map(|count| count * 10 >= side * side && *count > 0).collect();
        let mut cells = vec![false; columns * rows];
        for first in 0..waiting.len() {
            if waiting.get(first) == Some(&true) {
                let blot = Blot::around(first, &mut waiting, columns, rows);
                if !blot.is_lettering() {
                    blot.mark(&mut cells, columns, rows);
                }
            }
        }
        Stamps { side, columns, cells }
    }

    /// Whether a stamp lies on a pixel.
    pub fn cover(&self, x: usize, y: usize) -> bool {
        self.cells.get(y / self.side * self.columns + x / self.side).copied().unwrap_or(false)
    }
}

/// Red cells that belong together, by the outermost of them.
struct Blot {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Blot {
    /// The blot that a cell belongs to; its cells wait no longer.
    fn around(first: usize, waiting: &mut [bool], columns: usize, rows: usize) -> Self {
        let mut blot = Blot { left: columns, right: 0, top: rows, bottom: 0 };
        let mut open = vec![first];
        while let Some(cell) = open.pop() {
            let (x, y) = (cell % columns, cell / columns);
            blot.left = blot.left.min(x);
            blot.right = blot.right.max(x);
            blot.top = blot.top.min(y);
            blot.bottom = blot.bottom.max(y);
            for row in y.saturating_sub(REACH.1)..(y + REACH.1 + 1).min(rows) {
                for column in x.saturating_sub(REACH.0)..(x + REACH.0 + 1).min(columns) {
                    let next = row * columns + column;
                    if let Some(is_waiting) = waiting.get_mut(next).filter(|w| **w) {
                        *is_waiting = false;
                        open.push(next);
                    }
                }
            }
        }
        blot
    }

    /// A line of letters, or a rule, is much wider than high; stamps are round or square, two beside each other too.
    fn is_lettering(&self) -> bool {
        let (width, height) = (self.right - self.left + 1, self.bottom - self.top + 1);
        width * 10 >= height * 22
    }

    /// Marks it, and the cells around it, where its rim may fade.
    fn mark(&self, cells: &mut [bool], columns: usize, rows: usize) {
        for y in self.top.saturating_sub(1)..(self.bottom + 2).min(rows) {
            for x in self.left.saturating_sub(1)..(self.right + 2).min(columns) {
                if let Some(cell) = cells.get_mut(y * columns + x) {
                    *cell = true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of two pixels a millimetre, red where told (in millimetres).
    fn page(red: impl Fn(i32, i32) -> bool) -> Raster {
        let mut rgb = vec![250; 420 * 594 * 3];
        for (n, pixel) in rgb.chunks_exact_mut(3).enumerate() {
            if red((n % 420 / 2) as i32, (n / 420 / 2) as i32) {
                pixel.copy_from_slice(&[215, 35, 45]);
            }
        }
        Raster { width: 420, height: 594, rgb }
    }

    #[test]
    fn a_round_stamp_is_found_with_all_that_lies_in_it() {
        let ring = |x: i32, y: i32| (19..=21).contains(&((((x - 140).pow(2) + (y - 220).pow(2)) as f64).sqrt() as i32));
        let star = |x: i32, y: i32| (x - 140).abs() < 5 && (y - 220).abs() < 5;
        let stamps = Stamps::find(&page(|x, y| ring(x, y) || star(x, y)));
        assert!(stamps.cover(280, 440) && stamps.cover(2 * 120, 440) && stamps.cover(2 * 150, 440));
        assert!(!stamps.cover(100, 100) && !stamps.cover(2 * 110, 440));
    }

    #[test]
    fn red_letters_and_rules_are_no_stamp() {
        // Seven letters of 16 mm with gaps of 6 mm, and a rule under them.
        let letters = |x: i32, y: i32| (30..180).contains(&x) && (x - 30) % 22 < 16 && (30..46).contains(&y);
        let stamps = Stamps::find(&page(|x, y| letters(x, y) || (20..190).contains(&x) && y == 60));
        assert_eq!(stamps.cells.iter().filter(|c| **c).count(), 0);
    }

    #[test]
    fn a_page_without_red_and_one_without_pixels_have_none() {
        assert!(!Stamps::find(&page(|_, _| false)).cover(10, 10));
        assert!(!Stamps::find(&Raster::default()).cover(0, 0));
    }
}
