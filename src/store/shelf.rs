//! Pieces of results that a quiet night writes again as they were. Of each there is one; a changed one takes its place.

use crate::model::shelf::Closed;
use crate::store::error::StoreError;
use crate::store::state::Store;
use rusqlite::blob::ZeroBlob;
use rusqlite::{MAIN_DB, OptionalExtension, params};
use std::io::{BufWriter, Read, Write};

/// The piece that is a night as a whole.
pub const NIGHT: &str = "night";

/// So many bytes of a piece are written at once.
const PIECE: usize = 1 << 16;

impl Store {
    /// Opens the piece of a name, if it was made from the same. Its bytes are read as they are asked for: a county's evidence
    /// is ten megabytes.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn piece(&self, name: &str, made_from: &[u8], open: &mut dyn FnMut(&mut dyn Read)) -> Result<(), StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT rowid FROM shelf WHERE name = ?1 AND made_from = ?2")?;
        let row = statement.query_row(params![name, made_from], |row| row.get(0)).optional()?;
        if let Some(row) = row {
            open(&mut self.connection.blob_open(MAIN_DB, "shelf", "bytes", row, true)?);
        }
        Ok(())
    }

    /// Keeps a piece.
    ///
    /// # Errors
    /// What SQLite says; what cannot be had of the piece.
    pub fn keep_piece(&mut self, name: &str, made_from: &[u8], closed: &Closed<'_>) -> Result<(), StoreError> {
        // Room that is not filled would pass for the piece.
        let whole = self.connection.savepoint()?;
        let mut statement = whole.prepare_cached("INSERT OR REPLACE INTO shelf VALUES (?1, ?2, ?3)")?;
        let row = statement.insert(params![name, made_from, ZeroBlob(closed.len)])?;
        let mut room = BufWriter::with_capacity(PIECE, whole.blob_open(MAIN_DB, "shelf", "bytes", row, false)?);
        closed.write(&mut room).and_then(|()| room.flush()).map_err(StoreError::Piece)?;
        drop((room, statement));
        Ok(whole.commit()?)
    }
}
