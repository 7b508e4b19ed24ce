//! What a tone looks like. Colours also differ in lightness and every symbol tells without them, for paper without colour.

use crate::model::sheet::{Tone, names};

/// Letters, ground and lines of a cell; colours are RGB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Size of the letters in points.
    pub size: f64,
    /// Whether they are bold.
    pub bold: bool,
    /// Their colour.
    pub ink: u32,
    /// The ground, none for paper white.
    pub ground: Option<u32>,
    /// A line below.
    pub underline: Option<u32>,
    /// A frame of its own.
    pub frame: Option<u32>,
    /// Always in the middle.
    pub centred: bool,
}

/// The colour of plain letters.
pub const INK: u32 = 0x1F2933;
/// The colour of letters that lead somewhere.
pub const LINK: u32 = 0x1F5FA8;
/// The lines of a table.
pub const RULE: u32 = 0xCBD3DC;
/// The ground where a person types.
pub const TYPE_HERE: u32 = 0xFFF8D6;
/// The head of a column where a person types.
pub const TYPE_HERE_HEAD: u32 = 0xFFE28A;

const PLAIN: Look =
    Look { size: 10.0, bold: false, ink: INK, ground: None, underline: None, frame: None, centred: false };
const NAVY: u32 = 0x1F4E79;
/// The ground of what a person decided, before the program has answered.
pub const PALE: u32 = 0xEAF1F8;

/// The look of a tone.
pub fn of(tone: Tone) -> Look {
    match tone {
        Tone::Plain => PLAIN,
        Tone::Title => Look { size: 17.0, bold: true, ink: NAVY, ..PLAIN },
        Tone::Section => Look { size: 12.0, bold: true, ink: NAVY, underline: Some(NAVY), ..PLAIN },
        Tone::Head => Look { bold: true, ink: NAVY, ground: Some(0xDCE6F1), centred: true, ..PLAIN },
        Tone::Note => Look { size: 9.0, ink: 0x66727F, ..PLAIN },
        Tone::Strong => Look { bold: true, ..PLAIN },
        Tone::Figure => Look { size: 26.0, bold: true, ink: NAVY, ground: Some(PALE), centred: true, ..PLAIN },
        Tone::FigureToDo => {
            Look { size: 26.0, bold: true, ink: 0x9A5B00, ground: Some(0xFFF1CC), centred: true, ..PLAIN }
        }
        Tone::FigureCaption => Look { ink: 0x44515E, ground: Some(PALE), centred: true, ..PLAIN },
        Tone::Good => Look { ink: 0x1B6E31, ground: Some(0xE3F3E6), ..PLAIN },
        Tone::Doubtful => Look { ink: 0x8A5A00, ground: Some(0xFFF0C7), ..PLAIN },
        Tone::Bad => Look { bold: true, ink: 0xA8121F, ground: Some(0xF9D9DC), ..PLAIN },
        Tone::Unreadable => Look { bold: true, ink: 0x62259D, ground: Some(0xEADDF6), ..PLAIN },
        Tone::Muted => Look { ink: 0x8591A0, ..PLAIN },
        Tone::Human => Look { bold: true, ink: 0x1F5FA8, frame: Some(0x2E75B6), ..PLAIN },
        Tone::Total => Look { bold: true, ink: NAVY, ground: Some(0xF0F4F8), ..PLAIN },
    }
}

/// The colour of a tone in a chart, strong enough to stand alone.
pub fn bar(tone: Tone) -> u32 {
    match tone {
        Tone::Good => 0x4BA364,
        Tone::Doubtful => 0xF2B632,
        Tone::Bad => 0xD64550,
        Tone::Unreadable => 0x9360C9,
        Tone::Muted => 0xC3CBD4,
        _ => NAVY,
    }
}

/// The colour of a sheet's tab: what a day begins with, what people type, what stands behind it.
pub fn tab(sheet: &str) -> u32 {
    match sheet {
        names::START | names::MATRIX | names::SUBMISSIONS => NAVY,
        names::REVIEW => TYPE_HERE_HEAD,
        names::HINTS => bar(Tone::Doubtful),
        _ => bar(Tone::Muted),
    }
}

/// Height of a line in points.
pub fn line_height(tone: Tone) -> f64 {
    (of(tone).size * 1.55).ceil()
}
