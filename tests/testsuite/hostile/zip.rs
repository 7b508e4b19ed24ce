//! Zip archives byte by byte (APPNOTE 4.3), so that they can be as false as an attacker likes.

use ::zip::CompressionMethod;
use ::zip::write::SimpleFileOptions;
use std::io::{Cursor, Read, Write};

/// A member.
#[derive(Clone)]
pub struct Entry {
    pub name: Vec<u8>,
    /// What it holds.
    pub data: Vec<u8>,
    /// Whether it is deflated.
    pub deflated: bool,
    /// The length that the headers claim, if they lie.
    pub declared: Option<u32>,
    /// Its bytes are those of the member of that number: nothing is written for it but a line of the directory.
    pub same_as: Option<usize>,
    /// Unix mode, in the directory (4.4.15).
    pub mode: u32,
}

/// A member as it should be.
pub fn entry(name: impl AsRef<[u8]>, data: impl AsRef<[u8]>) -> Entry {
    let (name, data) = (name.as_ref().to_vec(), data.as_ref().to_vec());
    Entry { name, data, deflated: false, declared: None, same_as: None, mode: 0 }
}

/// A deflated member.
pub fn packed(name: impl AsRef<[u8]>, data: impl AsRef<[u8]>) -> Entry {
    Entry { deflated: true, ..entry(name, data) }
}

/// The archive of these members.
pub fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    let mut written: Vec<(Vec<u8>, u32)> = Vec::new();
    for e in entries {
        let stored = match e.same_as {
            Some(_) => Vec::new(),
            None if e.deflated => deflated(&e.data),
            None => e.data.clone(),
        };
        let (shared, offset) = match e.same_as {
            Some(n) => written[n].clone(),
            None => (header(e, stored.len() as u32), file.len() as u32),
        };
        // Version, flags … lengths are the same in both places; the name's length follows them.
        let lengths = [(e.name.len() as u16).to_le_bytes(), [0, 0]].concat();
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(shared.iter().chain(&lengths));
        directory.extend([0; 6]);
        directory.extend((e.mode << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(&e.name);
        if e.same_as.is_none() {
            file.extend(b"PK\x03\x04");
            file.extend(shared.iter().chain(&lengths).chain(&e.name));
            file.extend(stored);
        }
        written.push((shared, offset));
    }
    let (start, count) = (file.len() as u32, (entries.len() as u16).to_le_bytes());
    let length = directory.len() as u32;
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.iter().chain(&count));
    file.extend(length.to_le_bytes().iter().chain(&start.to_le_bytes()));
    file.extend([0, 0]);
    file
}

/// What local header and directory say alike (4.3.7, from the version needed to the lengths).
fn header(e: &Entry, stored: u32) -> Vec<u8> {
    let words = [20, 0x800, if e.deflated { 8 } else { 0 }, 0, 0x5000_u16];
    let longs = [libdeflater::crc32(&e.data), stored, e.declared.unwrap_or(e.data.len() as u32)];
    words.iter().flat_map(|w| w.to_le_bytes()).chain(longs.iter().flat_map(|l| l.to_le_bytes())).collect()
}

fn deflated(data: &[u8]) -> Vec<u8> {
    // The encoder that packs zeros closest: no bomb is better than 1,032 to 1.
    let mut zip = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("x", SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
    zip.write_all(data).unwrap();
    let mut zip = zip.finish_into_readable().unwrap();
    let mut packed = Vec::new();
    zip.by_index_raw(0).unwrap().read_to_end(&mut packed).unwrap();
    packed
}

/// The contents of an archive's members; `None` where it is none.
pub fn unpacked(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut zip = ::zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..zip.len())
        .map(|n| {
            let mut content = Vec::new();
            zip.by_index(n).ok()?.read_to_end(&mut content).ok()?;
            Some(content)
        })
        .collect()
}

/// A Word file whose main part is that XML, with more parts.
pub fn docx_of(main: &str, more: Vec<Entry>) -> Vec<u8> {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
        ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut entries = vec![entry("[Content_Types].xml", types), entry("_rels/.rels", relations)];
    entries.push(packed("word/document.xml", main));
    entries.extend(more);
    archive(&entries)
}

/// The main part of a Word file with that body; `before` stands between the XML declaration and the root.
pub fn word(before: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>{before}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>{body}</w:body></w:document>"
    )
}

/// A paragraph of a Word file.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A workbook of one sheet with that XML in its `<worksheet>`.
pub fn xlsx_of(sheet: &str, more: Vec<Entry>) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut entries = vec![
        entry(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/></Types>"
            ),
        ),
        entry(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        entry(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"统计\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        entry(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        packed("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>")),
    ];
    entries.extend(more);
    archive(&entries)
}

/// A cell with its text in it.
pub fn inline(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// An OpenDocument file of that kind with that content.
pub fn open_document(kind: &str, content: &str) -> Vec<u8> {
    archive(&[entry("mimetype", format!("application/vnd.oasis.opendocument.{kind}")), packed("content.xml", content)])
}
