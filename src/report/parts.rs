//! The findings of one township or one 中心校, for a workbook of its own in 分册/.

use crate::model::findings::{Balance, FileFindings, FileStatus, Findings, SchoolFindings};
use crate::report::view::View;
use std::collections::{BTreeMap, BTreeSet};

/// By what the county is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// A workbook a township.
    Township,
    /// A workbook a 中心校, with the schools that it reports for; a school that belongs to none has its own.
    Centre,
}

/// The parts by name, each with the findings of its schools only. Schools of no township have no part.
pub fn parts(view: &View<'_>, split: Split) -> Vec<(String, Findings)> {
    let mut schools: BTreeMap<&str, Vec<&SchoolFindings>> = BTreeMap::new();
    for school in &view.findings.schools {
        let name = match split {
            Split::Township => school.school.township.as_str(),
            Split::Centre => view.centre(school).map_or(school.school.name.as_str(), |code| view.school_name(code)),
        };
        schools.entry(name).or_default().push(school);
    }
    let named = schools.into_iter().filter(|(name, _)| !name.is_empty());
    named.map(|(name, schools)| (file_name(name), part(view.findings, &schools))).collect()
}

fn part(whole: &Findings, schools: &[&SchoolFindings]) -> Findings {
    let codes: BTreeSet<&str> = schools.iter().map(|s| s.school.code.as_str()).collect();
    let of_part = |file: &&FileFindings| file.schools.iter().any(|code| codes.contains(code.as_str()));
    let files: Vec<FileFindings> = whole.files.iter().filter(of_part).cloned().collect();
    let mut campaign = whole.campaign.clone();
    campaign.schools.retain(|s| codes.contains(s.code.as_str()));
    Findings {
        campaign,
        as_of: whole.as_of,
        schools: schools.iter().map(|s| (*s).clone()).collect(),
        balance: balance(&files),
        files,
        flags: whole.flags.iter().filter(|f| codes.contains(f.school.as_str())).cloned().collect(),
        unclaimed: Vec::new(),
        figures: whole.figures.iter().filter(|f| codes.contains(f.school.as_str())).cloned().collect(),
        rulings: whole.rulings.iter().filter(|r| codes.contains(r.ruling.school.as_str())).cloned().collect(),
        rule_hits: whole.rule_hits.clone(),
        assumptions: whole.assumptions.clone(),
        changes: whole.changes.clone(),
    }
}

fn balance(files: &[FileFindings]) -> Balance {
    let count = |status| u32::try_from(files.iter().filter(|f| f.status == status).count()).unwrap_or(u32::MAX);
    Balance {
        received: u32::try_from(files.len()).unwrap_or(u32::MAX),
        used: count(FileStatus::Used),
        superseded: count(FileStatus::Superseded),
        duplicate: count(FileStatus::Duplicate),
        quarantined: count(FileStatus::Quarantined),
        ignored: count(FileStatus::Ignored),
    }
}

/// A name that every system takes for a file.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c }).collect()
}
