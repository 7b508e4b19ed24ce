//! Workbooks: a block a sheet, a cell's text as the program shows it.
//!
//! `.xlsx` and `.xlsb` are streamed by calamine, `.xls` and `.ods` by readers of our own: calamine lays those out as dense
//! ranges (two cells in far corners cost the whole sheet, and end the process) and tells neither percent nor unit.

mod biff;
mod macro_sheets;
mod ods;
mod sum;
mod value;
mod xlsb;
mod xlsx;

use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
use crate::msg;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads workbooks.
pub const READER: Reader =
    Reader { name: "spreadsheet", version: 5, formats: &[Format::Xlsx, Format::Xlsb, Format::Xls, Format::Ods], read };

fn read(bytes: &[u8], format: Format) -> Result<Body, Failure> {
    let body = match format {
        Format::Xlsb => guarded(|| xlsb::read(bytes)),
        Format::Xls => biff::read(bytes),
        Format::Ods => ods::read(bytes),
        _ => guarded(|| xlsx::read(bytes)),
    }?;
    if body.blocks.is_empty() && body.pictures.is_empty() && !body.losses.is_empty() {
        return Err(Failure::Damaged(msg!("extract.sheet_no_sheets")));
    }
    Ok(body)
}

/// calamine slices records without looking at their length; a broken file must not cost the run its worker.
fn guarded(read: impl FnOnce() -> Result<Body, Failure>) -> Result<Body, Failure> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Failure::Damaged(msg!("extract.sheet_broken_stream"))))
}

#[cfg(test)]
mod tests;
