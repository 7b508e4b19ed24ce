//! Numbers of the campaign's indicators in tables: under heads of one or more rows, or beside labels; totals are compared with
//! what they sum up and left out of it.

mod sums;

use crate::detect::engine::{Engine, Sought};
use crate::detect::forms::{LABEL, Line, Spot, Total, is_school, is_unit_head, join_heads, lines, total};
use crate::detect::page::Page;
use crate::detect::quantity::{Quantity, factor, is_kind, is_measure, quantity};
use crate::detect::replies::said_in;
use crate::model::campaign::Indicator;
use crate::model::place::Place;
use crate::model::reading::{Assertion, Doubt, Figure, FigureDoubt};
use crate::model::rules::Category;
use std::collections::{BTreeMap, BTreeSet};
use sums::{FEW, Held, InRow, Sums, differ, over_schools};

/// So many numbers, and so many doubtful ones, are kept of one file.
const KEPT: usize = 20_000;
/// The most characters kept of what is no number.
const SHOWN: usize = 40;
/// Heads under which a number is what its row's label says.
const GENERIC: [&str; 12] =
    ["数量", "数值", "数据", "填报", "填写", "完成", "实际", "结果", "内容", "情况", "合计", "总计"];
/// Words of a head that make a number no deed's.
const INTENDED: [&str; 4] = ["计划", "预计", "目标", "拟"];

/// What a document's tables tell of the campaign's indicators.
#[derive(Debug, Default)]
pub struct Asked {
    /// Numbers.
    pub figures: Vec<Figure>,
    /// Doubtful ones.
    pub doubts: Vec<FigureDoubt>,
}

/// Reads all tables. A plan, another campaign's document, a hidden sheet and another year's tell of none.
pub fn asked(page: &Page<'_>, engine: &Engine) -> Asked {
    let mut all = Asked::default();
    let planned = page.mood.as_ref().is_some_and(|m| m.category == Category::Planned);
    if engine.indicators.is_empty() || planned || page.foreign.is_some() {
        return all;
    }
    for (place, table) in page.tables.iter().filter(|(place, t)| !t.hidden && !page.is_of_past_year(place)) {
        let mut form = Form::new(place, engine, &mut all);
        lines(table, engine).for_each(|line| form.read(&line));
        form.close();
    }
    all.figures.truncate(KEPT);
    all.doubts.truncate(KEPT);
    all
}

/// An indicator whose words a text holds, the length of the longest of them, and how much of the text they are together.
type Candidate = (usize, (usize, usize));

/// What a column is about.
#[derive(Debug, Default)]
struct Head {
    text: String,
    items: Vec<usize>,
    candidates: Vec<Candidate>,
    /// Whether a number is what its row's label says.
    is_open: bool,
}

struct Form<'a> {
    place: &'a Place,
    engine: &'a Engine,
    all: &'a mut Asked,
    /// Items that the table's title or sheet names.
    titles: Vec<usize>,
    texts: BTreeMap<u32, String>,
    heads: BTreeMap<u32, Head>,
    /// Whether the last row was one of heads, and whether some of them covered several columns.
    in_heads: Option<bool>,
    begun: bool,
    sums: BTreeMap<usize, Sums>,
    /// By column and indicator.
    held: BTreeMap<(u32, usize), Held>,
    /// Columns whose rows are about an activity each: what is below them in all is no indicator's sum.
    mixed: BTreeSet<u32>,
}

impl<'a> Form<'a> {
    fn new(place: &'a Place, engine: &'a Engine, all: &'a mut Asked) -> Self {
        let titles = match place {
            Place::Sheet(name) => engine.items_named(&engine.text(name).normal),
            _ => Vec::new(),
        };
        Form {
            place,
            engine,
            all,
            titles,
            texts: BTreeMap::new(),
            heads: BTreeMap::new(),
            in_heads: None,
            begun: false,
            sums: BTreeMap::new(),
            held: BTreeMap::new(),
            mixed: BTreeSet::new(),
        }
    }

    fn read(&mut self, line: &Line) {
        if let [only] = line.spots.as_slice() {
            if !self.begun && self.titles.is_empty() {
                self.titles = self.engine.items_named(&only.text);
            }
        } else if line.is_around() || line.is_masthead() || line.spots.is_empty() {
            self.in_heads = None;
        } else if self.is_head(line) {
            if self.in_heads.is_none() {
                self.close();
                self.texts.clear();
            }
            join_heads(&mut self.texts, line);
            self.heads = self.texts.iter().map(|(column, text)| (*column, self.head(text))).collect();
            self.in_heads = Some(line.spots.iter().any(|s| s.columns > 1));
        } else {
            (self.in_heads, self.begun) = (None, true);
            self.body(line);
        }
    }

