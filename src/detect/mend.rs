//! Words of the rules with one character wrong, lost or doubled, and what was meant by them.
//!
//! Exact words come first: where any word of the rules stands as written, nothing is mended. A wrong character must sound
//! or look like the right one, or be none that reports use. Chinese runs words together, so that 家长回(执) is no
//! damaged 家长会: at the edge of a word a character is wrong only where a mark or a known word follows. What is not
//! certain stays as it is.

use crate::detect::accidents::{Accident, Index, Kind, Likeness};
use crate::detect::glyph::{HOLE, is_han};
use crate::detect::lexicon::Lexicon;
use crate::detect::likeness::{is_rare, look_alikes, looker, sound_alike};
use crate::detect::text::{Mend, Text};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

/// Shorter words are never mended: too many others are as near.
const SHORTEST: usize = 3;
/// From so many characters a word is known by the rest where one is replaced by a rare one.
const LONG: usize = 4;
/// From so many characters a word is known by the rest where one is lost without a trace: 送(教)上门 is another word.
const LONGEST: usize = 5;
/// Characters that decide what is asserted: they are never put in and never taken away.
const DECIDING: &str = "未没无不非否拟若如待";
/// Characters that stand by themselves so often that they are hardly a mistake.
const FREE: &str = "的了在是有一二三四五六七八九十个和与及为以于从到对把被就都也要我你他她它们这那自已还又再更很最来去上下中里\
    外前后多少大小新老好可能应须需得着过给让使由向用按至暨年月日时分名位户份次";
/// Particles and pronouns: what holds them is half a sentence and no word.
const PARTICLES: [char; 9] = ['的', '了', '他', '她', '给', '去', '着', '过', '把'];
/// Adverbs that bound what is said: without one it is another saying that stands whole, 由特校(只)负责.
const BOUNDING: &str = "只仅才均皆共同全再先常";
/// What begins with one of these is a verb with its adverb, of which two thirds are no word: 未开(展). Of a noun of three
/// characters they are: 教育(版).
const ADVERBS: [char; 4] = ['未', '没', '不', '已'];

/// Mends the words that it was made for.
#[derive(Debug)]
pub struct Mender {
    words: Vec<Vec<char>>,
    /// What befalls words and leaves nothing to see, by what three characters are like: every text is searched for it.
    silent: Index,
    /// Words by each of their characters and its place, for what leaves a hole, a gap or a doubled character.
    of_char: OnceLock<BTreeMap<char, Vec<(usize, usize)>>>,
    /// Rare characters that the words themselves have.
    rare: BTreeSet<char>,
}

/// A place that may be a damaged word.
struct Suspect {
    word: usize,
    range: Range<usize>,
    /// What is wrong in it; empty where something is lost.
    wrong: Range<usize>,
    kind: Kind,
}

