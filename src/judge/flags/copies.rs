//! Hints of copying: nearly the same text in two schools' reports, one picture in several, or twice in one, last year's
//! report under a new date. Hints, never verdicts.

use crate::judge::attribution::words::list;
use crate::judge::flags::flag::Draft;
use crate::judge::paper::{Kind, Paper, Standing};
use crate::judge::paths;
use crate::judge::roster::Roster;
use crate::judge::similarity;
use crate::model::campaign::Campaign;
use crate::model::flag::{Flag, FlagKind, Severity, Shared, Spot};
use crate::model::place::Place;
use crate::model::reading::Excerpt;
use crate::msg;
use chrono::Datelike;
use ecow::EcoString;
use std::collections::{BTreeMap, BTreeSet};

/// Texts of two schools that share so much of all that stands in either are a hint: four fifths of each. Reports that
/// were written apart share a tenth at most.
const NEAR_COPY: f64 = 0.65;
/// Smaller pictures are logos, lines and stamps.
const LEAST_PICTURE: u64 = 3 * 1024;
/// A picture or a text that more schools share was handed out to them.
const HANDED_OUT: usize = 10;

/// So many passages are shown side by side.
const SHOWN: usize = 4;
/// Sentences of one hash are shown as the same where they share so much of their pairs of characters.
const SAME_SENTENCE: f64 = 0.6;

/// Nearly equal texts, a flag for each group of schools; the two files that share most come first.
pub fn texts(papers: &[Paper], campaign: &str, roster: &Roster<'_>) -> Vec<Flag> {
    let prints: Vec<(usize, &[u32])> = papers
        .iter()
        .enumerate()
        .filter(|(_, p)| p.standing == Standing::Used && p.kind() == Kind::Prose && !p.claim.schools.is_empty())
        .map(|(i, p)| (i, p.reading.text_print.as_slice()))
        .collect();
    let owners = |i: usize| papers.get(i).map_or(&[][..], |p| p.claim.schools.as_slice());
    let strangers = |a: usize, b: usize| {
        owners(a).iter().all(|x| owners(b).iter().all(|y| x != y && !roster.covers(*x, *y) && !roster.covers(*y, *x)))
    };
    let pairs = similarity::near_pairs(&prints, NEAR_COPY, strangers);
    let groups = similarity::groups(&pairs);
    groups.into_values().filter_map(|group| similar(&group, &pairs, papers, campaign, roster)).collect()
}

fn similar(
    group: &[usize],
    pairs: &[(usize, usize)],
    papers: &[Paper],
    campaign: &str,
    roster: &Roster<'_>,
) -> Option<Flag> {
    let mut found: Vec<&Paper> = group.iter().filter_map(|i| papers.get(*i)).collect();
    let schools = schools(&found);
    let school = *schools.first()?;
    let subject = found.iter().find(|p| p.claim.schools.contains(&school))?.path();
    let message = match schools.as_slice() {
        [a, b] => msg!("judge.hint_similar_two", roster.name(*a), roster.name(*b)),
        all if all.len() > HANDED_OUT => msg!("judge.hint_similar_handed_out", all.len(), list(&schools, roster)),
        _ => msg!("judge.hint_similar_many", schools.len(), list(&schools, roster)),
    };
    let (one, other, shared) = pairs
        .iter()
        .filter(|(a, _)| group.binary_search(a).is_ok())
        .take(HANDED_OUT)
        .filter_map(|(a, b)| Some((papers.get(*a)?, papers.get(*b)?)))
        .map(|(a, b)| (a, b, shared(a, b)))
        .reduce(|best, next| if next.2.len() > best.2.len() { next } else { best })?;
    found.sort_by_key(|p| (p.path() != one.path(), p.path() != other.path()));
    let draft = Draft {
        kind: FlagKind::SimilarText,
        severity: Severity::Low,
        school: roster.code(school),
        item: None,
        subject,
        message,
        files: files(&found),
        said: vec!["similar"],
    };
    Some(Flag { shared, ..draft.raise(campaign, papers) })
}

/// Sentences that two papers have in common, in the order of the first.
fn shared(a: &Paper, b: &Paper) -> Vec<Shared> {
    let spot =
        |paper: &Paper, e: &Excerpt| Spot { file: paper.path().clone(), place: e.place.clone(), text: e.text.clone() };
    let (of_a, of_b) = (a.reading.excerpts.open(), b.reading.excerpts.open());
    of_a.iter()
        .filter_map(|x| {
            let y = of_b.iter().find(|y| y.print == x.print)?;
            (likeness(&x.text, &y.text) >= SAME_SENTENCE).then(|| Shared { one: spot(a, x), other: spot(b, y) })
        })
        .take(SHOWN)
        .collect()
}

/// The share of pairs of characters that two sentences have in common (Dice).
fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        chars.windows(2).map(<[char]>::to_vec).collect::<BTreeSet<_>>()
    };
    let (a, b) = (pairs(a), pairs(b));
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * a.intersection(&b).count() as f64 / all as f64 }
}

/// Documents signed in an earlier year, and reports whose title and dates are all of one, whatever the signature says:
/// last year's, handed in again.
pub fn past_years(papers: &[Paper], campaign: &Campaign, roster: &Roster<'_>) -> Vec<Flag> {
    let flag = |paper: &Paper| {
        let school = *paper.claim.schools.first()?;
        let name = paths::file_name(paper.path());
        let told = paper
            .reading
            .told_year
            .or(paper.reading.year())
            .filter(|y| *y < campaign.year && paper.kind() == Kind::Prose);
        let (severity, message) = match (paper.reading.signed, told) {
            (Some(signed), _) if signed.year() < campaign.year => {
                (Severity::Medium, msg!("judge.hint_past_year", name, signed))
            }
            (Some(signed), Some(told)) => (Severity::Low, msg!("judge.hint_past_year_signed", name, told, signed)),
            (None, Some(told)) => (Severity::Low, msg!("judge.hint_past_year_told", name, told)),
            (_, None) => return None,
        };
        let draft = Draft {
            kind: FlagKind::PastYear,
            severity,
            school: roster.code(school),
            item: None,
            subject: paper.path(),
            message,
            files: vec![paper.path().clone()],
            said: vec!["past_year"],
        };
        Some(draft.raise(&campaign.id, papers))
    };
    papers.iter().filter(|p| p.standing == Standing::Used).filter_map(flag).collect()
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
            let shared = pictures.iter().take(SHOWN).filter_map(|p| shown_in(&found, p)).collect();
            let draft = Draft {
                kind: FlagKind::SamePicture,
                severity: Severity::Low,
                school: roster.code(school),
                item: None,
                subject: pictures.first()?,
                message,
                files: files(&found),
                said: pictures,
            };
            Some(Flag { shared, ..draft.raise(campaign, papers) })
        })
        .collect()
}

/// The first two places of a picture.
fn shown_in(found: &[&Paper], fingerprint: &str) -> Option<Shared> {
    let mut spots = found.iter().flat_map(|paper| {
        let same = paper.reading.pictures.iter().filter(|p| p.fingerprint == fingerprint);
        // In a group of schools the two places stand in two files.
        same.take(if found.len() > 1 { 1 } else { 2 }).map(|p| Spot {
            file: paper.path().clone(),
            place: p.place.clone().unwrap_or(Place::Whole),
            text: p.caption.clone().unwrap_or_default(),
        })
    });
    Some(Shared { one: spots.next()?, other: spots.next()? })
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

fn files(found: &[&Paper]) -> Vec<EcoString> {
    found.iter().map(|p| p.path().clone()).collect()
}
