//! A workbook as another program edits it: the cells of 待核清单 are changed in the sheet's XML, never by the library that
//! wrote them.

use calamine::{Reader, Xlsx};
use regex::Regex;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;

/// The part that holds 待核清单, the second sheet.
const PART: &str = "xl/worksheets/sheet2.xml";

/// A workbook under somebody's hands.
pub struct Book {
    parts: Vec<(String, Vec<u8>)>,
    before: String,
    /// By row: its attributes without the number, and its cells by column, each without its reference.
    rows: BTreeMap<u32, (String, BTreeMap<u32, String>)>,
    after: String,
    heads: BTreeMap<String, u32>,
}

impl Book {
    pub fn open(bytes: &[u8]) -> Book {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = Vec::new();
        for i in 0..zip.len() {
            let mut file = zip.by_index(i).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            parts.push((file.name().unwrap().to_string(), content));
        }
        let xml =
            parts.iter().find(|(name, _)| name == PART).map(|(_, c)| String::from_utf8(c.clone()).unwrap()).unwrap();
        let (start, end) = (xml.find("<sheetData>").unwrap() + 11, xml.find("</sheetData>").unwrap());
        let row = Regex::new(r#"(?s)<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)"#).unwrap();
        let cell = Regex::new(r#"(?s)<c r="([A-Z]+)\d+"((?:[^>/]|/[^>])*)(/>|>.*?</c>)"#).unwrap();
        let mut rows = BTreeMap::new();
        for r in row.captures_iter(&xml[start..end]) {
            let inner = r.get(3).map_or("", |m| m.as_str());
            let cells = cell.captures_iter(inner).map(|c| (column(&c[1]), format!("{}{}", &c[2], &c[3]))).collect();
            rows.insert(r[1].parse().unwrap(), (r[2].to_string(), cells));
        }
        Book {
            before: xml[..start].to_string(),
            after: xml[end..].to_string(),
            heads: Shown::of(bytes).heads,
            rows,
            parts,
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut xml = self.before.clone();
        for (number, (attributes, cells)) in &self.rows {
            xml.push_str(&format!("<row r=\"{number}\"{attributes}>"));
            for (at, rest) in cells {
                xml.push_str(&format!("<c r=\"{}{number}\"{rest}", letters(*at)));
            }
            xml.push_str("</row>");
        }
        xml.push_str(&self.after);
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(if name == PART { xml.as_bytes() } else { content }).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Types a text into a cell; an empty one clears it.
    pub fn put(&mut self, row: u32, head: &str, text: &str) {
        let at = self.column_of(head);
        let cells = &mut self.rows.get_mut(&row).unwrap().1;
        let style = Regex::new(r#"s="\d+""#).unwrap();
        let style = cells.get(&at).and_then(|c| style.find(c)).map_or(String::new(), |m| m.as_str().to_string());
        let cell = match text.is_empty() {
            true => format!(" {style}/>"),
            false => format!(" {style} t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        };
        cells.insert(at, cell);
    }

    /// Types a decision.
    pub fn decide(&mut self, row: u32, conclusion: &str, note: &str, by: &str) {
        self.put(row, "人工结论▼", conclusion);
        self.put(row, "说明", note);
        self.put(row, "核对人", by);
    }

    /// Swaps the cells of two rows from one column to another, as a sort of these columns only would.
    pub fn swap(&mut self, a: u32, b: u32, from: u32, to: u32) {
        let taken = |rows: &mut BTreeMap<u32, (String, BTreeMap<u32, String>)>, row: u32| -> BTreeMap<u32, String> {
            let cells = &mut rows.get_mut(&row).unwrap().1;
            let keys: Vec<u32> = cells.range(from..=to).map(|(k, _)| *k).collect();
            keys.into_iter().map(|k| (k, cells.remove(&k).unwrap())).collect()
        };
        let (of_a, of_b) = (taken(&mut self.rows, a), taken(&mut self.rows, b));
        self.rows.get_mut(&a).unwrap().1.extend(of_b);
        self.rows.get_mut(&b).unwrap().1.extend(of_a);
    }

    /// Moves a column to the far right.
    pub fn move_away(&mut self, head: &str) {
        let at = self.column_of(head);
        for (_, cells) in self.rows.values_mut() {
            if let Some(cell) = cells.remove(&at) {
                cells.insert(at + 100, cell);
            }
        }
        self.heads.insert(head.to_string(), at + 100);
    }

    /// Deletes a row; those below move up.
    pub fn delete(&mut self, row: u32) {
        let below = self.rows.split_off(&row);
        self.rows.extend(below.into_iter().skip(1).map(|(n, cells)| (n - 1, cells)));
    }

    /// The column under a head, from 0.
    fn column_of(&self, head: &str) -> u32 {
        *self.heads.get(head).unwrap_or_else(|| panic!("no column {head} in {:?}", self.heads))
    }
}

fn column(letters: &str) -> u32 {
    letters.bytes().fold(0, |n, b| n * 26 + u32::from(b - b'A') + 1) - 1
}

fn letters(mut column: u32) -> String {
    let mut out = String::new();
    loop {
        out.insert(0, char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            return out;
        }
        column = column / 26 - 1;
    }
}

/// What 待核清单 shows.
pub struct Shown {
    heads: BTreeMap<String, u32>,
    rows: Vec<(u32, BTreeMap<u32, String>)>,
}

impl Shown {
    pub fn of(bytes: &[u8]) -> Shown {
        Self::sheet(bytes, "待核清单", "编号")
    }

    /// A sheet whose row of heads has this head.
    pub fn sheet(bytes: &[u8], name: &str, head: &str) -> Shown {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range(name).unwrap();
        let (top, left) = range.start().unwrap();
        let mut shown = Shown { heads: BTreeMap::new(), rows: Vec::new() };
        for (n, cells) in (top..).zip(range.rows()) {
            let cells: BTreeMap<u32, String> = (left..).zip(cells).map(|(c, v)| (c, v.to_string())).collect();
            if !shown.heads.is_empty() {
                shown.rows.push((n + 1, cells));
            } else if cells.values().any(|c| c == head) {
                shown.heads = cells.into_iter().filter(|(_, v)| !v.is_empty()).map(|(c, v)| (v, c)).collect();
            }
        }
        shown
    }

    pub fn rows(&self) -> Vec<u32> {
        self.rows
            .iter()
            .filter(|(_, cells)| cells.get(&self.heads["编号"]).is_some_and(|c| c.starts_with("F-")))
            .map(|(n, _)| *n)
            .collect()
    }

    /// What stands under a head, row by row.
    pub fn column(&self, head: &str) -> Vec<String> {
        let at = self.heads[head];
        self.rows.iter().map(|(_, cells)| cells.get(&at).cloned().unwrap_or_default()).collect()
    }

    pub fn cell(&self, row: u32, head: &str) -> String {
        let cells = &self.rows.iter().find(|(n, _)| *n == row).unwrap().1;
        cells.get(&self.heads[head]).cloned().unwrap_or_default()
    }

    /// The row of a school, with such a word of the machine.
    pub fn row(&self, school: &str, machine: &str) -> u32 {
        let is = |row: &u32| self.cell(*row, "学校") == school && self.cell(*row, "机器结论").contains(machine);
        self.rows().into_iter().find(is).unwrap_or_else(|| panic!("no row {school} {machine}"))
    }

    /// The row with a number.
    pub fn numbered(&self, id: &str) -> Option<u32> {
        self.rows().into_iter().find(|row| self.cell(*row, "编号") == id)
    }
}
