//! Document + rules → Reading: what a file says of each item, sentence by sentence.
//!
//! A sentence is evidence when an act and its object stand in it (`acts`), when an item's name has a predicate
//! (`names`), or when a table row says so (`tables`). What is asserted of it is decided by cues (`assertion`). What
//! speaks of an item and does not count is kept too, with the words that decided: the clerk sees the nearest sentence.

mod accidents;
mod acts;
mod answers;
mod asks;
mod assertion;
mod belongings;
mod blocks;
mod borders;
mod calls;
mod cells;
mod classes;
mod counts;
mod cues;
mod dates;
mod deed_days;
mod drawn;
pub mod engine;
mod exceptions;
mod excerpts;
mod expression;
mod figures;
mod forms;
mod glyph;
mod learned;
mod lexicon;
mod likeness;
pub mod lines;
mod masthead;
mod matcher;
mod mend;
mod mentions;
mod moment;
mod moods;
mod names;
mod notice;
mod numerals;
mod page;
mod partly;
mod passage;
mod pinyin;
mod program;
mod quantity;
mod reconcile;
mod rejoin;
mod replies;
mod rough;
mod rows;
mod settle;
mod sketch;
mod speech;
mod subject;
mod tables;
mod text;
mod titles;
mod tree;
mod triggers;
mod weights;

use crate::model::document::{Block, Body, Content, Document};
use crate::model::limits;
use crate::model::marks;
use crate::model::place::Place;
use crate::model::privacy;
use crate::model::reading::{Assertion, Evidence, Masthead, Reading, Strength};
use crate::model::recognition::confidence_at;
use crate::model::scrutiny::Told;
use crate::model::source::SourceFile;
use assertion::{Above, Scan};
use engine::Engine;
use matcher::{Finds, Hit, Matcher};
use mentions::{Mentions, mentions};
use moods::SetMood;
use page::Page;
use passage::{Passage, PassageKind, Sentence};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

/// All matchers, in the order in which their hits are kept.
const MATCHERS: &[Matcher] = &[tables::find, answers::find, blocks::find, titles::find, acts::find, names::find];

/// The most pieces of evidence kept of one item and one assertion in one file: enough to check a verdict.
const KEPT: usize = 6;
/// So many of them may be sentences of one paragraph.
const SHOWN: usize = 3;
/// From so many characters outside tables a document is a report, whatever tables it has.
const PROSE: usize = 60;
/// The most dates, and the most counts, of one piece of evidence.
const NUMBERS: usize = 40;
/// The most characters of a quote.
const QUOTE: usize = 240;
/// The most characters of a sentence that is kept to be shown beside a near-copy.
const EXCERPT: usize = 80;

/// Reads a document's evidence. `masked` hides personal data in everything that is kept of it.
pub fn detect(source: SourceFile, mut document: Document, engine: &Engine, masked: bool) -> Reading {
    if masked {
        privacy::cover(&mut document.body);
    }
    let (masthead, signature) = masthead::masthead(&document, engine.year);
    let page = Page::new(&document, &source.path, engine);
    let scans = scans(&page, engine);
    let mut finds = find(&page, &scans, engine);
    belongings::assign(&scans, &mut finds.hits);
    let Mentions { dates, counts, .. } = mentions(&page, &scans, &finds.hits, signature.as_ref(), engine);
    let evidence = evidence(finds.hits, engine);
    let chars = document.body.chars();
    let words: usize =
        page.passages.iter().filter(|p| p.kind == PassageKind::Prose).map(|p| p.text.normal.chars().count()).sum();
    // A few lines without a table are a short report, not a form.
    let prose =
        words >= PROSE || words > 0 && !document.body.blocks.iter().any(|b| matches!(b.content, Content::Table(_)));
    let mut losses = document.body.losses.clone();
    losses.retain(|l| !document.problems.contains(l));
    // Most papers of an inbox, photographs among them, say nothing that is shown in its place.
    let lines = if evidence.is_empty() { Vec::new() } else { lines::lines(&document.body, masked) };
    let text = marks::kept(lines, &evidence, limits::PAGE_DOCUMENT_CHARS);
    let (text_print, excerpts) = excerpts::excerpts(&page, engine);
    let told_year = page.told_year;
    let asked = figures::asked(&page, engine);
    let mut reading = Reading {
        source,
        chars: chars as u32,
        prose,
        masthead,
        signed: signature.map(|s| s.day),
        dates: dates.into_iter().collect(),
        counts: counts.into(),
        evidence: evidence.into(),
        text: text.into(),
        figures: if engine.indicators.is_empty() { finds.figures } else { asked.figures },
        figure_doubts: asked.doubts,
        told_year,
        text_print,
        excerpts: excerpts.into(),
        format: document.format.into(),
        reader: document.reader.into(),
        pictures: document.body.pictures,
        properties: document.body.properties,
        recognised: document.body.recognised,
        problems: document.problems.into_iter().chain(losses).collect(),
        members: Vec::new(),
        thumbnails: Vec::new(),
        scrutiny: None,
    };
    vouch(&mut reading);
    if masked {
        mask(&mut reading);
    }
    // Only now: half a number would not be known for one.
    reading.evidence.open_mut().iter_mut().for_each(|e| shorten(&mut e.quote, QUOTE));
    reading.excerpts.open_mut().iter_mut().for_each(|e| shorten(&mut e.text, EXCERPT));
    reading
}