    /// Whether a row names columns: alone, or as a further row below merged heads.
    fn is_head(&self, line: &Line) -> bool {
        if !line.is_all_labels() {
            return false;
        }
        if let Some(covering) = self.in_heads {
            return covering || line.spots.iter().any(|s| !s.own);
        }
        let is_asked = |s: &Spot| !self.candidates(&s.text).is_empty();
        let asked = line.spots.iter().any(is_asked);
        // 参会人数 | 全体: a label with what was filled in, and no head; below a head a row of words is an answer too.
        let is_answer = line.spots.len() == 2 && line.spots.first().is_some_and(is_asked);
        if is_answer || self.begun && !asked {
            return false;
        }
        let words = line.spots.iter().filter(|s| s.is_like_head() || is_asked(s)).count();
        let is_named = |s: &&Spot| is_school(&s.text) || !self.engine.items_named(&s.text).is_empty();
        words >= 2 || words == 1 && line.spots.iter().filter(is_named).count() >= 1
    }

    fn head(&self, text: &str) -> Head {
        let mended = self.engine.text(text).normal;
        let intended = INTENDED.iter().any(|w| mended.contains(w));
        Head {
            items: self.engine.items_of_heading(&mended),
            candidates: if intended || mended.contains("其中") { Vec::new() } else { self.candidates(&mended) },
            is_open: !intended && (GENERIC.iter().any(|w| mended.contains(w)) || is_school(&mended)),
            text: mended,
        }
    }

    fn candidates(&self, text: &str) -> Vec<Candidate> {
        let words = self.engine.words_in(text);
        let of = |(at, sought): (usize, &Sought)| {
            let found: BTreeSet<&str> =
                words.iter().filter(|w| w.is_in(sought.words)).filter_map(|w| text.get(w.range.clone())).collect();
            // 人数 within 参会人数 adds nothing.
            let adds = |word: &&&str| !found.iter().any(|f| f.len() > word.len() && f.contains(**word));
            let together = found.iter().filter(adds).map(|w| w.len()).sum();
            let longest = found.iter().map(|w| w.len()).max()?;
            let other = words.iter().any(|w| w.is_in(sought.not_words));
            (!other && factor(text, &sought.indicator.unit).is_some()).then_some((at, (longest, together)))
        };
        self.engine.indicators.iter().enumerate().filter_map(of).collect()
    }

    /// The one indicator that is meant where a table speaks of these items: of several the one of the item, then the one
    /// whose words are more of the text. Where two are left, neither.
    fn meant(&self, candidates: &[Candidate], items: &[usize]) -> Option<usize> {
        let rank = |&(at, length): &Candidate| {
            let activity = self.engine.indicators.get(at)?.indicator.activity.as_deref();
            let is_of = |items: &[usize]| {
                activity.is_some_and(|a| items.iter().any(|i| self.engine.items.get(*i).is_some_and(|i| i.id == a)))
            };
            let elsewhere = activity.is_some() && !items.is_empty() && !is_of(items);
            (!elsewhere).then(|| ((is_of(items) || items.is_empty() && is_of(&self.titles), length), at))
        };
        let ranked: Vec<_> = candidates.iter().filter_map(rank).collect();
        let (best, at) = ranked.iter().max_by_key(|(rank, _)| *rank).copied()?;
        (ranked.iter().filter(|(rank, _)| *rank == best).count() == 1).then_some(at)
    }

