//! The stream of attributes (2.1.3): level, number, length, data, sum of the data.

use crate::extract::le::{slice_at, u16_at, u32_at, usize_at};

/// An attribute.
pub struct Attribute<'a> {
    /// What it is: kind and name.
    pub id: u32,
    /// Its value.
    pub data: &'a [u8],
}

/// The attributes of a message, up to where they end or break off.
pub struct Attributes<'a> {
    rest: &'a [u8],
    whole: bool,
}

impl<'a> Attributes<'a> {
    /// Those behind the signature and the key.
    pub fn new(bytes: &'a [u8]) -> Self {
        const HEADER: usize = 6;
        Attributes { rest: bytes.get(HEADER..).unwrap_or_default(), whole: bytes.len() > HEADER }
    }

    /// Whether those that were given are all, and what they were when they were written.
    pub fn is_whole(&self) -> bool {
        self.whole && self.rest.is_empty()
    }

    fn one(&mut self) -> Option<Attribute<'a>> {
        const HEAD: usize = 9;
        let id = u32_at(self.rest, 1)?;
        let data = slice_at(self.rest, HEAD, usize_at(self.rest, 5)?)?;
        let sum = u16_at(self.rest, HEAD + data.len())?;
        self.rest = self.rest.get(HEAD + data.len() + 2..)?;
        self.whole &= sum == data.iter().fold(0, |sum: u16, byte| sum.wrapping_add(u16::from(*byte)));
        Some(Attribute { id, data })
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.one()
    }
}
