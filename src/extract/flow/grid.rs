//! Cells and rows as they end → a table on one grid: edges that nearly meet are one, merged cells stand once, and the text
//! of a cell is kept whatever its shape says.

use crate::extract::flow::line::{CellMerge, Merge, RowShape};
use crate::model::document::{Cell, Row, Table};

/// Edges closer than this are one, in twips (0.7 mm): programs shift rows by the cell's padding.
const SAME_EDGE: i32 = 40;

/// A cell while it is read.
#[derive(Debug, Default)]
pub struct OpenCell {
    text: String,
    pictures: Vec<usize>,
}

/// A table while it is read.
#[derive(Debug, Default)]
pub struct OpenTable {
    /// The cell that the next paragraph belongs to.
    pub cell: OpenCell,
    row: Vec<OpenCell>,
    rows: Vec<(Vec<OpenCell>, RowShape)>,
}

/// The first of vertically merged cells.
struct Merged {
    column: u32,
    /// Its row among the kept ones and its place in that row, where it holds text.
    owner: Option<(usize, usize)>,
    rows: u32,
}

impl OpenCell {
    /// Adds a paragraph and the pictures in it.
    pub fn add(&mut self, text: &str, pictures: &[usize]) {
        if !text.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(text);
        }
        self.pictures.extend(pictures);
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.pictures.is_empty()
    }
}

impl OpenTable {
    /// Ends the cell.
    pub fn end_cell(&mut self) {
        self.row.push(std::mem::take(&mut self.cell));
    }

    /// Ends the row. Text that no cell mark ended is a cell of its own.
    pub fn end_row(&mut self, shape: RowShape) {
        if !self.cell.is_empty() {
            self.end_cell();
        }
        self.rows.push((std::mem::take(&mut self.row), shape));
    }

    fn end_table(&mut self) {
        if !self.cell.is_empty() || !self.row.is_empty() {
            self.end_row(RowShape::default());
        }
    }

    /// The table as lines with tabs between cells, for the cell of the table around it; and its pictures.
    pub fn into_lines(mut self) -> (String, Vec<usize>) {
        self.end_table();
        let mut pictures = Vec::new();
        let mut lines = Vec::new();
        for (cells, _) in self.rows {
            let texts: Vec<&str> = cells.iter().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect();
            if !texts.is_empty() {
                lines.push(texts.join("\t"));
            }
            pictures.extend(cells.iter().flat_map(|c| &c.pictures));
        }
        (lines.join("\n"), pictures)
    }

    /// The table. `caption` is told the texts that stand with pictures: in the same cell, or right below where a row has
    /// pictures only.
    pub fn build(mut self, mut caption: impl FnMut(&str, &[usize])) -> Table {
        self.end_table();
        let edges = grid_edges(&self.rows);
        let mut table = Table::default();
        let mut merged: Vec<Merged> = Vec::new();
        let mut above: Vec<(u32, Vec<usize>)> = Vec::new();
        for (r, (cells, shape)) in self.rows.into_iter().enumerate() {
            let mut row = Row { number: u32::try_from(r + 1).unwrap_or(u32::MAX), cells: Vec::new() };
            let fits = shape.edges.len() > cells.len();
            let pictures_only = cells.iter().all(|c| c.text.is_empty());
            let mut below: Vec<(u32, Vec<usize>)> = Vec::new();
            for (i, cell) in cells.into_iter().enumerate() {
                let (column, columns) = match (fits, shape.edges.get(i), shape.edges.get(i + 1)) {
                    (true, Some(left), Some(right)) => {
                        let left = column_of(&edges, *left);
                        (left, column_of(&edges, *right).saturating_sub(left).max(1))
                    }
                    _ => (u32::try_from(i).unwrap_or(u32::MAX), 1),
                };
                if !cell.text.is_empty() {
                    let of: Vec<usize> =
                        above.iter().filter(|(c, _)| *c == column).flat_map(|(_, p)| p.clone()).collect();
                    caption(&cell.text, if cell.pictures.is_empty() { &of } else { &cell.pictures });
                } else if pictures_only && !cell.pictures.is_empty() {
                    below.push((column, cell.pictures));
                }
                let merge = shape.merges.get(i).copied().unwrap_or_default();
                if cell.text.is_empty() && covered(merge, column, columns, &mut row, &mut table, &mut merged) {
                    continue;
                }
                let owner = (!cell.text.is_empty()).then_some((table.rows.len(), row.cells.len()));
                if owner.is_some() {
                    row.cells.push(Cell { column, columns, rows: 1, text: cell.text });
                }
                if merge.vertical == Merge::First {
                    merged.retain(|m| m.column != column);
                    merged.push(Merged { column, owner, rows: 1 });
                }
            }
            above = below;
            if !row.cells.is_empty() {
                table.rows.push(row);
            }
        }
        table
    }
}

/// Whether an empty cell is covered by another, which is then widened over it.
fn covered(
    merge: CellMerge,
    column: u32,
    columns: u32,
    row: &mut Row,
    table: &mut Table,
    merged: &mut [Merged],
) -> bool {
    if merge.horizontal == Merge::Continued {
        if let Some(left) = row.cells.last_mut().filter(|c| c.column + c.columns == column) {
            left.columns += columns;
        }
        return true;
    }
    if merge.vertical != Merge::Continued {
        return false;
    }
    if let Some(first) = merged.iter_mut().find(|m| m.column == column) {
        first.rows += 1;
        if let Some(cell) = first.owner.and_then(|(row, at)| table.rows.get_mut(row)?.cells.get_mut(at)) {
            cell.rows = first.rows;
        }
    }
    true
}

/// The grid's edges from left to right, near ones taken together.
fn grid_edges(rows: &[(Vec<OpenCell>, RowShape)]) -> Vec<i32> {
    let mut all: Vec<i32> =
        rows.iter().flat_map(|(cells, shape)| shape.edges.iter().take(cells.len() + 1)).copied().collect();
    all.sort_unstable();
    let mut edges: Vec<i32> = Vec::new();
    for edge in all {
        if edges.last().is_none_or(|last| edge.saturating_sub(*last) > SAME_EDGE) {
            edges.push(edge);
        }
    }
    edges
}

fn column_of(edges: &[i32], edge: i32) -> u32 {
    let at = edges.partition_point(|e| *e <= edge).saturating_sub(1);
    u32::try_from(at).unwrap_or(u32::MAX)
}
