//! Bytes → Document: what format the bytes are, whose reader takes them, what was read and what was lost.
//!
//! Third-party parsers live in this room and nowhere else. By content, never by suffix. A reader fails with a
//! [`reader::Failure`]; what it could not read of an otherwise readable file it puts into `Body::losses`.

pub mod docx;
pub mod package;
pub mod reader;

use crate::model::document::Document;
use reader::Reader;

/// All readers. The first that lists the format takes it.
pub const READERS: &[&Reader] = &[];

/// Reads a file's bytes. Never fails: what went wrong stands in `Document::problems`.
pub fn read(_bytes: &[u8]) -> Document {
    Document::default()
}
