//! The ledger of files: what became of each, the sum that must come out, and what nobody could be found for.

use crate::judge::paper::{Paper, Standing};
use crate::judge::paths;
use crate::model::campaign::Campaign;
use crate::model::findings::{Balance, Cited, FileFindings, FileStatus};
use crate::model::message::Message;
use crate::model::source::Litter;
use crate::msg;
use ecow::EcoString;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;

/// One entry a file, by path. What papers and entries have in common is not in memory twice.
pub fn files(papers: Vec<Paper>, campaign: &Campaign) -> Vec<FileFindings> {
    let other = |paper: &Paper| Some(papers.get(paper.standing.other()?)?.path().clone());
    let others: Vec<Option<EcoString>> = papers.iter().map(other).collect();
    let code = |school: &usize| Some(campaign.schools.get(*school)?.code.clone());
    let entry = |(paper, other): (Paper, Option<EcoString>)| {
        let Paper { reading, claim, arrival, standing, .. } = paper;
        let litter = reading.source.litter;
        FileFindings {
            suffix_fits: paths::suffix_fits(&reading.source.path, &reading.format),
            path: reading.source.path,
            format: reading.format,
            bytes: reading.source.len,
            received_at: arrival.at,
            received_by: arrival.by,
            digest: reading.source.digest,
            seen: reading.source.stamps.seen,
            status: standing.status(),
            schools: claim.schools.iter().filter_map(code).collect(),
            why: why(standing, claim.why, other.as_deref(), litter),
            other,
            problems: reading.problems,
            chars: reading.chars,
            pictures: u32::try_from(reading.pictures.len()).unwrap_or(u32::MAX),
            text: reading.text,
        }
    };
    let mut files: Vec<FileFindings> = papers.into_iter().zip(others).map(entry).collect();
    // They would keep the room that the papers had.
    files.shrink_to_fit();
    files
}

fn why(standing: Standing, claim: Message, other: Option<&str>, litter: Option<Litter>) -> Message {
    let name = other.map_or("", paths::file_name);
    match standing {
        Standing::Used | Standing::Unclaimed => claim,
        Standing::Unread => msg!("judge.file_unread", claim),
        Standing::Duplicate(_) => msg!("judge.file_duplicate", claim, name),
        Standing::Replaced(_) => msg!("judge.file_replaced", claim, name),
        Standing::TooLate(_) => msg!("judge.file_too_late", claim, name),
        Standing::Ignored => match litter {
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
            evidence.into_iter().map(|evidence| Cited { file: p.path().clone(), evidence })
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
        paper.reading.evidence.open().iter().fold(hits, |hits, e| add(hits, (e.rule.to_string(), 1)))
    });
    of_each.reduce(BTreeMap::new, |all, hits| hits.into_iter().fold(all, add)).into_iter().fold(none, add)
}
