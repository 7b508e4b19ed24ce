//! Text as the matcher sees it: half-width, lower case, without blanks, but with a memory of where blanks stood.

/// A line made ready for matching.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The characters.
    pub plain: String,
    /// Offsets in `plain` before which a blank stood; empty where the line is spaced out letter by letter.
    blanks: Vec<usize>,
}

impl Text {
    /// Makes a line ready.
    pub fn new(line: &str) -> Text {
        let mut text = Text::default();
        let mut letters = 0;
        for c in line.chars() {
            let c = half_width(c);
            if c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{00ad}') {
                if text.blanks.last() != Some(&text.plain.len()) {
                    text.blanks.push(text.plain.len());
                }
            } else {
                letters += 1;
                text.plain.extend(c.to_lowercase());
            }
        }
        // 龙 池 镇 中 心 校: such blanks part nothing.
        if text.blanks.len() * 2 > letters {
            text.blanks.clear();
        }
        text
    }

    /// Whether a blank stood before the character at `at`.
    pub fn parted_at(&self, at: usize) -> bool {
        self.blanks.binary_search(&at).is_ok()
    }

    /// What stands before `at`.
    pub fn before(&self, at: usize) -> &str {
        self.plain.get(..at).unwrap_or("")
    }

    /// What stands from `at` on.
    pub fn after(&self, at: usize) -> &str {
        self.plain.get(at..).unwrap_or("")
    }
}

/// A line without blanks, half-width and in lower case.
pub fn plain(line: &str) -> String {
    Text::new(line).plain
}

/// Whether the character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '〔' | '【' | '[' | '［' | '「' | '《' => '(',
        '〕' | '】' | ']' | '］' | '」' | '》' => ')',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_remembered_unless_they_part_every_letter() {
        let text = Text::new("县一小 扶贫日总结（2020）");
        assert_eq!(text.plain, "县一小扶贫日总结(2020)");
        assert!(text.parted_at("县一小".len()));
        assert!(!Text::new("县 一 小").parted_at("县".len()));
    }
}
