//! Tables of a page: which of them are tables at all, and where their cells stand on the grid.

use crate::extract::grid::{Allowance, Grid, Region};
use crate::model::document::Table;
use scraper::node::{Element, Node};
use std::collections::HashSet;

/// The greatest `colspan` and `rowspan` that browsers honour (HTML, 4.9.11).
const SPANS: (u32, u32) = (1000, 65_534);

/// Columns beyond this are not laid out.
const COLUMNS: u32 = 16_384;

/// A table under construction.
#[derive(Debug, Default)]
pub struct Building {
    grid: Grid,
    /// The row being filled, from 1; 0 before the first.
    row: u32,
    column: u32,
    /// For each column, the first row that no cell from above reaches into.
    free: Vec<u32>,
    cell: Option<Region>,
    /// The present cell's paragraphs.
    text: String,
}

impl Building {
    /// Begins a row.
    pub fn row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }

    /// Begins a cell: beside the one before, past the columns that cells from above reach into.
    pub fn cell(&mut self, element: &Element) {
        if self.row == 0 {
            self.row();
        }
        let span = |name, most: u32| element.attr(name).and_then(|v| v.trim().parse().ok()).unwrap_or(1).clamp(1, most);
        let (columns, rows) = (span("colspan", SPANS.0), span("rowspan", SPANS.1));
        while self.free.get(self.column as usize).is_some_and(|row| *row > self.row) {
            self.column += 1;
        }
        let (left, right) = (self.column, self.column.saturating_add(columns - 1).min(COLUMNS));
        if left >= COLUMNS {
            self.cell = None;
            return;
        }
        let end = right as usize + 1;
        if self.free.len() < end {
            self.free.resize(end, 0);
        }
        for column in self.free.iter_mut().take(end).skip(left as usize) {
            *column = self.row.saturating_add(rows);
        }
        self.column = right + 1;
        self.text.clear();
        self.cell = Some(Region { top: self.row - 1, left, bottom: (self.row - 1).saturating_add(rows - 1), right });
    }

    /// Whether text belongs to a cell.
    pub fn in_cell(&self) -> bool {
        self.cell.is_some()
    }

    /// Adds a paragraph to the present cell.
    pub fn add(&mut self, separator: char, paragraph: &str) {
        if !self.text.is_empty() {
            self.text.push(separator);
        }
        self.text.push_str(paragraph);
    }

    /// Ends the present cell.
    pub fn end_cell(&mut self, allowance: &mut Allowance) {
        if let Some(region) = self.cell.take() {
            self.grid.put(region.top, region.left, &self.text, allowance);
            self.grid.merge(region);
            self.text.clear();
        }
    }

    /// The finished table.
    pub fn finish(self) -> Table {
        self.grid.into_table(false)
    }
}

/// What a `<table>` holds, counted for [`layout_tables`].
#[derive(Default)]
struct Count {
    cells: u32,
    own: usize,
    nested: usize,
}

/// The tables that only place things on a page: those of a single cell, and those whose text stands mostly in tables
/// inside of them. Their content is read as if they were not there.
pub fn layout_tables(page: &scraper::Html) -> HashSet<ego_tree::NodeId> {
    let (mut found, mut open): (HashSet<_>, Vec<Count>) = (HashSet::new(), Vec::new());
    for edge in page.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match (node.value(), open.last_mut()) {
                (Node::Element(e), _) if e.name() == "table" => open.push(Count::default()),
                (Node::Element(e), Some(table)) if matches!(e.name(), "td" | "th") => table.cells += 1,
                (Node::Text(text), Some(table)) => table.own += text.chars().filter(|c| !c.is_whitespace()).count(),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if !matches!(node.value(), Node::Element(e) if e.name() == "table") {
                    continue;
                }
                let Some(table) = open.pop() else { continue };
                if table.cells <= 1 || table.nested > 0 && table.nested >= table.own {
                    found.insert(node.id());
                }
                if let Some(outer) = open.last_mut() {
                    outer.nested += table.own + table.nested;
                }
            }
        }
    }
    found
}
