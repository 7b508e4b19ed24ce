//! Pictures unpacked into pixels, for those who look for text in them. Bounded by [`limits`] before memory is asked for.

use crate::extract::le::u16_at;
use crate::model::limits;
use crate::model::message::Message;
use crate::model::raster::Raster;
use crate::msg;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use std::collections::BTreeSet;
use std::io::Cursor;

/// Bytes that a decoder may take beside the pixels themselves.
const WORKING: u64 = 64 << 20;

/// The pixels of a picture file, turned upright as its camera says.
///
/// # Errors
/// Why it cannot be unpacked: a format without a decoder (HEIC), damage, too many pixels.
pub fn unpack(bytes: &[u8]) -> Result<Raster, Message> {
    let broken = |_| msg!("extract.picture_broken");
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| msg!("extract.picture_broken"))?;
    if reader.format().is_none() {
        return Err(msg!("extract.picture_unknown"));
    }
    let mut bounds = Limits::default();
    bounds.max_alloc = Some(limits::PICTURE_PIXELS * 4 + WORKING);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    within_limits(width, height)?;
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(raster(&picture))
}

/// Whether a picture of this size is unpacked at all.
///
/// # Errors
/// That it is not.
pub fn within_limits(width: u32, height: u32) -> Result<(), Message> {
    if u64::from(width) * u64::from(height) <= limits::PICTURE_PIXELS {
        return Ok(());
    }
    Err(msg!("extract.picture_pixels", limits::PICTURE_PIXELS))
}

/// What is transparent stands on white paper.
pub fn raster(picture: &DynamicImage) -> Raster {
    let (width, height) = (picture.width(), picture.height());
    if !picture.color().has_alpha() {
        return Raster { width, height, rgb: picture.to_rgb8().into_raw() };
    }
    let over = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u16::from(colour), u16::from(alpha));
        ((colour * alpha + 255 * (255 - alpha)) / 255) as u8
    };
    let picture = picture.to_rgba8();
    let rgb = picture.pixels().flat_map(|p| {
        let [r, g, b, a] = p.0;
        [over(r, a), over(g, a), over(b, a)]
    });
    Raster { width, height, rgb: rgb.collect() }
}

/// A TIFF file for each of its pages, at most so many: a scanner puts a whole report into one file, of which decoders show
/// the first page. The same bytes with another page made the first (TIFF 6.0, section 2: the header's offset of an image
/// file directory, and the offset of the next one after each).
pub fn tiff_pages(bytes: &[u8], most: usize) -> Vec<Vec<u8>> {
    directories(bytes)
        .into_iter()
        .take(most)
        .filter_map(|(at, word)| {
            let mut page = bytes.to_vec();
            page.get_mut(4..8)?.copy_from_slice(&word);
            (at < bytes.len()).then_some(page)
        })
        .collect()
}

/// How many pages a TIFF file has.
pub fn tiff_page_count(bytes: &[u8]) -> usize {
    directories(bytes).len()
}

/// Where its directories stand, each once, with the four bytes that say so.
fn directories(bytes: &[u8]) -> Vec<(usize, [u8; 4])> {
    let little = bytes.starts_with(b"II");
    let word = |at: usize| -> Option<[u8; 4]> { bytes.get(at..)?.first_chunk().copied() };
    let offset = |word: [u8; 4]| if little { u32::from_le_bytes(word) } else { u32::from_be_bytes(word) } as usize;
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    let mut next = word(4);
    while let Some(this) = next {
        let at = offset(this);
        let entries = u16_at(bytes, at).map(|n| if little { n } else { n.swap_bytes() });
        let Some(entries) = entries.filter(|_| at != 0 && seen.insert(at)) else { break };
        found.push((at, this));
        next = word(at + 2 + 12 * usize::from(entries));
    }
    found
}
