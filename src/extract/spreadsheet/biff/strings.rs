//! Strings: UTF-16 or its low bytes since BIFF8, bytes of a code page before.

use crate::extract::codepage;
use crate::extract::encoding;
use crate::extract::spreadsheet::biff::records::Record;
use encoding_rs::WINDOWS_1252;

/// Generations of the format that differ in their strings and records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Version {
    /// Excel 2.
    Biff2,
    /// Excel 3.
    Biff3,
    /// Excel 4.
    Biff4,
    /// Excel 5 and 95.
    Biff5,
    /// Excel 97 to 2003.
    #[default]
    Biff8,
}

/// A place in a record that may run on into its continuations.
#[derive(Debug)]
pub struct Reading<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    rest: &'a [u8],
}

impl<'a> Reading<'a> {
    /// From the record's first byte.
    pub fn new(record: Record<'a>) -> Self {
        let mut parts = record.parts.into_iter();
        let rest = parts.next().unwrap_or_default();
        Reading { parts, rest }
    }

    /// The next byte, in the next part if need be.
    pub fn byte(&mut self) -> Option<u8> {
        loop {
            if let Some((first, rest)) = self.rest.split_first() {
                self.rest = rest;
                return Some(*first);
            }
            self.rest = self.parts.next()?;
        }
    }

    /// The next word.
    pub fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// Passes over so many bytes.
    pub fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.rest.len() {
            count -= self.rest.len();
            self.rest = self.parts.next()?;
        }
        self.rest = self.rest.get(count..)?;
        Some(())
    }

    /// So many characters, of two bytes or one; each continuation says anew which (MS-XLS 2.5.293).
    pub fn chars(&mut self, count: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < count {
            if self.rest.is_empty() {
                self.rest = self.parts.next()?;
                wide = self.byte()? & 1 != 0;
                continue;
            }
            let size = if wide { 2 } else { 1 };
            let take = (count - units.len()).min(self.rest.len() / size);
            if take == 0 {
                // Half a character at the end of a part: broken, and nothing to go on from.
                return None;
            }
            let (now, rest) = self.rest.split_at_checked(take * size)?;
            self.rest = rest;
            if wide {
                units.extend(now.as_chunks::<2>().0.iter().map(|b| u16::from_le_bytes(*b)));
            } else {
                units.extend(now.iter().map(|b| u16::from(*b)));
            }
        }
        Some(String::from_utf16_lossy(&units).replace('\0', ""))
    }

    /// A string of the shared table: characters, then formatting runs and phonetics, which are passed over.
    pub fn rich_string(&mut self) -> Option<String> {
        let count = usize::from(self.word()?);
        let flags = self.byte()?;
        let runs = if flags & 0x08 != 0 { usize::from(self.word()?) } else { 0 };
        let extra = if flags & 0x04 != 0 { usize::from(self.word()?) | usize::from(self.word()?) << 16 } else { 0 };
        let text = self.chars(count, flags & 1 != 0)?;
        self.skip(runs * 4 + extra)?;
        Some(text)
    }

    /// A string with its length before it; what is missing of it at the record's end is left out.
    pub fn string(&mut self, long: bool, version: Version, page: CodePage) -> Option<String> {
        let count = if long { usize::from(self.word()?) } else { usize::from(self.byte()?) };
        if version == Version::Biff8 {
            // An empty string may come without its flags.
            let Some(flags) = self.byte() else {
                return (count == 0).then(String::new);
            };
            let size = if flags & 1 != 0 { 2 } else { 1 };
            let present = if self.parts.len() == 0 { count.min(self.rest.len() / size) } else { count };
            return self.chars(present, flags & 1 != 0);
        }
        let bytes = self.rest.get(..count.min(self.rest.len()))?;
        self.rest = self.rest.get(bytes.len()..)?;
        Some(page.decode(bytes))
    }
}

/// The code page of byte strings (MS-XLS 2.4.52).
#[derive(Debug, Clone, Copy)]
pub struct CodePage(pub(super) u16);

impl Default for CodePage {
    /// A Chinese Windows, where the file does not say.
    fn default() -> Self {
        CodePage(936)
    }
}

impl CodePage {
    /// The text of bytes. Some exporters declare the Western page and write GB2312 all the same: high bytes that come in
    /// pairs of that set are not accents.
    pub fn decode(self, bytes: &[u8]) -> String {
        let encoding = codepage::of_code_page(u32::from(self.0)).unwrap_or(WINDOWS_1252);
        if encoding == WINDOWS_1252 && is_gb2312(bytes) {
            return encoding::decode(bytes, Some("gb18030")).0;
        }
        encoding.decode_without_bom_handling(bytes).0.replace('\0', "")
    }
}

fn is_gb2312(bytes: &[u8]) -> bool {
    let (mut rest, mut pairs) = (bytes, 0);
    while let Some((first, after)) = rest.split_first() {
        rest = match (first, after) {
            (0x00..=0x7F, _) => after,
            (0xA1..=0xA9 | 0xB0..=0xF7, [0xA1..=0xFE, then @ ..]) => {
                pairs += 1;
                then
            }
            _ => return false,
        };
    }
    pairs > 0
}
