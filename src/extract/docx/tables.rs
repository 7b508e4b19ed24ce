//! From cells as they are written to cells as they are seen: merged cells stand once.

use crate::extract::docx::captions::is_label;
use crate::model::document::{Cell, Row, Table};
use std::collections::BTreeMap;

/// A cell with its text, before merging.
#[derive(Debug, Default)]
pub struct Filled {
    /// Grid column of its left edge, from 0.
    pub column: u32,
    /// How many grid columns it covers.
    pub span: u32,
    /// It continues the cell above.
    pub continues: bool,
    /// Its text.
    pub text: String,
    /// The pictures in it, by index in the body.
    pub pictures: Vec<usize>,
}

/// The text that names the pictures of a cell: its own, or that of the cell below.
pub fn picture_labels(rows: &[Vec<Filled>]) -> Vec<(usize, String)> {
    let mut labels = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for cell in row.iter().filter(|c| !c.pictures.is_empty()) {
            let below = rows.get(at + 1).and_then(|r| r.iter().find(|c| c.column == cell.column));
            let below = below.filter(|c| c.pictures.is_empty()).map(|c| c.text.as_str());
            let label = if cell.text.is_empty() { below } else { Some(cell.text.as_str()) };
            if let Some(label) = label.filter(|l| is_label(l)) {
                labels.extend(cell.pictures.iter().map(|&p| (p, label.to_string())));
            }
        }
    }
    labels
}

/// Folds cells that continue others into them and leaves out what holds nothing.
pub fn fold(rows: Vec<Vec<Filled>>) -> Table {
    let mut table = Table::default();
    // By grid column, the row and the place in it of the cell that may be continued.
    let mut open: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (at, row) in rows.into_iter().enumerate() {
        let mut kept = Row { number: u32::try_from(at + 1).unwrap_or(u32::MAX), cells: Vec::new() };
        let mut here = BTreeMap::new();
        for cell in row {
            let above = open.get(&cell.column).filter(|_| cell.continues).copied();
            let whole = above.and_then(|(r, c)| table.rows.get_mut(r)?.cells.get_mut(c));
            if let (Some(whole), Some(place)) = (whole, above) {
                whole.rows = whole.rows.saturating_add(1);
                // Word shows nothing of it, but whoever merged the cells with another program does not know that.
                if !cell.text.is_empty() {
                    whole.text =
                        if whole.text.is_empty() { cell.text } else { format!("{}\n{}", whole.text, cell.text) };
                }
                here.insert(cell.column, place);
            } else {
                here.insert(cell.column, (at, kept.cells.len()));
                kept.cells.push(Cell { column: cell.column, columns: cell.span, rows: 1, text: cell.text });
            }
        }
        open = here;
        table.rows.push(kept);
    }
    for row in &mut table.rows {
        row.cells.retain(|c| !c.text.is_empty());
    }
    table.rows.retain(|r| !r.cells.is_empty());
    table
}
