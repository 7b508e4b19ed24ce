//! Presentations of before 2007 and of WPS ([MS-PPT]): the texts of the slides in their order, notes, pictures.
//!
//! A presentation that was saved many times keeps its older slides in the stream. The list of persistent objects says which
//! ones are alive; where it cannot be followed, every slide in the stream is read and the file is said to be doubtful.

use crate::extract::le::{u32_at, usize_at};
use crate::extract::office_art::{Record, image, record, walk};
use crate::extract::ole::Compound;
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::{Block, Body, Content};
use crate::model::limits::TEXT_CHARS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use std::collections::{BTreeMap, BTreeSet};

#[cfg(test)]
mod tests;

/// Reads `.ppt` and `.dps`.
pub const READER: Reader = Reader { name: "ppt", version: 1, formats: &[Format::Ppt], read };

/// The stream of the slides.
const MAIN: &str = "PowerPoint Document";

// Kinds of records ([MS-PPT] 2.13.24).
const SLIDE: u16 = 1006;
const NOTES: u16 = 1008;
const LIST: u16 = 4080;
const PERSIST: u16 = 1011;
const CHARS: u16 = 4000;
const BYTES: u16 = 4008;
const PERSIST_LIST: u16 = 6002;
const USER_EDIT: u16 = 4085;
/// Current User of an encrypted presentation begins so ([MS-PPT] 2.3.2).
const ENCRYPTED: u32 = 0xF3D1_C4DF;

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let file = Compound::open(bytes)?;
    let user = file.read("Current User").unwrap_or_default();
    if u32_at(&user, 12) == Some(ENCRYPTED) {
        return Err(Failure::Encrypted);
    }
    let stream = file.read(MAIN).ok_or_else(|| Failure::Damaged(msg!("extract.part_lost", MAIN)))?;
    let mut deck = Deck { body: Body { properties: file.properties(), ..Body::default() }, ..Deck::default() };
    let alive = objects(&stream, usize_at(&user, 16)).is_some_and(|alive| deck.read_alive(&stream, &alive));
    if !alive {
        deck = Deck { body: Body { properties: file.properties(), ..Body::default() }, ..Deck::default() };
        deck.read_all(&stream);
        deck.body.losses.push(Problem::LostText(msg!("extract.ppt_order"), Place::Whole));
    }
    let Deck { mut body, notes, .. } = deck;
    body.blocks.extend(notes);
    walk(&file.read("Pictures").unwrap_or_default(), 0, &mut |r, _| {
        if let Some(image) = image(r) {
            body.pictures.push(image.picture(body.pictures.len() + 1));
        }
    });
    Ok(body)
}

/// Where each persistent object stands, by its number, and the number of the document itself: the newest entries of all
/// edits ([MS-PPT] 2.1.2).
fn objects(stream: &[u8], newest: Option<usize>) -> Option<(BTreeMap<u32, usize>, u32)> {
    let mut places = BTreeMap::new();
    let (mut at, mut document) = (newest?, None);
    let mut seen = BTreeSet::new();
    while at != 0 && seen.insert(at) {
        let edit = record(stream, at).filter(|r| r.kind == USER_EDIT)?;
        let list = record(stream, usize_at(edit.body, 12)?).filter(|r| r.kind == PERSIST_LIST)?;
        document = document.or(u32_at(edit.body, 16));
        let mut from = 0;
        while let Some(head) = u32_at(list.body, from) {
            for n in 0..head >> 20 {
                from += 4;
                places.entry((head & 0xF_FFFF) + n).or_insert(usize_at(list.body, from)?);
            }
            from += 4;
        }
        at = usize_at(edit.body, 8)?;
    }
    Some((places, document?))
}

/// A presentation as far as it has been read.
#[derive(Default)]
struct Deck {
    body: Body,
    notes: Vec<Block>,
    slides: u32,
    chars: usize,
}

impl Deck {
    /// The slides that the document lists, each with its outline first. Whether the list could be followed.
    fn read_alive(&mut self, stream: &[u8], (places, document): &(BTreeMap<u32, usize>, u32)) -> bool {
        let object = |id: u32| places.get(&id).and_then(|at| record(stream, *at));
        let Some(document) = object(*document) else { return false };
        // Instance 0 lists the slides, 2 the notes ([MS-PPT] 2.4.14.3, 2.4.14.6); 1 the masters, which have no text of their own.
        for wanted in [0, 2] {
            let mut listed: Vec<(u32, Vec<String>)> = Vec::new();
            walk(document.body, 0, &mut |list, _| {
                if list.kind == LIST && list.instance == wanted {
                    walk(list.body, 0, &mut |r, _| match (r.kind, listed.last_mut()) {
                        (PERSIST, _) => listed.extend(u32_at(r.body, 0).map(|id| (id, Vec::new()))),
                        (_, Some((_, texts))) => texts.extend(text(r)),
                        _ => {}
                    });
                }
            });
            for (id, outline) in listed {
                let Some(slide) = object(id) else { return false };
                self.add(slide.body, outline, wanted == 2);
            }
        }
        true
    }

    /// Whatever slides stand in the stream.
    fn read_all(&mut self, stream: &[u8]) {
        walk(stream, 0, &mut |r, depth| {
            if depth == 0 && matches!(r.kind, SLIDE | NOTES) {
                self.add(r.body, Vec::new(), r.kind == NOTES);
            }
        });
    }

    fn add(&mut self, slide: &[u8], mut texts: Vec<String>, is_notes: bool) {
        if !is_notes {
            self.slides += 1;
        }
        let n =
            if is_notes { u32::try_from(self.notes.len()).unwrap_or(u32::MAX).saturating_add(1) } else { self.slides };
        let place = if is_notes { Place::Note(n) } else { Place::Slide(n) };
        walk(slide, 0, &mut |r, _| texts.extend(text(r)));
        for line in texts.iter().flat_map(|t| t.split(['\r', '\u{b}'])).map(str::trim).filter(|l| !l.is_empty()) {
            self.chars += line.chars().count();
            if self.chars > TEXT_CHARS {
                let lost = Problem::LostText(msg!("extract.text_too_long"), place);
                if !self.body.losses.contains(&lost) {
                    self.body.losses.push(lost);
                }
                return;
            }
            let block = Block { place: place.clone(), content: Content::Paragraph(line.to_string()) };
            if is_notes { &mut self.notes } else { &mut self.body.blocks }.push(block);
        }
    }
}

/// The text of a record, if it is one. `*` stands for the number of a slide and the like.
fn text(r: &Record<'_>) -> Option<String> {
    let text = match r.kind {
        CHARS => encoding_rs::UTF_16LE.decode_without_bom_handling(r.body).0.into_owned(),
        BYTES => r.body.iter().map(|b| char::from(*b)).collect(),
        _ => return None,
    };
    (text.trim() != "*").then_some(text)
}
