//! What the journal comes to: of each flag the decision in force, and what still waits to be put right.

use crate::model::ruling::{Fate, Record, Ruling};
use std::collections::BTreeMap;

/// How a flag stands by the journal.
#[derive(Debug, Clone, Default)]
pub struct State<'r> {
    /// The record of the decision in force.
    pub current: Option<&'r Record>,
    /// What was typed and could not be applied: one that was refused, or all that conflict.
    pub pending: Vec<&'r Record>,
    /// Number of the last record.
    pub last: u32,
}

/// All flags of which the journal tells, by id.
pub fn states(journal: &[Record]) -> BTreeMap<&str, State<'_>> {
    let mut states: BTreeMap<&str, State<'_>> = BTreeMap::new();
    for record in journal.iter().filter(|r| !r.flag.is_empty()) {
        let state = states.entry(&record.flag).or_default();
        state.last = record.number;
        match &record.fate {
            Fate::Taken(_) => {
                state.current = Some(record);
                state.pending.clear();
            }
            Fate::Refused(_) | Fate::Misplaced(_) => state.pending = vec![record],
            Fate::Conflict(_) => {
                state.pending.retain(|p| matches!(p.fate, Fate::Conflict(_)));
                // Who had not seen the decision in force contradicts it; who had seen it wanted another.
                if let Some(former) = state.current.take()
                    && record.base < former.number
                {
                    state.pending.push(former);
                }
                state.pending.push(record);
            }
            Fate::Cleared if state.pending.is_empty() => state.current = None,
            Fate::Cleared => state.pending.clear(),
        }
    }
    states
}

/// The decisions in force, in the order in which they were taken.
pub fn rulings(journal: &[Record]) -> Vec<Ruling> {
    let mut current: Vec<&Record> = states(journal).into_values().filter_map(|s| s.current).collect();
    current.sort_by_key(|r| r.number);
    current.into_iter().filter_map(ruling).cloned().collect()
}

/// The decision that a record holds.
pub fn ruling(record: &Record) -> Option<&Ruling> {
    match &record.fate {
        Fate::Taken(ruling) => Some(ruling),
        _ => None,
    }
}
