//! The shelf of a night: what its results were made of stands in the memory, under all that decides how they are made.

use crate::model::shelf::{MadeFrom, Shelf};
use crate::pipeline::memory::Memory;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::sync::{Mutex, PoisonError};

/// The memory as a shelf, while results are written.
pub struct Remembered<'m> {
    made_by: Vec<u8>,
    memory: Mutex<&'m mut Memory>,
}

impl<'m> Remembered<'m> {
    /// Over a memory; none where nothing may be taken from another night.
    pub fn of(memory: &'m mut Memory) -> Option<Self> {
        let made_by = memory.made_by.clone()?;
        Some(Remembered { made_by, memory: Mutex::new(memory) })
    }

    fn key(&self, made_from: &MadeFrom) -> Vec<u8> {
        Sha256::new().chain_update(&self.made_by).chain_update(made_from).finalize().to_vec()
    }
}

impl Shelf for Remembered<'_> {
    fn take(&self, name: &str, made_from: &MadeFrom, open: &mut dyn FnMut(&mut dyn Read)) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = memory.try_to(|store| store.piece(name, &self.key(made_from), open));
    }

    fn put(&self, name: &str, made_from: &MadeFrom, bytes: &[u8]) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = memory.try_to(|store| store.keep_piece(name, &self.key(made_from), bytes));
    }
}
