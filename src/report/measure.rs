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

/// Lines that a text takes in a column of so many Chinese characters.
pub fn lines(text: &str, width: f64) -> u32 {
    let room = (width * 2.0).max(2.0) as u32;
    text.split('\n').map(|line| columns(line).div_ceil(room).max(1)).sum()
}

/// Width of a line, half a Chinese character as the unit.
fn columns(line: &str) -> u32 {
    line.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether a character takes a full square; the blocks of Unicode's East Asian width that Chinese texts use.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2014}'..='\u{2026}' | '\u{2190}'..='\u{27BF}' | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{1F000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::{held, lines};

    #[test]
    fn a_cell_takes_what_it_can_hold() {
        assert_eq!(held("甲\u{1}乙\t丙\r\n丁\u{FFFF}"), "甲乙 丙\n丁");
        let long = held(&"𠮷".repeat(20_000)).into_owned();
        assert!(long.ends_with('…'));
        assert!(long.encode_utf16().count() <= 32_767);
        assert_eq!(held(&"字".repeat(32_767)).chars().count(), 32_767);
    }

    #[test]
    fn chinese_takes_twice_the_room() {
        assert_eq!(lines("十个汉字正好一行十个", 10.0), 1);
        assert_eq!(lines("十个汉字正好一行十个多", 10.0), 2);
        assert_eq!(lines("twenty latin letters", 10.0), 1);
        assert_eq!(lines("一\n二\n", 10.0), 3);
    }
}
