//! Files that a person gave to another school than the machine had, and what the machine learns from it.

use crate::judge::attribution::said::{Said, Testimonies};
use crate::judge::names::Names;
use crate::judge::paper::{Claim, Paper};
use crate::judge::roster::Roster;
use crate::model::campaign::Campaign;
use crate::model::ruling::{Conclusion, Ruling};
use crate::msg;
use ecow::EcoString;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What persons said of papers.
#[derive(Debug, Clone, Default)]
pub struct Persons {
    /// By position of the paper: the school, and the position of the ruling that says so. The last ruling counts.
    pub of: BTreeMap<usize, (usize, usize)>,
    /// By position of the ruling: names that its papers bear and no roster has.
    pub learned: BTreeMap<usize, Vec<String>>,
}

impl Persons {
    /// Finds the papers that decisions are about. A paper is known by its place, and by its content where it was moved.
    pub fn new(papers: &[Paper], rulings: &[Ruling], names: &Names, roster: &Roster<'_>) -> Persons {
        let mut persons = Persons::default();
        let moves = rulings.iter().enumerate().filter(|(_, r)| r.conclusion == Conclusion::WrongSchool);
        for (at, ruling) in moves {
            let Some(school) = ruling.right_school.as_deref().and_then(|code| roster.by_code(code)) else { continue };
            let found = about(papers, ruling);
            let mut bears: BTreeSet<String> = BTreeSet::new();
            for i in found {
                persons.of.insert(i, (school, at));
                let Some(paper) = papers.get(i) else { continue };
                let said = Testimonies::hear(paper, names, roster);
                bears.extend(said.all().into_iter().filter_map(|(_, s)| match s {
                    Said::Unknown(name) => Some(name.clone()),
                    _ => None,
                }));
            }
            bears.extend(ruling.aliases.iter().cloned());
            if !bears.is_empty() {
                persons.learned.insert(at, bears.into_iter().collect());
            }
        }
        persons
    }

    /// The claim of a person on a paper.
    pub fn claim(&self, paper: usize, rulings: &[Ruling], roster: &Roster<'_>) -> Option<Claim> {
        let (school, at) = *self.of.get(&paper)?;
        let by = rulings.get(at).map_or("", |r| r.by.as_str());
        let why = if by.is_empty() {
            msg!("judge.claim_person_unnamed", roster.name(school))
        } else {
            msg!("judge.claim_person", roster.name(school), by)
        };
        Some(Claim { schools: vec![school], why, nameless: false })
    }

    /// The rulings, each with the names that it taught.
    pub fn learnt(&self, rulings: &[Ruling]) -> Vec<Ruling> {
        let taught = |(at, ruling): (usize, &Ruling)| match self.learned.get(&at) {
            Some(names) => Ruling { aliases: names.clone(), ..ruling.clone() },
            None => ruling.clone(),
        };
        rulings.iter().enumerate().map(taught).collect()
    }

    /// The campaign with the names that were learned among the aliases of the schools that they mean.
    pub fn taught<'c>(&self, campaign: &'c Campaign, rulings: &[Ruling]) -> Cow<'c, Campaign> {
        let mut taught = Cow::Borrowed(campaign);
        for (at, names) in &self.learned {
            let code = rulings.get(*at).and_then(|r| r.right_school.as_deref());
            let position = code.and_then(|code| campaign.schools.iter().position(|s| s.code == code));
            if let Some(school) = position.and_then(|i| taught.to_mut().schools.get_mut(i)) {
                Arc::make_mut(school).aliases.extend(names.iter().map(EcoString::from));
            }
        }
        taught
    }
}

fn about(papers: &[Paper], ruling: &Ruling) -> Vec<usize> {
    let mut found = Vec::new();
    for subject in &ruling.files {
        match papers.binary_search_by(|p| p.path().as_str().cmp(&subject.path)) {
            Ok(at) => found.push(at),
            Err(_) if subject.digest.is_empty() => {}
            Err(_) => {
                let moved = papers.iter().enumerate().filter(|(_, p)| p.reading.source.digest == subject.digest);
                found.extend(moved.map(|(i, _)| i));
            }
        }
    }
    found
}
