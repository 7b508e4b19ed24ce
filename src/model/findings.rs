//! What a night found: everything that the workbook and the JSON files say.

use crate::model::campaign::Campaign;
use crate::model::changes::Changes;
use crate::model::flag::Flag;
use crate::model::message::Message;
use crate::model::packed::Packed;
use crate::model::place::Line;
use crate::model::problem::Problem;
use crate::model::reading::{Evidence, Figure};
use crate::model::ruling::{Conclusion, Ruled};
use crate::model::school::School;
use crate::model::source::Sighting;
pub use crate::model::status::{Status, SubmissionStatus};
use crate::msg;
use chrono::{DateTime, FixedOffset, NaiveDate};
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The findings of one run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// What was asked, and of whom.
    pub campaign: Campaign,
    /// The moment that everything is judged as of.
    pub as_of: DateTime<FixedOffset>,
    /// One entry a school, in the roster's order.
    pub schools: Vec<SchoolFindings>,
    /// One entry a file received, by path; archive members included.
    pub files: Vec<FileFindings>,
    /// Hints and gaps, the most urgent first.
    pub flags: Vec<Flag>,
    /// Evidence in files that nobody could be found for.
    pub unclaimed: Vec<Cited>,
    /// Numbers that schools reported in tables.
    pub figures: Vec<ReportedFigure>,
    /// How often each rule found something, rules without a hit included.
    pub rule_hits: BTreeMap<String, u32>,
    /// The decisions of people, in the order in which they were taken, and what each came to.
    pub rulings: Vec<Ruled>,
    /// Assumptions that were made, the campaign's and the judge's.
    pub assumptions: Vec<Message>,
    /// The sum that must come out.
    pub balance: Balance,
    /// What is different from the night before; what nights remember is added after they are judged.
    #[serde(default)]
    pub changes: Changes,
}

impl Findings {
    /// Ids of the flags that a person has settled, so that they need no further look.
    pub fn settled(&self) -> BTreeSet<&str> {
        self.rulings.iter().filter(|r| r.settles()).map(|r| r.ruling.flag.as_str()).collect()
    }

    /// The gaps that are still to be decided, the most urgent first.
    pub fn open_gaps(&self) -> impl Iterator<Item = &Flag> {
        let settled = self.settled();
        self.flags.iter().filter(move |f| !f.kind.is_hint() && !settled.contains(f.id.as_str()))
    }
}

/// What was found about one school.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SchoolFindings {
    /// The school.
    pub school: Arc<School>,
    /// Whether and when it reported.
    pub submission: Submission,
    /// One verdict an item: activities, then materials, in the campaign's order.
    pub verdicts: Vec<Verdict>,
    /// All evidence in its files, what does not count included, in file order.
    pub evidence: Vec<FileEvidence>,
    /// The materials that it handed in, cited like evidence: their positions go on from those of the evidence.
    pub handed_in: Vec<Cited>,
}

/// What a file says of a school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileEvidence {
    /// Path of the file.
    pub file: EcoString,
    /// All that it says of anybody: the file's own list, shared with whoever else it speaks of.
    pub said: Packed<Evidence>,
    /// The positions in it of what it says of the school, ascending.
    pub own: Vec<u32>,
}

impl SchoolFindings {
    /// What its files say, for one look.
    pub fn citations(&self) -> Citations {
        let mut cited = Vec::new();
        for FileEvidence { file, said, own } in &self.evidence {
            let own = |at: &usize| u32::try_from(*at).is_ok_and(|at| own.binary_search(&at).is_ok());
            let said = said.open().into_owned().into_iter().enumerate().filter(|(at, _)| own(at));
            cited.extend(said.map(|(_, evidence)| Cited { file: file.clone(), evidence }));
        }
        cited.extend_from_slice(&self.handed_in);
        Citations(cited)
    }
}

/// What the files of a school say, opened.
#[derive(Debug, Clone)]
pub struct Citations(Vec<Cited>);

impl Citations {
    /// All of it.
    pub fn all(&self) -> &[Cited] {
        &self.0
    }

    /// The evidence that a verdict of the school rests on, the best first.
    pub fn bearing<'a>(&'a self, verdict: &'a Verdict) -> impl Iterator<Item = &'a Cited> {
        verdict.evidence.iter().filter_map(|at| self.0.get(*at as usize))
    }

    /// What came nearest to evidence for a verdict of the school.
    pub fn nearest(&self, verdict: &Verdict) -> Option<&Cited> {
        verdict.nearest.and_then(|at| self.0.get(at as usize))
    }
}

