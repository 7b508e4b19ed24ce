//! The links of a sheet: a county's hundred thousand lead to a few thousand files, each of which is named once.

use crate::model::sheet::{Link, MOST_ROWS};
use crate::report::links;
use crate::report::xlsx::packed::Packed;
use crate::report::xlsx::places::place;
use quick_xml::escape::escape;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Excel follows no more links than this on one sheet; the rest is plain text.
const LINKS: usize = 65_000;
/// So many stand in a piece of text.
const PIECE: usize = 4_096;
/// Marks a relationship that leads to a file.
const HYPERLINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

/// The cells that lead somewhere.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Hyperlinks {
    cells: Vec<(u32, u16, Target)>,
    /// The relationships to files, which the elements name by their ids; complete when all links are added.
    pub relations: Packed,
    /// The files as they stand in the package, until then.
    #[serde(skip)]
    files: Vec<String>,
    /// By the path that was asked for, until then; none for one that no program would follow.
    #[serde(skip)]
    numbers: BTreeMap<String, Option<u32>>,
    sheets: Vec<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Target {
    /// A file, by its number.
    File(u32),
    /// A cell of a sheet, by the sheet's number: row of the table, column.
    Row(u32, u32, u16),
}

impl Hyperlinks {
    /// Lets a cell lead somewhere, if a program would follow it.
    pub fn add(&mut self, row: u32, column: u16, link: &Link) -> bool {
        let target = Some(link).filter(|_| self.cells.len() < LINKS).and_then(|link| self.target(link));
        self.cells.extend(target.map(|target| (row, column, target)));
        target.is_some()
    }

    fn target(&mut self, link: &Link) -> Option<Target> {
        match link {
            Link::File(path) => {
                if let Some(known) = self.numbers.get(path) {
                    return known.map(Target::File);
                }
                let number = links::target(path).map(|target| {
                    self.files.push(target);
                    self.files.len() as u32 - 1
                });
                self.numbers.insert(path.clone(), number);
                number.map(Target::File)
            }
            // A row that its sheet has no room for.
            Link::Row(_, row, _) if *row >= MOST_ROWS => None,
            Link::Row(sheet, row, column) => {
                let known = self.sheets.iter().position(|s| s == sheet);
                let number = known.unwrap_or_else(|| {
                    self.sheets.push(sheet.clone());
                    self.sheets.len() - 1
                });
                Some(Target::Row(number as u32, *row, *column))
            }
        }
    }

    /// Writes the relationships, and forgets the files: there are as many paths as schools have papers.
    pub fn complete(&mut self) {
        let relation = |(number, target): &(usize, &String)| {
            let target = escape(target.as_str());
            format!(
                "<Relationship Id=\"file{number}\" Type=\"{HYPERLINK}\" Target=\"{target}\" TargetMode=\"External\"/>"
            )
        };
        self.numbers = BTreeMap::new();
        let files = std::mem::take(&mut self.files);
        let files: Vec<(usize, &String)> = files.iter().enumerate().collect();
        self.relations.make(files.chunks(PIECE), |files| files.iter().map(relation).collect());
        self.cells.shrink_to_fit();
    }

    /// The links as elements of the sheet; `first_rows` are where the table of each sheet begins.
    pub fn elements(&self, first_rows: &BTreeMap<String, u32>) -> Packed {
        let mut packed = Packed::default();
        let leads = |target: &Target| match target {
            Target::Row(number, ..) => self.sheet(*number, first_rows).is_some(),
            Target::File(_) => true,
        };
        // An empty element is none that Excel takes.
        if self.cells.iter().any(|(_, _, target)| leads(target)) {
            packed.add(&["<hyperlinks>"]);
            packed.make(self.cells.chunks(PIECE), |cells| self.piece(cells, first_rows));
            packed.add(&["</hyperlinks>"]);
        }
        packed
    }

    fn piece(&self, cells: &[(u32, u16, Target)], first_rows: &BTreeMap<String, u32>) -> String {
        let mut elements = String::new();
        for (row, column, target) in cells {
            let at = place(*row, *column);
            // Writing to a text never fails.
            let _ = match target {
                Target::Row(number, row, column) => {
                    let Some((sheet, first)) = self.sheet(*number, first_rows) else { continue };
                    let cell = format!("'{}'!{}", sheet.replace('\'', "''"), place(first + row, *column));
                    write!(elements, "<hyperlink ref=\"{at}\" location=\"{}\"/>", escape(cell.as_str()))
                }
                Target::File(number) => write!(elements, "<hyperlink ref=\"{at}\" r:id=\"file{number}\"/>"),
            };
        }
        elements
    }

    /// A sheet by its number, and where its table begins.
    fn sheet(&self, number: u32, first_rows: &BTreeMap<String, u32>) -> Option<(&str, u32)> {
        let sheet = self.sheets.get(number as usize)?;
        Some((sheet, *first_rows.get(sheet)?))
    }

    /// Whether any leads to a file.
    pub fn has_relations(&self) -> bool {
        self.relations.len > 0
    }
}
