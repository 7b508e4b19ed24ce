//! The files that a person must look at: which they are, which are to be read once more, which are accepted as they are.

use crate::model::flag::FlagKind;
use crate::model::message::Message;
use crate::msg;
use crate::pipeline::results::FileLine;
use crate::store::Store;
use crate::store::accepted::{self, Accepted};
use crate::store::error::StoreError;
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;
use std::path::Path;

/// When something was decided.
pub type Moment = DateTime<FixedOffset>;

/// A file of the quarantine.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarantined<'r> {
    /// What last night's ledger says of it.
    pub line: &'r FileLine,
    /// How many nights in a row it has been there; 0 where that is not remembered.
    pub nights: u32,
}

/// Why nothing can be done, for a person.
#[derive(Debug, thiserror::Error)]
#[error("nothing can be done: {0:?}")]
pub struct Refused(pub Message);

/// Last night's quarantine, by path.
pub fn list<'r>(files: &'r [FileLine], state: &Path) -> Vec<Quarantined<'r>> {
    let nights = nights(state).unwrap_or_default();
    let quarantined = files.iter().filter(|f| f.status == "quarantined");
    quarantined.map(|line| Quarantined { line, nights: nights.get(&line.path).copied().unwrap_or(0) }).collect()
}

fn nights(state: &Path) -> Option<BTreeMap<String, u32>> {
    let store = Store::existing(state).ok().flatten()?;
    let kinds = [FlagKind::UnreadableFile, FlagKind::UnclaimedFile];
    store.standing(&kinds).ok()
}

/// The files that are meant, by whole path or by a part of it that only one has; all for none.
///
/// # Errors
/// [`Refused`] for a name that none or several files have.
pub fn meant<'q, 'r>(all: &'q [Quarantined<'r>], names: &[String]) -> Result<Vec<&'q Quarantined<'r>>, Refused> {
    if names.is_empty() {
        return Ok(all.iter().collect());
    }
    let one = |name: &String| {
        let whole: Vec<_> = all.iter().filter(|q| q.line.path == *name).collect();
        let part: Vec<_> = all.iter().filter(|q| q.line.path.contains(name.as_str())).collect();
        match (whole.as_slice(), part.as_slice()) {
            ([one, ..], _) | ([], [one]) => Ok(*one),
            ([], []) => Err(Refused(msg!("pipeline.not_in_quarantine", name))),
            ([], several) => Err(Refused(msg!("pipeline.several_in_quarantine", name, several.len()))),
        }
    };
    names.iter().map(one).collect()
}

/// Has files read again by the next run. How many were known.
///
/// # Errors
/// [`Refused`] where nothing is remembered.
pub fn retry(files: &[&Quarantined<'_>], state: &Path) -> Result<usize, Refused> {
    let failed = |e: StoreError| Refused(msg!("pipeline.no_memory", e.message()));
    let Some(mut store) = Store::existing(state).map_err(failed)? else { return Ok(0) };
    // A member is read with its archive.
    let outer = |path: &'_ str| path.split("!/").next().unwrap_or_default().to_string();
    let paths: Vec<String> = files.iter().map(|q| outer(&q.line.path)).collect();
    store.forget(paths.iter().map(String::as_str)).map_err(failed)
}

/// Accepts files as they are: from the next run on nobody is asked about them.
///
/// # Errors
/// [`Refused`] where that cannot be written down.
pub fn accept(files: &[&Quarantined<'_>], state: &Path, by: &str, note: &str, on: Moment) -> Result<(), Refused> {
    let one = |q: &&Quarantined<'_>| Accepted {
        path: q.line.path.clone(),
        content: q.line.digest.clone(),
        by: by.to_string(),
        note: note.to_string(),
        on,
    };
    let all: Vec<Accepted> = files.iter().map(one).collect();
    accepted::append(state, &all).map_err(|e| Refused(msg!("pipeline.not_accepted", e.to_string())))
}
