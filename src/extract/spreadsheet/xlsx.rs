//! Office Open XML workbooks, by calamine's streaming cell reader.

use crate::extract::grid::{Allowance, Grid, Region};
use crate::extract::number_format::{DateParts, NumberFormat, builtin, general, with_time};
use crate::extract::package::Package;
use crate::extract::parts::add_office_parts;
use crate::extract::reader::Failure;
use crate::extract::spreadsheet::value::plain;
use crate::extract::spreadsheet::{macro_sheets, sum};
use crate::model::document::{Block, Body, Content};
use crate::model::limits::SHEET_CELLS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use calamine::{DataRef, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDateTime;
use std::collections::BTreeMap;
use std::io::Cursor;

/// A sheet with more broken cells than this is given up.
const BROKEN_CELLS: u32 = 1000;

/// Sheets, then text boxes and comments; pictures and properties.
pub fn read(bytes: &[u8]) -> Result<Body, Failure> {
    let package = Package::open(bytes)?;
    package.inflates_within_limits()?;
    let otherwise = macro_sheets::told_otherwise(bytes, &package);
    let bytes = otherwise.as_deref().unwrap_or(bytes);
    let mut workbook: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Failure::Encrypted,
        _ => Failure::Damaged(msg!("extract.sheet_broken_stream")),
    })?;
    let mut body = Body::default();
    let mut allowance = Allowance::default();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ == SheetType::WorkSheet {
            add_sheet(&mut workbook, &sheet, &mut body, &mut allowance);
        }
    }
    add_office_parts(&package, &mut body);
    Ok(body)
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn add_sheet(workbook: &mut Book<'_>, sheet: &Sheet, body: &mut Body, allowance: &mut Allowance) {
    let place = Place::Sheet(sheet.name.clone());
    let mut grid = Grid::default();
    let blanks = add_cells(workbook, &sheet.name, &mut grid, allowance, &mut body.losses);
    // Cells without a value are styled blanks, or formulas that were never calculated: only then is a second look due.
    if blanks {
        formulas_without_value(workbook, &sheet.name, &mut grid, allowance, &mut body.losses);
    }
    for merged in workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
        grid.merge(Region { top: merged.start.0, left: merged.start.1, bottom: merged.end.0, right: merged.end.1 });
    }
    if allowance.is_exceeded() {
        body.losses.push(Problem::LostText(msg!("extract.sheet_too_many_cells", SHEET_CELLS), place.clone()));
    }
    let table = grid.into_table(sheet.visible != SheetVisible::Visible);
    body.blocks.push(Block { place, content: Content::Table(table) });
}

/// Fills the grid; says whether there were cells without a value.
fn add_cells(
    workbook: &mut Book<'_>,
    name: &str,
    grid: &mut Grid,
    allowance: &mut Allowance,
    losses: &mut Vec<Problem>,
) -> bool {
    let broken_off = || Problem::LostText(msg!("extract.sheet_broken_off"), Place::Sheet(name.to_string()));
    let epoch_1904 = workbook.has_1904_epoch();
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else {
        losses.push(broken_off());
        return false;
    };
    let formats: Vec<NumberFormat> = cells
        .styles()
        .iter()
        .map(|style| match &style.number_format {
            // calamine gives built-in formats a code only where the standard does; the Chinese dates have a number alone.
            Some(f) => match f.format_id.map(builtin) {
                Some(known) if known != NumberFormat::General => known,
                _ => NumberFormat::parse(&f.format_code),
            },
            None => NumberFormat::General,
        })
        .collect();
    let (mut blanks, mut broken) = (false, 0);
    loop {
        match cells.next_cell_with_style_id() {
            Ok(Some((cell, style))) => {
                let (row, column) = cell.get_position();
                let text = text(cell.get_value(), formats.get(style).unwrap_or(&NumberFormat::General), epoch_1904);
                blanks |= text.is_empty();
                if !grid.put(row, column, &text, allowance) {
                    return blanks;
                }
            }
            Ok(None) => return blanks,
            // A value that makes no sense costs its cell; broken XML ends the sheet.
            Err(error) => {
                if broken == 0 {
                    losses.push(broken_off());
                }
                broken += 1;
                if broken > BROKEN_CELLS
                    || matches!(error, XlsxError::Xml(_) | XlsxError::XmlEof(_) | XlsxError::Io(_) | XlsxError::Zip(_))
                {
                    return blanks;
                }
            }
        }
    }
}

/// Formulas that were never calculated: sums are, as Excel would on opening the file; all others are lost.
fn formulas_without_value(
    workbook: &mut Book<'_>,
    name: &str,
    grid: &mut Grid,
    allowance: &mut Allowance,
    losses: &mut Vec<Problem>,
) {
    /// One line a cell is enough to see what kind of file it is.
    const MOST: usize = 100;
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else {
        return;
    };
    let (mut formulas, mut numbers) = (Vec::new(), BTreeMap::new());
    while let (true, Ok(Some(cell))) = (numbers.len() < SHEET_CELLS, cells.next_cell_with_formula()) {
        match (cell.value, cell.formula) {
            (DataRef::Empty, Some(formula)) => formulas.push((cell.pos, formula)),
            (DataRef::Int(n), _) => drop(numbers.insert(cell.pos, n as f64)),
            (DataRef::Float(n), _) => drop(numbers.insert(cell.pos, n)),
            _ => {}
        }
    }
    let results = sum::results(&formulas, numbers);
    for ((row, column), n) in &results {
        grid.put(*row, *column, &general(*n), allowance);
    }
    for ((row, column), _) in formulas.iter().filter(|(at, _)| !results.contains_key(at)).take(MOST) {
        let place = Place::SheetCell(name.to_string(), *column, row.saturating_add(1));
        losses.push(Problem::LostText(msg!("extract.sheet_formula_without_value"), place));
    }
}

/// A cell's text as the program shows it.
fn text(value: &DataRef<'_>, format: &NumberFormat, epoch_1904: bool) -> String {
    match value {
        DataRef::Int(n) => format.show(*n as f64, epoch_1904),
        DataRef::Float(n) => format.show(*n, epoch_1904),
        DataRef::DateTime(moment) => dated(format, moment.is_duration()).show(moment.as_f64(), epoch_1904),
        DataRef::DateTimeIso(text) => iso(text),
        other => plain(other),
    }
}

/// The cell's own format where it is a date's; else a date by calamine's judgement.
fn dated(format: &NumberFormat, elapsed: bool) -> NumberFormat {
    match format {
        NumberFormat::Date(_) | NumberFormat::Elapsed => format.clone(),
        _ if elapsed => NumberFormat::Elapsed,
        _ => NumberFormat::Date(DateParts { date: true, day: true, time: false }),
    }
}

/// A date written as text (`t="d"`).
fn iso(text: &str) -> String {
    let moment: Option<NaiveDateTime> = text.trim_end_matches('Z').parse().ok();
    moment.map_or_else(|| text.to_string(), |m| with_time(m).trim_end_matches(" 00:00").to_string())
}
