//! The dates and counts of a document as a whole: the days of its deeds, done or planned, and all people, households and
//! copies that it counts. What is a date and no deed's day stands apart: the signature, the day that the campaign is
//! named after, the day until which papers are handed in, the date of the notice, somebody else's meeting.

use crate::detect::assertion::Scan;
use crate::detect::cells::{days, heads, is_head, width};
use crate::detect::counts::{counts_in_cell, is_reach};
use crate::detect::engine::Engine;
use crate::detect::masthead::Signature;
use crate::detect::matcher::{Hit, Spot};
use crate::detect::page::Page;
use crate::detect::passage::{PassageKind, Sentence};
use crate::model::document::Table;
use crate::model::reading::{Assertion, Count};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// So many dates and so many counts are kept of one document.
const KEPT: usize = 200;

/// What a document mentions.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Days of deeds.
    pub dates: BTreeSet<NaiveDate>,
    /// Counts, each number with its unit once.
    pub counts: Vec<Count>,
    known: BTreeSet<(u64, String)>,
}

/// Collects what a page mentions.
pub fn mentions(
    page: &Page<'_>,
    scans: &[Scan<'_>],
    hits: &[Hit],
    signature: Option<&Signature>,
    engine: &Engine,
) -> Mentions {
    let mut all = Mentions::default();
    let foreign = page.foreign.is_some();
    // What a report tells of another campaign is not its own; a report of another campaign tells of nothing else.
    let elsewhere = |a: Assertion| a == Assertion::OtherUnit || a == Assertion::OtherSubject && !foreign;
    let mut told: Vec<(Spot, bool)> = hits.iter().filter_map(|h| Some((h.spot?, elsewhere(h.assertion)))).collect();
    told.sort_unstable();
    for scan in scans.iter().filter(|s| s.passage.kind != PassageKind::Row) {
        let passage = scan.passage;
        let signed = signature.filter(|s| s.place.as_ref() == Some(&passage.place)).map(|s| s.day);
        let mut days = passage.days.iter().peekable();
        for sentence in &passage.sentences {
            let elsewhere =
                days.peek().is_some_and(|d| d.start < sentence.range.end) && is_elsewhere(&told, scan.index, sentence);
            while let Some(day) = days.next_if(|d| d.start < sentence.range.end) {
                if signed != Some(day.date) && !elsewhere {
                    all.note_day(day.date, page);
                }
            }
        }
        scan.counts().iter().for_each(|(_, c)| all.note(c));
    }
    for (_, table) in page.tables.iter().filter(|(place, t)| !t.hidden && !page.is_of_past_year(place)) {
        all.read_table(page, table, engine);
    }
    all
}

impl Mentions {
    fn read_table(&mut self, page: &Page<'_>, table: &Table, engine: &Engine) {
        let first = table.rows.iter().position(|r| !is_head(r, engine)).unwrap_or(0);
        let heads = heads(&table.rows[..first], width(table));
        for row in &table.rows[first..] {
            // 时间 | 10月12日 | 参加人数 | 26: a form has its heads at the left.
            let mut label = "";
            for cell in &row.cells {
                let text = cell.text.as_str();
                let above = heads.get(&cell.column).map_or("", String::as_str);
                let head = if above.is_empty() { label } else { above };
                let filled =
                    ["填表", "填报", "上报", "报送", "制表"].iter().any(|w| text.contains(w) || head.contains(w));
                // Running text in a cell is a passage of its own.
                if !text.contains('。') && !head.contains("序号") {
                    days(text, head, page).into_iter().filter(|_| !filled).for_each(|d| self.note_day(d, page));
                    counts_in_cell(text, head).iter().for_each(|c| self.note(c));
                }
                label = text;
            }
        }
    }

    fn note_day(&mut self, day: NaiveDate, page: &Page<'_>) {
        // What happened in years before is the background.
        if !page.is_past(day) && self.dates.len() < KEPT {
            self.dates.insert(day);
        }
    }

    fn note(&mut self, count: &Count) {
        let reach = is_reach(&count.unit) && self.counts.len() < KEPT;
        if reach && self.known.insert((count.n, count.unit.clone())) {
            self.counts.push(count.clone());
        }
    }
}

/// Whether all that a sentence asserts is about something else than the unit's own doing.
fn is_elsewhere(told: &[(Spot, bool)], passage: usize, sentence: &Sentence) -> bool {
    let before = |at: usize| told.partition_point(|(spot, _)| *spot < Spot { passage, at });
    let within = told.get(before(sentence.range.start)..before(sentence.range.end)).unwrap_or_default();
    !within.is_empty() && within.iter().all(|(_, elsewhere)| *elsewhere)
}
