//! Sheets → an Excel workbook. This file and its own `dress` alone know `rust_xlsxwriter`.

mod dress;

use crate::model::sheet::{Cell, Chart, Column, Link, Paper, Sheet, Tone, Value};
use crate::report::error::ReportError;
use crate::report::links;
use crate::report::look;
use crate::report::measure::{held, lines, pixels, units};
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use dress::{Dress, FONT, Number};
use rust_xlsxwriter as xl;
use rust_xlsxwriter::{Format, Formula, Url, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// Excel follows no more links than this on one sheet; the rest is plain text.
const LINKS: u32 = 65_000;
/// How hard the package is compressed, 1 to 9: against the usual 6, a sixth less time for a twentieth more bytes.
const COMPRESSION: u8 = 4;
/// The highest row that Excel shows, in points.
const ROW_HEIGHT: f64 = 409.0;
/// The least height of a row, in points.
const LEAST_HEIGHT: f64 = 19.0;
/// The height of a row without cells, in points.
const GAP_HEIGHT: f64 = 10.0;

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

/// The bytes of the workbook. The same sheets and imprint give the same bytes.
///
/// # Errors
/// [`ReportError::Workbook`] where a sheet passes a limit of the format.
pub fn workbook_bytes(sheets: &[Sheet], imprint: &Imprint) -> Result<Vec<u8>, ReportError> {
    let failed = |e: &dyn std::fmt::Display| ReportError::Workbook(e.to_string());
    let mut writer = Writer::new(sheets);
    let mut workbook = Workbook::new();
    let properties =
        xl::DocProperties::new().set_title(&imprint.title).set_author("shouqi").set_creation_datetime(&imprint.made);
    workbook.set_properties(&properties);
    workbook.set_zip_compression_level(COMPRESSION);
    for (number, sheet) in sheets.iter().enumerate() {
        // A chart keeps a copy of its numbers and a fold changes rows after the fact: both need the rows in memory.
        let whole = !sheet.charts.is_empty() || !sheet.folds.is_empty();
        let page = if whole {
            workbook.add_worksheet()
        } else {
            workbook.add_worksheet_with_low_memory().map_err(|e| failed(&e))?
        };
        writer.sheet(page, sheet, imprint).map_err(|e| failed(&e))?;
        if !whole {
            // The library writes the last row of such a sheet twice where it has a height, and Excel calls that damaged.
            let after = first_row(sheet) + u32::try_from(sheet.rows.len().max(1)).unwrap_or(0);
            page.write_number(after, 0, 0).map_err(|e| failed(&e))?;
            page.clear_cell(after, 0);
        }
        page.set_active(number == 0);
    }
    let bytes = workbook.save_to_buffer().map_err(|e| failed(&e))?;
    if writer.stand_ins { links::without_stand_ins(bytes).map_err(|e| failed(&e)) } else { Ok(bytes) }
}

struct Writer<'s> {
    first_rows: BTreeMap<&'s str, u32>,
    formats: BTreeMap<Dress, Format>,
    links: u32,
    stand_ins: bool,
}

impl<'s> Writer<'s> {
    fn new(sheets: &'s [Sheet]) -> Self {
        let first_rows = sheets.iter().map(|s| (s.name.as_str(), first_row(s))).collect();
        Writer { first_rows, formats: BTreeMap::new(), links: 0, stand_ins: false }
    }

    fn sheet(&mut self, page: &mut Worksheet, sheet: &Sheet, imprint: &Imprint) -> Result<(), XlsxError> {
        self.links = 0;
        page.set_name(&sheet.name)?;
        for (i, column) in (0..).zip(&sheet.columns) {
            page.set_column_width(i, units(column.width))?;
            if column.hidden {
                page.set_column_hidden(i)?;
            }
        }
        for (row, cells) in (0..).zip(&sheet.heading) {
            self.row(page, sheet, row, cells, false)?;
        }
        if has_heads(sheet) {
            self.heads(page, sheet)?;
        }
        let first = first_row(sheet);
        if sheet.rows.is_empty() && !sheet.if_empty.is_empty() {
            self.row(page, sheet, first, &[Cell::text(&sheet.if_empty).tone(Tone::Note)], false)?;
        }
        let mut ruled = has_heads(sheet);
        for (row, cells) in (first..).zip(&sheet.rows) {
            ruled = (ruled && !cells.is_empty()) || cells.first().is_some_and(|c| c.tone == Tone::Head);
            self.row(page, sheet, row, cells, ruled)?;
        }
        for &(from, to) in &sheet.folds {
            page.group_rows(first + from, first + to)?;
        }
        page.group_symbols_above(true);
        for chart in &sheet.charts {
            insert_chart(page, sheet, chart, first)?;
        }
        human_columns(page, sheet, first)?;
        print_setup(page, sheet, imprint)
    }

