//! Why nothing can be remembered.

use crate::model::message::Message;
use crate::msg;
use std::io;

/// Why nothing can be remembered. A night can do without: it takes longer and compares with nothing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder cannot be written.
    #[error("the folder of the memory cannot be written: {0}")]
    Folder(io::Error),
    /// The file is of a later version: its version and ours.
    #[error("the memory has version {0}, this program knows {1}")]
    Later(u32, u32),
    /// What SQLite says.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    /// What is to be kept cannot be written whole.
    #[error("what is to be remembered cannot be written: {0}")]
    Piece(io::Error),
    /// What was remembered is not what this program writes.
    #[error("what was remembered cannot be understood: {0}")]
    Content(#[from] serde_json::Error),
}

impl StoreError {
    /// The same for a person.
    pub fn message(&self) -> Message {
        match self {
            StoreError::Folder(e) => msg!("store.folder", e.to_string()),
            StoreError::Later(theirs, ours) => msg!("store.later", *theirs, *ours),
            StoreError::Sql(e) => msg!("store.sql", e.to_string()),
            StoreError::Piece(e) => msg!("store.sql", e.to_string()),
            StoreError::Content(e) => msg!("store.sql", e.to_string()),
        }
    }
}
