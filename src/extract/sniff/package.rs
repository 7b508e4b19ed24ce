//! Zip packages, told apart by the names of their members.

use crate::extract::package::{self, Package};
use crate::extract::reader::Format;

/// The format of a zip file, whole or cut off.
pub fn sniff(bytes: &[u8]) -> Format {
    if let Some(format) = open_document(bytes) {
        return format;
    }
    let names: Vec<String> = package::names(bytes).iter().map(|n| n.to_ascii_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|n| n == wanted);
    let under = |folder: &str| names.iter().any(|n| n.starts_with(folder));
    // An archive of a folder called "word" holds none of these; some programs write the list of content types last, where
    // a cut costs it.
    let office = ["[content_types].xml", "_rels/.rels", "docprops/app.xml", "docprops/core.xml"].iter().any(|n| has(n));
    if let Some(format) = has("mimetype").then(|| packed_again(bytes)).flatten() {
        format
    } else if has("ofd.xml") {
        Format::Ofd
    } else if has("word/document.xml") || has("word/document2.xml") || office && under("word/") {
        Format::Docx
    } else if has("xl/workbook.bin") {
        Format::Xlsb
    } else if has("xl/workbook.xml") || office && (under("xl/") || has("workbook.xml")) {
        Format::Xlsx
    } else if has("ppt/presentation.xml") || office && under("ppt/") {
        Format::Pptx
    } else {
        Format::Zip
    }
}

/// OpenDocument packages begin with a stored member `mimetype` (ODF 1.2 part 3, 3.3).
fn open_document(bytes: &[u8]) -> Option<Format> {
    let (name, content) = package::first_member(bytes)?;
    of_mimetype(content).filter(|_| name == "mimetype")
}

/// The same where somebody unpacked a package and packed it again: the programs open it, wherever the member stands.
fn packed_again(bytes: &[u8]) -> Option<Format> {
    of_mimetype(&Package::open(bytes).ok()?.read("mimetype").ok()?)
}

fn of_mimetype(content: &[u8]) -> Option<Format> {
    let kind = content.strip_prefix(b"application/vnd.oasis.opendocument.")?;
    [(b"spreadsheet".as_slice(), Format::Ods), (b"text", Format::Odt), (b"presentation", Format::Odp)]
        .iter()
        .find(|(word, _)| kind.starts_with(word))
        .map(|(_, format)| *format)
}
