//! The order of 证据明细, known before it is written, so that a symbol of the matrix can lead to its evidence.

use crate::model::findings::{Cited, Findings, SchoolFindings};
use crate::model::packed::from_stream;
use crate::model::place::Place;
use crate::model::reading::Assertion;
use crate::model::shelf::{Closed, Kept};
use rayon::iter::{IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the order is kept under.
const ORDER: &str = "证据明细/0";

/// The rows of a school in 证据明细, each what one paragraph or table row says of an item. There are thirty a school until the last
/// sheet is written, and so each sentence is one number: its position in what the school's files say, and two signs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Rows(Vec<u32>);

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its position in what the school's files say.
    pub at: u32,
    /// Whether a verdict rests on it.
    pub bears: bool,
    /// Positions of further sentences of the same paragraph that say the same.
    pub more: Vec<u32>,
}

impl Rows {
    /// A verdict rests on the row that begins here.
    const BEARS: u32 = 1;
    /// It belongs to the row of the one before it.
    const MORE: u32 = 2;
    /// So many bits of a number are signs.
    const SIGNS: u32 = 2;

    /// The rows, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = Row> + '_ {
        let rows = self.0.chunk_by(|_, next| next & Self::MORE != 0);
        rows.filter_map(|row| {
            let (first, more) = row.split_first()?;
            let more = more.iter().map(|sign| sign >> Self::SIGNS).collect();
            Some(Row { at: first >> Self::SIGNS, bears: first & Self::BEARS != 0, more })
        })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.iter().filter(|sign| *sign & Self::MORE == 0).count()
    }
}

impl FromIterator<Row> for Rows {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let signs = rows.into_iter().flat_map(|row| {
            let first = row.at << Self::SIGNS | if row.bears { Self::BEARS } else { 0 };
            std::iter::once(first).chain(row.more.into_iter().map(|at| at << Self::SIGNS | Self::MORE))
        });
        let mut all: Vec<u32> = signs.collect();
        all.shrink_to_fit();
        Rows(all)
    }
}

/// The rows of 证据明细, and where each verdict's best evidence stands: school by school, item by item: what the verdict rests
/// on, what came nearest, then all else in file order. What is nobody's comes last.
pub struct Trail<'a> {
    /// The rows of each school, in the roster's order.
    pub schools: Vec<(&'a SchoolFindings, Rows)>,
    /// How many rows are left out, because there are too many of all.
    pub left_out: usize,
    /// By the school's code.
    best: BTreeMap<&'a str, Best<'a>>,
}

/// Where a school's best evidence stands.
struct Best<'a> {
    school: &'a SchoolFindings,
    /// The row of 证据明细 that its own begin at.
    begins: u32,
    /// Positions of verdicts among its own, each with the first of the rows about it among its own.
    of: Vec<(u32, u32)>,
}

impl<'a> Trail<'a> {
    /// Puts all evidence in order. `items` are the ids in the campaign's order; below the rows of each school stand as many
    /// of its photographs as `photographs` says. Where they are more than `most`, less is shown: what verdicts rest on, or
    /// the best of that.
    pub fn new(
        findings: &'a Findings,
        items: &[&str],
        photographs: &dyn Fn(&SchoolFindings) -> usize,
        kept: Kept<'_>,
        most: u32,
    ) -> Self {
        let make = || findings.schools.par_iter().map(|school| order(school, items)).collect();
        let mut ordered: Vec<Ordered> = kept.or_make(ORDER, from_stream, make, |made| Closed::value(made));
        let count = |ordered: &[Ordered]| ordered.iter().map(|(rows, _)| rows.len()).sum::<usize>();
        let photographs: Vec<usize> = findings.schools.iter().map(photographs).collect();
        let others = findings.unclaimed.len() + photographs.iter().sum::<usize>();
        let before = count(&ordered);
        // First what no verdict rests on is left out, then all but the best of what it rests on.
        for keep in [keep_bearing, keep_best] {
            if count(&ordered) + others > most as usize {
                ordered.par_iter_mut().for_each(keep);
            }
        }
        let left_out = before - count(&ordered);
        let mut trail = Trail { schools: Vec::with_capacity(ordered.len()), left_out, best: BTreeMap::new() };
        let mut begins = 0;
        for ((school, (rows, of)), photographs) in findings.schools.iter().zip(ordered).zip(photographs) {
            trail.best.insert(&school.school.code, Best { school, begins, of });
            begins += (rows.len() + photographs) as u32;
            trail.schools.push((school, rows));
        }
        trail
    }

