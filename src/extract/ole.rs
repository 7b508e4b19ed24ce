//! OLE compound files, the container of Word, Excel and WPS files before 2007 ([MS-CFB]): which streams there are, what
//! kind of file they make, their bytes under limits, and what the file says of itself.
//!
//! The container is opened leniently: a file that Word and WPS open should open here, whatever the standard says.

mod properties;

use crate::extract::reader::Failure;
use crate::model::document::Properties;
use crate::model::limits;
use crate::msg;
use std::io::{Cursor, Read};

/// The eight bytes that every compound file begins with.
pub const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// More streams than any document has; what lies beyond is not looked at.
const ENTRIES: usize = 10_000;

/// What a compound file holds, told by its streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `WordDocument`: Word 6 to 2003, WPS text.
    Word,
    /// `Workbook` (Excel 97 to 2003, WPS table) or `Book` (Excel 5, 95).
    Workbook,
    /// `PowerPoint Document`.
    Slides,
    /// `EncryptedPackage` with `EncryptionInfo`: a file of 2007 or later under a password ([MS-OFFCRYPTO] 2.3).
    Encrypted,
    /// Anything else.
    Other,
}

/// An open compound file.
pub struct Compound<'a> {
    file: cfb::CompoundFile<Cursor<&'a [u8]>>,
    streams: Vec<String>,
}

impl<'a> Compound<'a> {
    /// Opens the container. Damaged where its directory cannot be read.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Failure> {
        let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|e| Failure::Damaged(msg!("extract.ole_broken", e.to_string())))?;
        let streams = file
            .walk()
            .take(ENTRIES)
            .filter(cfb::Entry::is_stream)
            .map(|e| e.path().to_string_lossy().replace('\\', "/").trim_start_matches('/').to_string())
            .collect();
        Ok(Compound { file, streams })
    }

    /// The paths of all streams in the directory's order, `WordDocument`, `ObjectPool/_123/Ole10Native`.
    pub fn stream_names(&self) -> &[String] {
        &self.streams
    }

    /// Whether there is a stream of that path, letter case left out as in the container itself.
    pub fn has(&self, path: &str) -> bool {
        self.path_of(path).is_some()
    }

    /// What the streams make it.
    pub fn kind(&self) -> Kind {
        if self.has("EncryptedPackage") && self.has("EncryptionInfo") {
            Kind::Encrypted
        } else if self.has("WordDocument") {
            Kind::Word
        } else if self.has("Workbook") || self.has("Book") {
            Kind::Workbook
        } else if self.has("PowerPoint Document") {
            Kind::Slides
        } else {
            Kind::Other
        }
    }

    /// The bytes of a stream, up to [`limits::MEMBER_BYTES`]; `None` where there is no such stream. Of a stream that breaks
    /// off, what can be read: its reader compares that with what the stream promises.
    pub fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        let path = format!("/{}", self.path_of(path)?);
        let mut bytes = Vec::new();
        // An error ends the bytes and does not void those before it.
        let _ = self.file.open_stream(path).ok()?.take(limits::MEMBER_BYTES).read_to_end(&mut bytes);
        Some(bytes)
    }

    /// Title, author, times and program, from the stream of [MS-OLEPS] that has them. What cannot be read is left out: no
    /// text depends on it.
    pub fn properties(&mut self) -> Properties {
        self.read("\u{5}SummaryInformation").and_then(|bytes| properties::of_summary(&bytes)).unwrap_or_default()
    }

    /// The path as the directory spells it.
    fn path_of(&self, path: &str) -> Option<&str> {
        self.streams.iter().map(String::as_str).find(|s| s.eq_ignore_ascii_case(path))
    }
}

#[cfg(test)]
mod tests;
