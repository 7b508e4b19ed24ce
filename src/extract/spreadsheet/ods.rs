//! OpenDocument spreadsheets (ODF 1.2 part 1, 9): streamed, with the text that the program itself showed.

use crate::extract::encoding;
use crate::extract::grid::{Allowance, Grid, Region};
use crate::extract::number_format::with_time;
use crate::extract::open_document;
use crate::extract::parts::add_paragraphs;
use crate::extract::reader::Failure;
use crate::extract::xml_text::{attribute, push_text};
use crate::model::document::{Block, Body, Content};
use crate::model::limits::SHEET_CELLS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use chrono::NaiveDateTime;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;

/// Sheets, then text boxes and comments; pictures and properties.
pub fn read(bytes: &[u8]) -> Result<Body, Failure> {
    let (package, mut body) = open_document::open(bytes)?;
    let content = package.read("content.xml")?;
    let (xml, _) = encoding::decode(&content, None);
    let mut content = ContentReader::default();
    let whole = content.run(&xml, &mut body);
    if !whole {
        body.losses.push(Problem::LostText(msg!("extract.sheet_part_lost", "content.xml"), Place::Whole));
    }
    if content.allowance.is_exceeded() {
        body.losses.push(Problem::LostText(msg!("extract.sheet_too_many_cells", SHEET_CELLS), Place::Whole));
    }
    add_paragraphs(&mut body, content.boxes, Place::TextBox);
    add_paragraphs(&mut body, content.notes, Place::Comment);
    Ok(body)
}

/// Where the reader stands in `content.xml`.
#[derive(Default)]
struct ContentReader {
    allowance: Allowance,
    hidden_styles: BTreeSet<String>,
    style: String,
    sheet: Option<Sheet>,
    cell: Option<Cell>,
    /// How many tables the present one lies in: a table inside a cell adds to that cell.
    tables: u32,
    annotation: Option<String>,
    aside: bool,
    text_box: Option<String>,
    boxes: Vec<String>,
    notes: Vec<String>,
}

#[derive(Default)]
struct Sheet {
    name: String,
    hidden: bool,
    grid: Grid,
    row: u32,
    column: u32,
    row_repeats: u32,
    /// The cells of this row, to be repeated with it: column and text.
    cells: Vec<(u32, String)>,
}

#[derive(Default)]
struct Cell {
    repeats: u32,
    columns: u32,
    rows: u32,
    kind: String,
    /// The value as the file stores it: of dates and truth values, whose text depends on the program's language.
    value: String,
    formula: bool,
    text: String,
    paragraphs: u32,
}

impl ContentReader {
    /// Reads to the end; false where the XML breaks off.
    fn run(&mut self, xml: &str, body: &mut Body) -> bool {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        loop {
            let aside = self.aside;
            match reader.read_event() {
                Ok(Event::Start(e)) => self.start(&e),
                Ok(Event::End(e)) => self.end(e.local_name().as_ref(), body),
                Ok(Event::Eof) => return self.sheet.is_none(),
                Err(_) => {
                    self.end_sheet(body);
                    return false;
                }
                Ok(event) => {
                    if let Some(text) = self.open_text().filter(|_| !aside) {
                        push_text(text, &event);
                    }
                }
            }
            if self.allowance.is_exceeded() {
                self.end_sheet(body);
                return true;
            }
        }
    }