/// Whether and when a school reported.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Submission {
    /// The word for it.
    pub status: SubmissionStatus,
    /// When the first of its files arrived.
    pub received_at: Option<DateTime<FixedOffset>>,
    /// How that time is known.
    pub received_by: Option<ReceivedBy>,
    /// Whole days after the deadline, begun days counted; 0 when on time.
    pub days_late: u32,
    /// Paths of its files, whatever became of them.
    pub files: Vec<EcoString>,
    /// Whether the school itself must report.
    pub must_report: bool,
    /// Name of the school that reports for it.
    pub covered_by: Option<EcoString>,
    /// Some file of it could not be read, or may stand in an inbox that could not be reached.
    pub unreadable: bool,
    /// The last day of the extension that a person gave it.
    pub extended_to: Option<NaiveDate>,
    /// What a person decided of it as a whole.
    pub ruled: Option<Conclusion>,
}

/// How a time of arrival is known, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceivedBy {
    /// The register of receipts.
    Receipt,
    /// The date of the e-mail that it is or came with.
    Mail,
    /// A former run saw the file first.
    FirstSeen,
    /// When the copy in the inbox came into being.
    Created,
    /// When the content was last written.
    Modified,
}

/// The verdict on one item of one school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Id of the activity or material.
    pub item: EcoString,
    /// Which of the two it is.
    pub kind: ItemKind,
    /// The word for it.
    pub status: Status,
    /// One sentence: the criterion, what was seen, what is missing.
    pub why: Message,
    /// The evidence that it rests on, the best first: positions in what its files say, [`SchoolFindings::citations`].
    pub evidence: Box<[u32]>,
    /// The nearest sentence where there is no evidence: its position there.
    pub nearest: Option<u32>,
    /// The decision of a person that made it what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruled: Option<Conclusion>,
}

/// The two kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Something to do.
    Activity,
    /// Something to hand in.
    Material,
}

/// A piece of evidence and the file it stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cited {
    /// Path of the file.
    pub file: EcoString,
    /// The evidence.
    pub evidence: Evidence,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileFindings {
    /// Path, archive member included.
    pub path: EcoString,
    /// Real format by content.
    pub format: EcoString,
    /// Whether the name's suffix says the same.
    pub suffix_fits: bool,
    /// Length in bytes.
    pub bytes: u64,
    /// When it arrived.
    pub received_at: Option<DateTime<FixedOffset>>,
    /// How that is known.
    pub received_by: Option<ReceivedBy>,
    /// SHA-256 of the content; empty where it could not be read.
    pub digest: String,
    /// When a run first saw it.
    pub seen: Option<Sighting>,
    /// What became of it.
    pub status: FileStatus,
    /// Codes of the schools it was taken for.
    pub schools: Vec<EcoString>,
    /// Why it was taken for them, or why for nobody, or why it was ignored.
    pub why: Message,
    /// Path of the file that it repeats or that replaced it.
    pub other: Option<EcoString>,
    /// What went wrong with it.
    pub problems: Vec<Problem>,
    /// Characters read.
    pub chars: u32,
    /// Pictures in it.
    pub pictures: u32,
    /// The text that evidence stands in, as [`crate::model::reading::Reading::text`].
    pub text: Packed<Line>,
}

impl FileFindings {
    /// Whether it should have been read and was not.
    pub fn is_unread(&self) -> bool {
        self.status != FileStatus::Ignored && self.problems.iter().any(Problem::is_unreadable)
    }

    /// What to do about it, if anything.
    pub fn advice(&self) -> Vec<Message> {
        let mut advice: Vec<Message> = self.problems.iter().map(Problem::advice).collect();
        advice.dedup();
        if advice.is_empty() && self.status == FileStatus::Quarantined {
            advice.push(msg!("model.advice_unclaimed"));
        }
        advice
    }
}

/// What became of a file; each file has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileStatus {
    /// It counts.
    Used,
    /// A later version counts.
    Superseded,
    /// The same bytes as another file of the same school.
    Duplicate,
    /// A person must look: unreadable, or nobody's.
    Quarantined,
    /// Litter.
    Ignored,
}

impl FileStatus {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            FileStatus::Used => "used",
            FileStatus::Superseded => "superseded",
            FileStatus::Duplicate => "duplicate",
            FileStatus::Quarantined => "quarantined",
            FileStatus::Ignored => "ignored",
        }
    }

    /// The word for a person.
    pub fn message(self) -> Message {
        Message::keyed(format!("model.file_{}", self.word()))
    }
}

/// received = used + superseded + duplicate + quarantined + ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Balance {
    /// Files received, archive members included.
    pub received: u32,
    /// Of these, used.
    pub used: u32,
    /// Of these, superseded.
    pub superseded: u32,
    /// Of these, duplicate.
    pub duplicate: u32,
    /// Of these, quarantined.
    pub quarantined: u32,
    /// Of these, ignored.
    pub ignored: u32,
}

impl Balance {
    /// Whether the sum comes out.
    pub fn holds(&self) -> bool {
        self.received == self.used + self.superseded + self.duplicate + self.quarantined + self.ignored
    }
}

/// A number that a school reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedFigure {
    /// Code of the school.
    pub school: EcoString,
    /// The file.
    pub file: EcoString,
    /// Whether the file is a spreadsheet.
    pub from_sheet: bool,
    /// The number.
    pub figure: Figure,
}
