//! The words for how things stand with a school and with an item.

use crate::model::message::Message;
use crate::msg;
use serde::{Deserialize, Serialize};

/// Whether a school reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionStatus {
    /// Before the deadline.
    OnTime,
    /// After it.
    Late,
    /// Nothing came.
    Missing,
    /// Nothing came and nothing needed to.
    #[default]
    NotRequired,
}

impl SubmissionStatus {
    /// The word for a person.
    pub fn message(self) -> Message {
        match self {
            SubmissionStatus::OnTime => msg!("model.submission_on_time"),
            SubmissionStatus::Late => msg!("model.submission_late"),
            SubmissionStatus::Missing => msg!("model.submission_missing"),
            SubmissionStatus::NotRequired => msg!("model.submission_not_required"),
        }
    }
}

/// Every status of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// ✔ evidence stands.
    Done,
    /// △ evidence is weak or doubtful.
    Weak,
    /// 拟 only a plan.
    Planned,
    /// ✘ said not to have been done.
    NotDone,
    /// ✘ nothing found.
    Missing,
    /// ? a file could not be read.
    Unreadable,
    /// … not due yet.
    NotDue,
    /// — no such duty.
    NotApplicable,
    /// — the school need not report it.
    NotRequired,
    /// 延 a person gave more time.
    Extended,
}

impl Status {
    /// All of them, in the order of the legend.
    pub const ALL: [Status; 10] = [
        Status::Done,
        Status::Weak,
        Status::Planned,
        Status::NotDone,
        Status::Missing,
        Status::Unreadable,
        Status::NotDue,
        Status::NotApplicable,
        Status::NotRequired,
        Status::Extended,
    ];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Status::Done => "done",
            Status::Weak => "weak",
            Status::Planned => "planned",
            Status::NotDone => "not_done",
            Status::Missing => "missing",
            Status::Unreadable => "unreadable",
            Status::NotDue => "not_due",
            Status::NotApplicable => "not_applicable",
            Status::NotRequired => "not_required",
            Status::Extended => "extended",
        }
    }

    /// The word for a person.
    pub fn message(self) -> Message {
        Message::keyed(format!("model.status_{}", self.word()))
    }

    /// The symbol in the matrix; it must tell without colour.
    pub fn symbol(self) -> &'static str {
        match self {
            Status::Done => "✔",
            Status::Weak => "△",
            Status::Planned => "拟",
            Status::NotDone | Status::Missing => "✘",
            Status::Unreadable => "?",
            Status::NotDue => "…",
            Status::NotApplicable | Status::NotRequired => "—",
            Status::Extended => "延",
        }
    }

    /// Whether the item is asked of the school at all: the denominator of completion rates.
    pub fn is_asked(self) -> bool {
        !matches!(self, Status::NotApplicable | Status::NotRequired)
    }
}
