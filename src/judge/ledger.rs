//! The ledger of files: what became of each, the sum that must come out, and what nobody could be found for.

use crate::judge::paper::{Paper, Standing};
use crate::judge::paths;
use crate::judge::roster::Roster;
use crate::model::campaign::Campaign;
use crate::model::findings::{Balance, Cited, FileFindings, FileStatus};
use crate::model::message::Message;
use crate::model::source::Litter;
use crate::msg;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;

/// One entry a file, by path.
pub fn files(papers: &[Paper], roster: &Roster<'_>) -> Vec<FileFindings> {
    papers
        .iter()
        .map(|paper| {
            let other = paper.standing.other().and_then(|i| papers.get(i));
            let reading = &paper.reading;
            FileFindings {
                path: paper.path().to_string(),
                format: reading.format.clone(),
                suffix_fits: paths::suffix_fits(paper.path(), &reading.format),
                bytes: reading.source.len,
                received_at: paper.arrival.at,
                received_by: paper.arrival.by,
                digest: reading.source.digest.clone(),
                seen: reading.source.stamps.seen,
                status: paper.standing.status(),
                schools: paper.claim.schools.iter().map(|s| roster.code(*s).to_string()).collect(),
                why: why(paper, other),
                other: other.map(|o| o.path().to_string()),
                problems: reading.problems.clone(),
                chars: reading.chars,
                pictures: u32::try_from(reading.pictures.len()).unwrap_or(u32::MAX),
                text: reading.text.clone(),
            }
        })
        .collect()
}

fn why(paper: &Paper, other: Option<&Paper>) -> Message {
    let claim = &paper.claim.why;
    let name = other.map_or("", |o| paths::file_name(o.path()));
    match paper.standing {
        Standing::Used | Standing::Unclaimed => claim.clone(),
        Standing::Unread => msg!("judge.file_unread", claim),
        Standing::Duplicate(_) => msg!("judge.file_duplicate", claim, name),
        Standing::Replaced(_) => msg!("judge.file_replaced", claim, name),
        Standing::TooLate(_) => msg!("judge.file_too_late", claim, name),
        Standing::Ignored => match paper.reading.source.litter {
            Some(Litter::OwnerFile) => msg!("judge.litter_owner_file"),
            Some(Litter::Scratch) => msg!("judge.litter_scratch"),
            Some(Litter::Pointer) => msg!("judge.litter_pointer"),
            Some(Litter::Accepted) => msg!("judge.litter_accepted"),
            Some(Litter::System) | None => msg!("judge.litter_system"),
        },
    }
}

/// Counts the files by status.
pub fn balance(files: &[FileFindings]) -> Balance {
    let mut balance = Balance::default();
    for file in files {
        balance.received += 1;
        *match file.status {
            FileStatus::Used => &mut balance.used,
            FileStatus::Superseded => &mut balance.superseded,
            FileStatus::Duplicate => &mut balance.duplicate,
            FileStatus::Quarantined => &mut balance.quarantined,
            FileStatus::Ignored => &mut balance.ignored,
        } += 1;
    }
    balance
}

/// Evidence in files that nobody could be found for.
pub fn unclaimed(papers: &[Paper]) -> Vec<Cited> {
    papers
        .iter()
        .filter(|p| p.standing == Standing::Unclaimed)
        .flat_map(|p| {
            let evidence = p.reading.evidence.open().into_owned();
            evidence.into_iter().map(|evidence| Cited { file: p.path().to_string(), evidence })
        })
        .collect()
}

/// How often each rule found something; copies count once.
pub fn rule_hits(papers: &[Paper], campaign: &Campaign) -> BTreeMap<String, u32> {
    let none = campaign.rules.items.iter().flat_map(|i| &i.rules).map(|r| (r.id.clone(), 0)).collect();
    let once = papers.par_iter().filter(|p| !matches!(p.standing, Standing::Duplicate(_) | Standing::Ignored));
    let add = |mut hits: BTreeMap<String, u32>, (rule, n): (String, u32)| {
        *hits.entry(rule).or_default() += n;
        hits
    };
    let of_each = once.fold(BTreeMap::new, |hits, paper| {
        paper.reading.evidence.open().iter().fold(hits, |hits, e| add(hits, (e.rule.clone(), 1)))
    });
    of_each.reduce(BTreeMap::new, |all, hits| hits.into_iter().fold(all, add)).into_iter().fold(none, add)
}
