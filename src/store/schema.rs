//! The tables, and how an older form of them becomes the present one.

use crate::store::error::StoreError;
use rusqlite::Connection;
use std::path::Path;

/// Each step leads from one version to the next; the first makes everything. Steps are only ever added.
const STEPS: &[&str] = &[
    "
    -- What a file said when it was last examined. `recipe` is what it was examined by, `content` what it was.
    CREATE TABLE looks (
        path TEXT PRIMARY KEY, len INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
        content TEXT NOT NULL, recipe BLOB NOT NULL, reading BLOB NOT NULL
    );
    -- What was read of it, so that other rules can be asked.
    CREATE TABLE transcripts (content TEXT PRIMARY KEY, readers BLOB NOT NULL, transcript BLOB NOT NULL);
    -- The first night that saw a file, and the night before that.
    CREATE TABLE sightings (path TEXT PRIMARY KEY, content TEXT NOT NULL, first TEXT NOT NULL, after TEXT);
    CREATE INDEX sightings_by_content ON sightings (content);
    CREATE TABLE nights (id INTEGER PRIMARY KEY, moment INTEGER NOT NULL UNIQUE, as_of TEXT NOT NULL);
    -- A row stands from the night `since` until, and without, the night `until`. `first` is when the gap came up.
    CREATE TABLE gaps (
        flag TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER, first INTEGER NOT NULL, fingerprint TEXT NOT NULL,
        gap TEXT NOT NULL
    );
    CREATE INDEX gaps_standing ON gaps (flag) WHERE until IS NULL;
    -- The same for verdicts; the empty item is the submission.
    CREATE TABLE verdicts (
        school TEXT NOT NULL, item TEXT NOT NULL, status TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER
    );
    CREATE INDEX verdicts_standing ON verdicts (school, item) WHERE until IS NULL;
",
    "
    -- Pieces of results, by name, and what each was made from.
    CREATE TABLE shelf (name TEXT PRIMARY KEY, made_from BLOB NOT NULL, bytes BLOB NOT NULL);
",
];

/// Brings the tables up to date. Whether there were none.
///
/// # Errors
/// [`StoreError::Later`] where a later program has been here; what SQLite says.
pub fn bring_up_to_date(connection: &Connection, path: &Path) -> Result<bool, StoreError> {
    let ours = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > ours {
        return Err(StoreError::Later(version, ours));
    }
    if version > 0 && version < ours {
        // Through SQLite, so that what still stands in the journal is in the copy.
        let copy = path.with_extension(format!("v{version}.sqlite"));
        if !copy.exists() {
            connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
        }
    }
    for (step, next) in STEPS.iter().zip(1..).skip(version as usize) {
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {step} PRAGMA user_version = {next}; COMMIT;"))?;
    }
    Ok(version == 0)
}
