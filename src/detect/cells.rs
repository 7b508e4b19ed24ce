//! What the cells of a row say of the item that the row is about.

use crate::detect::counts::counts_in_cell;
use crate::detect::dates::{dates, dates_in_cell};
use crate::detect::engine::Engine;
use crate::detect::page::Page;
use crate::detect::replies::{answer, said_in};
use crate::detect::rows::is_prose;
use crate::model::document::{Cell, Row, Table};
use crate::model::reading::{Assertion, Count};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What a row's cells say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// What is asserted.
    pub assertion: Assertion,
    /// The words that decided, where something spoke against a deed.
    pub cue: Option<String>,
    /// Whether there is more than a tick.
    pub substance: bool,
    /// Dates.
    pub dates: Vec<NaiveDate>,
    /// Counts.
    pub counts: Vec<Count>,
    /// Numbers under the heads of their columns.
    pub figures: Vec<(String, f64)>,
}

/// How the parts of a school are called that have a column each.
const PARTS: [&str; 8] = ["小学部", "初中部", "高中部", "中学部", "幼儿部", "校区", "分校", "教学点"];

/// How many grid columns a table has.
pub fn width(table: &Table) -> u32 {
    table.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns.max(1)).max().unwrap_or(0)
}

/// Whether a row only names columns: no numbers and no dates, short words.
pub fn is_head(row: &Row, engine: &Engine) -> bool {
    row.cells.iter().all(|c| {
        c.text.chars().count() <= 16
            && !c.text.contains(|c: char| c.is_ascii_digit())
            && answer(&c.text, engine).is_none()
    })
}

/// Column → head, the rows of a head joined; a title that covers the whole of a table of so many columns is none.
pub fn heads(rows: &[Row], whole: u32) -> BTreeMap<u32, String> {
    let mut heads: BTreeMap<u32, String> = BTreeMap::new();
    for cell in rows.iter().flat_map(|r| &r.cells) {
        let width = cell.columns.max(1);
        if width >= whole && whole > 1 {
            continue;
        }
        for column in cell.column..cell.column.saturating_add(width.min(256)) {
            heads.entry(column).or_default().push_str(&cell.text);
        }
    }
    heads
}

