//! A zip package read from its bytes: the directory of its members, and one member at a time inflated.
//!
//! Office files are packages of parts of which a reader wants a few. The central directory (APPNOTE.TXT 4.3.12) holds
//! name, length and CRC-32 of each member, so pictures are fingerprinted without a byte of them being read, and a
//! member whose local header left its lengths to a data descriptor is read like any other. Inflating is bounded by
//! [`limits`] before memory is asked for. Archives of files with foreign names are the concern of intake, not of this.

use crate::extract::reader::Failure;
use crate::model::limits;
use crate::model::message::Message;
use crate::msg;
use libdeflater::Decompressor;
use std::collections::BTreeMap;

/// The end record's fixed length (4.3.16); a comment of up to 65,535 bytes may follow it.
const END_BYTES: usize = 22;
/// A directory entry's fixed length (4.3.12).
const ENTRY_BYTES: usize = 46;
/// A local header's fixed length (4.3.7).
const LOCAL_BYTES: usize = 30;
/// Below this length the ratio of inflated to stored bytes says nothing.
const RATIO_FROM: u64 = 1 << 20;

/// A package whose directory has been read.
#[derive(Debug)]
pub struct Package<'a> {
    bytes: &'a [u8],
    /// Where the first member's bytes begin if something was put before the package.
    shift: usize,
    members: Vec<Member>,
    by_name: BTreeMap<String, usize>,
}

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
    method: u16,
    encrypted: bool,
}

/// Why a package or one of its members cannot be read; each names the member it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// There is no central directory, or it breaks off: the file was cut short or is no package.
    #[error("no central directory")]
    NoDirectory,
    /// Members share bytes: no program writes such a file but to harm.
    #[error("{0} overlaps another member")]
    Overlap(String),
    /// More members than are read.
    #[error("{0} members")]
    TooMany(usize),
    /// No member of that name.
    #[error("{0} is missing")]
    Missing(String),
    /// Its bytes lie outside the file, do not inflate, or are not those that the directory vouches for.
    #[error("{0} is broken")]
    Broken(String),
    /// It needs a password.
    #[error("{0} is encrypted")]
    Encrypted(String),
    /// It is packed by another method than deflate.
    #[error("{0} is packed by method {1}")]
    Method(String, u16),
    /// It would inflate beyond [`limits::MEMBER_BYTES`] or [`limits::INFLATE_RATIO`].
    #[error("{0} inflates to {1} bytes")]
    TooLarge(String, u64),
}

impl PackageError {
    /// What happened, for a person.
    pub fn message(&self) -> Message {
        match self {
            PackageError::NoDirectory => msg!("extract.package_no_directory"),
            PackageError::Overlap(name) => msg!("extract.package_overlap", name),
            PackageError::TooMany(n) => msg!("extract.package_too_many", *n),
            PackageError::Missing(name) => msg!("extract.package_missing", name),
            PackageError::Broken(name) => msg!("extract.package_broken", name),
            PackageError::Encrypted(name) => msg!("extract.package_encrypted", name),
            PackageError::Method(name, method) => msg!("extract.package_method", name, *method),
            PackageError::TooLarge(name, len) => msg!("extract.package_too_large", name, *len),
        }
    }
}

impl From<PackageError> for Failure {
    fn from(error: PackageError) -> Self {
        match error {
            PackageError::Encrypted(_) => Failure::Encrypted,
            PackageError::Method(..) => Failure::Unsupported(error.message()),
            PackageError::TooMany(_) | PackageError::TooLarge(..) => Failure::TooLarge(error.message()),
            _ => Failure::Damaged(error.message()),
        }
    }
}

