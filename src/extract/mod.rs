//! Bytes → Document: what format the bytes are, whose reader takes them, what was read and what was lost.
//!
//! Third-party parsers live in this room and nowhere else. By content, never by suffix. A reader fails with a
//! [`reader::Failure`]; what it could not read of an otherwise readable file it puts into `Body::losses`.

mod codepage;
mod csv;
mod doc;
mod docx;
mod encoding;
mod flow;
mod grid;
mod html;
mod image;
mod le;
mod letter;
mod locked;
mod mail;
mod mapi;
mod mhtml;
mod mime;
mod msg;
mod needless;
mod number_format;
mod numerals;
mod odt;
mod office_art;
mod ole;
mod open_document;
mod package;
mod packed_rtf;
mod pages;
mod parts;
mod pdf;
mod picture;
mod ppt;
mod properties;
mod raster;
pub mod reader;
mod relations;
mod rtf;
mod sheet_xml;
mod slides;
mod sniff;
mod spreadsheet;
mod symbols;
mod taken;
mod thumbnails;
mod tnef;
mod txt;
mod xml;
mod xml_text;

pub use needless::needless;
pub use pages::pages;
pub use thumbnails::thumbnails;

use crate::model::document::{Body, Document, is_pictures_only};
use crate::model::limits;
use crate::model::passwords::Passwords;
use crate::model::problem::Problem;
use crate::model::source::Enclosed;
use crate::msg;
use reader::{Format, Reader};

/// All readers. The first that lists the format takes it.
pub const READERS: &[&Reader] = &[
    &docx::READER,
    &doc::READER,
    &spreadsheet::READER,
    &sheet_xml::READER,
    &rtf::READER,
    &odt::READER,
    &slides::READER,
    &ppt::READER,
    &pdf::READER,
    &mail::READER,
    &msg::READER,
    &tnef::READER,
    &mhtml::READER,
    &html::READER,
    &csv::READER,
    &txt::READER,
    &image::READER,
];

/// What tells which files a document holds whole beside its own text, by format.
const ENCLOSERS: &[Encloser] =
    &[(Format::Mail, mail::enclosed), (Format::Msg, msg::enclosed), (Format::Tnef, tnef::enclosed)];

type Encloser = (Format, fn(&[u8]) -> Vec<Enclosed>);

/// The files that a document holds whole: the attachments of an e-mail. Each is to be opened like the members of an archive.
pub fn enclosed(bytes: &[u8]) -> Vec<Enclosed> {
    let format = sniff::sniff(bytes);
    ENCLOSERS.iter().find(|(of, _)| *of == format).map(|(_, enclosed)| enclosed(bytes)).unwrap_or_default()
}

/// Reads a file's bytes. Never fails: what kept it from being read stands in `Document::problems`, what was lost of a
/// readable file in `Body::losses`.
pub fn read(bytes: &[u8]) -> Document {
    read_with(bytes, &Passwords::default())
}

/// Reads a register of the campaign's own, of which more is kept than of what a school sends.
pub fn read_register(bytes: &[u8]) -> Document {
    grid::as_register(|| read(bytes))
}

/// Reads what is under no password.
fn read_open(bytes: &[u8]) -> Document {
    let format = sniff::sniff(bytes);
    let mut document = Document { format: format.name().to_string(), ..Document::default() };
    if bytes.len() as u64 > limits::FILE_BYTES {
        document.problems.push(Problem::TooLarge(msg!("extract.file_bytes", limits::FILE_BYTES >> 20)));
        return document;
    }
    let Some(reader) = READERS.iter().find(|reader| reader.formats.contains(&format)) else {
        document.problems.push(match format {
            Format::Empty => Problem::Empty,
            Format::Encrypted => Problem::Encrypted,
            Format::Unknown => Problem::Unsupported(msg!("extract.unknown_format")),
            other => Problem::Unsupported(msg!("extract.no_reader", other.name())),
        });
        return document;
    };
    document.reader = format!("{}/{}", reader.name, reader.version);
    match (reader.read)(bytes, format) {
        Ok(body) => document.body = body,
        Err(failure) => document.problems.push(failure.into()),
    }
    // A scan has pictures and no text, and so has a photo; neither is a failure of reading.
    let says_nothing = document.body.pictures.is_empty() && is_without_text(&document.body);
    // Nor is an e-mail that only brings its attachments.
    if document.problems.is_empty() && says_nothing && enclosed(bytes).is_empty() {
        document.problems.push(Problem::NoText);
    }
    let (pictures, chars) = (document.body.pictures.len(), document.body.chars());
    if TEXTS.contains(&format) && is_pictures_only(pictures, chars) && document.body.losses.is_empty() {
        document.body.losses.push(Problem::OnlyPictures(u32::try_from(pictures).unwrap_or(u32::MAX)));
    }
    document
}

/// Formats that schools write reports in: one of pictures alone is worth a look.
const TEXTS: &[Format] = &[Format::Docx, Format::Doc, Format::Doc95, Format::Rtf, Format::Odt, Format::Pdf];

/// Reads a file's bytes, under one of the passwords where it needs one.
pub fn read_with(bytes: &[u8], passwords: &Passwords) -> Document {
    let document = read_open(bytes);
    if document.problems != [Problem::Encrypted] {
        return document;
    }
    if document.format == Format::Pdf.name() {
        return pdf::unlock(bytes, passwords).map_or(document.clone(), |body| Document {
            body,
            problems: Vec::new(),
            ..document
        });
    }
    locked::unlock(bytes, passwords).map_or(document, |unlocked| read_open(&unlocked))
}

fn is_without_text(body: &Body) -> bool {
    body.plain_text().chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_unreadable_file_has_its_own_problem() {
        assert_eq!(read(b"").problems, [Problem::Empty]);
        assert!(
            matches!(read(b"Rar!\x1A\x07\x00").problems.as_slice(), [Problem::Unsupported(m)] if m.args() == ["rar".into()])
        );
        assert_eq!(read("\u{feff} \r\n\u{3000}\r\n".as_bytes()).problems, [Problem::NoText]);
    }

    #[test]
    fn a_readable_file_names_its_reader() {
        let document = read("龙池镇中心校\n已召开专题会议。\n".as_bytes());
        assert_eq!((document.format.as_str(), document.problems.len()), ("txt", 0));
        assert!(document.reader.starts_with("txt/"));
        assert_eq!(document.body.plain_text(), "龙池镇中心校\n已召开专题会议。\n");
    }

    #[test]
    fn a_register_is_read_whole_where_a_workbook_is_cut() {
        let rows = limits::SHEET_CELLS / 10 + 1;
        let csv = "1,2,3,4,5,6,7,8,9,0\n".repeat(rows);
        use crate::model::document::Content;
        let kept = |document: &Document| match document.body.blocks.first().map(|b| &b.content) {
            Some(Content::Table(table)) => table.rows.len(),
            _ => 0,
        };
        let (cut, whole) = (read(csv.as_bytes()), read_register(csv.as_bytes()));
        assert_eq!((kept(&cut), cut.body.losses.len()), (rows - 1, 1));
        assert_eq!((kept(&whole), whole.body.losses.len()), (rows, 0));
    }

    #[test]
    fn no_two_readers_claim_one_format() {
        let mut claimed: Vec<Format> = READERS.iter().flat_map(|r| r.formats).copied().collect();
        let all = claimed.len();
        claimed.sort_unstable();
        claimed.dedup();
        assert_eq!(claimed.len(), all);
    }
}
