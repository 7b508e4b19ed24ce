//! What a night knows of the nights before, and leaves to the nights after. A night that cannot remember goes on without: it takes
//! longer, compares with nothing, and says so.

use crate::extract;
use crate::intake::{Found, nanoseconds};
use crate::model::changes::{Change, Changes, Standing};
use crate::model::findings::Findings;
use crate::model::message::Message;
use crate::model::reading::Reading;
use crate::model::source::{Litter, Sighting};
use crate::msg;
use crate::ocr;
use crate::pipeline::error::PipelineError;
use crate::pipeline::results;
use crate::store::Store;
use crate::store::accepted::{self, Accepted};
use crate::store::cache::Outside;
use crate::store::error::StoreError;
use crate::store::lock::{Lock, LockError};
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A file that was written less than this before it is examined may be written again without looking different.
const TICK: Duration = Duration::from_secs(3);

/// The memory of one run, held under the campaign's lock.
#[derive(Debug, Default)]
pub struct Memory {
    /// The store; none where nothing can be remembered.
    pub store: Option<Store>,
    /// What a person should know about it.
    pub notes: Vec<Message>,
    /// All that decides how results are made, beside what they are made from; none where nothing is taken from another night.
    pub made_by: Option<Vec<u8>>,
    folder: Option<PathBuf>,
    _lock: Option<Lock>,
}

impl Memory {
    /// Opens the memory in a folder, `.shouqi/` of the campaign, and keeps other runs out; `owner` says who has it. Where there is none yet, first sightings are
    /// taken over from the results in `out`.
    ///
    /// # Errors
    /// [`PipelineError::Locked`] where another run has it.
    pub fn open(folder: Option<&Path>, owner: &str, out: &Path) -> Result<Self, PipelineError> {
        let Some(folder) = folder else { return Ok(Memory::default()) };
        let mut notes = Vec::new();
        let lock = match Lock::take(folder, owner) {
            Ok(lock) => Some(lock),
            Err(LockError::Held(by)) => return Err(PipelineError::Locked(by)),
            Err(LockError::Io(error)) => {
                notes.push(msg!("pipeline.no_lock", folder.display().to_string(), error.to_string()));
                None
            }
        };
        let mut memory = Memory { _lock: lock, notes, folder: Some(folder.to_path_buf()), ..Memory::default() };
        match Store::open(folder) {
            Ok(store) => {
                memory.notes.extend(store.notes().iter().cloned());
                memory.store = Some(store);
            }
            Err(error) => memory.without(&error),
        }
        if memory.store.as_ref().is_some_and(Store::is_new) {
            memory.rebuild(out);
        }
        Ok(memory)
    }

    /// The memory was lost or never was: earlier results tell when files were first seen.
    fn rebuild(&mut self, out: &Path) {
        let seen = results::sightings(out);
        if seen.is_empty() {
            return;
        }
        self.notes.push(msg!("pipeline.rebuilt", seen.len()));
        self.try_to(|store| store.take_over(&seen));
    }

    /// Goes on without a memory, and says why.
    pub fn without(&mut self, error: &StoreError) {
        self.store = None;
        self.notes.push(msg!("pipeline.no_memory", error.message()));
    }

    /// Does something with the memory; where that fails the night goes on without one.
    pub fn try_to<T>(&mut self, with: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> Option<T> {
        match with(self.store.as_mut()?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.without(&error);
                None
            }
        }
    }

    /// Tells each file when it was first seen.
    pub fn recall(&mut self, readings: &mut [Reading], as_of: DateTime<FixedOffset>) {
        let seen = self.try_to(|store| {
            let before = store.night_before(as_of)?;
            let tonight = Sighting { first: as_of, after: before.map(|n| n.as_of) };
            let files: Vec<(&str, &str)> =
                readings.iter().map(|r| (r.source.path.as_str(), r.source.digest.as_str())).collect();
            store.sightings(&files, tonight)
        });
        for (reading, sighting) in readings.iter_mut().zip(seen.unwrap_or_default()) {
            reading.source.stamps.seen = Some(sighting);
        }
    }

    /// Sets files aside that a person has accepted as they are, members of archives too.
    pub fn set_aside(&mut self, readings: &mut [Reading]) {
        let Some(accepted) = self.folder.as_deref().map(accepted::read) else { return };
        match accepted {
            Ok(accepted) if accepted.is_empty() => {}
            Ok(accepted) => readings.iter_mut().for_each(|r| mark(r, &accepted)),
            Err(error) => self.notes.push(msg!("pipeline.accepted_unread", error.to_string())),
        }
    }

    /// What is different from the night before.
    pub fn changes(&mut self, findings: &Findings) -> Changes {
        self.try_to(|store| store.changes(findings)).unwrap_or_else(|| Changes {
            standing: findings
                .flags
                .iter()
                .map(|f| (f.id.clone(), Standing { change: Change::New, nights: 1 }))
                .collect(),
            ..Changes::default()
        })
    }

    /// Remembers a night whose results stand.
    pub fn remember(&mut self, findings: &Findings) {
        if self.try_to(|store| store.remember(findings)) == Some(false) {
            self.notes.push(msg!("pipeline.looks_back"));
        }
    }
}

fn mark(reading: &mut Reading, accepted: &BTreeMap<(String, String), Accepted>) {
    let key = (reading.source.path.to_string(), reading.source.digest.clone());
    if accepted.contains_key(&key) {
        reading.source.litter = Some(Litter::Accepted);
    }
    reading.members.iter_mut().for_each(|member| mark(member, accepted));
}

/// What a file looks like from outside; nothing where that says too little to rely on.
pub fn outside(found: &Found, now: SystemTime) -> Option<Outside> {
    let modified = found.modified.filter(|m| now.duration_since(*m).is_ok_and(|age| age >= TICK))?;
    Some(Outside { path: found.shown.clone(), len: found.len, modified: nanoseconds(modified), changed: found.changed })
}

/// Names and versions of all readers, and of what recognises text in pictures, in one text.
pub fn readers(recogniser: Option<&str>) -> String {
    let readers = extract::READERS.iter().map(|r| format!("{}/{}", r.name, r.version));
    readers.chain(recogniser.map(|r| format!("{r}/{}", ocr::VERSION))).collect::<Vec<_>>().join(" ")
}
