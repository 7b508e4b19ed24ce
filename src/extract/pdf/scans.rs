//! The pictures of a page, and pages that are nothing but pictures.

use crate::extract::pdf::packed;
use crate::extract::{picture, raster};
use crate::model::document::Picture;
use crate::model::limits;
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::raster::PagePicture;
use crate::msg;
use image::{DynamicImage, RgbImage, imageops};
use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::images::PdfImageHandle;

/// Fewer characters over a picture of the whole page are its number or a watermark.
const FEW: usize = 20;
/// The share, in percent, of a page that a scan of it covers.
const COVERED: f32 = 60.0;
/// Pixels for each point of a page that is put together from several pictures: 200 an inch.
const PIXELS: f32 = 200.0 / 72.0;

/// The pictures of a page.
pub struct Pictures {
    /// All of them.
    pub all: Vec<Picture>,
    /// One of them covers most of the page.
    pub cover: bool,
}

/// Whether a page with so many characters of text is a scan; what pictures it has may be unknown.
pub fn is_scan(chars: usize, pictures: Option<&Pictures>) -> bool {
    match pictures {
        Some(pictures) => chars == 0 && !pictures.all.is_empty() || chars < FEW && pictures.cover,
        // What cannot be listed may be a picture of text as well as any.
        None => chars == 0,
    }
}

/// The pictures of a page, known by the bytes that the file stores, so that a photograph is the same in a report of any
/// format; none is unpacked. `None` where they cannot be listed.
pub fn pictures(pdf: &PdfDocument, at: usize) -> Option<Pictures> {
    let listed = pdf.page_image_handles(at).ok()?;
    let cover = cover(pdf, at, &listed).is_some();
    let all = listed.iter().take(limits::PDF_PICTURES).map(known).collect();
    Some(Pictures { all, cover })
}

fn known(image: &PdfImageHandle<'_>) -> Picture {
    image.raw_compressed_bytes().map_or_else(|_| Picture::default(), |bytes| picture::of_bytes(&bytes))
}

/// The largest of the pictures, if it covers most of the page.
fn cover<'p, 'd>(pdf: &PdfDocument, at: usize, listed: &'p [PdfImageHandle<'d>]) -> Option<&'p PdfImageHandle<'d>> {
    let (left, bottom, right, top) = pdf.get_page_media_box(at).ok()?;
    let area = |image: &&PdfImageHandle<'_>| image.bbox.width * image.bbox.height;
    let largest = listed.iter().max_by(|a, b| area(a).total_cmp(&area(b)))?;
    (area(&largest) * 100.0 >= (right - left) * (top - bottom) * COVERED).then_some(largest)
}

/// A page that is a scan: the picture that covers it as it is, or else the strips that it was cut into, put together.
pub fn page(pdf: &PdfDocument, at: usize, n: u32) -> PagePicture {
    let listed = pdf.page_image_handles(at).unwrap_or_default();
    let cover = cover(pdf, at, &listed);
    let fingerprint = cover.map(|image| known(image).fingerprint).unwrap_or_default();
    let turned = pdf.get_page_rotation(at).unwrap_or(0);
    let raster = match cover {
        Some(image) => packed::unpacked(pdf, at, image)
            .map(|picture| upright(picture, turned - image.rotation_degrees.round() as i32)),
        None => strips(pdf, at, &listed).map(|picture| upright(picture, turned)),
    };
    PagePicture { place: Place::Page(n), fingerprint, scanned: true, raster: raster.map(|p| raster::raster(&p)) }
}

/// Turned clockwise.
fn upright(picture: DynamicImage, degrees: i32) -> DynamicImage {
    match degrees.rem_euclid(360) {
        90 => picture.rotate90(),
        180 => picture.rotate180(),
        270 => picture.rotate270(),
        _ => picture,
    }
}

/// The pictures of a page painted on white paper, one over the other as the page has them.
fn strips(pdf: &PdfDocument, at: usize, listed: &[PdfImageHandle<'_>]) -> Result<DynamicImage, Message> {
    let (left, bottom, right, top) = pdf.get_page_media_box(at).map_err(|_| msg!("extract.picture_broken"))?;
    let pixels = |points: f32| (points * PIXELS).round().clamp(1.0, 20_000.0) as u32;
    let (width, height) = (pixels(right - left), pixels(top - bottom));
    raster::within_limits(width, height)?;
    let mut paper = RgbImage::from_pixel(width, height, image::Rgb([255; 3]));
    for image in listed.iter().take(limits::PDF_PICTURES) {
        let (w, h) = (pixels(image.bbox.width).min(width), pixels(image.bbox.height).min(height));
        let strip = packed::unpacked(pdf, at, image)?.resize_exact(w, h, imageops::FilterType::Triangle).to_rgb8();
        let x = ((image.bbox.x - left) * PIXELS).round() as i64;
        let y = ((top - image.bbox.y - image.bbox.height) * PIXELS).round() as i64;
        imageops::overlay(&mut paper, &strip, x, y);
    }
    Ok(DynamicImage::ImageRgb8(paper))
}
