//! A sheet under construction: sparse, so that a cell at XFD1048576 costs one cell and not the sheet.

use crate::model::document::{Cell, Row, Table};
use crate::model::limits::{REGISTER_TIMES, SHEET_CELLS, TEXT_CHARS};
use std::cell::Cell as Held;
use std::collections::BTreeMap;

thread_local! {
    /// Whether this thread reads a register.
    static REGISTER: Held<bool> = const { Held::new(false) };
}

/// Reads a register: what is granted to a workbook is then granted many times over. It is the bureau's own file, and no
/// school may be lost of it.
pub fn as_register<T>(read: impl FnOnce() -> T) -> T {
    /// Ends it however the reading ends.
    struct Ended;
    impl Drop for Ended {
        fn drop(&mut self) {
            REGISTER.set(false);
        }
    }
    REGISTER.set(true);
    let _ended = Ended;
    read()
}

/// What one workbook may still take; shared by all of its sheets.
#[derive(Debug)]
pub struct Allowance {
    cells: usize,
    chars: usize,
    exceeded: bool,
}

impl Default for Allowance {
    /// The whole of what the limits grant.
    fn default() -> Self {
        let times = if REGISTER.get() { REGISTER_TIMES } else { 1 };
        Allowance { cells: SHEET_CELLS * times, chars: TEXT_CHARS * times, exceeded: false }
    }
}

impl Allowance {
    /// Takes one cell with its text; false once the limits are reached, and ever after.
    pub fn take(&mut self, text: &str) -> bool {
        let chars = text.chars().count();
        if self.exceeded || self.cells == 0 || self.chars < chars {
            self.exceeded = true;
            return false;
        }
        self.cells -= 1;
        self.chars -= chars;
        true
    }

    /// Whether something was refused.
    pub fn is_exceeded(&self) -> bool {
        self.exceeded
    }
}

/// Cells by row and column, both from 0.
#[derive(Debug, Default)]
pub struct Grid {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    merges: Vec<Region>,
}

/// A merged region, all four edges inside it, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Top row.
    pub top: u32,
    /// Left column.
    pub left: u32,
    /// Bottom row.
    pub bottom: u32,
    /// Right column.
    pub right: u32,
}

/// More merged regions than this are not a sheet that a person made.
const MERGES: usize = 65_536;
/// Nor are merges that, one by one, look at more rows than this: what they cover is then shown.
const MERGED_ROWS: usize = 4 * SHEET_CELLS;

impl Grid {
    /// Puts a cell; blank text is no cell. False where the allowance is used up: the caller stops and says so.
    pub fn put(&mut self, row: u32, column: u32, text: &str, allowance: &mut Allowance) -> bool {
        let text = text.trim_matches(['\r', '\n', ' ', '\t', '\u{a0}']);
        if text.is_empty() {
            return true;
        }
        if !allowance.take(text) {
            return false;
        }
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_string() };
        self.rows.entry(row).or_default().insert(column, text);
        true
    }

    /// Merges a region. What lies under its first cell is not shown by the program and not kept.
    pub fn merge(&mut self, region: Region) {
        let single = region.top == region.bottom && region.left == region.right;
        if !single && region.top <= region.bottom && region.left <= region.right && self.merges.len() < MERGES {
            self.merges.push(region);
        }
    }

    /// The finished table.
    pub fn into_table(mut self, hidden: bool) -> Table {
        let mut spans = BTreeMap::new();
        let mut steps = MERGED_ROWS;
        for m in &self.merges {
            for (row, cells) in self.rows.range_mut(m.top..=m.bottom).take(steps) {
                steps -= 1;
                let under: Vec<u32> = cells.range(m.left..=m.right).map(|(c, _)| *c).collect();
                for column in under {
                    if (*row, column) != (m.top, m.left) {
                        cells.remove(&column);
                    }
                }
            }
            spans
                .entry((m.top, m.left))
                .or_insert(((m.bottom - m.top).saturating_add(1), (m.right - m.left).saturating_add(1)));
        }
        let rows = self.rows.into_iter().filter(|(_, cells)| !cells.is_empty()).map(|(row, cells)| Row {
            number: row.saturating_add(1),
            cells: cells
                .into_iter()
                .map(|(column, text)| {
                    let (rows, columns) = spans.get(&(row, column)).copied().unwrap_or((1, 1));
                    Cell { column, columns, rows, text }
                })
                .collect(),
        });
        Table { hidden, rows: rows.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_corners_cost_two_cells_and_merged_cells_stand_once() {
        let (mut grid, mut allowance) = (Grid::default(), Allowance::default());
        grid.put(1_048_575, 16_383, "角", &mut allowance);
        grid.put(0, 0, " 标题\r\n二行 ", &mut allowance);
        grid.put(0, 1, "被盖住", &mut allowance);
        grid.merge(Region { top: 0, left: 0, bottom: 1, right: 2 });
        let table = grid.into_table(false);
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.rows[0].cells, [Cell { column: 0, columns: 3, rows: 2, text: "标题\n二行".into() }]);
        assert_eq!((table.rows[1].number, table.rows[1].cells[0].column), (1_048_576, 16_383));
    }

    #[test]
    fn the_allowance_ends_for_good() {
        let mut allowance = Allowance { cells: 1, chars: 10, exceeded: false };
        assert!(allowance.take("一") && !allowance.take("二") && allowance.is_exceeded());
    }
}
