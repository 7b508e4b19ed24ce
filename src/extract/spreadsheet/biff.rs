//! Binary workbooks of Excel 2 to 2003 and of WPS (`.xls`, `.et`): MS-XLS, and for the older versions the open
//! description of OpenOffice.org. Reads what a person sees: cells, merged regions, text boxes, notes, and the pictures
//! that the sheets share.

mod globals;
mod records;
mod sheet;
mod strings;

use crate::extract::grid::Allowance;
use crate::extract::office_art;
use crate::extract::ole::Compound;
use crate::extract::parts::add_paragraphs;
use crate::extract::reader::Failure;
use crate::model::document::{Block, Body, Content};
use crate::model::limits::SHEET_CELLS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;

/// Sheets, then text boxes and notes; pictures, and the properties of the compound file.
pub fn read(bytes: &[u8]) -> Result<Body, Failure> {
    // Some programs write the records bare.
    if bytes.first() == Some(&0x09) {
        return workbook(bytes);
    }
    let file = Compound::open(bytes)?;
    // Of BIFF8 or BIFF5. A file that holds both was written for two generations; the newer one is whole.
    let stream = ["Workbook", "Book"].iter().find_map(|name| file.read(name).filter(|s| !s.is_empty()));
    let mut body = workbook(&stream.ok_or_else(|| Failure::Damaged(msg!("extract.sheet_broken_stream")))?)?;
    body.properties = file.properties();
    Ok(body)
}

fn workbook(stream: &[u8]) -> Result<Body, Failure> {
    let globals = globals::read(stream)?;
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
    body.pictures = office_art::stored_pictures(&globals.drawing_group);
    if !body.losses.is_empty() && body.pictures.is_empty() && body.plain_text().is_empty() {
        return Err(Failure::Damaged(msg!("extract.sheet_broken_stream")));
    }
    Ok(body)
}
