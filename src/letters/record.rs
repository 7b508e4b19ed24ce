//! What letters are written from: what is known about each school, and what of it stands.

use crate::model::campaign::Campaign;
use crate::model::findings::{Status, SubmissionStatus};
use crate::model::flag::{FlagKind, Severity};
use crate::model::message::Message;
use crate::model::ruling::Conclusion;
use crate::model::school::School;
use chrono::NaiveDateTime;

/// Everything that letters are written from.
#[derive(Debug, Clone)]
pub struct Matter<'a> {
    /// What was asked, and who asks.
    pub campaign: &'a Campaign,
    /// The moment that the records are of, in local time.
    pub as_of: NaiveDateTime,
    /// One a school, in the roster's order.
    pub records: Vec<Record<'a>>,
}

impl Matter<'_> {
    /// Whether reports are overdue.
    pub fn is_past_deadline(&self) -> bool {
        self.as_of >= self.campaign.deadline.end()
    }
}

/// What is known about a school.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// The school.
    pub school: &'a School,
    /// Whether it reported.
    pub status: SubmissionStatus,
    /// Whole days after the deadline.
    pub days_late: u32,
    /// When the first of its files arrived, in local time.
    pub received: Option<NaiveDateTime>,
    /// Whether it must report itself.
    pub must_report: bool,
    /// Some file of it could not be read.
    pub unreadable: bool,
    /// Id and status of each item.
    pub items: Vec<(String, Status)>,
    /// What the night found wanting.
    pub gaps: Vec<Gap>,
    /// Paths of its files that count.
    pub files: Vec<String>,
    /// Its files that could not be read: path, and the words of their problems.
    pub unread: Vec<(String, Vec<String>)>,
    /// Why nothing may be held against it before a person has looked: a file that is nobody's may be its own.
    pub doubt: Option<Message>,
}

/// Something that was found wanting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What it is.
    pub kind: FlagKind,
    /// How sure the machine is.
    pub severity: Severity,
    /// Id of the item; none where it is about the report as a whole.
    pub item: Option<String>,
    /// What a person decided.
    pub ruling: Option<Conclusion>,
    /// What was seen: the file, and the author's words. Empty where nothing was.
    pub seen: Option<(String, String)>,
}

impl Record<'_> {
    /// Whether a gap stands, so that a letter may speak of it: a person confirmed it, or nobody has ruled and it is
    /// applicable, overdue and certain. Where a file could not be read, or one that is nobody's may be this school's, nothing
    /// is certain.
    pub fn stands(&self, gap: &Gap) -> bool {
        match (gap.ruling, gap.kind) {
            (Some(Conclusion::Agree | Conclusion::SendBack), _) => true,
            (Some(_), _) => false,
            (None, FlagKind::NoSubmission | FlagKind::Missing | FlagKind::NotDone) => {
                gap.severity == Severity::High && !self.unreadable && self.doubt.is_none()
            }
            (None, FlagKind::Late) => gap.severity == Severity::High,
            (None, _) => false,
        }
    }

    /// The gaps that stand, of these kinds.
    pub fn standing(&self, kinds: &[FlagKind]) -> Vec<&Gap> {
        self.gaps.iter().filter(|g| kinds.contains(&g.kind) && self.stands(g)).collect()
    }

    /// The files that the school can send again: empty, locked or broken ones. What this program has no reader for is not
    /// the school's fault.
    pub fn to_send_again(&self) -> Vec<(&str, &str)> {
        let fault = |words: &[String]| {
            ["encrypted", "damaged", "empty"].into_iter().find(|fault| words.iter().any(|w| w == fault))
        };
        self.unread.iter().filter_map(|(path, words)| Some((path.as_str(), fault(words)?))).collect()
    }

    /// The status of an item.
    pub fn item(&self, id: &str) -> Option<Status> {
        self.items.iter().find(|(i, _)| i == id).map(|(_, status)| *status)
    }
}

/// Kinds of gaps that ask something of a school.
pub const WANTING: [FlagKind; 6] = [
    FlagKind::NoSubmission,
    FlagKind::Missing,
    FlagKind::NotDone,
    FlagKind::PlannedOnly,
    FlagKind::Weak,
    FlagKind::DutyDenied,
];
