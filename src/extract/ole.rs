//! OLE compound files, the container of Word, Excel and WPS files before 2007 ([MS-CFB]): which streams there are, what
//! kind of file they make, their bytes under limits, and what the file says of itself.
//!
//! The container is opened leniently: a file that Word and WPS open should open here, whatever the standard says.

mod container;
mod properties;

use crate::extract::reader::Failure;
use crate::model::document::Properties;
use crate::model::limits;
use crate::msg;
use container::{Container, Stream};

pub use container::SIGNATURE;
pub use properties::file_time;

/// What a compound file holds, told by its streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `WordDocument`: Word 6 to 2003, WPS text.
    Word,
    /// `Workbook` (Excel 97 to 2003, WPS table) or `Book` (Excel 5, 95).
    Workbook,
    /// `PowerPoint Document`.
    Slides,
    /// `EncryptedPackage` or `EncryptionInfo`: a file of 2007 or later under a password ([MS-OFFCRYPTO] 2.3).
    Encrypted,
    /// `__properties_version1.0`: an Outlook message ([MS-OXMSG] 2.4).
    Message,
    /// Anything else.
    Other,
}

/// An open compound file.
#[derive(Debug)]
pub struct Compound<'a>(Container<'a>);

impl<'a> Compound<'a> {
    /// Opens the container. Damaged where its directory cannot be made out.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Failure> {
        Container::open(bytes).map(Compound).ok_or_else(|| Failure::Damaged(msg!("extract.ole_broken")))
    }

    /// Whether the whole directory is there, so that a stream that is not found is not in the file.
    pub fn is_whole(&self) -> bool {
        self.0.is_whole
    }

    /// The paths of all streams.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.streams.iter().map(|s| s.path.as_str())
    }

    fn has(&self, path: &str) -> bool {
        self.stream(path).is_some()
    }

    /// The stream of that path, letter case left out as in the container itself.
    fn stream(&self, path: &str) -> Option<&Stream> {
        self.0.streams.iter().find(|s| s.path.eq_ignore_ascii_case(path))
    }

    /// What the streams make it.
    pub fn kind(&self) -> Kind {
        if self.has("EncryptedPackage") || self.has("EncryptionInfo") {
            Kind::Encrypted
        } else if self.has("WordDocument") {
            Kind::Word
        } else if self.has("Workbook") || self.has("Book") {
            Kind::Workbook
        } else if self.has("PowerPoint Document") {
            Kind::Slides
        } else if self.has("__properties_version1.0") {
            Kind::Message
        } else {
            Kind::Other
        }
    }

    /// The bytes of a stream, up to [`limits::MEMBER_BYTES`]; `None` where there is no such stream. Of a stream that breaks
    /// off, what is there: its reader compares that with what the stream promises.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.beginning(path, limits::MEMBER_BYTES)
    }

    /// The first `len` bytes of a stream, or what there is of them.
    pub fn beginning(&self, path: &str, len: u64) -> Option<Vec<u8>> {
        Some(self.0.read(self.stream(path)?, len))
    }

    /// The file with these streams changed; what is longer than a stream was falls away.
    pub fn with(&self, streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut bytes = self.0.bytes.to_vec();
        for (path, content) in streams {
            if let Some(stream) = self.stream(path) {
                self.0.overwrite(stream, content, &mut bytes);
            }
        }
        bytes
    }

    /// Title, author, times and program, from the stream of [MS-OLEPS] that has them. What cannot be read is left out: no
    /// text depends on it.
    pub fn properties(&self) -> Properties {
        self.read("\u{5}SummaryInformation").and_then(|bytes| properties::of_summary(&bytes)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
