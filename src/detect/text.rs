//! Text as the rules see it: normalised, cut into sentences and clauses, each with its way back to the author's words.

use crate::detect::borders;
use crate::detect::classes::{Class, classes};
use crate::detect::glyph::{is_blank, is_han, is_invisible, spell};
use crate::detect::pinyin;
use crate::detect::settle::{may_be_other, settle, settle_one};
use std::ops::Range;

/// A stretch of text in two forms: as written, and normalised for matching.
///
/// Normalised means: each character in its one form (`glyph`); blanks between Chinese characters, line breaks inside a
/// sentence and invisible characters are gone; so is pinyin beside a character (`pinyin`); characters taken for one
/// another are set right where their neighbours decide (`settle`).
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// As the author wrote it.
    pub original: String,
    /// As the rules see it.
    pub normal: String,
    /// The way back: where a stretch of `normal` begins whose characters follow one another byte by byte in `original`
    /// too, and where it begins there.
    back: Vec<(u32, u32)>,
    /// Where `normal` holds a word that `original` does not, because one of its characters was wrong or lost there.
    mended: Vec<Range<usize>>,
    /// Where in `normal` a blank stood that is no line's end and parts no words of Latin letters.
    pub gaps: Vec<usize>,
}

/// A stretch of normalised text to be read as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// Where the damaged word stands.
    pub range: Range<usize>,
    /// The word.
    pub word: String,
}

impl Text {
    /// Normalises a stretch of text.
    pub fn new(original: &str) -> Self {
        Text::of_plain(original).unwrap_or_else(|| Text::of_any(original))
    }

