//! The file itself: opening it, bringing it up to date, setting a damaged one aside.

use crate::model::message::Message;
use crate::msg;
use crate::store::error::StoreError;
use crate::store::schema;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

/// The file's name.
const FILE: &str = "state.sqlite";

/// The memory of a campaign.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    is_new: bool,
    notes: Vec<Message>,
}

impl Store {
    /// Opens the memory in a folder, made where there is none. An older form is brought up to date, after a copy of it was
    /// made; a damaged file is set aside under another name and a new one begun.
    ///
    /// # Errors
    /// [`StoreError`]: the folder cannot be written, or the file is of a later version than this program.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(StoreError::Folder)?;
        let path = folder.join(FILE);
        match Self::at(&path) {
            Err(StoreError::Sql(error)) if is_damage(&error) => {
                let aside = set_aside(&path)?;
                let mut store = Self::at(&path)?;
                store.notes.push(msg!("store.damaged", aside.display().to_string()));
                Ok(store)
            }
            other => other,
        }
    }

    /// Opens the memory where there is one.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn existing(folder: &Path) -> Result<Option<Self>, StoreError> {
        if folder.join(FILE).is_file() { Self::open(folder).map(Some) } else { Ok(None) }
    }

    fn at(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        // What a file said fills several pages of the usual size. A file that is there keeps its own.
        connection.pragma_update(None, "page_size", 16_384)?;
        // Readers do not wait for the writer, and a killed run leaves a file that is whole.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        let is_new = schema::bring_up_to_date(&connection, path)?;
        Ok(Store { connection, is_new, notes: Vec::new() })
    }

    /// Whether nothing was remembered before.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// What a person should know about the memory itself.
    pub fn notes(&self) -> &[Message] {
        &self.notes
    }
}

/// Whether the file itself is at fault: what SQLite calls a corrupt file, or none of its own.
fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
}

/// Gives a damaged file another name, and its companions with it.
fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let named = |n: u32, end: &str| path.with_file_name(format!("{FILE}.damaged-{n}{end}"));
    let n = (1..).find(|n| !named(*n, "").exists()).unwrap_or(1);
    for end in ["", "-wal", "-shm"] {
        let from = path.with_file_name(format!("{FILE}{end}"));
        if from.exists() {
            fs::rename(&from, named(n, end)).map_err(StoreError::Folder)?;
        }
    }
    Ok(named(n, ""))
}
