//! Document → page: title, passages and tables laid out for the matchers, with what the whole document says of its year
//! and its subject.

use crate::detect::dates::{Calendar, dates};
use crate::detect::engine::Engine;
use crate::detect::passage::{Passage, PassageKind, Sentence, looks_like_heading};
use crate::detect::text::{Text, normal};
use crate::model::document::{Content, Document, Table};
use crate::model::place::Place;
use chrono::Datelike;
use regex::Regex;
use std::sync::OnceLock;

/// A document as the matchers see it.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// Title lines: what stands before the first sentence.
    pub title: String,
    /// The file's name without folders and suffix, normalised.
    pub file_name: String,
    /// Text outside tables, and the running text in their cells.
    pub passages: Vec<Passage>,
    /// Tables and worksheets with their places.
    pub tables: Vec<(&'a Place, &'a Table)>,
    /// Lists whose words stand somewhere in the document.
    pub lists: Vec<usize>,
    /// The year of dates without one.
    pub year: i32,
    /// The month of dates without one.
    pub month: Option<u32>,
    own_subject: bool,
    own: Vec<String>,
    other: Vec<String>,
}

/// From so many characters a cell holds running text and is read like a paragraph.
const CELL_OF_PROSE: usize = 40;

impl<'a> Page<'a> {
    /// Lays out a document.
    pub fn new(document: &'a Document, path: &str, engine: &Engine) -> Self {
        let mut page = Page {
            file_name: file_stem(path),
            own: engine.own.clone(),
            other: engine.other.clone(),
            ..Page::default()
        };
        let mut heading = String::new();
        for block in &document.body.blocks {
            match &block.content {
                Content::Table(table) => {
                    page.tables.push((&block.place, table));
                    page.passages.extend(prose_in_cells(&block.place, table));
                }
                // A reviewer's remark is not the author's report.
                _ if matches!(block.place, Place::Comment(_)) => {}
                Content::Caption(text) => page.passages.push(Passage::new(
                    block.place.clone(),
                    PassageKind::Caption,
                    Text::new(text),
                    &heading,
                )),
                Content::Heading(_, text) | Content::Paragraph(text) => {
                    let text = Text::new(text);
                    let styled = matches!(block.content, Content::Heading(..));
                    if looks_like_heading(&text.normal, styled) {
                        heading = text.normal.clone();
                        page.passages.push(Passage::new(block.place.clone(), PassageKind::Heading, text, &heading));
                    } else if !text.normal.is_empty() {
                        page.passages.push(Passage::new(block.place.clone(), PassageKind::Prose, text, &heading));
                    }
                }
            }
        }
        page.title = title(&page.passages);
        page.lists = page.passages.iter().flat_map(|p| engine.words_in(&p.text.normal)).flat_map(|w| w.lists).collect();
        page.lists.sort_unstable();
        page.lists.dedup();
        page.own_subject = page.speaks_of_own();
        (page.year, page.month) = page.calendar(engine.year);
        page
    }

    /// Lays out an example of a rule: a sentence or two of a report that is about the campaign.
    pub fn of_example(document: &'a Document, engine: &Engine) -> Self {
        Page { own_subject: true, ..Page::new(document, "", engine) }
    }

    /// The words that show a sentence to be about another matter: those of another campaign, or the lack of any of this
    /// one's in the whole document.
    pub fn other_subject(&self, passage: &Passage, sentence: &Sentence) -> Option<String> {
        if !self.own_subject {
            return Some(self.title.lines().next().unwrap_or("").to_string());
        }
        let has_own = |text: &str| self.own.iter().any(|w| text.contains(w.as_str()));
        let within = &passage.text.normal[sentence.range.clone()];
        let other = self.other.iter().find(|w| within.contains(w.as_str()))?;
        (!has_own(within) && !has_own(&passage.heading)).then(|| other.clone())
    }

