//! Deadlines that a person moved for one school: for its whole report, or for one item.

use crate::model::findings::{Status, Verdict};
use crate::model::ruling::{Conclusion, Ruling};
use crate::msg;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// The last day of each extension, that day included.
#[derive(Debug, Clone, Default)]
pub struct Extensions {
    whole: BTreeMap<String, NaiveDate>,
    items: BTreeMap<(String, String), NaiveDate>,
}

impl Extensions {
    /// Those of all decisions; of several for one school the last day counts.
    pub fn new(rulings: &[Ruling]) -> Extensions {
        let mut extensions = Extensions::default();
        for ruling in rulings.iter().filter(|r| r.conclusion == Conclusion::Extend && !r.school.is_empty()) {
            let Some(day) = ruling.new_deadline else { continue };
            let known = match &ruling.item {
                Some(item) => extensions.items.entry((ruling.school.clone(), item.clone())).or_insert(day),
                None => extensions.whole.entry(ruling.school.clone()).or_insert(day),
            };
            *known = day.max(*known);
        }
        extensions
    }

    /// The last day for the report of a school.
    pub fn whole(&self, school: &str) -> Option<NaiveDate> {
        self.whole.get(school).copied()
    }

    /// The first moment that is too late for a school's report, where that is later than for others.
    pub fn end(&self, school: &str) -> Option<NaiveDateTime> {
        self.whole(school)?.succ_opt().map(|next| next.and_time(chrono::NaiveTime::MIN))
    }

    /// Puts off what a school still has time for today.
    pub fn put_off(&self, today: NaiveDate, school: &str, verdicts: &mut [Verdict]) {
        for verdict in verdicts {
            let own = self.items.get(&(school.to_string(), verdict.item.to_string())).copied();
            let day = match verdict.status {
                Status::Missing | Status::NotDone | Status::Planned => own.max(self.whole(school)),
                Status::Weak | Status::NotDue => own,
                _ => None,
            };
            if let Some(day) = day.filter(|day| today <= *day) {
                verdict.status = Status::Extended;
                verdict.why = msg!("judge.why_extended", day, &verdict.why);
                verdict.ruled = Some(Conclusion::Extend);
            }
        }
    }
}
