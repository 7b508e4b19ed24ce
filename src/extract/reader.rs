//! The contract between the room's door and its readers: what a reader is, what it gets, and how it fails.

use crate::model::document::Body;
use crate::model::message::Message;
use crate::model::problem::Problem;

/// A reader of one family of formats. Adding one is a file and a line in `READERS`.
pub struct Reader {
    /// Its name, part of the cache's key: `docx`.
    pub name: &'static str,
    /// Counted up whenever its output for some file changes.
    pub version: u32,
    /// The formats it reads.
    pub formats: &'static [Format],
    /// Reads the bytes. Never panics, never follows a link, never touches the file system.
    pub read: fn(&[u8], Format) -> Result<Body, Failure>,
}

/// A format by content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Office Open XML text (`.docx`, `.docm`, `.dotx`).
    Docx,
    /// Word 97 to 2003 binary, WPS text (`.doc`, `.wps`).
    Doc,
    /// Word 6 or 95 binary.
    Doc95,
    /// Office Open XML workbook.
    Xlsx,
    /// Binary workbook of 2007 and later.
    Xlsb,
    /// Excel 5 to 2003 binary, WPS table (`.xls`, `.et`).
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// SpreadsheetML of 2003, an XML file that usually goes by `.xls`.
    SheetXml,
    /// Rich Text Format.
    Rtf,
    /// HTML, whatever its name.
    Html,
    /// Comma- or tab-separated values.
    Csv,
    /// Plain text.
    Txt,
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// GIF picture.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF picture.
    Tiff,
    /// WebP picture.
    Webp,
    /// HEIC picture of a telephone.
    Heic,
    /// An office file under a password.
    Encrypted,
    /// A zip archive of files (opened by intake; reached here only where it cannot be opened).
    Zip,
    /// RAR archive.
    Rar,
    /// 7-Zip archive.
    SevenZip,
    /// PDF.
    Pdf,
    /// OFD, the Chinese fixed-layout format (GB/T 33190).
    Ofd,
    /// OpenDocument text.
    Odt,
    /// Presentation of 2007 and later.
    Pptx,
    /// Presentation of before 2007, WPS presentation (`.ppt`, `.dps`).
    Ppt,
    /// OpenDocument presentation.
    Odp,
    /// Web page archive.
    Mhtml,
    /// E-mail (`.eml`).
    Mail,
    /// Outlook message (`.msg`).
    Msg,
    /// The envelope `winmail.dat` that Outlook puts attachments into.
    Tnef,
    /// An OLE compound file of an unknown kind.
    Ole,
    /// No bytes.
    Empty,
    /// None of these.
    Unknown,
}

impl Format {
    /// The word in JSON and on the sheets.
    pub fn name(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Doc95 => "doc95",
            Format::Xlsx => "xlsx",
            Format::Xlsb => "xlsb",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::SheetXml => "xml",
            Format::Rtf => "rtf",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Txt => "txt",
            Format::Jpeg => "jpeg",
            Format::Png => "png",
            Format::Gif => "gif",
            Format::Bmp => "bmp",
            Format::Tiff => "tiff",
            Format::Webp => "webp",
            Format::Heic => "heic",
            Format::Encrypted => "encrypted",
            Format::Zip => "zip",
            Format::Rar => "rar",
            Format::SevenZip => "7z",
            Format::Pdf => "pdf",
            Format::Ofd => "ofd",
            Format::Odt => "odt",
            Format::Pptx => "pptx",
            Format::Ppt => "ppt",
            Format::Odp => "odp",
            Format::Mhtml => "mhtml",
            Format::Mail => "eml",
            Format::Msg => "msg",
            Format::Tnef => "tnef",
            Format::Ole => "ole",
            Format::Empty => "empty",
            Format::Unknown => "unknown",
        }
    }
}

/// Why nothing at all could be read, as far as a person must tell apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A password is needed.
    #[error("encrypted")]
    Encrypted,
    /// Broken or cut off.
    #[error("damaged: {0:?}")]
    Damaged(Message),
    /// A kind of file without a reader.
    #[error("unsupported: {0:?}")]
    Unsupported(Message),
    /// Over a limit.
    #[error("too large: {0:?}")]
    TooLarge(Message),
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Encrypted => Problem::Encrypted,
            Failure::Damaged(m) => Problem::Damaged(m),
            Failure::Unsupported(m) => Problem::Unsupported(m),
            Failure::TooLarge(m) => Problem::TooLarge(m),
        }
    }
}
