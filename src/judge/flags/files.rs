//! Flags about single files: unreadable, nobody's, partly lost, bearing another school's name.

use crate::judge::flags::flag::Draft;
use crate::judge::names::Names;
use crate::judge::paper::{Kind, Paper, Standing};
use crate::judge::paths;
use crate::judge::roster::Roster;
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::model::problem::Problem;
use crate::msg;
use rayon::iter::{IntoParallelRefIterator, ParallelExtend, ParallelIterator};
use std::collections::BTreeMap;

/// The flags of all files.
pub fn of_files(papers: &[Paper], campaign: &str, names: &Names, roster: &Roster<'_>) -> Vec<Flag> {
    let mut flags = unclaimed(papers, campaign);
    let of_file = |paper: &Paper| of_file(paper, papers, campaign, names, roster);
    flags.par_extend(papers.par_iter().flat_map_iter(of_file));
    flags
}

fn of_file(paper: &Paper, papers: &[Paper], campaign: &str, names: &Names, roster: &Roster<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    let school = paper.claim.schools.first().map_or("", |s| roster.code(*s));
    let draft = |kind, severity, message| Draft {
        kind,
        severity,
        school,
        item: None,
        subject: paper.path(),
        message,
        files: vec![paper.path().clone()],
        said: Vec::new(),
    };
    if paper.standing == Standing::Unread {
        let problem = paper.reading.problems.iter().find(|p| p.is_unreadable()).or(paper.reading.problems.first());
        let problem = problem.map_or_else(|| msg!("judge.empty_archive"), Problem::message);
        flags.push(
            draft(
                FlagKind::UnreadableFile,
                Severity::Medium,
                msg!("judge.gap_unreadable", paths::file_name(paper.path()), problem),
            )
            .raise(campaign, papers),
        );
    }
    if paper.standing != Standing::Used {
        return flags;
    }
    if let Some(lost) = paper.reading.problems.iter().find(|p| matches!(p, Problem::LostText(..))) {
        flags.push(
            draft(
                FlagKind::LostText,
                Severity::Low,
                msg!("judge.hint_lost_text", paths::file_name(paper.path()), lost.message()),
            )
            .raise(campaign, papers),
        );
    }
    if let [own] = paper.claim.schools.as_slice()
        && let Some(other) = other_name(paper, *own, names, roster)
    {
        let message = msg!("judge.hint_other_name", roster.name(*own), roster.name(other));
        flags.push(draft(FlagKind::OtherName, Severity::Low, message).raise(campaign, papers));
    }
    flags
}

/// One flag for all that lies in one archive or in one folder of pictures: a clerk opens it once.
fn unclaimed(papers: &[Paper], campaign: &str) -> Vec<Flag> {
    let mut groups: BTreeMap<&str, Vec<&Paper>> = BTreeMap::new();
    for paper in papers.iter().filter(|p| p.standing == Standing::Unclaimed) {
        let folder = paths::folder_of(paper.path());
        let key = match paths::outermost_archive(paper.path()) {
            Some(archive) => archive,
            None if paper.kind() == Kind::Picture && folder.contains('/') => folder,
            None => paper.path(),
        };
        groups.entry(key).or_default().push(paper);
    }
    groups
        .into_iter()
        .filter_map(|(key, group)| {
            let first = group.iter().find(|p| !p.claim.nameless).or(group.first())?;
            let message = if group.len() == 1 {
                msg!("judge.gap_unclaimed", paths::file_name(first.path()), &first.claim.why)
            } else {
                msg!("judge.gap_unclaimed_many", paths::file_name(key), group.len(), &first.claim.why)
            };
            let files = group.iter().map(|p| p.path().clone()).collect();
            Some(
                Draft {
                    kind: FlagKind::UnclaimedFile,
                    severity: Severity::Medium,
                    school: "",
                    item: None,
                    subject: key,
                    message,
                    files,
                    said: Vec::new(),
                }
                .raise(campaign, papers),
            )
        })
        .collect()
}

/// Another school in title or signature, that neither keeps papers for this one nor has its own kept by it.
fn other_name(paper: &Paper, own: usize, names: &Names, roster: &Roster<'_>) -> Option<usize> {
    let masthead = &paper.reading.masthead;
    masthead.titles.iter().chain(&masthead.signatures).find_map(|line| {
        names
            .find(&line.text)
            .clear
            .into_iter()
            .find(|s| *s != own && !roster.houses(*s, own) && !roster.houses(own, *s))
    })
}
