//! What the workbook shows of what people typed: the answer to every entry.

use crate::model::message::Message;
use crate::model::ruling::{Record, Typed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All entries, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Docket {
    /// By flag id: what stands in the human columns of its row.
    pub answers: BTreeMap<String, Answer>,
    /// Every entry that was ever read, in the order of the journal.
    pub log: Vec<Logged>,
    /// Workbooks that were refused whole, and lines of the journal that are damaged.
    pub notes: Vec<Message>,
}

/// What a row shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answer {
    /// The human columns.
    pub typed: Typed,
    /// 系统回执
    pub receipt: Option<Message>,
    /// Number of the last record about the flag, 0 for none.
    pub base: u32,
}

/// An entry of the journal and how it stands tonight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// The entry.
    pub record: Record,
    /// What became of it.
    pub receipt: Message,
    /// It holds, and no row of the findings shows it: 待核清单 lists it by what the row had said.
    pub in_force_alone: bool,
}

impl Docket {
    /// What the row of a flag shows.
    pub fn answer(&self, flag: &str) -> Answer {
        self.answers.get(flag).cloned().unwrap_or_default()
    }
}
