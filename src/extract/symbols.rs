//! Signs from symbol fonts, whose codes say nothing without the font: ticks, boxes, arrows, Greek letters. A form's ☑ is
//! evidence, whatever program wrote it.

/// The sign that `code` shows in `font`; `None` where it is an ornament or the font is not known. Codes of symbol fonts may
/// stand at U+F000. Other fonts show what Unicode says.
pub fn symbol(font: &str, code: u32) -> Option<char> {
    let private = (0xf000..=0xf0ff).contains(&code);
    let low = if private { code - 0xf000 } else { code };
    match font.trim().to_lowercase().as_str() {
        _ if low >= 0x100 => plain(code),
        "wingdings" => wingdings(low),
        "wingdings 2" => wingdings_2(low),
        "webdings" => webdings(low),
        "symbol" => greek(low),
        "wingdings 3" => None,
        _ if private => None,
        _ => plain(code),
    }
}

/// A code of Unicode; none of its private ones, which mean nothing without the font.
fn plain(code: u32) -> Option<char> {
    char::from_u32(code).filter(|c| !c.is_control() && !('\u{e000}'..='\u{f8ff}').contains(c))
}

/// Whether plain letters in that font show as signs.
pub fn is_symbol_font(font: &str) -> bool {
    matches!(font.trim().to_lowercase().as_str(), "wingdings" | "wingdings 2" | "webdings")
}

/// The `n`th sign of a row that begins with `first`.
fn row(first: char, n: u32) -> Option<char> {
    char::from_u32(first as u32 + n)
}

fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x22 => '✂',
        0x28 => '☎',
        0x2a => '✉',
        0x36 => '⌛',
        0x3f => '✍',
        0x41 => '✌',
        0x46 => '☞',
        0x4a => '☺',
        0x4c => '☹',
        0x52 => '☼',
        0x6c => '●',
        0x6e => '■',
        0x6f | 0xa8 => '☐',
        0x70..=0x72 => '❑',
        0x75 => '◆',
        0x76 => '❖',
        0x80 => '⓪',
        0x81..=0x8a => return row('①', code - 0x81),
        0x8b => '⓿',
        0x8c..=0x95 => return row('❶', code - 0x8c),
        0x9f => '•',
        0xa1 => '○',
        0xa4 => '◉',
        0xa7 => '▪',
        0xab => '★',
        0xd8 => '➢',
        0xdf | 0xe7 => '←',
        0xe0 | 0xe8 => '→',
        0xe1 | 0xe9 => '↑',
        0xe2 | 0xea => '↓',
        0xf0 => '⇨',
        0xfb => '✘',
        0xfc => '✔',
        0xfd => '☒',
        0xfe => '☑',
        _ => return None,
    })
}

fn wingdings_2(code: u32) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x4f => '✗',
        0x50 => '✓',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x69 => '⓪',
        0x6a..=0x73 => return row('①', code - 0x6a),
        0x75..=0x7e => return row('❶', code - 0x75),
        0x97 => '●',
        0x98 => '•',
        0x99 => '○',
        0xa2 => '■',
        0xa3 | 0x2a | 0x2b => '☐',
        _ => return None,
    })
}

fn webdings(code: u32) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x61 => '✔',
        0x63 => '☐',
        0x67 => '■',
        0x6e => '●',
        0x72 => '✗',
        _ => return None,
    })
}

fn greek(code: u32) -> Option<char> {
    let nth = |signs: &str, first: u32| signs.chars().nth((code - first) as usize);
    Some(match code {
        0x22 => '∀',
        0x24 => '∃',
        0x2a => '∗',
        0x2d => '−',
        0x20..=0x3f => return char::from_u32(code),
        0x41..=0x5a => return nth("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", 0x41),
        0x61..=0x7a => return nth("αβχδεφγηιϕκλμνοπθρστυϖωξψζ", 0x61),
        0xa2 => '′',
        0xa3 => '≤',
        0xa5 => '∞',
        0xac => '←',
        0xae => '→',
        0xb0 => '°',
        0xb1 => '±',
        0xb2 => '″',
        0xb3 => '≥',
        0xb4 => '×',
        0xb7 => '•',
        0xb8 => '÷',
        0xb9 => '≠',
        0xbb => '≈',
        0xbc => '…',
        0xc7 => '∩',
        0xc8 => '∪',
        0xce => '∈',
        0xd6 => '√',
        0xd7 => '⋅',
        0xde => '⇒',
        0xe5 => '∑',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::symbol;

    #[test]
    fn a_tick_is_a_tick_in_either_code_range() {
        assert_eq!(
            [symbol("Wingdings", 0xF0FE), symbol("Wingdings 2", 0x52), symbol("wingdings", 0xFC)],
            [Some('☑'), Some('☑'), Some('✔')]
        );
        assert_eq!([symbol("Wingdings", 0xF0D9), symbol("宋体", 0x2611)], [None, Some('☑')]);
        assert_eq!([symbol("Wingdings 3", 0x41), symbol("宋体", 0xF041), symbol("宋体", 0xE001)], [None; 3]);
    }
}
