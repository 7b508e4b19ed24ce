//! Zip archives of files, within bounds. Office packages are zip archives too, and none of this room's business.

use crate::intake::names::{Distinct, decoded, inside};
use crate::model::limits::{ARCHIVE_BYTES, ARCHIVE_MEMBERS, INFLATE_RATIO, MEMBER_BYTES};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::io::{Cursor, Read};
use zip::result::ZipError;
use zip::{ExtraField, ZipArchive};

/// A member no longer than this may inflate as it likes.
const SMALL: u64 = 1 << 20;
/// Members that make a zip archive a package of one document: OOXML, OpenDocument and EPUB, OFD.
const PACKAGES: [&str; 3] = ["[content_types].xml", "mimetype", "ofd.xml"];
/// What the first member of such a package is called, where only the beginning can be read.
const PACKAGE_BEGINS: [&str; 10] = [
    "[content_types].xml",
    "_rels/",
    "word/",
    "xl/",
    "ppt/",
    "docprops/",
    "customxml/",
    "mimetype",
    "ofd.xml",
    "doc_0/",
];

/// What all archives inside one file may still take together.
pub struct Budget {
    bytes: u64,
    members: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { bytes: ARCHIVE_BYTES, members: ARCHIVE_MEMBERS }
    }
}

/// What bytes are to this room.
pub enum Content<'b> {
    /// A file for the readers.
    File,
    /// An archive of files.
    Archive(Archive<'b>),
    /// An archive whose directory cannot be read.
    Broken(Problem),
}

/// Looks whether the bytes are an archive of files.
pub fn look(bytes: &[u8]) -> Content<'_> {
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return Content::File;
    }
    match ZipArchive::new(Cursor::new(bytes)) {
        Ok(zip) if zip.file_names_raw().any(|n| PACKAGES.contains(&decoded(n).to_lowercase().as_str())) => {
            Content::File
        }
        Ok(zip) => Content::Archive(Archive { zip }),
        Err(_) if begins_as_package(bytes) => Content::File,
        Err(error) => Content::Broken(Problem::Damaged(msg!("intake.archive_broken", error.to_string()))),
    }
}

/// A truncated document has no directory; its first local header (APPNOTE 4.3.7) still tells what it was.
fn begins_as_package(bytes: &[u8]) -> bool {
    let Some(&[low, high]) = bytes.get(26..28) else { return false };
    let name = bytes.get(30..30 + usize::from(u16::from_le_bytes([low, high]))).map(|n| decoded(n).to_lowercase());
    name.is_some_and(|name| PACKAGE_BEGINS.iter().any(|b| name.starts_with(b)))
}

/// An archive of files.
pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
}

/// A member: its length, its time, and its content (`None` where it was not wanted).
pub struct Member {
    /// Length after inflating, as far as it is known.
    pub len: u64,
    /// When it was last written.
    pub modified: Option<DateTime<FixedOffset>>,
    /// The content, or why there is none.
    pub bytes: Result<Option<Vec<u8>>, Problem>,
}