/// Judges the cells that speak of one item. `None` where they say nothing.
pub fn judge_cells(cells: &[&Cell], heads: &BTreeMap<u32, String>, page: &Page<'_>, engine: &Engine) -> Option<Judged> {
    let mut judged = Judged {
        assertion: Assertion::Background,
        cue: None,
        substance: false,
        dates: Vec::new(),
        counts: Vec::new(),
        figures: Vec::new(),
    };
    let mut best: Option<(Assertion, Option<String>)> = None;
    let mut said = |assertion: Assertion, cue: Option<String>| {
        if best.as_ref().is_none_or(|(b, _)| rank(assertion) < rank(*b)) {
            best = Some((assertion, cue));
        }
    };
    let mut zeros = false;
    // 应送2次 | 实送0次: what was done decides.
    let head_of = |cell: &Cell| heads.get(&cell.column).map_or("", String::as_str);
    let is_number = |cell: &Cell| cell.text.parse::<f64>().is_ok();
    let counted = cells.iter().any(|c| head_of(c).starts_with("实") && is_number(c));
    let due = |head: &str| counted && ["应", "计划", "任务", "目标"].iter().any(|w| head.starts_with(w));
    for cell in cells {
        let text = &cell.text;
        let head = heads.get(&cell.column).map_or("", String::as_str);
        if text.is_empty() || head.contains("序号") || is_person(head) || engine.notice.holds(text) {
            continue;
        }
        // Running text in a cell is read like a paragraph, sentence by sentence; but it may begin with an answer.
        if is_prose(text) {
            if let Some((assertion, cue)) = first_words(text).and_then(|first| said_in(first, engine)) {
                said(assertion, Some(cue).filter(|_| assertion != Assertion::Done));
                judged.substance = true;
            }
            continue;
        }
        // 图片资料 | 有, 备注 | 无: that speaks of something else.
        let answers = answer(text, engine);
        let has = answers == Some(Assertion::Done) || engine.answers().nothing.contains(text);
        if has && engine.answers().aside.iter().any(|w| head.contains(w.as_str())) {
            continue;
        }
        // √ under 未完成 says what its head says; × under it says nothing.
        if let (Some(mark), Some(meant)) = (answers, answer(head, engine))
            && !matches!(meant, Assertion::Done | Assertion::Background)
        {
            if mark == Assertion::Done {
                said(meant, Some(head.to_string()));
            }
            continue;
        }
        if let Ok(number) = text.parse::<f64>() {
            let dated = head.contains("时间") || head.contains("日期");
            if dated || (head.is_empty() && text.contains('.')) {
                judged.dates.extend(days(text, head, page));
            } else {
                zeros |= number == 0.0;
                judged.figures.push((head.to_string(), number));
                judged.counts.extend(counts_in_cell(text, head));
            }
            if number > 0.0 && !due(head) {
                judged.substance = true;
                said(Assertion::Done, None);
            }
            continue;
        }
        judged.dates.extend(days(text, head, page));
        judged.counts.extend(counts_in_cell(text, head));
        if let Some((assertion, cue)) = said_in(text, engine) {
            said(assertion, Some(cue).filter(|_| assertion != Assertion::Done));
            judged.substance |= assertion == Assertion::Done && text.chars().count() > 4;
        } else if text.chars().filter(|c| c.is_alphanumeric()).count() >= 2 && !head.contains("原因") {
            judged.substance = true;
            said(Assertion::Done, None);
        }
    }
    // √ | × | √: of several schools in a row one is enough.
    let ticks = |wanted: Assertion| {
        let plain = cells.iter().filter(|c| heads.get(&c.column).is_none_or(|h| answer(h, engine).is_none()));
        plain.filter(|c| answer(&c.text, engine) == Some(wanted)).count()
    };
    if cells.len() >= 2 && ticks(Assertion::Done) >= 1 && ticks(Assertion::NotDone) >= 1 {
        best = Some((Assertion::Done, None));
    }
    // 小学部:10月14日 | 初中部:未做: what one part of the school did was done.
    let parts: Vec<&&Cell> = cells.iter().filter(|c| PARTS.iter().any(|w| head_of(c).ends_with(w))).collect();
    let tells = |c: &&&Cell| match said_in(&c.text, engine) {
        Some((assertion, _)) => assertion == Assertion::Done,
        None => c.text.chars().filter(|c| c.is_alphanumeric()).count() >= 2,
    };
    if parts.len() >= 2 && parts.iter().any(tells) {
        best = Some((Assertion::Done, None));
    }
    if best.is_none() && zeros {
        best = Some((Assertion::NotDone, Some("0".to_string())));
    }
    let (assertion, cue) = best?;
    judged.dates.sort();
    judged.dates.dedup();
    (judged.assertion, judged.cue) = (assertion, cue);
    Some(judged)
}

/// Whether a column names who is in charge: who is to do it says nothing of what became of it.
fn is_person(head: &str) -> bool {
    ["责任人", "负责人", "联系人", "填报人", "填表人"].iter().any(|w| head.contains(w))
}

/// The first sentence of running text, where it is so short that it may be an answer: 未开展。送教对象1人住院.
fn first_words(text: &str) -> Option<&str> {
    /// The most characters of such an answer.
    const ANSWER: usize = 6;
    text.split_once('。').map(|(first, _)| first).filter(|first| first.chars().count() <= ANSWER)
}

/// In one row a denial outweighs a plan, and both outweigh a number or a date beside them.
fn rank(assertion: Assertion) -> u8 {
    match assertion {
        Assertion::NotApplicable => 0,
        Assertion::NotDone => 1,
        Assertion::Planned => 2,
        Assertion::Done => 3,
        _ => 4,
    }
}

/// The days in a cell; under a head of dates they may be written loosely.
pub fn days(text: &str, head: &str, page: &Page<'_>) -> Vec<NaiveDate> {
    let dated = ["时间", "日期"].iter().any(|w| head.contains(w));
    let found = if dated { dates_in_cell(text, page.calendar()) } else { dates(text, page.calendar()) };
    // A spreadsheet's date comes as 2020-10-14 00:00.
    found.into_iter().map(|d| d.date).collect()
}
