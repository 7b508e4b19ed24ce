//! What other rules would change: two sets of findings of the same files, compared verdict by verdict.

use crate::judge;
use crate::model::campaign::Campaign;
use crate::model::findings::{Citations, Cited, Findings, SchoolFindings, Verdict};
use crate::model::reading::Reading;
use crate::model::scrutiny::NearMiss;
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;

/// A verdict that would be another.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'f> {
    /// The school.
    pub school: &'f SchoolFindings,
    /// As it is.
    pub before: &'f Verdict,
    /// As it would be.
    pub after: &'f Verdict,
    /// What each of the two rests on, or what came nearest.
    pub said: [Option<Sentence>; 2],
}

/// What a verdict rests on, or what came nearest.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The words and their file.
    pub cited: Cited,
    /// Whether the verdict rests on them.
    pub bears: bool,
}

/// What would change and what would stay.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preview<'f> {
    /// Verdicts whose status changes, in the roster's order.
    pub changes: Vec<Change<'f>>,
    /// Verdicts whose status stays.
    pub same: usize,
    /// Of these, those that rest on other sentences.
    pub other_evidence: usize,
}

/// The near misses of files and of members of archives, by path.
pub fn near_misses(readings: &[Reading]) -> BTreeMap<String, Vec<NearMiss>> {
    let mut near = BTreeMap::new();
    let mut waiting: Vec<&Reading> = readings.iter().collect();
    while let Some(reading) = waiting.pop() {
        waiting.extend(&reading.members);
        if let Some(scrutiny) = &reading.scrutiny {
            near.insert(reading.source.path.to_string(), scrutiny.near_misses.clone());
        }
    }
    near
}

/// What a set of rules finds, as of a moment; nothing is written.
pub fn judge(readings: Vec<Reading>, campaign: &Campaign, as_of: DateTime<FixedOffset>) -> Findings {
    judge::judge(readings, campaign, &[], as_of)
}

fn sentence(said: &Citations, verdict: &Verdict) -> Option<Sentence> {
    let bearing = said.bearing(verdict).next().map(|cited| Sentence { cited: cited.clone(), bears: true });
    bearing.or_else(|| said.nearest(verdict).map(|cited| Sentence { cited: cited.clone(), bears: false }))
}

/// Compares the findings of one campaign under two sets of rules.
pub fn preview<'f>(before: &'f Findings, after: &'f Findings) -> Preview<'f> {
    let mut preview = Preview::default();
    for (school, other) in before.schools.iter().zip(&after.schools) {
        let (said, others) = (school.citations(), other.citations());
        for (before, after) in school.verdicts.iter().zip(&other.verdicts) {
            if before.status != after.status {
                let sentence = |said: &Citations, verdict| sentence(said, verdict);
                preview.changes.push(Change {
                    school,
                    before,
                    after,
                    said: [sentence(&said, before), sentence(&others, after)],
                });
                continue;
            }
            let quoted = |c: &Cited| (c.file.clone(), c.evidence.quote.clone());
            preview.same += 1;
            preview.other_evidence +=
                usize::from(!said.bearing(before).map(quoted).eq(others.bearing(after).map(quoted)));
        }
    }
    preview
}