    /// The row of the best evidence, or of what came nearest to it.
    pub fn best(&self, school: &str, item: &str) -> Option<u32> {
        let Best { school, begins, of } = self.best.get(school)?;
        let is_of = |at: u32| school.verdicts.get(at as usize).is_some_and(|verdict| verdict.item == item);
        of.iter().find(|(at, _)| is_of(*at)).map(|(_, row)| begins + row)
    }
}

/// The rows of a school, and where those of a verdict begin: the verdict's position and the row.
type Ordered = (Rows, Vec<(u32, u32)>);

/// Leaves the rows on which a verdict rests.
fn keep_bearing((rows, best): &mut Ordered) {
    let bearing = |upto: usize| rows.iter().take(upto).filter(|row| row.bears).count() as u32;
    best.retain_mut(|(_, first)| {
        let bears = rows.iter().nth(*first as usize).is_some_and(|row| row.bears);
        *first = bearing(*first as usize);
        bears
    });
    *rows = rows.iter().filter(|row| row.bears).collect();
}

/// Leaves of what verdicts rest on the first row of each.
fn keep_best((rows, best): &mut Ordered) {
    let kept: Vec<Row> = best.iter().filter_map(|(_, first)| rows.iter().nth(*first as usize)).collect();
    best.iter_mut().zip(0..).for_each(|((_, first), row)| *first = row);
    *rows = kept.into_iter().collect();
}

/// The rows of a school, and where those of a verdict begin: the verdict's position and the row.
fn order(school: &SchoolFindings, items: &[&str]) -> Ordered {
    let citations = school.citations();
    let said = citations.all();
    let rank = |at: u32| {
        let cited = said.get(at as usize);
        let item = cited.and_then(|c| items.iter().position(|id| *id == c.evidence.item)).unwrap_or(items.len());
        (item, cited.is_some_and(|c| !c.evidence.assertion.counts()))
    };
    let mut found: Vec<u32> = (0..said.len() as u32).collect();
    found.sort_by_key(|at| rank(*at));
    let mut found = found.into_iter().peekable();

    let (mut rows, mut best): (Vec<Row>, _) = (Vec::new(), Vec::new());
    let mut shown: BTreeMap<Told<'_>, usize> = BTreeMap::new();
    let mut quotes: BTreeSet<(usize, &str)> = BTreeSet::new();
    let mut show = |rows: &mut Vec<Row>, at: u32, bears: bool| {
        let Some(cited) = said.get(at as usize) else { return };
        let row = *shown.entry(told(cited)).or_insert(rows.len());
        if !quotes.insert((row, &cited.evidence.quote)) {
            return;
        }
        match rows.get_mut(row) {
            Some(row) => row.more.push(at),
            None => rows.push(Row { at, bears, more: Vec::new() }),
        }
    };
    for (number, id) in items.iter().enumerate() {
        let verdict = school.verdicts.iter().position(|v| v.item == *id);
        let first = rows.len() as u32;
        if let Some(v) = verdict.and_then(|at| school.verdicts.get(at)) {
            v.evidence.iter().for_each(|at| show(&mut rows, *at, true));
            v.nearest.iter().for_each(|at| show(&mut rows, *at, false));
        }
        while let Some(at) = found.next_if(|at| rank(*at).0 == number) {
            show(&mut rows, at, false);
        }
        best.extend(verdict.filter(|_| rows.len() as u32 > first).map(|at| (at as u32, first)));
    }
    found.for_each(|at| show(&mut rows, at, false));
    // A school's stay until the last sheet is written.
    best.shrink_to_fit();
    (rows.into_iter().collect(), best)
}

/// What is told of an item in one place: file, item, place, what is asserted and by which word, and of whom.
type Told<'c> = (&'c str, &'c str, &'c Place, Assertion, Option<&'c str>, Option<&'c str>);

fn told(cited: &Cited) -> Told<'_> {
    let e = &cited.evidence;
    (&cited.file, &e.item, &e.place, e.assertion, e.cue.as_deref(), e.unit.as_deref())
}
