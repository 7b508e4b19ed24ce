//! One file of the inbox: its times, its bytes, and where it is an archive its members too.

use crate::intake::archive;
use crate::intake::budget::Budget;
use crate::intake::container::{Container, Content, Entry, Key, Take};
use crate::intake::content::{Needless, content, digest, not_opened};
use crate::intake::litter::litter;
use crate::intake::names::{Distinct, inside, is_volume};
use crate::model::limits::{ARCHIVE_DEPTH, ARCHIVE_MEMBERS};
use crate::model::passwords::Passwords;
use crate::model::problem::Problem;
use crate::model::source::{Enclosed, SourceFile, Stamps};
use crate::msg;
use chrono::{DateTime, FixedOffset};
use std::fs::{self, Metadata};
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
    /// The format, where it is an archive: its content is its members, and no reader should be asked about its bytes.
    pub archive: Option<&'static str>,
}

/// How files are opened.
#[derive(Clone, Copy)]
pub struct Manner<'m> {
    /// The time zone in which times are given.
    pub offset: FixedOffset,
    /// The passwords to be tried on archives.
    pub passwords: &'m Passwords,
    /// The files that a document holds whole beside its own text. Only a reader of its format can tell; they are opened and
    /// bounded as an archive's members are.
    pub enclosed: &'m dyn Fn(&[u8]) -> Vec<Enclosed>,
    /// What of a file nobody asks for who wants its text.
    pub needless: &'m Needless<'m>,
    /// Whether somebody asks for more than the text: then everything is read.
    pub whole: bool,
}

/// Opens a file and makes a result of it with `each`, which gets the results of its members with the archive itself. Members
/// are unpacked one at a time, so that an archive costs the memory of its largest member.
///
/// `shown` is the path that people see; members go by `shown!/member`. Never fails: whatever goes wrong is a problem of the
/// file or member.
pub fn open<R>(path: &Path, shown: &str, manner: Manner<'_>, each: &mut dyn FnMut(Opened<'_>, Vec<R>) -> R) -> R {
    let mut source = SourceFile { path: shown.into(), litter: litter(shown), ..SourceFile::default() };
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) => return each(unread(source, not_opened(&error)), Vec::new()),
    };
    source.stamps = stamps(&meta, manner.offset);
    source.len = meta.len();
    if !meta.is_file() {
        return each(unread(source, Problem::NotOpened(msg!("intake.special_file"))), Vec::new());
    }
    if source.litter.is_some() {
        return each(unopened(source), Vec::new());
    }
    match content(path, meta.len(), Some(manner.needless).filter(|_| !manner.whole)) {
        Ok(bytes) => {
            source.len = bytes.len() as u64;
            Walk { manner, each }.walk(source, &bytes, 0, &mut Budget::default())
        }
        Err(problem) => each(unread(source, problem), Vec::new()),
    }
}

struct Walk<'w, R> {
    manner: Manner<'w>,
    each: &'w mut dyn FnMut(Opened<'_>, Vec<R>) -> R,
}

