//! `run.json`: what a night was made of and what it came to, for scripts. Only the timings, which stand last, differ
//! between two runs of the same inputs.

use crate::extract;
use crate::model::campaign::{Campaign, Digests};
use crate::pipeline::error::PipelineError;
use crate::pipeline::tallies::Tallies;
use crate::report::output::move_to;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// `shouqi`.
    pub product: String,
    /// Its version.
    pub version: String,
    /// Version of each reader.
    pub readers: BTreeMap<String, u32>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
            product: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            readers: extract::READERS.iter().map(|r| (r.name.to_string(), r.version)).collect(),
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

    /// Takes the room that `run.json` will need in a folder, beside its place: before any result is moved, so that a full
    /// disk leaves all of them as they were.
    ///
    /// # Errors
    /// [`PipelineError::Manifest`].
    pub fn reserve(&self, folder: &Path) -> Result<Reserved, PipelineError> {
        let reserved = Reserved { waiting: folder.join(".run.json.shouqi-new"), place: folder.join("run.json") };
        // Durations and the workbook's name are still to come.
        let room = self.text()? + &" ".repeat(STILL_TO_COME);
        let failed = PipelineError::Manifest;
        fs::create_dir_all(folder).map_err(failed)?;
        if reserved.place.is_dir() {
            return Err(failed(ErrorKind::IsADirectory.into()));
        }
        fs::write(&reserved.waiting, room).map_err(failed)?;
        Ok(reserved)
    }

    fn text(&self) -> Result<String, PipelineError> {
        self.json().map_err(|e| PipelineError::Manifest(e.into()))
    }
}

/// More bytes than durations and the name of a workbook have.
const STILL_TO_COME: usize = 1_024;

/// Room on the disk for a manifest.
pub struct Reserved {
    waiting: PathBuf,
    place: PathBuf,
}

impl Reserved {
    /// Writes the manifest there and moves it into its place.
    ///
    /// # Errors
    /// [`PipelineError::Manifest`].
    pub fn fill(self, manifest: &Manifest) -> Result<(), PipelineError> {
        let text = manifest.text()?;
        let write = || -> io::Result<()> {
            let mut file = File::options().write(true).open(&self.waiting)?;
            file.write_all(text.as_bytes())?;
            file.set_len(text.len() as u64)?;
            file.sync_all()?;
            move_to(&self.waiting, &self.place)
        };
        write().map_err(PipelineError::Manifest)
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        // Moved by now, unless something failed.
        let _ = fs::remove_file(&self.waiting);
    }
}
