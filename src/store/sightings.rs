//! When files were first seen. A file keeps its first sighting when its content is written again in the same place (a school that
//! mends its report did not hand it in late) and when it is moved or renamed.

use crate::model::source::Sighting;
use crate::store::error::StoreError;
use crate::store::state::Store;
use chrono::{DateTime, FixedOffset};
use rusqlite::{Row, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// A file as sightings know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its path as people see it.
    pub path: String,
    /// SHA-256 of its content; empty where it could not be read.
    pub content: String,
    /// Its first sighting.
    pub sighting: Sighting,
}

impl Store {
    /// The first sightings of the files that are here tonight, given as path and content, in their order: the file's own, else that of a file of
    /// the same content that is gone from its place, else tonight's.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn sightings(&self, files: &[(&str, &str)], tonight: Sighting) -> Result<Vec<Sighting>, StoreError> {
        let mut statement = self.connection.prepare("SELECT path, content, first, after FROM sightings")?;
        let mut by_path: BTreeMap<String, Sighting> = BTreeMap::new();
        let mut moved: BTreeMap<String, Sighting> = BTreeMap::new();
        let present: BTreeSet<&str> = files.iter().map(|(path, _)| *path).collect();
        for row in statement.query_map([], seen)? {
            let Seen { path, content, sighting } = row?;
            if !present.contains(path.as_str()) && !content.is_empty() {
                let earliest = moved.entry(content).or_insert(sighting);
                *earliest = sighting.min(*earliest);
            }
            by_path.insert(path, sighting);
        }
        let first = |path: &str, content: &str| by_path.get(path).or_else(|| moved.get(content)).copied();
        Ok(files.iter().map(|(path, content)| first(path, content).unwrap_or(tonight)).collect())
    }

    /// Takes over sightings that earlier results tell of, where the memory itself was lost.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn take_over(&mut self, seen: &[Seen]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        record(&transaction, seen.iter().map(|s| (s.path.as_str(), s.content.as_str(), s.sighting)))?;
        Ok(transaction.commit()?)
    }
}

/// Writes sightings down, of a path and a content each; those that stand already are not written again.
pub(super) fn record<'s>(
    transaction: &Transaction<'_>,
    seen: impl Iterator<Item = (&'s str, &'s str, Sighting)>,
) -> Result<(), StoreError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO sightings VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (path) DO UPDATE SET content = excluded.content, first = excluded.first, after = excluded.after
         WHERE content <> excluded.content OR first <> excluded.first OR after IS NOT excluded.after",
    )?;
    for (path, content, sighting) in seen {
        insert.execute(params![path, content, sighting.first.to_rfc3339(), sighting.after.map(|t| t.to_rfc3339())])?;
    }
    Ok(())
}

fn seen(row: &Row<'_>) -> rusqlite::Result<Seen> {
    let time = |n: usize| -> rusqlite::Result<Option<DateTime<FixedOffset>>> {
        let text: Option<String> = row.get(n)?;
        Ok(text.and_then(|t| DateTime::parse_from_rfc3339(&t).ok()))
    };
    Ok(Seen {
        path: row.get(0)?,
        content: row.get(1)?,
        sighting: Sighting { first: time(2)?.unwrap_or_default(), after: time(3)? },
    })
}
