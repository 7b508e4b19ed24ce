//! What people typed since last night: the workbooks that may hold it, the journal, and the answer to every entry.
//!
//! The journal is written before the results. A night that is killed between the two has lost nothing: the next one reads
//! the same workbooks again and finds their entries in the journal already.

use crate::extract;
use crate::intake;
use crate::judge;
use crate::model::campaign::Campaign;
use crate::model::docket::Docket;
use crate::model::findings::Findings;
use crate::model::message::Message;
use crate::model::reading::Reading;
use crate::model::ruling::{Conclusion, Fate, Record, Ruling, Subject};
use crate::model::sheet::names;
use crate::msg;
use crate::pipeline::error::PipelineError;
use crate::pipeline::results;
use crate::report::output::content_of;
use crate::review;
use crate::store::decisions;
use chrono::{DateTime, FixedOffset};
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Formats that a workbook may have been saved in.
const SUFFIXES: [&str; 6] = ["xlsx", "xls", "xlsm", "et", "ods", "xlsb"];

/// What was read of the workbooks, and what the journal says.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    /// The journal, with tonight's records at its end.
    pub journal: Vec<Record>,
    /// How many of them are tonight's.
    pub new: usize,
    /// What could not be read, for a person.
    pub notes: Vec<Message>,
    /// Digest of every workbook of the output folder as it was read, by its path there.
    pub read: BTreeMap<PathBuf, String>,
}

/// How many entries came, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReviewTally {
    /// Entries that no earlier night had read.
    pub entries: u32,
    /// Of these, taken.
    pub taken: u32,
    /// Of these, not understood.
    pub refused: u32,
    /// Of these, contradicted by others.
    pub conflicts: u32,
    /// Decisions that are to be taken again, because the evidence has changed.
    pub reopened: u32,
}

impl Reviews {
    /// Reads the workbooks of the output folder and those that were named, and weighs what was typed in them.
    ///
    /// # Errors
    /// [`PipelineError::Decisions`] where the journal is there and cannot be read.
    pub fn gather(
        memory: Option<&Path>,
        out: &Path,
        named: &[PathBuf],
        campaign: &Campaign,
        as_of: DateTime<FixedOffset>,
    ) -> Result<Reviews, PipelineError> {
        let Some(memory) = memory else { return Ok(Reviews::default()) };
        let journal = decisions::read(memory).map_err(|e| damaged(memory, e))?;
        let mut reviews = Reviews { journal: journal.records, ..Reviews::default() };
        let shown = decisions::path(memory).display().to_string();
        reviews.notes.extend(journal.damaged.iter().map(|line| msg!("pipeline.journal_line", &shown, *line)));

        let written = results::workbook_digest(out);
        let mut entries = Vec::new();
        for (path, shown) in workbooks(out, named) {
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    reviews.notes.push(msg!("pipeline.review_not_opened", &shown, intake::refusal(&error)));
                    continue;
                }
            };
            let place = path.strip_prefix(out).unwrap_or(&path).to_path_buf();
            let digest = content_of(&bytes);
            // Nobody has typed in a workbook that is as the last night left it.
            if digest == written {
                reviews.read.insert(place, digest);
                continue;
            }
            match review::table::read(&shown, &extract::read(&bytes), campaign) {
                Ok(found) => {
                    reviews.read.insert(place, digest);
                    entries.extend(found);
                }
                Err(why) => {
                    reviews.notes.push(why);
                    // Of the consolidated workbook a copy is kept; one of a township is left alone as if it were open.
                    if place.starts_with(names::PARTS) {
                        reviews.read.insert(place, String::new());
                    }
                }
            }
        }
        let records = review::weigh::weigh(&entries, &reviews.journal, campaign, as_of);
        reviews.new = records.len();
        reviews.journal.extend(records);
        Ok(reviews)
    }

    /// The decisions in force.
    pub fn rulings(&self) -> Vec<Ruling> {
        review::state::rulings(&self.journal)
    }

    /// Finds the files that new decisions on 认错学校 are about: those of the flags as they were before.
    pub fn name_files(&mut self, readings: &[Reading], campaign: &Campaign, as_of: DateTime<FixedOffset>) {
        let nameless = |r: &Ruling| r.conclusion == Conclusion::WrongSchool && r.files.is_empty();
        let first_new = self.journal.len() - self.new;
        if !self.journal.iter().skip(first_new).any(|r| matches!(&r.fate, Fate::Taken(r) if nameless(r))) {
            return;
        }
        let former = review::state::rulings(self.journal.get(..first_new).unwrap_or_default());
        let before = judge::judge(readings.to_vec(), campaign, &former, as_of);
        // Given to one school yesterday and to another today: the files are the same.
        let known = |flag: &str| former.iter().find(|r| r.flag == flag).map(|r| r.files.clone());
        for record in self.journal.iter_mut().skip(first_new) {
            if let Fate::Taken(ruling) = &mut record.fate
                && nameless(ruling)
            {
                ruling.files =
                    known(&ruling.flag).filter(|f| !f.is_empty()).unwrap_or_else(|| subjects(ruling, &before));
            }
        }
    }

    /// Answers every entry, and has the journal keep what is new before any result is written.
    ///
    /// # Errors
    /// [`PipelineError::Decisions`].
    pub fn answer(&mut self, memory: Option<&Path>, findings: &Findings) -> Result<Docket, PipelineError> {
        let first_new = self.journal.len() - self.new;
        for record in self.journal.iter_mut().skip(first_new) {
            let learned = findings.rulings.iter().find(|r| r.ruling.flag == record.flag);
            if let (Fate::Taken(ruling), Some(learned)) = (&mut record.fate, learned) {
                ruling.aliases.clone_from(&learned.ruling.aliases);
            }
        }
        if let Some(memory) = memory {
            let new = self.journal.get(first_new..).unwrap_or_default();
            decisions::append(memory, new).map_err(|e| damaged(memory, e))?;
        }
        Ok(review::answer::answer(&self.journal, findings, self.notes.clone()))
    }

    /// What tonight's entries came to.
    pub fn tally(&self, findings: &Findings) -> ReviewTally {
        let count = |is: fn(&Fate) -> bool| {
            let new = self.journal.iter().rev().take(self.new);
            u32::try_from(new.filter(|r| is(&r.fate)).count()).unwrap_or(u32::MAX)
        };
        ReviewTally {
            entries: u32::try_from(self.new).unwrap_or(u32::MAX),
            taken: count(|f| matches!(f, Fate::Taken(_) | Fate::Cleared)),
            refused: count(|f| matches!(f, Fate::Refused(_) | Fate::Misplaced(_))),
            conflicts: count(|f| matches!(f, Fate::Conflict(_))),
            reopened: u32::try_from(findings.rulings.iter().filter(|r| r.is_reopened()).count()).unwrap_or(u32::MAX),
        }
    }
}

