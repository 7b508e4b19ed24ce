//! Tar archives (POSIX ustar, with the long names of GNU and PAX).

use crate::intake::budget::{Budget, broken};
use crate::intake::container::{Container, Content, Entry, Key, Opener, Take};
use crate::intake::names::decoded;
use crate::model::limits::ARCHIVE_MEMBERS;
use crate::model::problem::Problem;
use crate::msg;
use chrono::DateTime;
use std::io::{self, Cursor};
use tar::Archive;

/// Opens tar archives.
pub const OPENER: Opener = Opener { format: "tar", open };

fn open<'b>(bytes: &'b [u8], key: Key<'b>) -> Option<Content<'b>> {
    if bytes.get(257..262) != Some(b"ustar") {
        return None;
    }
    Some(match list(bytes, key) {
        Ok(tar) => Content::Archive(Box::new(tar)),
        Err(error) => Content::Closed(Problem::Damaged(msg!("intake.archive_broken", error.to_string()))),
    })
}

fn list<'b>(bytes: &'b [u8], key: Key<'b>) -> io::Result<Tar<'b>> {
    let mut tar = Tar { bytes, entries: Vec::new(), places: Vec::new(), wrong: None };
    for member in Archive::new(Cursor::new(bytes)).entries_with_seek()? {
        // What stood before the break is there all the same.
        let member = match member {
            Ok(member) => member,
            Err(error) if !tar.entries.is_empty() => {
                tar.wrong = Some(broken(&error));
                break;
            }
            Err(error) => return Err(error),
        };
        let kind = member.header().entry_type();
        if kind.is_dir() || tar.entries.len() > ARCHIVE_MEMBERS {
            continue;
        }
        let seconds = member.header().mtime().ok().and_then(|t| i64::try_from(t).ok()).filter(|t| *t > 0);
        let modified = seconds.and_then(|t| DateTime::from_timestamp(t, 0)).map(|t| t.with_timezone(&key.offset));
        tar.entries.push(Entry { name: decoded(&member.path_bytes()), len: member.size(), modified });
        tar.places.push(kind.is_file().then(|| member.raw_file_position()));
    }
    Ok(tar)
}

struct Tar<'b> {
    bytes: &'b [u8],
    entries: Vec<Entry>,
    /// Where the content of each entry begins; links have none.
    places: Vec<Option<u64>>,
    wrong: Option<Problem>,
}

impl Tar<'_> {
    fn content(&self, n: usize, budget: &mut Budget) -> Result<Vec<u8>, Problem> {
        let link = || Problem::NotOpened(msg!("intake.member_link"));
        let at = self.places.get(n).copied().flatten().ok_or_else(link)?;
        let len = self.entries.get(n).map_or(0, |e| e.len);
        budget.check(len, len)?;
        let range = usize::try_from(at).ok().zip(usize::try_from(len).ok());
        let content = range.and_then(|(at, len)| self.bytes.get(at..at.checked_add(len)?));
        let content = content.ok_or_else(|| Problem::Damaged(msg!("intake.member_missing")))?;
        budget.spend(len);
        Ok(content.to_vec())
    }
}

impl Container for Tar<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn problems(&self) -> Vec<Problem> {
        self.wrong.iter().cloned().collect()
    }

    fn unpack(&mut self, wanted: &[bool], budget: &mut Budget, take: &mut Take<'_>) -> Option<Problem> {
        for n in (0..self.entries.len()).filter(|n| wanted.get(*n) == Some(&true)) {
            let content = self.content(n, budget);
            take(n, content, budget);
        }
        None
    }
}
