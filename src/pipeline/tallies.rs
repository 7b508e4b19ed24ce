//! What a night comes to, in a few numbers: for the summary and for the manifest.

use crate::model::findings::{Balance, Findings, Status, SubmissionStatus};
use crate::pipeline::reviews::ReviewTally;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The numbers of a night.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tallies {
    /// Schools in the roster.
    pub schools: u32,
    /// Schools that must report themselves.
    pub must_report: u32,
    /// Of these, how many reported.
    pub reported: u32,
    /// Of these, on time.
    pub on_time: u32,
    /// Of these, late.
    pub late: u32,
    /// Of these, how many are missing.
    pub missing: u32,
    /// Files by what became of them; `received` is their sum.
    pub files: Balance,
    /// Files that could not be read.
    pub unreadable: u32,
    /// Verdicts by status.
    pub verdicts: BTreeMap<String, u32>,
    /// Rows of 待核清单 that are still to be decided.
    pub gaps: u32,
    /// Rows of 线索.
    pub hints: u32,
    /// What people typed since the night before.
    pub review: ReviewTally,
}

/// Counts.
pub fn count(findings: &Findings) -> Tallies {
    let submissions = || findings.schools.iter().map(|s| &s.submission).filter(|s| s.must_report);
    let with = |status| total(submissions().filter(|s| s.status == status));
    let (on_time, late) = (with(SubmissionStatus::OnTime), with(SubmissionStatus::Late));
    let mut verdicts: BTreeMap<String, u32> = Status::ALL.iter().map(|s| (s.word().to_string(), 0)).collect();
    for verdict in findings.schools.iter().flat_map(|s| &s.verdicts) {
        *verdicts.entry(verdict.status.word().to_string()).or_default() += 1;
    }
    Tallies {
        schools: total(findings.schools.iter()),
        must_report: total(submissions()),
        reported: on_time + late,
        on_time,
        late,
        missing: with(SubmissionStatus::Missing),
        files: findings.balance,
        unreadable: total(findings.files.iter().filter(|f| f.is_unread())),
        verdicts,
        gaps: total(findings.open_gaps()),
        hints: total(findings.flags.iter().filter(|f| f.kind.is_hint())),
        review: ReviewTally::default(),
    }
}

fn total<T>(things: impl Iterator<Item = T>) -> u32 {
    u32::try_from(things.count()).unwrap_or(u32::MAX)
}