    /// Normalises a text in which no character needs more than its own form and its neighbours to be known: most texts.
    fn of_plain(original: &str) -> Option<Self> {
        let mut text = Text { normal: String::with_capacity(original.len()), ..Text::default() };
        // Characters that may stand for others, as places in `normal`.
        let mut doubtful: Vec<usize> = Vec::new();
        let mut chars = original.char_indices();
        // From where on the text is taken over as it is written.
        let mut taken = 0;
        let classes = classes();
        while let Some((at, c)) = chars.next() {
            let (class, form) = classes(c);
            if class == Class::Plain && form == c {
                continue;
            }
            text.take_over(original, taken..at);
            taken = at + c.len_utf8();
            match class {
                Class::Plain => {}
                Class::Doubtful => {
                    if may_be_other(form, text.normal.as_bytes().last().copied()) {
                        doubtful.push(text.normal.len());
                    }
                }
                Class::Bracket => {
                    let next = chars.clone().next().map(|(_, c)| classes(c));
                    if next.is_some_and(|(class, form)| class == Class::Other || pinyin::is_part(form)) {
                        return None;
                    }
                }
                Class::Blank => {
                    if text.normal.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric) {
                        return None;
                    }
                    if text.gaps.last() != Some(&text.normal.len()) {
                        text.gaps.push(text.normal.len());
                    }
                    continue;
                }
                Class::Other => return None,
            }
            text.push(form, at);
        }
        text.take_over(original, taken..original.len());
        for at in doubtful {
            let mut rest = text.normal[at..].chars();
            let (c, next, second) = (rest.next()?, rest.next(), rest.next());
            let before = text.normal[..at].chars().next_back();
            if let Some(right) = settle_one(c, before, next, second) {
                // Another length would move everything behind it.
                (right.len_utf8() == c.len_utf8()).then_some(())?;
                text.normal.replace_range(at..at + c.len_utf8(), right.encode_utf8(&mut [0; 4]));
            }
        }
        // A blank at the end parts nothing.
        text.gaps.retain(|at| *at < text.normal.len());
        text.original = original.to_string();
        Some(text)
    }

    /// Normalises any text.
    fn of_any(original: &str) -> Self {
        let mut written: Vec<(u32, char)> = Vec::with_capacity(original.len() / 2);
        for (at, c) in original.char_indices().filter(|(_, c)| !is_invisible(*c)) {
            spell(c, |form| written.push((at as u32, form)));
        }
        let mut kept: Vec<char> = Vec::with_capacity(written.len());
        let mut sources: Vec<u32> = Vec::with_capacity(written.len());
        let mut gaps: Vec<usize> = Vec::new();
        let mut i = 0;
        while let Some(&(at, c)) = written.get(i) {
            if is_han(c) {
                kept.push(c);
                sources.push(at);
                i += 1;
                continue;
            }
            let pinyin = pinyin::length(&kept, written[i..].iter().map(|&(_, c)| c));
            if pinyin > 0 {
                i += pinyin;
                continue;
            }
            i += 1;
            let rest = || written[i..].iter().map(|&(_, c)| c);
            // A soft line break before a list number parts two points of a list; elsewhere it splits a sentence.
            let c = if c == '\n' && starts_list_item(rest()) {
                '\n'
            } else if is_blank(c) {
                let in_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                let parted = parts_digits(&written, i - 1);
                if parted || !in_latin(kept.last().copied()) || !in_latin(rest().find(|c| !is_blank(*c))) {
                    gaps.extend((c != '\n' && gaps.last() != Some(&kept.len())).then_some(kept.len()));
                    continue;
                }
                ' '
            } else {
                c
            };
            kept.push(c);
            sources.push(at);
        }
        settle(&mut kept);
        let mut text = Text { normal: String::with_capacity(kept.len() * 3), ..Text::default() };
        let mut gaps = gaps.into_iter().peekable();
        for (n, (c, at)) in kept.into_iter().zip(sources).enumerate() {
            if gaps.next_if_eq(&n).is_some() {
                text.gaps.push(text.normal.len());
            }
            text.push(c, at as usize);
        }
        text.original = original.to_string();
        text
    }

    /// Adds a stretch of the original as it is written.
    fn take_over(&mut self, original: &str, range: Range<usize>) {
        if let Some(stretch) = original.get(range.clone()).filter(|s| !s.is_empty()) {
            self.lead_back(range.start);
            self.normal.push_str(stretch);
        }
    }

    /// Adds a character and its source.
    fn push(&mut self, c: char, source: usize) {
        self.lead_back(source);
        self.normal.push(c);
    }

    /// Notes the source of what comes next, where it does not follow from that of what came before.
    fn lead_back(&mut self, source: usize) {
        let at = self.normal.len();
        let follows = self.back.last().is_some_and(|&(n, o)| at - n as usize + o as usize == source);
        if !follows {
            self.back.push((at as u32, source as u32));
        }
    }

    /// The text with damaged words mended: `mends` in order, none overlapping. Characters that a word has more than the
    /// text lead back to the one after them.
    pub fn mended(self, mends: Vec<Mend>) -> Self {
        let mut whole = Text { original: String::new(), ..Text::default() };
        let mut at = 0;
        for mend in mends {
            whole.copy(&self, at..mend.range.start);
            let start = whole.normal.len();
            let damaged: Vec<char> = self.normal.get(mend.range.clone()).unwrap_or("").chars().collect();
            let places = self.normal.get(mend.range.clone()).unwrap_or("").char_indices();
            let written: Vec<usize> = places.map(|(n, _)| self.source_of(mend.range.start + n)).collect();
            let word: Vec<char> = mend.word.chars().collect();
            let alike = word.iter().zip(&damaged).take_while(|(a, b)| a == b).count();
            for (n, c) in word.iter().enumerate() {
                let from = if n <= alike { n } else { (n + damaged.len()).saturating_sub(word.len()) };
                whole.push(*c, written.get(from).or(written.last()).copied().unwrap_or(0));
            }
            whole.mended.push(start..whole.normal.len());
            at = mend.range.end;
        }
        whole.copy(&self, at..self.normal.len());
        Text { original: self.original, ..whole }
    }

    /// Whether a word in a range was mended: what stands there was read with a character that is not written.
    pub fn is_mended(&self, range: &Range<usize>) -> bool {
        self.mended.iter().any(|m| m.start < range.end && range.start < m.end)
    }

    /// Takes over a stretch of another text's normal form.
    fn copy(&mut self, other: &Text, range: Range<usize>) {
        let Some(stretch) = other.normal.get(range.clone()) else { return };
        for (n, c) in stretch.char_indices() {
            self.push(c, other.source_of(range.start + n));
        }
    }

    /// The author's words behind a range of the normalised text.
    pub fn quote(&self, range: Range<usize>) -> &str {
        let start = self.source_of(range.start);
        let mut end = self.source_of(range.end);
        // ① is one character and two here: half of it is quoted whole.
        let last = self.normal.get(range.clone()).and_then(|t| t.char_indices().next_back());
        let last = last.map_or(0, |(n, _)| self.source_of(range.start + n));
        if end == last && !range.is_empty() {
            let rest = self.normal.get(range.end..).unwrap_or("").char_indices();
            let next = rest.map(|(n, _)| self.source_of(range.end + n)).find(|source| *source > last);
            end = next.unwrap_or(self.original.len());
        }
        self.original.get(start..end).unwrap_or("").trim()
    }

    fn source_of(&self, at: usize) -> usize {
        if at >= self.normal.len() {
            return self.original.len();
        }
        let run = self.back.partition_point(|&(n, _)| n as usize <= at).checked_sub(1);
        run.and_then(|r| self.back.get(r)).map_or(0, |&(n, o)| o as usize + (at - n as usize))
    }

    /// The sentences of the normalised text.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        borders::sentences(&self.normal)
    }

    /// The clauses of a sentence.
    pub fn clauses(&self, sentence: Range<usize>) -> Vec<Range<usize>> {
        borders::clauses(&self.normal, sentence, &self.gaps)
    }
}

