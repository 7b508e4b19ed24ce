//! The answer to every entry: what stands in the human columns of each row tonight, and its 系统回执.

use crate::model::docket::{Answer, Docket, Logged};
use crate::model::findings::Findings;
use crate::model::message::Message;
use crate::model::ruling::{Conclusion, Fate, Outcome, Record, Ruled, Typed};
use crate::msg;
use crate::review::state::{State, ruling, states};
use crate::review::weigh::{said, signed};
use std::collections::{BTreeMap, BTreeSet};

/// Answers all entries of the journal. `notes` are of workbooks and lines that could not be read.
pub fn answer(journal: &[Record], findings: &Findings, notes: Vec<Message>) -> Docket {
    let states = states(journal);
    let ruled: BTreeMap<&str, &Ruled> = findings.rulings.iter().map(|r| (r.ruling.flag.as_str(), r)).collect();
    let raised: BTreeSet<&str> = findings.flags.iter().map(|f| f.id.as_str()).collect();
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    for (flag, state) in &states {
        answers.insert(flag.to_string(), row(state, ruled.get(flag).copied()));
    }
    for one in &findings.rulings {
        let shown = states.get(one.ruling.flag.as_str()).and_then(|s| s.current);
        if let (Some(to), Some(record)) = (&one.moved_to, shown) {
            answers.entry(to.clone()).or_default().receipt.get_or_insert(changed(record));
        }
    }
    let log = journal
        .iter()
        .map(|record| {
            let current = states.get(record.flag.as_str()).and_then(|s| s.current);
            let in_force = current.is_some_and(|c| c.number == record.number);
            let outcome = ruled.get(record.flag.as_str()).copied().filter(|_| in_force);
            let gone = !raised.contains(record.flag.as_str());
            Logged {
                receipt: fate(record, current, outcome, gone),
                in_force_alone: gone && outcome.is_some_and(|o| o.outcome == Outcome::Stands),
                record: record.clone(),
            }
        })
        .collect();
    Docket { answers, log, notes }
}

/// What a row shows.
fn row(state: &State<'_>, ruled: Option<&Ruled>) -> Answer {
    let standing = state.current.zip(ruled);
    let (typed, receipt) = match standing {
        None => (Typed::default(), None),
        Some((record, Ruled { outcome: Outcome::Stands | Outcome::Gone, .. })) => {
            (record.typed.clone(), Some(taken(record, ruled)))
        }
        Some((record, Ruled { outcome: Outcome::EvidenceChanged, .. })) => (Typed::default(), Some(changed(record))),
        Some((record, Ruled { outcome: Outcome::Lapsed, .. })) => (Typed::default(), Some(lapsed(record))),
    };
    let still = |why: Message| match &receipt {
        Some(_) if !typed.is_empty() => msg!("review.former_holds", why, said(&typed)),
        _ => why,
    };
    let (typed, receipt) = match state.pending.as_slice() {
        [] => (typed, receipt),
        [Record { fate: Fate::Misplaced(why), typed: lost, .. }] => {
            (typed.clone(), Some(msg!("review.misplaced", why, said(lost))))
        }
        [Record { fate: Fate::Refused(why), typed: carried, .. }] => {
            (carried.clone(), Some(still(msg!("review.refused", why))))
        }
        several => {
            let sayings: Vec<String> = several
                .iter()
                .map(|r| {
                    format!(
                        "{}：{}",
                        signed(&r.typed, &r.file, r.row),
                        said(&Typed { by: String::new(), ..r.typed.clone() })
                    )
                })
                .collect();
            let names: Vec<String> = several.iter().map(|r| signed(&r.typed, &r.file, r.row)).collect();
            let note = sayings.join("；");
            (Typed { note, ..Typed::default() }, Some(msg!("review.conflict_row", names.join("、"))))
        }
    };
    Answer { typed, receipt, base: state.last }
}

/// What became of an entry of the journal.
fn fate(record: &Record, current: Option<&Record>, outcome: Option<&Ruled>, gone: bool) -> Message {
    let but_gone = |why: Message| if gone { msg!("review.gone", why) } else { why };
    match &record.fate {
        Fate::Cleared => msg!("review.cleared"),
        Fate::Refused(why) => but_gone(msg!("review.refused", why)),
        Fate::Misplaced(why) => msg!("review.misplaced_short", why),
        Fate::Conflict(names) => but_gone(msg!("review.conflict", names.join("、"))),
        Fate::Taken(_) => match (outcome, current) {
            (Some(ruled), _) => match ruled.outcome {
                Outcome::Stands => taken(record, Some(ruled)),
                Outcome::EvidenceChanged => msg!("review.changed_short"),
                Outcome::Lapsed => lapsed(record),
                Outcome::Gone => msg!("review.gone", msg!("review.taken")),
            },
            (None, Some(later)) if later.number > record.number => msg!("review.replaced", later.number),
            _ => msg!("review.withdrawn"),
        },
    }
}

fn taken(record: &Record, ruled: Option<&Ruled>) -> Message {
    let aliases = ruled.map_or(&[][..], |r| r.ruling.aliases.as_slice());
    match ruling(record) {
        Some(r) if r.conclusion == Conclusion::WrongSchool && !aliases.is_empty() => {
            msg!("review.taken_learned", aliases.join("、"))
        }
        _ => msg!("review.taken"),
    }
}

fn changed(record: &Record) -> Message {
    msg!("review.changed", said(&record.typed))
}

fn lapsed(record: &Record) -> Message {
    let day = ruling(record).and_then(|r| r.new_deadline).map_or_else(String::new, |d| d.to_string());
    msg!("review.lapsed", day, said(&record.typed))
}
