//! What the clerk is asked to look at: gaps to be decided, and hints.

use crate::model::message::Message;
use crate::model::place::Place;
use ecow::EcoString;
use serde::{Deserialize, Serialize};

/// A gap or a hint, with an id that stays the same from night to night.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flag {
    /// `F-` and eight hexadecimal digits, from campaign, kind, school, item and subject.
    pub id: EcoString,
    /// What it is.
    pub kind: FlagKind,
    /// How urgent.
    pub severity: Severity,
    /// Code of the school, empty where nobody could be found.
    pub school: EcoString,
    /// Id of the item.
    pub item: Option<EcoString>,
    /// One sentence.
    pub message: Message,
    /// The files it is about.
    pub files: Vec<EcoString>,
    /// Hash of what the machine had said; it changes when the evidence does, and only then.
    pub fingerprint: EcoString,
    /// What two files have in common, side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Shared>,
}

/// The same words, or the same picture, in two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// In the one.
    pub one: Spot,
    /// In the other, or again in the same.
    pub other: Spot,
}

/// A place in a file and what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// Path of the file.
    pub file: EcoString,
    /// Where.
    pub place: Place,
    /// The author's words; a picture's caption or name.
    pub text: String,
}

/// The kinds of flags. Gaps are to be decided by a person (待核清单); hints are for careful eyes (线索).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagKind {
    /// The school must report and did not.
    NoSubmission,
    /// It reported after the deadline.
    Late,
    /// A file could not be read.
    UnreadableFile,
    /// Nobody could be found for a file.
    UnclaimedFile,
    /// No evidence of an item.
    Missing,
    /// The school says that it did not do it.
    NotDone,
    /// Only a plan.
    PlannedOnly,
    /// Weak or doubtful evidence.
    Weak,
    /// The school says that it has no such duty; the roster says that it has.
    DutyDenied,
    /// Deeds dated outside the window.
    OutOfWindow,
    /// The document reads like a past year's.
    PastYear,
    /// The time of arrival is doubtful.
    ArrivalDoubtful,
    /// Nearly the same text as another school's.
    SimilarText,
    /// One picture in several reports, or twice.
    SamePicture,
    /// Another school's name left in the text.
    OtherName,
    /// Dates that contradict each other.
    DatesContradict,
    /// Numbers that disagree between two files.
    FiguresDisagree,
    /// Words, or a number of something else, where an indicator asks for a number.
    NotANumber,
    /// A total that is not the sum of what it sums up.
    TotalsDisagree,
    /// Some content of a file was lost while reading.
    LostText,
    /// Photographs taken outside the days in which deeds count.
    PhotoDate,
}

impl FlagKind {
    /// Whether it is a hint only (sheet 线索), never a verdict.
    pub fn is_hint(self) -> bool {
        matches!(
            self,
            FlagKind::SimilarText
                | FlagKind::SamePicture
                | FlagKind::OtherName
                | FlagKind::DatesContradict
                | FlagKind::PastYear
                | FlagKind::OutOfWindow
                | FlagKind::FiguresDisagree
                | FlagKind::NotANumber
                | FlagKind::TotalsDisagree
                | FlagKind::LostText
                | FlagKind::PhotoDate
        )
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            FlagKind::NoSubmission => "no_submission",
            FlagKind::Late => "late",
            FlagKind::UnreadableFile => "unreadable_file",
            FlagKind::UnclaimedFile => "unclaimed_file",
            FlagKind::Missing => "missing",
            FlagKind::NotDone => "not_done",
            FlagKind::PlannedOnly => "planned_only",
            FlagKind::Weak => "weak",
            FlagKind::DutyDenied => "duty_denied",
            FlagKind::OutOfWindow => "out_of_window",
            FlagKind::PastYear => "past_year",
            FlagKind::ArrivalDoubtful => "arrival_doubtful",
            FlagKind::SimilarText => "similar_text",
            FlagKind::SamePicture => "same_picture",
            FlagKind::OtherName => "other_name",
            FlagKind::DatesContradict => "dates_contradict",
            FlagKind::FiguresDisagree => "figures_disagree",
            FlagKind::NotANumber => "not_a_number",
            FlagKind::TotalsDisagree => "totals_disagree",
            FlagKind::LostText => "lost_text",
            FlagKind::PhotoDate => "photo_date",
        }
    }

    /// The word for a person.
    pub fn message(self) -> Message {
        Message::keyed(format!("judge.flag_{}", self.word()))
    }
}

/// How urgent a flag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Applicable, overdue and certain.
    High,
    /// To be confirmed.
    Medium,
    /// A hint.
    Low,
}
