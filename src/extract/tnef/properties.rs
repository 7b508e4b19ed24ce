//! A list of properties (2.1.3.4): what a message or an attachment is, by the numbers of [MS-OXPROPS].

use crate::extract::encoding;
use crate::extract::le::{slice_at, u16_at, u32_at, u64_at, usize_at};
use encoding_rs::{Encoding, UTF_16LE};
use std::collections::BTreeMap;

/// Several values under one number.
const MULTIPLE: u16 = 0x1000;
const TEXT: u16 = 0x001E;
const WIDE_TEXT: u16 = 0x001F;
const BINARY: u16 = 0x0102;
const OBJECT: u16 = 0x000D;
/// Numbers from here on are of this message alone, and have names.
const NAMED: u16 = 0x8000;

/// The properties that have numbers.
pub struct Properties<'a> {
    page: &'static Encoding,
    /// Kind and first value by number.
    values: BTreeMap<u16, (u16, &'a [u8])>,
    /// The list was read to its end.
    pub whole: bool,
}

impl<'a> Properties<'a> {
    /// The properties of a list; byte strings in it are of this code page.
    pub fn read(data: &'a [u8], page: &'static Encoding) -> Self {
        let mut cursor = Cursor { data, at: 4 };
        let count = u32_at(data, 0).unwrap_or_default();
        let mut properties = Properties { page, values: BTreeMap::new(), whole: data.len() >= 4 };
        for _ in 0..count {
            let Some((id, kind, value)) = cursor.property() else {
                properties.whole = false;
                break;
            };
            if let Some(value) = value.filter(|_| id < NAMED) {
                properties.values.entry(id).or_insert((kind, value));
            }
        }
        properties
    }

    /// A property that is text, and not empty.
    pub fn text(&self, id: u16) -> Option<String> {
        let text = match self.values.get(&id)? {
            (WIDE_TEXT, wide) => UTF_16LE.decode_without_bom_handling(wide).0.trim_matches('\0').trim().to_string(),
            (TEXT, bytes) => text(bytes, self.page),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A property that is bytes.
    pub fn binary(&self, id: u16) -> Option<&'a [u8]> {
        self.of(id, BINARY)
    }

    /// A property that is an object.
    pub fn object(&self, id: u16) -> Option<&'a [u8]> {
        self.of(id, OBJECT)
    }

    /// A property that is a long number.
    pub fn number(&self, id: u16) -> Option<u64> {
        u64_at(self.values.get(&id)?.1, 0)
    }

    fn of(&self, id: u16, kind: u16) -> Option<&'a [u8]> {
        self.values.get(&id).filter(|(k, _)| *k == kind).map(|(_, value)| *value)
    }
}

/// A byte string of this code page, or whatever else it is.
pub fn text(bytes: &[u8], page: &'static Encoding) -> String {
    let text = match page.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text.into_owned(),
        None => encoding::decode(bytes, None).0,
    };
    text.trim_matches('\0').trim().to_string()
}

struct Cursor<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Number, kind and first value of the next property; a list of values may be empty.
    fn property(&mut self) -> Option<(u16, u16, Option<&'a [u8]>)> {
        let (kind, id) = (u16_at(self.data, self.at)?, u16_at(self.data, self.at + 2)?);
        self.at += 4;
        if id >= NAMED {
            self.name()?;
        }
        let single = kind & !MULTIPLE;
        let fixed = match single {
            0x0002 | 0x0003 | 0x0004 | 0x000A | 0x000B => Some(4),
            0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => Some(8),
            0x0048 => Some(16),
            TEXT | WIDE_TEXT | BINARY | OBJECT => None,
            // Without its length the rest cannot be told apart.
            _ => return None,
        };
        let count = if fixed.is_none() || kind & MULTIPLE != 0 { self.length()? } else { 1 };
        let mut first = None;
        for _ in 0..count {
            let len = fixed.map_or_else(|| self.length(), Some)?;
            let value = self.take(len)?;
            first = first.or(Some(value));
        }
        Some((id, single, first))
    }

    /// The name of a property that has one: whose it is, then a number or a text.
    fn name(&mut self) -> Option<()> {
        self.take(16)?;
        match self.length()? {
            0 => drop(self.take(4)?),
            _ => {
                let len = self.length()?;
                self.take(len)?;
            }
        }
        Some(())
    }

    fn length(&mut self) -> Option<usize> {
        let length = usize_at(self.data, self.at)?;
        self.at += 4;
        Some(length)
    }

    /// The bytes, and past what fills them up to a multiple of four.
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let value = slice_at(self.data, self.at, len)?;
        self.at = self.at.checked_add(len.checked_next_multiple_of(4)?)?;
        Some(value)
    }
}
