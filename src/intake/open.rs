//! One file of the inbox: its times, its bytes, and where it is an archive its members too.

use crate::intake::archive::{self, Archive, Budget, Content, Member};
use crate::intake::found::refusal;
use crate::intake::litter::litter;
use crate::model::limits::{ARCHIVE_DEPTH, FILE_BYTES};
use crate::model::problem::Problem;
use crate::model::source::{SourceFile, Stamps};
use crate::msg;
use chrono::{DateTime, FixedOffset};
use sha2::{Digest, Sha256};
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

/// A file, or a member of an archive, opened.
#[derive(Debug)]
pub struct Opened<'b> {
    /// What it is.
    pub source: SourceFile,
    /// Its content. `None` where it could not be read (then there is a problem) or need not be (litter).
    pub bytes: Option<&'b [u8]>,
    /// What went wrong so far.
    pub problems: Vec<Problem>,
    /// It is an archive: its content is its members, and no reader should be asked about its bytes.
    pub archive: bool,
}

/// Opens a file and makes a result of it with `each`, which gets the results of an archive's members with the archive
/// itself. Members are inflated one at a time, so that an archive costs the memory of its largest member.
///
/// `shown` is the path that people see; members go by `shown!/member`. Times are given at `offset`. Never fails: whatever
/// goes wrong is a problem of the file or member.
pub fn open<R>(path: &Path, shown: &str, offset: FixedOffset, each: &mut dyn FnMut(Opened<'_>, Vec<R>) -> R) -> R {
    let mut source = SourceFile { path: shown.to_string(), litter: litter(shown), ..SourceFile::default() };
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) => return each(unread(source, not_opened(&error)), Vec::new()),
    };
    source.stamps = stamps(&meta, offset);
    source.len = meta.len();
    if !meta.is_file() {
        return each(unread(source, Problem::NotOpened(msg!("intake.special_file"))), Vec::new());
    }
    if source.litter.is_some() {
        return each(Opened { source, bytes: None, problems: Vec::new(), archive: false }, Vec::new());
    }
    match content(path, meta.len()) {
        Ok(bytes) => {
            source.len = bytes.len() as u64;
            walk(source, &bytes, offset, 0, &mut Budget::default(), each)
        }
        Err(problem) => each(unread(source, problem), Vec::new()),
    }
}

/// A file whose content is at hand: itself, after its members.
fn walk<R>(
    mut source: SourceFile,
    bytes: &[u8],
    offset: FixedOffset,
    depth: u32,
    budget: &mut Budget,
    each: &mut dyn FnMut(Opened<'_>, Vec<R>) -> R,
) -> R {
    source.digest = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut problems = Vec::new();
    let mut results = Vec::new();
    let content = archive::look(bytes);
    let is_archive = !matches!(content, Content::File);
    match content {
        Content::File => {}
        Content::Broken(problem) => problems.push(problem),
        Content::Archive(_) if depth >= ARCHIVE_DEPTH => {
            problems.push(Problem::TooLarge(msg!("intake.archive_depth", ARCHIVE_DEPTH)))
        }
        Content::Archive(mut archive) => {
            results = members(&mut archive, &source.path, offset, depth, budget, each, &mut problems);
        }
    }
    each(Opened { source, bytes: Some(bytes), problems, archive: is_archive }, results)
}

fn members<R>(
    archive: &mut Archive<'_>,
    outer: &str,
    offset: FixedOffset,
    depth: u32,
    budget: &mut Budget,
    each: &mut dyn FnMut(Opened<'_>, Vec<R>) -> R,
    problems: &mut Vec<Problem>,
) -> Vec<R> {
    let (list, wrong) = archive.list(outer, budget);
    problems.extend(wrong);
    let mut results = Vec::new();
    for (index, path) in list {
        let litter = litter(&path);
        let Member { len, modified, bytes } = archive.member(index, offset, litter.is_none(), budget);
        let stamps = Stamps { modified, ..Stamps::default() };
        let source = SourceFile { path, len, stamps, litter, digest: String::new() };
        results.push(match bytes {
            Ok(Some(bytes)) => walk(source, &bytes, offset, depth + 1, budget, each),
            Ok(None) => each(Opened { source, bytes: None, problems: Vec::new(), archive: false }, Vec::new()),
            Err(problem) => each(unread(source, problem), Vec::new()),
        });
    }
    results
}

fn unread(source: SourceFile, problem: Problem) -> Opened<'static> {
    Opened { source, bytes: None, problems: vec![problem], archive: false }
}

fn content(path: &Path, len: u64) -> Result<Vec<u8>, Problem> {
    let too_large = || Problem::TooLarge(msg!("intake.file_bytes", FILE_BYTES >> 20));
    if len > FILE_BYTES {
        return Err(too_large());
    }
    let file = File::open(path).map_err(|e| not_opened(&e))?;
    let mut bytes = Vec::new();
    bytes.try_reserve(usize::try_from(len).unwrap_or(0)).map_err(|_| too_large())?;
    let before = file.metadata().map_err(|e| not_opened(&e))?;
    (&file).take(FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|e| not_opened(&e))?;
    if bytes.len() as u64 > FILE_BYTES {
        return Err(too_large());
    }
    // Half of the old and half of the new is neither: the next run reads it.
    let after = file.metadata().map_err(|e| not_opened(&e))?;
    let same = after.len() == bytes.len() as u64 && after.modified().ok() == before.modified().ok();
    if same { Ok(bytes) } else { Err(Problem::StillChanging) }
}

fn not_opened(error: &io::Error) -> Problem {
    Problem::NotOpened(refusal(error))
}

fn stamps(meta: &Metadata, offset: FixedOffset) -> Stamps {
    // Not every file system keeps a time of birth.
    Stamps {
        created: meta.created().ok().and_then(|t| at(t, offset)),
        modified: meta.modified().ok().and_then(|t| at(t, offset)),
        seen: None,
    }
}

/// A file system's time; `None` for one that no calendar holds.
fn at(time: SystemTime, offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    let since = |earlier: SystemTime, later: SystemTime| {
        later.duration_since(earlier).ok().map(|d| (d.as_secs(), d.subsec_nanos()))
    };
    let (seconds, nanos) = match since(SystemTime::UNIX_EPOCH, time) {
        Some((seconds, nanos)) => (i64::try_from(seconds).ok()?, nanos),
        None => (i64::try_from(since(time, SystemTime::UNIX_EPOCH)?.0).ok()?.checked_neg()?, 0),
    };
    Some(DateTime::from_timestamp(seconds, nanos)?.with_timezone(&offset))
}
