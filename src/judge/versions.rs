//! Repeated and resubmitted files: which of them counts. The last version that came in time does; a file that could not
//! be read replaces nothing.

use crate::judge::paper::{Kind, Paper, Standing};
use crate::judge::paths;
use crate::judge::similarity;
use crate::judge::stem::{self, Stem};
use std::collections::BTreeMap;

/// Texts that share so much are versions of one, whatever their names.
const SAME_TEXT: f64 = 0.7;
/// Texts that must share so much where their names alone are no proof.
const KINDRED_TEXT: f64 = 0.5;
/// Texts that share less are different, though their names differ by a copy's number only.
const FOREIGN_TEXT: f64 = 0.2;
/// A name so long is no common 总结 or 统计表.
const TELLING: usize = 6;

/// Settles which papers count.
pub fn settle(papers: &mut [Paper]) {
    let mut by_owner: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for (i, paper) in papers.iter().enumerate() {
        if !paper.claim.schools.is_empty() && matches!(paper.standing, Standing::Used | Standing::Unread) {
            by_owner.entry(paper.claim.schools.clone()).or_default().push(i);
        }
    }
    for of_one in by_owner.into_values() {
        let originals = set_duplicates_apart(papers, &of_one);
        let documents: Vec<usize> = originals.into_iter().filter(|i| papers.get(*i).is_some_and(is_document)).collect();
        for versions in similarity::groups(&version_pairs(papers, &documents)).into_values() {
            choose(papers, &versions);
        }
    }
}

fn is_document(paper: &Paper) -> bool {
    // An e-mail is no version of what is attached to it.
    let covers = paper.is_mail() && paper.members > 0;
    paper.standing == Standing::Used && matches!(paper.kind(), Kind::Prose | Kind::Table) && !covers
}

/// Marks byte-identical copies: the first that arrived stays, then the one with the shorter path.
fn set_duplicates_apart(papers: &mut [Paper], of_one: &[usize]) -> Vec<usize> {
    let mut order = of_one.to_vec();
    order.sort_by_key(|i| {
        papers.get(*i).map(|p| (p.arrival.at.is_none(), p.arrival.at, p.path().len(), p.path().to_string()))
    });
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut originals = Vec::new();
    for i in order {
        let Some(paper) = papers.get_mut(i) else {
            continue;
        };
        let digest = &paper.reading.source.digest;
        // Empty files are alike without repeating each other.
        if digest.is_empty() || paper.reading.source.len == 0 {
            originals.push(i);
            continue;
        }
        match first.get(digest) {
            Some(original) => paper.standing = Standing::Duplicate(*original),
            None => {
                first.insert(digest.clone(), i);
                originals.push(i);
            }
        }
    }
    originals.sort_unstable();
    originals
}

/// Pairs of one school's documents that are versions of one.
fn version_pairs(papers: &[Paper], documents: &[usize]) -> Vec<(usize, usize)> {
    let mut by_name: BTreeMap<(Kind, String), Vec<(usize, Stem)>> = BTreeMap::new();
    for i in documents {
        if let Some(paper) = papers.get(*i) {
            let stem = stem::stem(paper.path());
            by_name.entry((paper.kind(), stem.undated.clone())).or_default().push((*i, stem));
        }
    }
    let mut pairs = Vec::new();
    for namesakes in by_name.values() {
        // Each is held against the few before it: versions stand side by side, and a thousand namesakes stay cheap.
        for (at, (i, stem)) in namesakes.iter().enumerate() {
            for (j, other) in namesakes.iter().take(at).rev().take(32) {
                if let (Some(a), Some(b)) = (papers.get(*j), papers.get(*i))
                    && are_versions(a, other, b, stem)
                {
                    pairs.push((*j, *i));
                }
            }
        }
    }
    // Forms filled in from one template look alike without being versions: only prose is told by its text.
    let prints: Vec<(usize, &[u32])> = documents
        .iter()
        .filter_map(|i| papers.get(*i).map(|p| (*i, p)))
        .filter(|(_, p)| p.kind() == Kind::Prose)
        .map(|(i, p)| (i, p.reading.text_print.as_slice()))
        .collect();
    pairs.extend(similarity::near_pairs(&prints, SAME_TEXT, |_, _| true));
    pairs
}

/// Whether two papers whose names differ at most by marks and dates are versions of one.
fn are_versions(a: &Paper, a_stem: &Stem, b: &Paper, b_stem: &Stem) -> bool {
    let alike = similarity::estimate(&a.reading.text_print, &b.reading.text_print);
    let at_least = |least: f64| alike.is_some_and(|s| s >= least);
    if a_stem.name != b_stem.name || a_stem.automatic {
        // 10月14日简报 and 10月16日简报 may well be two.
        return at_least(KINDRED_TEXT);
    }
    if a_stem.replaces != b_stem.replaces {
        return true;
    }
    let same_folder = paths::folder_of(a.path()) == paths::folder_of(b.path());
    let telling = a_stem.name.chars().count() >= TELLING;
    if same_folder || telling { alike.is_none_or(|s| s >= FOREIGN_TEXT) } else { at_least(KINDRED_TEXT) }
}

/// The last version in time counts; where none came in time, the last.
fn choose(papers: &mut [Paper], versions: &[usize]) {
    let key = |i: usize| {
        papers.get(i).map(|p| {
            (
                p.arrival.at,
                p.reading.source.stamps.modified,
                p.reading.properties.modified,
                stem::stem(p.path()).replaces,
                p.path().len(),
                p.path().to_string(),
            )
        })
    };
    let mut order = versions.to_vec();
    order.sort_by_key(|i| key(*i));
    let late = |i: &usize| papers.get(*i).is_some_and(|p| p.arrival.late);
    let Some(counts) = order.iter().rev().find(|i| !late(i)).or(order.last()).copied() else {
        return;
    };
    let counts_is_late = late(&counts);
    for i in order.into_iter().filter(|i| *i != counts) {
        if let Some(paper) = papers.get_mut(i) {
            let too_late = paper.arrival.late && !counts_is_late;
            paper.standing = if too_late { Standing::TooLate(counts) } else { Standing::Replaced(counts) };
        }
    }
}
