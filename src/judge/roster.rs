//! Relations between the schools of a roster: who reports for whom.

use crate::judge::names::Names;
use crate::model::campaign::Campaign;
use crate::model::school::School;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The roster with its relations.
#[derive(Debug)]
pub struct Roster<'c> {
    /// The schools, in the roster's order.
    pub schools: &'c [Arc<School>],
    by_code: BTreeMap<&'c str, usize>,
    townships: Vec<Option<usize>>,
}

impl<'c> Roster<'c> {
    /// Reads the relations out of a roster.
    pub fn new(campaign: &'c Campaign, names: &Names) -> Roster<'c> {
        Roster {
            schools: &campaign.schools,
            by_code: campaign.schools.iter().enumerate().map(|(i, s)| (s.code.as_str(), i)).collect(),
            townships: (0..campaign.schools.len()).map(|i| names.township(i)).collect(),
        }
    }

    /// The name of a school.
    pub fn name(&self, school: usize) -> &str {
        self.schools.get(school).map_or("", |s| s.name.as_str())
    }

    /// The code of a school.
    pub fn code(&self, school: usize) -> &str {
        self.schools.get(school).map_or("", |s| s.code.as_str())
    }

    /// The school with a code.
    pub fn by_code(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The school that reports for a school.
    pub fn reporter(&self, school: usize) -> Option<usize> {
        self.schools
            .get(school)
            .and_then(|s| s.reports_via.as_deref())
            .and_then(|code| self.by_code(code))
            .filter(|r| *r != school)
    }

    /// Whether `upper` reports for `lower`.
    pub fn covers(&self, upper: usize, lower: usize) -> bool {
        self.reporter(lower) == Some(upper)
    }

    /// Whether `upper` may well keep the papers of `lower`: it reports for it, or is the 中心校 of its township.
    pub fn houses(&self, upper: usize, lower: usize) -> bool {
        let centre = |s: usize| self.schools.get(s).is_some_and(|s| s.category == "中心校");
        let township = |s: usize| self.townships.get(s).copied().flatten();
        self.covers(upper, lower)
            || (upper != lower
                && centre(upper)
                && !centre(lower)
                && township(upper).is_some()
                && township(upper) == township(lower))
    }
}
