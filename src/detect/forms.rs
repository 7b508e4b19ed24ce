//! A table as a form: its rows with the merged cells that reach into them, its heads of one or more rows joined per column,
//! and which rows and columns sum up others.

use crate::detect::engine::Engine;
use crate::detect::quantity::{Quantity, quantity};
use crate::detect::replies::answer;
use crate::model::document::{Row, Table};
use crate::model::reading::Assertion;
use std::collections::BTreeMap;

/// So many merged cells reach from rows above into those below, and not more.
const REACHING: usize = 64;
/// The most characters of a head or a label.
pub const LABEL: usize = 24;
/// The most columns that a merged head covers.
const COVERED: u32 = 256;

/// Words of which a head usually has one.
const HEAD_WORDS: [&str; 17] = [
    "序号", "学校", "单位", "校名", "活动", "项目", "事项", "指标", "名称", "内容", "时间", "日期", "数量", "合计",
    "人数", "备注", "情况",
];
/// What begins a line around a table that is neither head nor number.
const AROUND: [&str; 9] = ["填报", "填表", "制表", "审核", "上报", "备注", "说明", "注:", "注："];

/// What stands in a row, from left to right.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The row's number as the program shows it.
    pub number: u32,
    /// Its cells that hold something, and merged ones of rows above.
    pub spots: Vec<Spot>,
}

/// A cell of a line.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The grid column of its left edge, from 0.
    pub column: u32,
    /// How many columns it covers.
    pub columns: u32,
    /// Its text, normalised, without white space.
    pub text: String,
    /// Whether it begins in this row.
    pub own: bool,
    /// What its words answer, where they are an answer.
    pub said: Option<Assertion>,
}

impl Spot {
    /// Whether it is a number of anything.
    pub fn is_number(&self) -> bool {
        matches!(quantity(&self.text, "", self.said), Quantity::Number(_))
    }

    /// Whether it has a word that heads of columns have.
    pub fn is_like_head(&self) -> bool {
        HEAD_WORDS.iter().any(|w| self.text.contains(w))
    }

    fn is_label(&self) -> bool {
        self.text.chars().count() <= LABEL
            && self.said.is_none()
            && matches!(quantity(&self.text, "", self.said), Quantity::Other)
    }
}

/// The rows of a table, one after the other.
pub fn lines<'t>(table: &'t Table, engine: &'t Engine) -> impl Iterator<Item = Line> + 't {
    let mut above: BTreeMap<u32, (u32, Spot)> = BTreeMap::new();
    table.rows.iter().map(move |row| {
        above.retain(|_, (last, _)| *last >= row.number);
        let mut spots: Vec<Spot> = above.values().map(|(_, spot)| spot.clone()).collect();
        spots.extend(own_spots(row, &mut above, engine));
        spots.sort_by_key(|s| s.column);
        Line { number: row.number, spots }
    })
}

fn own_spots(row: &Row, above: &mut BTreeMap<u32, (u32, Spot)>, engine: &Engine) -> Vec<Spot> {
    let mut spots = Vec::new();
    for cell in &row.cells {
        let text: String = cell.text.split_whitespace().collect();
        let said = answer(&text, engine);
        let spot = Spot { column: cell.column, columns: cell.columns.max(1), text, own: true, said };
        if spot.text.is_empty() {
            continue;
        }
        if cell.rows > 1 && above.len() < REACHING {
            let last = row.number.saturating_add(cell.rows - 1);
            above.insert(cell.column, (last, Spot { own: false, ..spot.clone() }));
        }
        spots.push(spot);
    }
    spots
}

impl Line {
    /// Whether it is what stands around a table: who filled it in and when, remarks.
    pub fn is_around(&self) -> bool {
        self.spots.first().is_some_and(|first| AROUND.iter().any(|w| first.text.starts_with(w)))
    }

    /// Whether all of its cells only name something.
    pub fn is_all_labels(&self) -> bool {
        self.spots.iter().filter(|s| s.own).all(Spot::is_label)
    }

