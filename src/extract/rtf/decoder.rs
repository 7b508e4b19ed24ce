//! Bytes → characters, by the font's character set and the document's code page.

use crate::extract::codepage;
use crate::extract::symbols::symbol;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;

/// A font of the table.
#[derive(Debug, Default, Clone)]
pub struct Font {
    /// Its character set.
    pub charset: Option<u32>,
    /// Its code page, which comes before the character set.
    pub code_page: Option<u32>,
    /// Its name.
    pub name: String,
}

/// Turns the bytes of a document into text.
#[derive(Debug, Default)]
pub struct Decoder {
    /// The code page of `\ansicpg`.
    pub code_page: Option<u32>,
    /// The table of fonts.
    pub fonts: BTreeMap<i32, Font>,
    /// Bytes whose character may not be whole yet: its halves can stand in two escapes, and on two lines.
    pending: Vec<u8>,
    /// The first half of a `\u` pair.
    surrogate: Option<u16>,
}

const SYMBOL_CHARSET: u32 = 2;

impl Decoder {
    /// Whether plain bytes of the file may be double-byte characters.
    pub fn writes_double_bytes(&self) -> bool {
        matches!(self.code_page, Some(932 | 936 | 949 | 950))
    }

    /// Takes a byte.
    pub fn byte(&mut self, byte: u8) {
        self.pending.push(byte);
    }

    /// Takes a unit of `\u`; gives the character that it completes.
    pub fn unit(&mut self, unit: u16, font: Option<i32>) -> Option<char> {
        let first = self.surrogate.take();
        match unit {
            0xD800..=0xDBFF => {
                self.surrogate = Some(unit);
                None
            }
            0xDC00..=0xDFFF => char::decode_utf16([first?, unit]).next()?.ok(),
            0xF000..=0xF0FF => symbol(&self.font(font)?.name, u32::from(unit)),
            _ => char::from_u32(u32::from(unit)).filter(|c| !c.is_control()),
        }
    }

    /// The text of the bytes taken, in the given font.
    pub fn flush(&mut self, font: Option<i32>) -> String {
        if self.pending.is_empty() {
            return String::new();
        }
        let bytes = std::mem::take(&mut self.pending);
        if bytes.is_ascii() && self.font(font).is_none_or(|f| f.charset != Some(SYMBOL_CHARSET)) {
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        if let Some(font) = self.font(font).filter(|f| f.charset == Some(SYMBOL_CHARSET)) {
            return bytes.iter().filter_map(|b| symbol(&font.name, u32::from(*b))).collect();
        }
        let of_font = self
            .font(font)
            .and_then(|f| f.code_page.and_then(codepage::of_code_page).or_else(|| codepage::of_charset(f.charset?)));
        let of_file = self.code_page.and_then(codepage::of_code_page);
        // A Latin font over Chinese bytes is common: the document's code page then tells.
        let encoding = match (of_font, of_file) {
            (Some(font), Some(file)) if font.is_single_byte() && !file.is_single_byte() && decodes(&bytes, file) => {
                file
            }
            (Some(font), _) => font,
            (None, Some(file)) => file,
            (None, None) => WINDOWS_1252,
        };
        encoding.decode_without_bom_handling(&bytes).0.into_owned()
    }

    fn font(&self, font: Option<i32>) -> Option<&Font> {
        self.fonts.get(&font?)
    }
}

fn decodes(bytes: &[u8], encoding: &'static Encoding) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}
