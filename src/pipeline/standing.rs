//! A night over what the last one was made from: its results stand, and none is made again.
//!
//! All must be the same: program, campaign, order, moment, every file as it looks from outside, what people decided and accepted;
//! and every result must lie where it was put, as it was left. Else the night goes on as usual.

use crate::intake::{Found, changed, nanoseconds};
use crate::model::campaign::Campaign;
use crate::model::packed::from_bytes;
use crate::model::reading::Reading;
use crate::model::shelf::{Closed, MadeFrom, made_from, whole};
use crate::pipeline::inboxes::Inbox;
use crate::pipeline::memory::{Memory, outside};
use crate::pipeline::order::{Night, Order};
use crate::pipeline::reviews;
use crate::report::Written;
use crate::report::output::content_of_file;
use crate::store::cache::Outside;
use crate::store::shelf::NIGHT;
use crate::store::{accepted, decisions};
use chrono::{DateTime, FixedOffset};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// What a night is made from, as far as it is known before any file is opened; none where a file may change and look the same, or
/// people type in more workbooks than the usual one.
pub fn inputs(
    order: &Order,
    campaign: &Campaign,
    (inboxes, found): (&[Inbox], &[Found]),
    made_by: &[u8],
    as_of: DateTime<FixedOffset>,
    now: SystemTime,
) -> Option<MadeFrom> {
    let state = order.state.as_deref().filter(|_| order.split.is_none() && order.reviews.is_empty())?;
    let seen = |file: &Found| Some((outside(file, now)?, file.litter, file.problem.clone()));
    let files = found.iter().map(seen).collect::<Option<Vec<_>>>()?;
    let typed = [decisions::path(state), accepted::path(state)].map(|path| fs::read(path).unwrap_or_default());
    // Each run is somebody else's.
    let order = Order { owner: String::new(), ..order.clone() };
    made_from(&(made_by, format!("{order:?} {inboxes:?}"), as_of, campaign, files, typed))
}

/// Whether all that was read would be read again so: nothing was wrong that may be better tonight.
pub fn is_settled(readings: &[Reading]) -> bool {
    !readings.iter().any(Reading::is_passing)
}

/// A result as it was left.
fn look(path: &Path) -> Option<Outside> {
    let meta = fs::metadata(path).ok()?;
    let modified = nanoseconds(meta.modified().ok()?);
    Some(Outside { path: path.to_string_lossy().into_owned(), len: meta.len(), modified, changed: changed(&meta) })
}

/// The last night, where it was made from the same and all its results are as it left them.
pub fn last(inputs: &MadeFrom, order: &Order, memory: &mut Memory) -> Option<Night> {
    let mut bytes = None;
    memory.try_to(|store| store.piece(NIGHT, inputs, &mut |piece| bytes = whole(piece)))?;
    let (night, results): (Night, Vec<Outside>) = from_bytes(&bytes?)?;
    let as_left = results.iter().all(|left| look(Path::new(&left.path)).as_ref() == Some(left));
    // Its times may say nothing: it is the one that people type in.
    let workbook = &night.written.workbook;
    let untyped = || content_of_file(workbook).is_ok_and(|digest| digest == night.manifest.workbook_digest);
    let stands = as_left && is_only(workbook, order) && untyped();
    stands.then(|| Night { stands, notes: memory.notes.clone(), ..night })
}

/// Remembers a night; one that had something to tell which the next would not say again is not.
pub fn keep(inputs: &MadeFrom, order: &Order, night: &Night, memory: &mut Memory) {
    let Written { workbook, copy, beside, kept, .. } = &night.written;
    let is_quiet = night.notes.is_empty() && night.manifest.counts.review.entries == 0 && !beside && kept.is_none();
    if !is_quiet || !is_only(workbook, order) {
        return;
    }
    let beside = Written::BESIDE.iter().map(|name| order.out.join(name));
    let results = beside.chain([workbook.clone(), copy.clone()]).map(|path| look(&path));
    let Some(results) = results.collect::<Option<Vec<_>>>() else { return };
    if let Some(closed) = Closed::value(&(night, results)) {
        memory.try_to(|store| store.keep_piece(NIGHT, inputs, &closed));
    }
}

/// Whether nobody has made a copy of the workbook to type in.
fn is_only(workbook: &Path, order: &Order) -> bool {
    reviews::workbooks(&order.out, &[]).iter().all(|(path, _)| path == workbook)
}
