//! `run.json`: what a night was made of and what it came to, for scripts. Only the timings, which stand last, differ
//! between two runs of the same inputs.

use crate::extract;
use crate::model::campaign::{Campaign, Digests};
use crate::pipeline::error::PipelineError;
use crate::pipeline::tallies::Tallies;
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The manifest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Manifest {
    /// `shouqi`.
    pub product: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Version of each reader.
    pub readers: BTreeMap<&'static str, u32>,
    /// Id of the campaign.
    pub campaign: String,
    /// Its title.
    pub title: String,
    /// The moment that everything is judged as of.
    pub as_of: DateTime<FixedOffset>,
    /// SHA-256 of what the campaign was made from.
    pub digests: Digests,
    /// What the night came to.
    pub counts: Tallies,
    /// The workbook, by its path from the output folder.
    pub workbook: String,
    /// SHA-256 of the workbook as it was written: one that still has it holds nothing that anybody typed since.
    pub workbook_digest: String,
    /// Whether it stands beside the usual one, because somebody has that open.
    pub beside: bool,
    /// The exit status.
    pub exit_status: u8,
    /// Milliseconds that each stage took.
    pub timings: Timings,
}

/// Milliseconds by stage, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Timings {
    /// Reading the campaign folder.
    pub campaign: u64,
    /// Walking the inbox, and waiting for files that are still being written.
    pub intake: u64,
    /// Examining all files, or reading their Readings.
    pub examine: u64,
    /// Judging.
    pub judge: u64,
    /// Making and writing the results.
    pub report: u64,
}

impl Manifest {
    /// A manifest of results that are still to be written.
    pub fn new(campaign: &Campaign, as_of: DateTime<FixedOffset>, counts: Tallies, exit_status: u8) -> Self {
        Manifest {
            product: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            readers: extract::READERS.iter().map(|r| (r.name, r.version)).collect(),
            campaign: campaign.id.clone(),
            title: campaign.title.clone(),
            as_of,
            digests: campaign.digests.clone(),
            counts,
            workbook: String::new(),
            workbook_digest: String::new(),
            beside: false,
            exit_status,
            timings: Timings::default(),
        }
    }

    /// The text of `run.json`.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Writes `run.json` into a folder: beside its place first, so that half a manifest never stands there.
    ///
    /// # Errors
    /// [`PipelineError::Manifest`].
    pub fn write(&self, folder: &Path) -> Result<(), PipelineError> {
        let waiting = folder.join(".run.json.shouqi-new");
        let text = self.json().map_err(|e| PipelineError::Manifest(e.into()))?;
        fs::write(&waiting, text)
            .and_then(|()| fs::rename(&waiting, folder.join("run.json")))
            .map_err(PipelineError::Manifest)
    }
}
