//! Rich Text Format, as Word, WPS and WordPad write it (Word 2007 RTF specification 1.9.1), whatever the file is called.
//!
//! Chinese comes as escaped GBK bytes in a font's character set, as `\u` numbers, or as raw bytes: all three are read. Field
//! results and list numbers are kept as they were saved; hidden and deleted text, field instructions and the plain
//! duplicates of pictures and shapes are left out. A file that breaks off is read as far as it goes.

mod decoder;
mod destination;
mod interpreter;
mod picture;
mod stories;
mod story;
mod summary;
mod tokens;

use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
use crate::msg;

/// Reads `.rtf`.
pub const READER: Reader = Reader { name: "rtf", version: 2, formats: &[Format::Rtf], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    const START: &[u8] = b"{\\rtf";
    // A mail program may have put a mark or blank lines before the first brace.
    const LEAD: usize = 64;
    let start = bytes.windows(START.len()).take(LEAD).position(|w| w == START);
    let start = start.ok_or_else(|| Failure::Damaged(msg!("extract.rtf_no_start")))?;
    Ok(interpreter::Interpreter::read(bytes.get(start..).unwrap_or_default()))
}

#[cfg(test)]
mod tests;
