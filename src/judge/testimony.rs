//! Which evidence speaks for which school, and how much it weighs there.

use crate::judge::names::Names;
use crate::judge::paper::{Paper, Standing};
use crate::judge::roster::Roster;
use crate::model::findings::FileEvidence;
use crate::model::reading::Evidence;
use std::borrow::Cow;

/// How much a piece of evidence weighs for a school, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It counts.
    Counts,
    /// From a file of several schools, without a word of which one is meant.
    Shared,
    /// From a version that came after the deadline.
    Late,
    /// From a version that a newer one replaced.
    Replaced,
    /// Of a school that the file's school does not report for.
    Foreign,
}

/// A piece of evidence as one school's.
#[derive(Debug, Clone)]
pub struct Testimony<'p> {
    /// The paper that it stands in.
    pub paper: &'p Paper,
    /// The evidence.
    pub evidence: &'p Evidence,
    /// How much it weighs.
    pub weight: Weight,
    /// Its position in what the school's files say.
    pub at: u32,
    /// Its position in what the paper says.
    pub own: u32,
}

/// The papers that may speak for each school, in file order.
pub fn papers_of(papers: &[Paper], schools: usize) -> Vec<Vec<&Paper>> {
    let mut of: Vec<Vec<&Paper>> = vec![Vec::new(); schools];
    for paper in papers.iter().filter(|p| p.speaks()) {
        for school in &paper.claim.schools {
            if let Some(own) = of.get_mut(*school) {
                own.push(paper);
            }
        }
    }
    of
}

/// What a paper says. That of several schools is opened once, all others are closed again.
pub fn evidence(paper: &Paper) -> Cow<'_, [Evidence]> {
    match paper.claim.schools.len() {
        0 | 1 => paper.reading.evidence.open(),
        _ => Cow::Borrowed(&paper.reading.evidence),
    }
}

/// What a school's papers, opened, say of it.
pub fn of_school<'p>(
    school: usize,
    papers: &'p [(&'p Paper, Cow<'p, [Evidence]>)],
    names: &Names,
    roster: &Roster<'_>,
) -> Vec<Testimony<'p>> {
    let mut said = Vec::new();
    for (paper, evidence) in papers {
        let standing = match paper.standing {
            Standing::TooLate(_) => Weight::Late,
            Standing::Replaced(_) => Weight::Replaced,
            _ => Weight::Counts,
        };
        for (evidence, own) in evidence.iter().zip(0..) {
            let owners = owners(&paper.claim.schools, evidence.unit.as_deref(), names, roster);
            if let Some((_, weight)) = owners.into_iter().find(|(owner, _)| *owner == school) {
                let at = said.len() as u32;
                said.push(Testimony { paper, evidence, weight: weight.max(standing), at, own });
            }
        }
    }
    said
}

/// The same by files, without the words.
pub fn by_file(said: &[Testimony<'_>]) -> Vec<FileEvidence> {
    let same = |a: &Testimony<'_>, b: &Testimony<'_>| std::ptr::eq(a.paper, b.paper);
    let of_file = |said: &[Testimony<'_>]| {
        let paper = said.first()?.paper;
        let own = said.iter().map(|t| t.own).collect();
        Some(FileEvidence { file: paper.path().clone(), said: paper.reading.evidence.clone(), own })
    };
    let mut files: Vec<FileEvidence> = said.chunk_by(same).filter_map(of_file).collect();
    files.shrink_to_fit();
    files
}

/// The schools that a row speaks for, in a file of `schools`, where the row names `unit`.
pub fn owners(schools: &[usize], unit: Option<&str>, names: &Names, roster: &Roster<'_>) -> Vec<(usize, Weight)> {
    let named = unit.and_then(|u| {
        let found = names.find(u);
        match found.clear.as_slice() {
            [one] => Some(*one),
            // 王庄小学 may be any town's, but in this file only one will do.
            _ => {
                let mut own = found.doubtful.into_iter().filter(|s| schools.contains(s));
                own.next().filter(|_| own.next().is_none())
            }
        }
    });
    match (schools, named) {
        ([one], Some(named)) if named != *one && !roster.houses(*one, named) => {
            vec![(*one, Weight::Foreign)]
        }
        ([one], _) => vec![(*one, Weight::Counts)],
        (all, Some(named)) if all.contains(&named) => vec![(named, Weight::Counts)],
        // A unit that no school of the file answers to speaks for none of them.
        (_, Some(_)) => Vec::new(),
        (all, None) if unit.is_some() => all.iter().map(|s| (*s, Weight::Foreign)).collect(),
        (all, None) => all.iter().map(|s| (*s, Weight::Shared)).collect(),
    }
}
