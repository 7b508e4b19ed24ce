//! Last night's results, read back from the files that every run leaves.

use crate::model::campaign::Digests;
use crate::model::flag::FlagKind;
use crate::model::message::Message;
use crate::model::ruling::Conclusion;
use crate::model::source::Sighting;
use crate::msg;
use crate::report;
use crate::store::sightings::Seen;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What `verdicts.jsonl`, `files.jsonl` and `run.json` say.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The moment that everything was judged as of.
    pub as_of: DateTime<FixedOffset>,
    /// What the campaign was made from.
    pub digests: Digests,
    /// A line a school.
    pub schools: Vec<SchoolLine>,
    /// A line a file.
    pub files: Vec<FileLine>,
}

/// A line of `verdicts.jsonl`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SchoolLine {
    /// The school.
    pub school: Named,
    /// Whether and when it reported.
    pub submission: SubmissionLine,
    /// Its verdicts.
    pub items: Vec<ItemLine>,
    /// Its flags.
    pub flags: Vec<FlagLine>,
}

/// A school by code and name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Whether and when a school reported.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SubmissionLine {
    /// `on_time`, `late`, `missing`, `not_required`.
    pub status: String,
    /// When the first file arrived.
    pub received_at: Option<DateTime<FixedOffset>>,
    /// How that is known: `receipt`, `mail`, `first_seen`, `created`, `modified`.
    pub received_by: Option<String>,
    /// Whole days after the deadline.
    pub days_late: u32,
    /// Whether the school itself must report.
    pub must_report: bool,
    /// Whether some file of it could not be read.
    pub unreadable: bool,
}

/// A verdict.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ItemLine {
    /// Id of the activity or material.
    pub id: String,
    /// The word for it.
    pub status: String,
    /// One sentence.
    pub why: String,
    /// What it rests on.
    pub evidence: Vec<EvidenceLine>,
    /// What a person decided of it.
    #[serde(default, rename = "decided")]
    pub ruling: Option<Conclusion>,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct EvidenceLine {
    /// The file.
    pub file: String,
    /// Where in it, in words.
    pub place: String,
    /// The author's words.
    pub quote: String,
    /// The first date of the deed.
    pub date: Option<NaiveDate>,
    /// The rule that found it.
    pub rule: String,
}

/// A flag.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FlagLine {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: FlagKind,
    /// The item that it is about.
    pub item: Option<String>,
    /// `high`, `medium`, `low`.
    pub severity: String,
    /// What a person decided of it.
    #[serde(default, rename = "decided")]
    pub ruling: Option<Conclusion>,
    /// One sentence.
    pub message: String,
}

/// A line of `files.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FileLine {
    /// Path, archive member included.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// `used`, `superseded`, `duplicate`, `quarantined`, `ignored`.
    pub status: String,
    /// Codes of the schools it was taken for.
    pub schools: Vec<String>,
    /// Why.
    pub why: String,
    /// What went wrong.
    pub problem: Option<String>,
    /// What to do about it.
    pub advice: Option<String>,
    /// SHA-256 of the content; empty where it could not be read.
    #[serde(default)]
    pub digest: String,
    /// The same as words of [`crate::model::problem::Problem`].
    pub problems: Vec<String>,
}

/// What is needed of `run.json`.
#[derive(Deserialize)]
struct Run {
    as_of: DateTime<FixedOffset>,
    digests: Digests,
    #[serde(default)]
    workbook_digest: String,
}

/// Why there are no results to look at, for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no results: {0:?}")]
pub struct NoResults(pub Message);

/// Whether somebody has the workbook in an output folder open in an office program.
pub fn workbook_is_open(folder: &Path) -> bool {
    report::is_open(folder)
}

/// Reads the results in an output folder.
///
/// # Errors
/// [`NoResults`] where no run has left any, or a file is none of ours.
pub fn read(folder: &Path) -> Result<Results, NoResults> {
    let run: Run = one(folder, "run.json", &text(folder, "run.json")?)?;
    Ok(Results {
        as_of: run.as_of,
        digests: run.digests,
        schools: lines(folder, "verdicts.jsonl")?,
        files: files(folder)?,
    })
}

/// SHA-256 of the workbook as the last run wrote it into an output folder; empty where that is not known.
pub fn workbook_digest(folder: &Path) -> String {
    let run = text(folder, "run.json").and_then(|json| one::<Run>(folder, "run.json", &json));
    run.map(|run| run.workbook_digest).unwrap_or_default()
}

/// The ledger of the results in an output folder, and nothing else of them.
///
/// # Errors
/// As [`read`].
pub fn files(folder: &Path) -> Result<Vec<FileLine>, NoResults> {
    lines(folder, "files.jsonl")
}

fn text(folder: &Path, name: &str) -> Result<String, NoResults> {
    let shown = || folder.join(name).display().to_string();
    fs::read_to_string(folder.join(name)).map_err(|e| match e.kind() {
        ErrorKind::NotFound => NoResults(msg!("pipeline.no_results", shown())),
        _ => NoResults(msg!("pipeline.results_wrong", shown(), e.to_string())),
    })
}

fn lines<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, NoResults> {
    text(folder, name)?.lines().map(|line| one(folder, name, line)).collect()
}

fn one<T: DeserializeOwned>(folder: &Path, name: &str, json: &str) -> Result<T, NoResults> {
    let shown = || folder.join(name).display().to_string();
    serde_json::from_str(json).map_err(|e| NoResults(msg!("pipeline.results_wrong", shown(), e.to_string())))
}

/// What is needed of a line of `files.jsonl` to know when a file was first seen.
#[derive(Deserialize)]
struct SeenLine {
    path: String,
    #[serde(default)]
    digest: String,
    seen: Option<Sighting>,
}

/// The first sightings that earlier results tell of: last night's `files.jsonl`. Lines that tell of none are passed over.
pub fn sightings(folder: &Path) -> Vec<Seen> {
    let Ok(text) = fs::read_to_string(folder.join("files.jsonl")) else { return Vec::new() };
    let line = |line: &str| {
        let SeenLine { path, digest, seen } = serde_json::from_str(line).ok()?;
        Some(Seen { path, content: digest, sighting: seen? })
    };
    text.lines().filter_map(line).collect()
}
