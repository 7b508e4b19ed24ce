//! An opened file → its Document, text in its pictures included where something recognises it.

use crate::extract;
use crate::intake::Opened;
use crate::model::document::Document;
use crate::model::passwords::Passwords;
use crate::model::source::Enclosed;
use crate::model::thumbnail::Thumbnail;
use crate::ocr::Recogniser;
use crate::ocr::tesseract::Tesseract;
use std::ops::Range;
use std::panic::catch_unwind;

/// What a reader makes of a file. An archive has no text of its own.
pub fn read(opened: &Opened<'_>, passwords: &Passwords, tesseract: Option<&Tesseract>) -> Document {
    let bytes = match (opened.archive, opened.bytes) {
        (Some(format), _) => return Document { format: format.to_string(), ..Document::default() },
        (None, None) => return Document::default(),
        (None, Some(bytes)) => bytes,
    };
    let mut document = extract::read_with(bytes, passwords);
    if let Some(tesseract) = tesseract.filter(|_| document.may_be_pages()) {
        let mut recogniser = Recogniser::new(tesseract);
        extract::pages(bytes, &document, &mut |picture| recogniser.take(picture));
        recogniser.finish(&mut document);
    }
    document
}

/// Small pictures of the photographs that a file is or holds.
pub fn thumbnails(opened: &Opened<'_>, passwords: &Passwords, most: usize) -> Vec<Thumbnail> {
    match (opened.archive, opened.bytes) {
        (None, Some(bytes)) => extract::thumbnails(bytes, &extract::read_with(bytes, passwords), most),
        _ => Vec::new(),
    }
}

/// The files inside a document. A reader that panics has found none; that it panics is said of the document itself.
pub fn enclosed(bytes: &[u8]) -> Vec<Enclosed> {
    catch_unwind(|| extract::enclosed(bytes)).unwrap_or_default()
}

/// What of a file nobody asks for who wants its text. A reader that panics has found nothing such.
pub fn needless(bytes: &[u8]) -> Vec<Range<usize>> {
    catch_unwind(|| extract::needless(bytes)).unwrap_or_default()
}
