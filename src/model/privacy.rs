//! Personal data are masked before they leave the house: numbers of persons wherever they stand, and the names of poor
//! households' members where a word beside them says whose names they are. Staff are named in public and stay.
//!
//! [`cover`] takes the numbers and the columns of names out of a document before anything is read from it, so that no
//! quote, count or figure can carry them; [`mask`] does the rest to every text that a Reading keeps.

mod names;
mod numbers;
mod surnames;
mod tables;

use crate::model::document::{Body, Content};
use std::borrow::Cow;

/// Masks ID numbers, bank accounts, phones and the names of poor households' members: `6105**********1234`, `张*`.
/// Everything else stays as it is, and what is masked already stays so.
pub fn mask(text: &str) -> Cow<'_, str> {
    match numbers::mask(text, String::new) {
        Some(masked) => Cow::Owned(names::mask(&masked).unwrap_or(masked)),
        None => names::mask(text).map_or(Cow::Borrowed(text), Cow::Owned),
    }
}

/// [`mask`] in place.
pub fn mask_in(text: &mut String) {
    if let Cow::Owned(masked) = mask(text) {
        *text = masked;
    }
}

/// Masks the numbers of persons in a whole document, and the names in tables whose heads say that they are those of
/// households, pupils or guardians.
pub fn cover(body: &mut Body) {
    for block in &mut body.blocks {
        match &mut block.content {
            Content::Heading(_, text) | Content::Paragraph(text) | Content::Caption(text) => cover_text(text),
            Content::Table(table) => tables::cover(table),
        }
    }
    let captions = body.pictures.iter_mut().filter_map(|p| p.caption.as_mut());
    captions.chain(&mut body.properties.title).for_each(mask_in);
}

fn cover_text(text: &mut String) {
    if let Some(masked) = numbers::mask(text, String::new) {
        *text = masked;
    }
}

#[cfg(test)]
mod tests;
