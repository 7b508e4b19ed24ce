//! The finished package: what the library made, with the rows of each sheet put in their place.

use crate::report::xlsx::packed::Packed;
use crate::report::xlsx::places::place;
use crate::report::xlsx::rows::Rows;
use crate::report::xlsx::strings::{self, Strings};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The part that lists a sheet's relationships before there are any.
const NO_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// Puts rows into a package of as many sheets, and their texts; `first_rows` are where the table of each sheet begins.
///
/// # Errors
/// What is not as the library is known to make it.
pub fn with_rows(
    shell: Vec<u8>,
    sheets: Vec<Rows>,
    strings: Strings,
    first_rows: &BTreeMap<String, u32>,
) -> Result<Vec<u8>, String> {
    let mut source = ZipArchive::new(Cursor::new(shell)).map_err(|e| e.to_string())?;
    let mut out = Zip::default();
    // All at once: what grows by doubling is twice as large at its end.
    out.bytes.reserve(sheets.iter().map(|rows| rows.table.bytes.len()).sum::<usize>() + (2 << 20));
    let names = (1..).map(|number| format!("xl/worksheets/sheet{number}.xml"));
    let mut waiting: BTreeMap<String, Rows> = names.zip(sheets).collect();
    let mut relations: BTreeMap<String, String> = waiting
        .iter()
        .map(|(name, rows)| (relations_of(name), rows.links.relations()))
        .filter(|(_, relations)| !relations.is_empty())
        .collect();
    let mut strings = Some(strings);
    for at in 0..source.len() {
        let name = source.by_index_raw(at).map_err(|e| e.to_string())?.name().map_err(|e| e.to_string())?.to_string();
        let part = bytes(&mut source, at)?;
        let packed = if let Some(rows) = waiting.remove(&name) {
            let part = str::from_utf8(&part).ok();
            part.and_then(|part| sheet(part, rows, first_rows)).ok_or_else(|| format!("{name}?"))?
        } else if let Some(strings) = strings.take_if(|_| name == strings::PART) {
            strings.part()
        } else if let Some(more) = relations.remove(&name) {
            related(&String::from_utf8_lossy(&part), &more)
        } else {
            whole(&part)
        };
        out.add(&name, packed)?;
    }
    for (name, more) in relations {
        out.add(&name, related(NO_RELATIONS, &more))?;
    }
    match waiting.into_keys().next().or(strings.map(|_| strings::PART.to_string())) {
        Some(name) => Err(format!("{name}?")),
        None => out.finish(),
    }
}

fn bytes(source: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut part = source.by_index(at).map_err(|e| e.to_string())?;
    part.read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}

fn whole(part: &[u8]) -> Packed {
    let mut packed = Packed::default();
    packed.end(part);
    packed
}

/// A sheet with its rows (ECMA-376 part 1, 18.3.1.99 `worksheet`: `sheetData`, … `mergeCells`, … `hyperlinks`,
/// `printOptions`).
fn sheet(part: &str, rows: Rows, first_rows: &BTreeMap<String, u32>) -> Option<Packed> {
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
    let mut packed = Packed::default();
    packed.add(&[head]);
    packed.join(rows.heading);
    packed.join(rows.table);
    packed.add(&[format!("</sheetData>{before}")]);
    packed.add(&rows.links.elements(first_rows));
    packed.end(tail.as_bytes());
    Some(packed)
}

/// The part with the relationships of a sheet.
fn relations_of(sheet: &str) -> String {
    format!("{}.rels", sheet.replace("worksheets/", "worksheets/_rels/"))
}

fn related(part: &str, more: &str) -> Packed {
    whole(part.replace("</Relationships>", &format!("{more}</Relationships>")).as_bytes())
}

/// A ZIP archive of deflated parts (APPNOTE.TXT 4.3). All parts bear the same time, so that equal sheets give equal bytes.
#[derive(Default)]
struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    parts: u16,
}

impl Zip {
    /// 1 January 1980.
    const TIME: [u8; 4] = [0, 0, 0x21, 0];

    fn add(&mut self, name: &str, part: Packed) -> Result<(), String> {
        let number = |n: usize| u32::try_from(n).map_err(|_| format!("{name}: {n}"));
        let at = number(self.bytes.len())?;
        let mut entry: Vec<u8> = Vec::with_capacity(64);
        // Version 2.0, names in UTF-8, deflated.
        entry.extend_from_slice(&[20, 0, 0, 8, 8, 0]);
        entry.extend_from_slice(&Zip::TIME);
        entry.extend_from_slice(&part.crc.to_le_bytes());
        entry.extend_from_slice(&number(part.bytes.len())?.to_le_bytes());
        entry.extend_from_slice(&u32::try_from(part.len).map_err(|_| format!("{name}: {}", part.len))?.to_le_bytes());
        entry.extend_from_slice(&(name.len() as u16).to_le_bytes());
        entry.extend_from_slice(&[0, 0]);
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&entry);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(&part.bytes);
        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&entry);
        // No comment, first disk, no attributes.
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&at.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.parts += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, String> {
        let number = |n: usize| u32::try_from(n).map_err(|_| n.to_string());
        let (at, length) = (number(self.bytes.len())?, number(self.directory.len())?);
        self.bytes.extend_from_slice(&self.directory);
        self.bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend_from_slice(&self.parts.to_le_bytes());
        self.bytes.extend_from_slice(&self.parts.to_le_bytes());
        self.bytes.extend_from_slice(&length.to_le_bytes());
        self.bytes.extend_from_slice(&at.to_le_bytes());
        self.bytes.extend_from_slice(&[0, 0]);
        Ok(self.bytes)
    }
}
