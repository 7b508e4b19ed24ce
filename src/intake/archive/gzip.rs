//! Gzip (RFC 1952): one file, often a tar archive.

use crate::intake::budget::{Budget, broken};
use crate::intake::container::{Container, Content, Entry, Key, Opener, Take};
use crate::intake::names::decoded;
use crate::model::problem::Problem;
use chrono::DateTime;
use flate2::read::{GzDecoder, MultiGzDecoder};
use std::io::Read;

/// Opens gzip files.
pub const OPENER: Opener = Opener { format: "gz", open };

fn open<'b>(bytes: &'b [u8], key: Key<'b>) -> Option<Content<'b>> {
    if !bytes.starts_with(b"\x1F\x8B\x08") {
        return None;
    }
    let mut first = GzDecoder::new(bytes);
    // The header is read with the first bytes.
    let _ = first.read(&mut [0; 1]);
    let header = first.header();
    let name = header.and_then(|h| h.filename()).map(decoded).unwrap_or_default();
    let time = header.map(|h| i64::from(h.mtime())).filter(|seconds| *seconds > 0);
    let modified = time.and_then(|t| DateTime::from_timestamp(t, 0)).map(|t| t.with_timezone(&key.offset));
    let entry = Entry { name, len: 0, modified };
    Some(Content::Archive(Box::new(Gzip { bytes, entries: [entry] })))
}

struct Gzip<'b> {
    bytes: &'b [u8],
    entries: [Entry; 1],
}

impl Container for Gzip<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn unpack(&mut self, wanted: &[bool], budget: &mut Budget, take: &mut Take<'_>) -> Option<Problem> {
        if wanted.first() == Some(&true) {
            let content = budget.read(&mut MultiGzDecoder::new(self.bytes), 0, self.bytes.len() as u64, &broken);
            take(0, content, budget);
        }
        None
    }
}
