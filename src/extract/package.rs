//! A zip package read from its bytes: the directory of its members, and one member at a time inflated.
//!
//! Office files are packages of parts of which a reader wants a few. The directory holds name, length and CRC-32 of each
//! member, so pictures are fingerprinted without a byte of them being read, and a member whose local header left its
//! lengths to a data descriptor is read like any other. Inflating is bounded by [`limits`] before memory is asked for.
//! Archives of files with foreign names are the concern of intake, not of this.

mod directory;

use crate::extract::le::{slice_at, u16_at, u32_at};
use crate::extract::reader::Failure;
use crate::model::limits;
use crate::model::message::Message;
use crate::msg;
use directory::{Directory, LOCAL_BYTES, LOCAL_SIGNATURE};
use libdeflater::Decompressor;
use std::collections::BTreeMap;
use std::ops::Range;

pub use directory::Member;

/// Below this length the ratio of inflated to stored bytes says nothing.
const RATIO_FROM: u64 = 1 << 20;
/// More members than this need not be looked at to know a format.
const NAMES: usize = 20_000;

/// A package whose directory has been read.
#[derive(Debug)]
pub struct Package<'a> {
    bytes: &'a [u8],
    /// Where the first member's bytes begin if something was put before the package.
    shift: usize,
    members: Vec<Member>,
    by_name: BTreeMap<String, usize>,
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
        let directory = Directory::find(bytes).ok_or(PackageError::NoDirectory)?;
        let listed = directory.within_its_length(bytes).ok_or(PackageError::NoDirectory)?;
        let mut members = Vec::new();
        for member in directory::members(listed) {
            if members.len() >= limits::ARCHIVE_MEMBERS {
                return Err(PackageError::TooMany(members.len() + 1));
            }
            members.push(member.ok_or(PackageError::NoDirectory)?);
        }
        if !directory.is_of(members.len()) {
            return Err(PackageError::NoDirectory);
        }
        no_overlap(&members)?;
        let by_name = members.iter().enumerate().map(|(i, m)| (key(&m.name), i)).collect();
        Ok(Self { bytes, shift: directory.shift, members, by_name })
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
        inflates_within_limits(member)?;
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

    /// Refuses a package that another parser is to inflate, which knows no limits.
    ///
    /// # Errors
    /// [`PackageError::TooLarge`] for the first member that alone, or with those before it, would inflate beyond the
    /// limits.
    pub fn inflates_within_limits(&self) -> Result<(), PackageError> {
        let mut total = 0_u64;
        for member in &self.members {
            inflates_within_limits(member)?;
            total = total.saturating_add(member.len);
            if total > limits::ARCHIVE_BYTES {
                return Err(PackageError::TooLarge(member.name.clone(), total));
            }
        }
        Ok(())
    }

    /// Where nothing but a member's bytes stands, all but its last ones: how long its local header is, only that says. No
    /// other member begins before the end. `None` where that is not in the file, or where something stands before the package.
    pub fn stretch_of(&self, member: &Member) -> Option<Range<usize>> {
        let start = usize::try_from(member.offset).ok()?.checked_add(LOCAL_BYTES)?;
        let end = start.checked_add(usize::try_from(member.stored).ok()?)?;
        (self.shift == 0 && end <= self.bytes.len()).then_some(start..end)
    }

    /// A member's bytes as they are stored. The local header is read for its own length only.
    fn packed(&self, member: &Member) -> Option<&'a [u8]> {
        let header = usize::try_from(member.offset).ok()?.checked_add(self.shift)?;
        if u32_at(self.bytes, header)? != LOCAL_SIGNATURE {
            return None;
        }
        let name = usize::from(u16_at(self.bytes, header.checked_add(26)?)?);
        let extra = usize::from(u16_at(self.bytes, header.checked_add(28)?)?);
        let start = header.checked_add(LOCAL_BYTES + name + extra)?;
        slice_at(self.bytes, start, usize::try_from(member.stored).ok()?)
    }
}

/// The names of a package's members, whole or cut off: those of its directory, and where that is gone or broken those
/// before the members themselves.
pub fn names(bytes: &[u8]) -> Vec<String> {
    // A directory that is not where its end record says is that of a package stored in this one, whose own is cut off.
    let own = Directory::find(bytes).filter(|d| d.shift == 0);
    let listed = own.as_ref().and_then(|own| own.to_the_end(bytes)).unwrap_or_default();
    let mut names: Vec<String> = directory::members(listed).map_while(|m| m).map(|m| m.name).take(NAMES).collect();
    if own.is_none_or(|own| !own.is_of(names.len())) {
        names.extend(directory::local_names(bytes).take(NAMES));
    }
    names
}

/// The name of the package's first member, and its bytes as they are stored, with all that follows them.
pub fn first_member(bytes: &[u8]) -> Option<(String, &[u8])> {
    let header = directory::local_header(bytes, 0)?;
    Some((header.name, bytes.get(header.data..)?))
}

fn inflates_within_limits(member: &Member) -> Result<(), PackageError> {
    let steep = member.len > RATIO_FROM && member.len / limits::INFLATE_RATIO > member.stored;
    if member.len > limits::MEMBER_BYTES || steep {
        return Err(PackageError::TooLarge(member.name.clone(), member.len));
    }
    Ok(())
}

/// The name by which a member is looked up.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
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

#[cfg(test)]
mod tests;