    fn heads(&mut self, page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
        let row = first_row(sheet) - 1;
        let head = look::of(Tone::Head).size;
        let most = sheet
            .columns
            .iter()
            .filter(|c| !c.hidden)
            .map(|c| lines(&c.name, pixels(c.width), head))
            .max()
            .unwrap_or(1);
        page.set_row_height(row, f64::from(most) * look::line_height(Tone::Head) + 6.0)?;
        for (i, column) in (0..).zip(&sheet.columns).filter(|(_, c)| !c.name.is_empty()) {
            let dress =
                Dress { human: column.human, ..Dress::of(&Cell::default().tone(Tone::Head), true, &Column::default()) };
            page.write_string_with_format(row, i, held(&column.name), self.format(dress))?;
        }
        Ok(())
    }

    /// Writes a row. A text without a frame is not wrapped but runs on to the right, unless it covers columns.
    fn row(
        &mut self,
        page: &mut Worksheet,
        sheet: &Sheet,
        row: u32,
        cells: &[Cell],
        ruled: bool,
    ) -> Result<(), XlsxError> {
        let least = match cells {
            [] => GAP_HEIGHT,
            [only] if only.tone == Tone::Note => look::line_height(Tone::Note),
            _ => LEAST_HEIGHT,
        };
        let mut height = least;
        let mut at = 0;
        for cell in cells {
            let across = cell.across.max(1);
            let covered = sheet.columns.iter().skip(usize::from(at)).take(usize::from(across)).filter(|c| !c.hidden);
            let width: f64 = covered.map(|c| pixels(c.width)).sum();
            if let (Value::Text(text), true) = (&cell.value, width > 0.0 && (ruled || across > 1)) {
                let lines = f64::from(lines(text, width, look::of(cell.tone).size));
                height = height.max(lines * look::line_height(cell.tone) + 3.0);
            }
            height = height.max(look::line_height(cell.tone) + 1.0);
            at += across;
        }
        page.set_row_height(row, height.min(ROW_HEIGHT))?;

        let mut at = 0;
        let plain = Column::default();
        for cell in cells {
            let across = cell.across.max(1);
            let column = sheet.columns.get(usize::from(at)).unwrap_or(&plain);
            let mut dress = Dress::of(cell, ruled, column);
            if across > 1 {
                page.merge_range(row, at, row, at + across - 1, "", self.format(dress))?;
            }
            dress.linked &= self.links < LINKS;
            self.cell(page, row, at, cell, dress)?;
            at += across;
        }
        Ok(())
    }

    fn cell(
        &mut self,
        page: &mut Worksheet,
        row: u32,
        column: u16,
        cell: &Cell,
        dress: Dress,
    ) -> Result<(), XlsxError> {
        let url = cell.link.as_ref().filter(|_| dress.linked).and_then(|link| self.url(link));
        let dress = Dress { linked: url.is_some(), ..dress };
        match (&cell.value, url) {
            (Value::Text(text), Some(url)) => {
                self.links += 1;
                page.write_url_with_options(row, column, url, held(text), "", Some(self.format(dress)))?;
                if is_symbol(cell) {
                    let symbol = Formula::new(format!("=\"{text}\"")).set_result(text);
                    page.write_formula_with_format(row, column, symbol, self.format(dress))?;
                }
            }
            (Value::Text(text), None) => {
                page.write_string_with_format(row, column, held(text), self.format(dress))?;
            }
            (Value::Number(n) | Value::Share(n), _) if n.is_finite() => {
                page.write_number_with_format(row, column, *n, self.format(dress))?;
            }
            (Value::Date(date), _) if is_in_calendar(*date) => {
                page.write_datetime_with_format(row, column, date, self.format(dress))?;
            }
            (Value::Time(time), _) if is_in_calendar(time.date()) => {
                page.write_datetime_with_format(row, column, time, self.format(dress))?;
            }
            (Value::Empty, _) => {
                page.write_blank(row, column, self.format(dress))?;
            }
            (Value::Number(_) | Value::Share(_) | Value::Date(_) | Value::Time(_), _) => {
                let text = as_text(&cell.value);
                page.write_string_with_format(row, column, text, self.format(Dress { number: Number::Text, ..dress }))?;
            }
        }
        Ok(())
    }

