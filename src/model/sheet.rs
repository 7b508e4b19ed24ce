//! A worksheet as plain data: what stands where and what it means. The writer alone decides the look.

use chrono::{NaiveDate, NaiveDateTime};

/// A worksheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Name on the tab; stable.
    pub name: String,
    /// Lines above the table: the sheet's title, then notes.
    pub heading: Vec<Vec<Cell>>,
    /// The table's columns.
    pub columns: Vec<Column>,
    /// The table's rows.
    pub rows: Vec<Vec<Cell>>,
    /// How many columns at the left stay in view.
    pub frozen_columns: u16,
    /// Whether the table has an autofilter.
    pub filter: bool,
    /// Paper and orientation.
    pub paper: Paper,
    /// Charts beside the table.
    pub charts: Vec<Chart>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// The head.
    pub name: String,
    /// Width in Chinese characters.
    pub width: f64,
    /// Whether a person types here (yellow).
    pub human: bool,
    /// The choices of a drop-down; empty for none.
    pub choices: Vec<String>,
    /// Whether the column takes dates only.
    pub date: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// What it holds.
    pub value: Value,
    /// What it means; the writer turns it into symbol, colour and border.
    pub tone: Tone,
    /// Where a click leads.
    pub link: Option<Link>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text; never a formula.
    Text(String),
    /// A whole number or a measure.
    Number(f64),
    /// A share, 0 to 1.
    Share(f64),
    /// A day.
    Date(NaiveDate),
    /// A moment, in local time.
    Time(NaiveDateTime),
}

/// What a cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// A title.
    Title,
    /// A section's heading.
    Section,
    /// A note in small grey.
    Note,
    /// A large figure.
    Figure,
    /// The caption of a large figure.
    FigureCaption,
    /// Evidence stands (green).
    Good,
    /// To be confirmed (amber).
    Doubtful,
    /// Applicable, overdue and certain (red).
    Bad,
    /// Unreadable (purple).
    Unreadable,
    /// Not due or not applicable (grey).
    Muted,
    /// Decided by a person (blue border).
    Human,
    /// A subtotal.
    Total,
}

/// Where a click leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A file, by a path relative to the workbook, `/` between names.
    File(String),
    /// A cell of a sheet of this workbook: sheet name, row and column of its table from 0.
    Row(String, u32, u16),
}

/// Paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A4 landscape.
    #[default]
    A4,
    /// A3 landscape.
    A3,
}

/// A chart over columns of the sheet's own table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// Title.
    pub title: String,
    /// Column of the categories.
    pub categories: u16,
    /// Columns of the values, a series each, stacked.
    pub values: Vec<u16>,
    /// First and last row of the table that it shows.
    pub rows: (u32, u32),
    /// Cell of the sheet where its upper left corner stands: row, column.
    pub at: (u32, u16),
}