    fn body(&mut self, line: &Line) {
        let total = line.total();
        let unit = self.unit(line).filter(|_| total.is_none());
        let spoken = self.spoken(line);
        let mut row: BTreeMap<(usize, Option<String>), InRow> = BTreeMap::new();
        for (at, spot) in line.spots.iter().enumerate().filter(|(_, s)| s.own) {
            if total.is_some() && self.mixed.contains(&spot.column) {
                continue;
            }
            if total.is_none() && self.is_about_row(spot, spoken.get(at)) {
                self.mixed.insert(spot.column);
            }
            let Some((asked, of_column, whole)) = self.asked_at(line, at, &spoken) else { continue };
            let Some(Sought { indicator, .. }) = self.engine.indicators.get(asked) else { continue };
            let unit = of_column.or_else(|| unit.clone());
            let head = self.heads.get(&spot.column).map_or("", |h| h.text.as_str());
            match quantity(&spot.text, &indicator.unit, spot.said) {
                Quantity::Number(n) => {
                    self.held.entry((spot.column, asked)).or_default().numbers += 1;
                    let n = n * factor(head, &indicator.unit).unwrap_or(1.0);
                    let place = self.cell(line.number, spot);
                    let said = row.entry((asked, unit.clone())).or_insert_with(|| InRow {
                        parts: 0.0,
                        count: 0,
                        total: None,
                        place,
                        unit,
                    });
                    if whole {
                        said.total = Some(n);
                    } else {
                        said.parts += n;
                        said.count += 1;
                    }
                }
                Quantity::Blank => {}
                Quantity::Other if total.is_some() || self.tells_why_none(&spot.text) => {}
                Quantity::Other => {
                    let text = spot.text.chars().take(SHOWN).collect();
                    let place = self.cell(line.number, spot);
                    self.held.entry((spot.column, asked)).or_default().words.push((place, unit, text));
                }
            }
        }
        for (asked, place, doubt) in over_schools(&mut row) {
            self.doubt(asked, place, None, doubt);
        }
        for ((asked, _), said) in row {
            self.add(asked, said, total);
        }
    }

    /// Whether words say why there is no number: 计划下旬开展, 无此项任务. That is for the verdict to tell.
    fn tells_why_none(&self, text: &str) -> bool {
        said_in(text, self.engine).is_some_and(|(said, _)| said != Assertion::Done)
    }

    /// Takes what a row says into the sums, or compares it with them where it is a total.
    fn add(&mut self, asked: usize, said: InRow, total: Option<Total>) {
        let value = match said.total {
            Some(told) if said.count == 0 => told,
            Some(told) if said.count > 1 && differ(told, said.parts) => {
                let doubt = Doubt::Total { told, sum: said.parts };
                self.doubt(asked, said.place.clone(), said.unit.clone(), doubt);
                said.parts
            }
            _ => said.parts,
        };
        let sums = self.sums.entry(asked).or_default();
        match total {
            None => {
                (sums.all, sums.since, sums.rows) = (sums.all + value, sums.since + value, sums.rows + 1);
                self.figure(asked, value, said.place, said.unit);
            }
            Some(Total::Running) => {}
            Some(_) if sums.rows == 0 => {
                sums.early.get_or_insert((value, said.place));
            }
            Some(kind) => {
                let sum = if kind == Total::Sub { sums.since } else { sums.all };
                let agrees = !differ(value, sum) || !differ(value, sums.since);
                sums.since = 0.0;
                if !agrees {
                    self.doubt(asked, said.place, None, Doubt::Total { told: value, sum });
                }
            }
        }
    }

    /// The indicator that a cell is asked for, the school that its column names, and whether it sums up its row.
    fn asked_at(&self, line: &Line, at: usize, spoken: &[Vec<usize>]) -> Option<(usize, Option<String>, bool)> {
        let (spot, of_row) = (line.spots.get(at)?, spoken.get(at)?);
        let head = self.heads.get(&spot.column);
        if let Some(head) = head.filter(|h| !h.candidates.is_empty()) {
            let items = if head.items.is_empty() { of_row } else { &head.items };
            return Some((self.meant(&head.candidates, items)?, None, total(&head.text).is_some()));
        }
        if head.is_some_and(|h| !h.is_open) {
            return None;
        }
        if head.is_none()
            && let Some(found) = self.as_kind(line, at, of_row)
        {
            return Some(found);
        }
        let (label, skipped) = line.label_of(at)?;
        let candidates = self.candidates(&label);
        if candidates.is_empty() || label.contains("其中") || !(spot.is_number() || self.is_answer(line, at)) {
            return None;
        }
        let school = head.map(|h| h.text.as_str()).filter(|text| is_school(text));
        // 参会人数 | 45 | 30: without a head nobody knows what the second number is.
        if skipped && head.is_none() {
            return None;
        }
        let asked = self.meant(&candidates, &self.engine.items_of_heading(&self.engine.text(&label).normal))?;
        let whole = head.is_some_and(|h| total(&h.text).is_some()) && self.heads.values().any(|h| is_school(&h.text));
        Some((asked, school.map(str::to_string), whole))
    }

