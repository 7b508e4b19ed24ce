//! The order of 证据明细, known before it is written, so that a symbol of the matrix can lead to its evidence.

use crate::model::findings::{Cited, Findings, SchoolFindings};
use crate::model::place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// A row of 证据明细.
pub struct Row<'a> {
    /// The school, none where nobody could be found for the file.
    pub school: Option<&'a SchoolFindings>,
    /// What the file says.
    pub cited: &'a Cited,
    /// Whether a verdict rests on it.
    pub bears: bool,
}

/// The rows of 证据明细, and where each verdict's best evidence stands.
pub struct Trail<'a> {
    /// School by school, item by item: what the verdict rests on, what came nearest, then all else in file order; what
    /// is nobody's comes last.
    pub rows: Vec<Row<'a>>,
    best: BTreeMap<(&'a str, &'a str), u32>,
}

impl<'a> Trail<'a> {
    /// Puts all evidence in order. `items` are the ids in the campaign's order.
    pub fn new(findings: &'a Findings, items: &[&str]) -> Self {
        let mut trail = Trail { rows: Vec::new(), best: BTreeMap::new() };
        for school in &findings.schools {
            trail.add_school(school, items);
        }
        let unclaimed = findings.unclaimed.iter().map(|cited| Row { school: None, cited, bears: false });
        trail.rows.extend(unclaimed);
        trail
    }

    fn add_school(&mut self, school: &'a SchoolFindings, items: &[&str]) {
        let mut found: Vec<&Cited> = school.evidence.iter().collect();
        let rank = |cited: &Cited| {
            let item = items.iter().position(|id| *id == cited.evidence.item).unwrap_or(items.len());
            (item, !cited.evidence.assertion.counts())
        };
        found.sort_by_key(|cited| rank(cited));
        let mut found = found.into_iter().peekable();

        let mut shown: BTreeSet<(&str, &str, &Place, &str, &str)> = BTreeSet::new();
        for (number, id) in items.iter().enumerate() {
            let verdict = school.verdicts.iter().find(|v| v.item == *id);
            let first = self.rows.len() as u32;
            let cited = verdict
                .iter()
                .flat_map(|v| v.evidence.iter().map(|c| (c, true)).chain(v.nearest.iter().map(|c| (c, false))));
            for (cited, bears) in cited {
                if shown.insert(identity(cited)) {
                    self.rows.push(Row { school: Some(school), cited, bears });
                }
            }
            while let Some(cited) = found.next_if(|c| rank(c).0 == number) {
                if shown.insert(identity(cited)) {
                    self.rows.push(Row { school: Some(school), cited, bears: false });
                }
            }
            if let Some(verdict) = verdict.filter(|_| self.rows.len() as u32 > first) {
                self.best.insert((&school.school.code, &verdict.item), first);
            }
        }
        for cited in found {
            if shown.insert(identity(cited)) {
                self.rows.push(Row { school: Some(school), cited, bears: false });
            }
        }
    }

    /// The row of the best evidence, or of what came nearest to it.
    pub fn best(&self, school: &str, item: &str) -> Option<u32> {
        self.best.get(&(school, item)).copied()
    }
}

/// What makes two citations the same one.
fn identity(cited: &Cited) -> (&str, &str, &Place, &str, &str) {
    let e = &cited.evidence;
    (&cited.file, &e.item, &e.place, &e.rule, &e.quote)
}
