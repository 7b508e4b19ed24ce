//! Words of the rules with one character wrong, lost or doubled, and what was meant by them.
//!
//! Exact words come first: where any word of the rules stands as written, nothing is mended. A wrong character must sound
//! or look like the right one, or be none that reports use. Chinese runs words together, so that 家长回(执) is no
//! damaged 家长会: at the edge of a word a character is wrong only where a mark or a known word follows. What is not
//! certain stays as it is.

use crate::detect::glyph::{HOLE, is_han};
use crate::detect::likeness::{is_rare, look_alikes, sound, sound_alike};
use crate::detect::text::{Mend, Text};
use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

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
/// What begins with one of these is a verb with its adverb, of which two thirds are no word: 未开(展). Of a noun of three
/// characters they are: 教育(版).
const ADVERBS: [char; 4] = ['未', '没', '不', '已'];

/// Mends the words that it was made for.
#[derive(Debug)]
pub struct Mender {
    words: Vec<Vec<char>>,
    /// All words of two characters or more, as written.
    known: AhoCorasick,
    /// What befalls words and leaves nothing to see, as it sounds: every text is searched for it.
    silent: Accidents,
    /// What leaves a hole, a gap or a doubled character: only texts that have such are searched for it.
    seen: Accidents,
    /// Rare characters that the words themselves have.
    rare: BTreeSet<char>,
}

/// What befell words.
#[derive(Debug)]
struct Accidents {
    left: AhoCorasick,
    /// For each pattern of `left`: the accident.
    accidents: Vec<Accident>,
}

/// What befell a word.
#[derive(Debug, Clone, Copy)]
struct Accident {
    word: usize,
    /// The character that it befell.
    at: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Something else stands in its place.
    Replaced,
    /// It is not there.
    Lost,
    /// It is there twice.
    Doubled,
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
    ///
    /// # Errors
    /// More words than an automaton holds.
    pub fn new<'w>(vocabulary: impl Iterator<Item = &'w str>) -> Result<Self, BuildError> {
        let all: BTreeSet<&str> = vocabulary.filter(|w| w.chars().count() >= 2).collect();
        let is_word = |w: &Vec<char>| {
            w.len() >= SHORTEST && w.iter().all(|c| is_han(*c)) && !w.iter().any(|c| PARTICLES.contains(c))
        };
        let words: Vec<Vec<char>> = all.iter().map(|w| w.chars().collect()).filter(is_word).collect();
        let each = || words.iter().enumerate();
        Ok(Mender {
            known: AhoCorasick::new(&all)?,
            silent: Accidents::new(each().flat_map(|(n, word)| silent(n, word)), AhoCorasickKind::DFA)?,
            seen: Accidents::new(each().flat_map(|(n, word)| seen(n, word)), AhoCorasickKind::ContiguousNFA)?,
            rare: words.iter().flatten().copied().filter(|c| is_rare(*c)).collect(),
            words,
        })
    }

    /// The text with its damaged words mended.
    pub fn mend(&self, text: Text) -> Text {
        let mut suspects = self.suspects(&text);
        if suspects.is_empty() {
            return text;
        }
        let known: Vec<Range<usize>> = self.known.find_overlapping_iter(&text.normal).map(|m| m.range()).collect();
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
        let mut heard: Vec<u8> = Vec::with_capacity(normal.len() / 2);
        let (mut last, mut seen) = (None, !text.gaps.is_empty());
        for c in normal.chars() {
            heard.push(sound(c));
            seen |= last == Some(c) && is_han(c) || self.is_hole(c);
            last = Some(c);
        }
        let place = |found: Range<usize>| text.place(found.start)..text.place(found.end);
        let mut suspects = self.search(&self.silent, normal, &heard, &place);
        if seen {
            let holed: String = normal.chars().map(|c| if self.is_hole(c) { HOLE } else { c }).collect();
            suspects.extend(self.search(&self.seen, normal, holed.as_bytes(), &|found| found));
        }
        suspects
    }

    /// Whether a character is none that a report has.
    fn is_hole(&self, c: char) -> bool {
        c == HOLE || is_rare(c) && !self.rare.contains(&c)
    }

    /// Searches what a text is like for what accidents leave; `place` tells where in the text that is.
    fn search(
        &self,
        accidents: &Accidents,
        normal: &str,
        like: &[u8],
        place: &dyn Fn(Range<usize>) -> Range<usize>,
    ) -> Vec<Suspect> {
        let suspect = |accident: &Accident, range: Range<usize>| {
            let Accident { word, at, kind } = *accident;
            if kind == Kind::Replaced {
                return self.replaced(normal, word, range);
            }
            let written = normal.get(range.clone())?;
            let (start, c) = written.char_indices().nth(at).map(|(n, c)| (range.start + n, c))?;
            let length = if kind == Kind::Doubled { c.len_utf8() } else { 0 };
            self.is_left(accident, written).then_some(Suspect { word, range, wrong: start..start + length, kind })
        };
        let found = accidents.left.find_overlapping_iter(like);
        found.filter_map(|m| suspect(accidents.accidents.get(m.pattern().as_usize())?, place(m.range()))).collect()
    }

    /// Whether just this is left of a word, and not only something that sounds like it.
    fn is_left(&self, accident: &Accident, written: &str) -> bool {
        let word = self.words.get(accident.word).map_or(&[][..], Vec::as_slice);
        let whole = word.iter().enumerate();
        let left = whole.flat_map(|(n, c)| {
            std::iter::repeat_n(
                *c,
                match (n == accident.at, accident.kind) {
                    (true, Kind::Lost) => 0,
                    (true, Kind::Doubled) => 2,
                    _ => 1,
                },
            )
        });
        written.chars().eq(left)
    }

    /// The one character in which a stretch differs from a word of its length; none or several are no such case.
    fn replaced(&self, normal: &str, word: usize, range: Range<usize>) -> Option<Suspect> {
        let written = normal.get(range.clone())?;
        let mut differences = written.char_indices().zip(self.words.get(word)?).filter(|((_, c), right)| c != *right);
        let ((at, c), right) = differences.next()?;
        let wrong = range.start + at..range.start + at + c.len_utf8();
        let decides = DECIDING.contains(c) || DECIDING.contains(*right);
        let alike = self.is_hole(c) || sound_alike(c, *right) || look_alikes(*right).any(|o| o == c);
        (differences.next().is_none() && alike && !decides).then_some(Suspect {
            word,
            range,
            wrong,
            kind: Kind::Replaced,
        })
    }

    fn is_certain(&self, suspect: &Suspect, text: &Text, known: &[Range<usize>]) -> bool {
        let Suspect { range, wrong, .. } = suspect;
        let normal = &text.normal;
        let length = self.words.get(suspect.word).map_or(0, Vec::len);
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
            Kind::Lost if length >= LONGEST => left() && right(),
            Kind::Lost => left() && right() && text.gaps == [wrong.start],
            Kind::Replaced => {
                let c = normal.get(wrong.clone()).and_then(|w| w.chars().next()).unwrap_or(HOLE);
                let edges = (wrong.start == range.start, wrong.end == range.end);
                if edges == (false, false) {
                    return !FREE.contains(c) && (length >= LONG || c == HOLE || !is_rare(c));
                }
                let rest_is_known = known.iter().any(|k| {
                    range.start <= k.start && k.end <= range.end && (k.end == wrong.start || k.start == wrong.end)
                });
                let bordered = c == HOLE || !FREE.contains(c) && (!edges.0 || left()) && (!edges.1 || right());
                bordered && !rest_is_known && (length >= LONG || begins_with_adverb(normal, range))
            }
        }
    }
}