/// Whether a blank, or one of several side by side, stands between two single digits of a number that was spaced out:
/// 1 0 8 6.
fn parts_digits(chars: &[(u32, char)], at: usize) -> bool {
    let (before, after) = chars.split_at(at);
    let ends_single = |chars: &mut dyn Iterator<Item = char>| {
        let mut beside = chars.skip_while(|c| is_blank(*c)).map(|c| c.is_ascii_digit());
        beside.next() == Some(true) && beside.next() != Some(true)
    };
    ends_single(&mut before.iter().rev().map(|&(_, c)| c)) && ends_single(&mut after.iter().map(|&(_, c)| c))
}

/// Normalises a word of a rule the way texts are.
pub fn normal(text: &str) -> String {
    let classes = classes();
    // Most words are as they should be.
    let is_plain = text.chars().all(|c| classes(c) == (Class::Plain, c));
    if is_plain { text.to_string() } else { Text::new(text).normal }
}

/// Whether `2.` or `二、` or `(二)` begins here.
fn starts_list_item(text: impl Iterator<Item = char>) -> bool {
    let head: Vec<char> = text.filter(|c| !is_blank(*c)).take(4).collect();
    let number = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c);
    let n = head.iter().skip_while(|c| **c == '(').take_while(|c| number(c)).count();
    n > 0 && head.iter().skip_while(|c| **c == '(').nth(n).is_some_and(|c| matches!(c, '.' | '、' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text with every kind of damage, and a word of it.
    fn undone(written: &str, normal: &str) {
        let text = Text::new(written);
        assert_eq!(text.normal, normal, "{written}");
    }

    #[test]
    fn damage_is_undone() {
        undone("１０月１７日，我 校发(fā)布\n成效 宣传（3期）。", "10月17日,我校发布成效宣传(3期)。");
        undone("召\u{3000}开\u{a0}專\t題\u{200b}會\u{2060}議", "召开专题会议");
        undone("於⼤會裏，⻅⼈", "于大会里,见人");
        undone("①召开会议\n②走访", "1.召开会议\n2.走访");
        undone("二○二○年十月\n十七日", "二〇二〇年十月十七日");
        undone("专\u{e000}会\u{fffd}", "专□会□");
        undone("召📢开✨会议😀。", "召开会议。");
        undone("1O月l7曰，36明教师", "10月17日,36名教师");
    }

    #[test]
    fn the_quote_is_as_written() {
        let text = Text::new("①２０年，我校发(fā)布 成效。");
        let quote = |word: &str| {
            let at = text.normal.find(word).unwrap();
            text.quote(at..at + word.len())
        };
        assert_eq!(quote("发布"), "发(fā)布");
        assert_eq!(quote("20年"), "２０年");
        assert_eq!(quote("布成"), "布 成");
        assert_eq!(quote("1"), "①");
    }

    #[test]
    fn a_mended_word_leads_back_to_what_is_written() {
        let mend = |at: usize, damaged: &str, word: &str| Mend { range: at..at + damaged.len(), word: word.into() };
        let text = Text::new("召议会，专 题义会，扶贫贫日。");
        let at = |word: &str| text.normal.find(word).unwrap();
        let mends = vec![
            mend(at("召议"), "召议", "召开会议"),
            mend(at("专题义"), "专题义", "专题会"),
            mend(at("扶贫贫日"), "扶贫贫日", "扶贫日"),
        ];
        let text = text.mended(mends);
        assert_eq!(text.normal, "召开会议会,专题会会,扶贫日。");
        let quote = |word: &str| {
            let at = text.normal.find(word).unwrap();
            (text.quote(at..at + word.len()), text.is_mended(&(at..at + word.len())))
        };
        assert_eq!(quote("召开会议"), ("召议", true));
        assert_eq!(quote("专题会"), ("专 题义", true));
        assert_eq!(quote("扶贫日"), ("扶贫贫日", true));
        assert_eq!(quote("会,"), ("会，", false));
        assert_eq!(quote("。"), ("。", false));
    }

    #[test]
    fn a_number_that_was_spaced_out_is_one_number() {
        assert_eq!(Text::new("10月1 5日印发 1 0 8 6 份").normal, "10月15日印发1086份");
        assert_eq!(Text::new("1\t 0  8\u{3000}\u{200b} 6").normal, "1086");
        assert_eq!(Text::new("10 20 30").normal, "10 20 30");
        assert_eq!(Text::new("1\t 20").normal, "1 20");
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

    /// What makes normalising hard, mixed with ordinary text.
    fn written() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[一-龥]{1,3}",
            "[0-9OolI]{1,3}",
            prop::sample::select(vec![
                " ", "\n", "\t", "\u{3000}", "\u{200b}", "\u{fe0f}", "(fā)", "(", ")", "fā", "(fa)", "①", "⑴", "㈠",
                "○", "曰", "末", "己", "約", "月", "日", "名", "明", "于", "於", "⻅", "⼀", "、", "。", "，", ":",
                ".", "\u{e000}", "😀", "二", "发",
            ])
            .prop_map(str::to_string),
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn the_short_way_leads_to_the_same_text(any in written(), short in "[二十校末己明分人月曰召开會，。（(0-9 OolIafā\u{3000}]{0,8}") {
            for original in [any, short] {
                if let Some(plain) = Text::of_plain(&original) {
                    let any = Text::of_any(&original);
                    prop_assert_eq!((plain.normal, plain.back, plain.gaps), (any.normal, any.back, any.gaps));
                }
            }
        }

        #[test]
        fn any_text_is_normalised_and_quoted(original in written()) {
            let text = Text::new(&original);
            prop_assert_eq!(&normal(&text.normal), &text.normal);
            for sentence in text.sentences() {
                prop_assert!(original.contains(text.quote(sentence.clone())));
                for clause in text.clauses(sentence) {
                    prop_assert!(original.contains(text.quote(clause)));
                }
            }
        }

        #[test]
        fn clean_text_stays(original in "[的是在了我校会政策宣讲走访贫困户进村教师学生家长0-9,。;:、]{0,60}") {
            prop_assert_eq!(normal(&original), original);
        }
    }
}
