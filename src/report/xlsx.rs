//! Sheets → an Excel workbook. This file and its own `dress` and `charts` alone know `rust_xlsxwriter`.

mod charts;
mod dress;
mod escape;
mod hyperlinks;
mod package;
mod packed;
mod pictures;
mod places;
mod rows;
mod strings;

use crate::model::packed::from_stream;
use crate::model::sheet::{Chart, Holds, Paper, Sheet, Tone, Value};
use crate::model::shelf::{Closed, Kept};
use crate::model::spool::Spool;
use crate::report::error::ReportError;
use crate::report::look;
use crate::report::measure::{held, units};
use chrono::NaiveDateTime;
use dress::{Dress, Wardrobe};
pub use package::Package;
use rows::{Rows, first_row, has_heads};
use rust_xlsxwriter as xl;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;
use strings::{Strings, Texts};

/// The last column of the format.
const LAST_COLUMN: u16 = 16_383;

/// What stands on every page, and in the file's properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// Title of the workbook.
    pub title: String,
    /// When it is said to have been made: the moment of judgement, so that equal findings give equal bytes.
    pub made: NaiveDateTime,
    /// The middle of the footer; `&P` stands for the page, `&N` for the number of pages.
    pub pages: String,
}

/// The bytes of a workbook of these sheets, in their order. The same sheets and imprint give the same bytes.
///
/// # Errors
/// [`ReportError::Workbook`] where a sheet passes a limit of the format.
pub fn workbook_bytes(sheets: Vec<Sheet<'_>>, imprint: &Imprint) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::new(sheets.len(), imprint, None);
    for (at, sheet) in sheets.into_iter().enumerate() {
        book.write(at, &sheet)?;
    }
    let mut bytes = Vec::new();
    book.finish()?.write(&mut bytes).map_err(|e| failed(&e))?;
    Ok(bytes)
}

/// A workbook while its sheets are written, in any order.
///
/// The library makes all but the rows: styles, print set-up, charts, drop-downs. It keeps every cell in memory and weighs
/// its format anew; the rows of a county are written beside it (`rows`), a sheet at a time, and put in their place, merged cells
/// and links with them.
pub struct Book<'i> {
    imprint: &'i Imprint,
    workbook: Workbook,
    wardrobe: Wardrobe,
    strings: Strings,
    bodies: Vec<Rows>,
    first_rows: BTreeMap<String, u32>,
    spool: Option<&'i Arc<dyn Spool>>,
}

/// A table that was written before all else, with all that its cells name by numbers.
#[derive(Serialize, Deserialize)]
struct Table {
    rows: Rows,
    texts: Texts,
    worn: Vec<Dress>,
}

impl<'i> Book<'i> {
    /// A workbook of so many sheets, which wait in a spool until it is written, where there is one.
    pub fn new(sheets: usize, imprint: &'i Imprint, spool: Option<&'i Arc<dyn Spool>>) -> Self {
        let mut workbook = Workbook::new();
        let properties = xl::DocProperties::new()
            .set_title(&imprint.title)
            .set_author("shouqi")
            .set_creation_datetime(&imprint.made);
        workbook.set_properties(&properties);
        for at in 0..sheets {
            workbook.add_worksheet().set_active(at == 0);
        }
        let mut bodies = Vec::new();
        bodies.resize_with(sheets, Rows::default);
        let (wardrobe, strings) = (Wardrobe::default(), Strings::over(spool));
        Book { imprint, workbook, wardrobe, strings, bodies, first_rows: BTreeMap::new(), spool }
    }

    /// Writes the sheet of a tab, counted from 0.
    ///
    /// # Errors
    /// [`ReportError::Workbook`].
    pub fn write(&mut self, at: usize, sheet: &Sheet<'_>) -> Result<(), ReportError> {
        let rows = rows::table(sheet, &mut self.wardrobe, &mut self.strings);
        self.put(at, sheet, rows)
    }

    /// Writes the sheet of a tab before all others, its table from the night before where it is kept. The texts of the table are
    /// its own, so that the workbook is the same either way.
    ///
    /// # Errors
    /// [`ReportError::Workbook`].
    pub fn write_first(&mut self, at: usize, sheet: &Sheet<'_>, kept: Kept<'_>) -> Result<(), ReportError> {
        let spool = self.spool;
        let put_away = |mut table: Table| {
            if let Some(spool) = spool {
                table.rows.table.put_away(spool);
                table.texts.put_away(spool);
            }
            table
        };
        let make = || {
            let (mut wardrobe, mut strings) = (Wardrobe::default(), Strings::over(spool));
            let rows = rows::table(sheet, &mut wardrobe, &mut strings);
            Table { rows, texts: strings.complete(), worn: wardrobe.worn }
        };
        let open = |bytes: &mut dyn Read| from_stream(bytes).map(put_away);
        let table = kept.or_make(&sheet.name, open, make, |made| Closed::value(made));
        for dress in table.worn {
            self.wardrobe.number(dress);
        }
        self.strings = Strings::over(spool).after(table.texts);
        self.put(at, sheet, table.rows)
    }

