//! How evidence is recognised: rules as data, checked but not yet compiled.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All rules of a campaign.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Rules {
    /// Named word lists that every rule may use.
    pub words: BTreeMap<String, Vec<String>>,
    /// Cues that decide what is asserted.
    pub cues: Vec<Cue>,
    /// Headings that set the mood of all below them.
    pub moods: Vec<Mood>,
    /// The campaign's own subject, and the subjects of other campaigns.
    pub context: Context,
    /// One entry an item.
    pub items: Vec<ItemRules>,
}

/// The rules of one item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ItemRules {
    /// Id of the activity.
    pub item: String,
    /// The file that they come from, for messages.
    pub file: String,
    /// Changes whenever the rules' meaning does; a person counts it up.
    pub version: u32,
    /// What the item is called in headings, first columns and lists: 专题会议, 召开一次专题会议.
    pub names: Vec<String>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Sentences that must be found and sentences that must not.
    pub examples: Vec<Example>,
}

/// A pattern: words of several lists near each other.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// `meeting.held`
    pub id: String,
    /// One word of each list must stand in the clause, or near it; the first list is the act, where cues apply.
    pub needs: Vec<Need>,
    /// None of these lists may stand in the clause.
    pub without: Vec<String>,
    /// An expert's field: a regular expression over the clause, instead of `needs`.
    pub pattern: Option<String>,
    /// The evidence bears little.
    pub weak: bool,
    /// The finding stands for this and nothing better: `not_applicable` for 无送教任务.
    pub asserts: Option<String>,
}

/// A word list that a rule needs, and how near.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Need {
    /// Names of the lists; a word of any of them will do.
    pub lists: Vec<String>,
    /// How near to the act.
    pub within: Scope,
}

/// How far something reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Between two commas.
    #[default]
    Clause,
    /// Between two full stops.
    Sentence,
    /// The paragraph or the table row.
    Paragraph,
    /// The section under a heading, the heading included.
    Section,
    /// Anywhere in the document.
    Document,
}

/// Which way a cue reaches from where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To what follows: 拟召开.
    #[default]
    Forward,
    /// To what precedes: 会议未召开.
    Backward,
    /// Both ways.
    Both,
}

/// What a cue says about the act in its reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 未, 没有
    Negated,
    /// 拟, 计划
    Planned,
    /// 要求各校, 务必
    Instructed,
    /// 如果, 待…后
    Conditional,
    /// 通知要求
    Quoted,
    /// 为了
    Purpose,
    /// 每周, 定期
    Habitual,
    /// 了, 已
    Completed,
    /// 县第一小学, 他们的做法
    OtherUnit,
    /// 去年, 2019年
    PastYear,
    /// 无任务, 不承担
    Exempt,
    /// Looks like a cue and is none: 不漏一户
    Pseudo,
}

/// Words that decide what is asserted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// What they say.
    pub category: Category,
    /// The words, or patterns where `regex` is set.
    pub words: Vec<String>,
    /// Which way they reach.
    #[serde(default)]
    pub direction: Direction,
    /// How far they reach.
    #[serde(default)]
    pub scope: Scope,
    /// Words that stop their reach.
    #[serde(default)]
    pub until: Vec<String>,
    /// The words are regular expressions.
    #[serde(default)]
    pub regex: bool,
}

/// Headings that set the mood of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mood {
    /// What everything below counts as.
    pub category: Category,
    /// Words of the heading.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Words of the document's title that set the mood of the whole document.
    #[serde(default)]
    pub titles: Vec<String>,
}

/// The campaign's subject.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// Words that show a document to be about this campaign: 扶贫, 脱贫, 资助.
    pub own: Vec<String>,
    /// Words that show a document or a section to be about another: 防溺水, 消防.
    pub other: Vec<String>,
    /// The notice's own sentences, masked before matching.
    pub notice: Vec<String>,
}

/// A sentence and what must be found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// `done`, `planned`, `not_done`, `not_applicable` or `absent`.
    pub label: String,
    /// Where it stands: the line of the rule file.
    #[serde(default)]
    pub line: u32,
}
