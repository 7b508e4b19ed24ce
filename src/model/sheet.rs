//! A worksheet as plain data: what stands where and what it means. The writer alone decides the look.
//!
//! From top to bottom: the heading (title and notes), a row of column heads, the table's rows. A sheet whose columns
//! have no names is a page without a table: it has no row of heads.

use crate::model::thumbnail::Thumbnail;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Names that scripts, and the reading back of a reviewed workbook, rely on. They stay Chinese in every language.
pub mod names {
    /// Where everybody begins.
    pub const START: &str = "先看这里";
    /// The one sheet that people edit.
    pub const REVIEW: &str = "待核清单";
    /// School × item.
    pub const MATRIX: &str = "汇总表";
    /// Who reported and when.
    pub const SUBMISSIONS: &str = "报送情况";
    /// All evidence.
    pub const EVIDENCE: &str = "证据明细";
    /// Numbers that schools reported.
    pub const FIGURES: &str = "数据汇总";
    /// All files.
    pub const FILES: &str = "文件台账";
    /// Hints.
    pub const HINTS: &str = "线索";
    /// Everything that people typed, and what became of it.
    pub const RECORD: &str = "记录";
    /// Rules, assumptions, roster.
    pub const RULES: &str = "规则与口径";

    /// A person's decision, one of [`crate::model::ruling::Conclusion::ALL`].
    pub const CONCLUSION: &str = "人工结论▼";
    /// New deadline, for an extension.
    pub const NEW_DEADLINE: &str = "新期限";
    /// Why, in the person's words.
    pub const NOTE: &str = "说明";
    /// Who decided.
    pub const BY: &str = "核对人";
    /// When it was decided.
    pub const ON: &str = "日期";
    /// What became of the entry.
    pub const RECEIPT: &str = "系统回执";
    /// A hidden column, [`crate::model::check::Check`]; its head names the campaign too. It stands right of what people
    /// type, so that a table of which only one half was sorted shows itself: number and check then disagree.
    pub const CHECK: &str = "校验码";
    /// The folder of the workbooks of single townships.
    pub const PARTS: &str = "分册";
    /// The page for those who would rather look than open a workbook.
    pub const PAGE: &str = "汇总表.html";
    /// What stands in the name of a workbook that is kept because somebody had typed in it.
    pub const TYPED: &str = "-已填写";
}

/// The most rows of a table: Excel has 1,048,576 on a sheet, some of which are the heading's.
pub const MOST_ROWS: u32 = 1_048_512;

/// A worksheet.
#[derive(Debug, Default)]
pub struct Sheet<'a> {
    /// Name on the tab; stable, one of [`names`].
    pub name: String,
    /// Lines above the table: the sheet's title, then notes.
    pub heading: Vec<Vec<Cell>>,
    /// The table's columns.
    pub columns: Vec<Column>,
    /// The table's rows, each from left to right; a cell that covers several columns stands once.
    pub rows: Vec<Vec<Cell>>,
    /// The rows below them.
    pub more: Blocks<'a>,
    /// What the sheet says where it has no rows.
    pub if_empty: String,
    /// How many columns at the left stay in view.
    pub frozen_columns: u16,
    /// How many of the first rows the autofilter covers; 0 for no filter.
    pub filter: u32,
    /// First and last row of each block that folds under the row above it; blocks may nest.
    pub folds: Vec<(u32, u32)>,
    /// Paper and orientation.
    pub paper: Paper,
    /// Charts beside the table.
    pub charts: Vec<Chart>,
    /// Colours that follow what a person types; of several that hold the first.
    pub highlights: Vec<Highlight>,
}

impl Sheet<'_> {
    /// How many rows the table has.
    pub fn len(&self) -> u32 {
        self.rows.len() as u32 + self.more.rows
    }

    /// Whether the table has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same with all of its rows made.
    pub fn whole(mut self) -> Sheet<'static> {
        let more = (0..self.more.blocks).flat_map(|block| self.more.block(block)).take(self.more.rows as usize);
        self.rows.extend(more);
        let Sheet {
            name,
            heading,
            columns,
            rows,
            if_empty,
            frozen_columns,
            filter,
            folds,
            paper,
            charts,
            highlights,
            ..
        } = self;
        let more = Blocks::default();
        Sheet { name, heading, columns, rows, more, if_empty, frozen_columns, filter, folds, paper, charts, highlights }
    }
}

/// Makes the rows of a block.
type Make<'a> = Box<dyn Fn(usize) -> Vec<Vec<Cell>> + Send + Sync + 'a>;

/// Rows that are made when they are written, some at a time: a county's evidence is a million cells.
#[derive(Default)]
pub struct Blocks<'a> {
    /// How many rows.
    pub rows: u32,
    /// In how many blocks they come.
    pub blocks: usize,
    make: Option<Make<'a>>,
}

impl<'a> Blocks<'a> {
    /// So many rows in so many blocks, each as `make` says.
    pub fn new(rows: u32, blocks: usize, make: impl Fn(usize) -> Vec<Vec<Cell>> + Send + Sync + 'a) -> Self {
        Blocks { rows, blocks, make: Some(Box::new(make)) }
    }

