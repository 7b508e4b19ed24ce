//! A night over what the last one was made from: its results stand, and none is made again.
//!
//! All must be the same: program, campaign, order, moment, every file as it looks from outside, what people decided and accepted;
//! and every result must lie where it was put, as it was left. Else the night goes on as usual.

use crate::intake::{Found, changed, nanoseconds};
use crate::model::campaign::Campaign;
use crate::model::findings::FileFindings;
use crate::model::packed::{from_bytes, to_bytes};
use crate::model::reading::Reading;
use crate::model::shelf::{MadeFrom, made_from, whole};
use crate::pipeline::inboxes::Inbox;
use crate::pipeline::manifest::Manifest;
use crate::pipeline::memory::{Memory, outside};
use crate::pipeline::order::{Night, Order};
use crate::pipeline::reviews;
use crate::report::Written;
use crate::report::output::content_of_file;
use crate::store::shelf::NIGHT;
use crate::store::{accepted, decisions};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
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
    let look = |file: &Found| {
        let outside = outside(file, now)?;
        Some((outside.path, outside.len, outside.modified, outside.changed, file.litter, file.problem.clone()))
    };
    let files = found.iter().map(look).collect::<Option<Vec<_>>>()?;
    let typed = [decisions::path(state), accepted::path(state)].map(|path| fs::read(path).unwrap_or_default());
    // Each run is somebody else's.
    let order = Order { owner: String::new(), ..order.clone() };
    made_from(&(made_by, format!("{order:?} {inboxes:?}"), as_of, campaign, files, typed))
}

/// Whether all that was read would be read again so: nothing was wrong that may be better tonight.
pub fn is_settled(readings: &[Reading]) -> bool {
    !readings.iter().any(Reading::is_passing)
}

/// A night as it is remembered.
#[derive(Serialize, Deserialize)]
struct Standing {
    manifest: Manifest,
    written: Written,
    troubled: Vec<FileFindings>,
    known: usize,
    results: Vec<Look>,
}

/// A result as it was left: path, length, when it was written and when anything about it last changed.
#[derive(PartialEq, Serialize, Deserialize)]
struct Look(PathBuf, u64, i64, i64);

impl Look {
    fn at(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok()?;
        Some(Look(path.to_path_buf(), meta.len(), nanoseconds(meta.modified().ok()?), changed(&meta)))
    }
}

/// The last night, where it was made from the same and all its results are as it left them.
pub fn last(inputs: &MadeFrom, order: &Order, memory: &mut Memory) -> Option<Night> {
    let mut bytes = None;
    memory.try_to(|store| store.piece(NIGHT, inputs, &mut |piece| bytes = whole(piece)))?;
    let Standing { manifest, written, troubled, known, results } = from_bytes(&bytes?)?;
    let as_left = results.iter().all(|look| Look::at(&look.0).as_ref() == Some(look));
    // Its times may say nothing: it is the one that people type in.
    let untyped = || content_of_file(&written.workbook).is_ok_and(|digest| digest == manifest.workbook_digest);
    let stands = as_left && is_only(&written.workbook, order) && untyped();
    stands.then(|| Night { troubled, written, manifest, known, stands: true, notes: memory.notes.clone() })
}

/// Remembers a night; one that had something to tell which the next would not say again is not.
pub fn keep(inputs: &MadeFrom, order: &Order, files: usize, night: &Night, memory: &mut Memory) {
    let Written { workbook, copy, beside, kept, .. } = &night.written;
    let is_quiet = night.notes.is_empty() && night.manifest.counts.review.entries == 0 && !beside && kept.is_none();
    if !is_quiet || !is_only(workbook, order) {
        return;
    }
    let beside = Written::BESIDE.iter().map(|name| order.out.join(name));
    let results = beside.chain([workbook.clone(), copy.clone()]).map(|path| Look::at(&path));
    let Some(results) = results.collect::<Option<Vec<_>>>() else { return };
    let standing = Standing {
        manifest: night.manifest.clone(),
        written: night.written.clone(),
        troubled: night.troubled.clone(),
        known: files,
        results,
    };
    if let Ok(bytes) = to_bytes(&standing) {
        memory.try_to(|store| store.keep_piece(NIGHT, inputs, &bytes));
    }
}

/// Whether nobody has made a copy of the workbook to type in.
fn is_only(workbook: &Path, order: &Order) -> bool {
    reviews::workbooks(&order.out, &[]).iter().all(|(path, _)| path == workbook)
}
