//! The journal of decisions, `decisions.jsonl` in the campaign's `.shouqi/`: a line an entry, only ever added to. Plain
//! text on purpose: a damaged database costs time, but never what people typed.

use crate::model::ruling::Record;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The journal's name.
const NAME: &str = "decisions.jsonl";

/// What the journal holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Journal {
    /// The records, in their order.
    pub records: Vec<Record>,
    /// Numbers of the lines that are none: a write that was broken off, or a hand that went in.
    pub damaged: Vec<usize>,
}

/// Where the journal stands in the folder of what a campaign remembers.
pub fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// Reads the journal. A line that is no record costs that line.
///
/// # Errors
/// The file system's, where the journal is there and cannot be read: then nothing may be decided as if it were empty.
pub fn read(folder: &Path) -> io::Result<Journal> {
    let bytes = match fs::read(path(folder)) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Journal::default());
        }
        Err(error) => return Err(error),
    };
    let mut journal = Journal::default();
    for (line, number) in bytes.split(|b| *b == b'\n').zip(1..).filter(|(line, _)| !line.trim_ascii().is_empty()) {
        match serde_json::from_slice::<Record>(line) {
            Ok(record) => journal.records.push(record),
            Err(_) => journal.damaged.push(number),
        }
    }
    Ok(journal)
}

/// Adds records and waits until the disk has them. A line that was broken off before stays as it is, on a line of its own.
///
/// # Errors
/// The file system's.
pub fn append(folder: &Path, records: &[Record]) -> io::Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    let path = path(folder);
    fs::create_dir_all(folder)?;
    let broken_off = fs::read(&path).is_ok_and(|bytes| bytes.last().is_some_and(|b| *b != b'\n'));
    let mut lines = Vec::new();
    if broken_off {
        lines.push(b'\n');
    }
    for record in records {
        serde_json::to_writer(&mut lines, record)?;
        lines.push(b'\n');
    }
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    file.write_all(&lines)?;
    file.sync_all()?;
    // The folder's own entry for a new file; Windows opens no folders, and needs none of this.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ruling::{About, Fate, Typed};
    use chrono::DateTime;

    fn record(number: u32) -> Record {
        Record {
            number,
            read_at: DateTime::parse_from_rfc3339("2020-10-21T02:00:00+08:00").unwrap(),
            file: "汇总表.xlsx".into(),
            row: 7,
            flag: "F-1".into(),
            fingerprint: "ff".into(),
            base: 0,
            kind: "missing".into(),
            school: "C1".into(),
            item: None,
            about: About::default(),
            typed: Typed { note: "已打电话\n下周补".into(), ..Typed::default() },
            before: String::new(),
            fate: Fate::Cleared,
        }
    }

    #[test]
    fn a_line_that_was_broken_off_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), Journal::default());
        append(folder.path(), &[record(1), record(2)]).unwrap();
        let whole = fs::read(path(folder.path())).unwrap();
        for cut in 0..whole.len() {
            fs::write(path(folder.path()), &whole[..cut]).unwrap();
            append(folder.path(), &[record(3)]).unwrap();
            let journal = read(folder.path()).unwrap();
            assert_eq!(journal.records.last(), Some(&record(3)), "cut at {cut}");
            let lines = whole[..cut].iter().filter(|b| **b == b'\n').count();
            // Nothing but the line's end may be lost without harm.
            assert!(journal.records.len() > lines && journal.damaged.len() <= 1, "cut at {cut}");
        }
    }
}
