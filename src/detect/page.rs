//! Document → page: title, passages and tables laid out for the matchers, with what the whole document says of its year
//! and its subject.

use crate::detect::dates::{Calendar, dates};
use crate::detect::engine::Engine;
use crate::detect::passage::{Passage, PassageKind, Sentence, looks_like_heading};
use crate::detect::rejoin::rejoined;
use crate::detect::text::normal;
use crate::model::document::{Block, Content, Document, Table};
use crate::model::place::Place;
use chrono::{Datelike, NaiveDate};
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
    /// Lists whose words stand in title, file name or opening: what the document is about.
    pub lists: Vec<usize>,
    /// The year of dates without one.
    pub year: i32,
    /// The month of dates without one.
    pub month: Option<u32>,
    /// The date under the signature: what is dated after it has not happened yet.
    pub signed: Option<NaiveDate>,
    /// Names of the author's unit as the masthead has it.
    masthead: String,
    own_subject: bool,
    own: Vec<String>,
    other: Vec<String>,
}

/// So many passages open a document.
const OPENING: usize = 5;
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
        let lines: Vec<Option<&str>> = document.body.blocks.iter().map(line_of).collect();
        for (block, line) in document.body.blocks.iter().zip(rejoined(&lines)) {
            match &block.content {
                Content::Table(table) => {
                    page.tables.push((&block.place, table));
                    page.passages.extend(passages_in(&block.place, table, engine));
                }
                // A reviewer's remark is not the author's report.
                _ if matches!(block.place, Place::Comment(_)) => {}
                Content::Caption(text) => page.passages.push(Passage::new(
                    block.place.clone(),
                    PassageKind::Caption,
                    engine.text(text),
                    &heading,
                )),
                Content::Heading(_, text) | Content::Paragraph(text) => {
                    let paragraph = matches!(block.content, Content::Paragraph(_));
                    let Some(text) = line.or((!paragraph).then_some(text.as_str().into())) else { continue };
                    let text = engine.text(&text);
                    let styled = !paragraph;
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
        // What the document is about stands in its title, its name and its opening, not in any one sentence.
        let opening = page.passages.iter().take(OPENING).map(|p| p.text.normal.as_str());
        let subject: Vec<&str> = opening.chain([page.title.as_str(), page.file_name.as_str()]).collect();
        page.lists = subject.iter().flat_map(|t| engine.words_in(t)).flat_map(|w| w.lists).collect();
        page.lists.sort_unstable();
        page.lists.dedup();
        page.masthead = masthead(&page);
        page.own_subject = page.speaks_of_own();
        (page.year, page.month, page.signed) = page.calendar(engine.year);
        page
    }

    /// Lays out an example of a rule: a sentence or two of a report that is about the campaign.
    pub fn of_example(document: &'a Document, engine: &Engine) -> Self {
        Page { own_subject: true, ..Page::new(document, "", engine) }
    }

    /// Whether a worksheet's name speaks of a year before the document's own.
    pub fn is_of_past_year(&self, place: &Place) -> bool {
        match place {
            Place::Sheet(name) => year_in(&normal(name)).is_some_and(|year| year < self.year),
            _ => false,
        }
    }

    /// The title of a document in which no word of the campaign's subject stands.
    pub fn foreign_subject(&self) -> Option<String> {
        (!self.own_subject).then(|| self.title.lines().next().unwrap_or("").to_string())
    }

    /// The words that show a sentence to be about another matter: those of another campaign, or the lack of any of this
    /// one's in the whole document.
    pub fn other_subject(&self, passage: &Passage, sentence: &Sentence) -> Option<String> {
        if let Some(title) = self.foreign_subject() {
            return Some(title);
        }
        let has_own = |text: &str| self.own.iter().any(|w| text.contains(w.as_str()));
        let within = &passage.text.normal[sentence.range.clone()];
        let other = self.other.iter().find(|w| within.contains(w.as_str()))?;
        (!has_own(within) && !has_own(&passage.heading)).then(|| other.clone())
    }

    /// Another unit that a clause names before the act, as in 县第一小学介绍了…. A 中心校 speaks for the schools of its
    /// township, so that nothing is another unit's in its report.
    pub fn other_unit(&self, before: &str, clause: &str) -> Option<String> {
        static UNIT: OnceLock<Option<Regex>> = OnceLock::new();
        let pattern = r"[\p{Han}]{0,2}[县镇乡市区](?:第[一二三四五六七八九十]|[\p{Han}]{0,4}?)(?:小学|中学|初中|高中|中心校|幼儿园|学校)";
        let unit = UNIT.get_or_init(|| Regex::new(pattern).ok()).as_ref()?;
        let ours = ["我校", "本校", "我园", "我镇", "我们", "全校", "我点"].iter().any(|w| clause.contains(w));
        if ours || self.masthead.contains("中心校") || self.masthead.is_empty() {
            return None;
        }
        let own = |name: &str| {
            let core: String = name.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
            self.masthead.contains(&core) || self.masthead.contains(name)
        };
        unit.find_iter(before).map(|m| m.as_str()).find(|name| !own(name)).map(str::to_string)
    }

    /// Whether the document is about the campaign's own subject: a word of it stands in title, name or opening; or
    /// anywhere, if title, name and opening name no other subject.
    fn speaks_of_own(&self) -> bool {
        let own = |text: &str| self.own.iter().any(|w| text.contains(w.as_str()));
        let other = |text: &str| self.other.iter().any(|w| text.contains(w.as_str()));
        let passages = || self.passages.iter().map(|p| p.text.normal.as_str());
        let head = || [self.title.as_str(), self.file_name.as_str()].into_iter().chain(passages().take(OPENING));
        let mut cells = self.tables.iter().flat_map(|(_, t)| &t.rows).flat_map(|r| &r.cells);
        let anywhere = passages().any(own) || cells.any(|c| own(&normal(&c.text)));
        self.own.is_empty() || head().any(own) || anywhere && !head().any(other)
    }

    /// The year that the document speaks of (signature, title, first full date; else the campaign's) and the month that
    /// its dates mostly fall in.
    fn calendar(&self, year: i32) -> (i32, Option<u32>, Option<NaiveDate>) {
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
        (signed.as_ref().map(|d| d.date.year()).or(titled).or(dated).unwrap_or(year), month, signed.map(|d| d.date))
    }
}

/// A line that may go on in the next one.
fn line_of(block: &Block) -> Option<&str> {
    match &block.content {
        Content::Paragraph(text) if !matches!(block.place, Place::Comment(_)) => Some(text),
        _ => None,
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

/// Title, file name and the last lines: where the author's unit stands.
fn masthead(page: &Page<'_>) -> String {
    let prose = page.passages.iter().rev().filter(|p| p.kind == PassageKind::Prose);
    let last = prose.take(3).map(|p| p.text.normal.as_str()).filter(|t| t.chars().count() <= 36);
    [page.title.as_str(), page.file_name.as_str()].into_iter().chain(last).collect::<Vec<_>>().join("\n")
}

/// The first short lines, up to the first running text.
fn title(passages: &[Passage]) -> String {
    let lines = passages
        .iter()
        .filter(|p| !matches!(p.kind, PassageKind::Caption | PassageKind::Row))
        .take(4)
        .take_while(|p| p.text.normal.chars().count() <= 50 && !p.text.normal.contains('。'))
        .filter(|p| !p.text.normal.ends_with(':') && !p.text.normal.contains(','));
    lines.map(|l| format!("{}\n", l.text.normal)).collect()
}

/// The passages of a table: running text in its cells (many a report is written into the boxes of a form), and each row
/// as a whole.
fn passages_in(place: &Place, table: &Table, engine: &Engine) -> Vec<Passage> {
    let is_prose = |text: &str| text.chars().count() >= CELL_OF_PROSE || text.contains('。');
    let mut passages = Vec::new();
    for row in &table.rows {
        let short = || row.cells.iter().filter(|c| !is_prose(&c.text)).map(|c| c.text.trim()).filter(|t| !t.is_empty());
        let label = short().map(normal).find(|t| t.chars().count() <= 12).unwrap_or_default();
        let at = row_place(place, row.number);
        for cell in row.cells.iter().filter(|c| is_prose(&c.text)) {
            let mut heading = label.clone();
            let lines: Vec<Option<&str>> = cell.text.lines().map(Some).collect();
            for line in rejoined(&lines).into_iter().flatten() {
                let text = engine.text(&line);
                if looks_like_heading(&text.normal, false) {
                    heading = text.normal.clone();
                }
                if !text.normal.is_empty() {
                    passages.push(Passage::new(at.clone(), PassageKind::Prose, text, &heading));
                }
            }
        }
        if short().count() >= 2 {
            let text = engine.text(&short().collect::<Vec<_>>().join(" | "));
            passages.push(Passage::new(at, PassageKind::Row, text, ""));
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
