//! The rows of a sheet as SpreadsheetML (ECMA-376 part 1, 18.3.1.73 `row` and 18.3.1.4 `c`), packed while they are made: a
//! county's evidence is a million cells, of which no second copy is kept.

use crate::model::sheet::{Cell, Column, Sheet, Tone, Value};
use crate::model::thumbnail::{Small, Thumbnail};
use crate::report::look;
use crate::report::measure::{held, lines, pixels};
use crate::report::xlsx::dress::{Dress, Number, Wardrobe};
use crate::report::xlsx::escape::written;
use crate::report::xlsx::hyperlinks::Hyperlinks;
use crate::report::xlsx::packed::{Growing, Packed};
use crate::report::xlsx::places::{put_number, put_place};
use crate::report::xlsx::strings::Strings;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::sync::Arc;

/// The highest row that Excel shows, in points.
const ROW_HEIGHT: f64 = 409.0;
/// The least height of a row, in points.
pub const LEAST_HEIGHT: f64 = 19.0;
/// The height of a row without cells, in points.
const GAP_HEIGHT: f64 = 10.0;
/// Pixels around a picture in its cell.
pub const PICTURE_MARGIN: u32 = 3;

/// What a sheet's rows came to.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Rows {
    /// The XML of the rows above the table and of its heads, packed.
    pub heading: Packed,
    /// The XML of the table's rows, packed.
    pub table: Packed,
    /// The cells that lead somewhere.
    pub links: Hyperlinks,
    /// Cells that cover others: row, first and last column.
    pub merged: Vec<(u32, u16, u16)>,
    /// Photographs, each with its row and column.
    #[serde(skip)]
    pub pictures: Vec<(u32, u16, Arc<Thumbnail>)>,
    /// The height of each row in points.
    pub heights: Vec<f32>,
    /// The last column with a cell.
    pub last_column: u16,
}

/// Writes the rows above the table, and its heads, when those of the table are written.
pub fn heading(sheet: &Sheet<'_>, wardrobe: &mut Wardrobe, strings: &mut Strings, rows: &mut Rows) {
    let below = std::mem::take(&mut rows.heights);
    let xml = Growing::over(strings.spool.clone());
    let mut writer = Writer { sheet, wardrobe, strings, next: 0, rows, xml };
    for cells in &sheet.heading {
        writer.row(cells, false);
    }
    if has_heads(sheet) {
        writer.heads();
    }
    rows.heading = writer.xml.finish();
    rows.heights.extend(below);
}

/// Writes the rows of the table.
pub fn table(sheet: &Sheet<'_>, wardrobe: &mut Wardrobe, strings: &mut Strings) -> Rows {
    let mut rows = Rows::default();
    let next = first_row(sheet);
    let xml = Growing::over(strings.spool.clone());
    let mut writer = Writer { sheet, wardrobe, strings, next, rows: &mut rows, xml };
    if sheet.is_empty() && !sheet.if_empty.is_empty() {
        writer.row(&[Cell::text(&sheet.if_empty).tone(Tone::Note)], false);
    }
    let mut ruled = has_heads(sheet);
    let mut left = sheet.len();
    let mut put = |cells: &[Cell]| {
        // What the sheet has no room for is made with its block all the same.
        if left == 0 {
            return;
        }
        left -= 1;
        ruled = (ruled && !cells.is_empty()) || cells.first().is_some_and(|c| c.tone == Tone::Head);
        writer.row(cells, ruled);
    };
    sheet.rows.iter().for_each(|cells| put(cells));
    // A few blocks at a time are made side by side, while those before them are written.
    let blocks: Vec<usize> = (0..sheet.more.blocks).collect();
    let make = |blocks: &[usize]| -> Vec<_> { blocks.par_iter().map(|block| sheet.more.block(*block)).collect() };
    let mut waiting = Vec::new();
    for blocks in blocks.chunks(rayon::current_num_threads()) {
        let write = || waiting.iter().flatten().for_each(|cells: &Vec<Cell>| put(cells));
        let (made, ()) = rayon::join(|| make(blocks), write);
        waiting = made;
    }
    waiting.iter().flatten().for_each(|cells| put(cells));
    rows.table = writer.xml.finish();
    rows.links.complete();
    rows
}

/// Whether a row of column heads stands above the table.
pub fn has_heads(sheet: &Sheet<'_>) -> bool {
    sheet.columns.iter().any(|c| !c.name.is_empty())
}

