//! Zip archives of files. Office packages are zip archives too, and none of this room's business.

use crate::intake::budget::{Budget, broken};
use crate::intake::container::{Container, Content, Entry, Key, Opener, Take};
use crate::intake::dos_time::dos_time;
use crate::intake::names::decoded;
use crate::intake::tries::Tries;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use chrono::{DateTime, FixedOffset};
use std::io::{Cursor, Read};
use zip::result::{ZipError, ZipResult};
use zip::{ExtraField, ZipArchive};

/// Opens zip archives.
pub const OPENER: Opener = Opener { format: "zip", open };

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

fn open<'b>(bytes: &'b [u8], key: Key<'b>) -> Option<Content<'b>> {
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return None;
    }
    if is_split(bytes) {
        return Some(Content::Closed(Problem::SplitArchive));
    }
    match ZipArchive::new(Cursor::new(bytes)) {
        Ok(zip) if zip.file_names_raw().any(|n| PACKAGES.contains(&decoded(n).to_lowercase().as_str())) => None,
        Ok(mut zip) => Some(match overlaps(&mut zip) {
            true => Content::Closed(Problem::Damaged(msg!("intake.archive_overlap"))),
            false => Content::Archive(Box::new(Zip::new(zip, key))),
        }),
        Err(_) if begins_as_package(bytes) => None,
        Err(error) => Some(Content::Closed(Problem::Damaged(msg!("intake.archive_broken", error.to_string())))),
    }
}

/// Whether members share bytes, by which a small file inflates to terabytes: no program writes such a file but to harm.
fn overlaps(zip: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let places = (0..zip.len()).filter_map(|index| {
        let member = zip.by_index_raw(index).ok()?;
        Some((member.header_start(), member.header_start().saturating_add(member.compressed_size())))
    });
    let mut places: Vec<(u64, u64)> = places.collect();
    places.sort_unstable();
    places.windows(2).any(|pair| matches!(pair, [(_, end), (next, _)] if end > next))
}

/// Whether the end of the directory (APPNOTE 4.3.16) says that it stands on another disk than the first: the last volume of
/// several.
fn is_split(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(1 << 16)..).unwrap_or(bytes);
    let end = tail.windows(6).rposition(|w| w.starts_with(b"PK\x05\x06"));
    let disk = end.and_then(|at| tail.get(at + 4..at + 6));
    // Archives of more than 4 GB say elsewhere.
    disk.is_some_and(|disk| disk != [0, 0] && disk != [0xFF, 0xFF])
}

/// A truncated document has no directory; its first local header (APPNOTE 4.3.7) still tells what it was.
fn begins_as_package(bytes: &[u8]) -> bool {
    let Some(&[low, high]) = bytes.get(26..28) else { return false };
    let name = bytes.get(30..30 + usize::from(u16::from_le_bytes([low, high]))).map(|n| decoded(n).to_lowercase());
    name.is_some_and(|name| PACKAGE_BEGINS.iter().any(|b| name.starts_with(b)))
}

struct Zip<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    entries: Vec<Entry>,
    /// The archive's own number of each entry.
    numbers: Vec<usize>,
    tries: Tries<'b>,
}

impl<'b> Zip<'b> {
    fn new(mut zip: ZipArchive<Cursor<&'b [u8]>>, key: Key<'b>) -> Self {
        let names = zip.file_names_raw().map(decoded).enumerate().filter(|(_, name)| !name.ends_with(['/', '\\']));
        let (numbers, names): (Vec<usize>, Vec<String>) = names.unzip();
        let mut entry = |(number, name)| {
            let told = zip.by_index_raw(number).ok();
            let (len, modified) = told.map_or((0, None), |m| (m.size(), modified(&m, key.offset)));
            Entry { name, len, modified }
        };
        let entries = numbers.iter().copied().zip(names).map(&mut entry).collect();
        Zip { zip, entries, numbers, tries: Tries::new(key.passwords) }
    }

    fn member(&mut self, number: usize, budget: &mut Budget) -> Result<Vec<u8>, Problem> {
        let (len, stored, encrypted, link) = match self.zip.by_index_raw(number) {
            Ok(m) => (m.size(), m.compressed_size(), m.encrypted(), m.is_symlink()),
            Err(error) => return Err(refusal(&error)),
        };
        if link {
            return Err(Problem::NotOpened(msg!("intake.member_link")));
        }
        if !encrypted {
            return inflate(self.zip.by_index(number), len, stored, budget);
        }
        // A wrong password may pass for the right one; then the content does not.
        let Zip { zip, tries, .. } = self;
        let mut tried = Err(Problem::Encrypted);
        tries.find(|password| match inflate(zip.by_index_decrypt(number, password.as_bytes()), len, stored, budget) {
            Err(Problem::Encrypted | Problem::Damaged(_) | Problem::Unsupported(_)) => false,
            settled => {
                tried = settled;
                true
            }
        });
        tried
    }
}

fn inflate<R: Read>(
    member: ZipResult<zip::read::ZipFile<'_, R>>,
    len: u64,
    stored: u64,
    budget: &mut Budget,
) -> Result<Vec<u8>, Problem> {
    budget.read(&mut member.map_err(|e| refusal(&e))?, len, stored, &broken)
}

impl Container for Zip<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn problems(&self) -> Vec<Problem> {
        let twins = self.zip.has_duplicate_names();
        twins.then(|| Problem::LostText(msg!("intake.same_names"), Place::Whole)).into_iter().collect()
    }

    fn unpack(&mut self, wanted: &[bool], budget: &mut Budget, take: &mut Take<'_>) -> Option<Problem> {
        for (n, number) in self.numbers.clone().into_iter().enumerate().filter(|(n, _)| wanted.get(*n) == Some(&true)) {
            let bytes = self.member(number, budget);
            take(n, bytes, budget);
        }
        None
    }
}

fn refusal(error: &ZipError) -> Problem {
    match error {
        ZipError::InvalidPassword => Problem::Encrypted,
        ZipError::CompressionMethodNotSupported(n) => Problem::Unsupported(msg!("intake.member_method", *n)),
        ZipError::UnsupportedArchive(what) => Problem::Unsupported(msg!("intake.member_method", *what)),
        other => broken(other),
    }
}

/// The extended timestamp, which is exact, before the DOS time.
fn modified<R: Read>(member: &zip::read::ZipFile<'_, R>, offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    let exact = member.extra_data_fields().find_map(|field| match field {
        ExtraField::ExtendedTimestamp(stamp) => DateTime::from_timestamp(i64::from(stamp.mod_time()?), 0),
        _ => None,
    });
    exact.map(|utc| utc.with_timezone(&offset)).or_else(|| {
        let dos = member.last_modified()?;
        dos_time(dos.datepart(), dos.timepart(), offset)
    })
}
