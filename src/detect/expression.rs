//! A regular expression with the words that every match of it holds: without one of each set of them in a text it need
//! not be run.

use crate::detect::lexicon::WordBook;
use crate::detect::program::Program;
use crate::model::pattern::Pattern;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};
use std::cmp::Reverse;
use std::ops::Range;

/// A regular expression that is run only where it can match.
#[derive(Debug)]
pub struct Expression {
    pattern: Pattern,
    /// The ways in which it can match; none where one of them holds no words.
    ways: Vec<Way>,
    /// The same as a program; none where only the library knows how to run it.
    program: Option<Program>,
}

/// Lists of words of each of which one stands in every match of this kind.
#[derive(Debug)]
struct Way {
    lists: Vec<usize>,
    /// The most telling of them.
    first: usize,
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
        let (pattern, parsed) = Pattern::new(pattern)?;
        let mut way = |hir: &Hir| {
            let held = held(hir);
            let telling = (0..held.len()).max_by_key(|at| (held.get(*at).map(|words| worth(words)), Reverse(*at)))?;
            let lists: Vec<usize> = held.iter().map(|words| book.set(words)).collect();
            Some(Way { first: *lists.get(telling)?, lists })
        };
        let ways = ways(&parsed).into_iter().map(&mut way).collect::<Option<Vec<_>>>();
        Ok(Expression { ways: ways.unwrap_or_default(), pattern, program: Program::new(&parsed) })
    }

    /// Lists of which a word stands in every match; none where there are no such lists.
    pub fn tell_tale(&self) -> Option<Vec<usize>> {
        (!self.ways.is_empty()).then(|| self.ways.iter().map(|way| way.first).collect())
    }

    /// Whether a text can match in which words of these lists stand.
    pub fn can_match(&self, present: impl Fn(usize) -> bool) -> bool {
        let can = |way: &Way| way.lists.iter().all(|list| present(*list));
        self.ways.is_empty() || self.ways.iter().any(can)
    }

    /// All matches in a part of a text. A match of nothing says nothing and is none.
    pub fn find_in(&self, letters: &Letters<'_>, part: &Range<usize>) -> Vec<Range<usize>> {
        let (first, last) = (letters.at(part.start), letters.at(part.end));
        let found = self.program.as_ref().and_then(|program| program.find_in(letters.chars.get(first..last)?).ok());
        let place = |n: usize| letters.places.get(first + n).map_or(part.end, |at| *at as usize);
        match found {
            Some(found) => found.into_iter().map(|m| place(m.start)..place(m.end)).collect(),
            None => {
                let text = letters.text.get(part.clone()).unwrap_or("");
                let matches = self.pattern.regex().into_iter().flat_map(|regex| regex.find_iter(text));
                let places = matches.map(|m| part.start + m.start()..part.start + m.end());
                places.filter(|range| !range.is_empty()).collect()
            }
        }
    }
}

/// A text and its characters, which many expressions look at.
#[derive(Debug)]
pub struct Letters<'t> {
    text: &'t str,
    chars: Vec<char>,
    /// Where each begins.
    places: Vec<u32>,
}

impl<'t> Letters<'t> {
    /// Takes a text apart.
    pub fn new(text: &'t str) -> Self {
        let (places, chars) = text.char_indices().map(|(at, c)| (at as u32, c)).unzip();
        Letters { text, chars, places }
    }

    /// All of it.
    pub fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// The number of the character that begins at a place.
    fn at(&self, place: usize) -> usize {
        self.places.partition_point(|at| (*at as usize) < place)
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
    use crate::detect::lexicon::ListSet;

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
            let expression = Expression::new(pattern, &mut WordBook::default()).unwrap();
            assert_eq!(expression.find_in(&Letters::new(text), &(0..text.len())).len(), found, "{pattern}");
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
        let lists = |text: &String| ListSet::of(&lexicon.words_in(text), &(0..text.len()));
        let lists: Vec<ListSet> = texts.iter().map(lists).collect();
        for (pattern, expression) in patterns.iter().zip(&expressions) {
            let plain = regex::Regex::new(pattern).unwrap();
            for (text, lists) in texts.iter().zip(&lists) {
                let sought: Vec<Range<usize>> = plain.find_iter(text).map(|m| m.range()).collect();
                assert_eq!(expression.find_in(&Letters::new(text), &(0..text.len())), sought, "{pattern}: {text}");
                // Where it is not looked for, nothing would be found.
                assert!(sought.is_empty() || expression.can_match(|list| lists.has(list)), "{pattern}: {text}");
            }
        }
    }
}
