//! The entries of a night against each other and against the journal: which are new, which are taken, which contradict
//! each other. The same entries give the same records in whatever order the workbooks are read, and an entry that the
//! journal knows gives none: workbooks may lie about and be read again every night.

use crate::model::campaign::Campaign;
use crate::model::check::Check;
use crate::model::ruling::{Fate, Record, Ruling, Typed};
use crate::msg;
use crate::review::entry::Entry;
use crate::review::sense::understand;
use crate::review::state::{State, ruling, states};
use chrono::{DateTime, FixedOffset};
use std::collections::{BTreeMap, BTreeSet};

/// An entry of which it is certain what it is about.
struct Sound<'e> {
    entry: &'e Entry,
    check: &'e Check,
}

/// The new lines of the journal, in its order, from entries in the order of their workbooks and rows.
pub fn weigh(
    entries: &[Entry],
    journal: &[Record],
    campaign: &Campaign,
    read_at: DateTime<FixedOffset>,
) -> Vec<Record> {
    // What stood in a row that did not hold together has no base.
    let base = |r: &Record| Some(r.base).filter(|_| !matches!(r.fate, Fate::Misplaced(_)));
    let mut seen: BTreeSet<(&str, Option<u32>, &Typed)> =
        journal.iter().map(|r| (r.flag.as_str(), base(r), &r.typed)).collect();
    let states = states(journal);
    let mut fates: Vec<(&Entry, Option<&Check>, String, Fate)> = Vec::new();
    let mut groups: Vec<Vec<Sound<'_>>> = Vec::new();
    let mut group_of: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        match &entry.check {
            Err(why) => {
                if seen.insert((&entry.number, None, &entry.typed)) {
                    fates.push((entry, None, String::new(), Fate::Misplaced(why.clone())));
                }
            }
            Ok(check) => {
                if seen.insert((&check.flag, Some(check.base), &entry.typed)) {
                    let at = *group_of.entry(&check.flag).or_insert_with(|| {
                        groups.push(Vec::new());
                        groups.len() - 1
                    });
                    if let Some(group) = groups.get_mut(at) {
                        group.push(Sound { entry, check });
                    }
                }
            }
        }
    }
    for group in &groups {
        let state = group.first().and_then(|s| states.get(s.check.flag.as_str())).cloned().unwrap_or_default();
        fates.extend(weigh_one(group, &state, campaign));
    }
    let first = journal.iter().map(|r| r.number).max().unwrap_or(0) + 1;
    let record = |(number, (entry, check, before, fate)): (u32, (&Entry, Option<&Check>, String, Fate))| Record {
        number,
        read_at,
        file: entry.file.clone(),
        row: entry.row,
        flag: check.map_or_else(|| entry.number.clone(), |c| c.flag.clone()),
        fingerprint: check.map_or_else(String::new, |c| c.fingerprint.clone()),
        base: check.map_or(0, |c| c.base),
        kind: check.map_or_else(String::new, |c| c.kind.clone()),
        school: check.map_or_else(String::new, |c| c.school.clone()),
        item: check.map(|c| c.item.clone()).filter(|i| !i.is_empty()),
        about: entry.about.clone(),
        typed: entry.typed.clone(),
        before,
        fate,
    };
    (first..).zip(fates).map(record).collect()
}

type Fated<'e> = (&'e Entry, Option<&'e Check>, String, Fate);

/// The fates of all new entries about one flag: what cannot be understood first, so that it does not cover a decision.
fn weigh_one<'e>(group: &[Sound<'e>], state: &State<'_>, campaign: &Campaign) -> Vec<Fated<'e>> {
    let before = state.current.map_or_else(String::new, |r| said(&r.typed));
    let mut fates: Vec<Fated<'e>> = Vec::new();
    let mut decided: Vec<(&Sound<'e>, Ruling)> = Vec::new();
    for sound in group {
        let fate = |fate| (sound.entry, Some(sound.check), before.clone(), fate);
        if sound.entry.typed.is_empty() {
            // Emptied on a copy that did not show what has been decided since: nothing was taken back.
            fates.extend((sound.check.base == state.last).then(|| fate(Fate::Cleared)));
            continue;
        }
        match understand(sound.check, &sound.entry.typed, campaign) {
            Ok(ruling) => decided.push((sound, ruling)),
            Err(why) => fates.push(fate(Fate::Refused(why))),
        }
    }
    let former = state.current.filter(|r| decided.iter().any(|(s, _)| s.check.base < r.number));
    let contradicts = |own: &Ruling, base: u32| {
        let others = decided.iter().filter(|(_, r)| !r.agrees_with(own)).map(|(s, _)| name(s.entry));
        let former = former.filter(|r| base < r.number && ruling(r).is_some_and(|r| !r.agrees_with(own)));
        let mut names: Vec<String> = others.chain(former.map(author)).collect();
        names.dedup();
        names
    };
    let names: Vec<Vec<String>> = decided.iter().map(|(s, r)| contradicts(r, s.check.base)).collect();
    let conflict = names.iter().any(|n| !n.is_empty());
    for ((sound, ruling), names) in decided.into_iter().zip(names) {
        let fate = if conflict { Fate::Conflict(names) } else { Fate::Taken(Box::new(ruling)) };
        fates.push((sound.entry, Some(sound.check), before.clone(), fate));
    }
    fates
}

fn name(entry: &Entry) -> String {
    signed(&entry.typed, &entry.file, entry.row)
}

fn author(record: &Record) -> String {
    signed(&record.typed, &record.file, record.row)
}

/// Who typed it; where nobody signed, where it stands.
pub fn signed(typed: &Typed, file: &str, row: u32) -> String {
    match typed.by.trim() {
        "" => msg!("review.unsigned", file, row).text(crate::model::message::Lang::Zh),
        by => by.to_string(),
    }
}

/// What was typed, in one line.
pub fn said(typed: &Typed) -> String {
    let cells = typed.cells().map(str::trim);
    cells.into_iter().filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" · ")
}