/// Says of each piece of evidence how it was read. A deed whose words are doubtful is a clue that a person checks: one lost
/// 未 turns it into its opposite.
fn vouch(reading: &mut Reading) {
    for evidence in reading.evidence.open_mut() {
        evidence.ocr = confidence_at(&reading.recognised, &evidence.place);
        if evidence.is_doubtful() {
            evidence.strength = Strength::Weak;
        }
    }
}

fn shorten(text: &mut String, most: usize) {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
    }
}

/// Masks names, and whatever numbers a text could hide until it was put together.
fn mask(reading: &mut Reading) {
    let Masthead { titles, signatures, units } = &mut reading.masthead;
    let lines = titles.iter_mut().chain(signatures).chain(units).map(|line| &mut line.text);
    let said =
        reading.evidence.open_mut().iter_mut().flat_map(|e| [Some(&mut e.quote), e.cue.as_mut(), e.unit.as_mut()]);
    let excerpts = reading.excerpts.open_mut().iter_mut().map(|e| &mut e.text);
    lines.chain(said.flatten()).chain(excerpts).for_each(privacy::mask_in);
}

/// Every hit of every rule, a piece of evidence each: for those who look at rules, not at schools.
pub fn every_hit(document: &Document, path: &str, engine: &Engine, masked: bool) -> Vec<Evidence> {
    let page = Page::new(document, path, engine);
    let hits = find(&page, &scans(&page, engine), engine).hits;
    let shown = |hit| {
        let mut piece = piece(hit, engine);
        if masked {
            [Some(&mut piece.quote), piece.cue.as_mut(), piece.unit.as_mut()]
                .into_iter()
                .flatten()
                .for_each(privacy::mask_in);
        }
        shorten(&mut piece.quote, QUOTE);
        piece
    };
    hits.into_iter().map(shown).collect()
}

/// The sentences of running text with the headings above them: for those who learn from them.
pub fn told(document: &Document, path: &str, engine: &Engine, masked: bool) -> Vec<Told> {
    let page = Page::new(document, path, engine);
    let prose = page.passages.iter().filter(|p| p.kind == PassageKind::Prose);
    let sentence = |p: &Passage, s: &Sentence| Told {
        heading: p.heading.clone(),
        sentence: p.text.normal[s.range.clone()].to_string(),
    };
    let mut told: Vec<Told> = prose.flat_map(|p| p.sentences.iter().map(move |s| sentence(p, s))).collect();
    if masked {
        told.iter_mut().flat_map(|t| [&mut t.heading, &mut t.sentence]).for_each(privacy::mask_in);
    }
    told
}

/// What a text of a few paragraphs says of one item: the word that `shouqi check` compares with an example's label.
pub fn label_of(text: &str, item: &str, engine: &Engine) -> &'static str {
    let evidence = evidence(find_in_example(text, engine), engine);
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
    find(&page, &scans(&page, engine), engine).hits
}

/// What a document says of each item that it speaks of: 已做 outweighs 不承担, 否定 and 计划, in this order.
pub fn labels(evidence: &[Evidence]) -> BTreeMap<String, Assertion> {
    let mut labels: BTreeMap<String, Assertion> = BTreeMap::new();
    for e in evidence.iter().filter(|e| e.assertion.counts()) {
        let label = labels.entry(e.item.to_string()).or_insert(e.assertion);
        *label = (*label).min(e.assertion);
    }
    labels
}

/// Every passage with its words, its cues and the mood that headings and title set.
fn scans<'p>(page: &'p Page<'_>, engine: &'p Engine) -> Vec<Scan<'p>> {
    let mut section = Section::default();
    let mut above: Option<(&Passage, Rc<Above<'p>>)> = None;
    let scan = |(index, passage): (usize, &'p Passage)| {
        let mood = section.mood_of(passage, engine).or_else(|| page.mood.clone());
        // Many passages stand under one heading.
        let same =
            above.take().filter(|(last, _)| last.lead == 0 && passage.lead == 0 && last.heading == passage.heading);
        let said = same.map_or_else(|| Rc::new(Above::of(passage, engine)), |(_, said)| said);
        above = Some((passage, said.clone()));
        Scan::new(index, passage, said, engine, mood)
    };
    page.passages.iter().enumerate().map(scan).collect()
}

