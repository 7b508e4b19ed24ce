//! Pictures of a PDF → pixels. What scanners and archives pack pages by is decoded here: JBIG2 (ISO 32000-1, 7.4.7) by
//! `hayro-jbig2` and JPEG 2000 (7.4.9) by `hayro-jpeg2000`; every other packing is `pdf_oxide`'s.

use crate::extract::raster::within_limits;
use crate::model::limits;
use crate::model::message::Message;
use crate::msg;
use hayro_jpeg2000::DecodedImage;
use image::{DynamicImage, GrayImage, RgbImage};
use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::images::{PdfFilter, PdfImageHandle};
use pdf_oxide::object::{Object, ObjectRef};
use std::collections::BTreeSet;

/// The most objects that are looked through for the one that a picture is.
const OBJECTS: usize = 1_000;
/// Samples of a JPEG 2000 picture that are decoded at their full resolution; each takes some ten bytes meanwhile.
const SAMPLES: u64 = 50_000_000;

/// The pixels of a picture of a page.
///
/// # Errors
/// Too many pixels, damage, or a packing that nothing here decodes.
pub fn unpacked(pdf: &PdfDocument, at: usize, image: &PdfImageHandle<'_>) -> Result<DynamicImage, Message> {
    within_limits(image.width, image.height)?;
    let packed = || msg!("extract.picture_packed", format!("{:?}", image.filter_chain));
    match image.filter_chain.last() {
        Some(PdfFilter::JBIG2Decode) => jbig2(&stream(pdf, at, image).ok_or_else(packed)?, pdf),
        Some(PdfFilter::JPXDecode) => jpeg_2000(&stream(pdf, at, image).and_then(|s| data(&s)).ok_or_else(packed)?),
        _ => image.decode().and_then(|image| image.to_dynamic_image()).map_err(|_| packed()),
    }
}

fn broken() -> Message {
    msg!("extract.picture_broken")
}

/// What comes out of the filters before the last, which leaves its bytes as they are.
fn data(stream: &Object) -> Option<Vec<u8>> {
    stream.decode_stream_data().ok()
}

