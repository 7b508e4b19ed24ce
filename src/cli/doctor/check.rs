//! The contract of the checks: what each looks at, and what it says.

use crate::model::campaign::Campaign;
use crate::model::message::Message;
use crate::pipeline::error::PipelineError;
use crate::pipeline::inboxes::Inbox;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What is looked at.
pub struct Case<'c> {
    /// The campaign folder.
    pub folder: &'c Path,
    /// Where results go.
    pub out: &'c Path,
    /// The campaign, or why there is none.
    pub campaign: Result<&'c Campaign, &'c PipelineError>,
    /// Its inboxes; none where there is no campaign.
    pub inboxes: Option<Result<Vec<Inbox>, PipelineError>>,
    /// The machine's clock.
    pub now: SystemTime,
}

impl Case<'_> {
    /// The inboxes, as far as they are known.
    pub fn inboxes(&self) -> &[Inbox] {
        self.inboxes.as_ref().and_then(|known| known.as_ref().ok()).map_or(&[], Vec::as_slice)
    }

    /// The output folder, or what stands nearest above it.
    pub fn standing(&self) -> PathBuf {
        let out = std::path::absolute(self.out).unwrap_or_else(|_| self.out.to_path_buf());
        out.ancestors().find(|above| above.exists()).map_or_else(|| out.clone(), Path::to_path_buf)
    }
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Well.
    Good,
    /// The night runs, and somebody should look.
    Watch,
    /// The night would fail, or would not run.
    Bad,
}

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How it stands.
    pub mark: Mark,
    /// What was found.
    pub what: Message,
    /// What to do.
    pub remedy: Option<Message>,
}

/// All is well.
pub fn good(what: Message) -> Line {
    Line { mark: Mark::Good, what, remedy: None }
}

/// Somebody should look.
pub fn watch(what: Message, remedy: Message) -> Line {
    Line { mark: Mark::Watch, what, remedy: Some(remedy) }
}

/// Something must be done.
pub fn bad(what: Message, remedy: Message) -> Line {
    Line { mark: Mark::Bad, what, remedy: Some(remedy) }
}
