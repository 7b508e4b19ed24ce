//! One run at a time. The operating system holds the lock and lets go of it when the process ends in whatever way, so that a lock
//! is never stale; who holds it stands in a file beside it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The lock is held as long as this lives.
#[derive(Debug)]
pub struct Lock {
    // Dropping the file lets go of the lock.
    _file: File,
    owner: PathBuf,
}

/// Why the lock cannot be had.
#[derive(Debug)]
pub enum LockError {
    /// Another run has it: what that run wrote down about itself.
    Held(String),
    /// The folder cannot be written, or the file system knows no locks.
    Io(io::Error),
}

impl Lock {
    /// Takes the lock in a folder, which is made where there is none; `owner` says who has it.
    ///
    /// # Errors
    /// [`LockError`].
    pub fn take(folder: &Path, owner: &str) -> Result<Self, LockError> {
        fs::create_dir_all(folder).map_err(LockError::Io)?;
        let open = File::options().create(true).truncate(false).write(true).open(folder.join("lock"));
        let file = open.map_err(LockError::Io)?;
        let beside = folder.join("lock-owner");
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LockError::Held(fs::read_to_string(&beside).unwrap_or_default().trim().to_string()));
            }
            Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
        }
        // A note for whoever comes second; without it they learn less, and that is all.
        let _ = fs::write(&beside, owner);
        Ok(Lock { _file: file, owner: beside })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.owner);
    }
}
