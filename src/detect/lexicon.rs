//! All words of all lists in one automaton, so that a text is looked through once.

use crate::detect::text;
use daachorse::CharwiseDoubleArrayAhoCorasick;
use std::collections::HashMap;
use std::ops::{Deref, Range};

/// The words of all lists, ready to look for. A list is known by its number.
pub struct Lexicon {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each word of the automaton: the lists it stands in.
    lists_of: Vec<Lists>,
}

/// The lists that a word stands in, in their order.
#[derive(Debug, Clone, Default)]
struct Lists {
    /// Those of which it matters where their words stand.
    placed: Vec<usize>,
    /// All of them, those too of which it matters only that one of their words stands in a text: 64 a piece, with its number.
    all: Vec<(u32, u64)>,
}

impl Lists {
    fn add(&mut self, list: usize, placed: bool) {
        // A list may hold a word twice, in two forms that are one when normalised.
        if placed && self.placed.last() != Some(&list) {
            self.placed.push(list);
        }
        let (piece, bit) = ((list / 64) as u32, 1 << (list % 64));
        match self.all.last_mut().filter(|last| last.0 == piece) {
            Some(last) => last.1 |= bit,
            None => self.all.push((piece, bit)),
        }
    }
}

/// A word of a list, found.
#[derive(Debug, Clone)]
pub struct WordHit<'l> {
    /// The lists that it stands in, in their order.
    pub lists: &'l [usize],
    /// These and further lists, of which it matters only that one of their words stands in a text.
    all: &'l [(u32, u64)],
    /// Where, in the normalised text.
    pub range: Range<usize>,
}

impl WordHit<'_> {
    /// Whether it stands in a list.
    #[inline]
    pub fn is_in(&self, list: usize) -> bool {
        self.lists.binary_search(&list).is_ok()
    }
}

/// All words in a text, with the way from each list to its own.
#[derive(Debug, Default)]
pub struct Words<'l> {
    hits: Vec<WordHit<'l>>,
    /// Lists with the places of their words in `hits`, in the order of both: as one number they are sorted in half the time.
    places: Vec<u64>,
}

impl<'l> Words<'l> {
    fn new(hits: Vec<WordHit<'l>>) -> Self {
        let mut places: Vec<u64> = Vec::with_capacity(hits.iter().map(|hit| hit.lists.len()).sum());
        for (at, hit) in hits.iter().enumerate() {
            places.extend(hit.lists.iter().map(|list| Words::place(*list, at)));
        }
        places.sort_unstable();
        Words { hits, places }
    }

    fn place(list: usize, at: usize) -> u64 {
        (list as u64) << 32 | at as u64
    }

    /// Whether any word of a list stands in the text.
    pub fn has(&self, list: usize) -> bool {
        let first = self.places.partition_point(|place| *place < Words::place(list, 0));
        self.places.get(first).is_some_and(|place| place >> 32 == list as u64)
    }

    /// The words of a list that stand in a part of the text, in the order of their places.
    pub fn of(&self, list: usize, part: &Range<usize>) -> impl Iterator<Item = &WordHit<'l>> {
        let end = part.end;
        // They stand in the order of their places, so that those of the part are known by their numbers.
        let from = self.hits.partition_point(|hit| hit.range.start < part.start);
        let first = self.places.partition_point(|place| *place < Words::place(list, from));
        let own = self.places[first..].iter().take_while(move |place| *place >> 32 == list as u64);
        let own = own.map(|place| &self.hits[*place as u32 as usize]);
        own.take_while(move |w| w.range.start < end).filter(move |w| w.range.end <= end)
    }

    /// The words of any of some lists that stand in a part of the text, each once, in the order of their places.
    pub fn of_any(&self, lists: &[usize], part: &Range<usize>) -> Vec<&WordHit<'l>> {
        let mut all: Vec<&WordHit<'l>> = lists.iter().flat_map(|list| self.of(*list, part)).collect();
        if lists.len() > 1 {
            all.sort_unstable_by_key(|w| (w.range.start, w.range.end));
            all.dedup_by_key(|w| (w.range.start, w.range.end));
        }
        all
    }
}

