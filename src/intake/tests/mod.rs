//! Inboxes as schools fill them, and archives as hostile hands make them.

mod archives;
mod foreign;
mod formats;
mod inboxes;

use crate::intake::{Manner, Opened, open};
use crate::model::message::Lang;
use crate::model::passwords::Passwords;
use crate::model::problem::Problem;
use crate::model::source::SourceFile;
use chrono::FixedOffset;
use std::fs;
use tempfile::TempDir;

/// A file or member as a test looks at it.
#[derive(Debug, PartialEq)]
struct Node {
    source: SourceFile,
    bytes: Option<Vec<u8>>,
    problems: Vec<Problem>,
    archive: Option<&'static str>,
    members: Vec<Node>,
}

impl Node {
    /// `path`, or `path: problem`, of itself and everything inside.
    fn lines(&self) -> Vec<String> {
        let said = self.problems.iter().map(|p| p.message().text(Lang::Zh)).collect::<Vec<_>>().join(";");
        let line = if said.is_empty() { self.source.path.to_string() } else { format!("{}: {said}", self.source.path) };
        std::iter::once(line).chain(self.members.iter().flat_map(Node::lines)).collect()
    }
}

fn china() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).unwrap()
}

fn opened(path: &std::path::Path, shown: &str) -> Node {
    opened_by(path, shown, "")
}

fn opened_by(path: &std::path::Path, shown: &str, passwords: &str) -> Node {
    let passwords = Passwords::of_lines(passwords);
    let manner = Manner {
        offset: china(),
        passwords: &passwords,
        enclosed: &|_| Vec::new(),
        needless: &|_| Vec::new(),
        whole: true,
    };
    open(path, shown, manner, &mut |o: Opened<'_>, members| Node {
        source: o.source,
        bytes: o.bytes.map(<[u8]>::to_vec),
        problems: o.problems,
        archive: o.archive,
        members,
    })
}

fn opened_bytes(bytes: &[u8]) -> Node {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("a.zip");
    fs::write(&path, bytes).unwrap();
    opened(&path, "inbox/a.zip")
}

/// A member for [`zip_of`].
struct Entry {
    name: Vec<u8>,
    data: Vec<u8>,
    /// What the headers say: general purpose flags (APPNOTE 4.4.4), length, extra field, DOS date and time.
    flags: u16,
    declared: Option<u32>,
    deflated: bool,
    extra: Vec<u8>,
    dos: (u16, u16),
}

fn entry(name: impl AsRef<[u8]>, data: impl AsRef<[u8]>) -> Entry {
    let (name, data) = (name.as_ref().to_vec(), data.as_ref().to_vec());
    Entry { name, data, flags: 0, declared: None, deflated: false, extra: Vec::new(), dos: (0, 0) }
}

/// A zip archive byte by byte (APPNOTE 4.3), so that it can be as odd as those of the wild.
fn zip_of(entries: &[Entry]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for e in entries {
        let stored = if e.deflated { deflated(&e.data) } else { e.data.clone() };
        let length = e.declared.unwrap_or(e.data.len() as u32);
        let mut shared = Vec::new();
        for word in [20, e.flags, if e.deflated { 8 } else { 0 }, e.dos.1, e.dos.0] {
            shared.extend(word.to_le_bytes());
        }
        for long in [libdeflater::crc32(&e.data), stored.len() as u32, length] {
            shared.extend(long.to_le_bytes());
        }
        shared.extend((e.name.len() as u16).to_le_bytes());
        shared.extend((e.extra.len() as u16).to_le_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend((file.len() as u32).to_le_bytes());
        directory.extend(e.name.iter().chain(&e.extra));
        file.extend(b"PK\x03\x04");
        file.extend(&shared);
        file.extend(e.name.iter().chain(&e.extra).chain(&stored));
    }
    let (start, count) = (file.len() as u32, (entries.len() as u16).to_le_bytes());
    let length = directory.len() as u32;
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.iter().chain(&count).copied());
    file.extend(length.to_le_bytes().iter().chain(&start.to_le_bytes()).copied());
    file.extend([0, 0]);
    file
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut packer = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
    let mut out = vec![0; packer.deflate_compress_bound(data.len())];
    let len = packer.deflate_compress(data, &mut out).unwrap();
    out.truncate(len);
    out
}
