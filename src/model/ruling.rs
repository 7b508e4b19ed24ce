//! What a person decided in the workbook, and what is remembered of it.

use crate::model::message::Message;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// A decision in force: what judge is told of a row that somebody filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Id of the flag that it answers.
    pub flag: String,
    /// Fingerprint of what the machine had said when it was decided.
    pub fingerprint: String,
    /// Code of the flag's school, empty where nobody had been found.
    pub school: String,
    /// Id of the item; none where the flag is about the whole report or a file.
    pub item: Option<String>,
    /// The decision.
    pub conclusion: Conclusion,
    /// New deadline, the day included, for an extension.
    pub new_deadline: Option<NaiveDate>,
    /// Code of the right school, for a file that was taken for the wrong one.
    pub right_school: Option<String>,
    /// The files that the flag was about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Subject>,
    /// Names that those files bear and no roster has: other files that bear them are the right school's too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Why, in the clerk's words.
    pub note: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub on: Option<NaiveDate>,
}

impl Ruling {
    /// Whether two people decided the same, whatever their reasons.
    pub fn agrees_with(&self, other: &Ruling) -> bool {
        self.conclusion == other.conclusion
            && (self.conclusion != Conclusion::Extend || self.new_deadline == other.new_deadline)
            && self.right_school == other.right_school
    }
}

/// A file that a decision is about: it is known again by its content, and by its place where a new version lies there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its path.
    pub path: String,
    /// SHA-256 of its content.
    pub digest: String,
}

/// 人工结论▼
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// 同意机器
    Agree,
    /// 已做(证据在别处)
    DoneElsewhere,
    /// 不适用
    NotApplicable,
    /// 零上报
    NothingToReport,
    /// 同意延期
    Extend,
    /// 退回补报
    SendBack,
    /// 认错学校
    WrongSchool,
    /// 存疑
    Doubtful,
}

impl Conclusion {
    /// All of them, in the order of the drop-down, with the words that people choose. These words are a contract: they
    /// stay Chinese in every language, so that a workbook can be read back.
    pub const ALL: [(Conclusion, &'static str); 8] = [
        (Conclusion::Agree, "同意机器"),
        (Conclusion::DoneElsewhere, "已做(证据在别处)"),
        (Conclusion::NotApplicable, "不适用"),
        (Conclusion::NothingToReport, "零上报"),
        (Conclusion::Extend, "同意延期"),
        (Conclusion::SendBack, "退回补报"),
        (Conclusion::WrongSchool, "认错学校"),
        (Conclusion::Doubtful, "存疑"),
    ];

    /// The words that people choose.
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(c, _)| *c == self).map_or("", |(_, words)| words)
    }
}

/// The five human columns of a row, as they are typed or shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Typed {
    /// 人工结论▼
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub conclusion: String,
    /// 新期限
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub new_deadline: String,
    /// 说明
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// 核对人
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// 日期
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub on: String,
}

impl Typed {
    /// The columns from left to right.
    pub fn cells(&self) -> [&str; 5] {
        [&self.conclusion, &self.new_deadline, &self.note, &self.by, &self.on]
    }

    /// Whether nothing stands in them.
    pub fn is_empty(&self) -> bool {
        self.cells().iter().all(|c| c.trim().is_empty())
    }
}

/// A line of the journal: something that a person typed, and what became of it. Lines are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its number, from 1, counted up.
    pub number: u32,
    /// As of when the night that read it was judged.
    pub read_at: DateTime<FixedOffset>,
    /// The workbook that it stood in.
    pub file: String,
    /// Its row there.
    pub row: u32,
    /// Id of the flag that the row was about; empty where the row does not tell.
    pub flag: String,
    /// Fingerprint of what the machine had said.
    pub fingerprint: String,
    /// Number of the record about the same flag that the row had shown, 0 for none.
    pub base: u32,
    /// The word of the flag's kind.
    pub kind: String,
    /// Code of the school.
    pub school: String,
    /// Id of the item.
    pub item: Option<String>,
    /// What the row said, as its reader saw it.
    pub about: About,
    /// What was typed.
    pub typed: Typed,
    /// What had been decided of it before; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// What became of it.
    pub fate: Fate,
}

/// What a row of 待核清单 said, kept so that a decision can be understood when its row is gone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct About {
    /// 学校
    pub school: String,
    /// 事项(依据)
    pub item: String,
    /// 机器结论
    pub machine: String,
    /// 差在哪
    pub gap: String,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is a decision.
    Taken(Box<Ruling>),
    /// It could not be understood, and why.
    Refused(Message),
    /// It stands in a row that does not hold together, so that nobody can say which row was meant; and why.
    Misplaced(Message),
    /// Others decided otherwise: their names, or where they stand. None of them applies.
    Conflict(Vec<String>),
    /// What had been decided or typed before was cleared.
    Cleared,
}

/// What a decision came to on a night.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// The decision.
    pub ruling: Ruling,
    /// What it came to.
    pub outcome: Outcome,
    /// Id of the flag whose row now shows it, where that is not the one that it answered.
    pub moved_to: Option<String>,
}

/// What a decision came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Stands,
    /// What the machine says is no longer what was decided on: a person must look again.
    EvidenceChanged,
    /// The new deadline has passed.
    Lapsed,
    /// There is nothing to decide any more.
    Gone,
}

impl Ruled {
    /// Whether a person must look again.
    pub fn is_reopened(&self) -> bool {
        matches!(self.outcome, Outcome::EvidenceChanged | Outcome::Lapsed)
    }

    /// Whether the row needs no further look: a doubt is noted, and stays to be decided; and where a file went to another
    /// school, what is still said of this one was not decided.
    pub fn settles(&self) -> bool {
        self.outcome == Outcome::Stands
            && !matches!(self.ruling.conclusion, Conclusion::Doubtful | Conclusion::WrongSchool)
    }
}
