//! A regular expression with the words that every match of it holds: without one of each set of them in a text it need
//! not be run.

use crate::detect::anchored::Anchored;
use crate::detect::lexicon::{WordBook, Words};
use crate::model::pattern::Pattern;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look};
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::OnceLock;

/// A regular expression that is run only where it can match.
#[derive(Debug)]
pub struct Expression {
    pattern: Pattern,
    /// The ways in which it can match; none where one of them holds no words.
    ways: Vec<Way>,
    /// The most bytes of a match; none where there is no such limit.
    longest: Option<usize>,
    /// Where a match can begin; none where that may be anywhere.
    starts: Option<Starts>,
    anchored: OnceLock<Option<Anchored>>,
}

/// Lists of words of each of which one stands in every match of this kind, in their order.
#[derive(Debug)]
struct Way {
    lists: Vec<usize>,
    /// The most telling of them.
    first: usize,
}

/// Where a match can begin.
#[derive(Debug)]
struct Starts {
    /// List of words with which one begins.
    here: usize,
    /// List of words before which one begins by a character.
    before: usize,
    /// Whether one begins where the text does.
    at_start: bool,
}

/// More words than this are looked for no faster than the expression itself.
const MOST: usize = 400;
/// A class of characters with more than this is no list of words.
const MOST_CHARS: usize = 24;
/// Characters that stand in every other sentence and tell little.
const COMMON: &str = "的了是在有和一人中上学校到对把给为去前再";

impl Expression {
    /// Compiles an expression and enters its words.
    ///
    /// # Errors
    /// What the library says.
    pub fn new(pattern: &str, book: &mut WordBook) -> Result<Self, String> {
        let pattern = Pattern::new(pattern)?;
        let mut way = |hir: &Hir| {
            let held = held(hir);
            let telling = (0..held.len()).max_by_key(|at| (held.get(*at).map(|words| worth(words)), Reverse(*at)))?;
            let lists: Vec<usize> = held.iter().map(|words| book.set(words)).collect();
            Some(Way { first: *lists.get(telling)?, lists })
        };
        let ways = ways(pattern.parsed()).into_iter().map(&mut way).collect::<Option<Vec<_>>>();
        let first = first(pattern.parsed()).filter(|f| f.here.len() + f.before.len() <= MOST);
        Ok(Expression {
            ways: ways.unwrap_or_default(),
            longest: pattern.parsed().properties().maximum_len(),
            starts: first.map(|f| Starts {
                here: book.set(&f.here),
                before: book.set(&f.before),
                at_start: f.at_start,
            }),
            pattern,
            anchored: OnceLock::new(),
        })
    }

    /// Lists of which a word stands in every match; none where there are no such lists.
    pub fn tell_tale(&self) -> Option<Vec<usize>> {
        (!self.ways.is_empty()).then(|| self.ways.iter().map(|way| way.first).collect())
    }

    /// Whether a text can match in which words of these lists stand.
    pub fn can_match(&self, present: impl Fn(usize) -> bool) -> bool {
        let can = |way: &Way| way.lists.iter().all(|list| present(*list));
        let can_begin = |s: &Starts| s.at_start || present(s.here) || present(s.before);
        self.starts.as_ref().is_none_or(can_begin) && (self.ways.is_empty() || self.ways.iter().any(can))
    }

    /// All matches in a part of a text whose words are known. It is run only where a match can begin, and only where
    /// one word of each list stands in their order as near as a match can reach.
    pub fn find_in(&self, normal: &str, part: Range<usize>, words: &Words<'_>) -> Vec<Range<usize>> {
        let anchored = || self.anchored.get_or_init(|| Anchored::new(self.pattern.parsed())).as_ref();
        match self.starts.as_ref().and_then(|starts| Some((starts, anchored()?))) {
            Some((starts, anchored)) => self.find_from(starts, anchored, normal, part, words),
            None => self.find_around(normal, part, words),
        }
    }

