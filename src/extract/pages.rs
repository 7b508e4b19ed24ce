//! The pictures of a document that may be pages of text, unpacked one at a time: those pages of a PDF that are scans, the
//! pictures of a document without words, and a picture that is a file of its own. Nothing here is done unless somebody
//! wants to look for text in them.

use crate::extract::package::{Member, Package};
use crate::extract::{pdf, picture, raster};
use crate::model::document::{Document, Picture};
use crate::model::limits;
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::raster::PagePicture;
use crate::msg;

/// Gives the pictures in reading order to `take`.
pub fn pages(bytes: &[u8], document: &Document, take: &mut dyn FnMut(PagePicture)) {
    match document.format.as_str() {
        "pdf" => pdf::pages(bytes, take),
        "tiff" => tiff(bytes, take),
        "jpeg" | "png" | "gif" | "bmp" => take(PagePicture {
            place: Place::Whole,
            fingerprint: picture::of_bytes(bytes).fingerprint,
            scanned: false,
            raster: raster::unpack(bytes),
        }),
        _ => {
            let pictures = &document.body.pictures;
            packed(bytes, pictures, limits::OCR_PAGES, &mut |picture, unpacked| {
                take(PagePicture {
                    place: picture.place.clone().unwrap_or(Place::Whole),
                    fingerprint: picture.fingerprint.clone(),
                    scanned: false,
                    raster: unpacked.and_then(|bytes| raster::unpack(&bytes)),
                });
            });
            if pictures.len() > limits::OCR_PAGES {
                take(too_many(Place::Picture));
            }
        }
    }
}

/// A TIFF file of several pages is what a scanner makes of a report.
fn tiff(bytes: &[u8], take: &mut dyn FnMut(PagePicture)) {
    let files = raster::tiff_pages(bytes, limits::OCR_PAGES);
    let several = files.len() > 1;
    let beyond = raster::tiff_page_count(bytes) > files.len();
    for (file, n) in files.iter().zip(1..) {
        take(PagePicture {
            place: if several { Place::Page(n) } else { Place::Whole },
            fingerprint: picture::of_bytes(bytes).fingerprint,
            scanned: several,
            raster: raster::unpack(file),
        });
    }
    if beyond {
        take(too_many(Place::Page));
    }
}

/// The first picture that is one too many.
fn too_many(place: fn(u32) -> Place) -> PagePicture {
    PagePicture::lost(place(limits::OCR_PAGES as u32 + 1), msg!("extract.too_many_pages", limits::OCR_PAGES))
}

/// Gets a picture, and its bytes or why there are none.
pub type Take<'t> = dyn FnMut(&Picture, Result<Vec<u8>, Message>) + 't;

/// The first so many pictures of a package, found again by their fingerprints: each with its bytes.
pub fn packed(bytes: &[u8], pictures: &[Picture], most: usize, take: &mut Take<'_>) {
    let Ok(package) = Package::open(bytes) else { return };
    for wanted in pictures.iter().take(most) {
        let is_it = |m: &&Member| picture::of_member(m).fingerprint == wanted.fingerprint;
        let Some(member) = package.members().iter().find(is_it).filter(|_| wanted.place.is_some()) else { continue };
        take(wanted, package.read(&member.name).map_err(|e| e.message()));
    }
}
