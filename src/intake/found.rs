//! What a walk through the inbox finds.

use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::model::source::Litter;
use crate::msg;
use std::fs::Metadata;
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
    /// When anything about it last changed, in nanoseconds since 1970, as far as the system says: see `changed`.
    pub changed: i64,
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
    /// It had so many submissions the last time and has none at all now.
    #[error("the inbox had {0} files and has none now")]
    Emptied(usize),
    /// It went away while it was read: so many files could not be opened.
    #[error("the inbox went away, {0} files could not be opened")]
    Lost(usize),
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
            IntakeError::Emptied(had) => msg!("intake.emptied", *had),
            IntakeError::Lost(files) => msg!("intake.lost", *files),
            IntakeError::Refused(why) => msg!("intake.refused", why),
        }
    }
}

/// When anything about a file last changed, its name and permissions included, in nanoseconds since 1970: a time that programs which set the time of
/// writing do not reach. Windows keeps the time of creation instead, which copying over a file leaves and replacing it changes.
#[cfg(unix)]
pub fn changed(meta: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    meta.ctime().saturating_mul(1_000_000_000).saturating_add(meta.ctime_nsec())
}

/// When a file was created, in nanoseconds since 1970; 0 where the system does not say.
#[cfg(not(unix))]
pub fn changed(meta: &Metadata) -> i64 {
    meta.created().map_or(0, nanoseconds)
}

/// A time of the file system in nanoseconds since 1970; 0 before.
pub fn nanoseconds(time: SystemTime) -> i64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX))
}

/// Why the operating system would not do something, in words where they are known.
pub fn refusal(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => msg!("intake.gone"),
        io::ErrorKind::PermissionDenied => msg!("intake.no_permission"),
        // Windows: a program has the file (32) or a part of it (33), and shares it with nobody.
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => msg!("intake.in_use"),
        _ => msg!("intake.system_says", error.to_string()),
    }
}