fn begins_with_adverb(normal: &str, range: &Range<usize>) -> bool {
    normal.get(range.clone()).is_some_and(|t| t.starts_with(ADVERBS))
}

/// What replaces a character by one that sounds or looks alike, or loses one from a long word. Patterns are as they
/// sound.
fn silent(word: usize, chars: &[char]) -> Vec<(Accident, Vec<u8>)> {
    let mut left = Vec::new();
    let mut add = |at, kind, chars: &[char]| {
        left.push((Accident { word, at, kind }, chars.iter().map(|c| sound(*c)).collect()));
    };
    add(0, Kind::Replaced, chars);
    for (at, c) in chars.iter().enumerate() {
        let (before, after) = around(chars, at);
        for other in look_alikes(*c).filter(|o| !sound_alike(*o, *c)) {
            add(at, Kind::Replaced, &[before, &[other], after].concat());
        }
        if chars.len() >= LONGEST && is_inner(chars, at) {
            add(at, Kind::Lost, &[before, after].concat());
        }
    }
    left
}

/// What leaves a hole, a gap or a doubled character.
fn seen(word: usize, chars: &[char]) -> Vec<(Accident, Vec<u8>)> {
    let mut left = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let (before, after) = around(chars, at);
        let mut add = |kind, middle: &[char]| {
            let written: String = [before, middle, after].concat().into_iter().collect();
            left.push((Accident { word, at, kind }, written.into_bytes()));
        };
        add(Kind::Replaced, &[HOLE]);
        // At the edges the word stands whole beside a doubled character, and what is left of it is another word.
        if is_inner(chars, at) {
            add(Kind::Doubled, &[*c, *c]);
            if chars.len() < LONGEST {
                add(Kind::Lost, &[]);
            }
        }
    }
    left
}

/// Whether a character that decides nothing stands inside a word.
fn is_inner(chars: &[char], at: usize) -> bool {
    at > 0 && at + 1 < chars.len() && chars.get(at).is_some_and(|c| !DECIDING.contains(*c))
}

/// What stands before and after a character.
fn around(chars: &[char], at: usize) -> (&[char], &[char]) {
    (chars.get(..at).unwrap_or(&[]), chars.get(at + 1..).unwrap_or(&[]))
}

impl Accidents {
    /// A DFA is faster and takes longer to build: it is for what every text is searched for.
    fn new(all: impl Iterator<Item = (Accident, Vec<u8>)>, kind: AhoCorasickKind) -> Result<Self, BuildError> {
        let (accidents, left): (Vec<Accident>, Vec<Vec<u8>>) = all.unzip();
        Ok(Accidents { left: AhoCorasick::builder().kind(Some(kind)).build(left)?, accidents })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 12] = [
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
    ];

    fn mended(text: &str) -> String {
        let mender = Mender::new(WORDS.into_iter().chain(["活动", "学生资助", "入户走访"])).unwrap();
        mender.mend(Text::new(text)).normal
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