/// The stream that a picture is, with its dictionary, which the library does not show: found again among what the page
/// paints, forms within forms, by its bytes.
fn stream(pdf: &PdfDocument, at: usize, image: &PdfImageHandle<'_>) -> Option<Object> {
    let wanted = image.raw_compressed_bytes().ok()?;
    let page = pdf.get_page(at).ok()?;
    let mut resources = vec![page.as_dict()?.get("Resources")?.clone()];
    let mut seen: BTreeSet<(u32, u16)> = BTreeSet::new();
    while let Some(next) = resources.pop() {
        let objects = resolved(pdf, &next).and_then(|r| resolved(pdf, r.as_dict()?.get("XObject")?));
        let Some(objects) = objects.as_ref().and_then(Object::as_dict) else { continue };
        let references: BTreeSet<(u32, u16)> =
            objects.values().filter_map(Object::as_reference).map(|r| (r.id, r.r#gen)).collect();
        for reference in references {
            if seen.len() >= OBJECTS || !seen.insert(reference) {
                continue;
            }
            let Ok(object) = pdf.load_object(ObjectRef::new(reference.0, reference.1)) else { continue };
            match &object {
                Object::Stream { data, .. } if *data == wanted => return Some(object),
                Object::Stream { dict, .. } => resources.extend(dict.get("Resources").cloned()),
                _ => {}
            }
        }
    }
    None
}

fn resolved(pdf: &PdfDocument, object: &Object) -> Option<Object> {
    object.as_reference().map_or_else(|| Some(object.clone()), |reference| pdf.load_object(reference).ok())
}

/// A page in black and white; segments that several pages share stand in a stream of their own.
fn jbig2(stream: &Object, pdf: &PdfDocument) -> Result<DynamicImage, Message> {
    let bytes = data(stream).ok_or_else(broken)?;
    let shared = globals(stream, pdf);
    let settings = hayro_jbig2::DecodeSettings::default();
    let shared = shared.map(|bytes| hayro_jbig2::Globals::new(&bytes, &settings)).transpose().map_err(|_| broken())?;
    let page = hayro_jbig2::Page::new_embedded(&bytes, shared.as_ref(), &settings).map_err(|_| broken())?;
    let (width, height) = (page.width(), page.height());
    within_limits(width, height)?;
    let mut paper = Paper { grey: Vec::new(), black: if is_inverted(stream) { 255 } else { 0 } };
    page.decode(&mut paper).map_err(|_| broken())?;
    let picture = GrayImage::from_raw(width, height, paper.grey).ok_or_else(broken)?;
    Ok(DynamicImage::ImageLuma8(picture))
}

fn globals(stream: &Object, pdf: &PdfDocument) -> Option<Vec<u8>> {
    let parameters = resolved(pdf, stream.as_dict()?.get("DecodeParms")?)?;
    // One dictionary a filter where there are several filters.
    let parameters = match &parameters {
        Object::Array(each) => resolved(pdf, each.last()?)?,
        _ => parameters,
    };
    data(&resolved(pdf, parameters.as_dict()?.get("JBIG2Globals")?)?)
}

/// Whether black is said to be white (ISO 32000-1, table 90).
fn is_inverted(stream: &Object) -> bool {
    let decode = stream.as_dict().and_then(|dict| dict.get("Decode")).and_then(Object::as_array);
    let first = decode.and_then(|decode| decode.first());
    matches!(first, Some(Object::Integer(1))) || matches!(first, Some(Object::Real(one)) if *one > 0.5)
}

/// Takes the pixels of a page in black and white, row by row.
struct Paper {
    grey: Vec<u8>,
    black: u8,
}

impl Paper {
    fn push(&mut self, black: bool, pixels: usize) {
        let grey = if black { self.black } else { !self.black };
        self.grey.extend(std::iter::repeat_n(grey, pixels));
    }
}

impl hayro_jbig2::Decoder for Paper {
    fn push_pixel(&mut self, black: bool) {
        self.push(black, 1);
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        self.push(black, chunk_count as usize * 8);
    }

    fn next_line(&mut self) {}
}

fn jpeg_2000(bytes: &[u8]) -> Result<DynamicImage, Message> {
    let settings = hayro_jpeg2000::DecodeSettings::default();
    let mut image = hayro_jpeg2000::Image::new(bytes, &settings).map_err(|_| broken())?;
    let (width, height) = (image.width(), image.height());
    within_limits(width, height)?;
    // A page is brought to 300 pixels an inch afterwards; the picture holds coarser ones ready.
    let samples = u64::from(width) * u64::from(height) * u64::from(image.color_space().num_channels()).max(1);
    if samples > SAMPLES {
        let coarser = Some((width.div_ceil(2), height.div_ceil(2)));
        let settings = hayro_jpeg2000::DecodeSettings { target_resolution: coarser, ..settings };
        image = hayro_jpeg2000::Image::new(bytes, &settings).map_err(|_| broken())?;
    }
    let (width, height, has_alpha) = (image.width(), image.height(), image.has_alpha());
    let mut context = hayro_jpeg2000::DecoderContext::default();
    let decoded = image.decode(&mut context).map_err(|_| broken())?;
    pixels(&decoded, width, height, has_alpha).ok_or_else(broken)
}

/// Grey, red-green-blue or the four inks, by the number of channels; what is transparent is no page of text.
fn pixels(decoded: &DecodedImage<'_>, width: u32, height: u32, has_alpha: bool) -> Option<DynamicImage> {
    let each = decoded.components().len();
    if each == 0 || u64::from(width) * u64::from(height) > limits::PICTURE_PIXELS {
        return None;
    }
    let samples = decoded.data_u8();
    let channels = each - usize::from(has_alpha && each > 1);
    if channels < 3 {
        let grey = if each == 1 { samples } else { samples.chunks_exact(each).map(|p| p[0]).collect() };
        return GrayImage::from_raw(width, height, grey).map(DynamicImage::ImageLuma8);
    }
    let inked = |ink: u8, black: u8| (u16::from(255 - ink) * u16::from(255 - black) / 255) as u8;
    let colour = |p: &[u8]| match channels {
        4 => [inked(p[0], p[3]), inked(p[1], p[3]), inked(p[2], p[3])],
        _ => [p[0], p[1], p[2]],
    };
    let rgb = if each == 3 { samples } else { samples.chunks_exact(each).flat_map(colour).collect() };
    RgbImage::from_raw(width, height, rgb).map(DynamicImage::ImageRgb8)
}