    /// All matches of an expression of which it is known where they can begin.
    fn find_from(
        &self,
        starts: &Starts,
        anchored: &Anchored,
        normal: &str,
        part: Range<usize>,
        words: &Words<'_>,
    ) -> Vec<Range<usize>> {
        let text = normal.get(part.clone()).unwrap_or("");
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut done = part.start;
        for start in starts.places(normal, &part, words) {
            let end = self.longest.map_or(part.end, |longest| part.end.min(start + longest));
            let near = start..end;
            if start < done || !self.ways.is_empty() && !self.ways.iter().any(|way| way.stands_in(words, &near)) {
                continue;
            }
            // A match of nothing says nothing.
            if let Some(end) = anchored.end_of_match(text, start - part.start).filter(|end| part.start + end > start) {
                done = part.start + end;
                found.push(start..done);
            }
        }
        found
    }

    /// All matches of an expression that may begin with anything: looked for around its own words.
    fn find_around(&self, normal: &str, part: Range<usize>, words: &Words<'_>) -> Vec<Range<usize>> {
        let text = normal.get(part.clone()).unwrap_or("");
        let mut found = Vec::new();
        let mut find = |start: usize, end: usize| {
            let is_border = |at: &usize| text.is_char_boundary(*at);
            let mut at = (0..=start).rev().find(is_border).unwrap_or(0);
            let Some(regex) = self.pattern.regex() else { return at };
            let near = &text[..(end..text.len()).find(is_border).unwrap_or(text.len())];
            // A match of nothing would be found for ever.
            while let Some(m) = regex.find_at(near, at).filter(|m| !m.is_empty()) {
                found.push(part.start + m.start()..part.start + m.end());
                at = m.end();
            }
            at
        };
        let Some(longest) = self.longest.filter(|_| !self.ways.is_empty()) else {
            find(0, text.len());
            return found;
        };
        let of_way = |way: &Way| words.of(way.first, &part);
        let mut own: Vec<usize> = self.ways.iter().flat_map(of_way).map(|w| w.range.start - part.start).collect();
        own.sort_unstable();
        let mut own = own.into_iter().peekable();
        let mut done = 0;
        while let Some(first) = own.next() {
            let mut last = first;
            while let Some(next) = own.next_if(|next| *next <= last + 2 * longest) {
                last = next;
            }
            // One byte more than any match needs: what ends a text is not to be seen there.
            let end = (last + longest + 1).min(text.len());
            let start = first.saturating_sub(longest).max(done);
            let around = part.start + start..part.start + end;
            if self.ways.iter().any(|way| way.stands_in(words, &around)) {
                done = find(start, end);
            }
        }
        found
    }
}

