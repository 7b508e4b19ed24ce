//! Text as the rules see it: normalised, cut into sentences and clauses, each with its way back to the author's words.

use std::ops::Range;
use std::sync::OnceLock;

/// A stretch of text in two forms: as written, and normalised for matching.
///
/// Normalised means: full-width letters, digits and marks are half-width; blanks between Chinese characters, line
/// breaks inside a sentence and invisible characters are gone; so is pinyin in brackets after a character; traditional
/// characters are simplified.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// As the author wrote it.
    pub original: String,
    /// As the rules see it.
    pub normal: String,
    /// For each character of `normal`: its first byte there, and the first byte of its source in `original`.
    back: Vec<(u32, u32)>,
}

impl Text {
    /// Normalises a stretch of text.
    pub fn new(original: &str) -> Self {
        let chars: Vec<(usize, char)> = original.char_indices().collect();
        let mut normal = String::with_capacity(original.len());
        let mut back = Vec::with_capacity(chars.len());
        let mut i = 0;
        while let Some(&(at, c)) = chars.get(i) {
            if is_pinyin_bracket(&chars, i) {
                i += chars[i..].iter().take_while(|(_, c)| !matches!(c, ')' | '）')).count() + 1;
                continue;
            }
            let before = normal.chars().next_back();
            let after = chars[i + 1..].iter().map(|&(_, c)| c).find(|c| !is_blank(*c));
            // A soft line break before a list number parts two points of a list; elsewhere it splits a sentence.
            let c = if c == '\n' && starts_list_item(&chars[i + 1..]) {
                '\n'
            } else {
                half_width(if c == '\n' { ' ' } else { c })
            };
            let drop = is_invisible(c)
                || is_blank(c) && parts_digits(&chars, i)
                || c != '\n'
                    && is_blank(c)
                    && (before.is_none_or(|b| !b.is_ascii_alphanumeric())
                        || after.is_none_or(|a| !half_width(a).is_ascii_alphanumeric()));
            if !drop {
                back.push((normal.len() as u32, at as u32));
                normal.push(if c != '\n' && is_blank(c) { ' ' } else { c });
            }
            i += 1;
        }
        Text { original: original.to_string(), normal, back }
    }

    /// The author's words behind a range of the normalised text.
    pub fn quote(&self, range: Range<usize>) -> &str {
        let start = self.source_of(range.start);
        let end = self.source_of(range.end);
        self.original.get(start..end).unwrap_or("").trim()
    }

    fn source_of(&self, at: usize) -> usize {
        let i = self.back.partition_point(|&(n, _)| (n as usize) < at);
        self.back.get(i).map_or(self.original.len(), |&(_, o)| o as usize)
    }

    /// The sentences of the normalised text.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        cut(&self.normal, 0..self.normal.len(), |c, prev, next| match c {
            '。' | '!' | '?' | ';' | '\n' => true,
            // A half-width full stop ends a sentence unless it stands in a number or after a list number.
            '.' => prev.is_some_and(|p| !p.is_ascii()) && next.is_none_or(|n| !n.is_ascii_digit()),
            _ => false,
        })
    }

    /// The clauses of a sentence.
    pub fn clauses(&self, sentence: Range<usize>) -> Vec<Range<usize>> {
        cut(&self.normal, sentence, |c, prev, next| match c {
            ',' | '。' | '!' | '?' | ';' | '\n' => true,
            // 16:30 is one thing.
            ':' => !(prev.is_some_and(|p| p.is_ascii_digit()) && next.is_some_and(|n| n.is_ascii_digit())),
            _ => false,
        })
    }
}

/// Cuts a range after each border, brackets and quotation marks that follow included; empty pieces are left out.
fn cut(text: &str, range: Range<usize>, is_border: fn(char, Option<char>, Option<char>) -> bool) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    let mut prev = None;
    let piece = text.get(range.clone()).unwrap_or("");
    let mut chars = piece.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let end = range.start + at + c.len_utf8();
        if is_border(c, prev, next) && !next.is_some_and(|n| matches!(n, '”' | '"' | '』' | '」' | '’')) {
            if text[start..end].chars().any(char::is_alphanumeric) {
                pieces.push(start..end);
            }
            start = end;
        }
        prev = Some(c);
    }
    if text.get(start..range.end).is_some_and(|rest| rest.chars().any(char::is_alphanumeric)) {
        pieces.push(start..range.end);
    }
    pieces
}