impl<'l> Deref for Words<'l> {
    type Target = [WordHit<'l>];

    fn deref(&self) -> &Self::Target {
        &self.hits
    }
}

/// A set of lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListSet(Vec<u64>);

impl ListSet {
    /// The lists in which words of a part of a text stand.
    pub fn of(words: &[WordHit<'_>], part: &Range<usize>) -> Self {
        let mut set = ListSet::default();
        for word in within(words, part) {
            for &(piece, bits) in word.all {
                *set.piece(piece as usize) |= bits;
            }
        }
        set
    }

    /// Adds a list.
    #[inline]
    pub fn add(&mut self, list: usize) {
        *self.piece(list / 64) |= 1 << (list % 64);
    }

    #[inline]
    fn piece(&mut self, at: usize) -> &mut u64 {
        if self.0.len() <= at {
            // Room for many at once: lists come in no order.
            self.0.resize((at + 1).next_multiple_of(32), 0);
        }
        &mut self.0[at]
    }

    /// Whether a list is in it.
    pub fn has(&self, list: usize) -> bool {
        self.0.get(list / 64).is_some_and(|bits| bits & 1 << (list % 64) != 0)
    }

    /// The lists that are in both, in their order.
    pub fn common(&self, other: &ListSet) -> impl Iterator<Item = usize> {
        let both = self.0.iter().zip(&other.0).map(|(a, b)| a & b);
        both.enumerate().flat_map(|(at, bits)| ones(bits).map(move |bit| at * 64 + bit))
    }

    /// Whether any of some lists is in it.
    pub fn has_any(&self, lists: &[usize]) -> bool {
        lists.iter().any(|&l| self.has(l))
    }
}

/// The places of the bits that are set, in their order.
pub fn ones(bits: u64) -> impl Iterator<Item = usize> {
    let next = |bits: &u64| Some(bits & (bits - 1)).filter(|rest| *rest != 0);
    std::iter::successors(Some(bits).filter(|bits| *bits != 0), next).map(|bits| bits.trailing_zeros() as usize)
}

impl FromIterator<usize> for ListSet {
    fn from_iter<I: IntoIterator<Item = usize>>(lists: I) -> Self {
        let mut set = ListSet::default();
        lists.into_iter().for_each(|list| set.add(list));
        set
    }
}

/// So many bytes before a place a word that covers it may begin.
const LONGEST: usize = 120;

/// The words that stand in a part of a text.
pub fn within<'w, 'l>(
    words: &'w [WordHit<'l>],
    part: &Range<usize>,
) -> impl Iterator<Item = &'w WordHit<'l>> + use<'w, 'l> {
    let end = part.end;
    let from = words.partition_point(|w| w.range.start < part.start);
    words[from..].iter().take_while(move |w| w.range.start < end).filter(move |w| w.range.end <= end)
}

/// The words that cover a part of a text.
pub fn covering<'w, 'l>(
    words: &'w [WordHit<'l>],
    part: &Range<usize>,
) -> impl Iterator<Item = &'w WordHit<'l>> + use<'w, 'l> {
    let part = part.clone();
    let from = words.partition_point(|w| w.range.start + LONGEST < part.start);
    words[from..].iter().take_while(move |w| w.range.start <= part.start).filter(move |w| part.end <= w.range.end)
}

impl Lexicon {
    /// All words in a text, in the order of their places.
    pub fn words_in(&self, normal: &str) -> Vec<WordHit<'_>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut hits: Vec<WordHit<'_>> = Vec::with_capacity(normal.len() / 6);
        for m in automaton.find_overlapping_iter(normal) {
            let Lists { placed, all } = &self.lists_of[m.value() as usize];
            let hit = WordHit { lists: placed, all, range: m.start()..m.end() };
            // They come in the order of their ends: each moves a few places at most.
            let after = |h: &&WordHit<'_>| (h.range.start, h.range.end) > (hit.range.start, hit.range.end);
            let at = hits.len() - hits.iter().rev().take_while(after).count();
            hits.insert(at, hit);
        }
        hits
    }

    /// All words in a text, sorted by their lists too.
    pub fn indexed(&self, normal: &str) -> Words<'_> {
        Words::new(self.words_in(normal))
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.lists_of.len()).finish()
    }
}

