//! The roster's names, and how to find them in a line: leftmost and longest over normalised characters, with a look at both
//! borders of each match.

pub mod border;
mod dictionary;
pub mod forms;
pub mod lookalike;
pub mod places;
pub mod text;

use crate::model::campaign::Campaign;
use border::Border;
use dictionary::{Dictionary, Hit};
use forms::{Form, Rank};
use lookalike::Nearest;
use places::Places;
use std::ops::Range;
use text::Text;

/// The roster's names, ready for matching.
#[derive(Debug)]
pub struct Names {
    /// By their numbers in the dictionary, which has their texts.
    forms: Vec<Known>,
    /// The schools of all forms, form by form.
    owners: Vec<usize>,
    dictionary: Dictionary,
    places: Places,
    nearest: Nearest,
}

/// A form, without its text: there are five a school.
#[derive(Debug)]
struct Known {
    /// Where in `owners` its own end.
    end: u32,
    rank: Rank,
    anchored: bool,
    /// Whether it begins with 第.
    numbered: bool,
}

/// What a line says of schools.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Schools that are named beyond doubt, in the order of the line.
    pub clear: Vec<usize>,
    /// Schools that may be meant.
    pub doubtful: Vec<usize>,
    /// A name that looks like a school's and is not on the roster.
    pub unknown: Option<String>,
    /// The line begins with the first clear name, and what follows it is no part of a sentence.
    pub leads: bool,
}

impl Names {
    /// Makes a roster's names ready.
    pub fn new(campaign: &Campaign) -> Names {
        let places = Places::new(campaign);
        let forms = forms::all(campaign, &places);
        // A roster beyond the dictionary's limits leaves every file to a person rather than to a guess.
        let dictionary = Dictionary::new(forms.iter().map(|f| f.text.as_str())).unwrap_or_default();
        let names: Vec<String> = campaign.schools.iter().map(|s| text::plain(&s.name)).collect();
        let nearest = Nearest::new(names.iter().map(|n| places.without_county(n)));
        let mut owners = Vec::with_capacity(forms.iter().map(|form| form.schools.len()).sum());
        let known = |Form { text, schools, rank, anchored }| {
            owners.extend(schools);
            Known { end: owners.len() as u32, rank, anchored, numbered: text.starts_with('第') }
        };
        // Not in the room of the texts.
        let mut forms_known = Vec::with_capacity(forms.len());
        forms_known.extend(forms.into_iter().map(known));
        Names { forms: forms_known, owners, dictionary, places, nearest }
    }

    /// Finds the schools that a line names.
    pub fn find(&self, line: &str) -> Found {
        let text = Text::new(line);
        let mut found = Found::default();
        let mut known = Vec::new();
        let mut last_clear = None;
        for Hit { number, range: Range { start, end } } in self.dictionary.find_in(&text.plain) {
            let Some((form, schools)) = self.form(number) else {
                continue;
            };
            let owners: Vec<Option<usize>> = schools.iter().map(|s| self.places.township(*s)).collect();
            let before = if last_clear == Some(start) {
                Border::Clear
            } else {
                border::before(&text, start, form.anchored, form.numbered, &owners, &self.places)
            };
            let after = border::after(&text, start, end);
            match before.max(after) {
                Border::Part => continue,
                Border::Clear if form.rank < Rank::Vague && schools.len() == 1 => {
                    found.leads |= found.clear.is_empty() && self.leads(&text, start, end);
                    last_clear = Some(end);
                    add(&mut found.clear, schools);
                }
                _ => add(&mut found.doubtful, schools),
            }
            known.push((start, end));
        }
        found.doubtful.retain(|s| !found.clear.contains(s));
        found.unknown = lookalike::find(&text, &known);
        found
    }

    /// A form and its schools.
    fn form(&self, number: usize) -> Option<(&Known, &[usize])> {
        let form = self.forms.get(number)?;
        let first = number.checked_sub(1).and_then(|last| self.forms.get(last)).map_or(0, |last| last.end);
        Some((form, self.owners.get(first as usize..form.end as usize)?))
    }

    fn leads(&self, text: &Text, start: usize, end: usize) -> bool {
        let head = text.before(start);
        let opens = self.places.without_county(head).is_empty()
            || self.places.prefixes.iter().any(|p| p == head)
            || head.starts_with("关于")
            || !head.chars().any(text::is_han)
            || self.places.township_before(head).is_some_and(|(_, at)| at == 0);
        // 龙池初中扶贫日总结 leads; 县第一小学到我校送课 does not.
        let tail = text.after(end);
        let verb =
            ["到", "来", "赴", "走进", "与", "和", "向", "对", "为", "在", "及"].iter().any(|w| tail.starts_with(w));
        opens && !verb
    }

    /// The schools of the township whose name a folder bears.
    pub fn township_folder(&self, folder: &str) -> Option<&[usize]> {
        self.places.schools_of_folder(&text::plain(folder))
    }

    /// The number of a school's township, as far as the roster says.
    pub fn township(&self, school: usize) -> Option<usize> {
        self.places.township(school)
    }

    /// Up to three schools whose names come nearest to one that is not on the roster.
    pub fn nearest(&self, name: &str) -> Vec<usize> {
        self.nearest.to(self.places.without_county(name))
    }
}

fn add(list: &mut Vec<usize>, schools: &[usize]) {
    for school in schools {
        if !list.contains(school) {
            list.push(*school);
        }
    }
}

#[cfg(test)]
mod tests;
