//! Document + rules → Reading: what a file says of each item, sentence by sentence.
//!
//! A sentence is evidence when an act and its object stand in it (`acts`), when an item's name has a predicate
//! (`names`), or when a table row says so (`tables`). What is asserted of it is decided by cues (`assertion`). What
//! speaks of an item and does not count is kept too, with the words that decided: the clerk sees the nearest sentence.

mod acts;
mod assertion;
mod cells;
mod counts;
mod dates;
pub mod engine;
mod glyph;
mod likeness;
mod masthead;
mod matcher;
mod mend;
mod moment;
mod names;
mod page;
mod passage;
mod pinyin;
mod rejoin;
mod settle;
mod sketch;
mod tables;
mod text;

use crate::model::document::{Block, Body, Content, Document};
use crate::model::place::Place;
use crate::model::privacy;
use crate::model::reading::{Assertion, Evidence, Reading};
use crate::model::rules::Category;
use crate::model::source::SourceFile;
use assertion::Scan;
use engine::Engine;
use matcher::{Finds, Hit, Matcher};
use page::Page;
use passage::PassageKind;
use std::collections::BTreeMap;

/// All matchers, in the order in which their hits are kept.
const MATCHERS: &[Matcher] = &[tables::find, acts::find, names::find];

/// The most pieces of evidence kept of one item and one assertion in one file: enough to check a verdict.
const KEPT: usize = 4;
/// From so many characters outside tables a document is a report, whatever tables it has.
const PROSE: usize = 60;
/// The most characters of a quote.
const QUOTE: usize = 240;

/// Reads a document's evidence. `masked` hides personal data in quotes.
pub fn detect(source: SourceFile, document: Document, engine: &Engine, masked: bool) -> Reading {
    let (masthead, signed) = masthead::masthead(&document, engine.year);
    let page = Page::new(&document, &source.path, engine);
    let finds = find(&page, engine);
    let evidence = evidence(finds.hits, engine, masked);
    let chars = document.body.plain_text().chars().filter(|c| !c.is_whitespace()).count();
    let words: usize =
        page.passages.iter().filter(|p| p.kind == PassageKind::Prose).map(|p| p.text.normal.chars().count()).sum();
    // A few lines without a table are a short report, not a form.
    let prose = words >= PROSE || words > 0 && page.tables.is_empty();
    let mut losses = document.body.losses.clone();
    losses.retain(|l| !document.problems.contains(l));
    let text_print = sketch::sketch(&document.body);
    Reading {
        source,
        chars: chars as u32,
        prose,
        masthead,
        signed,
        evidence,
        figures: finds.figures,
        text_print,
        format: document.format,
        reader: document.reader,
        pictures: document.body.pictures,
        properties: document.body.properties,
        problems: document.problems.into_iter().chain(losses).collect(),
        members: Vec::new(),
    }
}

/// What a text of a few paragraphs says of one item: the word that `shouqi check` compares with an example's label.
pub fn label_of(text: &str, item: &str, engine: &Engine) -> &'static str {
    let evidence = evidence(find_in_example(text, engine), engine, false);
    labels(&evidence).get(item).map_or("absent", |a| a.word())
}

/// Whether one rule finds what it says in a text: a deed, or for an exempting rule that there is no such duty.
pub fn rule_matches(text: &str, rule: &str, engine: &Engine) -> bool {
    find_in_example(text, engine)
        .iter()
        .any(|hit| hit.rule == rule && matches!(hit.assertion, Assertion::Done | Assertion::NotApplicable))
}

fn find_in_example(text: &str, engine: &Engine) -> Vec<Hit> {
    let blocks = text.lines().enumerate().map(|(n, line)| Block {
        place: Place::Paragraph(n as u32 + 1),
        content: Content::Paragraph(line.to_string()),
    });
    let document = Document { body: Body { blocks: blocks.collect(), ..Body::default() }, ..Document::default() };
    let page = Page::of_example(&document, engine);
    find(&page, engine).hits
}

/// What a document says of each item that it speaks of: 已做 outweighs 不承担, 否定 and 计划, in this order.
pub fn labels(evidence: &[Evidence]) -> BTreeMap<String, Assertion> {
    let mut labels: BTreeMap<String, Assertion> = BTreeMap::new();
    for e in evidence.iter().filter(|e| e.assertion.counts()) {
        let label = labels.entry(e.item.clone()).or_insert(e.assertion);
        *label = (*label).min(e.assertion);
    }
    labels
}

fn find(page: &Page<'_>, engine: &Engine) -> Finds {
    let document_mood = engine
        .title_mood(&page.title)
        .or_else(|| if page.title.is_empty() { engine.title_mood(&page.file_name) } else { None });
    let mut section_mood: Option<(Category, String)> = None;
    let scans: Vec<Scan<'_>> = page
        .passages
        .iter()
        .map(|passage| {
            if passage.kind == PassageKind::Heading {
                section_mood = engine.heading_mood(&passage.text.normal);
            }
            let own = engine.heading_mood(&passage.heading);
            Scan::new(passage, engine, own.or_else(|| section_mood.clone()).or_else(|| document_mood.clone()))
        })
        .collect();
    let mut all = Finds::default();
    for matcher in MATCHERS {
        let mut found = matcher(page, &scans, engine);
        // Where a table's own columns have spoken of an item, the words of the row add nothing.
        found.hits.retain(|h| {
            !all.hits.iter().any(|t| t.item == h.item && t.place == h.place && h.unit.is_none() && is_row(&t.place))
        });
        all.hits.extend(found.hits);
        all.figures.extend(found.figures);
    }
    all
}

fn is_row(place: &Place) -> bool {
    matches!(place, Place::TableRow(..) | Place::SheetRow(..))
}

/// Hits → evidence: of each item and assertion the first few, the strong ones first.
fn evidence(mut hits: Vec<Hit>, engine: &Engine, masked: bool) -> Vec<Evidence> {
    hits.sort_by(|a, b| (a.item, a.assertion, b.strength).cmp(&(b.item, b.assertion, a.strength)));
    let mut kept: Vec<Evidence> = Vec::new();
    let mut group = (usize::MAX, Assertion::Done, 0);
    for hit in hits {
        let same = group.0 == hit.item && group.1 == hit.assertion;
        group = (hit.item, hit.assertion, if same { group.2 + 1 } else { 0 });
        let item = &engine.items[hit.item].id;
        let twin = kept
            .iter()
            .any(|e| e.item == *item && e.place == hit.place && e.assertion == hit.assertion && e.unit == hit.unit);
        // A table of many schools keeps a row for each.
        if twin || hit.unit.is_none() && group.2 >= KEPT {
            continue;
        }
        let quote: String = hit.quote.chars().take(QUOTE).collect();
        kept.push(Evidence {
            item: item.clone(),
            assertion: hit.assertion,
            strength: hit.strength,
            place: hit.place,
            quote: if masked { privacy::mask(&quote).into_owned() } else { quote },
            rule: hit.rule,
            cue: hit.cue,
            date: hit.dates.first().copied(),
            dates: hit.dates,
            counts: hit.counts,
            unit: hit.unit,
        });
    }
    kept
}
