//! Gaps and hints as flags, the most urgent first.

pub mod copies;
pub mod files;
pub mod flag;
pub mod gaps;
pub mod photos;

use crate::judge::roster::Roster;
use crate::model::flag::Flag;
use std::cmp::Ordering;

/// Sorts flags by urgency, kind and the roster's order; those of no school come last.
pub fn sort(flags: &mut [Flag], roster: &Roster<'_>) {
    // In their own room: keys of their own would stand beside them where a night needs the most.
    let position = |f: &Flag| roster.by_code(&f.school).unwrap_or(usize::MAX);
    flags.sort_unstable_by(|a, b| {
        let urgency = (a.severity, a.kind).cmp(&(b.severity, b.kind));
        let place = || if a.school == b.school { Ordering::Equal } else { position(a).cmp(&position(b)) };
        let rest = || (&a.item, a.files.first(), &a.id).cmp(&(&b.item, b.files.first(), &b.id));
        urgency.then_with(place).then_with(rest)
    });
}
