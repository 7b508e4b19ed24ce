//! Pictures of pages → lines of text, by the program Tesseract where it is installed. The only room that starts somebody
//! else's program; where it stands and whether it may be used is said by the caller.
//!
//! ```text
//! PagePicture ─▶ look (is it a page of text?) ─▶ prepare (stamps out, grey, scaled) ─▶ tesseract ─▶ tsv ─▶ lines with places
//! ```
//!
//! What fails costs the page: it stays the scan, or the photograph, that it was.

mod light;
mod look;
mod prepare;
mod stamps;
pub mod tesseract;
mod tsv;

use crate::model::document::{Block, Content, Document};
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::raster::{PagePicture, Raster};
use crate::model::recognition::Recognised;
use crate::msg;
use look::Look;
use tesseract::Tesseract;
use tsv::Text;

/// Counted up whenever other text comes of the same picture and the same program.
pub const VERSION: u32 = 1;
/// Below this mean confidence, in percent, what was recognised is no text: a photograph gives such letters.
const LEAST_CONFIDENCE: u8 = 50;
/// Fewer characters are the words on a banner or a door plate, not a page.
const LEAST_CHARS: usize = 30;

/// Recognises the pages of one document.
pub struct Recogniser<'t> {
    tesseract: &'t Tesseract,
    read: Vec<Page>,
    /// Scanned pages that remain so, and why where something failed.
    unread: Vec<(Place, Unread)>,
    /// Scanned pages with nothing on them.
    blank: Vec<Place>,
}

/// Why a picture has no text.
enum Unread {
    /// It shows none.
    Nothing,
    /// It cannot be unpacked.
    Broken(Message),
    /// The program failed.
    Failed(Message),
}

impl Unread {
    /// What to say of a scanned page.
    fn problem(self, place: Place) -> Problem {
        match self {
            Unread::Nothing => Problem::LostText(msg!("ocr.no_text"), place),
            Unread::Broken(why) => Problem::LostText(why, place),
            Unread::Failed(why) => Problem::NotRecognised(why, place),
        }
    }
}

struct Page {
    place: Place,
    fingerprint: String,
    text: Text,
}

impl<'t> Recogniser<'t> {
    /// Nothing recognised yet.
    pub fn new(tesseract: &'t Tesseract) -> Self {
        Recogniser { tesseract, read: Vec::new(), unread: Vec::new(), blank: Vec::new() }
    }

    /// Takes the next picture. One that may be a photograph is looked at first.
    pub fn take(&mut self, picture: PagePicture) {
        let PagePicture { place, fingerprint, scanned, raster } = picture;
        match raster.map_err(Unread::Broken).and_then(|raster| self.text(&raster, scanned)) {
            Ok(Some(text)) => self.read.push(Page { place, fingerprint, text }),
            Ok(None) if scanned => self.blank.push(place),
            Err(why @ Unread::Failed(_)) => self.unread.push((place, why)),
            Err(why) if scanned => self.unread.push((place, why)),
            // A photograph.
            _ => {}
        }
    }

    /// The text of a picture; none where it is blank, an error where it cannot be had.
    fn text(&self, raster: &Raster, scanned: bool) -> Result<Option<Text>, Unread> {
        match look::look(raster) {
            Look::Blank => return Ok(None),
            Look::Photograph if !scanned => return Err(Unread::Nothing),
            Look::Photograph | Look::Page => {}
        }
        let table = self.tesseract.recognise(&prepare::prepare(raster)).map_err(Unread::Failed)?;
        let text = tsv::text(&table);
        let is_text = text.confidence >= LEAST_CONFIDENCE && (scanned || text.chars() >= LEAST_CHARS);
        if is_text && text.chars() > 0 { Ok(Some(text)) } else { Err(Unread::Nothing) }
    }

    /// Puts what was recognised into the document: lines in the place of the pictures, which are no photographs then, and no
    /// loss any more.
    pub fn finish(self, document: &mut Document) {
        if self.read.is_empty() {
            // What keeps one page from being recognised mostly keeps all.
            let failed = self.unread.into_iter().find(|(_, why)| !matches!(why, Unread::Nothing));
            document.body.losses.extend(failed.map(|(place, why)| why.problem(place)));
            return;
        }
        document.reader = format!("{}+{}/{VERSION}", document.reader, self.tesseract.version);
        let body = &mut document.body;
        let answered = |place: &Place| self.read.iter().any(|p| p.place == *place) || self.blank.contains(place);
        body.losses.retain(|loss| match loss {
            Problem::Scanned(_) | Problem::OnlyPictures(_) => false,
            Problem::LostText(_, place) => !answered(place),
            _ => true,
        });
        for (place, why) in self.unread {
            let is_said = body.losses.iter().any(|l| matches!(l, Problem::LostText(_, at) if *at == place));
            if !is_said || !matches!(why, Unread::Nothing) {
                body.losses.push(why.problem(place));
            }
        }
        let weight = |p: &Page| p.text.chars() as u64;
        let chars: u64 = self.read.iter().map(weight).sum();
        let sum: u64 = self.read.iter().map(|p| weight(p) * u64::from(p.text.confidence)).sum();
        let mean = u8::try_from(sum / chars.max(1)).unwrap_or(100);
        body.losses.push(Problem::Recognised(u32::try_from(self.read.len()).unwrap_or(u32::MAX), mean));
        for Page { place, fingerprint, text } in self.read {
            body.pictures.retain(|p| p.fingerprint != fingerprint || fingerprint.is_empty());
            // A page number in the text layer is in the picture too.
            body.blocks.retain(|b| b.place.picture().as_ref() != Some(&place));
            let later = body.blocks.iter().position(|b| b.place.picture().is_some_and(|p| p > place));
            let at = later.unwrap_or(body.blocks.len());
            let lines = text.lines.into_iter().zip(1..);
            let lines = lines.map(|(line, n)| Block { place: place.line(n), content: Content::Paragraph(line) });
            body.blocks.splice(at..at, lines);
            body.recognised.push(Recognised { place, confidence: text.confidence });
        }
    }
}

#[cfg(test)]
mod tests;
