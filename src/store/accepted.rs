//! Files of the quarantine that a person has accepted as they are, `accepted.jsonl` in the campaign's `.shouqi/`.

use crate::store::journal;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The file's name.
const NAME: &str = "accepted.jsonl";

/// A file that need not be dealt with any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Its path as people see it.
    pub path: String,
    /// SHA-256 of its content, so that another file in its place is none of this; empty where it could not be read.
    pub content: String,
    /// Who accepted it.
    pub by: String,
    /// Why.
    pub note: String,
    /// When.
    pub on: DateTime<FixedOffset>,
}

/// Where they stand in the folder of what a campaign remembers.
pub fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// All that were accepted, by path and content; of several the last. Lines that are none are passed over: what they
/// meant to accept is asked about again.
///
/// # Errors
/// As [`journal::read`].
pub fn read(folder: &Path) -> io::Result<BTreeMap<(String, String), Accepted>> {
    let (accepted, _) = journal::read::<Accepted>(&path(folder))?;
    Ok(accepted.into_iter().map(|a| ((a.path.clone(), a.content.clone()), a)).collect())
}

/// Adds files and waits until the disk has them.
///
/// # Errors
/// The file system's.
pub fn append(folder: &Path, accepted: &[Accepted]) -> io::Result<()> {
    journal::append(folder, NAME, accepted)
}
