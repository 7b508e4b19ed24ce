//! Can each inbox be reached, and its files be read?

use crate::cli::doctor::check::{Case, Line, bad, good, watch};
use crate::cli::paths::connected;
use crate::msg;
use crate::pipeline::inboxes::{Inbox, scan};
use std::fs::File;

/// The inboxes. They are only read.
pub fn check(case: &Case<'_>) -> Vec<Line> {
    match &case.inboxes {
        None => Vec::new(),
        Some(Err(error)) => {
            error.messages().into_iter().map(|what| bad(what, msg!("doctor.inbox_twice_remedy"))).collect()
        }
        Some(Ok(inboxes)) => inboxes.iter().flat_map(|inbox| std::iter::once(one(inbox)).chain(drive(inbox))).collect(),
    }
}

/// A drive that is there for whoever asks now, and not for the nightly job.
fn drive(inbox: &Inbox) -> Option<Line> {
    let (drive, share) = connected(&inbox.folder)?;
    let remedy = msg!("doctor.inbox_drive_remedy", share.trim_end_matches('\\'));
    Some(watch(msg!("doctor.inbox_drive", &inbox.label, drive, &share), remedy))
}

fn one(inbox: &Inbox) -> Line {
    let shown = inbox.folder.display().to_string();
    let found = match scan(std::slice::from_ref(inbox), false) {
        Ok(found) => found,
        Err(error) => {
            let what = error.messages().into_iter().next().unwrap_or_default();
            return bad(what, msg!("doctor.inbox_remedy"));
        }
    };
    let files = found.iter().filter(|f| f.problem.is_none());
    // Opened and not read: a share may hold gigabytes.
    let closed = files.filter(|f| File::open(&f.path).is_err());
    let closed: Vec<&str> =
        found.iter().filter(|f| f.problem.is_some()).chain(closed).map(|f| f.shown.as_str()).collect();
    match (found.len(), closed.first()) {
        (0, _) => watch(msg!("doctor.inbox_empty", &inbox.label, shown), msg!("doctor.inbox_empty_remedy")),
        (_, Some(first)) => watch(
            msg!("doctor.inbox_closed", &inbox.label, shown, closed.len(), *first),
            msg!("doctor.inbox_closed_remedy"),
        ),
        (files, None) => good(msg!("doctor.inbox", &inbox.label, shown, files)),
    }
}
