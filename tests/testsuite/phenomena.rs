//! The sixteen things that break naive patterns, each in many wordings: what a careful reader says of all six activities.
//!
//! `phenomena.jsonl` holds the texts: parts of a school's report on the day, a line each, with the labels of the activities
//! that it speaks of; of the others it says nothing. To add a wording add a line.

use crate::evidence::engine;
use serde::Deserialize;
use shouqi::detect;
use shouqi::extract;
use shouqi::model::source::SourceFile;
use std::collections::BTreeMap;

/// What breaks naive patterns, in the order of their numbers.
const PHENOMENA: [&str; 16] = [
    "the same cues under another campaign",
    "instructions given at a meeting",
    "imperative headings over true reports",
    "plan words around finished deeds",
    "会 and 要求 misread",
    "purpose clauses",
    "an outcome without an act",
    "checks of something else",
    "look-alikes",
    "somebody else's act",
    "channel against content",
    "negative words in positives",
    "incomplete dates and false numbers",
    "counts",
    "damaged text",
    "status far from the name",
];

#[derive(Deserialize)]
struct Wording {
    phenomenon: usize,
    text: String,
    labels: BTreeMap<String, String>,
}

fn wordings() -> Vec<Wording> {
    include_str!("phenomena.jsonl").lines().map(|line| serde_json::from_str(line).expect("a wording a line")).collect()
}

/// The activities that a report with this text in it speaks of.
fn labels(text: &str) -> BTreeMap<String, String> {
    let document = extract::read(format!("青石桥学校扶贫日活动总结\n{text}\n").as_bytes());
    let source = SourceFile { path: "青石桥学校扶贫日活动总结.txt".into(), ..SourceFile::default() };
    let reading = detect::detect(source, document, engine(), false);
    detect::labels(&reading.evidence).into_iter().map(|(item, label)| (item, label.word().to_string())).collect()
}

#[test]
fn every_phenomenon_is_read_as_a_careful_reader_reads_it() {
    let all = wordings();
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|w| {
            let said = labels(&w.text);
            let name = PHENOMENA[w.phenomenon - 1];
            (said != w.labels).then(|| format!("{name}: {}\n  wanted {:?}\n  but got {said:?}", w.text, w.labels))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), all.len(), wrong.join("\n"));
    for n in 1..=PHENOMENA.len() {
        assert!(all.iter().filter(|w| w.phenomenon == n).count() >= 5, "{}: too few wordings", PHENOMENA[n - 1]);
    }
}
