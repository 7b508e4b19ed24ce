//! Whether text is recognised in pictures, and by what.

use crate::model::message::Message;
use crate::msg;
pub use crate::ocr::tesseract::Tesseract;
use std::path::Path;

/// Whether text is recognised in pictures (OCR).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ocr {
    /// Where the program is installed.
    #[default]
    Auto,
    /// No.
    Off,
    /// Yes; without the program nothing is done.
    Require,
}

/// The program to use, of those that were found.
///
/// # Errors
/// Where it is required: why it cannot be used, and what to do.
pub fn tesseract(ocr: Ocr, found: Option<&Path>) -> Result<Option<Tesseract>, Message> {
    let asked = || found.ok_or_else(|| msg!("pipeline.no_tesseract")).and_then(Tesseract::ask);
    match ocr {
        Ocr::Off => Ok(None),
        // What is not there, or not whole, is not used; `require` says why.
        Ocr::Auto => Ok(asked().ok()),
        Ocr::Require => asked().map(Some),
    }
}
