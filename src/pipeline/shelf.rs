//! The shelf of a night: what its results were made of stands in the memory, under all that decides how they are made.

use crate::model::shelf::{Closed, MadeFrom, Shelf};
use crate::pipeline::memory::Memory;
use crate::pipeline::spool::TempFile;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::sync::{Mutex, PoisonError};

/// The memory as a shelf, while results are written.
pub struct Remembered<'m> {
    made_by: Vec<u8>,
    memory: Mutex<&'m mut Memory>,
    spool: Option<&'m TempFile>,
}

impl<'m> Remembered<'m> {
    /// Over a memory; none where nothing may be taken from another night. `spool` is where what results are made from waits.
    pub fn of(memory: &'m mut Memory, spool: Option<&'m TempFile>) -> Option<Self> {
        let made_by = memory.made_by.clone()?;
        Some(Remembered { made_by, memory: Mutex::new(memory), spool })
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

    fn put(&self, name: &str, made_from: &MadeFrom, closed: &Closed<'_>) {
        // It may be made from half of what it says that it is made from.
        if self.spool.is_some_and(TempFile::has_lost) {
            return;
        }
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = memory.try_to(|store| store.keep_piece(name, &self.key(made_from), closed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::shelf::whole;
    use crate::model::spool::Spool;

    #[test]
    fn nothing_is_kept_that_may_be_made_from_half() {
        let folder = tempfile::tempdir().unwrap();
        let mut memory = Memory::open(Some(folder.path()), "甲", folder.path()).unwrap();
        memory.made_by = Some(b"this build".to_vec());
        let spool = TempFile::new().unwrap();
        let shelf = Remembered::of(&mut memory, Some(&spool)).unwrap();
        let there = |name: &str| {
            let mut there = None;
            shelf.take(name, &[1; 32], &mut |bytes| there = whole(bytes));
            there
        };
        shelf.put("whole", &[1; 32], &Closed::bytes("page"));
        assert_eq!(spool.bytes(1, 1), None);
        shelf.put("half", &[1; 32], &Closed::bytes("pa"));
        assert_eq!((there("whole"), there("half")), (Some(b"page".to_vec()), None));
    }
}
