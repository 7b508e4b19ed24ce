//! The bytes of a picture, written as hexadecimal digits or as they are.

use crate::extract::picture;
use crate::model::document::Picture;
use crate::model::place::Place;

/// A picture while it is read.
#[derive(Debug, Default)]
pub struct PictureBytes {
    bytes: Vec<u8>,
    half: Option<u8>,
    suffix: Option<&'static str>,
}

impl PictureBytes {
    /// Takes a control word.
    pub fn word(&mut self, word: &str) {
        self.suffix = match word {
            "pngblip" => Some("png"),
            "jpegblip" => Some("jpeg"),
            "emfblip" => Some("emf"),
            "wmetafile" => Some("wmf"),
            "macpict" => Some("pict"),
            "dibitmap" | "wbitmap" => Some("dib"),
            _ => self.suffix,
        }
    }

    /// Takes a hexadecimal digit; other characters are line breaks and the like.
    pub fn digit(&mut self, digit: u8) {
        let Some(value) = char::from(digit).to_digit(16).and_then(|d| u8::try_from(d).ok()) else {
            return;
        };
        match self.half.take() {
            Some(high) => self.bytes.push(high << 4 | value),
            None => self.half = Some(value),
        }
    }

    /// Takes bytes.
    pub fn binary(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The picture, the `n`th of the file; `None` where there are no bytes.
    pub fn finish(self, n: usize) -> Option<Picture> {
        (!self.bytes.is_empty()).then(|| Picture {
            name: format!("image{n}.{}", self.suffix.unwrap_or("bin")),
            place: Some(Place::Picture(u32::try_from(n).unwrap_or(u32::MAX))),
            ..picture::of_bytes(&self.bytes)
        })
    }
}
