//! Pictures taken apart into pixels.

use crate::model::message::Message;
use crate::model::place::Place;

/// Pixels row by row from the top, each three bytes: red, green, blue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raster {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height × 3` bytes.
    pub rgb: Vec<u8>,
}

impl Raster {
    /// Its width and height where neither side may be longer than so many pixels; never larger than it is.
    pub fn size_within(&self, side: u32) -> (u32, u32) {
        let longest = u64::from(self.width.max(self.height).max(1));
        let scaled = |n: u32| ((u64::from(n) * u64::from(side) / longest).clamp(1, side.into())) as u32;
        if longest <= u64::from(side) { (self.width, self.height) } else { (scaled(self.width), scaled(self.height)) }
    }
}

impl PagePicture {
    /// A page that was not unpacked, and why.
    pub fn lost(place: Place, why: Message) -> Self {
        PagePicture { place, fingerprint: String::new(), scanned: true, raster: Err(why) }
    }
}

/// A picture that may be a page of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePicture {
    /// The page or picture.
    pub place: Place,
    /// What it is known by among the document's pictures; empty where it is several of them.
    pub fingerprint: String,
    /// It fills a page that has no other text, so that it is a scan whatever it looks like; else it may be a photograph.
    pub scanned: bool,
    /// Its pixels, upright; or why it cannot be unpacked.
    pub raster: Result<Raster, Message>,
}
