//! An expression that is tried at the places of a text, character by character.
//!
//! What is tried are a few characters around a word. A small tree does for that, walked in the order in which the library
//! would prefer its matches, so that the first way through is the library's match. It takes a few hundred bytes, where an
//! automaton takes as many thousand and is built anew by every worker: hundreds of expressions stay near the processor. What
//! such a tree cannot say, or takes too many steps for, is left to the library.

use crate::detect::rough::Begin;
use crate::detect::tree::{Many, Part, Times, Tree};
use regex_syntax::hir::Hir;
use std::cell::Cell;
use std::ops::Range;

/// So many steps a search may take: dozens of times what those of the demonstration take.
const STEPS: u32 = 20_000;
/// So many more for each character of the text.
const STEPS_EACH: u32 = 100;
/// So many times parts of several characters may follow themselves in one try: each stands on the stack until the end.
const DEEP: u32 = 64;

/// An expression, ready to be tried at one place.
#[derive(Debug)]
pub struct Program(Tree);

/// A search took too many steps.
#[derive(Debug, PartialEq, Eq)]
pub struct Exhausted;

impl Program {
    /// Compiles an expression; none where it asks for what such a tree does not know.
    pub fn new(parsed: &Hir) -> Option<Self> {
        Tree::new(parsed).map(Program)
    }

    /// The matches in a text, one after the other, without those of nothing, by their characters.
    ///
    /// # Errors
    /// Where it took too many steps.
    pub fn find_in(&self, text: &[char]) -> Result<Vec<Range<usize>>, Exhausted> {
        let Program(tree) = self;
        let walk = Walk::new(text);
        let (mut found, mut at, mut seen) = (Vec::new(), 0, 0);
        while at < text.len() {
            if let Some(ahead) = &tree.ahead {
                let Some(start) = ahead.next_start(text, at, &mut seen) else { break };
                at = start;
            }
            let may_begin = tree.lead.may_be(text.get(at), text.get(at + 1));
            let end = if may_begin { self.end_of_match(&walk, at)? } else { None };
            match end.filter(|end| *end > at) {
                Some(end) => {
                    found.push(at..end);
                    at = end;
                }
                None => at += 1,
            }
        }
        Ok(found)
    }

    /// Where the match ends that begins at `start`; none where none begins there.
    fn end_of_match(&self, walk: &Walk<'_>, start: usize) -> Result<Option<usize>, Exhausted> {
        let end = walk.part(&self.0.whole, start, &Some);
        if walk.left.get() == 0 { Err(Exhausted) } else { Ok(end) }
    }
}

/// A walk through a text: each part of the tree is followed by what remains to be matched behind it.
struct Walk<'t> {
    text: &'t [char],
    left: Cell<u32>,
    room: Cell<u32>,
}

type Rest<'r> = &'r dyn Fn(usize) -> Option<usize>;

impl<'t> Walk<'t> {
    fn new(text: &'t [char]) -> Self {
        let steps = STEPS_EACH.saturating_mul(text.len() as u32).saturating_add(STEPS);
        Walk { text, left: Cell::new(steps), room: Cell::new(DEEP) }
    }

    fn part(&self, part: &Part, at: usize, rest: Rest<'_>) -> Option<usize> {
        self.left.set(self.left.get().checked_sub(1)?);
        match part {
            Part::Nothing => rest(at),
            Part::Start => (at == 0).then(|| rest(at))?,
            Part::End => (at == self.text.len()).then(|| rest(at))?,
            Part::Text(text) => self.text.get(at..)?.starts_with(text).then(|| rest(at + text.len()))?,
            Part::One(chars) => self.text.get(at).filter(|c| chars.has(**c)).and_then(|_| rest(at + 1)),
            Part::Many(many) => self.many(many, at, rest),
            Part::Several(several) => self.several(&several.0, several.1, at, rest),
            Part::Row(parts) => self.row(parts, at, rest),
            Part::Either(ways) => {
                let (first, second) = (self.text.get(at), self.text.get(at + 1));
                let may_be = |(begin, _): &&(Begin, Part)| begin.may_be(first, second);
                ways.iter().filter(may_be).find_map(|(_, way)| self.part(way, at, rest))
            }
        }
    }

    fn row(&self, parts: &[Part], at: usize, rest: Rest<'_>) -> Option<usize> {
        match parts {
            [] => rest(at),
            [last] => self.part(last, at, rest),
            [first, others @ ..] => self.part(first, at, &|at| self.row(others, at, rest)),
        }
    }

