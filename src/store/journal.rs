//! What people typed, in plain text: a line (JSON) an entry, only ever added to. On purpose no part of the database, whose
//! damage costs time but never this.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// The entries of a file in their order, and the numbers of the lines that are none: a write that was broken off, or a
/// hand that went in. Empty where there is no such file.
///
/// # Errors
/// The file system's, where the file is there and cannot be read: then nothing may be done as if it were empty.
pub fn read<T: DeserializeOwned>(path: &Path) -> io::Result<(Vec<T>, Vec<usize>)> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
        Err(error) => return Err(error),
    };
    let (mut entries, mut damaged) = (Vec::new(), Vec::new());
    for (line, number) in bytes.split(|b| *b == b'\n').zip(1..).filter(|(line, _)| !line.trim_ascii().is_empty()) {
        match serde_json::from_slice(line) {
            Ok(entry) => entries.push(entry),
            Err(_) => damaged.push(number),
        }
    }
    Ok((entries, damaged))
}

/// Adds entries and waits until the disk has them, or adds none. A line that was broken off before stays as it is, on a
/// line of its own.
///
/// # Errors
/// The file system's.
pub fn append<T: Serialize>(folder: &Path, name: &str, entries: &[T]) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let path = folder.join(name);
    fs::create_dir_all(folder)?;
    let broken_off = fs::read(&path).is_ok_and(|bytes| bytes.last().is_some_and(|b| *b != b'\n'));
    let mut lines = Vec::new();
    if broken_off {
        lines.push(b'\n');
    }
    for entry in entries {
        serde_json::to_writer(&mut lines, entry)?;
        lines.push(b'\n');
    }
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    let before = file.metadata()?.len();
    if let Err(error) = file.write_all(&lines).and_then(|()| file.sync_all()) {
        // What a full disk took of them is half an entry. Where it cannot be taken back the next reader tells of its line.
        let _ = file.set_len(before);
        return Err(error);
    }
    // The folder's own entry for a new file; Windows opens no folders, and needs none of this.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
