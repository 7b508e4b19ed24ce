//! Whether a page's text is text. A font that does not say which characters its shapes are gives whatever characters bear
//! the shapes' numbers: letters of a dozen scripts that nobody writes side by side.

use crate::model::document::Body;

/// Fewer characters than this prove nothing.
const LEAST: usize = 20;

/// Whether more than a quarter of what stands on a page are characters that no Chinese office writes.
pub fn is_garbled(page: &Body) -> bool {
    let text = page.plain_text();
    let (mut all, mut foreign) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        foreign += usize::from(!is_usual(c));
    }
    all >= LEAST && foreign * 4 > all
}

/// Latin, Greek and Cyrillic letters, ligatures, signs, emoji, kana, bopomofo, the common Chinese characters, full and half width forms. Not
/// the rare characters of extension A, which shapes of common ones are numbered like; nor marks that stand for nothing.
fn is_usual(c: char) -> bool {
    matches!(c,
        '\u{21}'..='\u{7e}' | '\u{a0}'..='\u{17f}' | '\u{391}'..='\u{3c9}' | '\u{401}'..='\u{451}'
        | '\u{2000}'..='\u{2bff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3000}'..='\u{312f}' | '\u{3200}'..='\u{33ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{fb06}' | '\u{fe10}'..='\u{fe4f}' | '\u{ff01}'..='\u{ffee}'
        | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Block, Content};
    use crate::model::place::Place;

    fn page(text: &str) -> Body {
        let block = Block { place: Place::PageLine(1, 1), content: Content::Paragraph(text.to_string()) };
        Body { blocks: vec![block], ..Body::default() }
    }

    #[test]
    fn numbers_of_shapes_are_no_text() {
        // As glyphs 1000 to 12000 of a font come out that does not say what they are.
        let garbled: String = (0..60).filter_map(|n| char::from_u32(1_000 + n * 180)).collect();
        assert!(is_garbled(&page(&garbled)), "{garbled}");
        assert!(is_garbled(&page(&"\u{fffd}\u{e003}".repeat(20))));
    }

    #[test]
    fn what_schools_write_is_text() {
        for text in [
            "10月17日，我校召开扶贫日专题会议，全体教职工45人参加。①传达文件；②交流经验。℃、㎡、√、★、→",
            "Jiàoyù fúpín rì huódòng zǒngjié, 2020-10-17, αβγ, Москва 45%",
            "䶮䶮䶮",
        ] {
            assert!(!is_garbled(&page(text)), "{text}");
        }
    }
}
