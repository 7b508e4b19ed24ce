//! Files of the quarantine that a person has accepted as they are, `accepted.jsonl` in the campaign's `.shouqi/`: a line a file. Plain text on purpose: a
//! damaged database costs time, but never what people typed.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

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

/// All that were accepted, by path and content; of several the last. Lines that are none are passed over: what they
/// meant to accept is asked about again.
///
/// # Errors
/// The file system's, where the file is there and cannot be read.
pub fn read(folder: &Path) -> io::Result<BTreeMap<(String, String), Accepted>> {
    let text = match fs::read(folder.join(NAME)) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => String::new(),
        Err(error) => return Err(error),
    };
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Accepted>(line).ok());
    Ok(lines.map(|a| ((a.path.clone(), a.content.clone()), a)).collect())
}

/// Adds files and waits until the disk has them.
///
/// # Errors
/// The file system's.
pub fn append(folder: &Path, accepted: &[Accepted]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut lines = Vec::new();
    for one in accepted {
        // A line that was broken off before stays on a line of its own.
        lines.push(b'\n');
        serde_json::to_writer(&mut lines, one)?;
    }
    lines.push(b'\n');
    let mut file = OpenOptions::new().create(true).append(true).open(folder.join(NAME))?;
    file.write_all(&lines)?;
    file.sync_all()
}
