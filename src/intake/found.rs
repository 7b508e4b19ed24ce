//! What a walk through the inbox finds.

use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::model::source::Litter;
use crate::msg;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

/// An entry of the inbox: a file, or something that stands where a file should and cannot be read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is on disk.
    pub path: PathBuf,
    /// How people see it: `inbox/城关/总结.docx`.
    pub shown: String,
    /// Length in bytes when it was seen.
    pub len: u64,
    /// When it was last written, when it was seen.
    pub modified: Option<SystemTime>,
    /// Why it is no submission, if so.
    pub litter: Option<Litter>,
    /// Why it cannot be read in this run, if so.
    pub problem: Option<Problem>,
}

/// Why the inbox as a whole cannot be walked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// There is no such folder.
    #[error("the inbox does not exist")]
    NoInbox,
    /// It is a file.
    #[error("the inbox is no folder")]
    NotAFolder,
    /// The operating system will not let it be read.
    #[error("the inbox cannot be read: {0:?}")]
    Refused(Message),
}

impl IntakeError {
    /// The error in words, with what to do.
    pub fn message(&self) -> Message {
        match self {
            IntakeError::NoInbox => msg!("intake.no_inbox"),
            IntakeError::NotAFolder => msg!("intake.not_a_folder"),
            IntakeError::Refused(why) => msg!("intake.refused", why),
        }
    }
}

/// Why the operating system would not do something, in words where they are known.
pub fn refusal(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => msg!("intake.gone"),
        io::ErrorKind::PermissionDenied => msg!("intake.no_permission"),
        _ => msg!("intake.system_says", error.to_string()),
    }
}
