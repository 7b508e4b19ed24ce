//! What a night makes of unchanged findings, kept for the next: a quiet night writes it again and need not make it again.

use crate::model::packed::write_to;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

/// What something was made from, as a SHA-256.
pub type MadeFrom = [u8; 32];

/// Where such things are kept. What cannot be kept, or is there no longer, is made again.
pub trait Shelf: Sync {
    /// Opens what was kept under a name, if it was made from the same.
    fn take(&self, name: &str, made_from: &MadeFrom, open: &mut dyn FnMut(&mut dyn Read));
    /// Keeps something in the place of what stood there under its name.
    fn put(&self, name: &str, made_from: &MadeFrom, closed: &Closed<'_>);
}

/// Something closed, to be kept: it is written piece by piece, and need not stand in memory beside what it was made from.
pub struct Closed<'t> {
    /// How many bytes it writes.
    pub len: u64,
    write: Box<Writing<'t>>,
}

type Writing<'t> = dyn Fn(&mut dyn Write) -> io::Result<()> + 't;

impl<'t> Closed<'t> {
    /// Bytes as they are.
    pub fn bytes(bytes: impl AsRef<[u8]> + 't) -> Self {
        let len = bytes.as_ref().len() as u64;
        Closed { len, write: Box::new(move |out| out.write_all(bytes.as_ref())) }
    }

    /// A value as its bytes; nothing for one that cannot be written.
    pub fn value<T: Serialize>(value: &'t T) -> Option<Self> {
        let mut counted = Counted(0);
        write_to(&mut counted, value).ok()?;
        Some(Closed { len: counted.0, write: Box::new(move |out| write_to(out, value)) })
    }

    /// Writes it.
    ///
    /// # Errors
    /// The writer's own; what is lost of it.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(out)
    }
}

struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The place on a shelf of all that is made from one thing; or no place, where everything is made anew.
#[derive(Clone, Copy, Default)]
pub struct Kept<'s>(Option<(&'s dyn Shelf, MadeFrom)>);

impl<'s> Kept<'s> {
    /// The place of what is made from something.
    pub fn of(place: Option<(&'s dyn Shelf, MadeFrom)>) -> Self {
        Kept(place)
    }

    /// What was kept under a name and can still be opened; else it is made, and kept closed.
    pub fn or_make<T>(
        &self,
        name: &str,
        open: impl FnOnce(&mut dyn Read) -> Option<T>,
        make: impl FnOnce() -> T,
        close: impl FnOnce(&T) -> Option<Closed<'_>>,
    ) -> T {
        let Some((shelf, made_from)) = &self.0 else { return make() };
        let (mut open, mut opened) = (Some(open), None);
        shelf.take(name, made_from, &mut |bytes| opened = open.take().and_then(|open| open(bytes)));
        opened.unwrap_or_else(|| {
            let made = make();
            close(&made).into_iter().for_each(|closed| shelf.put(name, made_from, &closed));
            made
        })
    }
}

/// Kept bytes, all of them.
pub fn whole(bytes: &mut dyn Read) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    bytes.read_to_end(&mut all).ok()?;
    Some(all)
}

/// What a value is known by; nothing for one that cannot be written. A packed list counts by its bytes and is not opened.
pub fn made_from<T: Serialize + ?Sized>(value: &T) -> Option<MadeFrom> {
    let mut digest = Digesting(Sha256::new());
    write_to(&mut digest, value).ok()?;
    Some(digest.0.finalize().into())
}

struct Digesting(Sha256);

impl Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_is_as_long_as_it_says() {
        let value = (7, "会议", vec![Some(1), None]);
        for closed in [Closed::value(&value).unwrap(), Closed::bytes(b"page"), Closed::bytes(vec![1, 2])] {
            let mut written = Vec::new();
            closed.write(&mut written).unwrap();
            assert_eq!(written.len() as u64, closed.len);
        }
    }

    #[test]
    fn values_are_known_by_all_that_they_hold() {
        let of = |n: u32, name: &str| made_from(&(n, name, vec![Some(1), None])).unwrap();
        assert_eq!(of(1, "会议"), of(1, "会议"));
        assert_ne!(of(1, "会议"), of(2, "会议"));
        assert_ne!(of(1, "会议"), of(1, "会"));
    }
}
