//! Where a zip package lists its members: the central directory at its end (APPNOTE.TXT 4.3.12, 4.3.16), and the local
//! headers before the members (4.3.7), which are what is left of a package that was cut off.

use crate::extract::le::{slice_at, u16_at, u32_at, u64_at, usize_at};

/// The end record's fixed length (4.3.16); a comment of up to 65,535 bytes may follow it.
const END_BYTES: usize = 22;
/// A directory entry's fixed length (4.3.12).
const ENTRY_BYTES: usize = 46;
/// A local header's fixed length (4.3.7).
pub const LOCAL_BYTES: usize = 30;

/// What the records begin with.
pub const LOCAL_SIGNATURE: u32 = 0x0403_4b50;
const ENTRY_SIGNATURE: u32 = 0x0201_4b50;
const END_SIGNATURE: u32 = 0x0605_4b50;
const WIDE_END_SIGNATURE: u32 = 0x0606_4b50;
const WIDE_LOCATOR_SIGNATURE: u32 = 0x0706_4b50;

/// What the directory says of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name as stored, with `/` between folders.
    pub name: String,
    /// CRC-32 of the inflated bytes.
    pub crc32: u32,
    /// Length of the inflated bytes.
    pub len: u64,
    /// Length of the stored bytes.
    pub stored: u64,
    /// Where its local header stands, in bytes from the package's start.
    pub offset: u64,
    /// 0 stored, 8 deflated (4.4.5).
    pub method: u16,
    /// Under a password.
    pub encrypted: bool,
}

/// Where the directory stands, by the record at the package's end.
#[derive(Debug)]
pub struct Directory {
    start: usize,
    len: usize,
    count: u64,
    /// How far all offsets are off because something stands before the package.
    pub shift: usize,
}

impl Directory {
    /// Finds the directory by its end record; `None` where either is gone.
    pub fn find(bytes: &[u8]) -> Option<Self> {
        let last = bytes.len().checked_sub(END_BYTES)?;
        let first = last.saturating_sub(usize::from(u16::MAX));
        let found = (first..=last).rev().find(|&at| {
            // A comment that would run past the file's end shows that these four bytes belong to something else.
            u32_at(bytes, at) == Some(END_SIGNATURE)
                && u16_at(bytes, at + 20).is_some_and(|comment| at + END_BYTES + usize::from(comment) <= bytes.len())
        })?;
        let mut end = found;
        let mut count = u64::from(u16_at(bytes, found + 10)?);
        let mut len = u64::from(u32_at(bytes, found + 12)?);
        let mut start = u64::from(u32_at(bytes, found + 16)?);
        if count == 0xffff || len == 0xffff_ffff || start == 0xffff_ffff {
            // The 64-bit end record is found by its locator, which stands right before (4.3.14, 4.3.15).
            if let Some(locator) = found.checked_sub(20).filter(|&at| u32_at(bytes, at) == Some(WIDE_LOCATOR_SIGNATURE))
            {
                let at = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
                if u32_at(bytes, at)? != WIDE_END_SIGNATURE {
                    return None;
                }
                end = at;
                count = u64_at(bytes, at.checked_add(32)?)?;
                len = u64_at(bytes, at.checked_add(40)?)?;
                start = u64_at(bytes, at.checked_add(48)?)?;
            }
        }
        let (mut start, len) = (usize::try_from(start).ok()?, usize::try_from(len).ok()?);
        let mut shift = 0;
        if count > 0 && u32_at(bytes, start) != Some(ENTRY_SIGNATURE) {
            shift = end.checked_sub(start.checked_add(len)?)?;
            start = start.checked_add(shift)?;
            if u32_at(bytes, start)? != ENTRY_SIGNATURE {
                return None;
            }
        }
        Some(Self { start, len, count, shift })
    }

    /// Whether it claims to list that many members. The count is kept in 16 bits where a writer did not care for more.
    pub fn is_of(&self, members: usize) -> bool {
        members as u64 & 0xffff == self.count & 0xffff
    }

