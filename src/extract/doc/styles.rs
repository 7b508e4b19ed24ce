//! The style sheet: which styles are headings, captions, lists or hidden ([MS-DOC] 2.9.271 STSH).

use crate::extract::doc::sprm::{self, prls};
use crate::extract::le::{slice_at, u16_at};

/// A chain of styles longer than this goes round.
const CHAIN: usize = 32;

/// A style.
#[derive(Debug, Default, Clone, Copy)]
struct Style<'a> {
    /// Which built-in style it is.
    built_in: u16,
    /// The style that it is based on.
    base: u16,
    paragraph: &'a [u8],
    character: &'a [u8],
}

/// The styles by their number in the file.
#[derive(Debug, Default)]
pub struct Styles<'a>(Vec<Style<'a>>);

impl<'a> Styles<'a> {
    /// Reads the style sheet; what is broken in it is left out.
    pub fn read(sheet: &'a [u8]) -> Self {
        let mut styles = Vec::new();
        let Some(head) = u16_at(sheet, 0).map(usize::from) else {
            return Styles::default();
        };
        let count = u16_at(sheet, 2).unwrap_or(0);
        let base_len = u16_at(sheet, 4).map_or(10, usize::from);
        let mut at = 2 + head;
        for _ in 0..count {
            let Some(len) = u16_at(sheet, at).map(usize::from) else {
                break;
            };
            let Some(bytes) = slice_at(sheet, at + 2, len) else {
                break;
            };
            styles.push(style(bytes, base_len).unwrap_or_default());
            at += 2 + len;
        }
        Styles(styles)
    }

    /// The built-in style that a style is or is based on: 1 to 9 are the headings, 34 is the caption.
    pub fn built_in(&self, style: u16) -> u16 {
        self.0.get(usize::from(style)).map_or(0, |s| s.built_in)
    }

    /// The paragraph modifiers of the styles that a style is based on, then its own.
    pub fn paragraph_modifiers(&self, style: u16) -> Vec<&'a [u8]> {
        let mut chain = Vec::new();
        let mut next = style;
        while let Some(s) = self.0.get(usize::from(next)).filter(|_| chain.len() < CHAIN) {
            chain.push(s.paragraph);
            next = s.base;
        }
        chain.reverse();
        chain
    }

    /// Whether a character style hides its text.
    pub fn hides(&self, style: u16) -> bool {
        let mut next = style;
        for _ in 0..CHAIN {
            let Some(s) = self.0.get(usize::from(next)) else {
                break;
            };
            if let Some(hidden) = prls(s.character).filter(|p| p.code == sprm::C_HIDDEN).last() {
                return hidden.byte() == 1;
            }
            next = s.base;
        }
        false
    }
}

fn style(bytes: &[u8], base_len: usize) -> Option<Style<'_>> {
    const OF_PARAGRAPHS: u16 = 1;
    const OF_CHARACTERS: u16 = 2;
    let built_in = u16_at(bytes, 0)? & 0x0FFF;
    let kind = u16_at(bytes, 2)?;
    let name_len = usize::from(u16_at(bytes, base_len)?);
    let mut at = base_len + 2 + name_len * 2 + 2;
    let mut update = || {
        at += at % 2;
        let len = usize::from(u16_at(bytes, at)?);
        let body = slice_at(bytes, at + 2, len)?;
        at += 2 + len;
        Some(body)
    };
    let mut style = Style { built_in, base: kind >> 4, ..Style::default() };
    match kind & 0x0F {
        OF_PARAGRAPHS => {
            style.paragraph = update().and_then(|b| b.get(2..)).unwrap_or_default();
            style.character = update().unwrap_or_default();
        }
        OF_CHARACTERS => style.character = update().unwrap_or_default(),
        _ => {}
    }
    Some(style)
}
