//! Pieces of results that a quiet night writes again as they were. Of each there is one; a changed one takes its place.

use crate::store::error::StoreError;
use crate::store::state::Store;
use rusqlite::{OptionalExtension, params};

impl Store {
    /// The piece of a name, if it was made from the same.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn piece(&self, name: &str, made_from: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT bytes FROM shelf WHERE name = ?1 AND made_from = ?2")?;
        Ok(statement.query_row(params![name, made_from], |row| row.get(0)).optional()?)
    }

    /// Keeps a piece.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn keep_piece(&mut self, name: &str, made_from: &[u8], bytes: &[u8]) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached("INSERT OR REPLACE INTO shelf VALUES (?1, ?2, ?3)")?;
        statement.execute(params![name, made_from, bytes])?;
        Ok(())
    }
}