/// The row of the workbook where the table's first row stands.
pub fn first_row(sheet: &Sheet<'_>) -> u32 {
    sheet.heading.len() as u32 + u32::from(has_heads(sheet))
}

/// The height in points of a row that holds a picture: four pixels are three points.
fn room_for(small: &Small) -> f64 {
    f64::from(small.height + 2 * PICTURE_MARGIN) * 0.75
}

/// Writing to a text never fails.
fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

struct Writer<'s, 'w> {
    sheet: &'s Sheet<'s>,
    wardrobe: &'w mut Wardrobe,
    strings: &'w mut Strings,
    /// The number of the next row.
    next: u32,
    rows: &'w mut Rows,
    xml: Growing,
}

impl Writer<'_, '_> {
    fn heads(&mut self) {
        let head = look::of(Tone::Head).size;
        let shown = self.sheet.columns.iter().filter(|c| !c.hidden);
        let most = shown.map(|c| lines(&c.name, pixels(c.width), head)).max().unwrap_or(1);
        let row = self.open(f64::from(most) * look::line_height(Tone::Head) + 6.0);
        for (at, column) in (0..).zip(&self.sheet.columns).filter(|(_, c)| !c.name.is_empty()) {
            let cell = Cell::default().tone(Tone::Head);
            let dress = Dress { human: column.human, ..Dress::of(&cell, true, &Column::default()) };
            self.text(row, at, &column.name, dress);
        }
        self.close();
    }

    /// Writes a row. A text without a frame is not wrapped but runs on to the right, unless it covers columns.
    fn row(&mut self, cells: &[Cell], ruled: bool) {
        let row = self.open(self.height(cells, ruled));
        let mut at = 0;
        let plain = Column::default();
        for cell in cells {
            let across = cell.across.max(1);
            let column = self.sheet.columns.get(usize::from(at)).unwrap_or(&plain);
            let dress = Dress::of(cell, ruled, column);
            self.cell(row, at, cell, dress);
            if across > 1 {
                self.rows.merged.push((row, at, at + across - 1));
                // The frame of covered cells is drawn by those cells.
                let covered = Dress { linked: false, ..dress };
                (at + 1..at + across).for_each(|at| self.blank(row, at, covered));
            }
            at += across;
        }
        self.close();
    }

    fn height(&self, cells: &[Cell], ruled: bool) -> f64 {
        let mut height = match cells {
            [] => GAP_HEIGHT,
            [only] if only.tone == Tone::Note => look::line_height(Tone::Note),
            _ => LEAST_HEIGHT,
        };
        let mut at = 0;
        for cell in cells {
            let across = cell.across.max(1);
            let columns = self.sheet.columns.iter().skip(usize::from(at)).take(usize::from(across));
            let width: f64 = columns.filter(|c| !c.hidden).map(|c| pixels(c.width)).sum();
            if let (Value::Text(text), true) = (&cell.value, width > 0.0 && (ruled || across > 1)) {
                let lines = f64::from(lines(text, width, look::of(cell.tone).size));
                height = height.max(lines * look::line_height(cell.tone) + 3.0);
            }
            if let Value::Picture(picture) = &cell.value {
                height = height.max(picture.small.as_ref().map_or(0.0, room_for));
            }
            height = height.max(look::line_height(cell.tone) + 1.0);
            at += across;
        }
        height.min(ROW_HEIGHT)
    }

    fn open(&mut self, height: f64) -> u32 {
        let row = self.next;
        self.next += 1;
        // Programs show whole pixels, four to three points.
        let height = (height * 4.0 / 3.0).floor() * 0.75;
        self.xml.text.push_str("<row r=\"");
        put_number(&mut self.xml.text, row + 1);
        put(&mut self.xml.text, format_args!("\" ht=\"{height}\" customHeight=\"1\""));
        let first = first_row(self.sheet);
        if self.sheet.folds.iter().any(|(from, to)| (first + from..=first + to).contains(&row)) {
            self.xml.text.push_str(" outlineLevel=\"1\"");
        }
        self.xml.text.push('>');
        // Three quarters of a whole number: no part of it is lost.
        self.rows.heights.push(height as f32);
        row
    }

    fn close(&mut self) {
        self.xml.text.push_str("</row>");
        self.xml.turn();
    }

