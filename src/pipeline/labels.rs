//! Labelled reports: what careful readers say that each report says, to measure the rules by.

use crate::model::message::Message;
use crate::model::reading::{Assertion, Evidence, Reading};
use crate::msg;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The five labels, in the order of the tables.
pub const LABELS: [&str; 5] = ["done", "planned", "not_done", "not_applicable", ABSENT];
/// Nothing is said that counts.
pub const ABSENT: &str = "absent";

/// A labelled report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Labelled {
    /// Its id.
    pub id: String,
    /// Its file, by its path from the folder of the reports.
    pub file: String,
    /// Item → label.
    pub activities: BTreeMap<String, String>,
    /// Items on which careful readers may differ; they are left out.
    #[serde(default)]
    pub borderline: Vec<String>,
    /// Item → the words that say so: to learn from.
    #[serde(default, rename = "evidence_spans")]
    pub spans: BTreeMap<String, String>,
}

/// A cell: what one report should say of one item, and what it is taken to say.
#[derive(Debug, Clone, PartialEq)]
pub struct CellScore<'l> {
    /// The report.
    pub report: &'l Labelled,
    /// What was read of it.
    pub reading: &'l Reading,
    /// The item.
    pub item: &'l str,
    /// The label by the careful reader.
    pub gold: &'l str,
    /// The label by the rules.
    pub got: &'static str,
}

/// Why the labels cannot be used: everything that is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the labels do not hold")]
pub struct WrongLabels(pub Vec<Message>);

/// Reads labels, a JSON object a line, and looks for the files that they name.
///
/// # Errors
/// Every line that is none, every item and label that is unknown, every file that is missing.
pub fn read(text: &str, name: &str, folder: &Path, items: &BTreeSet<&str>) -> Result<Vec<Labelled>, WrongLabels> {
    let (mut labelled, mut wrong) = (Vec::new(), Vec::new());
    for (line, number) in text.lines().zip(1u32..).filter(|(line, _)| !line.trim().is_empty()) {
        let report: Labelled = match serde_json::from_str(line) {
            Ok(report) => report,
            Err(e) => {
                wrong.push(msg!("pipeline.labels_line", name, number, e.to_string()));
                continue;
            }
        };
        for (item, label) in &report.activities {
            if !items.contains(item.as_str()) {
                wrong.push(msg!("pipeline.labels_item", name, number, item));
            }
            if !LABELS.contains(&label.as_str()) {
                wrong.push(msg!("pipeline.labels_label", name, number, label, LABELS.join(", ")));
            }
        }
        if !path(&report, folder).is_file() {
            wrong.push(msg!("pipeline.labels_file", name, number, path(&report, folder).display().to_string()));
        }
        labelled.push(report);
    }
    if wrong.is_empty() { Ok(labelled) } else { Err(WrongLabels(wrong)) }
}

/// Where a report lies.
pub fn path(report: &Labelled, folder: &Path) -> PathBuf {
    folder.join(&report.file)
}

/// All cells of all reports, borderline ones left out; `readings` in the order of the reports.
pub fn cells<'l>(labelled: &'l [Labelled], readings: &'l [Reading]) -> Vec<CellScore<'l>> {
    let mut cells = Vec::new();
    for (report, reading) in labelled.iter().zip(readings) {
        for (item, gold) in report.activities.iter().filter(|(item, _)| !report.borderline.contains(item)) {
            let said = evidence(reading).filter(|e| e.item == *item && e.assertion.counts());
            let got = said.map(|e| e.assertion).min().map_or(ABSENT, Assertion::word);
            cells.push(CellScore { report, reading, item, gold, got });
        }
    }
    cells
}

/// The evidence of a file and of an archive's members.
pub fn evidence(reading: &Reading) -> Box<dyn Iterator<Item = &Evidence> + '_> {
    Box::new(reading.evidence.iter().chain(reading.members.iter().flat_map(evidence)))
}

/// How often each label was given for each label.
pub fn confusion(cells: &[CellScore<'_>]) -> [[u32; LABELS.len()]; LABELS.len()] {
    let mut table = [[0; LABELS.len()]; LABELS.len()];
    let at = |label: &str| LABELS.iter().position(|l| *l == label);
    for cell in cells {
        let of = at(cell.gold).zip(at(cell.got));
        if let Some(count) = of.and_then(|(gold, got)| table.get_mut(gold)?.get_mut(got)) {
            *count += 1;
        }
    }
    table
}

/// How well one label is found.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// Cells that should have it.
    pub gold: u32,
    /// Cells that were given it.
    pub got: u32,
    /// Cells that were rightly given it.
    pub right: u32,
}

impl Score {
    /// Counts one label.
    pub fn of<'l>(label: &str, cells: impl Iterator<Item = &'l CellScore<'l>>) -> Self {
        cells.fold(Score::default(), |score, cell| {
            let (gold, got) = (cell.gold == label, cell.got == label);
            Score {
                gold: score.gold + u32::from(gold),
                got: score.got + u32::from(got),
                right: score.right + u32::from(gold && got),
            }
        })
    }

    /// Of what was given, how much is right; 0 where nothing was given.
    pub fn precision(&self) -> f64 {
        share(self.right, self.got)
    }

    /// Of what should have been given, how much was; 0 where nothing should.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.gold + self.got)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
