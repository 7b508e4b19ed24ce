//! The walk through the inbox: every layout, always in the same order, never out of it.

use crate::intake::found::{Found, IntakeError, changed, refusal};
use crate::intake::litter::litter;
use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::msg;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use walkdir::WalkDir;

/// Everything in the inbox that is no plain folder, sorted by the path that people see, which begins with `label`.
///
/// Links are not followed and devices not opened: both come with a problem, as does a folder that cannot be read.
///
/// # Errors
/// Only where the inbox itself is missing, no folder or closed to us.
pub fn scan(inbox: &Path, label: &str) -> Result<Vec<Found>, IntakeError> {
    let root = fs::metadata(inbox).map_err(|e| match e.kind() {
        ErrorKind::NotFound => IntakeError::NoInbox,
        _ => IntakeError::Refused(refusal(&e)),
    })?;
    if !root.is_dir() {
        return Err(IntakeError::NotAFolder);
    }
    fs::read_dir(inbox).map_err(|e| IntakeError::Refused(refusal(&e)))?;

    let mut found = Vec::new();
    for entry in WalkDir::new(inbox).min_depth(1).follow_links(false) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => found.push(seen(&entry, inbox, label)),
            Err(error) if error.depth() == 0 => {
                return Err(IntakeError::Refused(error.io_error().map_or(msg!("intake.unknown"), refusal)));
            }
            // A listing broke off, nobody can tell of which folder: whoever was to come in it may have reported.
            Err(error) if error.path().is_none() => {
                let why = error.io_error().map_or(msg!("intake.unknown"), refusal);
                let problem = Some(Problem::InboxMissing(why.clone()));
                found.push(Found { problem, ..refused(inbox, label.to_string(), why) });
            }
            Err(error) => {
                let path = error.path().unwrap_or(inbox).to_path_buf();
                let why = error.io_error().map_or(msg!("intake.unknown"), refusal);
                found.push(refused(&path, shown(&path, inbox, label), why));
            }
        }
    }
    // Two names that are no Unicode may be shown alike: the disk's own bytes then decide.
    found.sort_by(|a, b| a.shown.cmp(&b.shown).then_with(|| a.path.cmp(&b.path)));
    Ok(found)
}

fn seen(entry: &walkdir::DirEntry, inbox: &Path, label: &str) -> Found {
    let (path, kind) = (entry.path(), entry.file_type());
    let shown = shown(path, inbox, label);
    if kind.is_symlink() {
        return refused(path, shown, msg!("intake.link"));
    }
    if !kind.is_file() {
        return refused(path, shown, msg!("intake.special_file"));
    }
    match entry.metadata() {
        Ok(meta) => Found {
            litter: litter(&shown),
            path: path.to_path_buf(),
            len: meta.len(),
            modified: meta.modified().ok(),
            changed: changed(&meta),
            problem: None,
            shown,
        },
        Err(error) => refused(path, shown, error.io_error().map_or(msg!("intake.unknown"), refusal)),
    }
}

fn refused(path: &Path, shown: String, why: Message) -> Found {
    let (path, litter, problem) = (path.to_path_buf(), litter(&shown), Some(Problem::NotOpened(why)));
    Found { path, shown, len: 0, modified: None, changed: 0, litter, problem }
}

fn shown(path: &Path, inbox: &Path, label: &str) -> String {
    let names = path.strip_prefix(inbox).unwrap_or(path).components().map(|c| c.as_os_str().to_string_lossy());
    names.fold(label.to_string(), |shown, name| format!("{shown}/{name}"))
}
