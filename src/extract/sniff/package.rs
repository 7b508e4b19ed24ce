//! Zip packages, told apart by the names of their members.

use crate::extract::reader::Format;

/// More members than this need not be looked at to know a format.
const MEMBERS: usize = 20_000;

/// The format of a zip file, whole or cut off.
pub(super) fn sniff(bytes: &[u8]) -> Format {
    if let Some(format) = open_document(bytes) {
        return format;
    }
    let names = central_names(bytes).unwrap_or_else(|| local_names(bytes));
    let has = |wanted: &str| names.iter().any(|n| n == wanted);
    let under = |folder: &str| names.iter().any(|n| n.starts_with(folder));
    // An archive of a folder called "word" holds none of these; some programs write the list of content types last, where
    // a cut costs it.
    let office = ["[content_types].xml", "_rels/.rels", "docprops/app.xml", "docprops/core.xml"].iter().any(|n| has(n));
    if has("ofd.xml") {
        Format::Ofd
    } else if has("word/document.xml") || has("word/document2.xml") || office && under("word/") {
        Format::Docx
    } else if has("xl/workbook.bin") {
        Format::Xlsb
    } else if has("xl/workbook.xml") || office && (under("xl/") || has("workbook.xml")) {
        Format::Xlsx
    } else if has("ppt/presentation.xml") || office && under("ppt/") {
        Format::Slides
    } else {
        Format::Zip
    }
}

/// OpenDocument packages begin with a stored member `mimetype` (ODF 1.2 part 3, 3.3).
fn open_document(bytes: &[u8]) -> Option<Format> {
    let (header, name) = local_header(bytes, 0)?;
    if name != b"mimetype" {
        return None;
    }
    let kind = bytes.get(header.data..)?.strip_prefix(b"application/vnd.oasis.opendocument.".as_slice())?;
    [(b"spreadsheet".as_slice(), Format::Ods), (b"text", Format::Odt), (b"presentation", Format::Slides)]
        .iter()
        .find(|(word, _)| kind.starts_with(word))
        .map(|(_, format)| *format)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk::<2>().map(|b| usize::from(u16::from_le_bytes(*b)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(bytes.get(at..)?.first_chunk::<4>().map(|b| u32::from_le_bytes(*b))?).ok()
}

/// Some programs write backslashes, some another case.
fn plain(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase()
}

/// The names of the central directory (APPNOTE 4.3.12), or None where it is missing or broken.
fn central_names(bytes: &[u8]) -> Option<Vec<String>> {
    /// The end record and the longest comment that may follow it.
    const TAIL: usize = 22 + 0xFFFF;
    let tail = bytes.len().saturating_sub(TAIL);
    let end = tail + bytes.get(tail..)?.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let mut at = u32_at(bytes, end + 16)?;
    let mut names = Vec::new();
    while names.len() < MEMBERS && bytes.get(at..at.checked_add(4)?) == Some(b"PK\x01\x02") {
        let length = u16_at(bytes, at + 28)?;
        names.push(plain(bytes.get(at + 46..at + 46 + length)?));
        at += 46 + length + u16_at(bytes, at + 30)? + u16_at(bytes, at + 32)?;
    }
    (!names.is_empty()).then_some(names)
}

/// The names before the members themselves, in whatever is left of a broken package.
fn local_names(bytes: &[u8]) -> Vec<String> {
    let (mut names, mut at) = (Vec::new(), 0);
    while names.len() < MEMBERS {
        let Some((header, name)) = local_header(bytes, at) else {
            // Not where it should be: some programs give sizes only after the data. Look on.
            let Some(next) = bytes.get(at + 1..).and_then(|rest| rest.windows(4).position(|w| w == b"PK\x03\x04"))
            else {
                break;
            };
            at += 1 + next;
            continue;
        };
        names.push(plain(name));
        at = header.data.saturating_add(header.stored);
    }
    names
}

struct LocalHeader {
    /// Where the member's bytes begin.
    data: usize,
    /// How many there are, as far as the header knows.
    stored: usize,
}

/// The header before a member's bytes (APPNOTE 4.3.7).
fn local_header(bytes: &[u8], at: usize) -> Option<(LocalHeader, &[u8])> {
    if bytes.get(at..at.checked_add(4)?) != Some(b"PK\x03\x04") {
        return None;
    }
    let length = u16_at(bytes, at + 26)?;
    let name = bytes.get(at + 30..at + 30 + length)?;
    let data = at + 30 + length + u16_at(bytes, at + 28)?;
    Some((LocalHeader { data, stored: u32_at(bytes, at + 18)? }, name))
}
