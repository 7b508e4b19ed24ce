//! Placeholder: the judge's own branch replaces this file.
use crate::model::campaign::Campaign;
use crate::model::findings::*;
use crate::model::reading::Reading;
use crate::msg;
use chrono::{DateTime, FixedOffset};

/// Placeholder.
pub fn judge(readings: Vec<Reading>, campaign: &Campaign, as_of: DateTime<FixedOffset>) -> Findings {
    let mut findings = Findings { campaign: campaign.clone(), as_of, ..Findings::default() };
    findings.schools =
        campaign.schools.iter().map(|s| SchoolFindings { school: s.clone(), ..SchoolFindings::default() }).collect();
    let mut all = readings;
    while let Some(r) = all.pop() {
        let status = if r.source.litter.is_some() {
            FileStatus::Ignored
        } else if r.is_unreadable() {
            FileStatus::Quarantined
        } else {
            FileStatus::Used
        };
        let schools =
            campaign.schools.iter().filter(|s| r.source.path.contains(&s.name)).map(|s| s.code.clone()).collect();
        findings.files.push(FileFindings {
            path: r.source.path.clone(),
            format: r.format.clone(),
            suffix_fits: true,
            bytes: r.source.len,
            received_at: r.source.stamps.modified,
            received_by: None,
            status,
            schools,
            why: msg!("model.place_file_name"),
            other: None,
            problems: r.problems.clone(),
            chars: r.chars,
            pictures: 0,
        });
        all.extend(r.members);
    }
    findings.files.sort_by(|a, b| a.path.cmp(&b.path));
    let n = |s: FileStatus| findings.files.iter().filter(|f| f.status == s).count() as u32;
    findings.balance = Balance {
        received: findings.files.len() as u32,
        used: n(FileStatus::Used),
        quarantined: n(FileStatus::Quarantined),
        ignored: n(FileStatus::Ignored),
        ..Balance::default()
    };
    findings
}
