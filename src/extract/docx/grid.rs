//! The grammar between cells: rows, cells, and what wraps them.

use crate::extract::docx::flow::{Grid, GridCell};
use crate::extract::docx::grammar::Grammar;
use crate::extract::xml::Ns;
use std::mem;

/// More grid columns than Word allows are a mistake or an attack.
const COLUMNS: u32 = 1_000;

/// A row as far as it has been read.
#[derive(Default)]
struct RowSoFar {
    cells: Vec<GridCell>,
    column: u32,
    deleted: bool,
}

impl Grammar<'_> {
    /// A table whose element has just opened.
    pub fn table(&mut self) -> Grid {
        let mut grid = Grid::default();
        self.rows(&mut grid);
        grid
    }

    fn rows(&mut self, grid: &mut Grid) {
        while let Some(e) = self.xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "tr") => {
                    let mut row = RowSoFar::default();
                    self.cells(&mut row);
                    if !row.deleted {
                        grid.rows.push(row.cells);
                    }
                }
                (Ns::W, "sdt") => self.within_control(|g| g.rows(grid)),
                (Ns::W, "sdtPr") => self.control_properties(),
                _ if Self::is_silent(&e) => self.xml.skip(),
                _ => self.rows(grid),
            }
        }
    }

    fn cells(&mut self, row: &mut RowSoFar) {
        while let Some(e) = self.xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "tc") if !self.afford(1) => self.xml.skip(),
                (Ns::W, "tc") => self.cell(row),
                (Ns::W, "trPr") => self.row_properties(row),
                (Ns::W, "sdt") => self.within_control(|g| g.cells(row)),
                (Ns::W, "sdtPr") => self.control_properties(),
                _ if Self::is_silent(&e) => self.xml.skip(),
                _ => self.cells(row),
            }
        }
    }

    fn row_properties(&mut self, row: &mut RowSoFar) {
        while let Some(e) = self.xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "gridBefore") => row.column = e.number().unwrap_or(0).min(COLUMNS),
                (Ns::W, "del") => row.deleted = true,
                _ => {}
            }
            self.xml.skip();
        }
    }

    fn cell(&mut self, row: &mut RowSoFar) {
        let outer = mem::take(&mut self.cell);
        let mut content = Vec::new();
        self.blocks(&mut content);
        let look = mem::replace(&mut self.cell, outer);
        if look.deleted {
            return;
        }
        let span = look.span.unwrap_or(1).clamp(1, COLUMNS);
        let column = row.column;
        row.column = column.saturating_add(span);
        match row.cells.last_mut() {
            Some(left) if look.continues_left => {
                left.span = left.span.saturating_add(span);
                left.content.append(&mut content);
            }
            _ => row.cells.push(GridCell { column, span, continues: look.continues, content }),
        }
    }

    /// Reads `w:tcPr`.
    pub fn cell_properties(&mut self) {
        while let Some(e) = self.xml.child() {
            // A merge without a value continues one (ECMA-376-1, 17.4.84).
            let continues = e.val().is_none_or(|v| v != "restart");
            match (e.ns, e.name()) {
                (Ns::W, "gridSpan") => self.cell.span = e.number(),
                (Ns::W, "vMerge") => self.cell.continues = continues,
                (Ns::W, "hMerge") => self.cell.continues_left = continues,
                (Ns::W, "cellDel") => self.cell.deleted = true,
                _ => {}
            }
            self.xml.skip();
        }
    }
}