impl Mender {
    /// Makes a mender for words of rules, normalised.
    pub fn new<'w>(vocabulary: impl Iterator<Item = &'w str>) -> Self {
        let all: BTreeSet<&str> = vocabulary.collect();
        let is_word = |w: &Vec<char>| {
            w.len() >= SHORTEST && w.iter().all(|c| is_han(*c)) && !w.iter().any(|c| PARTICLES.contains(c))
        };
        let words: Vec<Vec<char>> = all.iter().map(|w| w.chars().collect()).filter(is_word).collect();
        Mender {
            silent: Index::new(words.iter().enumerate().flat_map(|(n, word)| silent(n, word))),
            of_char: OnceLock::new(),
            rare: words.iter().flatten().copied().filter(|c| is_rare(*c)).collect(),
            words,
        }
    }

    /// The text with its damaged words mended; the lexicon knows the words that stand there whole.
    pub fn mend(&self, text: Text, lexicon: &Lexicon) -> Text {
        let mut suspects = self.suspects(&text);
        suspects.retain(|s| self.is_possible(s, &text));
        if suspects.is_empty() {
            return text;
        }
        let is_long = |range: &Range<usize>| text.normal.get(range.clone()).is_some_and(|w| w.chars().nth(1).is_some());
        let known: Vec<Range<usize>> =
            lexicon.words_in(&text.normal).into_iter().map(|w| w.range).filter(is_long).collect();
        suspects.retain(|s| self.is_certain(s, &text, &known));
        // 政策宣□ may be two words, and says neither.
        let one_of_two = |s: &Suspect| suspects.iter().any(|o| o.range == s.range && o.word != s.word);
        let mut certain: Vec<&Suspect> = suspects.iter().filter(|s| !one_of_two(s)).collect();
        certain.sort_by_key(|s| (Reverse(s.range.len()), s.range.start, s.word));
        let mut mends: Vec<Mend> = Vec::new();
        for suspect in certain {
            let range = suspect.range.clone();
            if !mends.iter().any(|m| m.range.start < range.end && range.start < m.range.end) {
                mends.push(Mend { range, word: self.words.get(suspect.word).into_iter().flatten().collect() });
            }
        }
        mends.sort_by_key(|m| m.range.start);
        if mends.is_empty() { text } else { text.mended(mends) }
    }

    fn suspects(&self, text: &Text) -> Vec<Suspect> {
        let normal = &text.normal;
        let mut suspects = Vec::new();
        // The characters before: what they are like, and where they begin.
        let (mut like, mut starts) = ([0u16; 3], [0usize; 3]);
        let (mut last, mut seen) = ('\0', text.gaps.len() == 1);
        let look = looker();
        for (at, c) in normal.char_indices() {
            let (alike, rare) = look(c);
            like = [like[1], like[2], alike];
            starts = [starts[1], starts[2], at];
            seen |= last == c && is_han(c) || rare && self.is_hole(c) || c == HOLE;
            last = c;
            // What has no sound stands in no word.
            if alike != 0 && like[0] != 0 && like[1] != 0 && self.silent.has(like) {
                let mut rest = normal[at + c.len_utf8()..].chars().map(|c| look(c).0);
                let mut next = || rest.next().unwrap_or(0);
                let like = [like[0], like[1], like[2], next(), next()];
                suspects.extend(self.silent.of(like).filter_map(|a| self.suspect(*a, normal, starts[0])));
            }
        }
        if seen {
            self.seen(text, &mut suspects);
        }
        suspects
    }

    /// What leaves something to see: a hole, a doubled character, or the one gap of a text.
    fn seen(&self, text: &Text, suspects: &mut Vec<Suspect>) {
        let places: Vec<(usize, char)> = text.normal.char_indices().collect();
        let char_at = |n: usize| places.get(n).map(|&(_, c)| c);
        let is_gap = |n: usize| text.gaps.len() == 1 && places.get(n).is_some_and(|&(at, _)| text.gaps == [at]);
        let mut add = |word: usize, at: usize, kind: Kind, first: Option<usize>| {
            let start = first.and_then(|n| places.get(n)).map(|&(start, _)| start);
            let accident = Accident { word: word as u32, at: at as u16, kind };
            suspects.extend(start.and_then(|start| self.suspect(accident, &text.normal, start)));
        };
        for (n, &(_, c)) in places.iter().enumerate() {
            if self.is_hole(c) {
                // A hole is known by the character after it, at a word's end by that before it.
                for &(word, at) in
                    char_at(n + 1).map_or(&[][..], |next| self.with(next)).iter().filter(|(_, at)| *at > 0)
                {
                    add(word, at - 1, Kind::Replaced, (n + 1).checked_sub(at));
                }
                let before = n.checked_sub(1).and_then(char_at).map_or(&[][..], |before| self.with(before));
                for &(word, at) in before.iter().filter(|(word, at)| at + 2 == self.words[*word].len()) {
                    add(word, at + 1, Kind::Replaced, (n - 1).checked_sub(at));
                }
            }
            // At the edges the word stands whole beside a doubled character, and what is left of it is another word.
            if is_han(c) && char_at(n + 1) == Some(c) {
                let begins = |(word, at): &&(usize, usize)| {
                    let word = &self.words[*word];
                    n.checked_sub(*at).and_then(char_at) == word.first().copied() && is_inner(word, *at)
                };
                for &(word, at) in self.with(c).iter().filter(begins) {
                    add(word, at, Kind::Doubled, n.checked_sub(at));
                }
            }
            if is_gap(n) {
                let before = n.checked_sub(1).and_then(char_at).map_or(&[][..], |before| self.with(before));
                let is_lost =
                    |word: usize, at: usize| self.words[word].len() < LONGEST && is_inner(&self.words[word], at);
                for &(word, at) in before.iter().filter(|(word, at)| is_lost(*word, at + 1)) {
                    add(word, at + 1, Kind::Lost, (n - 1).checked_sub(at));
                }
            }
        }
    }

    /// The words that hold a character, and where in them it stands.
    fn with(&self, c: char) -> &[(usize, usize)] {
        let of_char = self.of_char.get_or_init(|| {
            let mut of_char: BTreeMap<char, Vec<(usize, usize)>> = BTreeMap::new();
            for (word, chars) in self.words.iter().enumerate() {
                for (at, c) in chars.iter().enumerate() {
                    of_char.entry(*c).or_default().push((word, at));
                }
            }
            of_char
        });
        of_char.get(&c).map_or(&[], Vec::as_slice)
    }

    /// Whether a character is none that a report has.
    fn is_hole(&self, c: char) -> bool {
        c == HOLE || is_rare(c) && !self.rare.contains(&c)
    }

    /// Whether just this is left of a word from a place on, and what is wrong there.
    fn suspect(&self, accident: Accident, normal: &str, start: usize) -> Option<Suspect> {
        let (word, at, kind) = (accident.word as usize, usize::from(accident.at), accident.kind);
        let (right, written) = (self.words.get(word)?, normal.get(start..)?);
        if kind == Kind::Replaced {
            return self.replaced(right, word, written, start);
        }
        let mut chars = written.char_indices();
        let mut wrong = start..start;
        for (n, c) in right.iter().enumerate() {
            if n == at && kind == Kind::Lost {
                wrong = chars.clone().next().map_or(wrong, |(next, _)| start + next..start + next);
                continue;
            }
            let (next, found) = chars.next()?;
            if found != *c {
                return None;
            }
            if n == at {
                wrong = start + next..start + next + c.len_utf8();
                chars.next().filter(|(_, again)| again == c)?;
            }
        }
        let end = chars.next().map_or(normal.len(), |(end, _)| start + end);
        Some(Suspect { word, range: start..end, wrong, kind })
    }

    /// The one character in which a stretch differs from a word of its length; none or several are no such case.
    fn replaced(&self, right: &[char], word: usize, written: &str, start: usize) -> Option<Suspect> {
        let mut chars = written.char_indices();
        let mut difference = None;
        for r in right {
            let (at, c) = chars.next()?;
            if c != *r && difference.replace((start + at, c, *r)).is_some() {
                return None;
            }
        }
        let (at, c, r) = difference?;
        let decides = DECIDING.contains(c) || DECIDING.contains(r);
        let alike = self.is_hole(c) || sound_alike(c, r) || look_alikes(r).any(|o| o == c);
        let end = chars.next().map_or(start + written.len(), |(end, _)| start + end);
        let suspect = Suspect { word, range: start..end, wrong: at..at + c.len_utf8(), kind: Kind::Replaced };
        (alike && !decides).then_some(suspect)
    }

    /// Whether a word may be damaged so, whatever stands around it.
    fn is_possible(&self, suspect: &Suspect, text: &Text) -> bool {
        let Suspect { range, wrong, .. } = suspect;
        let length = self.length(suspect);
        match suspect.kind {
            Kind::Doubled => true,
            Kind::Lost => length >= LONGEST || text.gaps == [wrong.start],
            Kind::Replaced => {
                let c = self.written(suspect, text);
                let is_inner = wrong.start > range.start && wrong.end < range.end;
                let long = length >= LONG;
                (c == HOLE || !FREE.contains(c))
                    && if is_inner { long || c == HOLE || !is_rare(c) } else { long || begins_with_adverb(text, range) }
            }
        }
    }

    /// How many characters the damaged word has.
    fn length(&self, suspect: &Suspect) -> usize {
        self.words.get(suspect.word).map_or(0, Vec::len)
    }

    /// The first of the wrong characters.
    fn written(&self, suspect: &Suspect, text: &Text) -> char {
        text.normal.get(suspect.wrong.clone()).and_then(|w| w.chars().next()).unwrap_or(HOLE)
    }

    /// Whether one that is possible is so by what stands around it.
    fn is_certain(&self, suspect: &Suspect, text: &Text, known: &[Range<usize>]) -> bool {
        let Suspect { range, wrong, .. } = suspect;
        let normal = &text.normal;
        let before = normal.get(..range.start).and_then(|t| t.chars().next_back());
        let after = normal.get(range.end..).and_then(|t| t.chars().next());
        let left = || !before.is_some_and(is_han) || known.iter().any(|k| k.end == range.start);
        let right = || !after.is_some_and(is_han) || known.iter().any(|k| k.start == range.end);
        // Another word that is written whole needs the character, or runs on where one is said to be lost.
        let is_spoken_for = known.iter().any(|k| match suspect.kind {
            Kind::Replaced => k.start <= wrong.start && wrong.end <= k.end,
            Kind::Lost => k.start < wrong.start && wrong.end < k.end,
            Kind::Doubled => k.start == wrong.end,
        });
        if is_spoken_for {
            return false;
        }
        match suspect.kind {
            Kind::Doubled => true,
            Kind::Lost => left() && right(),
            Kind::Replaced => {
                let edges = (wrong.start == range.start, wrong.end == range.end);
                if edges == (false, false) {
                    return true;
                }
                let rest_is_known = known.iter().any(|k| {
                    range.start <= k.start && k.end <= range.end && (k.end == wrong.start || k.start == wrong.end)
                });
                let bordered = || (!edges.0 || left()) && (!edges.1 || right());
                !rest_is_known && (self.written(suspect, text) == HOLE || bordered())
            }
        }
    }
}