    fn many(&self, Many { of, times, next }: &Many, at: usize, rest: Rest<'_>) -> Option<usize> {
        let try_rest = |at: usize| {
            self.left.set(self.left.get().checked_sub(1)?);
            if next.may_be(self.text.get(at), self.text.get(at + 1)) { rest(at) } else { None }
        };
        let is_in = |n: usize| self.text.get(at + n).is_some_and(|c| of.has(*c));
        let (min, max) = (times.min as usize, times.max as usize);
        if times.greedy {
            let most = (0..max).take_while(|n| is_in(*n)).count();
            self.left.set(self.left.get().saturating_sub(most as u32));
            return (min..=most).rev().find_map(|n| try_rest(at + n));
        }
        (0..=max).take_while(|n| *n == 0 || is_in(n - 1)).filter(|n| *n >= min).find_map(|n| try_rest(at + n))
    }

    fn several(&self, of: &Part, times: Times, at: usize, rest: Rest<'_>) -> Option<usize> {
        let again = || {
            let times = Times { min: times.min.saturating_sub(1), max: times.max.checked_sub(1)?, ..times };
            let Some(room) = self.room.get().checked_sub(1) else {
                self.left.set(0);
                return None;
            };
            self.room.set(room);
            let found = self.part(of, at, &|end| self.several(of, times, end, rest));
            self.room.set(room + 1);
            found
        };
        match times {
            Times { min: 1.., .. } => again(),
            Times { greedy: true, .. } => again().or_else(|| rest(at)),
            Times { greedy: false, .. } => rest(at).or_else(again),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::Regex;

    /// Tries an expression at every place, with the library beside it.
    fn compared(pattern: &str, text: &str) {
        let (regex, program) = (Regex::new(pattern).unwrap(), Program::new(&regex_syntax::parse(pattern).unwrap()));
        let Some(program) = program else { return };
        let chars: Vec<char> = text.chars().collect();
        if let Ok(found) = program.find_in(&chars) {
            let all = regex.find_iter(text).filter(|m| !m.is_empty());
            let nth = |at: usize| text[..at].chars().count();
            let sought: Vec<Range<usize>> = all.map(|m| nth(m.start())..nth(m.end())).collect();
            assert_eq!(found, sought, "{pattern} in {text}");
        }
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for (n, start) in places.enumerate() {
            let sought = regex.find_at(text, start).filter(|m| m.start() == start).map(|m| m.as_str().chars().count());
            if let Ok(found) = program.end_of_match(&Walk::new(&chars), n) {
                assert_eq!(found, sought.map(|length| n + length), "{pattern} at {start} of {text}");
            }
        }
    }

    #[test]
    fn a_match_is_that_of_a_search_that_begins_there() {
        for (pattern, text) in [
            ("走访[0-9]+户", "共走访32户,走访户"),
            ("走访(户|了)?", "走访户走访了走访"),
            ("(走|走访)+[^,]{0,3}?户", "走访走访三户户"),
            ("(走|走访){1,3}[^,]{0,3}?户", "走访走访三户户"),
            ("(^|我)走访$", "走访我走访"),
            (r"[\p{Han}]{2,}?户[^户]*", "走访五户,走户三"),
            // What stands some characters on.
            ("[^,]{0,3}(户|走访)$", "走访户,访户走走访户走访"),
            ("(^|[,走])[^,]{0,2}户[0-9]?", "走户1,走访走户户12"),
        ] {
            compared(pattern, text);
        }
    }

    #[test]
    fn what_a_tree_cannot_say_is_left_to_the_library() {
        let program = |pattern: &str| Program::new(&regex_syntax::parse(pattern).unwrap());
        for pattern in [r"\b走访", "(走?){0,3}"] {
            assert!(program(pattern).is_none(), "{pattern}");
        }
        // A long text without a mark is looked at a bounded number of times.
        for (pattern, text) in [
            ("([走访]{1,20}){1,6}户", "走访".repeat(60)),
            ("(走访)*", "走访".repeat(90)),
            ("[^,]*户", "走访".repeat(2000)),
            ("[^,]{3500,}户", "走访".repeat(2000)),
        ] {
            assert_eq!(
                program(pattern).unwrap().find_in(&text.chars().collect::<Vec<_>>()),
                Err(Exhausted),
                "{pattern}"
            );
        }
    }

    /// Expressions of the kinds that rules use, of few characters so that they meet.
    fn patterns() -> impl Strategy<Value = String> {
        let leaf =
            prop::sample::select(vec!["走", "访", "户", "走访", "[^,]", "[走访]", r"\p{Han}", "[0-9]", ",", "^", "$"]);
        leaf.prop_map(str::to_string).prop_recursive(4, 24, 4, |inner| {
            let times = prop::sample::select(vec!["?", "{0,3}", "{1,2}", "*", "+", "{0,3}?", "+?", "??"]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
                prop::collection::vec(inner.clone(), 1..4).prop_map(|ways| format!("({})", ways.join("|"))),
                (inner, times).prop_map(|(part, times)| format!("({part}){times}")),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_match_is_that_of_the_library(pattern in patterns(), text in "[走访户,1]{0,9}") {
            compared(&pattern, &text);
        }
    }
}