    fn put(&mut self, at: usize, sheet: &Sheet<'_>, mut rows: Rows) -> Result<(), ReportError> {
        rows::heading(sheet, &mut self.wardrobe, &mut self.strings, &mut rows);
        let page = self.workbook.worksheet_from_index(at).map_err(|e| failed(&e))?;
        frame(page, sheet, &rows, self.imprint).map_err(|e| failed(&e))?;
        self.first_rows.insert(sheet.name.clone(), first_row(sheet));
        if let Some(body) = self.bodies.get_mut(at) {
            *body = rows;
        }
        Ok(())
    }

    /// The workbook, ready to be written.
    ///
    /// # Errors
    /// [`ReportError::Workbook`].
    pub fn finish(mut self) -> Result<Package, ReportError> {
        if let Ok(page) = self.workbook.worksheet_from_index(0) {
            wear(page, &self.wardrobe).map_err(|e| failed(&e))?;
        }
        let shell = self.workbook.save_to_buffer().map_err(|e| failed(&e))?;
        let strings = self.strings.part();
        Ok(Package { shell, sheets: self.bodies, strings, first_rows: self.first_rows })
    }
}

fn failed(error: &dyn std::fmt::Display) -> ReportError {
    ReportError::Workbook(error.to_string())
}

/// All of a sheet but its rows.
fn frame(page: &mut Worksheet, sheet: &Sheet<'_>, rows: &Rows, imprint: &Imprint) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    for (i, column) in (0..).zip(&sheet.columns) {
        page.set_column_width(i, units(column.width))?;
        if column.hidden {
            page.set_column_hidden(i)?;
        }
    }
    let first = first_row(sheet);
    if let Some((row, depth)) = deepest(&sheet.folds) {
        // How deep rows fold is all that the library is to say of it: it would keep a record of each row.
        for _ in 0..depth {
            page.group_rows(first + row, first + row)?;
        }
    }
    page.group_symbols_above(true);
    // Where a picture ends is told by the rows that it covers, and they may be lower than most.
    let reach = |chart: &Chart| first + chart.over.1 + 2 * (chart.over.1 - chart.over.0 + 1);
    let covered = sheet.charts.iter().map(reach).max().unwrap_or(0);
    for (row, height) in (0..=covered).zip(&rows.heights).filter(|_| covered > 0) {
        page.set_row_height(row, f64::from(*height))?;
    }
    for chart in &sheet.charts {
        charted(page, sheet, chart, first)?;
        charts::insert(page, sheet, chart, first)?;
    }
    pictures::insert(page, rows)?;
    human_columns(page, sheet, first)?;
    highlights(page, sheet, first)?;
    print_setup(page, sheet, imprint)
}

/// A row that stands in as many blocks as any does, and in how many.
fn deepest(folds: &[(u32, u32)]) -> Option<(u32, usize)> {
    let (mut starts, mut ends): (Vec<u32>, Vec<u32>) = folds.iter().copied().unzip();
    starts.sort_unstable();
    ends.sort_unstable();
    let depth = |row: u32| starts.partition_point(|s| *s <= row) - ends.partition_point(|e| *e < row);
    starts.iter().map(|row| (*row, depth(*row))).max_by_key(|(row, depth)| (*depth, Reverse(*row)))
}

/// The numbers of a chart, of which it keeps a copy.
fn charted(page: &mut Worksheet, sheet: &Sheet<'_>, chart: &Chart, first: u32) -> Result<(), XlsxError> {
    let wanted = |at: u16| at == chart.categories || chart.series.iter().any(|s| s.column == at);
    for row in chart.rows.0..=chart.rows.1 {
        let mut at = 0;
        for cell in sheet.rows.get(row as usize).into_iter().flatten() {
            match &cell.value {
                Value::Text(text) if wanted(at) => drop(page.write_string(first + row, at, held(text))?),
                Value::Number(n) | Value::Share(n) if wanted(at) => drop(page.write_number(first + row, at, *n)?),
                _ => {}
            }
            at += cell.across.max(1);
        }
    }
    Ok(())
}

