//! A closer look at a file, for a person who asks what came near to counting.

use crate::model::place::{Line, Place};
use crate::model::rules::Need;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A closer look at a file, for a person who asks: its text, and what came nearest to counting. As long as the document, so
/// no night keeps it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Scrutiny {
    /// The text in reading order, personal data masked as in quotes; a line a paragraph, and of a table one a row and
    /// one for each cell of running text. Left out where only rules are measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// For items of which nothing counts: sentences that fail a rule by one condition, the nearest first.
    pub near_misses: Vec<NearMiss>,
    /// For each rule that found something by itself, the sentences, numbered within the file.
    pub hits: BTreeMap<String, Vec<u32>>,
    /// The sentences of running text, to learn from. Left out where the text is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sentences: Vec<Told>,
}

/// A sentence of running text, normalised, personal data masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The heading above it.
    pub heading: String,
    /// Its words.
    pub sentence: String,
}

/// A sentence in which all of a rule is there but one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearMiss {
    /// Id of the activity.
    pub item: String,
    /// The rule that it nearly meets.
    pub rule: String,
    /// Where.
    pub place: Place,
    /// The author's words, personal data masked.
    pub quote: String,
    /// The one thing.
    pub failed: Condition,
}

/// The one condition of a rule that a sentence fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// No word of these lists stands near enough.
    Missing(Need),
    /// A word of these lists rules it out.
    Excluded(Need),
}

impl Condition {
    /// The condition in JSON, as the rule file writes it: `missing: 扶贫|扶贫日@paragraph`.
    pub fn word(&self) -> String {
        match self {
            Condition::Missing(need) => format!("missing: {}", String::from(need.clone())),
            Condition::Excluded(need) => format!("excluded: {}", String::from(need.clone())),
        }
    }

    /// The lists that it is about, and how near.
    pub fn need(&self) -> &Need {
        match self {
            Condition::Missing(need) | Condition::Excluded(need) => need,
        }
    }
}
