//! An expression that is tried at one place of a text: forward only, and no further than it may still match.
//!
//! Where it is known where matches can begin, nothing need be looked for. What is left is one automaton that runs forward
//! and dies at the first character that fits no match, a fraction of what is compiled for a search.

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{Compiler, Config, WhichCaptures};
use regex_automata::{Anchored as Mode, Input};
use regex_syntax::hir::Hir;
use std::sync::{Mutex, PoisonError};

/// The most bytes that an automaton keeps of what it found out about its states; what is forgotten is found out again. A
/// worker has hundreds of them, and reads for hours.
const ROOM: usize = 256 << 10;

/// An expression, compiled to be tried at one place.
#[derive(Debug)]
pub struct Anchored {
    dfa: DFA,
    /// What was found out about the automaton's states so far: one for each thread that runs it at this moment.
    caches: Mutex<Vec<Cache>>,
}

impl Anchored {
    /// Compiles an expression; none where it asks for something that such an automaton does not know.
    pub fn new(parsed: &Hir) -> Option<Self> {
        let config = Config::new().which_captures(WhichCaptures::None);
        let nfa = Compiler::new().configure(config).build_from_hir(parsed).ok()?;
        // However little room that is, it must do.
        let config = DFA::config().cache_capacity(ROOM).skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).ok()?;
        Some(Anchored { dfa, caches: Mutex::default() })
    }

    /// Where the match ends that begins at `start`, a border of characters; none where none begins there.
    pub fn end_of_match(&self, text: &str, start: usize) -> Option<usize> {
        let caches = || self.caches.lock().unwrap_or_else(PoisonError::into_inner);
        let free = caches().pop();
        let mut cache = free.unwrap_or_else(|| self.dfa.create_cache());
        let input = Input::new(text).span(start..text.len()).anchored(Mode::Yes);
        // Such an automaton neither gives up nor stops at any byte.
        let found = self.dfa.try_search_fwd(&mut cache, &input).ok().flatten();
        caches().push(cache);
        found.map(|end| end.offset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn a_match_is_that_of_a_search_that_begins_there() {
        for (pattern, text) in [
            ("走访[0-9]+户", "共走访32户,走访户"),
            ("走访(户|了)?", "走访户走访了走访"),
            ("(走|走访)+[^,]{0,3}?户", "走访走访三户户"),
            ("(^|我)走访$", "走访我走访"),
        ] {
            let (regex, anchored) =
                (Regex::new(pattern).unwrap(), Anchored::new(&regex_syntax::parse(pattern).unwrap()));
            for start in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let sought = regex.find_at(text, start).filter(|m| m.start() == start).map(|m| m.end());
                assert_eq!(anchored.as_ref().unwrap().end_of_match(text, start), sought, "{pattern} at {start}");
            }
        }
    }
}