impl<R> Walk<'_, R> {
    /// A file whose content is at hand: itself, after its members.
    fn walk(&mut self, mut source: SourceFile, bytes: &[u8], depth: u32, budget: &mut Budget) -> R {
        source.digest = digest(bytes, self.manner.needless);
        let mut problems = Vec::new();
        let key = Key { offset: self.manner.offset, passwords: self.manner.passwords.all() };
        let (archive, members) = match archive::open(bytes, key) {
            Some((format, Content::Closed(problem))) => {
                problems.push(if is_volume(&source.path) { Problem::SplitArchive } else { problem });
                (Some(format), Vec::new())
            }
            None if is_volume(&source.path) => {
                problems.push(Problem::SplitArchive);
                (Some("split"), Vec::new())
            }
            Some((format, Content::Archive(mut archive))) => {
                (Some(format), self.members(archive.as_mut(), &source.path, depth, budget, &mut problems))
            }
            None => {
                let mut enclosure = Enclosure::new((self.manner.enclosed)(bytes));
                let members = if enclosure.entries.is_empty() {
                    Vec::new()
                } else {
                    self.members(&mut enclosure, &source.path, depth, budget, &mut problems)
                };
                (None, members)
            }
        };
        (self.each)(Opened { source, bytes: Some(bytes), problems, archive }, members)
    }

    /// The results of the members, in the order of the paths that people see.
    fn members(
        &mut self,
        archive: &mut dyn Container,
        outer: &str,
        depth: u32,
        budget: &mut Budget,
        problems: &mut Vec<Problem>,
    ) -> Vec<R> {
        if depth >= ARCHIVE_DEPTH {
            problems.push(Problem::TooLarge(msg!("intake.archive_depth", ARCHIVE_DEPTH)));
            return Vec::new();
        }
        problems.extend(archive.problems());
        let entries = archive.entries();
        if entries.is_empty() {
            problems.push(Problem::Damaged(msg!("intake.archive_empty")));
        }
        let (mut sources, all) = sources(entries, outer, budget);
        if !all {
            problems.push(Problem::TooLarge(msg!("intake.archive_members", ARCHIVE_MEMBERS)));
        }
        let wanted: Vec<bool> = sources.iter().map(|s| s.as_ref().is_some_and(|s| s.litter.is_none())).collect();
        let mut results: Vec<(String, R)> = Vec::new();
        let wrong = archive.unpack(&wanted, budget, &mut |n, bytes, budget| {
            let Some(mut source) = sources.get_mut(n).and_then(Option::take) else { return };
            let path = source.path.clone();
            results.push(match bytes {
                Ok(bytes) => {
                    source.len = bytes.len() as u64;
                    (path.into(), self.walk(source, &bytes, depth + 1, budget))
                }
                Err(problem) => (path.into(), (self.each)(unread(source, problem), Vec::new())),
            });
        });
        // Litter, and what the archive did not give though it lists it.
        for (source, wanted) in sources.into_iter().zip(wanted).filter_map(|(s, wanted)| Some((s?, wanted))) {
            let path = source.path.clone();
            let lost = || wrong.clone().unwrap_or(Problem::Damaged(msg!("intake.member_missing")));
            let opened = if wanted { unread(source, lost()) } else { unopened(source) };
            results.push((path.into(), (self.each)(opened, Vec::new())));
        }
        results.sort_by(|a, b| a.0.cmp(&b.0));
        results.into_iter().map(|(_, result)| result).collect()
    }
}

/// The members as people see them, in the archive's order, as many as the budget admits; and whether those are all. Where
/// they are not, the first by path are taken.
fn sources(entries: &[Entry], outer: &str, budget: &mut Budget) -> (Vec<Option<SourceFile>>, bool) {
    let mut order: Vec<(String, usize)> = entries.iter().enumerate().map(|(n, e)| (inside(&e.name), n)).collect();
    order.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    order.truncate(budget.admit(entries.len()));
    let all = order.len() == entries.len();
    let mut sources: Vec<Option<SourceFile>> = vec![None; entries.len()];
    let mut distinct = Distinct::default();
    for (name, n) in order {
        let shown = if name.is_empty() { format!("{outer}!/#{}", n + 1) } else { format!("{outer}!/{name}") };
        let path = distinct.take(shown);
        if let (Some(source), Some(entry)) = (sources.get_mut(n), entries.get(n)) {
            let stamps = Stamps { modified: entry.modified, ..Stamps::default() };
            let litter = litter(&path);
            *source = Some(SourceFile { path: path.into(), len: entry.len, stamps, litter, digest: String::new() });
        }
    }
    (sources, all)
}

/// What a document encloses, as an archive.
struct Enclosure {
    entries: Vec<Entry>,
    contents: Vec<Result<Vec<u8>, Problem>>,
}

impl Enclosure {
    fn new(enclosed: Vec<Enclosed>) -> Self {
        let entry = |e: Enclosed| {
            // The name is the file's own: what leads through folders is no part of it.
            let name = e.name.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
            let len = e.bytes.as_ref().map_or(0, |b| b.len() as u64);
            (Entry { name, len, modified: None }, e.bytes)
        };
        let (entries, contents) = enclosed.into_iter().map(entry).unzip();
        Enclosure { entries, contents }
    }
}

impl Container for Enclosure {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn unpack(&mut self, wanted: &[bool], budget: &mut Budget, take: &mut Take<'_>) -> Option<Problem> {
        let contents = std::mem::take(&mut self.contents).into_iter().zip(wanted).enumerate();
        for (n, (bytes, _)) in contents.filter(|(_, (_, wanted))| **wanted) {
            let bytes = bytes.and_then(|bytes| {
                let len = bytes.len() as u64;
                budget.check(len, len)?;
                budget.spend(len);
                Ok(bytes)
            });
            take(n, bytes, budget);
        }
        None
    }
}

fn unopened(source: SourceFile) -> Opened<'static> {
    Opened { source, bytes: None, problems: Vec::new(), archive: None }
}

fn unread(source: SourceFile, problem: Problem) -> Opened<'static> {
    Opened { source, bytes: None, problems: vec![problem], archive: None }
}

/// The times of a file that need not be opened; none where it is not there.
pub fn times(path: &Path, offset: FixedOffset) -> Option<Stamps> {
    fs::symlink_metadata(path).ok().map(|meta| stamps(&meta, offset))
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