    fn url(&mut self, link: &Link) -> Option<Url> {
        match link {
            // `file:///` is the library's mark of a file; it enters the workbook before an absolute path only.
            Link::File(path) => {
                let target = links::target(path)?;
                self.stand_ins |= links::has_stand_in(&target);
                Some(Url::new(format!("file:///{target}")))
            }
            Link::Row(sheet, row, column) => {
                let first = self.first_rows.get(sheet.as_str())?;
                let cell = xl::utility::row_col_to_cell(first + row, *column);
                Some(Url::new(format!("internal:'{}'!{cell}", sheet.replace('\'', "''"))))
            }
        }
    }

    fn format(&mut self, dress: Dress) -> &Format {
        self.formats.entry(dress).or_insert_with(|| dress.format())
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

fn has_heads(sheet: &Sheet) -> bool {
    sheet.columns.iter().any(|c| !c.name.is_empty())
}

/// The row of the workbook where the table's first row stands.
fn first_row(sheet: &Sheet) -> u32 {
    sheet.heading.len() as u32 + u32::from(has_heads(sheet))
}

/// The days that Excel's calendar knows.
fn is_in_calendar(date: NaiveDate) -> bool {
    (1900..=9999).contains(&date.year())
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(n) | Value::Share(n) => n.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => time.to_string(),
    }
}

/// Drop-downs and date checks, on the rows of the table only.
fn human_columns(page: &mut Worksheet, sheet: &Sheet, first: u32) -> Result<(), XlsxError> {
    let Some(last) = (sheet.rows.len() as u32).checked_sub(1).map(|n| first + n) else { return Ok(()) };
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

fn print_setup(page: &mut Worksheet, sheet: &Sheet, imprint: &Imprint) -> Result<(), XlsxError> {
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
    let last = first + (sheet.rows.len() as u32).saturating_sub(1);
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

fn insert_chart(page: &mut Worksheet, sheet: &Sheet, chart: &Chart, first: u32) -> Result<(), XlsxError> {
    let (from, to) = (first + chart.rows.0, first + chart.rows.1);
    let font = |size: f64| xl::ChartFont::new().set_name(FONT).set_size(size).set_color(look::INK).to_owned();
    let mut picture = xl::Chart::new(xl::ChartType::BarStacked);
    picture.title().set_name(&chart.title).set_font(font(11.0).set_bold());
    for series in &chart.series {
        let line = xl::ChartLine::new().set_color(0xFFFFFF).set_width(0.5).to_owned();
        let fill = xl::ChartSolidFill::new().set_color(look::bar(series.tone)).to_owned();
        picture
            .add_series()
            .set_name(series.name.as_str())
            .set_categories((sheet.name.as_str(), from, chart.categories, to, chart.categories))
            .set_values((sheet.name.as_str(), from, series.column, to, series.column))
            .set_format(xl::ChartFormat::new().set_solid_fill(&fill).set_border(&line))
            .set_gap(45);
    }
    let rule = xl::ChartLine::new().set_color(look::RULE).to_owned();
    picture.y_axis().set_reverse().set_font(&font(9.0)).set_label_interval(1);
    let low = xl::ChartAxisLabelPosition::High;
    let none = xl::ChartLine::new().set_hidden(true).to_owned();
    let counts = picture.x_axis().set_font(&font(8.0)).set_num_format("0").set_label_position(low);
    counts
        .set_major_gridlines_line(&rule)
        .set_major_tick_type(xl::ChartAxisTickType::None)
        .set_format(xl::ChartFormat::new().set_line(&none));
    picture.legend().set_position(xl::ChartLegendPosition::Bottom).set_font(&font(9.0));
    picture.chart_area().set_format(xl::ChartFormat::new().set_border(&rule));
    // A row of LEAST_HEIGHT points has 4/3 as many pixels.
    let width: f64 = sheet.columns.iter().map(|c| pixels(c.width)).sum();
    let rows = f64::from(chart.over.1 - chart.over.0 + 1);
    picture.set_width(width as u32).set_height((rows * LEAST_HEIGHT * 4.0 / 3.0) as u32 - 8);
    page.insert_chart_with_offset(first + chart.over.0, 0, &picture, 0, 0)?;
    Ok(())
}
