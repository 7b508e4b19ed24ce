//! Hints of copying: nearly the same text in two schools' reports, one picture in several, or twice in one.

use crate::judge::attribution::words::list;
use crate::judge::flags::flag::Draft;
use crate::judge::paper::{Kind, Paper, Standing};
use crate::judge::roster::Roster;
use crate::judge::similarity;
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::msg;
use std::collections::BTreeMap;

/// Texts of two schools that share so much are a hint.
const NEAR_COPY: f64 = 0.8;
/// Smaller pictures are logos, lines and stamps.
const LEAST_PICTURE: u64 = 3 * 1024;
/// A picture that more schools share was handed out to them.
const HANDED_OUT: usize = 10;

/// Nearly equal texts, a flag for each group of schools.
pub fn texts(papers: &[Paper], campaign: &str, roster: &Roster<'_>) -> Vec<Flag> {
    let prints: Vec<(usize, &[u32])> = papers
        .iter()
        .enumerate()
        .filter(|(_, p)| p.standing == Standing::Used && p.kind() == Kind::Prose && !p.claim.schools.is_empty())
        .map(|(i, p)| (i, p.reading.text_print.as_slice()))
        .collect();
    let mut pairs = similarity::near_pairs(&prints, NEAR_COPY);
    let owners = |i: usize| papers.get(i).map_or(&[][..], |p| p.claim.schools.as_slice());
    pairs.retain(|(a, b)| {
        owners(*a).iter().all(|x| owners(*b).iter().all(|y| x != y && !roster.covers(*x, *y) && !roster.covers(*y, *x)))
    });
    similarity::groups(&pairs)
        .into_values()
        .filter_map(|group| {
            let found: Vec<&Paper> = group.iter().filter_map(|i| papers.get(*i)).collect();
            let schools = schools(&found);
            let school = *schools.first()?;
            let message = if let [a, b] = schools.as_slice() {
                msg!("judge.hint_similar_two", roster.name(*a), roster.name(*b))
            } else {
                msg!("judge.hint_similar_many", schools.len(), list(&schools, roster))
            };
            let subject = found.iter().find(|p| p.claim.schools.contains(&school))?.path();
            Some(
                Draft {
                    kind: FlagKind::SimilarText,
                    severity: Severity::Low,
                    school: roster.code(school),
                    item: None,
                    subject,
                    message,
                    files: files(&found),
                    said: vec!["similar"],
                }
                .raise(campaign),
            )
        })
        .collect()
}

/// Pictures in several schools' papers, or twice in one document. Pictures that lie in the same papers make one flag.
pub fn pictures(papers: &[Paper], campaign: &str, roster: &Roster<'_>) -> Vec<Flag> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, paper) in
        papers.iter().enumerate().filter(|(_, p)| p.standing == Standing::Used && !p.claim.schools.is_empty())
    {
        for picture in paper.reading.pictures.iter().filter(|p| p.len >= LEAST_PICTURE && !p.fingerprint.is_empty()) {
            places.entry(&picture.fingerprint).or_default().push(i);
        }
    }
    let mut groups: BTreeMap<Vec<usize>, Vec<&str>> = BTreeMap::new();
    for (fingerprint, mut at) in places.into_iter().filter(|(_, at)| at.len() > 1) {
        let twice = at.windows(2).any(|w| matches!(w, [a, b] if a == b));
        at.dedup();
        let found: Vec<&Paper> = at.iter().filter_map(|i| papers.get(*i)).collect();
        // A school's own picture in its report and beside it is as it should be.
        if twice || schools(&found).len() > 1 && !one_file_of_several(&found) {
            groups.entry(at).or_default().push(fingerprint);
        }
    }
    groups
        .into_iter()
        .filter_map(|(at, pictures)| {
            let found: Vec<&Paper> = at.iter().filter_map(|i| papers.get(*i)).collect();
            let schools = schools(&found);
            let school = *schools.first()?;
            let message = match schools.len() {
                1 => msg!("judge.hint_picture_twice", roster.name(school), pictures.len()),
                n if n > HANDED_OUT => msg!("judge.hint_picture_handed_out", n, pictures.len()),
                _ => msg!("judge.hint_picture", list(&schools, roster), pictures.len()),
            };
            let subject = *pictures.first()?;
            Some(
                Draft {
                    kind: FlagKind::SamePicture,
                    severity: Severity::Low,
                    school: roster.code(school),
                    item: None,
                    subject,
                    message,
                    files: files(&found),
                    said: pictures,
                }
                .raise(campaign),
            )
        })
        .collect()
}

fn one_file_of_several(found: &[&Paper]) -> bool {
    found.first().is_some_and(|first| found.iter().all(|p| p.claim.schools == first.claim.schools))
}

fn schools(found: &[&Paper]) -> Vec<usize> {
    let mut schools: Vec<usize> = found.iter().flat_map(|p| p.claim.schools.iter().copied()).collect();
    schools.sort_unstable();
    schools.dedup();
    schools
}

fn files(found: &[&Paper]) -> Vec<String> {
    found.iter().map(|p| p.path().to_string()).collect()
}
