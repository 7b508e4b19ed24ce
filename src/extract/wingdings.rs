//! The ticks, crosses and boxes of symbol fonts, whose codes mean nothing without the font: a form's ☑ is evidence.

/// The character that a code of a symbol font shows; `None` where it is an ornament or the font is not known.
pub fn shown(font: &str, code: u32) -> Option<char> {
    let code = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let font = font.trim().to_ascii_lowercase();
    Some(match (font.as_str(), code) {
        ("wingdings", 0x6C) => '●',
        ("wingdings", 0x6E) => '■',
        ("wingdings", 0x6F | 0x70 | 0x71 | 0x72 | 0xA8) => '□',
        ("wingdings", 0xA1) => '○',
        ("wingdings", 0x75) => '◆',
        ("wingdings", 0xFB) => '✗',
        ("wingdings", 0xFC) => '✓',
        ("wingdings", 0xFD) => '☒',
        ("wingdings", 0xFE) => '☑',
        ("wingdings", 0x80..=0x8A) => circled(code - 0x80),
        ("wingdings", 0x8B..=0x95) => circled(code - 0x8B),
        ("wingdings 2", 0x4F) => '✗',
        ("wingdings 2", 0x50) => '✓',
        ("wingdings 2", 0x51 | 0x53 | 0x54) => '☒',
        ("wingdings 2", 0x52) => '☑',
        ("wingdings 2", 0x2A | 0xA3) => '□',
        ("wingdings 2", 0x69..=0x73) => circled(code - 0x69),
        ("wingdings" | "wingdings 2" | "wingdings 3" | "webdings" | "symbol", _) => return None,
        _ => char::from_u32(code).filter(|c| !c.is_control() && !('\u{E000}'..='\u{F8FF}').contains(c))?,
    })
}

/// ⓪ ① … ⑩.
fn circled(n: u32) -> char {
    if n == 0 { '⓪' } else { char::from_u32(0x2460 + n - 1).unwrap_or('○') }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_tick_is_a_tick_in_either_code_range() {
        assert_eq!(
            [shown("Wingdings", 0xF0FE), shown("Wingdings 2", 0x52), shown("wingdings", 0xFC)],
            [Some('☑'), Some('☑'), Some('✓')]
        );
        assert_eq!([shown("Wingdings", 0xF0D8), shown("宋体", 0x2611)], [None, Some('☑')]);
    }
}
