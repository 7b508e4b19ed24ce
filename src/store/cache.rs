//! What files said when they were last examined.
//!
//! A file is taken as unchanged when its path, length, last change of content and last change of any kind are; this is what
//! version control relies on too. A file that was written shortly before it was examined is never trusted: it may have been written again in the same tick of the clock.

use crate::store::error::StoreError;
use crate::store::shelf::NIGHT;
use crate::store::state::Store;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// What a file looks like from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// Its path as people see it.
    pub path: String,
    /// Its length in bytes.
    pub len: u64,
    /// When its content was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// When anything about it last changed, in nanoseconds since 1970; 0 where the system does not say.
    pub changed: i64,
}

/// What is known of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// What it said, by the same rules and readers, as it was kept.
    Reading(Vec<u8>),
    /// It has not changed, but it must be asked by other rules: its content.
    Content(String),
}

/// How many files are kept before they are made safe.
const BATCH: u32 = 128;

/// What is known of files, and what becomes known during a run.
#[derive(Debug)]
pub struct Cache<'s> {
    store: &'s mut Store,
    recipe: Vec<u8>,
    readers: Vec<u8>,
    waiting: u32,
}

impl<'s> Cache<'s> {
    /// The cache of a run; `recipe` stands for all that decides what a file says, `readers` for all that decides what is
    /// read of it.
    pub fn new(store: &'s mut Store, recipe: Vec<u8>, readers: Vec<u8>) -> Self {
        Cache { store, recipe, readers, waiting: 0 }
    }

    /// Looks many things up as one: each by itself would ask anew whether another program has written meanwhile.
    pub fn at_once<T>(&self, look: impl FnOnce() -> T) -> T {
        // Where it cannot begin each look goes by itself.
        let begun = self.store.connection.unchecked_transaction();
        let found = look();
        drop(begun);
        found
    }

    /// What is known of a file that looks like this; nothing where it has changed.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn known(&self, file: &Outside) -> Result<Option<Known>, StoreError> {
        let mut statement = self.store.connection.prepare_cached(
            "SELECT content, CASE recipe WHEN ?5 THEN reading END FROM looks
             WHERE path = ?1 AND len = ?2 AND modified = ?3 AND changed = ?4",
        )?;
        let len = i64::try_from(file.len).unwrap_or(i64::MAX);
        let row = statement
            .query_row(params![file.path, len, file.modified, file.changed, self.recipe], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<Vec<u8>>>(1)?))
            })
            .optional()?;
        Ok(row.map(|(content, reading)| reading.map_or(Known::Content(content), Known::Reading)))
    }

    /// What was read of a content, by the same readers.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn transcript(&self, content: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self
            .store
            .connection
            .prepare_cached("SELECT transcript FROM transcripts WHERE content = ?1 AND readers = ?2")?;
        Ok(statement.query_row(params![content, self.readers], |row| row.get(0)).optional()?)
    }

    /// Keeps what a file said where it looks like this from outside, and what was read of its content; `content` is what that
    /// is known by.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn keep(
        &mut self,
        file: Option<&Outside>,
        content: &str,
        reading: &[u8],
        transcript: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let connection = &self.store.connection;
        if self.waiting == 0 {
            connection.execute_batch("BEGIN")?;
        }
        if let Some(file) = file {
            let len = i64::try_from(file.len).unwrap_or(i64::MAX);
            connection
                .prepare_cached("INSERT OR REPLACE INTO looks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .execute(params![file.path, len, file.modified, file.changed, content, self.recipe, reading])?;
        }
        if let Some(transcript) = transcript {
            connection.prepare_cached("INSERT OR REPLACE INTO transcripts VALUES (?1, ?2, ?3)")?.execute(params![
                content,
                self.readers,
                transcript
            ])?;
        }
        self.waiting += 1;
        if self.waiting == BATCH { self.settle() } else { Ok(()) }
    }

    /// Makes safe what was kept: a run that is killed later finds it again.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        if self.waiting > 0 {
            self.waiting = 0;
            self.store.connection.execute_batch("COMMIT")?;
        }
        Ok(())
    }
}

impl Store {
    /// Forgets what files said that are no longer there, and what was read of contents that nobody has. `present` are paths
    /// and contents.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn forget_all_but<'p>(&mut self, present: impl Iterator<Item = (&'p str, &'p str)>) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        transaction.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS present (path TEXT PRIMARY KEY, content TEXT); DELETE FROM present",
        )?;
        {
            let mut insert = transaction.prepare("INSERT OR IGNORE INTO present VALUES (?1, ?2)")?;
            for (path, content) in present {
                insert.execute([path, content])?;
            }
        }
        transaction.execute("DELETE FROM looks WHERE path NOT IN (SELECT path FROM present)", [])?;
        transaction.execute(
            "DELETE FROM transcripts WHERE content NOT IN (SELECT content FROM looks UNION SELECT content FROM present)",
            [],
        )?;
        Ok(transaction.commit()?)
    }

    /// Forgets what these files said, so that the next run reads them again. How many were known.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn forget<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Result<usize, StoreError> {
        let transaction = self.connection.transaction()?;
        let mut known = 0;
        for path in paths {
            known += transaction.execute("DELETE FROM looks WHERE path = ?1", [path])?;
        }
        // A night whose results stand reads nothing.
        transaction.execute("DELETE FROM shelf WHERE name = ?1", [NIGHT])?;
        transaction.commit()?;
        Ok(known)
    }
}
