//! The order of 证据明细, known before it is written, so that a symbol of the matrix can lead to its evidence.

use crate::model::findings::{Cited, Findings, SchoolFindings};
use crate::model::packed::{from_stream, to_bytes};
use crate::model::place::Place;
use crate::model::reading::Assertion;
use crate::model::shelf::Kept;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the order is kept under.
const ORDER: &str = "证据明细/0";

/// A row of 证据明细: what one paragraph or table row says of an item.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// Its position in what the school's files say.
    pub at: u32,
    /// Whether a verdict rests on it.
    pub bears: bool,
    /// Positions of further sentences of the same paragraph that say the same.
    pub more: Vec<u32>,
}

/// The rows of 证据明细, and where each verdict's best evidence stands: school by school, item by item: what the verdict rests
/// on, what came nearest, then all else in file order. What is nobody's comes last.
pub struct Trail<'a> {
    /// The rows of each school, in the roster's order.
    pub schools: Vec<(&'a SchoolFindings, Vec<Row>)>,
    best: BTreeMap<(&'a str, &'a str), u32>,
}

impl<'a> Trail<'a> {
    /// Puts all evidence in order. `items` are the ids in the campaign's order; below the rows of each school stand as many
    /// of its photographs as `photographs` says.
    pub fn new(
        findings: &'a Findings,
        items: &[&str],
        photographs: &dyn Fn(&SchoolFindings) -> usize,
        kept: Kept<'_>,
    ) -> Self {
        let make = || findings.schools.par_iter().map(|school| order(school, items)).collect();
        let close = |ordered: &Vec<_>| to_bytes(ordered).ok();
        let ordered = kept.or_make(ORDER, from_stream, make, close);
        let mut trail = Trail { schools: Vec::with_capacity(ordered.len()), best: BTreeMap::new() };
        let mut first = 0;
        for (school, (rows, best)) in findings.schools.iter().zip(ordered) {
            for (verdict, row) in best.iter().filter_map(|(at, row)| Some((school.verdicts.get(*at)?, row))) {
                trail.best.insert((&school.school.code, &verdict.item), first + row);
            }
            first += (rows.len() + photographs(school)) as u32;
            trail.schools.push((school, rows));
        }
        trail
    }

    /// The row of the best evidence, or of what came nearest to it.
    pub fn best(&self, school: &str, item: &str) -> Option<u32> {
        self.best.get(&(school, item)).copied()
    }
}

/// The rows of a school, and where those of a verdict begin: the verdict's position and the row.
type Ordered = (Vec<Row>, Vec<(usize, u32)>);

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

    let (mut rows, mut best) = (Vec::new(), Vec::new());
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
        best.extend(verdict.filter(|_| rows.len() as u32 > first).map(|at| (at, first)));
    }
    found.for_each(|at| show(&mut rows, at, false));
    // A school's stay until the last sheet is written.
    rows.shrink_to_fit();
    best.shrink_to_fit();
    (rows, best)
}

/// What is told of an item in one place: file, item, place, what is asserted and by which word, and of whom.
type Told<'c> = (&'c str, &'c str, &'c Place, Assertion, Option<&'c str>, Option<&'c str>);

fn told(cited: &Cited) -> Told<'_> {
    let e = &cited.evidence;
    (&cited.file, &e.item, &e.place, e.assertion, e.cue.as_deref(), e.unit.as_deref())
}