    /// Whether any word of the campaign's own subject stands in title, name, text or tables.
    fn speaks_of_own(&self) -> bool {
        let has = |text: &str| self.own.iter().any(|w| text.contains(w.as_str()));
        self.own.is_empty()
            || has(&self.file_name)
            || self.passages.iter().any(|p| has(&p.text.normal))
            || self.tables.iter().any(|(_, t)| t.rows.iter().flat_map(|r| &r.cells).any(|c| has(&normal(&c.text))))
    }

    /// The year that the document speaks of (signature, title, first full date; else the campaign's) and the month that
    /// its dates mostly fall in.
    fn calendar(&self, year: i32) -> (i32, Option<u32>) {
        let found: Vec<_> =
            self.passages.iter().flat_map(|p| dates(&p.text.normal, Calendar { year, month: None })).collect();
        let last = self.passages.iter().rev().find(|p| p.kind == PassageKind::Prose).map(|p| &p.text.normal);
        let signed = last.and_then(|t| dates(t, Calendar { year, month: None }).into_iter().find(|d| d.has_year));
        let titled = year_in(&self.title).or_else(|| year_in(&self.file_name));
        let dated = found.iter().find(|d| d.has_year).map(|d| d.date.year());
        let mut months = [0u32; 13];
        for hit in &found {
            months[hit.date.month() as usize] += 1;
        }
        let month = (1..=12u32).max_by_key(|&m| months[m as usize]).filter(|&m| months[m as usize] > 0);
        (signed.map(|d| d.date.year()).or(titled).or(dated).unwrap_or(year), month)
    }
}

/// The year in a title: 2019年扶贫日活动总结.
fn year_in(text: &str) -> Option<i32> {
    static YEAR: OnceLock<Option<Regex>> = OnceLock::new();
    let year = YEAR.get_or_init(|| Regex::new(r"(?:^|\D)(20\d\d)年").ok()).as_ref()?;
    year.captures(text)?.get(1)?.as_str().parse().ok()
}

/// The name of a file without folders, archive and suffix.
fn file_stem(path: &str) -> String {
    let name = path.rsplit(['/', '!']).next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, suffix)| if suffix.len() <= 5 { stem } else { name });
    normal(stem)
}

/// The first short lines, up to the first running text.
fn title(passages: &[Passage]) -> String {
    let lines = passages
        .iter()
        .filter(|p| p.kind != PassageKind::Caption)
        .take(4)
        .take_while(|p| p.text.normal.chars().count() <= 50 && !p.text.normal.contains('。'))
        .filter(|p| !p.text.normal.ends_with(':') && !p.text.normal.contains(','));
    lines.map(|l| format!("{}\n", l.text.normal)).collect()
}

/// Cells that hold whole paragraphs: many a report is written into the boxes of a form.
fn prose_in_cells(place: &Place, table: &Table) -> Vec<Passage> {
    let mut passages = Vec::new();
    for row in &table.rows {
        let label = row
            .cells
            .iter()
            .map(|c| normal(&c.text))
            .find(|t| !t.is_empty() && t.chars().count() <= 12)
            .unwrap_or_default();
        let at = row_place(place, row.number);
        for cell in row.cells.iter().filter(|c| c.text.chars().count() >= CELL_OF_PROSE || c.text.contains('。')) {
            let mut heading = label.clone();
            for line in cell.text.lines() {
                let text = Text::new(line);
                if looks_like_heading(&text.normal, false) {
                    heading = text.normal.clone();
                }
                if !text.normal.is_empty() {
                    passages.push(Passage::new(at.clone(), PassageKind::Prose, text, &heading));
                }
            }
        }
    }
    passages
}

/// The place of a row in a table or sheet.
pub fn row_place(table: &Place, row: u32) -> Place {
    match table {
        Place::Table(n) => Place::TableRow(*n, row),
        Place::Sheet(name) => Place::SheetRow(name.clone(), row),
        other => other.clone(),
    }
}
