//! Names that look like a school's and are not on the roster, and which names of the roster come nearest.

use crate::judge::names::border::{SCHOOL_WORDS, WORDS_AFTER, WORDS_BEFORE};
use crate::judge::names::text::{Text, is_han};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What stands before 学校, 小学 … when no particular school is meant.
const NO_NAME: [&str; 27] = [
    "各",
    "全县",
    "全镇",
    "全体",
    "我",
    "本",
    "该",
    "贵",
    "所有",
    "县直",
    "民办",
    "公办",
    "乡镇",
    "农村",
    "城区",
    "辖区",
    "兄弟",
    "部分",
    "中",
    "大",
    "义务教育",
    "家长",
    "镇直",
    "有关",
    "乡村",
    "相关",
    "我们",
];

/// The longest name of a school that is believed, in characters.
const LONGEST: usize = 16;

/// The first name in the text that looks like a school's, outside the `known` ranges.
pub fn find(text: &Text, known: &[(usize, usize)]) -> Option<String> {
    let plain = text.plain.as_str();
    let mut from = 0;
    while let Some((at, word)) = next_school_word(plain, from) {
        let end = at + word.len();
        from = end;
        // 龙池中学附属幼儿园: the whole of it is the name.
        if let Some((next, more)) = next_school_word(plain, end)
            && plain.get(end..next).is_some_and(|gap| gap.chars().count() <= 2 && gap.chars().all(is_han))
            && !known.iter().any(|(s, e)| *s < next + more.len() && *e > at)
        {
            continue;
        }
        if known.iter().any(|(s, e)| *s < end && *e > at) {
            continue;
        }
        // 小学生, 学校会议室: no name ends here.
        let tail = text.after(end);
        let ends = text.parted_at(end)
            || tail.chars().next().is_none_or(|c| !is_han(c))
            || WORDS_AFTER.iter().any(|w| tail.starts_with(w));
        if !ends {
            continue;
        }
        let floor = known.iter().map(|(_, e)| *e).filter(|e| *e <= at).max().unwrap_or(0);
        let mut start = at;
        for (i, (offset, c)) in plain.get(floor..at).unwrap_or("").char_indices().rev().enumerate() {
            if !is_han(c) || i >= LONGEST {
                break;
            }
            start = floor + offset;
            if text.parted_at(start) {
                break;
            }
        }
        let local = plain.get(start..at).unwrap_or("");
        let cut = WORDS_BEFORE
            .iter()
            .filter(|w| w.chars().count() > 1 || **w == "的")
            .filter_map(|w| local.rfind(w).map(|p| p + w.len()))
            .max()
            .unwrap_or(0);
        let local = local.get(cut..).unwrap_or("");
        if local.is_empty() || NO_NAME.iter().any(|w| local.starts_with(w) || local.ends_with(w)) {
            continue;
        }
        return Some(format!("{local}{word}"));
    }
    None
}

/// The first of the words in the text from there on, the longest where several begin together.
fn next_school_word(plain: &str, from: usize) -> Option<(usize, &'static str)> {
    // None only where the words would be too many.
    static WORDS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(SCHOOL_WORDS).ok());
    let found = WORDS.as_ref()?.find(plain.get(from..)?)?;
    Some((from + found.start(), SCHOOL_WORDS.get(found.pattern().as_usize())?))
}

/// Finds the names of the roster that share most pairs of characters with a name.
#[derive(Debug, Clone, Default)]
pub struct Nearest {
    pairs: BTreeMap<(char, char), Vec<usize>>,
}

/// A pair that more schools share tells nothing (小学), and following it would cost time.
const COMMON: usize = 200;

impl Nearest {
    /// An index over names made ready.
    pub fn new<'n>(names: impl Iterator<Item = &'n str>) -> Nearest {
        let mut nearest = Nearest::default();
        for (i, name) in names.enumerate() {
            for pair in pairs(name) {
                nearest.pairs.entry(pair).or_default().push(i);
            }
        }
        nearest
    }

    /// Up to three schools, the nearest first.
    pub fn to(&self, name: &str) -> Vec<usize> {
        let mut scores: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in pairs(name) {
            for school in self.pairs.get(&pair).filter(|list| list.len() <= COMMON).into_iter().flatten() {
                // A rare pair says more than a common one.
                *scores.entry(*school).or_default() += 1 + COMMON / self.pairs.get(&pair).map_or(1, Vec::len).max(1);
            }
        }
        let mut ranked: Vec<(usize, usize)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(3).map(|(school, _)| school).collect()
    }
}

fn pairs(name: &str) -> BTreeSet<(char, char)> {
    name.chars().zip(name.chars().skip(1)).collect()
}