impl Archive<'_> {
    /// The files inside by the paths that people see, in the order of these paths; and what is wrong with the whole.
    pub fn list(&mut self, outer: &str, budget: &mut Budget) -> (Vec<(usize, String)>, Vec<Problem>) {
        if self.overlaps() {
            return (Vec::new(), vec![Problem::Damaged(msg!("intake.archive_overlap"))]);
        }
        let mut problems = Vec::new();
        let names = self.zip.file_names_raw().enumerate().map(|(index, raw)| (index, decoded(raw)));
        let files = names.filter(|(_, name)| !name.ends_with(['/', '\\']));
        let mut files: Vec<(usize, String)> = files.map(|(index, name)| (index, inside(&name))).collect();
        if files.is_empty() {
            problems.push(Problem::Damaged(msg!("intake.archive_empty")));
        }
        if self.zip.has_duplicate_names() {
            problems.push(Problem::LostText(msg!("intake.same_names"), Place::Whole));
        }
        files.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
        if files.len() > budget.members {
            files.truncate(budget.members);
            problems.push(Problem::TooLarge(msg!("intake.archive_members", ARCHIVE_MEMBERS)));
        }
        budget.members -= files.len();
        let mut distinct = Distinct::default();
        let shown = |name: String, index: usize| {
            if name.is_empty() { format!("{outer}!/#{}", index + 1) } else { format!("{outer}!/{name}") }
        };
        (files.into_iter().map(|(index, name)| (index, distinct.take(shown(name, index)))).collect(), problems)
    }

    /// Whether members share bytes, by which a small file inflates to terabytes: no program writes such a file but to harm.
    fn overlaps(&mut self) -> bool {
        let places = (0..self.zip.len()).filter_map(|index| {
            let member = self.zip.by_index_raw(index).ok()?;
            Some((member.header_start(), member.header_start().saturating_add(member.compressed_size())))
        });
        let mut places: Vec<(u64, u64)> = places.collect();
        places.sort_unstable();
        places.windows(2).any(|pair| matches!(pair, [(_, end), (next, _)] if end > next))
    }

    /// A member by its number, with its content where it is wanted.
    pub fn member(&mut self, index: usize, offset: FixedOffset, wanted: bool, budget: &mut Budget) -> Member {
        let (len, stored, modified, encrypted, link) = match self.zip.by_index_raw(index) {
            Ok(m) => (m.size(), m.compressed_size(), modified(&m, offset), m.encrypted(), m.is_symlink()),
            Err(error) => return Member { len: 0, modified: None, bytes: Err(refusal(&error)) },
        };
        let bytes = match wanted {
            false => Ok(None),
            true if encrypted => Err(Problem::Encrypted),
            true if link => Err(Problem::NotOpened(msg!("intake.member_link"))),
            true => self.inflate(index, len, stored, budget).map(Some),
        };
        let len = bytes.as_ref().ok().and_then(|b| b.as_ref()).map_or(len, |b| b.len() as u64);
        Member { len, modified, bytes }
    }

    /// Inflates a member. What the archive declares is believed only where it speaks against the member: the bounds
    /// hold for what really comes out.
    fn inflate(&mut self, index: usize, declared: u64, stored: u64, budget: &mut Budget) -> Result<Vec<u8>, Problem> {
        let ratio = stored.saturating_mul(INFLATE_RATIO).max(SMALL);
        let bounds = [
            (MEMBER_BYTES, msg!("intake.member_bytes", MEMBER_BYTES >> 20)),
            (ratio, msg!("intake.inflate_ratio", INFLATE_RATIO)),
            (budget.bytes, msg!("intake.archive_bytes", ARCHIVE_BYTES >> 20)),
        ];
        let check = |len: u64| {
            bounds.iter().find(|(most, _)| len > *most).map_or(Ok(()), |(_, m)| Err(Problem::TooLarge(m.clone())))
        };
        check(declared)?;
        let least = bounds.iter().map(|(most, _)| *most).min().unwrap_or(0);
        let mut bytes = Vec::new();
        let member = self.zip.by_index(index).map_err(|e| refusal(&e))?;
        let outcome = member.take(least.saturating_add(1)).read_to_end(&mut bytes);
        budget.bytes = budget.bytes.saturating_sub(bytes.len() as u64);
        check(bytes.len() as u64)?;
        outcome.map_err(|e| Problem::Damaged(msg!("intake.member_broken", e.to_string())))?;
        Ok(bytes)
    }
}

fn refusal(error: &ZipError) -> Problem {
    match error {
        ZipError::InvalidPassword => Problem::Encrypted,
        ZipError::CompressionMethodNotSupported(n) => Problem::Unsupported(msg!("intake.member_method", *n)),
        ZipError::UnsupportedArchive(what) => Problem::Unsupported(msg!("intake.member_method", *what)),
        other => Problem::Damaged(msg!("intake.member_broken", other.to_string())),
    }
}

/// The extended timestamp, which is exact, before the DOS time, which is somebody's local time: the campaign's, as far as
/// one can know. DOS time begins in 1980, and programs without a clock write its first moment.
fn modified<R: Read>(member: &zip::read::ZipFile<'_, R>, offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    let exact = member.extra_data_fields().find_map(|field| match field {
        ExtraField::ExtendedTimestamp(stamp) => DateTime::from_timestamp(i64::from(stamp.mod_time()?), 0),
        _ => None,
    });
    exact.map(|utc| utc.with_timezone(&offset)).or_else(|| {
        let dos = member.last_modified()?;
        let day = NaiveDate::from_ymd_opt(i32::from(dos.year()), u32::from(dos.month()), u32::from(dos.day()))?;
        let time = day.and_hms_opt(u32::from(dos.hour()), u32::from(dos.minute()), u32::from(dos.second()))?;
        let begun = NaiveDate::from_ymd_opt(1980, 1, 1)?.and_hms_opt(0, 0, 0)?;
        (time > begun).then(|| time.and_local_timezone(offset).single()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    #[test]
    fn all_members_together_inflate_to_no_more_than_the_archive_may() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b", "c"] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&[b'x'; 100]).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let Content::Archive(mut archive) = look(&bytes) else { panic!("an archive") };
        let mut budget = Budget { bytes: 200, ..Budget::default() };
        let zone = FixedOffset::east_opt(0).unwrap();
        let read: Vec<_> = (0..3).map(|n| archive.member(n, zone, true, &mut budget).bytes).collect();
        assert!(read[0].is_ok() && read[1].is_ok());
        assert_eq!(read[2], Err(Problem::TooLarge(msg!("intake.archive_bytes", ARCHIVE_BYTES >> 20))));
    }
}
