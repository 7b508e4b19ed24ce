//! A file as it was read: blocks of text and tables, each with its place.

use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::recognition::Recognised;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// A file's content, whatever its format was.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Document {
    /// The real format by content (`docx`, `doc`, `xlsx`, `rtf`, `jpeg` …), not by suffix.
    pub format: String,
    /// Name and version of the reader, `docx/1`: a part of the cache's key.
    pub reader: String,
    /// What was read.
    pub body: Body,
    /// What went wrong or was lost.
    pub problems: Vec<Problem>,
}

/// The content in reading order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Body {
    /// Headings, paragraphs and tables in reading order. Headers come first, footers, notes, then comments last.
    pub blocks: Vec<Block>,
    /// Pictures in reading order.
    pub pictures: Vec<Picture>,
    /// What the document says of itself.
    pub properties: Properties,
    /// What was seen but could not be read; each becomes a Problem.
    pub losses: Vec<Problem>,
    /// The pictures whose text was recognised, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recognised: Vec<Recognised>,
}

/// A piece of content and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Where a reviewer finds it.
    pub place: Place,
    /// What it is.
    pub content: Content,
}

/// The kinds of content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A heading by style or outline level (1 is the highest).
    Heading(u8, String),
    /// A paragraph; its number as Word shows it (一、, 1.) is part of the text where the list is automatic.
    Paragraph(String),
    /// A paragraph that stands right under or over a picture and names it, or a caption by style.
    Caption(String),
    /// A table of a text document, or a worksheet.
    Table(Table),
}

/// Rows of cells.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// Not shown to a reader of the file: a hidden worksheet.
    pub hidden: bool,
    /// The rows that hold something.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Row {
    /// The row's number as the program shows it, from 1; empty rows are counted but not kept.
    pub number: u32,
    /// The cells that hold something, from left to right.
    pub cells: Vec<Cell>,
}

/// A cell. A merged cell stands once, at its first row and column, with its spans.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// The grid column of its left edge, from 0.
    pub column: u32,
    /// How many grid columns it covers.
    pub columns: u32,
    /// How many rows it covers.
    pub rows: u32,
    /// The text as shown. Paragraphs inside are parted by `\n`; a date is `2020-10-14` or `2020-10-14 09:30`; a whole
    /// number has no decimal point.
    pub text: String,
}

/// A picture, known by its fingerprint.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Picture {
    /// Name inside the file, or the file's own name.
    pub name: String,
    /// CRC-32 and length in hexadecimal, `9a0b1c2d-0001f3a0`: equal for equal bytes, cheap from a zip directory.
    pub fingerprint: String,
    /// Length in bytes.
    pub len: u64,
    /// Caption or alternative text, where one is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Which picture it is.
    pub place: Option<Place>,
    /// When it was taken, as the camera wrote it down, in local time; looked for in pictures that are files of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<NaiveDateTime>,
}

/// What the document says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Properties {
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When the document was first saved, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<NaiveDateTime>,
    /// When the document was last saved, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<NaiveDateTime>,
    /// When the e-mail was sent, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<NaiveDateTime>,
    /// The program that wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
}

/// The fingerprint of a picture by CRC-32 and length.
pub fn picture_fingerprint(crc32: u32, len: u64) -> String {
    format!("{crc32:08x}-{len:08x}")
}

impl Document {
    /// Whether some of its pictures may be pages of text that nobody has read.
    pub fn may_be_pages(&self) -> bool {
        let body = &self.body;
        let scanned = |loss: &Problem| matches!(loss, Problem::Scanned(_) | Problem::LostText(_, Place::Page(_)));
        body.losses.iter().any(scanned) || is_pictures_only(body.pictures.len(), body.chars())
    }
}

/// Whether so many pictures with so many characters beside them are photographs or a scan, and no report with pictures.
pub fn is_pictures_only(pictures: usize, chars: usize) -> bool {
    /// Fewer characters than this beside pictures are a caption, not a report.
    const CAPTION: usize = 30;
    pictures > 0 && chars < CAPTION
}

impl Body {
    /// Characters of text, white space left out.
    pub fn chars(&self) -> usize {
        let count = |text: &String| text.chars().filter(|c| !c.is_whitespace()).count();
        let of_block = |block: &Block| match &block.content {
            Content::Heading(_, text) | Content::Paragraph(text) | Content::Caption(text) => count(text),
            Content::Table(table) => table.rows.iter().flat_map(|r| &r.cells).map(|c| count(&c.text)).sum(),
        };
        self.blocks.iter().map(of_block).sum()
    }

    /// The plain text in reading order: a line a paragraph, table rows with tabs between cells.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match &block.content {
                Content::Heading(_, t) | Content::Paragraph(t) | Content::Caption(t) => {
                    out.push_str(t);
                    out.push('\n');
                }
                Content::Table(table) => {
                    for row in &table.rows {
                        let mut column = 0;
                        for (i, cell) in row.cells.iter().enumerate() {
                            let gap = cell.column.saturating_sub(column);
                            out.extend(std::iter::repeat_n('\t', (gap as usize + usize::from(i > 0)).min(64)));
                            out.push_str(&cell.text.replace('\n', " "));
                            column = cell.column + cell.columns.max(1);
                        }
                        out.push('\n');
                    }
                }
            }
        }
        out
    }
}
