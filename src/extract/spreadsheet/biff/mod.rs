//! Binary workbooks of Excel 2 to 2003 and of WPS (`.xls`, `.et`): MS-XLS, and for the older versions the open
//! description of OpenOffice.org. Reads what a person sees: cells, merged regions, text boxes and notes. Pictures inside
//! the drawing records are not looked for.

mod globals;
mod records;
mod sheet;
mod strings;

use crate::extract::grid::Allowance;
use crate::extract::reader::Failure;
use crate::extract::spreadsheet::parts::add_paragraphs;
use crate::model::document::{Block, Body, Content};
use crate::model::limits::{MEMBER_BYTES, SHEET_CELLS};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use std::io::{Cursor, Read};

/// Sheets, then text boxes and notes. Properties stand in the compound file's SummaryInformation and are left empty here.
pub(super) fn read(bytes: &[u8]) -> Result<Body, Failure> {
    let stream = workbook_stream(bytes)?;
    let globals = globals::read(&stream)?;
    let mut body = Body::default();
    let mut allowance = Allowance::default();
    let (mut boxes, mut notes) = (Vec::new(), Vec::new());
    for entry in &globals.sheets {
        let place = Place::Sheet(entry.name.clone());
        let sheet =
            stream.get(entry.offset..).map(|from| sheet::read(from, &globals, &mut allowance)).unwrap_or_default();
        if !sheet.whole {
            body.losses.push(Problem::LostText(msg!("extract.sheet_broken_off"), place.clone()));
        }
        body.blocks.push(Block { place, content: Content::Table(sheet.grid.into_table(entry.hidden)) });
        boxes.extend(sheet.boxes);
        notes.extend(sheet.notes);
    }
    if globals.sheets.is_empty() {
        return Err(Failure::Damaged(msg!("extract.sheet_no_sheets")));
    }
    if allowance.is_exceeded() {
        body.losses.push(Problem::LostText(msg!("extract.sheet_too_many_cells", SHEET_CELLS), Place::Whole));
    }
    add_paragraphs(&mut body, boxes, Place::TextBox);
    add_paragraphs(&mut body, notes, Place::Comment);
    Ok(body)
}

/// The stream `Workbook` (BIFF8) or `Book` (BIFF5) of a compound file, or the bytes themselves where a program wrote the
/// records bare. A file that holds both was written for two generations; the newer one is whole.
fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    if bytes.first() == Some(&0x09) {
        return Ok(bytes.to_vec());
    }
    let broken = || Failure::Damaged(msg!("extract.sheet_broken_stream"));
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
    for name in ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"] {
        let Ok(stream) = file.open_stream(name) else {
            continue;
        };
        let mut content = Vec::new();
        // What was read before the error is a beginning; the sheets say what they miss.
        let _ = stream.take(MEMBER_BYTES).read_to_end(&mut content);
        if !content.is_empty() {
            return Ok(content);
        }
    }
    Err(broken())
}
