//! Pictures inside a file, known by their fingerprint; name, caption and place are the reader's to say.

use crate::extract::package::Member;
use crate::model::document::{Picture, picture_fingerprint};

/// A picture by its bytes.
pub fn of_bytes(bytes: &[u8]) -> Picture {
    known_by(libdeflater::crc32(bytes), bytes.len() as u64)
}

/// A picture by what the directory of its package says, so that not a byte of it is read.
pub fn of_member(member: &Member) -> Picture {
    known_by(member.crc32, member.len)
}

fn known_by(crc32: u32, len: u64) -> Picture {
    Picture { fingerprint: picture_fingerprint(crc32, len), len, ..Picture::default() }
}
