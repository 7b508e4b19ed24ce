//! The contract of this room: a file on the clerk's desk, and what each step has said of it so far.

use crate::judge::paths;
use crate::model::findings::{FileStatus, ReceivedBy};
use crate::model::flag::Severity;
use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::model::reading::Reading;
use chrono::{DateTime, FixedOffset};
use ecow::EcoString;

/// A file, archive members included.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What it says. Its members have left it: each is a paper of its own.
    pub reading: Reading,
    /// How many members it had.
    pub members: usize,
    /// Whose it is.
    pub claim: Claim,
    /// When it arrived.
    pub arrival: Arrival,
    /// What became of it.
    pub standing: Standing,
}

/// Whose a file is.
#[derive(Debug, Clone, Default)]
pub struct Claim {
    /// Positions in the roster, ascending; empty where nobody could be found with certainty.
    pub schools: Vec<usize>,
    /// Why these, or why none.
    pub why: Message,
    /// The file itself says nothing at all of a school, so that it may take the school of its neighbours.
    pub nameless: bool,
}

/// When a file arrived.
#[derive(Debug, Clone, Copy, Default)]
pub struct Arrival {
    /// The time; none where nothing at all is known.
    pub at: Option<DateTime<FixedOffset>>,
    /// How it is known.
    pub by: Option<ReceivedBy>,
    /// Set where the time is doubtful: how urgent the doubt is.
    pub doubt: Option<Severity>,
    /// Whether it is after the deadline.
    pub late: bool,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Used,
    /// A newer version that came in time counts: the paper's position.
    Replaced(usize),
    /// It came after the deadline, and a version that came in time counts: the paper's position.
    TooLate(usize),
    /// The same bytes as another paper of the same schools: its position.
    Duplicate(usize),
    /// Nobody's.
    Unclaimed,
    /// It could not be read.
    Unread,
    /// Litter.
    Ignored,
}

impl Standing {
    /// The word of the contract.
    pub fn status(self) -> FileStatus {
        match self {
            Standing::Used => FileStatus::Used,
            Standing::Replaced(_) | Standing::TooLate(_) => FileStatus::Superseded,
            Standing::Duplicate(_) => FileStatus::Duplicate,
            Standing::Unclaimed | Standing::Unread => FileStatus::Quarantined,
            Standing::Ignored => FileStatus::Ignored,
        }
    }

    /// The paper that it repeats or that replaced it.
    pub fn other(self) -> Option<usize> {
        match self {
            Standing::Replaced(i) | Standing::TooLate(i) | Standing::Duplicate(i) => Some(i),
            _ => None,
        }
    }
}

/// What sort of thing a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A report in sentences.
    Prose,
    /// A form or a spreadsheet.
    Table,
    /// A picture.
    Picture,
    /// An archive, whose members are papers of their own.
    Archive,
}

impl Paper {
    /// A paper of which nothing is known yet.
    pub fn new(mut reading: Reading) -> (Paper, Vec<Reading>) {
        let members = std::mem::take(&mut reading.members);
        reading.evidence = std::mem::take(&mut reading.evidence).packed();
        let standing = if reading.source.litter.is_some() { Standing::Ignored } else { Standing::Used };
        let paper =
            Paper { reading, members: members.len(), claim: Claim::default(), arrival: Arrival::default(), standing };
        (paper, members)
    }

    /// Forgets what tells whose it is, when it came and what it is like, but for the title that it is cited by.
    pub fn forget_heard(&mut self) {
        let Reading { masthead, properties, counts, text_print, excerpts, .. } = &mut self.reading;
        (*properties, *counts, *text_print, *excerpts) = Default::default();
        let mut titles = std::mem::take(masthead).titles;
        titles.truncate(1);
        titles.shrink_to_fit();
        masthead.titles = titles;
    }

    /// Its path.
    pub fn path(&self) -> &EcoString {
        &self.reading.source.path
    }

    /// Whether it stands for a whole inbox that could not be reached.
    pub fn is_missing_inbox(&self) -> bool {
        self.reading.problems.iter().any(|p| matches!(p, Problem::InboxMissing(_)))
    }

    /// Whether it is office litter.
    pub fn is_litter(&self) -> bool {
        self.reading.source.litter.is_some()
    }

    /// What sort of thing it is, by content.
    pub fn kind(&self) -> Kind {
        match self.reading.format.as_str() {
            // A picture that a page of text was recognised in is a document.
            _ if self.reading.is_picture() && self.reading.recognised.is_empty() => Kind::Picture,
            "zip" | "rar" | "7z" | "tar" | "gz" => Kind::Archive,
            // An e-mail may be a report itself, whatever is attached.
            _ if self.members > 0 && !(self.is_mail() && self.reading.prose) => Kind::Archive,
            _ if self.reading.prose => Kind::Prose,
            _ => Kind::Table,
        }
    }

    /// Whether it is an e-mail.
    pub fn is_mail(&self) -> bool {
        matches!(self.reading.format.as_str(), "eml" | "msg")
    }

    /// Whether it is a spreadsheet.
    pub fn is_sheet(&self) -> bool {
        matches!(self.reading.format.as_str(), "xlsx" | "xlsb" | "xls" | "ods" | "xml" | "csv")
    }

    /// Whether its content must be taken as unknown. A picture without words is no loss, and a file that was still
    /// being written has not been read either.
    pub fn is_unread(&self) -> bool {
        let picture = self.kind() == Kind::Picture;
        self.reading.problems.iter().any(|p| match p {
            Problem::NoText => !picture,
            Problem::StillChanging => true,
            p => p.is_unreadable(),
        }) || (self.kind() == Kind::Archive && self.members == 0)
    }

    /// Whether words may stand in it that nobody has read: a document of pictures only (a scan), a photograph under a
    /// document's name, a report of which a part was lost.
    pub fn may_hide_words(&self) -> bool {
        match self.kind() {
            Kind::Picture => !paths::suffix_fits(self.path(), &self.reading.format),
            Kind::Archive => false,
            Kind::Prose => self.reading.problems.iter().any(|p| matches!(p, Problem::LostText(..))),
            Kind::Table => self.reading.is_pictures_only() && !self.is_sheet(),
        }
    }

    /// Whether what it says may be cited: it counts, or it did before a newer version or the deadline overtook it.
    pub fn speaks(&self) -> bool {
        matches!(self.standing, Standing::Used | Standing::Replaced(_) | Standing::TooLate(_))
    }
}
