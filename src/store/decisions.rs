//! The journal of decisions, `decisions.jsonl` in the campaign's `.shouqi/`.

use crate::model::ruling::Record;
use crate::store::journal;
use std::io;
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
/// As [`journal::read`].
pub fn read(folder: &Path) -> io::Result<Journal> {
    journal::read(&path(folder)).map(|(records, damaged)| Journal { records, damaged })
}

/// Adds records and waits until the disk has them.
///
/// # Errors
/// The file system's.
pub fn append(folder: &Path, records: &[Record]) -> io::Result<()> {
    journal::append(folder, NAME, records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ruling::{About, Fate, Typed};
    use chrono::DateTime;
    use std::fs;

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
