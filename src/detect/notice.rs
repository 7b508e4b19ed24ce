//! The notice's own words in a school's text. A sentence that is nearly the notice's is no evidence of a deed.
//!
//! Compared are Chinese characters only, three at a time, with one paragraph of the notice: a lost or altered character
//! costs itself and nothing beside it. What the notice cannot have said (我校, 召开了, a number of its own) makes a
//! sentence the school's, however much of the rest is borrowed.

use crate::detect::counts::counts;
use crate::detect::glyph::is_han;
use crate::detect::sketch;
use crate::detect::text::normal;
use crate::model::reading::Count;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Shorter stretches are headings and names, which every report repeats over its own deeds.
const LEAST: usize = 12;
/// The share, in percent, of a sentence's characters that must be the notice's.
const SHARE: usize = 80;
/// So many characters in a row that are not the notice's are the school's.
const OWN_WORDS: usize = 6;
/// Characters by which a school speaks of itself and of what is finished.
const OWN: &str = "我本校园镇乡班了已过";

/// The notice, ready to be compared with.
#[derive(Debug, Default)]
pub struct NoticeText {
    /// Its shingles, which no sketch counts.
    pub shingles: HashSet<u64>,
    paragraphs: Vec<Paragraph>,
    /// Three characters → the paragraphs that they stand in.
    threes: HashMap<[char; 3], Vec<usize>>,
    /// Which threes may be there, a bit each by their hash: most of a school's own are not.
    bits: Vec<u64>,
}

/// Hashes of three characters are below this.
const HASHES: usize = 1 << 16;

fn hash(three: [char; 3]) -> usize {
    let hash = three.iter().fold(0u32, |h, c| (h ^ u32::from(*c)).wrapping_mul(0x9e37_79b1));
    (hash >> (32 - HASHES.trailing_zeros())) as usize
}

#[derive(Debug)]
struct Paragraph {
    numbers: Vec<String>,
    counts: Vec<Count>,
}

impl NoticeText {
    /// Lays out a notice, given paragraph by paragraph.
    pub fn new(paragraphs: &[String]) -> Self {
        let mut notice = NoticeText { bits: vec![0; HASHES / 64], ..NoticeText::default() };
        for text in paragraphs.iter().map(|p| normal(p)) {
            notice.shingles.extend(sketch::shingles(&text));
            let at = notice.paragraphs.len();
            for three in letters(&text).windows(3) {
                let three = [three[0].1, three[1].1, three[2].1];
                notice.bits[hash(three) / 64] |= 1 << (hash(three) % 64);
                let held = notice.threes.entry(three).or_default();
                if held.last() != Some(&at) {
                    held.push(at);
                }
            }
            notice.paragraphs.push(Paragraph { numbers: numbers(&text), counts: counts(&text) });
        }
        notice
    }

    /// The stretches of a normalised text that are the notice's: whole sentences, and what stands between quotation
    /// marks. `asserts` says whether the author asserts something of his own within a range.
    pub fn quoted(
        &self,
        text: &str,
        sentences: impl Iterator<Item = Range<usize>>,
        asserts: impl Fn(&Range<usize>) -> bool,
    ) -> Vec<Range<usize>> {
        if self.paragraphs.is_empty() {
            return Vec::new();
        }
        sentences.chain(quotations(text)).filter(|range| self.is_own(text, range, &asserts)).collect()
    }

    /// Whether a text as a whole is the notice's.
    pub fn holds(&self, text: &str) -> bool {
        self.is_own(text, &(0..text.len()), &|_| false)
    }

    fn is_own(&self, text: &str, range: &Range<usize>, asserts: &impl Fn(&Range<usize>) -> bool) -> bool {
        let Some(piece) = text.get(range.clone()) else { return false };
        if self.is_foreign(piece) {
            return false;
        }
        let letters = letters(piece);
        if letters.len() < LEAST {
            return false;
        }
        let held = self.held(&letters);
        let Some(paragraph) = self.nearest(&held) else { return false };
        let mut covered = vec![false; letters.len()];
        for (at, paragraphs) in held.iter().enumerate() {
            if paragraphs.contains(&paragraph) {
                covered[at..at + 3].fill(true);
            }
        }
        if covered.iter().filter(|c| **c).count() * 100 < letters.len() * SHARE {
            return false;
        }
        let own_words = covered.chunk_by(|a, b| a == b).any(|run| !run[0] && run.len() >= OWN_WORDS);
        let mut own = letters.iter().zip(&covered).filter(|(_, covered)| !**covered).map(|(letter, _)| letter);
        let speaks = own.any(|(at, c)| {
            let start = range.start + at;
            OWN.contains(*c) || asserts(&(start..start + c.len_utf8()))
        });
        let said = &self.paragraphs[paragraph];
        let counted = || {
            numbers(piece).iter().any(|n| !said.numbers.contains(n))
                || counts(piece).iter().any(|c| !said.counts.contains(c))
        };
        !own_words && !speaks && !counted()
    }

    /// Whether the first letters of a text tell that too much of it stands in no paragraph: so it is with most sentences.
    fn is_foreign(&self, piece: &str) -> bool {
        // There are no more letters than this.
        let most = piece.len() / 3;
        let mut three = ['\0'; 3];
        let (mut missed, mut row) = (0, 0);
        for (n, c) in piece.chars().filter(|c| is_han(*c)).enumerate() {
            three = [three[1], three[2], c];
            if n < 2 {
                continue;
            }
            row = if self.may_hold(three) { 0 } else { row + 1 };
            missed += usize::from(row >= 3);
            if missed * 100 > most * (100 - SHARE) {
                return true;
            }
        }
        false
    }

    fn may_hold(&self, three: [char; 3]) -> bool {
        let at = hash(three);
        self.bits.get(at / 64).is_some_and(|bits| bits & 1 << (at % 64) != 0)
    }

    fn paragraphs_with(&self, three: &[(usize, char)]) -> &[usize] {
        match three {
            [a, b, c] if self.may_hold([a.1, b.1, c.1]) => self.threes.get(&[a.1, b.1, c.1]).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    /// The paragraphs that hold each three of a text.
    fn held(&self, letters: &[(usize, char)]) -> Vec<&[usize]> {
        letters.windows(3).map(|three| self.paragraphs_with(three)).collect()
    }

    /// The paragraph that shares most with a text, whose threes stand in these.
    fn nearest(&self, held: &[&[usize]]) -> Option<usize> {
        let mut shared = vec![0usize; self.paragraphs.len()];
        held.iter().copied().flatten().for_each(|p| shared[*p] += 1);
        let most = shared.iter().copied().max().filter(|n| *n > 0)?;
        shared.iter().position(|n| *n == most)
    }
}

/// The Chinese characters of a text and where each begins.
fn letters(text: &str) -> Vec<(usize, char)> {
    text.char_indices().filter(|(_, c)| is_han(*c)).collect()
}

/// The numbers in digits, that of a list at the start left out.
fn numbers(text: &str) -> Vec<String> {
    let body = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '.' | '、' | ' '));
    body.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_string).collect()
}

/// What stands between quotation marks.
fn quotations(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut open: Option<usize> = None;
    text.char_indices().filter_map(move |(at, c)| match (c, open) {
        ('"' | '「' | '『' | '」' | '』', Some(from)) => {
            open = None;
            Some(from..at)
        }
        ('"' | '「' | '『', None) => {
            open = Some(at + c.len_utf8());
            None
        }
        _ => None,
    })
}
