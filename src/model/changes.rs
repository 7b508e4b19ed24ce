//! What is different from the night before.

use crate::model::flag::FlagKind;
use crate::model::message::Message;
use crate::model::status::{Status, SubmissionStatus};
use chrono::{DateTime, FixedOffset};
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A night held against an earlier one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// The night that it is held against; none for the first night of all.
    pub since: Option<DateTime<FixedOffset>>,
    /// How each gap and hint of tonight stands, by its id.
    pub standing: BTreeMap<EcoString, Standing>,
    /// What stands that did not stand then, by school and item.
    pub new: Vec<Gap>,
    /// What stands on other evidence than then, in the same order.
    pub altered: Vec<Gap>,
    /// What stood then and stands no more, in the same order.
    pub gone: Vec<Gap>,
    /// Verdicts and submissions that are no longer what they were, in the same order.
    pub turned: Vec<Turn>,
}

/// How a gap or a hint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Against the earlier night.
    pub change: Change,
    /// How many nights in a row it has stood, this one included.
    pub nights: u32,
}

/// 变化
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// 新增: it did not stand then.
    New,
    /// 仍在: it stood then, on the same evidence.
    Still,
    /// 证据已变: it stood then, on other evidence.
    Altered,
}

/// A gap or a hint, as nights remember it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// Its id.
    pub id: String,
    /// What it was.
    pub kind: FlagKind,
    /// Code of the school, empty where there was none.
    pub school: String,
    /// Id of the item.
    pub item: Option<String>,
    /// What it says, or said last.
    pub message: Message,
    /// The files it is about.
    pub files: Vec<String>,
    /// How many nights in a row it has stood, or had.
    pub nights: u32,
}

/// A verdict or a submission that turned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Code of the school.
    pub school: String,
    /// What turned.
    pub what: Turned,
}

/// From what to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turned {
    /// Whether it reported; nothing is known of a school that was not on the roster then.
    Submission(Option<SubmissionStatus>, SubmissionStatus),
    /// An item's verdict.
    Verdict(String, Option<Status>, Status),
}

impl Turn {
    /// Whether a school has reported that had not.
    pub fn has_come(&self) -> bool {
        use SubmissionStatus::{Late, Missing, NotRequired, OnTime};
        matches!(self.what, Turned::Submission(None | Some(Missing | NotRequired), OnTime | Late))
    }
}

impl Change {
    /// The word for a person.
    pub fn message(self) -> Message {
        Message::keyed(format!("model.change_{}", self.word()))
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Still => "still",
            Change::Altered => "altered",
        }
    }
}
