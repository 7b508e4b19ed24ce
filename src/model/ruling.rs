//! What a person decided in the workbook.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A row of 待核清单 that somebody filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Id of the flag that it answers.
    pub flag: String,
    /// Fingerprint of what the machine had said when it was decided.
    pub fingerprint: String,
    /// The decision.
    pub conclusion: Conclusion,
    /// New deadline, for an extension.
    pub new_deadline: Option<NaiveDate>,
    /// Why, in the clerk's words.
    pub note: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub on: Option<NaiveDate>,
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
}
