//! What the notice asks, and of whom.

use crate::model::passwords::Passwords;
use crate::model::rules::Rules;
use crate::model::school::{Condition, School};
use chrono::{DateTime, FixedOffset, NaiveDate};
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A campaign folder, read and checked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Campaign {
    /// A short id, part of every flag's id: `chengshui-2020`.
    pub id: String,
    /// What people call it: 2020年全国扶贫日活动.
    pub title: String,
    /// Who issued the notice.
    pub issuer: String,
    /// The year that a date without a year belongs to.
    pub year: i32,
    /// The notice's date.
    pub notice_date: Option<NaiveDate>,
    /// Hours east of Greenwich, `8` for China.
    pub utc_offset_hours: i32,
    /// Where schools' files come in; empty where it is the folder's own `inbox`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inboxes: Vec<NamedFolder>,
    /// What a school's name may begin with and need not: 澄水县, 县.
    pub name_prefixes: Vec<String>,
    /// The moment that the demonstration is judged as of; real campaigns leave it out.
    pub as_of: Option<DateTime<FixedOffset>>,
    /// When reports are due.
    pub deadline: Deadline,
    /// The days in which deeds count, first and last.
    pub period: (NaiveDate, NaiveDate),
    /// What schools must do, in the notice's order.
    pub activities: Vec<Activity>,
    /// What schools must hand in.
    pub materials: Vec<Material>,
    /// The numbers that schools are asked for; without any, whatever tables hold is summed by the words of its head.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// Assumptions that the notice leaves open, as sentences for the workbook.
    pub assumptions: Vec<String>,
    /// The roster, in its order.
    pub schools: Vec<Arc<School>>,
    /// Receipts, in their order.
    pub receipts: Vec<Receipt>,
    /// How evidence is recognised.
    pub rules: Rules,
    /// Who writes letters to the schools.
    #[serde(default)]
    pub sender: Sender,
    /// The passwords to be tried on files under one; they go to the workers and nowhere else.
    #[serde(skip)]
    pub passwords: Passwords,
    /// SHA-256 of `campaign.toml`, of the rules, of the roster, of the receipts.
    pub digests: Digests,
}

/// A folder, and what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NamedFolder {
    /// Its path, from the campaign folder where it is relative.
    pub path: String,
    /// What it is called, where not by its own name.
    pub name: Option<String>,
}

/// SHA-256 in hexadecimal of what the campaign was made from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Digests {
    /// `campaign.toml`.
    pub campaign: String,
    /// All rule files.
    pub rules: String,
    /// The roster.
    pub roster: String,
    /// The receipts, where there are any.
    pub receipts: Option<String>,
}

/// When reports are due.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Deadline {
    /// The day that the notice names.
    pub date: NaiveDate,
    /// Whether "前" includes the day itself.
    pub includes_day: bool,
    /// The day after a shift for a weekend or holiday; equal to `date` without one.
    pub shifted_to: NaiveDate,
}

impl Deadline {
    /// The first moment that is too late, in local time.
    pub fn end(&self) -> chrono::NaiveDateTime {
        let day =
            if self.includes_day { self.shifted_to.succ_opt().unwrap_or(self.shifted_to) } else { self.shifted_to };
        day.and_time(chrono::NaiveTime::MIN)
    }
}

/// Who writes letters to the schools (催报函, 通报), as `[letters]` of `campaign.toml` says. What is empty is left out of
/// the letters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sender {
    /// 发文机关署名; the issuer of the notice where it is empty.
    pub signature: String,
    /// 发文字号: 澄教函〔2020〕12号.
    pub number: String,
    /// Title of the notice, without its 《》.
    pub notice: String,
    /// Whom a bulletin is addressed to (主送机关), without the colon.
    pub addressees: String,
    /// Whom to call.
    pub contact: String,
    /// The phone.
    pub phone: String,
    /// Until when what is missing shall come.
    pub reply_by: Option<NaiveDate>,
}

/// Something a school must do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Activity {
    /// Stable id: `meeting`.
    pub id: EcoString,
    /// Number in the notice, as people cite it: 一. Empty where the notice has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Name: 专题会议.
    pub name: String,
    /// What counts, one sentence for the clerk.
    pub criterion: String,
    /// Who must do it: one of the conditions.
    pub must_do: Vec<Condition>,
    /// The days in which the deed counts; the campaign's period where the notice states none.
    pub window: (NaiveDate, NaiveDate),
    /// The last day to do it; before that day has passed it is not missing.
    pub due: NaiveDate,
}

/// Something a school must hand in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Material {
    /// Stable id: `written_report`.
    pub id: EcoString,
    /// Name: 书面汇报材料.
    pub name: String,
    /// What counts, one sentence for the clerk.
    pub criterion: String,
    /// Who must hand it in: one of the conditions.
    pub must_report: Vec<Condition>,
    /// The least number of characters of prose.
    pub min_chars: u32,
    /// The least number of pictures.
    pub min_pictures: u32,
}

/// A number that schools are asked for, to be summed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Indicator {
    /// Stable id: `households_visited`.
    pub id: String,
    /// Name: 走访户数.
    pub name: String,
    /// What it is measured in: 户. Empty where it has no measure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Id of the activity that it belongs to: it is looked for where a table speaks of that activity, or of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Words by which the head of a column, or the label of a row, is known; one is enough.
    pub words: Vec<String>,
    /// Words with which it is another number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_words: Vec<String>,
}

/// A line of the register of what was received (收件登记).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Code of the school.
    pub school: String,
    /// What was received: a file's name, or any words.
    pub material: String,
    /// When.
    pub received: DateTime<FixedOffset>,
    /// How: 微信, 邮箱, 纸质.
    pub channel: String,
    /// The row in the register.
    pub row: u32,
}