fn begins_with_adverb(text: &Text, range: &Range<usize>) -> bool {
    text.normal.get(range.clone()).is_some_and(|t| t.starts_with(ADVERBS))
}

/// What replaces a character by one that sounds or looks alike, or loses one from a long word, and what the first three
/// characters that are left are like.
fn silent(word: usize, chars: &[char]) -> Vec<(Accident, Likeness)> {
    let look = looker();
    let like = |left: &[char]| std::array::from_fn(|n| left.get(n).map_or(0, |c| look(*c).0));
    let accident = |at: usize, kind: Kind| Accident { word: word as u32, at: at as u16, kind };
    let mut all = vec![(accident(0, Kind::Replaced), like(chars))];
    let stands_alone = |c: &char| FREE.contains(*c) || BOUNDING.contains(*c);
    let is_lost =
        |at: &usize| chars.len() >= LONGEST && is_inner(chars, *at) && !chars.get(*at).is_some_and(stands_alone);
    for at in (0..chars.len()).filter(is_lost) {
        let left = [&chars[..at], &chars[at + 1..]].concat();
        all.push((accident(at, Kind::Lost), like(&left)));
    }
    all
}

/// Whether a character that decides nothing stands inside a word.
fn is_inner(chars: &[char], at: usize) -> bool {
    at > 0 && at + 1 < chars.len() && chars.get(at).is_some_and(|c| !DECIDING.contains(*c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::lexicon::WordBook;

    const WORDS: [&str; 13] = [
        "扶贫日",
        "专题会议",
        "专题会",
        "政策宣讲",
        "政策宣传",
        "送教上门",
        "走访",
        "贫困户",
        "家长会",
        "家长",
        "未开展",
        "建档立卡户",
        "由特校只负责",
    ];

    fn mended(text: &str) -> String {
        let mut book = WordBook::default();
        book.list(&WORDS);
        book.list(&["活动", "学生资助", "入户走访"]);
        let mender = Mender::new(book.words());
        mender.mend(Text::new(text), &book.lexicon().unwrap()).normal
    }

    #[test]
    fn one_wrong_character_is_set_right() {
        for (damaged, word) in [
            ("扶品日", "扶贫日"),
            ("扶贪日", "扶贫日"),
            ("送交上门", "送教上门"),
            ("政策宣将活动", "政策宣讲活动"),
            ("未开站。", "未开展。"),
            ("专镕会议", "专题会议"),
            ("专□会议", "专题会议"),
            ("扶贫贫日", "扶贫日"),
            ("走访贫 户。", "走访贫困户。"),
            ("建档卡户。", "建档立卡户。"),
        ] {
            assert_eq!(mended(damaged), word);
        }
    }

    #[test]
    fn what_is_not_certain_stays() {
        for text in [
            "家长回执",     // 回 begins a word of its own
            "政策宣□",      // two words would do
            "学生自助",     // 自 stands by itself too often
            "入户未访",     // 未 decides what is said
            "送上门",       // a word without the lost character
            "由特校负责",   // 只 would say another thing
            "扶拼品日",     // two wrong characters
            "家长专题汇报", // 专题会 is whole in no reading
            "扶贫日专题会议",
        ] {
            assert_eq!(mended(text), text);
        }
        // Blanks everywhere are spacing and no lost characters.
        assert_eq!(mended("我 校 走访贫 户。"), "我校走访贫户。");
    }
}
