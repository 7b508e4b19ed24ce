//! The names of the fonts, which symbols need ([MS-DOC] 2.9.286 SttbfFfn, 2.9.82 FFN).

use crate::extract::le::{slice_at, u8_at, u16_at};

/// The names by the fonts' numbers.
pub fn names(table: &[u8]) -> Vec<String> {
    const NAME: usize = 39;
    let count = u16_at(table, 0).unwrap_or(0);
    let mut names = Vec::new();
    let mut at = 4;
    for _ in 0..count {
        let Some(len) = u8_at(table, at).map(usize::from) else {
            break;
        };
        let font = slice_at(table, at + 1, len).unwrap_or_default();
        let units = font.get(NAME..).unwrap_or_default().chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]]));
        let name: Vec<u16> = units.take_while(|u| *u != 0).collect();
        names.push(String::from_utf16_lossy(&name));
        at += 1 + len;
    }
    names
}