/// Makes the library number the formats as the rows do: a cell each wears them, in the order of their numbers; and one has a
/// text, so that the package has a part for texts. The rows that take the place of the library's have no such cells.
fn wear(page: &mut Worksheet, wardrobe: &Wardrobe) -> Result<(), XlsxError> {
    for (row, format) in (0..).zip(&wardrobe.formats) {
        page.write_blank(row, LAST_COLUMN, format)?;
    }
    page.write_string(0, LAST_COLUMN - 1, " ")?;
    Ok(())
}

/// Drop-downs and date checks, on the rows of the table only.
fn human_columns(page: &mut Worksheet, sheet: &Sheet<'_>, first: u32) -> Result<(), XlsxError> {
    let Some(last) = sheet.len().checked_sub(1).map(|n| first + n) else { return Ok(()) };
    for (i, column) in (0..).zip(&sheet.columns) {
        if !column.choices.is_empty() {
            let list = xl::DataValidation::new().allow_list_strings(&column.choices)?;
            page.add_data_validation(first, i, last, i, &list)?;
        }
        if column.date {
            let from = xl::ExcelDateTime::from_ymd(2000, 1, 1)?;
            let to = xl::ExcelDateTime::from_ymd(2099, 12, 31)?;
            let days = xl::DataValidation::new().allow_date(xl::DataValidationRule::Between(from, to));
            page.add_data_validation(first, i, last, i, &days)?;
        }
    }
    Ok(())
}

/// Colours that follow what a person types, on the rows of the table only.
fn highlights(page: &mut Worksheet, sheet: &Sheet<'_>, first: u32) -> Result<(), XlsxError> {
    let Some(last) = sheet.len().checked_sub(1).map(|n| first + n) else { return Ok(()) };
    for highlight in &sheet.highlights {
        let text = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let condition = |(column, holds): &(u16, Holds)| {
            let cell = format!("${}{}", xl::utility::column_number_to_name(*column), first + 1);
            match holds {
                Holds::Nothing => format!("{cell}=\"\""),
                Holds::Anything => format!("{cell}<>\"\""),
                Holds::Text(wanted) => format!("{cell}={}", text(wanted)),
                Holds::Other(than) => format!("{cell}<>{}", text(than)),
            }
        };
        let when: Vec<String> = highlight.when.iter().map(condition).collect();
        let rule = xl::ConditionalFormatFormula::new()
            .set_rule(format!("=AND({})", when.join(",")).as_str())
            .set_format(dress::typed(highlight.tone))
            .set_stop_if_true(true);
        let (from, to) = highlight.columns;
        page.add_conditional_format(first, from, last, to, &rule)?;
    }
    Ok(())
}

fn print_setup(page: &mut Worksheet, sheet: &Sheet<'_>, imprint: &Imprint) -> Result<(), XlsxError> {
    let first = first_row(sheet);
    let last_column = (sheet.columns.len() as u16).saturating_sub(1);
    // Heads that stay in view would mislead over a second table with other heads.
    let one_table = has_heads(sheet) && !sheet.rows.iter().flatten().any(|c| c.tone == Tone::Head);
    if one_table {
        page.set_freeze_panes(first, sheet.frozen_columns)?;
        page.set_repeat_rows(first - 1, first - 1)?;
    }
    if sheet.filter > 0 && has_heads(sheet) {
        let named = sheet.columns.iter().rposition(|c| !c.name.is_empty()).unwrap_or(0) as u16;
        page.autofilter(first - 1, 0, first - 1 + sheet.filter, named)?;
    }
    let last = first + sheet.len().saturating_sub(1);
    page.ignore_error_range(0, 0, last, last_column, xl::IgnoreError::NumberStoredAsText)?;
    page.set_screen_gridlines(false);
    match sheet.paper {
        Paper::A4 => page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0),
        Paper::A3 => page.set_paper_size(8).set_landscape().set_print_fit_to_pages(1, 0),
        Paper::A3Upright => page.set_paper_size(8).set_portrait().set_print_fit_to_pages(1, 0),
        Paper::A4Page => page.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 1),
    };
    page.set_margins(0.45, 0.45, 0.5, 0.6, 0.3, 0.3);
    page.set_print_center_horizontally(true);
    let title: String = imprint.title.chars().take(60).collect();
    let made = imprint.made.format("%Y-%m-%d %H:%M");
    page.set_footer(format!("&L&8 {} · &A&C&8 {}&R&8 {made}", title.replace('&', "&&"), imprint.pages));
    page.set_tab_color(look::tab(&sheet.name));
    Ok(())
}
