//! The finished package: what the library made, with the rows of each sheet put in their place.

use crate::report::xlsx::hyperlinks::Hyperlinks;
use crate::report::xlsx::packed::Packed;
use crate::report::xlsx::places::place;
use crate::report::xlsx::rows::Rows;
use crate::report::xlsx::strings;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};
use zip::ZipArchive;

/// So many merged cells stand in a piece of text.
const MERGES: usize = 4_096;

/// The part that lists a sheet's relationships before there are any.
const NO_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// A workbook that is ready to be written: what the library made, and what takes its place.
#[derive(Debug)]
pub struct Package {
    /// The library's package.
    pub shell: Vec<u8>,
    /// The rows of its sheets.
    pub sheets: Vec<Rows>,
    /// The texts of the rows.
    pub strings: Packed,
    /// Where the table of each sheet begins.
    pub first_rows: BTreeMap<String, u32>,
}

impl Package {
    /// Writes it, part by part.
    ///
    /// # Errors
    /// What is not as the library is known to make it, or too large for the format; and those of writing.
    pub fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let mut source = ZipArchive::new(Cursor::new(self.shell)).map_err(io::Error::other)?;
        let mut out = Zip { out, at: 0, directory: Vec::new(), parts: 0 };
        let names = (1..).map(|number| format!("xl/worksheets/sheet{number}.xml"));
        let mut sheets: BTreeMap<String, Rows> = names.zip(self.sheets).collect();
        let mut links: BTreeMap<String, Hyperlinks> = BTreeMap::new();
        let mut strings = Some(self.strings);
        for at in 0..source.len() {
            let name = source.by_index_raw(at)?.name().map_err(io::Error::other)?.to_string();
            let part = bytes(&mut source, at)?;
            let packed = if let Some(mut rows) = sheets.remove(&name) {
                let part = str::from_utf8(&part).ok();
                let packed = part.and_then(|part| sheet(part, &mut rows, &self.first_rows));
                if rows.links.has_relations() {
                    links.insert(relations_of(&name), rows.links);
                }
                packed.ok_or_else(|| strange(&name))?
            } else if let Some(strings) = strings.take_if(|_| name == strings::PART) {
                strings
            } else if let Some(links) = links.remove(&name) {
                related(&String::from_utf8_lossy(&part), links)
            } else {
                whole(&part)
            };
            out.add(&name, packed)?;
        }
        for (name, links) in links {
            out.add(&name, related(NO_RELATIONS, links))?;
        }
        match sheets.into_keys().next().or(strings.map(|_| strings::PART.to_string())) {
            Some(name) => Err(strange(&name)),
            None => out.finish(),
        }
    }
}

fn strange(name: &str) -> io::Error {
    io::Error::other(format!("{name}?"))
}