    /// A row for each of some things, made a few hundred at a time.
    pub fn of<T: Send + Sync + 'a>(things: Vec<T>, row: impl Fn(&T) -> Vec<Cell> + Send + Sync + 'a) -> Self {
        const SOME: usize = 256;
        let len = things.len();
        let make = move |block| things.chunks(SOME).nth(block).unwrap_or_default().iter().map(&row).collect();
        Blocks::new(len as u32, len.div_ceil(SOME), make)
    }

    /// The rows of a block, counted from 0.
    pub fn block(&self, block: usize) -> Vec<Vec<Cell>> {
        self.make.as_ref().map(|make| make(block)).unwrap_or_default()
    }
}

impl std::fmt::Debug for Blocks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows in {} blocks", self.rows, self.blocks)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// The head.
    pub name: String,
    /// Width in Chinese characters.
    pub width: f64,
    /// Whether its cells are centred: symbols, short words.
    pub centred: bool,
    /// Whether a person types here (yellow).
    pub human: bool,
    /// Whether it is there for the program only.
    pub hidden: bool,
    /// The choices of a drop-down; empty for none.
    pub choices: Vec<String>,
    /// Whether the column takes dates only.
    pub date: bool,
}

impl Column {
    /// A column of so many Chinese characters' width.
    pub fn new(name: impl Into<String>, width: f64) -> Self {
        Column { name: name.into(), width, ..Column::default() }
    }

    /// The same, with its cells centred.
    pub fn centred(name: impl Into<String>, width: f64) -> Self {
        Column { centred: true, ..Column::new(name, width) }
    }

    /// The same, for a person to fill in.
    pub fn human(name: impl Into<String>, width: f64) -> Self {
        Column { human: true, ..Column::new(name, width) }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// What it holds.
    pub value: Value,
    /// What it means; the writer turns it into colour and border. The text must tell it without colour.
    pub tone: Tone,
    /// Where a click leads; texts only.
    pub link: Option<Link>,
    /// How many columns it covers; 0 and 1 are the same.
    pub across: u16,
}

impl Cell {
    /// Text, or nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let value = if text.is_empty() { Value::Empty } else { Value::Text(text) };
        Cell { value, ..Cell::default() }
    }

    /// A number.
    pub fn number(n: impl Into<f64>) -> Self {
        Cell { value: Value::Number(n.into()), ..Cell::default() }
    }

    /// A share of a whole; nothing where there is no whole.
    pub fn share(part: u32, whole: u32) -> Self {
        let value = if whole == 0 { Value::Empty } else { Value::Share(f64::from(part) / f64::from(whole)) };
        Cell { value, ..Cell::default() }
    }

    /// A day, or nothing.
    pub fn date(date: Option<NaiveDate>) -> Self {
        Cell { value: date.map_or(Value::Empty, Value::Date), ..Cell::default() }
    }

    /// A moment, or nothing.
    pub fn time(time: Option<NaiveDateTime>) -> Self {
        Cell { value: time.map_or(Value::Empty, Value::Time), ..Cell::default() }
    }

    /// The same cell, meaning this.
    pub fn tone(self, tone: Tone) -> Self {
        Cell { tone, ..self }
    }

    /// The same cell, leading there.
    pub fn to(self, link: Option<Link>) -> Self {
        Cell { link, ..self }
    }

    /// The same cell, covering so many columns.
    pub fn across(self, columns: u16) -> Self {
        Cell { across: columns, ..self }
    }
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
    /// A photograph, small; the row is as high as it.
    Picture(Arc<Thumbnail>),
}

/// What a cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// A title.
    Title,
    /// A section's heading.
    Section,
    /// The head of a column of a further table below the first.
    Head,
    /// A note in small grey.
    Note,
    /// Said with weight: a name, a key word.
    Strong,
    /// A large figure.
    Figure,
    /// A large figure that asks for something to be done.
    FigureToDo,
    /// The caption of a large figure, above or below it.
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
    /// A cell of a sheet of this workbook: sheet name, row of its table from 0, column from 0.
    Row(String, u32, u16),
}

/// Paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A4 landscape, one page wide.
    #[default]
    A4,
    /// A4 upright, everything on one page.
    A4Page,
    /// A3 landscape, one page wide.
    A3,
    /// A3 upright, one page wide.
    A3Upright,
}

/// A colour that cells take while what a person types fulfils conditions, before the next run.
#[derive(Debug, Clone, PartialEq)]
pub struct Highlight {
    /// First and last column that are coloured, in every row of the table.
    pub columns: (u16, u16),
    /// What must hold in the cell's own row, all of it: column and what stands there.
    pub when: Vec<(u16, Holds)>,
    /// The colour.
    pub tone: Tone,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// Nothing.
    Nothing,
    /// Anything.
    Anything,
    /// This text.
    Text(String),
    /// Anything but this text.
    Other(String),
}

/// Which way the bars of a chart lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bars {
    /// From left to right, for names.
    #[default]
    Lying,
    /// Upright, for days.
    Upright,
}

/// A chart of stacked bars over columns of the sheet's own rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// Which way its bars lie.
    pub bars: Bars,
    /// Title.
    pub title: String,
    /// Column of the categories.
    pub categories: u16,
    /// The series, stacked in this order.
    pub series: Vec<Series>,
    /// First and last row of the table that it shows.
    pub rows: (u32, u32),
    /// The rows of the table that it covers, first and last; it is as wide as the sheet.
    pub over: (u32, u32),
}

/// A series of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Name in the legend.
    pub name: String,
    /// Column of the values.
    pub column: u16,
    /// Its colour.
    pub tone: Tone,
}
