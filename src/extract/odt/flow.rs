//! The text of an OpenDocument part, element by element.

use crate::extract::odt::numbering::{ListStyles, OpenLists};
use crate::extract::xml_text::{Elements, attribute, push_text, walk};
use crate::model::document::{Block, Cell, Content, Row, Table};
use crate::model::limits;
use crate::model::place::Place;
use quick_xml::events::{BytesStart, Event};

/// What is read of a part.
pub struct Flow<'s> {
    /// Headings, paragraphs and tables of the main text.
    pub blocks: Vec<Block>,
    /// Text boxes.
    pub boxes: Vec<String>,
    /// Footnotes and endnotes.
    pub notes: Vec<String>,
    /// Reviewers' comments.
    pub comments: Vec<String>,
    /// Page headers.
    pub headers: Vec<String>,
    /// Page footers.
    pub footers: Vec<String>,
    /// Something was left out because a limit was reached.
    pub cut: bool,
    styles: &'s ListStyles,
    lists: OpenLists,
    /// The number that the next paragraph shows.
    number: Option<String>,
    holders: Vec<Holder>,
    open: Vec<Paragraph>,
    /// Elements that are left out, of which this many are open.
    left_out: usize,
    chars: usize,
    paragraphs: u32,
    tables: u32,
    slides: u32,
}

/// What holds paragraphs, beside the main text.
enum Holder {
    Table(Table, u32, u32),
    Cell(Cell, Vec<String>),
    /// A table in a cell: its text belongs to that cell.
    Inner,
    Box(Vec<String>),
    Note(Vec<String>),
    Comment(Vec<String>),
    Header(Vec<String>),
    Footer(Vec<String>),
}

struct Paragraph {
    heading: Option<u8>,
    text: String,
}

impl<'s> Flow<'s> {
    /// Before the first element.
    pub fn new(styles: &'s ListStyles) -> Self {
        Flow {
            blocks: Vec::new(),
            boxes: Vec::new(),
            notes: Vec::new(),
            comments: Vec::new(),
            headers: Vec::new(),
            footers: Vec::new(),
            cut: false,
            styles,
            lists: OpenLists::default(),
            number: None,
            holders: Vec::new(),
            open: Vec::new(),
            left_out: 0,
            chars: 0,
            paragraphs: 0,
            tables: 0,
            slides: 0,
        }
    }

    /// Reads a part to its end; false where the XML breaks off. What was open there is kept.
    pub fn read(&mut self, xml: &str) -> bool {
        let whole = walk(xml, self);
        self.cut = self.is_full();
        while !self.open.is_empty() {
            self.end_paragraph();
        }
        while !self.holders.is_empty() {
            self.end_holder();
        }
        whole
    }
}

