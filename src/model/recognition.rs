//! Text that was not read but recognised in the picture of a page (OCR): where, and how far it may be trusted.

use crate::model::place::Place;
use serde::{Deserialize, Serialize};

/// Whose words these are, as the recogniser says of itself: from so many percent on, a word is taken as it stands. Below,
/// it is a clue that a person checks against the picture: at 80 about one character in ten is wrong, at 90 one in forty.
pub const SURE: u8 = 85;

/// A picture whose text was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    /// The page or picture.
    pub place: Place,
    /// The recogniser's own confidence in its words, 0 to 100, the mean by characters.
    pub confidence: u8,
}

/// The confidence with which the words at a place were recognised; none where they were read as text.
pub fn confidence_at(recognised: &[Recognised], place: &Place) -> Option<u8> {
    let picture = place.picture()?;
    recognised.iter().find(|r| r.place == picture).map(|r| r.confidence)
}
