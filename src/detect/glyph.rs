//! One character as the rules see it: half-width, simplified, and no twin of an ordinary character from another block
//! of Unicode.
//!
//! Twins come from PDF files (radicals that look like characters: ⻅, U+2F00 ⼀), from vertical typesetting, from old
//! Korean and Japanese code pages, and from input methods.

use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// Stands where a character was lost: what the author's file holds there is no character of any script.
pub const HOLE: char = '□';

/// Gives the forms of a character one by one, mostly one; a numeral in a circle or in brackets has its digits and marks.
pub fn spell(c: char, mut put: impl FnMut(char)) {
    match c {
        '\0'..='\u{7d}' => put(c),
        '\u{4e00}'..='\u{9fff}' => put(simplified(c)),
        // ①召开 is the first point of a list; NFKC would glue its number to the 10 of ①10月.
        '①'..='⑳' => numeral(c as u32 - '①' as u32 + 1, put),
        '❶'..='❿' => numeral(c as u32 - '❶' as u32 + 1, put),
        '➀'..='➉' => numeral(c as u32 - '➀' as u32 + 1, put),
        _ if is_twin(c) => c.nfkc().map(plain).for_each(put),
        _ => put(plain(c)),
    }
}

fn numeral(n: u32, put: impl FnMut(char)) {
    format!("{n}.").chars().for_each(put);
}

/// A text with each character in its one form.
pub fn spelt(text: &str) -> String {
    let mut forms = String::with_capacity(text.len());
    text.chars().for_each(|c| spell(c, |form| forms.push(form)));
    forms
}

/// Whether a character only repeats ordinary ones in another shape. The signs for units and fractions, … and № stay.
fn is_twin(c: char) -> bool {
    matches!(c,
        '\u{2474}'..='\u{249b}' // (1) 1.
        | '\u{2f00}'..='\u{2fd5}' // radicals
        | '\u{3220}'..='\u{3247}' | '\u{3280}'..='\u{32b0}' | '\u{32c0}'..='\u{32cb}' // (一), month signs
        | '\u{3358}'..='\u{3370}' | '\u{33e0}'..='\u{33fe}' // hour and day signs
        | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' // compatibility ideographs
        | '\u{fe10}'..='\u{fe18}' | '\u{fe30}'..='\u{fe6f}' // vertical and small marks
        | '\u{ff01}'..='\u{ff65}' | '\u{ffe5}'
        | '\u{1d7ce}'..='\u{1d7ff}') // mathematical digits
}

/// The one form of a character that rules are written in.
fn plain(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '“' | '”' | '„' | '〝' | '〞' | '‟' => '"',
        '—' | '–' | '―' | '~' | '‐' | '‑' | '‒' | '─' | '−' => '-',
        '・' | '•' | '‧' | '∙' | '⋅' | '･' => '·',
        '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}' => HOLE,
        '✅' => '✔',
        '❌' | '❎' => '✘',
        '\u{2e80}'..='\u{2eff}' => radical(c),
        '\u{4e00}'..='\u{9fff}' => simplified(c),
        _ => c,
    }
}

/// The characters behind the radicals that PDF files put in their place; Unicode gives them no compatibility forms.
fn radical(c: char) -> char {
    const TWINS: [(char, char); 33] = [
        ('⺎', '兀'),
        ('⺟', '母'),
        ('⺠', '民'),
        ('⺫', '目'),
        ('⺼', '月'),
        ('⻁', '虎'),
        ('⻄', '西'),
        ('⻅', '见'),
        ('⻆', '角'),
        ('⻉', '贝'),
        ('⻋', '车'),
        ('⻑', '长'),
        ('⻒', '长'),
        ('⻓', '长'),
        ('⻔', '门'),
        ('⻘', '青'),
        ('⻙', '韦'),
        ('⻚', '页'),
        ('⻛', '风'),
        ('⻜', '飞'),
        ('⻝', '食'),
        ('⻢', '马'),
        ('⻣', '骨'),
        ('⻤', '鬼'),
        ('⻥', '鱼'),
        ('⻦', '鸟'),
        ('⻩', '黄'),
        ('⻬', '齐'),
        ('⻮', '齿'),
        ('⻰', '龙'),
        ('⻳', '龟'),
        ('⺷', '羊'),
        ('⻨', '麦'),
    ];
    TWINS.iter().find(|(twin, _)| *twin == c).map_or(c, |(_, plain)| *plain)
}

/// The simplified form of a traditional character.
fn simplified(c: char) -> char {
    /// The block of common Chinese characters, CJK Unified Ideographs.
    const FIRST: u32 = 0x4e00;
    const LAST: u32 = 0x9fff;
    static FORMS: OnceLock<Vec<char>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let step = |c: char| hanconv::t2s(c.to_string()).chars().next().unwrap_or(c);
        // One of the table's forms (薴) is itself one that the table simplifies.
        let one = |c: char| match c {
            '於' => '于',
            _ => step(step(c)),
        };
        (FIRST..=LAST).filter_map(char::from_u32).map(one).collect()
    });
    (c as u32).checked_sub(FIRST).and_then(|i| forms.get(i as usize).copied()).unwrap_or(c)
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3007}')
}

/// Whether a character only sets others apart.
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}'
    )
}

/// Whether a character says nothing: joiners, direction marks, soft hyphens, variation selectors, controls, and emoji, which
/// stand inside words as well as between them.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e01ef}' | '✨' | '⭐' | '\u{1f000}'..='\u{1faff}')
        || c.is_control() && !is_blank(c) && c != '\u{85}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_of_a_character_are_the_character() {
        assert_eq!(spelt("開會裡裏於爲説強敎學"), "开会里里于为说强教学");
        assert_eq!(spelt("⼀⽉⽇⻅⻔⻓立金"), "一月日见门长立金");
        assert_eq!(spelt("１０．１７，（３）～｡｢"), "10.17,(3)-。「");
        assert_eq!(spelt("①②⑳㈠⑴⒈❶㋉㏰𝟏"), "1.2.20.(一)(1)1.1.10月17日1");
        assert_eq!(spelt("︐︵︶︒﹁﹐"), ",()。「,");
        assert_eq!(spelt("½…№㎡√☑✅❌"), "½…№㎡√☑✔✘");
    }
}
