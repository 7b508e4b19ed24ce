//! Gaps and hints as flags, the most urgent first.

pub mod copies;
pub mod files;
pub mod flag;
pub mod gaps;
pub mod photos;

use crate::judge::roster::Roster;
use crate::model::flag::Flag;

/// Sorts flags by urgency, kind and the roster's order; those of no school come last.
pub fn sort(flags: &mut [Flag], roster: &Roster<'_>) {
    flags.sort_by_cached_key(|f| {
        (
            f.severity,
            f.kind,
            roster.by_code(&f.school).unwrap_or(usize::MAX),
            f.item.clone(),
            f.files.first().cloned(),
            f.id.clone(),
        )
    });
}