    /// The same where the row gives a label's number by kinds: each counts for the label.
    fn as_kind(&self, line: &Line, at: usize, of_row: &[usize]) -> Option<(usize, Option<String>, bool)> {
        let asked = |label: &Spot| {
            let asked = self.meant(&self.candidates(&label.text), of_row)?;
            Some((asked, &self.engine.indicators.get(asked)?.indicator))
        };
        let is_kind = |label: &Spot, spot: &Spot| asked(label).is_some_and(|(_, i)| is_kind(&spot.text, &i.unit));
        let (label, kind) = line.kind_of(at, &is_kind)?;
        Some((asked(label)?.0, None, total(&kind.text).is_some()))
    }

    /// Whether words stand where the number of a label is asked for: right of it, alone or with figures in them.
    fn is_answer(&self, line: &Line, at: usize) -> bool {
        let is_beside =
            at.checked_sub(1).and_then(|at| line.spots.get(at)).is_some_and(|s| !self.candidates(&s.text).is_empty());
        let text = line.spots.get(at).map_or("", |s| s.text.as_str());
        let is_asked = !self.candidates(text).is_empty();
        is_beside && !is_asked && (line.spots.len() == 2 || text.contains(|c: char| c.is_ascii_digit() || c == '#'))
    }

    /// Whether a number under a head that may mean several is what its row's activity makes of it.
    fn is_about_row(&self, spot: &Spot, of_row: Option<&Vec<usize>>) -> bool {
        self.heads.get(&spot.column).is_some_and(|h| h.items.is_empty()) && of_row.is_some_and(|i| !i.is_empty())
    }

    /// For each cell of a row the items that the first label to its left speaks of that speaks of any.
    fn spoken(&self, line: &Line) -> Vec<Vec<usize>> {
        let mut items = Vec::new();
        let mut to_the_left = |spot: &Spot| {
            let silent = items.is_empty() && spot.text.chars().count() <= LABEL;
            let own = if silent { self.engine.items_of_heading(&spot.text) } else { items.clone() };
            std::mem::replace(&mut items, own)
        };
        line.spots.iter().map(&mut to_the_left).collect()
    }

    /// The school that a row is about.
    fn unit(&self, line: &Line) -> Option<String> {
        let (column, _) = self.heads.iter().find(|(_, h)| is_unit_head(&h.text))?;
        line.spots
            .iter()
            .find(|s| s.column == *column)
            .map(|s| s.text.clone())
            .filter(|t| !is_measure(t) && t.parse::<f64>().is_err())
    }

    fn cell(&self, row: u32, spot: &Spot) -> Place {
        match self.place {
            Place::Sheet(name) => Place::SheetCell(name.clone(), spot.column, row),
            other => other.row(row),
        }
    }

    /// Ends a table, or the part of it under one head.
    fn close(&mut self) {
        for ((_, asked), held) in std::mem::take(&mut self.held) {
            if held.words.len() <= held.numbers.max(FEW) {
                for (place, unit, text) in held.words {
                    self.doubt(asked, place, unit, Doubt::NotANumber(text));
                }
            }
        }
        for (asked, sums) in std::mem::take(&mut self.sums) {
            let Some((told, place)) = sums.early else { continue };
            if sums.rows == 0 {
                self.figure(asked, told, place, None);
            } else if self.mixed.is_empty() && differ(told, sums.all) {
                self.doubt(asked, place, None, Doubt::Total { told, sum: sums.all });
            }
        }
        self.mixed.clear();
    }

    fn figure(&mut self, asked: usize, value: f64, place: Place, unit: Option<String>) {
        if let Some(Indicator { name, activity, .. }) = self.engine.indicators.get(asked).map(|s| &s.indicator) {
            let (item, indicator) = (activity.as_deref().unwrap_or_default().into(), name.into());
            self.all.figures.push(Figure { item, indicator, value, place, unit: unit.map(Into::into) });
        }
    }

    fn doubt(&mut self, asked: usize, place: Place, unit: Option<String>, doubt: Doubt) {
        if let Some(Indicator { name, activity, .. }) = self.engine.indicators.get(asked).map(|s| &s.indicator) {
            let (item, indicator) = (activity.as_deref().unwrap_or_default().into(), name.into());
            self.all.doubts.push(FigureDoubt { item, indicator, place, unit: unit.map(Into::into), doubt });
        }
    }
}

#[cfg(test)]
mod tests;
