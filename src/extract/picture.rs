//! Pictures whose bytes lie in the file.

use crate::model::document::{Picture, picture_fingerprint};

/// A picture known by its bytes; its name, caption and place are the reader's to say.
pub fn of_bytes(bytes: &[u8]) -> Picture {
    let len = bytes.len() as u64;
    Picture { fingerprint: picture_fingerprint(libdeflater::crc32(bytes), len), len, ..Picture::default() }
}
