//! The piece table: which bytes of the stream `WordDocument` make the text, and in which order ([MS-DOC] 2.8.35, 2.9.38).

use crate::extract::codepage;
use crate::extract::doc::sprm;
use crate::extract::le::{slice_at, u8_at, u16_at, u32_at, usize_at};
use crate::model::limits;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::ops::Range;

/// A stretch of text that lies together in the stream.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its characters.
    pub cps: Range<usize>,
    /// Where its first character lies.
    pub fc: usize,
    /// Bytes a character: 1 or 2.
    pub width: usize,
    /// Modifiers of all its characters and paragraphs.
    pub modifiers: Vec<u8>,
}

impl Piece {
    /// Where a character of the piece lies.
    pub fn fc_of(&self, cp: usize) -> usize {
        self.fc + cp.saturating_sub(self.cps.start) * self.width
    }
}

/// The text of all stories, one after another.
#[derive(Debug, Default)]
pub struct Text {
    /// A UTF-16 unit for each character position. Where a double-byte character fills two positions, the second is 0.
    pub units: Vec<u16>,
    /// The pieces in order.
    pub pieces: Vec<Piece>,
    /// Whether the text is longer than what is kept.
    pub cut: bool,
}

impl Text {
    /// Reads the structure Clx. A piece whose bytes are not all there ends the text.
    pub fn read(clx: &[u8], word: &[u8], language: u16) -> Option<Text> {
        let (modifiers, table) = split(clx)?;
        let count = table.len().checked_sub(4)? / 12;
        let mut text = Text::default();
        for i in 0..count {
            let (start, end) = (usize_at(table, i * 4)?, usize_at(table, i * 4 + 4)?);
            let at = (count + 1) * 4 + i * 8;
            let (fc, prm) = (u32_at(table, at + 2)?, u16_at(table, at + 6)?);
            let Some(mut len) = end.checked_sub(start).filter(|_| start == text.units.len()) else {
                break;
            };
            const COMPRESSED: u32 = 1 << 30;
            let (fc, width) = if fc & COMPRESSED == 0 { (fc, 2) } else { ((fc & !COMPRESSED) / 2, 1) };
            let fc = usize::try_from(fc).ok()?;
            if len > limits::TEXT_CHARS - text.units.len() {
                len = limits::TEXT_CHARS - text.units.len();
                text.cut = true;
            }
            let there = word.len().saturating_sub(fc) / width;
            let bytes = slice_at(word, fc, len.min(there) * width).unwrap_or_default();
            if width == 2 {
                text.units.extend(bytes.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])));
            } else {
                decode(bytes, language, &mut text.units);
            }
            text.pieces.push(Piece {
                cps: start..text.units.len(),
                fc,
                width,
                modifiers: modifiers_of(prm, &modifiers),
            });
            if text.cut || there < len {
                break;
            }
        }
        Some(text)
    }

    /// The piece that holds a character.
    pub fn piece_at(&self, cp: usize) -> Option<&Piece> {
        let at = self.pieces.partition_point(|p| p.cps.end <= cp);
        self.pieces.get(at).filter(|p| p.cps.contains(&cp))
    }
}

/// The groups of modifiers and the piece table in a Clx.
fn split(clx: &[u8]) -> Option<(Vec<&[u8]>, &[u8])> {
    let mut groups = Vec::new();
    let mut at = 0;
    loop {
        match u8_at(clx, at)? {
            1 => {
                let len = usize::from(u16_at(clx, at + 1)?);
                groups.push(slice_at(clx, at + 3, len)?);
                at += 3 + len;
            }
            2 => {
                let len = usize_at(clx, at + 1)?;
                let rest = clx.get(at + 5..)?;
                return Some((groups, rest.get(..len).unwrap_or(rest)));
            }
            _ => return None,
        }
    }
}

fn modifiers_of(prm: u16, groups: &[&[u8]]) -> Vec<u8> {
    if prm & 1 == 0 {
        sprm::of_short_form(prm).map(|b| b.to_vec()).unwrap_or_default()
    } else {
        groups.get(usize::from(prm >> 1)).map(|g| g.to_vec()).unwrap_or_default()
    }
}

/// Decodes text of a byte a character: Windows-1252, unless the language is East Asian and the high bytes pair up
/// as its double bytes do.
fn decode(bytes: &[u8], language: u16, units: &mut Vec<u16>) {
    let double = codepage::of_east_asian_language(language).filter(|e| !bytes.is_ascii() && pairs_up(bytes, e));
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if let Some(encoding) = double.filter(|_| *byte >= 0x80)
            && let Some(pair) = bytes.get(at..at + 2)
        {
            let (decoded, _) = encoding.decode_without_bom_handling(pair);
            let mut decoded = decoded.encode_utf16();
            units.extend([decoded.next().unwrap_or(0xFFFD), 0]);
            at += 2;
            continue;
        }
        let (decoded, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(byte));
        units.push(decoded.encode_utf16().next().unwrap_or(0xFFFD));
        at += 1;
    }
}

/// Whether every byte from 0x80 begins a pair of the encoding, and there are pairs enough for that to be no chance.
fn pairs_up(bytes: &[u8], encoding: &'static Encoding) -> bool {
    const ENOUGH: usize = 2;
    let mut pairs = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte < 0x80 {
            at += 1;
            continue;
        }
        let Some(pair) = bytes.get(at..at + 2) else {
            return false;
        };
        if encoding.decode_without_bom_handling_and_without_replacement(pair).is_none_or(|t| t.chars().count() != 1) {
            return false;
        }
        pairs += 1;
        at += 2;
    }
    pairs >= ENOUGH
}
