//! What waits outside memory while a night goes on: texts and evidence of all files, in a temporary file without a name that
//! goes with the process.

use crate::model::spool::Spool;
use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// So many bytes are written at a time.
const AT_ONCE: usize = 1 << 18;

/// A temporary file.
#[derive(Debug)]
pub struct TempFile {
    file: File,
    tail: Mutex<Tail>,
    lost: AtomicBool,
}

/// What is not in the file yet.
#[derive(Debug, Default)]
struct Tail {
    /// Where it will stand.
    at: u64,
    bytes: Vec<u8>,
    /// The disk takes no more.
    full: bool,
}

impl TempFile {
    /// A new one; none where the system has no room for it. Everything stays in memory then.
    pub fn new() -> Option<Self> {
        let file = tempfile::tempfile().ok()?;
        Some(TempFile { file, tail: Mutex::default(), lost: AtomicBool::new(false) })
    }

    /// Whether something could not be had back: what was made since is not to be trusted.
    pub fn has_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    fn read(&self, at: u64, len: usize) -> io::Result<Vec<u8>> {
        let tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(from) = at.checked_sub(tail.at) {
            let from = usize::try_from(from).map_err(io::Error::other)?;
            let bytes = tail.bytes.get(from..from.saturating_add(len));
            return bytes.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into());
        }
        drop(tail);
        let mut bytes = vec![0; len];
        read_at(&self.file, &mut bytes, at)?;
        Ok(bytes)
    }
}

impl Spool for TempFile {
    fn keep(&self, bytes: &[u8]) -> Option<u64> {
        let mut tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        if tail.full {
            return None;
        }
        let at = tail.at + tail.bytes.len() as u64;
        tail.bytes.extend_from_slice(bytes);
        if tail.bytes.len() >= AT_ONCE {
            match write_at(&self.file, &tail.bytes, tail.at) {
                Ok(()) => {
                    tail.at += tail.bytes.len() as u64;
                    tail.bytes.clear();
                }
                // What is in the tail stays in it.
                Err(_) => tail.full = true,
            }
        }
        Some(at)
    }

    fn bytes(&self, at: u64, len: usize) -> Option<Vec<u8>> {
        let read = self.read(at, len);
        if read.is_err() {
            self.lost.store(true, Ordering::Relaxed);
        }
        read.ok()
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => (bytes, at) = (bytes.split_at_mut(read).1, at + read as u64),
        }
    }
    Ok(())
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, at)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => (bytes, at) = (bytes.split_at(written).1, at + written as u64),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_away_comes_back_from_wherever_it_is() {
        let spool = TempFile::new().unwrap();
        let kept: Vec<(u64, Vec<u8>)> = (0..900_u32)
            .map(|n| {
                let bytes: Vec<u8> = n.to_le_bytes().repeat(n as usize);
                (spool.keep(&bytes).unwrap(), bytes)
            })
            .collect();
        for (at, bytes) in kept {
            assert_eq!(spool.bytes(at, bytes.len()).unwrap(), bytes);
        }
        assert!(!spool.has_lost());
    }

    #[test]
    fn what_is_not_there_is_a_loss() {
        let spool = TempFile::new().unwrap();
        let at = spool.keep(&vec![7; AT_ONCE]).unwrap();
        spool.file.set_len(10).unwrap();
        assert_eq!(spool.bytes(at, AT_ONCE), None);
        assert!(spool.has_lost());
    }

    #[test]
    fn a_disk_that_takes_no_more_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("only read");
        std::fs::write(&path, "").unwrap();
        let file = File::open(path).unwrap();
        let spool = TempFile { file, tail: Mutex::default(), lost: AtomicBool::new(false) };
        let at = spool.keep(&vec![7; AT_ONCE]).unwrap();
        assert_eq!(spool.keep(b"more"), None);
        assert_eq!(spool.bytes(at, AT_ONCE).unwrap(), vec![7; AT_ONCE]);
    }
}
