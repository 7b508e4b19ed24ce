//! How evidence is recognised: rules as data, checked but not yet compiled.
//!
//! Rule files are written by people who know the notice, not regular expressions: named word lists, patterns that say
//! which lists must stand near each other, and example sentences. `ARCHITECTURE.md` and the comments in
//! `fixtures/chengshui-2020/rules/` show how.

use crate::model::learned::Learned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All rules of a campaign.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Named word lists that every rule may use.
    pub words: BTreeMap<String, Vec<String>>,
    /// Cues that decide what is asserted.
    pub cues: Vec<Cue>,
    /// Headings that set the mood of all below them.
    pub moods: Vec<Mood>,
    /// How forms are answered.
    pub answers: Answers,
    /// The campaign's own subject, and the subjects of other campaigns.
    pub context: Context,
    /// One entry an item.
    pub items: Vec<ItemRules>,
    /// What labelled reports have taught beside them.
    pub learned: Learned,
}

/// The rules of one item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemRules {
    /// Id of the activity.
    pub item: String,
    /// Its number in the notice, from 1: the order of the activities in `campaign.toml`; filled in by the loader.
    pub number: u32,
    /// The file that they come from, for messages.
    pub file: String,
    /// Changes whenever the rules' meaning does; a person counts it up.
    pub version: u32,
    /// What the item is called in headings, first columns and lists: 专题会议. A name alone proves nothing: it needs a
    /// predicate (已召开, 未开展).
    pub names: Vec<String>,
    /// Sayings in which a name or a word of the rules means something else: 送教下乡, 社会.
    pub not_names: Vec<String>,
    /// Words that make a heading speak of the item (课送到炕头上), and that a denial or a plan in the text may be about.
    pub topics: Vec<String>,
    /// Words in the title of a document that is itself evidence of the item: 会议纪要.
    pub papers: Vec<String>,
    /// The item's own word lists.
    pub words: BTreeMap<String, Vec<String>>,
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
    /// What a match says.
    pub kind: RuleKind,
    /// One word of each list must stand near the first list's word, which is the act; cues apply where it stands.
    /// Written `"list"` (same clause) or `"list@sentence"`, `"list|other list@paragraph"`.
    pub needs: Vec<Need>,
    /// None of these lists may stand there.
    pub without: Vec<Need>,
    /// An expert's field: a regular expression over the sentence. Its match is the act; `needs` then say what must stand
    /// near it.
    pub pattern: Option<String>,
    /// The evidence bears little.
    pub weak: bool,
    /// Sentences in which the rule must find what it says.
    pub must_match: Vec<String>,
    /// Sentences in which it must not.
    pub must_not_match: Vec<String>,
    /// Where it stands: the line of the rule file; filled in by the loader.
    #[serde(skip)]
    pub line: u32,
}

/// What a match of a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// A deed, unless a cue says otherwise.
    #[default]
    Act,
    /// That there is no such duty: 无送教任务.
    Exempt,
}

/// A word list that a rule needs, and how near.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Need {
    /// Names of the lists; a word of any of them will do.
    pub lists: Vec<String>,
    /// How near to the act.
    pub within: Scope,
}

impl TryFrom<String> for Need {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (lists, scope) = text.split_once('@').unwrap_or((&text, "clause"));
        let within = match scope.trim() {
            "clause" | "短句" => Scope::Clause,
            "sentence" | "句" => Scope::Sentence,
            "paragraph" | "段" => Scope::Paragraph,
            "section" | "节" => Scope::Section,
            "document" | "文" => Scope::Document,
            other => {
                return Err(format!("“@{other}”: 短句 clause, 句 sentence, 段 paragraph, 节 section, 文 document"));
            }
        };
        Ok(Need { lists: lists.split('|').map(|l| l.trim().to_string()).collect(), within })
    }
}

impl From<Need> for String {
    fn from(need: Need) -> String {
        let scope = match need.within {
            Scope::Clause => return need.lists.join("|"),
            Scope::Sentence => "sentence",
            Scope::Paragraph => "paragraph",
            Scope::Section => "section",
            Scope::Document => "document",
        };
        format!("{}@{scope}", need.lists.join("|"))
    }
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
    /// The paragraph and the heading above it.
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
    /// Only to what stands inside its own words: 围绕问题整改、关爱帮扶等内容.
    Inside,
}

