//! Why a night ends without results, as far as a person must tell it apart.

use crate::campaign::error::CampaignError;
use crate::detect::engine::EngineError;
use crate::intake::IntakeError;
use crate::model::message::Message;
use crate::msg;
use crate::report::error::ReportError;
use std::io;

/// Why there are no new results. The last good ones are untouched.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// Everything that is wrong with the campaign folder.
    #[error("the campaign folder does not hold together")]
    Campaign(Vec<CampaignError>),
    /// A rule cannot be compiled.
    #[error("a rule cannot be compiled: {0}")]
    Rules(#[from] EngineError),
    /// Another run holds the lock: what it says of itself.
    #[error("another run is under way: {0}")]
    Locked(String),
    /// An inbox as a whole cannot be walked: its path as people see it, and why.
    #[error("{0}: {1}")]
    Inbox(String, IntakeError),
    /// An inbox is another, or lies in it: both, as people see them.
    #[error("{0} is or lies in {1}")]
    InboxTwice(String, String),
    /// A line of readings is none: file, line, what the parser says.
    #[error("{0}:{1}: {2}")]
    Readings(String, usize, String),
    /// No worker can be started.
    #[error("no worker can be started: {0}")]
    Workers(io::Error),
    /// The files received do not add up, so nothing of the results may be trusted: received, and the sum.
    #[error("{0} files received, {1} accounted for")]
    Unbalanced(u32, u32),
    /// What waited outside memory cannot be had back.
    #[error("the temporary file cannot be read back")]
    Spool,
    /// The journal of decisions cannot be read or written: its path, and why.
    #[error("{0}: {1}")]
    Decisions(String, io::Error),
    /// The results cannot be written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The manifest cannot be written.
    #[error("run.json cannot be written: {0}")]
    Manifest(io::Error),
}

impl PipelineError {
    /// Whether what was given is at fault, so that nothing was read. An inbox that cannot be reached is no such fault: a
    /// share comes back, and the same command then does.
    pub fn is_input(&self) -> bool {
        matches!(self, Self::Campaign(_) | Self::Rules(_) | Self::InboxTwice(..) | Self::Readings(..))
    }

    /// The same for a person, a sentence each: what, where, what to do.
    pub fn messages(&self) -> Vec<Message> {
        let one = match self {
            Self::Campaign(errors) => return errors.iter().map(CampaignError::message).collect(),
            Self::Rules(e) => msg!("pipeline.rules", &e.file, &e.rule, &e.reason),
            Self::Locked(owner) => msg!("pipeline.locked", owner),
            Self::Inbox(inbox, e) => msg!("pipeline.inbox", inbox, e.message()),
            Self::InboxTwice(inner, outer) => msg!("pipeline.inbox_twice", inner, outer),
            Self::Readings(file, line, why) => msg!("pipeline.readings", file, *line, why),
            Self::Workers(e) => msg!("pipeline.workers", e.to_string()),
            Self::Unbalanced(received, sum) => msg!("pipeline.unbalanced", *received, *sum),
            Self::Spool => msg!("pipeline.spool", std::env::temp_dir().display().to_string()),
            Self::Decisions(path, e) => msg!("pipeline.decisions", path, e.to_string()),
            Self::Report(e) => e.message(),
            Self::Manifest(e) => msg!("pipeline.manifest", e.to_string()),
        };
        vec![one]
    }
}
