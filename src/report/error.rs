//! What can go wrong when results are written, as far as a person must tell it apart.

use crate::model::message::Message;
use crate::msg;

/// Why the results could not be written. The last good workbook is untouched.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The output folder cannot be made or entered.
    #[error("the output folder cannot be made: {0}")]
    Folder(std::io::Error),
    /// A result cannot be written or put in its place: its name, and what the operating system says.
    #[error("{0} cannot be written: {1}")]
    Write(String, std::io::Error),
    /// A program has a result open, by its name, so that Windows lets nobody put another in its place.
    #[error("{0} is open in another program")]
    InUse(String),
    /// The workbook cannot be made from its sheets: a limit of the format.
    #[error("the workbook cannot be made: {0}")]
    Workbook(String),
}

impl ReportError {
    /// The same for a person, with what to do.
    pub fn message(&self) -> Message {
        match self {
            ReportError::Folder(e) => msg!("report.error_folder", e.to_string()),
            ReportError::Write(name, e) => msg!("report.error_write", name, e.to_string()),
            ReportError::InUse(name) => msg!("report.error_in_use", name),
            ReportError::Workbook(e) => msg!("report.error_workbook", e),
        }
    }
}