    /// The text that is being read, innermost first.
    fn open_text(&mut self) -> Option<&mut String> {
        match (&mut self.annotation, &mut self.text_box, &mut self.cell) {
            (Some(text), _, _) | (None, Some(text), _) => Some(text),
            (None, None, Some(cell)) if cell.paragraphs > 0 => Some(&mut cell.text),
            _ => None,
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "style" => self.style = attribute(e, "name").unwrap_or_default(),
            "table-properties" if attribute(e, "display").as_deref() == Some("false") => {
                self.hidden_styles.insert(std::mem::take(&mut self.style));
            }
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    let hidden = attribute(e, "style-name").is_some_and(|s| self.hidden_styles.contains(&s));
                    self.sheet =
                        Some(Sheet { name: attribute(e, "name").unwrap_or_default(), hidden, ..Sheet::default() });
                }
            }
            "table-row" if self.tables == 1 => {
                if let Some(sheet) = &mut self.sheet {
                    sheet.row_repeats = number(e, "number-rows-repeated");
                    sheet.column = 0;
                    sheet.cells.clear();
                }
            }
            "table-cell" | "covered-table-cell" if self.tables == 1 && self.cell.is_none() => self.cell = Some(cell(e)),
            "annotation" => self.annotation = Some(String::new()),
            // Who wrote a comment and when is not its text.
            "creator" | "date" | "date-string" if self.annotation.is_some() => self.aside = true,
            "text-box" | "custom-shape" if self.text_box.is_none() => self.text_box = Some(String::new()),
            "p" => {
                if let (None, None, Some(cell)) = (&self.annotation, &self.text_box, &mut self.cell) {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                } else if let Some(text) = self.open_text().filter(|t| !t.is_empty()) {
                    text.push('\n');
                }
            }
            "s" => {
                let spaces = number(e, "c").min(64) as usize;
                if let Some(text) = self.open_text() {
                    text.extend(std::iter::repeat_n(' ', spaces));
                }
            }
            "tab" | "line-break" => {
                if let Some(text) = self.open_text() {
                    text.push('\n');
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, body: &mut Body) {
        match name {
            "creator" | "date" | "date-string" => self.aside = false,
            "table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.end_sheet(body);
                }
            }
            "table-cell" | "covered-table-cell" if self.tables == 1 => self.end_cell(body),
            "table-row" if self.tables == 1 => self.end_row(),
            "annotation" => {
                self.notes.extend(self.annotation.take().map(|t| t.trim().to_string()).filter(|t| !t.is_empty()))
            }
            "text-box" | "custom-shape" => {
                self.boxes.extend(self.text_box.take().map(|t| t.trim().to_string()).filter(|t| !t.is_empty()));
            }
            _ => {}
        }
    }

    fn end_cell(&mut self, body: &mut Body) {
        let (Some(cell), Some(sheet)) = (self.cell.take(), &mut self.sheet) else {
            return;
        };
        let shown = cell.shown();
        if shown.is_empty() && cell.formula && cell.value.is_empty() && cell.kind != "string" {
            let place = Place::SheetCell(sheet.name.clone(), sheet.column, sheet.row.saturating_add(1));
            body.losses.push(Problem::LostText(msg!("extract.sheet_formula_without_value"), place));
        }
        if cell.rows > 1 || cell.columns > 1 {
            sheet.grid.merge(Region {
                top: sheet.row,
                left: sheet.column,
                bottom: sheet.row.saturating_add(cell.rows - 1),
                right: sheet.column.saturating_add(cell.columns - 1),
            });
        }
        if !shown.is_empty() {
            for column in sheet.column..sheet.column.saturating_add(cell.repeats) {
                if !sheet.grid.put(sheet.row, column, &shown, &mut self.allowance) {
                    return;
                }
                sheet.cells.push((column, shown.clone()));
            }
        }
        sheet.column = sheet.column.saturating_add(cell.repeats);
    }

    /// A row that is written once for many holds the same in each.
    fn end_row(&mut self) {
        let Some(sheet) = &mut self.sheet else { return };
        let next = sheet.row.saturating_add(sheet.row_repeats.max(1));
        if !sheet.cells.is_empty() {
            for row in sheet.row.saturating_add(1)..next {
                for (column, text) in &sheet.cells {
                    if !sheet.grid.put(row, *column, text, &mut self.allowance) {
                        return;
                    }
                }
            }
        }
        sheet.row = next;
    }

    fn end_sheet(&mut self, body: &mut Body) {
        if let Some(sheet) = self.sheet.take() {
            let content = Content::Table(sheet.grid.into_table(sheet.hidden));
            body.blocks.push(Block { place: Place::Sheet(sheet.name), content });
        }
    }
}

fn number(e: &BytesStart<'_>, name: &str) -> u32 {
    attribute(e, name).and_then(|v| v.parse().ok()).unwrap_or(1).max(1)
}

fn cell(e: &BytesStart<'_>) -> Cell {
    let value = ["date-value", "boolean-value", "value", "string-value", "time-value"]
        .iter()
        .find_map(|name| attribute(e, name));
    Cell {
        repeats: number(e, "number-columns-repeated"),
        columns: number(e, "number-columns-spanned"),
        rows: number(e, "number-rows-spanned"),
        kind: attribute(e, "value-type").unwrap_or_default(),
        value: value.unwrap_or_default(),
        formula: attribute(e, "formula").is_some(),
        ..Cell::default()
    }
}

impl Cell {
    /// The text as shown, dates and truth values in the model's dress, thousands not parted.
    fn shown(&self) -> String {
        match self.kind.as_str() {
            "date" => iso(&self.value).unwrap_or_else(|| self.text.clone()),
            "boolean" => self.value.to_ascii_uppercase(),
            "float" | "currency" if !self.text.is_empty() => plain_number(&self.text),
            "percentage" if self.text.ends_with('%') => {
                format!("{}%", plain_number(self.text.trim_end_matches('%')))
            }
            "float" => self.value.clone(),
            _ if self.text.is_empty() => self.value.clone(),
            _ => self.text.clone(),
        }
    }
}

fn iso(value: &str) -> Option<String> {
    if value.len() == 10 {
        return Some(value.to_string());
    }
    value.parse::<NaiveDateTime>().ok().map(with_time)
}

/// `1,234.50` → `1234.5`; text with words in it stays.
fn plain_number(text: &str) -> String {
    let joined = text.replace(',', "");
    let is_number =
        joined.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-')) && joined.parse::<f64>().is_ok();
    match joined.contains('.') {
        true if is_number => joined.trim_end_matches('0').trim_end_matches('.').to_string(),
        false if is_number => joined,
        _ => text.to_string(),
    }
}
