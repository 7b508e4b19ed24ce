//! The pages of properties: which bytes of the text have which modifiers ([MS-DOC] 2.8.5, 2.8.6, 2.9.32, 2.9.175).

use crate::extract::le::{slice_at, u8_at, u16_at, usize_at};
use std::ops::Range;

/// The length of a page of properties, in bytes.
const PAGE: usize = 512;

/// A stretch of the stream with its modifiers.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// Where it starts in the stream.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The style, for paragraphs.
    pub style: u16,
    /// The modifiers.
    pub modifiers: &'a [u8],
}

/// Runs from the first byte to the last, none over another.
#[derive(Debug, Default)]
pub struct Runs<'a>(Vec<Run<'a>>);

impl<'a> Runs<'a> {
    /// The runs of characters, from their table of pages.
    pub fn of_characters(pages: &[u8], word: &'a [u8]) -> Self {
        Runs::read(pages, word, |page, count, i| {
            let at = usize::from(u8_at(page, (count + 1) * 4 + i)?) * 2;
            // Offset 0 means no modifiers.
            let modifiers = if at == 0 { &[] } else { slice_at(page, at + 1, usize::from(u8_at(page, at)?))? };
            Some((0, modifiers))
        })
    }

    /// The paragraphs, from their table of pages.
    pub fn of_paragraphs(pages: &[u8], word: &'a [u8]) -> Self {
        Runs::read(pages, word, |page, count, i| {
            let at = usize::from(u8_at(page, (count + 1) * 4 + i * 13)?) * 2;
            if at == 0 {
                return Some((0, &[]));
            }
            let bytes = match usize::from(u8_at(page, at)?) {
                0 => slice_at(page, at + 2, usize::from(u8_at(page, at + 1)?) * 2)?,
                half => slice_at(page, at + 1, half * 2 - 1)?,
            };
            Some((u16_at(bytes, 0)?, bytes.get(2..)?))
        })
    }

    fn read(pages: &[u8], word: &'a [u8], of: impl Fn(&'a [u8], usize, usize) -> Option<(u16, &'a [u8])>) -> Self {
        let count = pages.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        for p in 0..count {
            const PAGE_NUMBER: usize = 0x3F_FFFF;
            let Some(number) = usize_at(pages, (count + 1) * 4 + p * 4) else {
                break;
            };
            let Some(page) = slice_at(word, (number & PAGE_NUMBER) * PAGE, PAGE) else {
                continue;
            };
            let in_page = usize::from(u8_at(page, PAGE - 1).unwrap_or(0));
            for i in 0..in_page {
                let (Some(start), Some(end)) = (usize_at(page, i * 4), usize_at(page, i * 4 + 4)) else {
                    break;
                };
                let (style, modifiers) = of(page, in_page, i).unwrap_or_default();
                runs.push(Run { start, end, style, modifiers });
            }
        }
        runs.sort_by_key(|r| r.start);
        let mut reached = 0;
        runs.retain(|r| {
            let fits = r.start >= reached && r.end > r.start;
            if fits {
                reached = r.end;
            }
            fits
        });
        Runs(runs)
    }

    /// The run that a byte lies in.
    pub fn at(&self, fc: usize) -> Option<&Run<'a>> {
        self.0.get(self.0.partition_point(|r| r.end <= fc)).filter(|r| r.start <= fc)
    }

    /// The runs that have bytes in the range.
    pub fn within(&self, range: Range<usize>) -> impl Iterator<Item = &Run<'a>> {
        let first = self.0.partition_point(|r| r.end <= range.start);
        self.0.iter().skip(first).take_while(move |r| r.start < range.end)
    }
}