/// Whether a blank stands between two single digits of a number that was spaced out: 1 0 8 6.
fn parts_digits(chars: &[(usize, char)], at: usize) -> bool {
    let digit = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|&(_, c)| half_width(c).is_ascii_digit());
    digit(at.checked_sub(1)) && digit(Some(at + 1)) && !digit(at.checked_sub(2)) && !digit(Some(at + 2))
}

/// Normalises a word of a rule the way texts are.
pub fn normal(text: &str) -> String {
    Text::new(text).normal
}

/// Whether `2.` or `二、` or `(二)` begins here.
fn starts_list_item(chars: &[(usize, char)]) -> bool {
    let head: Vec<char> = chars.iter().map(|&(_, c)| half_width(c)).filter(|c| !is_blank(*c)).take(4).collect();
    let number = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c);
    let n = head.iter().skip_while(|c| **c == '(').take_while(|c| number(c)).count();
    n > 0 && head.iter().skip_while(|c| **c == '(').nth(n).is_some_and(|c| matches!(c, '.' | '、' | ')'))
}

fn half_width(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '“' | '”' | '„' => '"',
        '—' | '–' | '―' | '~' => '-',
        _ => simplified(c),
    }
}

/// The simplified form of a traditional character.
fn simplified(c: char) -> char {
    /// The block of common Chinese characters, CJK Unified Ideographs.
    const FIRST: u32 = 0x4e00;
    const LAST: u32 = 0x9fff;
    static FORMS: OnceLock<Vec<char>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let one = |c: char| hanconv::t2s(c.to_string()).chars().next().unwrap_or(c);
        (FIRST..=LAST).filter_map(char::from_u32).map(one).collect()
    });
    (c as u32).checked_sub(FIRST).and_then(|i| forms.get(i as usize).copied()).unwrap_or(c)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{3000}' | '\u{a0}' | '\u{b}' | '\u{2002}'..='\u{200a}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}') || c.is_control() && !is_blank(c)
}

/// Whether `(fā)` begins here: a bracket after a Chinese character that holds Latin letters with at least one tone mark.
fn is_pinyin_bracket(chars: &[(usize, char)], at: usize) -> bool {
    if !matches!(chars[at].1, '(' | '（') || at == 0 || !is_han(chars[at - 1].1) {
        return false;
    }
    let inside: Vec<char> =
        chars[at + 1..].iter().map(|&(_, c)| c).take_while(|c| !matches!(c, ')' | '）')).take(9).collect();
    let letters = inside.iter().all(|c| c.is_alphabetic() && !is_han(*c) || is_blank(*c));
    inside.len() < 9 && letters && inside.iter().any(|c| "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü".contains(*c))
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3007}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_undone_and_the_quote_is_as_written() {
        let text = Text::new("１０月１７日，我 校发(fā)布\n成效 宣传（3期）。");
        assert_eq!(text.normal, "10月17日,我校发布成效宣传(3期)。");
        let at = text.normal.find("发布").unwrap();
        assert_eq!(text.quote(at..at + "发布".len()), "发(fā)布");
    }

    #[test]
    fn a_number_that_was_spaced_out_is_one_number() {
        assert_eq!(Text::new("10月1 5日印发 1 0 8 6 份").normal, "10月15日印发1086份");
        assert_eq!(Text::new("10 20 30").normal, "10 20 30");
    }

    #[test]
    fn sentences_and_clauses_have_their_borders() {
        let text = Text::new("1.10月19日,召开会议;走访3户。他说:“好。”于16:30结束");
        let sentences: Vec<&str> = text.sentences().into_iter().map(|r| &text.normal[r]).collect();
        assert_eq!(sentences, ["1.10月19日,召开会议;", "走访3户。", "他说:\"好。\"于16:30结束"]);
        let clauses: Vec<&str> =
            text.clauses(0..text.normal.find(';').unwrap() + 1).into_iter().map(|r| &text.normal[r]).collect();
        assert_eq!(clauses, ["1.10月19日,", "召开会议;"]);
    }
}