impl Elements for Flow<'_> {
    fn start(&mut self, e: &BytesStart<'_>) {
        let name = e.local_name();
        let name = name.as_ref();
        if self.left_out > 0 || is_left_out(name) {
            self.left_out += usize::from(is_left_out(name));
            return;
        }
        match name {
            "p" => self.open.push(Paragraph { heading: None, text: self.number.take().unwrap_or_default() }),
            "h" => {
                let level = attribute(e, "outline-level").and_then(|l| l.parse().ok()).unwrap_or(1);
                self.open.push(Paragraph { heading: Some(level), text: self.number.take().unwrap_or_default() });
            }
            "list" => self.lists.start(e),
            "list-item" => self.number = self.lists.next(self.styles),
            "page" => self.slides += 1,
            "s" => self.add(&" ".repeat(count(e, "c").min(64) as usize)),
            "tab" => self.add("\t"),
            "line-break" => self.add("\n"),
            "table" if self.holders.iter().any(|h| matches!(h, Holder::Table(..))) => self.holders.push(Holder::Inner),
            "table" => self.holders.push(Holder::Table(Table::default(), 0, 0)),
            "table-row" => {
                if let Some(Holder::Table(table, row, column)) = self.holders.last_mut() {
                    (*row, *column) = (row.saturating_add(1), 0);
                    table.rows.push(Row { number: *row, cells: Vec::new() });
                }
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(Holder::Table(_, _, column)) = self.holders.last_mut() {
                    let at = *column;
                    *column = column.saturating_add(count(e, "number-columns-repeated"));
                    let columns = count(e, "number-columns-spanned");
                    let cell = Cell { column: at, columns, rows: count(e, "number-rows-spanned"), text: String::new() };
                    self.holders.push(Holder::Cell(cell, Vec::new()));
                }
            }
            "text-box" | "custom-shape" if self.slides == 0 => self.holders.push(Holder::Box(Vec::new())),
            "note-body" => self.holders.push(Holder::Note(Vec::new())),
            "annotation" => self.holders.push(Holder::Comment(Vec::new())),
            "header" | "header-first" | "header-left" => self.holders.push(Holder::Header(Vec::new())),
            "footer" | "footer-first" | "footer-left" => self.holders.push(Holder::Footer(Vec::new())),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= usize::from(is_left_out(name));
            return;
        }
        match name {
            "p" | "h" => self.end_paragraph(),
            "list" => self.lists.end(),
            "list-item" => self.number = None,
            "table" | "note-body" | "annotation" | "header" | "header-first" | "header-left" | "footer"
            | "footer-first" | "footer-left" => self.end_holder(),
            "text-box" | "custom-shape" if self.slides == 0 => self.end_holder(),
            "table-cell" | "covered-table-cell" if matches!(self.holders.last(), Some(Holder::Cell(..))) => {
                self.end_holder();
            }
            _ => {}
        }
    }

    fn text(&mut self, event: &Event<'_>) {
        if let Some(paragraph) = self.open.last_mut().filter(|_| self.left_out == 0) {
            push_text(&mut paragraph.text, event);
        }
    }

    fn is_full(&self) -> bool {
        self.chars > limits::TEXT_CHARS || self.holders.len() > limits::NESTING
    }
}

impl Flow<'_> {
    fn add(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(Paragraph { heading, text }) = self.open.pop() else { return };
        let text = text.trim().to_string();
        if text.is_empty() {
            return;
        }
        self.chars += text.chars().count();
        let held = self.holders.iter_mut().rev().find_map(|holder| match holder {
            Holder::Cell(_, texts)
            | Holder::Box(texts)
            | Holder::Note(texts)
            | Holder::Comment(texts)
            | Holder::Header(texts)
            | Holder::Footer(texts) => Some(texts),
            Holder::Table(..) | Holder::Inner => None,
        });
        if let Some(texts) = held {
            texts.push(text);
            return;
        }
        self.paragraphs += 1;
        let place = if self.slides > 0 { Place::Slide(self.slides) } else { Place::Paragraph(self.paragraphs) };
        let content = match heading {
            Some(level) => Content::Heading(level, text),
            None => Content::Paragraph(text),
        };
        self.blocks.push(Block { place, content });
    }

    fn end_holder(&mut self) {
        match self.holders.pop() {
            Some(Holder::Table(mut table, ..)) => {
                table.rows.retain(|row| !row.cells.is_empty());
                if !table.rows.is_empty() {
                    self.tables += 1;
                    self.blocks.push(Block { place: Place::Table(self.tables), content: Content::Table(table) });
                }
            }
            Some(Holder::Cell(cell, texts)) => {
                let row = match self.holders.last_mut() {
                    Some(Holder::Table(table, ..)) => table.rows.last_mut(),
                    _ => None,
                };
                if let (Some(row), Some(text)) = (row, joined(texts)) {
                    row.cells.push(Cell { text, ..cell });
                }
            }
            Some(Holder::Box(texts)) => self.boxes.extend(joined(texts)),
            Some(Holder::Note(texts)) => self.notes.extend(joined(texts)),
            Some(Holder::Comment(texts)) => self.comments.extend(joined(texts)),
            Some(Holder::Header(texts)) => self.headers.extend(joined(texts)),
            Some(Holder::Footer(texts)) => self.footers.extend(joined(texts)),
            Some(Holder::Inner) | None => {}
        }
    }
}

fn joined(texts: Vec<String>) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// What is no text of the document: deleted text, the number of a note, who wrote a comment and when, alternative texts,
/// the notes page of a slide.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "note-citation"
            | "creator"
            | "date"
            | "date-string"
            | "creator-initials"
            | "title"
            | "desc"
            | "notes"
            | "ruby-text"
            | "index-title-template"
    )
}

fn count(e: &BytesStart<'_>, name: &str) -> u32 {
    attribute(e, name).and_then(|v| v.parse().ok()).unwrap_or(1).max(1)
}