/// Collects the words of all lists for one automaton.
#[derive(Default)]
pub struct WordBook {
    words: Vec<String>,
    lists_of: Vec<Lists>,
    /// The number of each word, and of nothing else: it is never gone through.
    index: HashMap<String, u32>,
    /// Lists known by their words alone.
    sets: HashMap<Vec<String>, usize>,
    lists: usize,
}

impl WordBook {
    /// Enters a list and gives its number.
    pub fn list<S: AsRef<str>>(&mut self, words: &[S]) -> usize {
        self.enter(words, true)
    }

    /// The number of a list that is nothing but its words, the same for the same words: it will be known of a text whether one
    /// of them stands in it, and not where.
    pub fn set(&mut self, words: &[String]) -> usize {
        let mut sorted = words.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if let Some(list) = self.sets.get(&sorted) {
            return *list;
        }
        let list = self.enter(&sorted, false);
        self.sets.insert(sorted, list);
        list
    }

    fn enter<S: AsRef<str>>(&mut self, words: &[S], placed: bool) -> usize {
        let list = self.lists;
        self.lists += 1;
        for word in words.iter().map(|w| text::normal(w.as_ref())).filter(|w| !w.is_empty()) {
            let at = *self.index.entry(word.clone()).or_insert_with(|| {
                self.words.push(word);
                self.lists_of.push(Lists::default());
                (self.words.len() - 1) as u32
            });
            self.lists_of[at as usize].add(list, placed);
        }
        list
    }

    /// Every word entered, each once.
    pub fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.words.iter().map(String::as_str)
    }

    /// The automaton over everything entered.
    ///
    /// # Errors
    /// What the library says where there is too much of it.
    pub fn lexicon(self) -> Result<Lexicon, String> {
        let WordBook { words, mut lists_of, index, sets, .. } = self;
        // The automaton takes the most room while it is built: what nobody needs by now goes first.
        drop((index, sets));
        for lists in &mut lists_of {
            lists.placed.shrink_to_fit();
            lists.all.shrink_to_fit();
        }
        // The library builds none over no words at all.
        let automaton = if words.is_empty() {
            None
        } else {
            Some(CharwiseDoubleArrayAhoCorasick::new(&words).map_err(|e| e.to_string())?)
        };
        Ok(Lexicon { automaton, lists_of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_all_its_lists_and_inside_others() {
        let mut book = WordBook::default();
        let (a, b) = (book.list(&["送教", "上门送教"]), book.list(&["送教", "送教"]));
        let lexicon = book.lexicon().unwrap();
        let hits = lexicon.words_in("上门送教");
        assert_eq!(hits.iter().map(|h| h.range.clone()).collect::<Vec<_>>(), [0..12, 6..12]);
        assert!(hits[0].is_in(a) && !hits[0].is_in(b) && hits[1].lists == [a, b]);
        let mut book = WordBook::default();
        let (a, b) = (book.set(&["走访".into(), "送教".into()]), book.set(&["送教".into(), "走访".into()]));
        assert_eq!((a, b), (0, 0));
        assert!(WordBook::default().lexicon().unwrap().words_in("上门").is_empty());
    }

    #[test]
    fn words_of_a_list_are_found_in_any_part_of_a_long_text() {
        let mut book = WordBook::default();
        let (visits, talks) = (book.list(&["走访"]), book.list(&["宣讲"]));
        let lexicon = book.lexicon().unwrap();
        let text = format!("{}宣讲{}", "走访,".repeat(300), ",走访".repeat(300));
        let words = lexicon.indexed(&text);
        let at = text.find("宣讲").unwrap();
        let starts = |list: usize, part: Range<usize>| words.of(list, &part).map(|w| w.range.start).collect::<Vec<_>>();
        assert_eq!(starts(talks, 0..text.len()), [at]);
        assert_eq!(starts(visits, at - 7..at + 13), [at - 7, at + 7]);
        assert!(words.has(visits) && words.has(talks) && !words.has(talks + 1));
    }
}
