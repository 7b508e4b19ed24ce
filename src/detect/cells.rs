//! What the cells of a row say of the item that the row is about.

use crate::detect::counts::counts;
use crate::detect::dates::{Calendar, dates};
use crate::detect::engine::Engine;
use crate::detect::page::Page;
use crate::model::document::{Cell, Row, Table};
use crate::model::reading::{Assertion, Count};
use crate::model::rules::Category;
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

/// A table's cells, normalised once.
pub struct Grid<'e> {
    width: u32,
    engine: &'e Engine,
}

impl<'e> Grid<'e> {
    /// Measures a table.
    pub fn new(table: &Table, engine: &'e Engine) -> Self {
        let width = table.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns.max(1)).max().unwrap_or(0);
        Grid { width, engine }
    }

    /// A cell's text, normalised and mended.
    pub fn text(&self, cell: &Cell) -> String {
        self.engine.text(&cell.text).normal
    }

    /// Whether a row only names columns: no numbers and no dates, short words.
    pub fn is_head(&self, row: &Row) -> bool {
        row.cells.iter().all(|c| {
            let text = self.text(c);
            text.chars().count() <= 16
                && !text.contains(|c: char| c.is_ascii_digit())
                && !is_tick(&text)
                && verdict_word(&text).is_none()
        })
    }
}

/// Column → head, the rows of a head joined; a title that covers the whole table is none.
pub fn heads(rows: &[Row], grid: &Grid<'_>) -> BTreeMap<u32, String> {
    let mut heads: BTreeMap<u32, String> = BTreeMap::new();
    for cell in rows.iter().flat_map(|r| &r.cells) {
        let width = cell.columns.max(1);
        if width >= grid.width && grid.width > 1 {
            continue;
        }
        for column in cell.column..cell.column.saturating_add(width.min(256)) {
            heads.entry(column).or_default().push_str(&grid.text(cell));
        }
    }
    heads
}

/// Judges the cells that speak of one item. `None` where they say nothing.
pub fn judge_cells(
    cells: &[&Cell],
    heads: &BTreeMap<u32, String>,
    grid: &Grid<'_>,
    page: &Page<'_>,
    engine: &Engine,
) -> Option<Judged> {
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
    for cell in cells {
        let text = grid.text(cell);
        let head = heads.get(&cell.column).map_or("", String::as_str);
        // Running text in a cell is read like a paragraph, sentence by sentence.
        if text.is_empty() || head.contains("序号") || text.chars().count() >= 40 || text.contains('。') {
            continue;
        }
        if let Ok(number) = text.parse::<f64>() {
            let dated = head.contains("时间") || head.contains("日期");
            if dated || (head.is_empty() && text.contains('.')) {
                judged.dates.extend(days(&text, page));
            } else {
                zeros |= number == 0.0;
                judged.figures.push((head.to_string(), number));
                judged.counts.extend(count_under(head, number));
            }
            if number > 0.0 {
                judged.substance = true;
                said(Assertion::Done, None);
            }
            continue;
        }
        judged.dates.extend(days(&text, page));
        judged.counts.extend(counts(&text));
        judged.counts.extend(bare_counts(&text, head));
        if let Some((assertion, cue)) = said_in(&text, engine) {
            said(assertion, Some(cue).filter(|_| assertion != Assertion::Done));
            judged.substance |= assertion == Assertion::Done && text.chars().count() > 4;
        } else if text.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
            judged.substance = true;
            said(Assertion::Done, None);
        }
    }
    // √ | × | √: of several schools in a row one is enough.
    let ticks = |wanted: fn(&str) -> bool| cells.iter().filter(|c| wanted(&grid.text(c))).count();
    if cells.len() >= 2 && ticks(is_tick) >= 1 && ticks(|t| verdict_word(t) == Some(Assertion::NotDone)) >= 1 {
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

/// What a cell's words assert, if they are about that at all.
fn said_in(text: &str, engine: &Engine) -> Option<(Assertion, String)> {
    if is_tick(text) {
        return Some((Assertion::Done, text.to_string()));
    }
    if let Some(assertion) = verdict_word(text) {
        return Some((assertion, text.to_string()));
    }
    let cues = engine.cues_in(text);
    for (category, assertion) in [
        (Category::Exempt, Assertion::NotApplicable),
        (Category::Negated, Assertion::NotDone),
        (Category::Planned, Assertion::Planned),
        (Category::Completed, Assertion::Done),
        (Category::Conditional, Assertion::Planned),
    ] {
        if let Some(hit) = cues.iter().find(|c| c.category == category) {
            return Some((assertion, text[hit.range.clone()].to_string()));
        }
    }
    None
}

fn is_tick(text: &str) -> bool {
    matches!(text, "√" | "✓" | "✔" | "☑" | "是" | "有" | "已" | "V")
}

/// Words that fill a whole cell and decide alone.
fn verdict_word(text: &str) -> Option<Assertion> {
    match text {
        "×" | "✗" | "✘" | "☐" | "否" | "未" | "没有" | "未做" | "未开展" | "没做" => {
            Some(Assertion::NotDone)
        }
        "无" | "不涉及" | "不适用" | "无此项" | "无任务" => Some(Assertion::NotApplicable),
        "/" | "-" | "--" | "…" => Some(Assertion::Background),
        _ => None,
    }
}

fn days(text: &str, page: &Page<'_>) -> Vec<NaiveDate> {
    let calendar = Calendar { year: page.year, month: page.month };
    // A spreadsheet's date comes as 2020-10-14 00:00.
    dates(text, calendar).into_iter().map(|d| d.date).collect()
}

/// The unit that a column's head gives to a bare number.
fn unit_of(head: &str) -> Option<&'static str> {
    [
        ("人次", "人次"),
        ("人数", "人"),
        ("教师", "人"),
        ("学生", "人"),
        ("家长", "人"),
        ("户", "户"),
        ("份", "份"),
        ("次数", "次"),
        ("课时", "课时"),
        ("人", "人"),
    ]
    .iter()
    .find(|(word, _)| head.contains(word))
    .map(|(_, unit)| *unit)
}

fn count_under(head: &str, number: f64) -> Option<Count> {
    let unit = unit_of(head)?;
    (number >= 0.0 && number.fract() == 0.0).then(|| Count { n: number as u64, unit: unit.to_string() })
}

/// Numbers without a measure word in a cell under 人数: `家长870`, `教师3、学生2`.
fn bare_counts(text: &str, head: &str) -> Vec<Count> {
    let Some(unit) = unit_of(head) else { return Vec::new() };
    let mut found = Vec::new();
    for part in text.split(['、', ',', ';', ' ']) {
        let digits: String = part.chars().skip_while(|c| !c.is_ascii_digit()).collect();
        let words = part.chars().count() > digits.chars().count();
        if words && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) {
            found.extend(digits.parse().ok().map(|n| Count { n, unit: unit.to_string() }));
        }
    }
    found
}