impl Starts {
    /// The places of a part of a text where a match can begin, in their order.
    fn places(&self, normal: &str, part: &Range<usize>, words: &Words<'_>) -> Vec<usize> {
        let of = |list: usize| words.of(list, part).map(|w| w.range.start);
        let mut places: Vec<usize> = of(self.here).collect();
        let character_before = |at: usize| normal.get(part.start..at)?.char_indices().next_back();
        places.extend(of(self.before).filter_map(|at| Some(part.start + character_before(at)?.0)));
        places.extend(self.at_start.then_some(part.start));
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl Way {
    /// Whether a word of each list stands in a part of a text, one after the other.
    fn stands_in(&self, words: &Words<'_>, part: &Range<usize>) -> bool {
        let mut from = part.start;
        self.lists.iter().all(|list| {
            // The one that ends first leaves the most room to those that follow.
            let mut next = part.end + 1;
            for word in words.of(*list, &(from..part.end)) {
                if word.range.start >= next {
                    break;
                }
                next = next.min(word.range.end);
            }
            from = next;
            next <= part.end
        })
    }
}

/// The ways in which an expression can match, taken apart where that is all it is: an alternation.
fn ways(hir: &Hir) -> Vec<&Hir> {
    match hir.kind() {
        HirKind::Alternation(ways) => ways.iter().collect(),
        HirKind::Capture(capture) => ways(&capture.sub),
        _ => vec![hir],
    }
}

/// Sets of words of each of which one stands in every match, in their order, if there are some that tell anything.
fn held(hir: &Hir) -> Vec<Vec<String>> {
    let sets = match hir.kind() {
        HirKind::Literal(literal) => vec![String::from_utf8(literal.0.to_vec()).into_iter().collect()],
        HirKind::Class(Class::Unicode(class)) => chars_of(class).into_iter().collect(),
        HirKind::Repetition(repeated) if repeated.min > 0 => held(&repeated.sub),
        HirKind::Capture(capture) => held(&capture.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(held).collect(),
        HirKind::Alternation(ways) => {
            // Of each way the most telling words; together they are one set.
            let best = |way: &Hir| held(way).into_iter().max_by_key(|words| worth(words));
            ways.iter().map(best).collect::<Option<Vec<_>>>().map(|all| all.concat()).into_iter().collect()
        }
        _ => Vec::new(),
    };
    sets.into_iter().filter(|words: &Vec<String>| words.len() <= MOST && worth(words).0 > 0).collect()
}

/// How matches begin.
#[derive(Debug, Default, PartialEq, Eq)]
struct First {
    /// Words with which one begins.
    here: Vec<String>,
    /// Words before which one begins by a character, whichever that is.
    before: Vec<String>,
    /// One may begin where the text does, with anything.
    at_start: bool,
}

impl First {
    fn with(words: Vec<String>) -> Self {
        First { here: words, ..First::default() }
    }

    fn or(self, other: First) -> Self {
        First {
            here: [self.here, other.here].concat(),
            before: [self.before, other.before].concat(),
            at_start: self.at_start || other.at_start,
        }
    }
}

/// How every match begins that matches anything; none where it may begin anywhere.
fn first(hir: &Hir) -> Option<First> {
    match hir.kind() {
        HirKind::Look(Look::Start) => Some(First { at_start: true, ..First::default() }),
        HirKind::Empty | HirKind::Look(_) => Some(First::default()),
        HirKind::Literal(literal) => Some(First::with(vec![String::from_utf8(literal.0.to_vec()).ok()?])),
        HirKind::Class(Class::Unicode(class)) => chars_of(class).map(First::with),
        HirKind::Class(Class::Bytes(_)) => None,
        HirKind::Repetition(repeated) => first(&repeated.sub),
        HirKind::Capture(capture) => first(&capture.sub),
        HirKind::Concat(parts) => first_of_row(parts),
        HirKind::Alternation(ways) => {
            ways.iter().map(first).try_fold(First::default(), |all, first| Some(all.or(first?)))
        }
    }
}

fn first_of_row(parts: &[Hir]) -> Option<First> {
    let Some((part, rest)) = parts.split_first() else { return Some(First::default()) };
    if let (HirKind::Class(Class::Unicode(_)), None) = (part.kind(), first(part)) {
        let second = first_of_row(rest).filter(|f| f.before.is_empty() && !f.at_start)?;
        return Some(First { before: second.here, ..First::default() });
    }
    let own = first(part)?;
    if may_be_skipped(part) { Some(own.or(first_of_row(rest)?)) } else { Some(own) }
}

/// Whether a match may go on behind a part without a character of it, elsewhere than where the text begins.
fn may_be_skipped(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Look(look) => *look != Look::Start,
        HirKind::Capture(capture) => may_be_skipped(&capture.sub),
        HirKind::Alternation(ways) => ways.iter().any(may_be_skipped),
        HirKind::Concat(parts) => parts.iter().all(may_be_skipped),
        HirKind::Repetition(repeated) => repeated.min == 0 || may_be_skipped(&repeated.sub),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) => hir.properties().minimum_len() == Some(0),
    }
}

/// The characters of a class, where they are few.
fn chars_of(class: &ClassUnicode) -> Option<Vec<String>> {
    let chars = |r: &regex_syntax::hir::ClassUnicodeRange| r.start()..=r.end();
    let few = class.iter().map(|r| chars(r).count()).sum::<usize>() <= MOST_CHARS;
    few.then(|| class.iter().flat_map(chars).map(String::from).collect())
}

/// Long words tell more than short ones, rare characters more than common ones, few words more than many; marks and
/// digits tell nothing.
fn worth(words: &[String]) -> (usize, usize) {
    let length = |w: &String| match w.chars().count() {
        _ if !w.chars().all(char::is_alphabetic) => 0,
        1 => 2 - usize::from(w.contains(|c| COMMON.contains(c))),
        n => n + 1,
    };
    (words.iter().map(length).min().unwrap_or(0), MOST.saturating_sub(words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pattern: &str) -> Vec<String> {
        held(&regex_syntax::parse(pattern).unwrap()).iter().map(|words| words.join("|")).collect()
    }

    #[test]
    fn the_words_of_an_expression_are_those_without_which_it_cannot_match() {
        assert_eq!(words("(^|[,。])(要|应)[^求]"), ["应|要"]);
        assert_eq!(words("走访[0-9]+户"), ["走访", "户"]);
        assert_eq!(words("(没|未)[^,]{1,4}(的|走访)+"), ["未|没", "的|走访"]);
        assert_eq!(words("(县|市)?教育局召开"), ["教育局召开"]);
        assert!(words("[0-9]+(日|前)?").is_empty());
        assert!(words("(入户|[^,]{2,})走?").is_empty());
    }

    #[test]
    fn it_is_known_where_matches_begin() {
        let said = |pattern: &str| {
            first(&regex_syntax::parse(pattern).unwrap()).map(|f| (f.here.join("|"), f.before.join("|"), f.at_start))
        };
        let begins = |here: &str, before: &str, at_start: bool| Some((here.into(), before.into(), at_start));
        assert_eq!(said("(没|未)[^,]{0,9}走访"), begins("未|没", "", false));
        assert_eq!(said("目前?(没有)?走访"), begins("目", "", false));
        assert_eq!(said("(目前)?走访"), begins("目前|走访", "", false));
        assert_eq!(said("(^|[,。])[^,]{0,9}走访"), begins(",|。", "", true));
        assert_eq!(said("[^必]须"), begins("", "须", false));
        assert_eq!(said("([^必]|^)须"), None);
        assert_eq!(said("[^,]{1,9}走访"), None);
    }

    #[test]
    fn what_matches_is_found_with_and_without_such_words() {
        for (pattern, text, found) in [
            ("走访[0-9]+户", "共走访32户", 1),
            ("[0-9]+", "共32", 1),
            ("走访[0-9]+户", "走访", 0),
            // What stands around a word is seen as it stands in the text.
            ("(^|。)若走访", "他说若走访。若走访", 1),
            ("走访(户|$)", "走访村,走访户,走访", 2),
            ("[^,]{0,4}走访+", "我校今日都走访,入户走访走访", 2),
            ("走访[^,]{0,4}户|送教[^,]{0,4}人", "人走访五户,户走访,送教三人,人送教户", 2),
            ("走访[^,]{0,4}走访户", "走访走访户", 1),
            ("(^|[,。])[^,。]{0,2}走访", "我校走访,走访。入户再走访", 2),
            ("[^必]须走访", "须走访,必须走访,均须走访", 1),
            ("([^必]|^)须走访", "须走访,必须走访,均须走访", 2),
            ("(^|到)走访|[0-9]+户", "走访12户", 2),
        ] {
            let mut book = WordBook::default();
            let expression = Expression::new(pattern, &mut book).unwrap();
            let lexicon = book.lexicon().unwrap();
            let words = lexicon.indexed(lexicon.words_in(text));
            assert_eq!(expression.find_in(text, 0..text.len(), &words).len(), found, "{pattern}");
        }
    }

    #[test]
    fn every_pattern_of_the_rules_finds_what_a_plain_search_finds() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = root.join("fixtures/chengshui-2020");
        let campaign = crate::campaign::load(&folder, &Default::default(), &crate::extract::read).unwrap();
        let of_rules = campaign.rules.items.iter().flat_map(|i| &i.rules).filter_map(|r| r.pattern.as_ref());
        let patterns: Vec<&String> = campaign.rules.cues.iter().flat_map(|c| &c.patterns).chain(of_rules).collect();
        let mut book = WordBook::default();
        let expressions: Vec<Expression> = patterns.iter().map(|p| Expression::new(p, &mut book).unwrap()).collect();
        let lexicon = book.lexicon().unwrap();
        let told = std::fs::read_to_string(root.join("tests/testsuite/phenomena.jsonl")).unwrap();
        let told: Vec<String> = told.lines().map(crate::detect::text::normal).collect();
        // Each text is long enough for a pattern to run from one saying into the next.
        let texts: Vec<String> = told.chunks(8).map(|some| some.concat()).collect();
        let words: Vec<Words<'_>> = texts.iter().map(|t| lexicon.indexed(lexicon.words_in(t))).collect();
        for (pattern, expression) in patterns.iter().zip(&expressions) {
            let plain = regex::Regex::new(pattern).unwrap();
            for (text, words) in texts.iter().zip(&words) {
                let sought: Vec<Range<usize>> = plain.find_iter(text).map(|m| m.range()).collect();
                assert_eq!(expression.find_in(text, 0..text.len(), words), sought, "{pattern}: {text}");
            }
        }
    }
}
