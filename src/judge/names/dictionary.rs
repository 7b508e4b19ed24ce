//! Finding the forms of names in a line: leftmost and longest, by the sorted forms alone. An automaton over the names of a
//! hundred thousand schools takes two hundred megabytes while it is built; a line is short, and the forms take what they are.

use std::collections::BTreeMap;
use std::ops::Range;

/// Texts, sorted, to be found in lines. A text is known by its number.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// All texts, one after the other.
    texts: String,
    /// Where in `texts` each ends.
    ends: Vec<u32>,
    /// The texts that begin with a character.
    beginning: BTreeMap<char, Range<usize>>,
}

/// A text, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its number.
    pub number: usize,
    /// Where in the line.
    pub range: Range<usize>,
}

impl Dictionary {
    /// Takes texts in ascending order, each once, none of them empty; `None` where there is more of them than it holds.
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Self> {
        let mut dictionary = Dictionary::default();
        for (number, text) in texts.enumerate() {
            dictionary.texts.push_str(text);
            dictionary.ends.push(u32::try_from(dictionary.texts.len()).ok()?);
            let first = text.chars().next()?;
            dictionary.beginning.entry(first).or_insert(number..number).end = number + 1;
        }
        dictionary.texts.shrink_to_fit();
        dictionary.ends.shrink_to_fit();
        Some(dictionary)
    }

    /// The texts in a line from left to right, at each place the longest; none overlap.
    pub fn find_in(&self, line: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut done = 0;
        for (start, _) in line.char_indices() {
            let hit = line.get(start..).filter(|_| start >= done).and_then(|rest| self.longest(rest));
            if let Some((number, length)) = hit {
                done = start + length;
                hits.push(Hit { number, range: start..done });
            }
        }
        hits
    }

    /// The longest text that a line begins with: its number and bytes.
    fn longest(&self, line: &str) -> Option<(usize, usize)> {
        let mut range = self.beginning.get(&line.chars().next()?)?.clone();
        let mut longest = None;
        for (at, c) in line.char_indices() {
            let depth = at + c.len_utf8();
            if at > 0 {
                let head = line.get(..depth)?;
                // All of them begin as the line does up to `at`.
                let first = self.partition(range.clone(), |text| text < head);
                range = first..self.partition(first..range.end, |text| text.starts_with(head));
            }
            // The one that is no longer than this comes first.
            match self.text(range.start).filter(|_| !range.is_empty()) {
                Some(text) if text.len() == depth => longest = Some((range.start, depth)),
                Some(_) => {}
                None => break,
            }
        }
        longest
    }

    /// The first of some texts of which `before` does not hold.
    fn partition(&self, among: Range<usize>, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (among.start, among.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.text(middle).is_some_and(&before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn text(&self, number: usize) -> Option<&str> {
        let end = |n: usize| self.ends.get(n).map(|end| *end as usize);
        let start = number.checked_sub(1).map_or(Some(0), end)?;
        self.texts.get(start..end(number)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn found(texts: &BTreeSet<String>, line: &str) -> Vec<String> {
        let dictionary = Dictionary::new(texts.iter().map(String::as_str)).unwrap();
        let text = |hit: Hit| {
            assert_eq!(texts.iter().nth(hit.number).unwrap(), &line[hit.range.clone()]);
            format!("{} {}", hit.range.start, &line[hit.range.clone()])
        };
        dictionary.find_in(line).into_iter().map(text).collect()
    }

    #[test]
    fn the_longest_is_found_and_none_that_overlaps() {
        let texts = ["龙池中学", "龙池中学附属幼儿园", "中学", "池", "附属"].map(String::from).into();
        assert_eq!(found(&texts, "到龙池中学附属幼儿园看中学"), ["3 龙池中学附属幼儿园", "33 中学"]);
        assert_eq!(found(&texts, "龙池中学附属小学"), ["0 龙池中学", "12 附属"]);
        assert_eq!(found(&BTreeSet::new(), "龙池中学"), [] as [&str; 0]);
    }

    proptest! {
        #[test]
        fn it_finds_what_looking_everywhere_finds(texts in prop::collection::btree_set("[甲乙a]{1,4}", 0..12), line in "[甲乙ab]{0,12}") {
            let mut wanted = Vec::new();
            let mut done = 0;
            for (start, _) in line.char_indices() {
                let longest = texts.iter().filter(|t| line[start..].starts_with(t.as_str())).max_by_key(|t| t.len());
                if let Some(text) = longest.filter(|_| start >= done) {
                    done = start + text.len();
                    wanted.push(format!("{start} {text}"));
                }
            }
            prop_assert_eq!(found(&texts, &line), wanted);
        }
    }
}
