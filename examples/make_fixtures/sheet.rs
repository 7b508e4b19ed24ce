//! Workbooks: the registers from CSV, and the schools' statistics forms from texts.

use crate::text::{Block, Text, columns_joined, rows_joined};
use anyhow::{Context, Result};
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};
use std::path::Path;

/// A register: one sheet, a row of headings, text and times.
pub fn register(csv: &Path, name: &str) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook
        .set_properties(&properties("县教育局办公室", NaiveDate::default().and_hms_opt(0, 0, 0).context("midnight")?)?);
    let sheet = workbook.add_worksheet().set_name(name)?;
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_path(csv).with_context(|| csv.display().to_string())?;
    for (r, record) in reader.records().enumerate() {
        for (c, value) in record?.iter().enumerate() {
            let (r, c) = (u32::try_from(r)?, u16::try_from(c)?);
            if r == 0 {
                sheet.write_with_format(r, c, value, &head)?;
                sheet.set_column_width(c, 16)?;
            } else if !value.is_empty() {
                write_cell(sheet, r, c, value, &Format::new())?;
            }
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    Ok(workbook.save_to_buffer()?)
}

/// The workbook of a text: each heading begins a sheet (`（隐藏）` at its end hides it), a title runs over the sheet's width,
/// paragraphs stand in the first column, tables follow row by row.
pub fn xlsx(text: &Text) -> Result<Vec<u8>> {
    let width = text
        .blocks
        .iter()
        .map(|b| if let Block::Table(rows) = b { rows.iter().map(Vec::len).max().unwrap_or(1) } else { 1 })
        .max();
    let width = u16::try_from(width.unwrap_or(1))?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&text.author, text.created)?);
    let boxed = Format::new().set_border(FormatBorder::Thin);
    let centred = Format::new().set_bold().set_align(FormatAlign::Center).set_font_size(16);
    let mut row = 0;
    if !matches!(text.blocks.first(), Some(Block::Heading(..))) {
        workbook.add_worksheet();
    }
    for block in &text.blocks {
        if let Block::Heading(_, name) = block {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name.trim_end_matches("（隐藏）"))?;
            sheet.set_hidden(name.ends_with("（隐藏）"));
            row = 0;
            continue;
        }
        let last = workbook.worksheets().len() - 1;
        let sheet = workbook.worksheet_from_index(last)?;
        match block {
            Block::Title(title) if width > 1 => {
                sheet.merge_range(row, 0, row, width - 1, title, &centred)?;
                row += 1;
            }
            Block::Title(line) | Block::Paragraph(_, line) => {
                sheet.write(row, 0, line)?;
                row += 1;
            }
            Block::Table(rows) => {
                sheet.set_column_range_width(0, width - 1, 15)?;
                table(sheet, row, rows, &boxed)?;
                row += u32::try_from(rows.len())?;
            }
            Block::Heading(..) | Block::Picture { .. } | Block::TextBox(_) | Block::Header(_) | Block::Footer(_) => {}
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn table(sheet: &mut Worksheet, top: u32, rows: &[Vec<String>], format: &Format) -> Result<()> {
    for (r, row) in rows.iter().enumerate() {
        for (c, value) in row.iter().enumerate().filter(|(_, v)| !matches!(v.as_str(), "<" | "^")) {
            let (high, wide) = (u32::try_from(rows_joined(rows, r, c))?, u16::try_from(columns_joined(row, c))?);
            let (r, c) = (top + u32::try_from(r)?, u16::try_from(c)?);
            if high > 1 || wide > 1 {
                sheet.merge_range(r, c, r + high - 1, c + wide - 1, "", format)?;
            }
            write_cell(sheet, r, c, value, format)?;
        }
    }
    Ok(())
}

/// A number as a number, a date as a date, `=SUM(A1:A3)~6` as a formula and its value; a school's code stays text.
fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, value: &str, format: &Format) -> Result<()> {
    if let Some((formula, result)) = value.strip_prefix('=').and_then(|f| f.split_once('~')) {
        sheet.write_with_format(row, column, Formula::new(formula).set_result(result), format)?;
    } else if let Ok(time) = NaiveDateTime::parse_from_str(value, "%Y-%m-%d %H:%M") {
        sheet.write_with_format(row, column, &time, &format.clone().set_num_format("yyyy-mm-dd hh:mm"))?;
    } else if let Ok(day) = NaiveDate::parse_from_str(value, "%Y-%m-%d") {
        sheet.write_with_format(row, column, &day, &format.clone().set_num_format("yyyy\"年\"m\"月\"d\"日\""))?;
    } else if let Some(number) = value.parse::<f64>().ok().filter(|_| value.len() < 10) {
        sheet.write_with_format(row, column, number, format)?;
    } else {
        sheet.write_with_format(row, column, value, format)?;
    }
    Ok(())
}

fn properties(author: &str, created: NaiveDateTime) -> Result<DocProperties> {
    let created = if created.and_utc().timestamp() == 0 {
        "2020-10-09T09:00:00Z".to_string()
    } else {
        (created - chrono::Duration::hours(8)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
    };
    Ok(DocProperties::new()
        .set_author(author)
        .set_creation_datetime(&ExcelDateTime::parse_from_str(created.trim_end_matches('Z'))?))
}
