//! Binary workbooks of 2007 and later, by calamine's streaming cell reader. It tells dates from numbers, but no other
//! format, and no merged regions: a percentage reads as 0.95 here.

use crate::extract::grid::{Allowance, Grid};
use crate::extract::number_format::{DateParts, NumberFormat};
use crate::extract::package::Package;
use crate::extract::parts::add_office_parts;
use crate::extract::reader::Failure;
use crate::extract::spreadsheet::macro_sheets;
use crate::extract::spreadsheet::value::plain;
use crate::model::document::{Block, Body, Content};
use crate::model::limits::SHEET_CELLS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsb, XlsbError};
use std::io::Cursor;

/// Sheets, then what the package holds beside them.
pub fn read(bytes: &[u8]) -> Result<Body, Failure> {
    let package = Package::open(bytes)?;
    package.inflates_within_limits()?;
    let otherwise = macro_sheets::told_otherwise(bytes, &package);
    let bytes = otherwise.as_deref().unwrap_or(bytes);
    let mut workbook: Xlsb<Cursor<&[u8]>> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsbError::Password => Failure::Encrypted,
        _ => Failure::Damaged(msg!("extract.sheet_broken_stream")),
    })?;
    let epoch_1904 = workbook.has_1904_epoch();
    let mut body = Body::default();
    let mut allowance = Allowance::default();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let place = Place::Sheet(sheet.name.clone());
        let mut grid = Grid::default();
        if fill(&mut workbook, &sheet.name, epoch_1904, &mut grid, &mut allowance).is_err() {
            body.losses.push(Problem::LostText(msg!("extract.sheet_broken_off"), place.clone()));
        }
        if allowance.is_exceeded() {
            body.losses.push(Problem::LostText(msg!("extract.sheet_too_many_cells", SHEET_CELLS), place.clone()));
        }
        let table = grid.into_table(sheet.visible != SheetVisible::Visible);
        body.blocks.push(Block { place, content: Content::Table(table) });
    }
    add_office_parts(&package, &mut body);
    Ok(body)
}

fn fill(
    workbook: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
    epoch_1904: bool,
    grid: &mut Grid,
    allowance: &mut Allowance,
) -> Result<(), XlsbError> {
    let mut cells = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::DateTime(moment) => dated(*moment, epoch_1904),
            other => plain(other),
        };
        if !grid.put(row, column, &text, allowance) {
            break;
        }
    }
    Ok(())
}

/// A date; with its time where there is one, for the format is not known.
fn dated(moment: ExcelDateTime, epoch_1904: bool) -> String {
    let value = moment.as_f64();
    let parts = DateParts { date: value >= 1.0, day: true, time: value.fract() != 0.0 };
    let format = if moment.is_duration() { NumberFormat::Elapsed } else { NumberFormat::Date(parts) };
    format.show(value, epoch_1904)
}