    /// The directory's bytes, as long as the end record says.
    pub fn within_its_length<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        slice_at(bytes, self.start, self.len)
    }

    /// The bytes from the directory's start, whatever length the end record claims.
    pub fn to_the_end<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        bytes.get(self.start..)
    }
}

/// The members listed, to where no entry follows; a `None` at the end for an entry that breaks off.
pub fn members(directory: &[u8]) -> impl Iterator<Item = Option<Member>> {
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let here = at.filter(|&here| u32_at(directory, here) == Some(ENTRY_SIGNATURE))?;
        let read = entry(directory, here);
        at = read.as_ref().map(|(_, next)| *next);
        Some(read.map(|(member, _)| member))
    })
}

/// One entry of the directory, and where the next begins.
fn entry(directory: &[u8], at: usize) -> Option<(Member, usize)> {
    let name_at = at.checked_add(ENTRY_BYTES)?;
    let extra_at = name_at.checked_add(usize::from(u16_at(directory, at + 28)?))?;
    let comment_at = extra_at.checked_add(usize::from(u16_at(directory, at + 30)?))?;
    let next = comment_at.checked_add(usize::from(u16_at(directory, at + 32)?))?;
    let name = directory.get(name_at..extra_at)?;
    let extra = directory.get(extra_at..comment_at)?;
    directory.get(comment_at..next)?;
    let mut member = Member {
        name: plain(name),
        crc32: u32_at(directory, at + 16)?,
        len: u64::from(u32_at(directory, at + 24)?),
        stored: u64::from(u32_at(directory, at + 20)?),
        offset: u64::from(u32_at(directory, at + 42)?),
        method: u16_at(directory, at + 10)?,
        encrypted: u16_at(directory, at + 8)? & 1 == 1,
    };
    wide(&mut member, extra);
    Some((member, next))
}

/// Puts in the 64-bit values of the extra field 0x0001 (4.5.3): those alone that did not fit, in this order.
fn wide(member: &mut Member, mut extra: &[u8]) {
    while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let Some(field) = extra.get(4..4 + usize::from(len)) else { return };
        if id == 1 {
            let mut values = field.chunks_exact(8).filter_map(|c| u64_at(c, 0));
            for slot in [&mut member.len, &mut member.stored, &mut member.offset] {
                if *slot == 0xffff_ffff {
                    *slot = values.next().unwrap_or(*slot);
                }
            }
            return;
        }
        extra = extra.get(4 + usize::from(len)..).unwrap_or_default();
    }
}

/// Some programs write backslashes between folders.
fn plain(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/")
}

/// What stands before a member's bytes.
#[derive(Debug)]
pub struct LocalHeader {
    /// The member's name.
    pub name: String,
    /// Where its bytes begin.
    pub data: usize,
    /// How many there are, as far as the header knows.
    stored: usize,
}

/// The header that stands at that place.
pub fn local_header(bytes: &[u8], at: usize) -> Option<LocalHeader> {
    if u32_at(bytes, at) != Some(LOCAL_SIGNATURE) {
        return None;
    }
    let name_at = at.checked_add(LOCAL_BYTES)?;
    let name = slice_at(bytes, name_at, usize::from(u16_at(bytes, at + 26)?))?;
    let data = name_at + name.len() + usize::from(u16_at(bytes, at + 28)?);
    Some(LocalHeader { name: plain(name), data, stored: usize_at(bytes, at + 18)? })
}

/// The names before the members themselves, in whatever is left of a broken package.
pub fn local_names(bytes: &[u8]) -> impl Iterator<Item = String> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            if let Some(header) = local_header(bytes, at) {
                at = header.data.saturating_add(header.stored);
                return Some(header.name);
            }
            // Not where it should be: some programs give sizes only after the data. Look on.
            let rest = bytes.get(at.saturating_add(1)..)?;
            at += 1 + rest.windows(4).position(|w| w == LOCAL_SIGNATURE.to_le_bytes())?;
        }
    })
}
