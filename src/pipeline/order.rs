//! What is asked of a night, who does the work, and what came of it.

use crate::campaign::CampaignFiles;
use crate::model::findings::FileFindings;
use crate::model::message::{Lang, Message};
use crate::ocr::tesseract::Tesseract;
use crate::pipeline::manifest::Manifest;
use crate::report::Written;
pub use crate::report::parts::Split;
use chrono::{DateTime, FixedOffset, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// What is asked of a night.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// The campaign folder.
    pub folder: PathBuf,
    /// Registers that are named instead of the folder's own.
    pub registers: CampaignFiles,
    /// Inboxes that are named instead of the campaign's own.
    pub inboxes: Vec<PathBuf>,
    /// Whether an inbox that cannot be reached is a loss among others, and not the end of the night.
    pub missing_allowed: bool,
    /// Where the results go.
    pub out: PathBuf,
    /// Where nights are remembered; none for a run that remembers nothing.
    pub state: Option<PathBuf>,
    /// Who runs it, for whoever comes second.
    pub owner: String,
    /// Whether all files are read, whatever is known of them.
    pub no_cache: bool,
    /// The moment to judge as of.
    pub as_of: AsOf,
    /// Whether personal data in quotes is masked.
    pub masked: bool,
    /// The language of the results.
    pub lang: Lang,
    /// Reviewed workbooks beside those of the output folder.
    pub reviews: Vec<PathBuf>,
    /// Whether each township or 中心校 gets a workbook of its own.
    pub split: Option<Split>,
    /// Whether photographs are shown small.
    pub thumbnails: bool,
    /// Whether gaps make the night a failure for scripts.
    pub fail_on_gaps: bool,
}

/// The moment that everything is judged as of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AsOf {
    /// The campaign's own, else the clock.
    #[default]
    Campaign,
    /// A local time, in the campaign's time zone.
    Local(NaiveDateTime),
    /// An exact time.
    Exact(DateTime<FixedOffset>),
}

/// Who does the reading.
#[derive(Debug, Clone)]
pub struct Crew {
    /// The program that is a worker.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// How many at a time.
    pub jobs: usize,
    /// How long one file may take.
    pub timeout: Duration,
    /// What recognises text in pictures, where something does.
    pub tesseract: Option<Tesseract>,
}

/// Time, which this room cannot tell by itself.
pub struct Clock<'c> {
    /// The moment of the start.
    pub now: SystemTime,
    /// How long it has been since.
    pub elapsed: &'c dyn Fn() -> Duration,
    /// Waits for so long.
    pub pause: &'c dyn Fn(Duration),
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Night {
    /// The files with which something was wrong.
    pub troubled: Vec<FileFindings>,
    /// Where the results are.
    pub written: Written,
    /// The manifest, as it stands in `run.json`.
    pub manifest: Manifest,
    /// How many files were known from another night and not read again.
    pub known: usize,
    /// Whether all was as the last time, so that its results stand as they are.
    pub stands: bool,
    /// What a person should know about the memory, and of the workbooks that were read back.
    pub notes: Vec<Message>,
}
