//! The format of a cell: what it means, what it holds and where it stands, turned into letters, ground and lines.

use crate::model::sheet::{Cell, Column, Tone, Value};
use crate::report::look::{self, Look};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline};
use serde::{Deserialize, Serialize};

/// A font that Excel and WPS for Chinese bring along; LibreOffice substitutes it.
pub const FONT: &str = "微软雅黑";

/// What distinguishes one format from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dress {
    /// What the cell means.
    pub tone: Tone,
    /// How a number is shown.
    pub number: Number,
    /// Inside a table.
    pub ruled: bool,
    /// In the middle.
    pub centred: bool,
    /// A person types here.
    pub human: bool,
    /// A click leads somewhere.
    pub linked: bool,
    /// Broken into lines.
    pub wrapped: bool,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Number {
    /// No number.
    Text,
    /// A whole number.
    Whole,
    /// With decimals.
    Measure,
    /// Per cent.
    Share,
    /// A day.
    Date,
    /// A moment.
    Time,
}

/// What a cell takes on while a condition holds: ground and letters, which every program shows.
pub fn typed(tone: Tone) -> Format {
    let Look { bold, ink, ground, .. } = look::of(tone);
    // Among columns that are pale yellow for typing, amber must be more than pale.
    let ground = if tone == Tone::Doubtful { look::TYPE_HERE_HEAD } else { ground.unwrap_or(look::PALE) };
    let format = Format::new().set_font_color(ink).set_background_color(ground);
    if bold { format.set_bold() } else { format }
}

impl Dress {
    /// The dress of a cell; `ruled` where it belongs to a table.
    pub fn of(cell: &Cell, ruled: bool, column: &Column) -> Self {
        let number = match cell.value {
            Value::Empty | Value::Text(_) if column.date => Number::Date,
            Value::Empty | Value::Text(_) | Value::Picture(_) => Number::Text,
            Value::Number(n) if n.fract() == 0.0 => Number::Whole,
            Value::Number(_) => Number::Measure,
            Value::Share(_) => Number::Share,
            Value::Date(_) => Number::Date,
            Value::Time(_) => Number::Time,
        };
        Dress {
            tone: cell.tone,
            number,
            ruled: ruled && !matches!(cell.tone, Tone::Section | Tone::Note),
            centred: column.centred && ruled,
            human: column.human,
            linked: cell.link.is_some(),
            wrapped: ruled || cell.across > 1,
        }
    }

    /// A small number of its own.
    fn code(self) -> usize {
        let signs = [self.ruled, self.centred, self.human, self.linked, self.wrapped];
        let signs = signs.iter().fold(0, |code, sign| code * 2 + usize::from(*sign));
        ((self.tone as usize) << 8) + ((self.number as usize) << 5) + signs
    }

    /// The same for the library.
    pub fn format(self) -> Format {
        let Look { size, bold, ink, ground, underline, frame, centred } = look::of(self.tone);
        let mut f = Format::new().set_font_name(FONT).set_font_size(size).set_align(FormatAlign::VerticalCenter);
        if bold {
            f = f.set_bold();
        }
        let leads = self.linked && matches!(self.tone, Tone::Plain | Tone::Strong);
        f = f.set_font_color(if leads { look::LINK } else { ink });
        if leads && self.ruled {
            f = f.set_underline(FormatUnderline::Single);
        }
        let ground = match (self.human, self.tone) {
            (true, Tone::Head) => Some(look::TYPE_HERE_HEAD),
            (true, Tone::Plain) => Some(look::TYPE_HERE),
            _ => ground,
        };
        if let Some(ground) = ground {
            f = f.set_background_color(ground);
        }
        if self.ruled {
            f = f.set_border(FormatBorder::Thin).set_border_color(look::RULE);
        }
        if let Some(line) = underline {
            f = f.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(line);
        }
        if let Some(line) = frame {
            f = f.set_border(FormatBorder::Medium).set_border_color(line);
        }
        if self.wrapped {
            f = f.set_text_wrap();
        }
        if centred || self.centred {
            f = f.set_align(FormatAlign::Center);
        }
        match self.number {
            Number::Text => f,
            Number::Whole => f.set_num_format("#,##0"),
            Number::Measure => f.set_num_format("#,##0.0##"),
            Number::Share => f.set_num_format("0%"),
            Number::Date => f.set_num_format("yyyy-mm-dd"),
            Number::Time => f.set_num_format("yyyy-mm-dd hh:mm"),
        }
    }
}

/// The formats of a workbook, each with the number by which cells name it: numbered as they are first worn, from 1. What
/// looks the same is one format.
#[derive(Debug, Default)]
pub struct Wardrobe {
    /// By the code of a dress; 0 for one that nothing wears yet.
    numbers: Vec<u32>,
    /// The formats in the order of their numbers.
    pub formats: Vec<Format>,
    /// The dresses in the order in which they were first worn; who wears them in this order gets the same numbers.
    pub worn: Vec<Dress>,
}

impl Wardrobe {
    /// The number of a dress.
    pub fn number(&mut self, dress: Dress) -> u32 {
        let code = dress.code();
        match self.numbers.get(code) {
            Some(0) | None => {}
            Some(number) => return *number,
        }
        self.worn.push(dress);
        let format = dress.format();
        let at = self.formats.iter().position(|f| *f == format).unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        if self.numbers.len() <= code {
            self.numbers.resize(code + 1, 0);
        }
        self.numbers[code] = at as u32 + 1;
        at as u32 + 1
    }
}