fn bytes(source: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.by_index(at)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn whole(part: &[u8]) -> Packed {
    let mut packed = Packed::default();
    packed.end(part);
    packed
}

/// A sheet with its rows (ECMA-376 part 1, 18.3.1.99 `worksheet`: `sheetData`, … `autoFilter`, … `mergeCells`, …
/// `conditionalFormatting`, `dataValidations`, `hyperlinks`, `printOptions`).
fn sheet(part: &str, rows: &mut Rows, first_rows: &BTreeMap<String, u32>) -> Option<Packed> {
    let (head, rest) = part.split_once("<sheetData")?;
    let tail = match rest.strip_prefix("/>") {
        Some(tail) => tail,
        None => rest.split_once("</sheetData>")?.1,
    };
    let (head, after) = head.split_once("<dimension ref=\"")?;
    let after = after.split_once('"')?.1;
    let last = u32::try_from(rows.heights.len()).ok()?.saturating_sub(1);
    let last = place(last, rows.last_column);
    let head = format!("{head}<dimension ref=\"A1:{last}\"{after}<sheetData>");
    let (before, tail) = tail.split_at(tail.find("<printOptions")?);
    let checks = ["<conditionalFormatting", "<dataValidations"];
    let merged = checks.iter().filter_map(|check| before.find(check)).min().unwrap_or(before.len());
    let (filter, checks) = before.split_at(merged);
    let mut packed = Packed::default();
    packed.add(&[head]);
    packed.join(std::mem::take(&mut rows.heading));
    packed.join(std::mem::take(&mut rows.table));
    packed.add(&[format!("</sheetData>{filter}")]);
    packed.join(merges(&rows.merged));
    packed.add(&[checks]);
    packed.join(rows.links.elements(first_rows));
    packed.end(tail.as_bytes());
    Some(packed)
}

/// The cells that cover others (18.3.1.55 `mergeCells`).
fn merges(merged: &[(u32, u16, u16)]) -> Packed {
    let mut packed = Packed::default();
    if !merged.is_empty() {
        packed.add(&[format!("<mergeCells count=\"{}\">", merged.len())]);
        let range = |(row, from, to): &(u32, u16, u16)| {
            format!("<mergeCell ref=\"{}:{}\"/>", place(*row, *from), place(*row, *to))
        };
        packed.make(merged.chunks(MERGES), |merged| merged.iter().map(range).collect());
        packed.add(&["</mergeCells>"]);
    }
    packed
}

/// The part with the relationships of a sheet.
fn relations_of(sheet: &str) -> String {
    format!("{}.rels", sheet.replace("worksheets/", "worksheets/_rels/"))
}

fn related(part: &str, links: Hyperlinks) -> Packed {
    let (before, after) = part.split_at(part.find("</Relationships>").unwrap_or(part.len()));
    let mut packed = Packed::default();
    packed.add(&[before]);
    packed.join(links.relations);
    packed.end(after.as_bytes());
    packed
}

/// A ZIP archive of deflated parts (APPNOTE.TXT 4.3). All parts bear the same time, so that equal sheets give equal bytes.
struct Zip<'o> {
    out: &'o mut dyn Write,
    /// Bytes that were written.
    at: usize,
    directory: Vec<u8>,
    parts: u16,
}

impl Zip<'_> {
    /// 1 January 1980.
    const TIME: [u8; 4] = [0, 0, 0x21, 0];

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len();
        self.out.write_all(bytes)
    }

    fn add(&mut self, name: &str, part: Packed) -> io::Result<()> {
        let at = number(self.at)?;
        let mut entry: Vec<u8> = Vec::with_capacity(64);
        // Version 2.0, names in UTF-8, deflated.
        entry.extend_from_slice(&[20, 0, 0, 8, 8, 0]);
        entry.extend_from_slice(&Zip::TIME);
        entry.extend_from_slice(&part.crc.to_le_bytes());
        entry.extend_from_slice(&number(part.size())?.to_le_bytes());
        entry.extend_from_slice(&number(part.len)?.to_le_bytes());
        entry.extend_from_slice(&(name.len() as u16).to_le_bytes());
        entry.extend_from_slice(&[0, 0]);
        self.put(b"PK\x03\x04")?;
        self.put(&entry)?;
        self.put(name.as_bytes())?;
        for piece in part.pieces {
            self.put(&piece.get()?)?;
        }
        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&entry);
        // No comment, first disk, no attributes.
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&at.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.parts += 1;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        let (at, length) = (number(self.at)?, number(self.directory.len())?);
        let directory = std::mem::take(&mut self.directory);
        self.put(&directory)?;
        self.put(b"PK\x05\x06\0\0\0\0")?;
        self.put(&self.parts.to_le_bytes())?;
        self.put(&self.parts.to_le_bytes())?;
        self.put(&length.to_le_bytes())?;
        self.put(&at.to_le_bytes())?;
        self.put(&[0, 0])
    }
}

/// A number in the four bytes that the format has for it.
fn number<N: TryInto<u32>>(n: N) -> io::Result<u32> {
    n.try_into().map_err(|_| io::ErrorKind::FileTooLarge.into())
}
