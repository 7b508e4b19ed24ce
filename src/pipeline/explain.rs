//! What one file says, in the words of the contract: activity by activity, which sentence, which rule, which cue.

use crate::detect;
use crate::judge;
use crate::model::campaign::Campaign;
use crate::model::message::Lang;
use crate::model::reading::{Assertion, Count, Evidence, Reading};
use chrono::{DateTime, FixedOffset, NaiveDate};
use ecow::EcoString;
use serde::Serialize;
use std::collections::BTreeMap;

/// A line of `explain --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation<'r> {
    /// The file, as it was named; a member of an archive as `a.zip!/b.docx`.
    pub file: String,
    /// The real format by content.
    pub format: &'r str,
    /// Characters of text, white space left out.
    pub chars: u32,
    /// Pictures.
    pub pictures: usize,
    /// The date under the signature.
    pub signed: Option<NaiveDate>,
    /// The days of all deeds that it tells of, done or planned.
    pub dates: &'r [NaiveDate],
    /// All people, households and copies that it counts, each number with its unit once.
    pub counts: &'r [Count],
    /// Names of the schools that it would be taken for.
    pub schools: Vec<String>,
    /// Every activity of the campaign: `done`, `planned`, `not_done`, `not_applicable` or `absent`.
    pub activities: BTreeMap<&'r str, &'static str>,
    /// What counts.
    pub evidence: Vec<Piece<'r>>,
    /// What speaks of an activity and is no deed, with what decided against it.
    pub near_misses: Vec<NearMiss<'r>>,
    /// What went wrong, in words.
    pub problems: Vec<String>,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Piece<'r> {
    /// Id of the activity.
    pub item: &'r str,
    /// What is asserted.
    pub assertion: &'static str,
    /// Where, in words.
    pub place: String,
    /// The author's words.
    pub quote: &'r str,
    /// The first date of the deed.
    pub date: Option<NaiveDate>,
    /// All its dates; a range gives its first and last day.
    pub dates: &'r [NaiveDate],
    /// Whom it reached: people, households, copies handed out.
    pub counts: &'r [Count],
    /// What else was counted: sessions, lessons, issues, boards.
    pub amounts: &'r [Count],
    /// The rule that found it.
    pub rule: &'r str,
    /// The confidence, in percent, with which the words were recognised in a picture; none where they were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ocr: Option<u8>,
}

/// A sentence that is no deed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearMiss<'r> {
    /// Id of the activity.
    pub item: &'r str,
    /// The author's words.
    pub quote: &'r str,
    /// What it is instead, and the cue that says so, `planned: 拟`; or the one condition that failed: `missing: 扶贫@sentence`.
    pub failed: String,
    /// Where, in words.
    pub place: String,
    /// The rule that found it, or that it nearly meets.
    pub rule: &'r str,
}

/// Explains a Reading and those of its members, each under the name that `file` gives to the outermost.
pub fn explain<'r>(
    reading: &'r Reading,
    file: &str,
    campaign: &'r Campaign,
    as_of: DateTime<FixedOffset>,
    lang: Lang,
) -> Vec<(&'r Reading, Explanation<'r>)> {
    let findings = judge::judge(vec![reading.clone()], campaign, &[], as_of);
    let name_of = |code: &EcoString| {
        campaign.schools.iter().find(|s| s.code == *code).map_or_else(|| code.to_string(), |s| s.name.to_string())
    };
    let schools: BTreeMap<&str, Vec<String>> =
        findings.files.iter().map(|f| (f.path.as_str(), f.schools.iter().map(name_of).collect())).collect();
    let mut explained = Vec::new();
    let mut waiting = vec![reading];
    while let Some(next) = waiting.pop() {
        let inside = next.source.path.strip_prefix(reading.source.path.as_str()).unwrap_or_default();
        let of = schools.get(next.source.path.as_str()).cloned().unwrap_or_default();
        explained.push((next, explanation(next, format!("{file}{inside}"), of, campaign, lang)));
        waiting.extend(next.members.iter().rev());
    }
    explained
}

fn explanation<'r>(
    reading: &'r Reading,
    file: String,
    schools: Vec<String>,
    campaign: &'r Campaign,
    lang: Lang,
) -> Explanation<'r> {
    let labels = detect::labels(&reading.evidence);
    let label = |id: &str| labels.get(id).map_or("absent", |a| a.word());
    Explanation {
        file,
        format: &reading.format,
        chars: reading.chars,
        pictures: reading.pictures.len(),
        signed: reading.signed,
        dates: &reading.dates,
        counts: &reading.counts,
        schools,
        activities: campaign.activities.iter().map(|a| (a.id.as_str(), label(&a.id))).collect(),
        evidence: reading.evidence.iter().filter(|e| e.assertion.counts()).map(|e| piece(e, lang)).collect(),
        near_misses: near_misses(reading, lang),
        problems: reading.problems.iter().map(|p| p.message().text(lang)).collect(),
    }
}

fn piece(e: &Evidence, lang: Lang) -> Piece<'_> {
    Piece {
        item: &e.item,
        assertion: e.assertion.word(),
        place: e.place.text(lang),
        quote: &e.quote,
        date: e.date,
        dates: &e.dates,
        counts: &e.counts,
        amounts: &e.amounts,
        rule: &e.rule,
        ocr: e.ocr,
    }
}

/// First what a cue decided against, then what one condition of a rule was wanting in.
fn near_misses(reading: &Reading, lang: Lang) -> Vec<NearMiss<'_>> {
    let decided = reading.evidence.iter().filter(|e| e.assertion != Assertion::Done).map(|e| {
        let word = e.assertion.word();
        let failed = e.cue.as_ref().map_or_else(|| word.to_string(), |cue| format!("{word}: {cue}"));
        NearMiss { item: &e.item, quote: &e.quote, failed, place: e.place.text(lang), rule: &e.rule }
    });
    let wanting = reading.scrutiny.iter().flat_map(|s| &s.near_misses).map(|n| NearMiss {
        item: &n.item,
        quote: &n.quote,
        failed: n.failed.word(),
        place: n.place.text(lang),
        rule: &n.rule,
    });
    decided.chain(wanting).collect()
}