fn damaged(memory: &Path, error: std::io::Error) -> PipelineError {
    PipelineError::Decisions(decisions::path(memory).display().to_string(), error)
}

/// The files that a decision gives to another school: the one that the row of an item leads to, else all of the row's.
fn subjects(ruling: &Ruling, findings: &Findings) -> Vec<Subject> {
    let Some(flag) = findings.flags.iter().find(|f| f.id == ruling.flag) else { return Vec::new() };
    let most = if flag.item.is_some() { 1 } else { usize::MAX };
    let digest = |path: &str| findings.files.iter().find(|f| f.path == path).map_or("", |f| f.digest.as_str());
    let subject = |path: &EcoString| Subject { path: path.to_string(), digest: digest(path).to_string() };
    flag.files.iter().take(most).map(subject).collect()
}

/// The workbooks of the output folder whose names begin like the consolidated one's, those of the townships, and those
/// that were named; each with its name to show. Copies that people made beside it (汇总表-王.xlsx) are read too.
pub fn workbooks(out: &Path, named: &[PathBuf]) -> Vec<(PathBuf, String)> {
    let mut found: Vec<(PathBuf, String)> = Vec::new();
    for (folder, begins) in [(out.to_path_buf(), names::MATRIX), (out.join(names::PARTS), "")] {
        let mut inside: Vec<PathBuf> =
            fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        inside.sort();
        for path in inside {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let suffix = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            if name.starts_with(begins) && !name.starts_with(['.', '~']) && SUFFIXES.contains(&suffix.as_str()) {
                let shown = path.strip_prefix(out).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push((path, shown));
            }
        }
    }
    for path in named {
        let real = |p: &Path| p.canonicalize().unwrap_or_else(|_| p.to_path_buf());
        if !found.iter().any(|(known, _)| real(known) == real(path)) {
            found.push((path.clone(), path.display().to_string()));
        }
    }
    found
}
