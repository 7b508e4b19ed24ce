//! Pinyin beside characters, as copies from the web and from reading books have it: 发(fā)布, 发(fa)布, 控辍(kòngchuò), 发fā布.
//!
//! Without a tone mark letters are pinyin only where they spell the characters before them: (APP), (word版) stay.

use crate::detect::glyph::{is_blank, is_han};
use pinyin::{ToPinyin, ToPinyinMulti};

/// More characters than these stand in no bracket with pinyin.
const MOST: usize = 24;
/// The longest syllable: zhuāng.
const SYLLABLE: usize = 6;
/// More characters than these share no bracket.
const SHARED: usize = 4;

/// How many characters of `rest` are pinyin of what stands before; 0 if none.
pub fn length(before: &[char], rest: impl Iterator<Item = char> + Clone) -> usize {
    let Some(first) = rest.clone().next() else { return 0 };
    // Few characters begin pinyin: the others cost no more than this.
    let open = matches!(first, '(' | '[');
    if is_han(first) || !open && !is_part(first) || !before.last().is_some_and(|b| is_han(*b)) {
        return 0;
    }
    let inside: Vec<char> = rest.clone().skip(usize::from(open)).take(MOST).take_while(|c| is_part(*c)).collect();
    let spelt = plain(&inside);
    let toned = inside.iter().any(|c| tone(*c).is_some());
    if open {
        let closed = rest.clone().nth(1 + inside.len()).is_some_and(|c| matches!(c, ')' | ']'));
        let pinyin = toned && inside.len() <= SYLLABLE + 2 || !spelt.is_empty() && spells(before, &spelt);
        return if closed && pinyin { inside.len() + 2 } else { 0 };
    }
    let ends = !rest.clone().nth(inside.len()).is_some_and(|c| c.is_ascii_alphanumeric());
    if toned && ends && spelt.len() <= SYLLABLE && spells(before, &spelt) { inside.len() } else { 0 }
}

/// Whether the last characters, or a few of them, are spelt so.
fn spells(before: &[char], spelt: &str) -> bool {
    let mut rests = vec![spelt];
    for c in before.iter().rev().take(SHARED).take_while(|c| is_han(**c)) {
        rests = rests.iter().flat_map(|rest| readings(*c).filter_map(|r| rest.strip_suffix(r))).collect();
        if rests.iter().any(|rest| rest.is_empty()) {
            return true;
        }
    }
    false
}

/// The ways to read a character, without tones.
fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let others = c.to_pinyin_multi().into_iter().flatten();
    c.to_pinyin().into_iter().chain(others).map(|p| p.plain())
}

/// Whether a character may stand in pinyin.
pub fn is_part(c: char) -> bool {
    c.is_ascii_alphabetic() || tone(c).is_some() || is_blank(c) || matches!(c, '\'' | '’' | 'ü')
}

/// Letters as the readings have them: without tones and blanks.
fn plain(letters: &[char]) -> String {
    letters
        .iter()
        .filter_map(|c| match c {
            'v' | 'ü' => Some('ü'),
            'a'..='z' => Some(*c),
            'A'..='Z' => Some(c.to_ascii_lowercase()),
            _ => tone(*c).flatten(),
        })
        .collect()
}

/// The vowel under a tone mark; `Some(None)` for a mark that stands by itself.
fn tone(c: char) -> Option<Option<char>> {
    Some(match c {
        'ā' | 'á' | 'ǎ' | 'à' => Some('a'),
        'ē' | 'é' | 'ě' | 'è' | 'ê' => Some('e'),
        'ī' | 'í' | 'ǐ' | 'ì' => Some('i'),
        'ō' | 'ó' | 'ǒ' | 'ò' => Some('o'),
        'ū' | 'ú' | 'ǔ' | 'ù' => Some('u'),
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => Some('ü'),
        'ɑ' => Some('a'),
        'ɡ' => Some('g'),
        '\u{300}' | '\u{301}' | '\u{304}' | '\u{30c}' => None,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::detect::text::normal;

    #[test]
    fn pinyin_beside_a_character_goes() {
        for text in [
            "发(fā)布通知",
            "发（fa）布通知",
            "发fā布通知",
            "发布(fābù)通知",
            "发布(fa bu)通知",
            "发(fa\u{304})布[bù]通知",
            "发 (fā) 布通(tōng)知",
        ] {
            assert_eq!(normal(text), "发布通知", "{text}");
        }
        assert_eq!(normal("女(nǚ)生绿(lü)色长(zhang)大"), "女生绿色长大");
    }

    #[test]
    fn other_letters_stay() {
        for text in ["平台(APP)发布", "表格(word版)", "发(a)布", "美(mail)", "学校(B区)", "在QQ群发布"]
        {
            assert_eq!(normal(text), text);
        }
    }
}