/// What a cue says about the act in its reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 不承担, 无此项任务
    Exempt,
    /// 未, 没有
    Negated,
    /// 通知要求
    Quoted,
    /// 县第一小学, 他们的做法
    OtherUnit,
    /// 去年, 2019年
    PastYear,
    /// 如果, 待…后
    Conditional,
    /// 拟, 计划
    Planned,
    /// 要求各校, 务必
    Instructed,
    /// 为了
    Purpose,
    /// 存在问题: what stands below is no deed, though a denial there is one.
    Shortcoming,
    /// 每周, 定期
    Habitual,
    /// 已召开, 开展了
    Completed,
    /// Looks like a cue and is none: 不漏一户
    Pseudo,
}

/// Words that decide what is asserted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// What they say.
    pub category: Category,
    /// The words.
    #[serde(default)]
    pub words: Vec<String>,
    /// An expert's field: regular expressions.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// Which way they reach.
    #[serde(default)]
    pub direction: Direction,
    /// How far they reach.
    #[serde(default)]
    pub scope: Scope,
    /// Words that stop their reach.
    #[serde(default)]
    pub until: Vec<String>,
    /// The most characters between cue and act; 0 for no limit.
    #[serde(default)]
    pub reach: u32,
    /// Of what only looks like a cue: the one category that it is not; none where it is none of any.
    #[serde(default)]
    pub looks_like: Option<Category>,
}

/// Headings that set the mood of a section, or titles that set the mood of a document.
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
    /// Ends of one of the first paragraphs that do the same: 制定方案如下:.
    #[serde(default)]
    pub openings: Vec<String>,
    /// Words that undo it in the same heading or title: 方案落实情况.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Words that free a sentence from it: 我校.
    #[serde(default)]
    pub until: Vec<String>,
}

/// What fills the cells and lines of a form, whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// Say that it was done: √, 是.
    pub done: Vec<String>,
    /// Say that it was not: ×, 否.
    pub not_done: Vec<String>,
    /// Say that there is nothing of the kind: of what may be nobody's duty 无 means that, of all else that it was not done.
    pub nothing: Vec<String>,
    /// Say that there is no such duty: 不涉及.
    pub not_applicable: Vec<String>,
    /// Say that it is to come: 待办, 进行中.
    pub planned: Vec<String>,
    /// Stand where nothing is said: /, …
    pub silent: Vec<String>,
    /// Words in the head of a column whose 有 and 无 speak of something else: 备注, 图片.
    pub aside: Vec<String>,
    /// Labels of a line that says what is asked, up to its colon: 问, 工作内容.
    pub asks: Vec<String>,
    /// Labels of a line that answers it: 答, 完成情况.
    pub replies: Vec<String>,
    /// What nobody wants to find: that there is none denies no deed. 有没有辍学的?没有。
    pub unwanted: Vec<String>,
}

impl Answers {
    /// All its lists, in a fixed order.
    pub fn lists_mut(&mut self) -> [&mut Vec<String>; 10] {
        let Answers { done, not_done, nothing, not_applicable, planned, silent, aside, asks, replies, unwanted } = self;
        [done, not_done, nothing, not_applicable, planned, silent, aside, asks, replies, unwanted]
    }
}

/// The campaign's subject.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// Words that show a text to be about this campaign: 扶贫, 脱贫, 资助.
    pub own: Vec<String>,
    /// Words for those whom the campaign is about: 贫困户, 建档立卡. A text that speaks of them is about this campaign unless
    /// its title says another matter: every campaign looks after them.
    pub people: Vec<String>,
    /// Words that go with this campaign, and with other matters too: 贫困, 帮扶.
    pub related: Vec<String>,
    /// Words that show a text to be about another: 防溺水, 消防. Those that hold a word of the others are left out,
    /// so that every campaign can use the list that all share.
    pub other: Vec<String>,
    /// The notice's own sentences, masked before matching.
    pub notice: Vec<String>,
}

/// A sentence and what must be found in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Example {
    /// The sentence, or several paragraphs parted by `\n`.
    pub text: String,
    /// `done`, `planned`, `not_done`, `not_applicable` or `absent`.
    pub label: String,
    /// Where it stands: the line of the rule file; filled in by the loader.
    #[serde(skip)]
    pub line: u32,
}
