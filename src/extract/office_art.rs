//! OfficeArt, the drawings of binary office files: its records, and the pictures in them ([MS-ODRAW] 2.2).

use crate::extract::le::{slice_at, u8_at, u16_at, u32_at, usize_at};
use crate::extract::picture;
use crate::model::document::Picture;
use crate::model::limits;
use crate::model::place::Place;
use std::borrow::Cow;

/// An entry of the store of pictures ([MS-ODRAW] 2.2.32 OfficeArtFBSE).
pub const STORE_ENTRY: u16 = 0xF007;

/// A picture as it was put into the file.
#[derive(Debug, Clone)]
pub struct Image<'a> {
    /// The suffix of its format.
    pub suffix: &'static str,
    /// The image file's bytes; metafiles inflated.
    pub bytes: Cow<'a, [u8]>,
}

impl Image<'_> {
    /// The picture, the `n`th of its file.
    pub fn picture(&self, n: usize) -> Picture {
        let place = Some(Place::Picture(u32::try_from(n).unwrap_or(u32::MAX)));
        Picture { name: format!("image{n}.{}", self.suffix), place, ..picture::of_bytes(&self.bytes) }
    }
}

/// A record ([MS-ODRAW] 2.2.1).
pub struct Record<'a> {
    /// What it is.
    pub kind: u16,
    /// A number whose meaning depends on the kind.
    pub instance: u16,
    container: bool,
    /// Its bytes after the head.
    pub body: &'a [u8],
    /// Where the next one begins.
    pub end: usize,
}

/// The record at a place; one that breaks off is cut.
pub fn record(bytes: &[u8], at: usize) -> Option<Record<'_>> {
    let head = u16_at(bytes, at)?;
    let len = usize_at(bytes, at.checked_add(4)?)?;
    let start = at + 8;
    let end = start.checked_add(len)?.min(bytes.len());
    Some(Record {
        kind: u16_at(bytes, at + 2)?,
        instance: head >> 4,
        container: head & 0x0F == 0x0F,
        body: bytes.get(start..end)?,
        end,
    })
}

/// Visits all records in order, with the number of containers that each lies in.
pub fn walk<'a>(bytes: &'a [u8], depth: usize, visit: &mut impl FnMut(&Record<'a>, usize)) {
    let mut at = 0;
    while let Some(r) = record(bytes, at) {
        visit(&r, depth);
        if r.container && depth < limits::NESTING {
            walk(r.body, depth + 1, visit);
        }
        at = r.end;
    }
}

/// The pictures in a drawing group's store that some shape refers to, in the store's order ([MS-ODRAW] 2.2.12
/// OfficeArtDggContainer).
pub fn stored_pictures(group: &[u8]) -> Vec<Picture> {
    let mut found = Vec::new();
    walk(group, 0, &mut |r, _| {
        let is_used = r.kind == STORE_ENTRY && u32_at(r.body, 24).is_some_and(|references| references > 0);
        if let Some(image) = is_used.then(|| embedded(r)).flatten() {
            found.push(image.picture(found.len() + 1));
        }
    });
    found
}

/// The picture inside an entry of the store.
pub fn embedded<'a>(entry: &Record<'a>) -> Option<Image<'a>> {
    let at = 36 + usize::from(u8_at(entry.body, 33)?);
    image(&record(entry.body, at)?)
}

/// The picture of a record, if it is one ([MS-ODRAW] 2.2.23).
pub fn image<'a>(r: &Record<'a>) -> Option<Image<'a>> {
    let suffix = match r.kind {
        0xF01A => "emf",
        0xF01B => "wmf",
        0xF01C => "pict",
        0xF01D | 0xF02A => "jpeg",
        0xF01E => "png",
        0xF01F => "dib",
        0xF029 => "tiff",
        _ => return None,
    };
    // One identifier of 16 bytes, or two where the instance is odd.
    let ids = if r.instance & 1 == 1 { 32 } else { 16 };
    if r.kind > 0xF01C {
        return Some(Image { suffix, bytes: Cow::Borrowed(r.body.get(ids + 1..)?) });
    }
    const DEFLATED: u8 = 0;
    let head = slice_at(r.body, ids, 34)?;
    let stored = r.body.get(ids + 34..)?;
    if u8_at(head, 32)? != DEFLATED {
        return Some(Image { suffix, bytes: Cow::Borrowed(stored) });
    }
    let len = usize_at(head, 0)?;
    let ratio = usize::try_from(limits::INFLATE_RATIO).unwrap_or(usize::MAX);
    let inflated = (len <= stored.len().saturating_mul(ratio)).then(|| {
        let mut out = vec![0; len];
        libdeflater::Decompressor::new().zlib_decompress(stored, &mut out).ok().map(|n| {
            out.truncate(n);
            out
        })
    });
    // A metafile that does not inflate is still a picture, known by its stored bytes.
    Some(Image { suffix, bytes: inflated.flatten().map_or(Cow::Borrowed(stored), Cow::Owned) })
}