    fn cell(&mut self, row: u32, at: u16, cell: &Cell, dress: Dress) {
        let link = cell.link.as_ref().filter(|_| matches!(cell.value, Value::Text(_)));
        let linked = link.is_some_and(|link| self.rows.links.add(row, at, link));
        let dress = Dress { linked, ..dress };
        match &cell.value {
            Value::Text(text) if linked && is_symbol(cell) => self.formula(row, at, text, dress),
            Value::Text(text) => self.text(row, at, text, dress),
            Value::Number(n) | Value::Share(n) if n.is_finite() => self.number(row, at, *n, dress),
            Value::Date(date) if is_in_calendar(*date) => self.number(row, at, days(*date), dress),
            Value::Time(time) if is_in_calendar(time.date()) => self.number(row, at, moment(*time), dress),
            Value::Empty => self.blank(row, at, dress),
            Value::Picture(picture) => {
                self.rows.pictures.push((row, at, Arc::clone(picture)));
                self.blank(row, at, dress);
            }
            Value::Number(n) | Value::Share(n) => self.other(row, at, &n.to_string(), dress),
            Value::Date(date) => self.other(row, at, &date.to_string(), dress),
            Value::Time(time) => self.other(row, at, &time.to_string(), dress),
        }
    }

    /// What no number of the format is, as text.
    fn other(&mut self, row: u32, at: u16, text: &str, dress: Dress) {
        self.text(row, at, text, Dress { number: Number::Text, ..dress });
    }

    fn text(&mut self, row: u32, at: u16, text: &str, dress: Dress) {
        let text = held(text);
        if text.is_empty() {
            return self.blank(row, at, dress);
        }
        self.begin(row, at, dress);
        self.xml.text.push_str(" t=\"s\"><v>");
        put_number(&mut self.xml.text, self.strings.number(&text));
        self.xml.text.push_str("</v></c>");
    }

    fn formula(&mut self, row: u32, at: u16, sign: &str, dress: Dress) {
        self.begin(row, at, dress);
        let sign = written(sign);
        put(&mut self.xml.text, format_args!(" t=\"str\"><f>\"{sign}\"</f><v>{sign}</v></c>"));
    }

    fn number(&mut self, row: u32, at: u16, n: f64, dress: Dress) {
        self.begin(row, at, dress);
        put(&mut self.xml.text, format_args!("><v>{n}</v></c>"));
    }

    fn blank(&mut self, row: u32, at: u16, dress: Dress) {
        self.begin(row, at, dress);
        self.xml.text.push_str("/>");
    }

    fn begin(&mut self, row: u32, at: u16, dress: Dress) {
        self.rows.last_column = self.rows.last_column.max(at);
        self.xml.text.push_str("<c r=\"");
        put_place(&mut self.xml.text, row, at);
        self.xml.text.push_str("\" s=\"");
        put_number(&mut self.xml.text, self.wardrobe.number(dress));
        self.xml.text.push('"');
    }
}

/// A single sign whose colour tells something. LibreOffice paints every linked text in its own blue, but leaves a linked
/// formula its colours; so a sign, and never anybody's words, is written as a formula that yields it.
fn is_symbol(cell: &Cell) -> bool {
    let Value::Text(text) = &cell.value else { return false };
    let mut signs = text.chars();
    let (sign, more) = (signs.next(), signs.next());
    !matches!(cell.tone, Tone::Plain | Tone::Strong) && sign.is_some_and(|c| c != '"') && more.is_none()
}

/// The days that Excel's calendar knows.
fn is_in_calendar(date: NaiveDate) -> bool {
    (1900..=9999).contains(&date.year())
}

/// The number of a day (ECMA-376 part 1, 18.17.4.1): 1 is the first of January 1900, and 1900 has a 29th of February.
fn days(date: NaiveDate) -> f64 {
    let since = date.num_days_from_ce() - NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |d| d.num_days_from_ce());
    f64::from(if since < 61 { since - 1 } else { since })
}

/// The number of a moment: that of its day and the part of the day that has passed.
fn moment(time: NaiveDateTime) -> f64 {
    let seconds = (time - time.date().and_time(chrono::NaiveTime::MIN)).num_seconds();
    days(time.date()) + seconds as f64 / 86_400.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        let day = |y, m, d| days(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(
            [day(1900, 1, 1), day(1900, 2, 28), day(1900, 3, 1), day(2020, 10, 17)],
            [1.0, 59.0, 61.0, 44_121.0]
        );
        let noon = NaiveDate::from_ymd_opt(2020, 10, 17).unwrap().and_hms_opt(12, 0, 0).unwrap();
        assert_eq!(moment(noon), 44_121.5);
    }
}
