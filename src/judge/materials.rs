//! The verdict on each material that a school must hand in.

use crate::judge::paper::{Kind, Paper, Standing};
use crate::judge::submission::Account;
use crate::judge::testimony::Testimony;
use crate::judge::verdicts::{Bench, absent};
use crate::model::campaign::Material;
use crate::model::findings::{Cited, ItemKind, Status, Verdict};
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::reading::{Assertion, Evidence};
use crate::model::school::{School, applies};
use crate::msg;

/// One verdict a material, in the notice's order, and the files that were handed in.
pub fn materials(
    bench: &Bench<'_>,
    school: &School,
    account: &Account,
    papers: &[Paper],
    said: &[Testimony<'_>],
    handed_in: &mut Vec<Cited>,
) -> Vec<Verdict> {
    let used: Vec<&Paper> =
        account.papers.iter().filter_map(|i| papers.get(*i)).filter(|p| p.standing == Standing::Used).collect();
    bench
        .campaign
        .materials
        .iter()
        .map(|material| {
            let (status, why, files) = judge(bench, material, school, account, &used, said);
            let first = said.len() + handed_in.len();
            handed_in.extend(files.into_iter().map(|p| received(p, material)));
            Verdict {
                item: material.id.clone(),
                kind: ItemKind::Material,
                status,
                why,
                evidence: (first..said.len() + handed_in.len()).map(|at| at as u32).collect(),
                nearest: None,
                ruled: None,
            }
        })
        .collect()
}

type Judged<'p> = (Status, Message, Vec<&'p Paper>);

fn judge<'p>(
    bench: &Bench<'_>,
    material: &Material,
    school: &School,
    account: &Account,
    used: &[&'p Paper],
    said: &[Testimony<'_>],
) -> Judged<'p> {
    let without = |(status, why): (Status, Message)| (status, why, Vec::new());
    if !account.exists {
        return without((Status::NotRequired, msg!("judge.why_not_existing")));
    }
    if !applies(&material.must_report, school) {
        return without((Status::NotRequired, msg!("judge.why_no_report_asked", material.name.as_str())));
    }
    if account.is_covered() {
        return without((
            Status::NotRequired,
            msg!("judge.why_covered", account.submission.covered_by.as_deref().unwrap_or("")),
        ));
    }
    let found = match (material.min_chars, material.min_pictures) {
        (0, 0) => anything(material, used),
        (_, 0) => written(bench, material, used, said),
        (0, _) => pictures(material, used),
        _ => worse(written(bench, material, used, said), pictures(material, used)),
    };
    found.unwrap_or_else(|| {
        without(
            absent(bench, account, material.criterion.as_str())
                .unwrap_or_else(|| (Status::Missing, msg!("judge.why_missing", material.criterion.as_str()))),
        )
    })
}

fn anything<'p>(material: &Material, used: &[&'p Paper]) -> Option<Judged<'p>> {
    (!used.is_empty()).then(|| (Status::Done, msg!("judge.why_received", material.name.as_str()), used.to_vec()))
}

fn written<'p>(
    bench: &Bench<'_>,
    material: &Material,
    used: &[&'p Paper],
    said: &[Testimony<'_>],
) -> Option<Judged<'p>> {
    let mut prose: Vec<&Paper> = used.iter().copied().filter(|p| p.kind() == Kind::Prose).collect();
    prose.sort_by_key(|p| (is_plan(p, said), std::cmp::Reverse(p.reading.chars)));
    let Some(best) = prose.first() else {
        let tables: Vec<&Paper> = used.iter().copied().filter(|p| p.kind() == Kind::Table).collect();
        return (!tables.is_empty())
            .then(|| (Status::Weak, msg!("judge.why_only_tables", material.name.as_str()), tables));
    };
    let (chars, least) = (best.reading.chars, material.min_chars);
    let (status, why) = if is_plan(best, said) {
        (Status::Weak, msg!("judge.why_only_plan", material.name.as_str()))
    } else if best.reading.year().is_some_and(|told| told < bench.campaign.year) {
        (Status::Weak, msg!("judge.why_past_year_material", material.name.as_str(), bench.campaign.year))
    } else if chars < least {
        (Status::Weak, msg!("judge.why_short", material.name.as_str(), chars, least))
    } else {
        (Status::Done, msg!("judge.why_written", material.name.as_str(), chars))
    };
    Some((status, why, prose))
}

/// Whether all that the document says of the school is intended.
fn is_plan(paper: &Paper, said: &[Testimony<'_>]) -> bool {
    let of_it = || said.iter().filter(|t| std::ptr::eq(t.paper, paper));
    let says = |wanted: Assertion| of_it().any(|t| t.evidence.assertion == wanted);
    says(Assertion::Planned) && !says(Assertion::Done) && !says(Assertion::NotDone) && !says(Assertion::NotApplicable)
}

fn pictures<'p>(material: &Material, used: &[&'p Paper]) -> Option<Judged<'p>> {
    let with: Vec<&Paper> = used.iter().copied().filter(|p| !p.reading.pictures.is_empty()).collect();
    let seen: usize = with.iter().map(|p| p.reading.pictures.len()).sum();
    let least = material.min_pictures;
    if seen == 0 {
        return None;
    }
    // A few are not none: a person must look, and nothing is red.
    Some(if u32::try_from(seen).unwrap_or(u32::MAX) >= least {
        (Status::Done, msg!("judge.why_pictures", material.name.as_str(), seen), with)
    } else {
        (Status::Weak, msg!("judge.why_few_pictures", material.name.as_str(), seen, least), with)
    })
}

/// Where words and pictures are both asked: the worse of the two.
fn worse<'p>(words: Option<Judged<'p>>, pictures: Option<Judged<'p>>) -> Option<Judged<'p>> {
    match (words, pictures) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (Some((_, why, files)), None) | (None, Some((_, why, files))) => {
            Some((Status::Weak, msg!("judge.why_half", why), files))
        }
        (None, None) => None,
    }
}

/// A file handed in, cited like evidence so that a click leads to it.
fn received(paper: &Paper, material: &Material) -> Cited {
    let title = paper.reading.masthead.titles.first();
    let place = title.map_or(Place::Whole, |l| l.place.clone());
    let quote = title.map_or_else(|| crate::judge::paths::file_name(paper.path()).to_string(), |l| l.text.clone());
    let evidence = Evidence::new(&material.id, Assertion::Done, place, quote, format!("{}.received", material.id));
    Cited { file: paper.path().clone(), evidence: Evidence { date: paper.reading.signed, ..evidence } }
}
