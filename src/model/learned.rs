//! What was learned from labelled reports: how much stretches of characters speak for a deed, item by item.
//!
//! Rules know the wordings that somebody thought of. What many labelled reports have in common knows others too, and is
//! asked only where no rule has found anything.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What the rule of such evidence is called, after the item: `meeting.learned`.
pub const RULE: &str = "learned";
/// The most characters of a stretch.
pub const STRETCH: usize = 3;
/// Weights are hundredths of the logarithm of the odds.
pub const HUNDREDTHS: f64 = 100.0;

/// What was learned. A sentence tells a deed of an item where its base and the weights of all stretches that stand in the
/// sentence, and in the heading above it, come to the threshold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Learned {
    /// From how many reports.
    pub reports: usize,
    /// From how many sentences.
    pub sentences: usize,
    /// How many of them tell a deed of an item, counted for each item.
    pub deeds: usize,
    /// Ids of the items, in the order of all weights.
    pub items: Vec<String>,
    /// What speaks for each item before anything is read: below zero, since most sentences tell something else.
    pub base: Vec<i32>,
    /// From where on a sentence counts.
    pub threshold: i32,
    /// Stretches of the sentence, as [`folded`] writes it.
    pub sentence: BTreeMap<String, Vec<i32>>,
    /// Stretches of the heading above it.
    pub heading: BTreeMap<String, Vec<i32>>,
}

impl Learned {
    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether there is a weight for each item.
    pub fn is_whole(&self) -> bool {
        let weights = self.sentence.values().chain(self.heading.values()).chain([&self.base]);
        weights.into_iter().all(|w| w.len() == self.items.len())
    }

    /// As JSON, a line for each stretch, so that two of them can be compared.
    pub fn json(&self) -> String {
        let plain = Learned { sentence: BTreeMap::new(), heading: BTreeMap::new(), ..self.clone() };
        let head = serde_json::to_string(&plain).unwrap_or_default();
        let mut json = head.trim_end_matches(r#","sentence":{},"heading":{}}"#).to_string();
        for (name, table) in [("sentence", &self.sentence), ("heading", &self.heading)] {
            let line = |(stretch, weights): (&String, &Vec<i32>)| {
                let stretch = serde_json::Value::from(stretch.as_str());
                format!("{stretch}:{}", serde_json::Value::from(weights.as_slice()))
            };
            let lines: Vec<String> = table.iter().map(line).collect();
            // Writing to a text never fails.
            let _ = write!(json, ",\n\"{name}\":{{\n{}\n}}", lines.join(",\n"));
        }
        json + "}\n"
    }
}

/// A normalised text as stretches are taken from it: without blanks, every number the same.
pub fn folded(normal: &str) -> String {
    const NUMERALS: &str = "一二三四五六七八九十百两几";
    let mut folded = String::with_capacity(normal.len());
    let mut last = '\0';
    for c in normal.chars().filter(|c| !c.is_whitespace()) {
        let kind = match c {
            '0'..='9' => '0',
            c if NUMERALS.contains(c) => '一',
            c => c,
        };
        if kind != last || kind != '0' && kind != '一' {
            folded.push(kind);
        }
        last = kind;
    }
    folded
}

/// The stretches of a folded text, one for each place and length.
pub fn stretches(folded: &str) -> impl Iterator<Item = &str> {
    let starts = folded.char_indices().map(|(at, _)| at);
    starts.flat_map(move |at| {
        let rest = &folded[at..];
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(STRETCH);
        ends.map(move |end| &rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_blanks_make_no_difference() {
        assert_eq!(folded("10月 12日,走访三十二户"), folded("9月30日,走访五户"));
        assert_eq!(stretches("走访户").collect::<Vec<_>>(), ["走", "走访", "走访户", "访", "访户", "户"]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let learned = Learned {
            reports: 12,
            sentences: 140,
            deeds: 17,
            items: vec!["meeting".into(), "visit".into()],
            base: vec![-500, -430],
            threshold: -40,
            sentence: [("\"户".to_string(), vec![0, 120]), ("开会".to_string(), vec![210, 0])].into(),
            heading: [("会".to_string(), vec![77, -3])].into(),
        };
        let json = learned.json();
        assert_eq!(serde_json::from_str::<Learned>(&json).unwrap(), learned, "{json}");
        assert!(learned.is_whole());
        assert!(json.lines().any(|line| line == r#""开会":[210,0]"#));
        assert_eq!(serde_json::from_str::<Learned>(&Learned::default().json()).unwrap(), Learned::default());
    }
}