impl<'a> Package<'a> {
    /// Reads the directory at the end of `bytes`.
    ///
    /// # Errors
    /// [`PackageError::NoDirectory`] where it is gone or broken, `TooMany`, `Overlap`. A single member that lies
    /// outside the file is an error of [`Package::read`] only: the other members are still good.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackageError> {
        let (start, len, count, shift) = directory(bytes).ok_or(PackageError::NoDirectory)?;
        let directory =
            start.checked_add(len).and_then(|end| bytes.get(start..end)).ok_or(PackageError::NoDirectory)?;
        let mut members = Vec::new();
        let mut at = 0;
        while at < directory.len() && u32_at(directory, at) == Some(0x0201_4b50) {
            if members.len() >= limits::ARCHIVE_MEMBERS {
                return Err(PackageError::TooMany(members.len() + 1));
            }
            let (member, next) = entry(directory, at).ok_or(PackageError::NoDirectory)?;
            members.push(member);
            at = next;
        }
        // The count is kept in 16 bits where a writer did not care for more.
        if members.len() as u64 & 0xffff != count & 0xffff {
            return Err(PackageError::NoDirectory);
        }
        no_overlap(&members)?;
        let by_name = members.iter().enumerate().map(|(i, m)| (key(&m.name), i)).collect();
        Ok(Self { bytes, shift, members, by_name })
    }

    /// All members in the order of the directory.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member of that name. Letters' case, a leading `/` and the kind of slash do not matter (ECMA-376-2, 6.2.2.3).
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.by_name.get(&key(name)).and_then(|&i| self.members.get(i))
    }

    /// The bytes of the member of that name, inflated and checked against the directory.
    ///
    /// # Errors
    /// Every [`PackageError`] that names a member.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, PackageError> {
        let member = self.member(name).ok_or_else(|| PackageError::Missing(name.to_string()))?;
        let broken = || PackageError::Broken(member.name.clone());
        if member.encrypted {
            return Err(PackageError::Encrypted(member.name.clone()));
        }
        let steep = member.len > RATIO_FROM && member.len / limits::INFLATE_RATIO > member.stored;
        if member.len > limits::MEMBER_BYTES || steep {
            return Err(PackageError::TooLarge(member.name.clone(), member.len));
        }
        let packed = self.packed(member).ok_or_else(broken)?;
        let plain = match member.method {
            0 => packed.to_vec(),
            8 => {
                let mut plain = vec![0; usize::try_from(member.len).map_err(|_| broken())?];
                let written = Decompressor::new().deflate_decompress(packed, &mut plain).map_err(|_| broken())?;
                plain.truncate(written);
                plain
            }
            method => return Err(PackageError::Method(member.name.clone(), method)),
        };
        if plain.len() as u64 != member.len || libdeflater::crc32(&plain) != member.crc32 {
            return Err(broken());
        }
        Ok(plain)
    }

    /// A member's bytes as they are stored. The local header is read for its own length only.
    fn packed(&self, member: &Member) -> Option<&'a [u8]> {
        let header = usize::try_from(member.offset).ok()?.checked_add(self.shift)?;
        if u32_at(self.bytes, header)? != 0x0403_4b50 {
            return None;
        }
        let name = usize::from(u16_at(self.bytes, header.checked_add(26)?)?);
        let extra = usize::from(u16_at(self.bytes, header.checked_add(28)?)?);
        let start = header.checked_add(LOCAL_BYTES + name + extra)?;
        let end = start.checked_add(usize::try_from(member.stored).ok()?)?;
        self.bytes.get(start..end)
    }
}

/// The name by which a member is looked up.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// Where the directory starts, its length, the count of its entries, and how far all offsets are off because something
/// stands before the package.
fn directory(bytes: &[u8]) -> Option<(usize, usize, u64, usize)> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let found = (first..=last).rev().find(|&at| {
        // A comment that would run past the file's end shows that these four bytes belong to something else.
        u32_at(bytes, at) == Some(0x0605_4b50)
            && u16_at(bytes, at + 20).is_some_and(|comment| at + END_BYTES + usize::from(comment) <= bytes.len())
    })?;
    let mut end = found;
    let mut count = u64::from(u16_at(bytes, found + 10)?);
    let mut len = u64::from(u32_at(bytes, found + 12)?);
    let mut start = u64::from(u32_at(bytes, found + 16)?);
    if count == 0xffff || len == 0xffff_ffff || start == 0xffff_ffff {
        // The 64-bit end record is found by its locator, which stands right before (4.3.14, 4.3.15).
        if let Some(locator) = found.checked_sub(20).filter(|&at| u32_at(bytes, at) == Some(0x0706_4b50)) {
            let at = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
            if u32_at(bytes, at)? != 0x0606_4b50 {
                return None;
            }
            end = at;
            count = u64_at(bytes, at.checked_add(32)?)?;
            len = u64_at(bytes, at.checked_add(40)?)?;
            start = u64_at(bytes, at.checked_add(48)?)?;
        }
    }
    let (start, len) = (usize::try_from(start).ok()?, usize::try_from(len).ok()?);
    if count > 0 && u32_at(bytes, start) != Some(0x0201_4b50) {
        let shift = end.checked_sub(start.checked_add(len)?)?;
        let start = start.checked_add(shift)?;
        return (u32_at(bytes, start)? == 0x0201_4b50).then_some((start, len, count, shift));
    }
    Some((start, len, count, 0))
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
        name: String::from_utf8_lossy(name).replace('\\', "/"),
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

/// Refuses members that share bytes, by which a small file inflates to terabytes.
fn no_overlap(members: &[Member]) -> Result<(), PackageError> {
    let mut order: Vec<&Member> = members.iter().collect();
    order.sort_by_key(|m| m.offset);
    for pair in order.windows(2) {
        if let [before, after] = pair
            && before.offset.saturating_add(LOCAL_BYTES as u64).saturating_add(before.stored) > after.offset
        {
            return Err(PackageError::Overlap(after.name.clone()));
        }
    }
    Ok(())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests;
