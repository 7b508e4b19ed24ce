//! The stream of records: id, length, data (MS-XLS 2.1.4), with the continuations of a record beside it.

use crate::extract::le::u16_at;

/// Continue (MS-XLS 2.4.58).
const CONTINUE: u16 = 0x003C;

/// A record and the data of the Continue records behind it.
#[derive(Debug)]
pub struct Record<'a> {
    /// What it is.
    pub id: u16,
    /// The record's own data, then that of its continuations.
    pub parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The record's own data.
    pub fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The records of a stream, up to where it ends or breaks off.
#[derive(Debug)]
pub struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// From the beginning of `stream`.
    pub fn new(stream: &'a [u8]) -> Self {
        Records { rest: stream }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let id = u16_at(self.rest, 0)?;
        let end = 4 + usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..end)?;
        self.rest = self.rest.get(end..)?;
        Some((id, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (id, data) = self.one()?;
        let mut parts = vec![data];
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            let Some((_, more)) = self.one() else { break };
            parts.push(more);
        }
        Some(Record { id, parts })
    }
}