    /// Whether it says whose the form is: 学校名称 | 龙池镇中心校.
    pub fn is_masthead(&self) -> bool {
        match self.spots.as_slice() {
            [label, school, ..] => is_unit_head(&label.text) && is_school(&school.text),
            _ => false,
        }
    }

    /// What the row sums up, where it does: its label stands first, or behind its number.
    pub fn total(&self) -> Option<Total> {
        let first = self.spots.iter().take(3).enumerate().take_while(|(i, s)| *i == 0 || !s.is_number());
        first.map(|(_, s)| s.text.as_str()).filter(|t| t.chars().count() <= 6).find_map(total)
    }

    /// The label whose kinds stand in the row by turns with their numbers (参会人数 | 教师 | 20 | 学生 | 30), and that of the
    /// kind that a cell is the number of; none where a cell is no such number.
    pub fn kind_of(&self, at: usize, is_kind: &dyn Fn(&Spot, &Spot) -> bool) -> Option<(&Spot, &Spot)> {
        let of = |at: usize| self.spots.get(at);
        // The whole of a row stands behind its parts, and counts none.
        let is_part = |first: &Spot, spot: &Spot| is_kind(first, spot) || total(&spot.text).is_some();
        let firsts = (0..at.checked_sub(1)?).rev().step_by(2).take_while(|&first| first + 2 <= at);
        let starts = |first: &usize| {
            let Some(label) = of(*first).filter(|s| s.is_label()) else { return false };
            let parts = (first + 1..at).step_by(2).filter_map(of);
            let values = (first + 2..=at).step_by(2).filter_map(of);
            of(first + 1).is_some_and(|s| is_kind(label, s))
                && parts.into_iter().all(|s| is_part(label, s))
                && values.into_iter().all(|s| !is_part(label, s))
        };
        firsts.into_iter().find(starts).and_then(|first| of(first).zip(of(at - 1)))
    }

    /// The label at the left of a cell, its texts joined, and whether numbers stand between; none where there is none.
    pub fn label_of(&self, at: usize) -> Option<(String, bool)> {
        let before = self.spots.get(..at)?;
        let skipped = before.iter().rev().take_while(|s| s.is_number()).count();
        let texts: Vec<&str> =
            before.iter().rev().skip(skipped).take_while(|s| !s.is_number()).take(3).map(|s| s.text.as_str()).collect();
        let label: String = texts.into_iter().rev().collect();
        (!label.is_empty() && label.chars().count() <= 3 * LABEL).then_some((label, skipped > 0))
    }
}

/// What a row or column sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Everything.
    Whole,
    /// What stands since the last one.
    Sub,
    /// More than stands here: 累计 goes back to earlier reports.
    Running,
}

/// What a label says that it sums up.
pub fn total(label: &str) -> Option<Total> {
    let has = |words: &[&str]| words.iter().any(|w| label.contains(w));
    match () {
        () if has(&["累计"]) => Some(Total::Running),
        () if has(&["小计"]) => Some(Total::Sub),
        () if has(&["合计", "总计", "共计"]) || label == "计" => Some(Total::Whole),
        () => None,
    }
}

/// Whether a head is over the names of schools.
pub fn is_unit_head(head: &str) -> bool {
    let short = head.chars().count() <= 8;
    short && ["学校", "单位", "校名", "学校名称", "单位名称"].iter().any(|w| head.ends_with(w))
}

/// Whether a text looks like the name of a school.
pub fn is_school(text: &str) -> bool {
    let ends = ["校", "园", "小学", "中学", "初中", "高中", "教学点", "学区"].iter().any(|w| text.ends_with(w));
    ends && text.chars().count() >= 3 && text.chars().count() <= LABEL && !is_unit_head(text)
}

/// Adds a row to the heads above it, joined per column.
pub fn join_heads(heads: &mut BTreeMap<u32, String>, line: &Line) {
    for spot in line.spots.iter().filter(|s| s.own) {
        for column in spot.column..spot.column.saturating_add(spot.columns.min(COVERED)) {
            heads.entry(column).or_default().push_str(&spot.text);
        }
    }
}
