//! How much room a text takes, and what a spreadsheet can hold of it. Programs do not fit row heights to wrapped text
//! when they open a file, so the heights are worked out here.

use std::borrow::Cow;

/// The most UTF-16 units that a cell holds.
const CELL_UNITS: usize = 32_767;

/// What a cell can hold of a text: control characters become blanks or vanish, an overlong text ends in an ellipsis.
pub fn held(text: &str) -> Cow<'_, str> {
    let fits = text.len() <= CELL_UNITS || text.encode_utf16().count() <= CELL_UNITS;
    if fits && !text.chars().any(is_unwelcome) {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let mut out = String::new();
    let mut rest = text
        .chars()
        .filter_map(|c| match c {
            '\t' => Some(' '),
            c if is_unwelcome(c) => None,
            c => Some(c),
        })
        .peekable();
    while let Some(c) = rest.next() {
        units += c.len_utf16();
        if units + usize::from(rest.peek().is_some()) > CELL_UNITS {
            out.push('…');
            break;
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// Control characters other than a line's end, and the two code points that are no characters.
fn is_unwelcome(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// Pixels across a column of so many Chinese characters, as [`units`] makes it.
pub fn pixels(width: f64) -> f64 {
    width * 14.0 + 10.0
}

/// The same in the unit of the format: digits of the default font, 7 pixels each.
pub fn units(width: f64) -> f64 {
    width * 2.0 + 0.75
}

/// Lines that a text takes in so many pixels, in letters of so many points. Chinese breaks anywhere, words between blanks.
pub fn lines(text: &str, pixels: f64, size: f64) -> u32 {
    // A point is 4/3 pixels; fonts are a little wider than their size; six pixels are the cell's own margins.
    let half_square = size * 4.0 / 3.0 * 1.005 / 2.0;
    let room = ((pixels - 6.0) / half_square).max(2.0) as u32;
    text.split('\n').map(|line| broken(line, room)).sum()
}

fn broken(line: &str, room: u32) -> u32 {
    let (mut lines, mut used, mut word) = (1, 0, 0);
    let mut put = |width: u32| {
        if used > 0 && used + width > room {
            lines += 1;
            used = 0;
        }
        used += width;
        while used > room {
            lines += 1;
            used -= room;
        }
    };
    for c in line.chars() {
        if is_wide(c) || c == ' ' {
            put(std::mem::take(&mut word));
            put(columns_of(c));
        } else {
            word += columns_of(c);
        }
    }
    put(word);
    lines
}

/// Width of a line in Chinese characters.
pub fn width_of(line: &str) -> f64 {
    f64::from(columns(line)) / 2.0
}

/// A name that fits in so many Chinese characters: a longer one keeps its beginning and its end, where
/// names differ. Below three characters nothing would be left of it: it stays as it is.
pub fn squeezed(name: &str, width: f64) -> Cow<'_, str> {
    if width_of(name) <= width || width < 3.0 {
        return Cow::Borrowed(name);
    }
    let half = (width - 1.0) / 2.0;
    let end_of_start = reach(name.char_indices().map(|(i, c)| (i + c.len_utf8(), c)), half).unwrap_or(0);
    let start_of_end = reach(name.char_indices().rev(), half).unwrap_or(name.len());
    match (name.get(..end_of_start), name.get(start_of_end..)) {
        (Some(start), Some(end)) if end_of_start < start_of_end => Cow::Owned(format!("{start}…{end}")),
        _ => Cow::Borrowed(name),
    }
}

/// The last position before the characters take more than so much room.
fn reach(characters: impl Iterator<Item = (usize, char)>, room: f64) -> Option<usize> {
    let mut taken = 0.0;
    let fits = |&(_, c): &(usize, char)| {
        taken += if is_wide(c) { 1.0 } else { 0.5 };
        taken <= room
    };
    characters.take_while(fits).last().map(|(at, _)| at)
}

/// Width of a line, half a Chinese character as the unit.
fn columns(line: &str) -> u32 {
    line.chars().map(columns_of).sum()
}

fn columns_of(c: char) -> u32 {
    if is_wide(c) { 2 } else { 1 }
}

/// Whether a character takes a full square; the blocks of Unicode's East Asian width that Chinese texts use.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2014}'..='\u{2026}' | '\u{2190}'..='\u{27BF}' | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{1F000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::{held, lines, squeezed};

    #[test]
    fn a_cell_takes_what_it_can_hold() {
        assert_eq!(held("甲\u{1}乙\t丙\r\n丁\u{FFFF}"), "甲乙 丙\n丁");
        let long = held(&"𠮷".repeat(20_000)).into_owned();
        assert!(long.ends_with('…'));
        assert!(long.encode_utf16().count() <= 32_767);
        assert_eq!(held(&"字".repeat(32_767)).chars().count(), 32_767);
    }

    #[test]
    fn chinese_takes_twice_the_room_and_words_stay_whole() {
        let in_ten = |text: &str| lines(text, 10.0 * 13.4 + 6.0, 10.0);
        assert_eq!(in_ten("十个汉字正好一行十个"), 1);
        assert_eq!(in_ten("十个汉字正好一行十个多"), 2);
        assert_eq!(in_ten("twenty latin letters"), 1);
        assert_eq!(in_ten("words that are notbroken anywhere"), 2);
        assert_eq!(in_ten("eleven letters notbrokenany"), 2);
        assert_eq!(in_ten("averyverylongwordwithoutanyblank"), 2);
        assert_eq!(in_ten("一\n二\n"), 3);
        assert_eq!(lines("十个汉字正好一行十个", 10.0 * 13.4 + 6.0, 20.0), 2);
    }

    #[test]
    fn a_long_name_keeps_both_ends() {
        assert_eq!(squeezed("总结.docx", 6.0), "总结.docx");
        assert_eq!(squeezed("澄水县第一小学扶贫日总结(定稿).docx", 10.0), "澄水县第…稿).docx");
        assert_eq!(squeezed("甲乙丙", 0.0), "甲乙丙");
    }
}