fn find(page: &Page<'_>, scans: &[Scan<'_>], engine: &Engine) -> Finds {
    let mut all = Finds::default();
    for matcher in MATCHERS {
        let mut found = matcher(page, scans, engine);
        // Where a table's own columns or a form's answer have spoken of an item, the words of the line add nothing.
        found.hits.retain(|h| !all.hits.iter().any(|t| t.whole && t.item == h.item && t.place == h.place));
        all.hits.extend(found.hits);
        all.figures.extend(found.figures);
    }
    reconcile::reconcile(&mut all.hits, &|passage| page.passages.get(passage).map(|p| p.heading.as_str()));
    let learned = learned::find(page, scans, &all.hits, engine);
    all.hits.extend(learned);
    all
}

/// The section that a passage stands in, as far as its heading sets a mood: 下一步打算 is true of all points below it.
#[derive(Default)]
struct Section {
    mood: Option<SetMood>,
    depth: u8,
    /// It was set by the first words of a paragraph, 一、听取汇报。各校…: only points with numbers below it stand in it.
    led: bool,
    /// The heading above the passage before, and the mood that it sets of its own.
    heading: String,
    own: Option<SetMood>,
}

impl Section {
    fn mood_of(&mut self, passage: &Passage, engine: &Engine) -> Option<SetMood> {
        if self.heading != passage.heading {
            (self.own, self.heading) = (engine.moods.of_heading(&passage.heading), passage.heading.clone());
        }
        let own = self.own.clone();
        let depth = passage::depth(&passage.text.normal);
        let is_heading = passage.kind == PassageKind::Heading;
        if is_heading && (own.is_some() || depth.is_none_or(|d| d <= self.depth)) {
            (self.mood, self.depth, self.led) = (own.clone(), depth.unwrap_or(0), false);
        } else if (passage.lead > 0 || self.led) && depth.is_some_and(|d| d <= self.depth || own.is_some()) {
            (self.mood, self.depth, self.led) = (own.clone(), depth.unwrap_or(0), true);
        }
        let is_below = !self.led || depth.is_some_and(|d| d > self.depth);
        own.or_else(|| self.mood.clone().filter(|_| is_below))
    }
}

/// Hits → evidence: of each item and assertion the first few, the strong ones first.
fn evidence(mut hits: Vec<Hit>, engine: &Engine) -> Vec<Evidence> {
    // The sentence that says when, or how many, proves more than one that does not.
    hits.sort_by_key(|h| (h.item, h.assertion, Reverse(h.strength), h.dates.is_empty() && h.counts.is_empty()));
    let mut kept: Vec<Evidence> = Vec::new();
    let mut sentences: Vec<usize> = Vec::new();
    let mut group = (usize::MAX, Assertion::Done, 0);
    for hit in hits {
        let same = group.0 == hit.item && group.1 == hit.assertion;
        group = (hit.item, hit.assertion, if same { group.2 + 1 } else { 0 });
        let item = &engine.items[hit.item].id;
        let is_twin = |e: &Evidence| {
            e.item == *item && e.place == hit.place && e.assertion == hit.assertion && e.unit == hit.unit
        };
        let twin = kept.iter().position(is_twin);
        // A table of many schools keeps a row for each.
        if twin.is_none() && hit.unit.is_none() && group.2 >= KEPT {
            continue;
        }
        let sentence = hit.sentence;
        let is_told = kept.iter().zip(&sentences).any(|(e, s)| is_twin(e) && *s == sentence);
        let is_shown = twin.is_none() || group.2 < SHOWN && hit.unit.is_none() && !is_told;
        let mut more = piece(hit, engine);
        // The next sentence of a paragraph tells more of the same deed: its numbers stand with the first.
        if let Some(told) = twin.and_then(|at| kept.get_mut(at)) {
            add_new(&mut told.dates, more.dates.clone());
            add_new(&mut told.counts, std::mem::take(&mut more.counts));
            add_new(&mut told.amounts, std::mem::take(&mut more.amounts));
            told.date = told.dates.first().copied();
        }
        if is_shown {
            sentences.push(sentence);
            kept.push(more);
        }
    }
    kept
}

fn piece(mut hit: Hit, engine: &Engine) -> Evidence {
    hit.dates.truncate(NUMBERS);
    hit.counts.truncate(NUMBERS);
    let (counts, amounts) = hit.counts.into_iter().partition(|c| counts::is_reach(&c.unit));
    Evidence {
        item: (&engine.items[hit.item].id).into(),
        assertion: hit.assertion,
        strength: hit.strength,
        place: hit.place,
        quote: hit.quote,
        rule: hit.rule.into(),
        cue: hit.cue,
        date: hit.dates.first().copied(),
        dates: hit.dates,
        counts,
        amounts,
        unit: hit.unit,
        ocr: None,
    }
}

/// Adds what is not there yet, while there is room.
fn add_new<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if all.len() < NUMBERS && !all.contains(&one) {
            all.push(one);
        }
    }
}
