//! An opened file → its Document, text in its pictures included where something recognises it.

use crate::extract;
use crate::intake::Opened;
use crate::model::document::Document;
use crate::ocr::Recogniser;
use crate::ocr::tesseract::Tesseract;

/// What a reader makes of a file. An archive has no text of its own.
pub fn read(opened: &Opened<'_>, tesseract: Option<&Tesseract>) -> Document {
    let Some(bytes) = opened.bytes else { return Document::default() };
    if opened.archive {
        return Document { format: "zip".to_string(), ..Document::default() };
    }
    let mut document = extract::read(bytes);
    if let Some(tesseract) = tesseract.filter(|_| document.may_be_pages()) {
        let mut recogniser = Recogniser::new(tesseract);
        extract::pages(bytes, &document, &mut |picture| recogniser.take(picture));
        recogniser.finish(&mut document);
    }
    document
}
