//! Sheets of Excel 4 macros ([MS-XLSX] 2.1.31), as the viruses that go round in offices put into every workbook. They hold no text,
//! but calamine refuses the whole workbook for one: it is shown such a sheet as a dialogue's, which is passed over.

use crate::extract::package::Package;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Where they lie.
const FOLDER: &str = "xl/macrosheets/";
/// What says of the workbook's parts what they are.
const RELATIONS: &str = "xl/_rels/workbook.";
/// How a sheet of macros is told there, and how a dialogue's is: by kind in `.xlsx`, by folder in `.xlsb`.
const TOLD: [(&str, &str); 3] = [
    ("/relationships/xlMacrosheet\"", "/relationships/dialogsheet\""),
    ("/relationships/xlIntlMacrosheet\"", "/relationships/dialogsheet\""),
    ("\"macrosheets/", "\"dialogsheets/"),
];

/// The workbook with its sheets of macros told otherwise; none where it has none.
pub fn told_otherwise(bytes: &[u8], package: &Package<'_>) -> Option<Vec<u8>> {
    if !package.members().iter().any(|m| m.name.starts_with(FOLDER)) {
        return None;
    }
    let relations = package.members().iter().find(|m| m.name.starts_with(RELATIONS))?;
    let told = String::from_utf8(package.read(&relations.name).ok()?).ok()?;
    let told = TOLD.iter().fold(told, |told, (is, shall)| told.replace(is, shall));
    let mut from = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let member = from.by_index_raw(index).ok()?;
        if member.name().is_ok_and(|name| name == relations.name.as_str()) {
            to.start_file(&relations.name, SimpleFileOptions::default()).ok()?;
            to.write_all(told.as_bytes()).ok()?;
        } else {
            to.raw_copy_file(member).ok()?;
        }
    }
    to.finish().map(Cursor::into_inner).ok()
}
