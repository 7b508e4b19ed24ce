//! The dates and counts of a document as a whole: the days of its deeds, done or planned, and all people, households and
//! copies that it counts. What is a date and no deed's day stands apart: the signature, the day that the campaign is
//! named after, the day until which papers are handed in, the date of the notice, somebody else's meeting.

use crate::detect::assertion::Scan;
use crate::detect::cells::{Grid, days, heads};
use crate::detect::counts::{counts, counts_in_cell, is_reach};
use crate::detect::dates::{DateHit, dates};
use crate::detect::masthead::Signature;
use crate::detect::matcher::Hit;
use crate::detect::page::Page;
use crate::detect::passage::{PassageKind, Sentence};
use crate::model::document::Table;
use crate::model::reading::{Assertion, Count};
use chrono::{Datelike, NaiveDate};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::OnceLock;

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
pub fn mentions(page: &Page<'_>, scans: &[Scan<'_>], hits: &[Hit], signature: Option<&Signature>) -> Mentions {
    let mut all = Mentions::default();
    for scan in scans.iter().filter(|s| s.passage.kind != PassageKind::Row) {
        let passage = scan.passage;
        let signed = signature.filter(|s| s.place.as_ref() == Some(&passage.place)).map(|s| s.day);
        let told: Vec<&Hit> =
            hits.iter().filter(|h| h.spot.as_ref().is_some_and(|s| s.passage == scan.index)).collect();
        let found = dates(&passage.text.normal, page.calendar());
        for sentence in &passage.sentences {
            let inside = |h: &&DateHit| sentence.range.contains(&h.start);
            for hit in found.iter().filter(inside) {
                if signed != Some(hit.date) && is_of_deed(scan, sentence, hit, &told) {
                    all.note_day(hit.date, page);
                }
            }
        }
        counts(&passage.text.normal).into_iter().for_each(|c| all.note(c));
    }
    for (_, table) in page.tables.iter().filter(|(place, t)| !t.hidden && !page.is_of_past_year(place)) {
        all.read_table(page, table);
    }
    all
}

impl Mentions {
    fn read_table(&mut self, page: &Page<'_>, table: &Table) {
        let grid = Grid::new(table);
        let first = table.rows.iter().position(|r| !grid.is_head(r)).unwrap_or(0);
        let heads = heads(&table.rows[..first], &grid);
        for row in &table.rows[first..] {
            // 时间 | 10月12日 | 参加人数 | 26: a form has its heads at the left.
            let mut label = String::new();
            for cell in &row.cells {
                let text = grid.text(cell);
                let above = heads.get(&cell.column).map_or("", String::as_str);
                let head = if above.is_empty() { label.as_str() } else { above };
                let filled =
                    ["填表", "填报", "上报", "报送", "制表"].iter().any(|w| text.contains(w) || head.contains(w));
                // Running text in a cell is a passage of its own.
                if !text.contains('。') && !head.contains("序号") {
                    days(&text, head, page).into_iter().filter(|_| !filled).for_each(|d| self.note_day(d, page));
                    counts_in_cell(&text, head).into_iter().for_each(|c| self.note(c));
                }
                label = text;
            }
        }
    }

    fn note_day(&mut self, day: NaiveDate, page: &Page<'_>) {
        // What happened in years before is the background.
        if day.year() >= page.year && self.dates.len() < KEPT {
            self.dates.insert(day);
        }
    }

    fn note(&mut self, count: Count) {
        let reach = is_reach(&count.unit) && self.counts.len() < KEPT;
        if reach && self.known.insert((count.n, count.unit.clone())) {
            self.counts.push(count);
        }
    }
}

/// Whether a date is the day of something that the unit did, plans or left undone.
fn is_of_deed(scan: &Scan<'_>, sentence: &Sentence, hit: &DateHit, told: &[&Hit]) -> bool {
    let text = &scan.passage.text.normal;
    let clause = sentence.clauses.iter().find(|c| c.contains(&hit.start)).unwrap_or(&sentence.range);
    let (Some(before), Some(after)) = (text.get(clause.start..hit.start), text.get(hit.end..sentence.range.end)) else {
        return false;
    };
    // 10月10日,…参加县教育局召开的会议: every act of its sentence is somebody else's.
    let within: Vec<&&Hit> =
        told.iter().filter(|h| h.spot.as_ref().is_some_and(|s| sentence.range.contains(&s.at))).collect();
    let elsewhere = !within.is_empty() && within.iter().all(|h| is_elsewhere(h.assertion));
    !elsewhere && !matches(&NOT_AFTER, NOT_AFTER_WORDS, before) && !matches(&NOT_BEFORE, NOT_BEFORE_WORDS, after)
}

/// Whether an assertion is about something else than the unit's own doing.
fn is_elsewhere(assertion: Assertion) -> bool {
    matches!(assertion, Assertion::OtherUnit | Assertion::Quoted | Assertion::PastYear)
}

static NOT_AFTER: OnceLock<Option<Regex>> = OnceLock::new();
/// What before a date makes it no deed's: 根据县局10月9日通知, 出生于.
const NOT_AFTER_WORDS: &str = r"(?:根据|按照|依据|依照|遵照|收到|接到|印发|下发|转发|落实)[^,。;]{0,12}$|(?:生于|出生|成立于|始建于|创办于|局|政府|县委|党委|上级)$|(?:填报|填表|上报|报送|制表|报告)(?:日期|时间):?$";
static NOT_BEFORE: OnceLock<Option<Regex>> = OnceLock::new();
/// What after a date makes it no deed's: 是第七个全国扶贫日, 来临之际, 前上报总结, 印发的通知, 以来.
const NOT_BEFORE_WORDS: &str = concat!(
    r"^[^,。;]{0,4}(?:,)?(?:是|为|系|乃|正值|恰逢|迎来|即)[^,。;]{0,18}(?:日|节|周年)",
    r"|^[^,。;]{0,16}(?:来临|到来|之际|前夕)",
    r"|^[^。;]{0,20}(?:参加|赴|出席|列席)[^。;]{0,10}(?:县|市|镇上|乡|上级|局|省|区)[^。;]{0,16}(?:会|培训)",
    r"|^(?:以来|起至今|至今|出生|生)",
    r"|^日?(?:之|以)?前[^。;]{0,16}(?:上报|报送|报至|报到|报县|报局|报教育|提交|上交|交回|交到|交至|呈报|送交|报)[^。;]{0,10}(?:材料|总结|小结|图片|图文|资料|报告|汇报|信息|中心校|教育局|县局)",
    r"|^[^,。;]{0,8}(?:印发|下发|发布|出台|发出|实施|施行|颁布|修订)",
    r"|^[^,。;]{0,10}(?:的|号)?(?:通知|文件)(?:要求|精神|下发|规定)",
);

fn matches(cell: &'static OnceLock<Option<Regex>>, pattern: &str, text: &str) -> bool {
    cell.get_or_init(|| Regex::new(pattern).ok()).as_ref().is_some_and(|r| r.is_match(text))
}
