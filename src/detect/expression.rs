//! A regular expression with the words that every match of it holds: without one of them in a text it need not be run.

use crate::detect::lexicon::{ListSet, WordBook, WordHit, within};
use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::ops::Range;

/// A regular expression that is run only where it can match.
#[derive(Debug)]
pub struct Expression {
    regex: Regex,
    /// The list of the words one of which stands in every match; none where there are no such words.
    list: Option<usize>,
    /// The most bytes of a match; none where there is no such limit.
    longest: Option<usize>,
}

/// More words than this are looked for no faster than the expression itself.
const MOST: usize = 400;
/// A class of characters with more than this is no list of words.
const MOST_CHARS: usize = 24;

impl Expression {
    /// Compiles an expression and enters its words.
    ///
    /// # Errors
    /// What the library says.
    pub fn new(pattern: &str, book: &mut WordBook) -> Result<Self, String> {
        let regex = Regex::new(pattern).map_err(|e| e.to_string())?;
        let hir = regex_syntax::parse(pattern).map_err(|e| e.to_string())?;
        let list = held(&hir).map(|words| book.list(&words));
        Ok(Expression { regex, list, longest: hir.properties().maximum_len() })
    }

    /// Whether a text can match in which words of these lists stand.
    pub fn can_match(&self, present: &ListSet) -> bool {
        self.list.is_none_or(|list| present.has(list))
    }

    /// All matches in a part of a text whose words are known. Only as far around its own words as a match can reach is
    /// the expression run.
    pub fn find_in(&self, normal: &str, part: Range<usize>, words: &[WordHit<'_>]) -> Vec<Range<usize>> {
        let text = normal.get(part.clone()).unwrap_or("");
        let mut found = Vec::new();
        let mut find = |start: usize, end: usize| {
            let is_border = |at: &usize| text.is_char_boundary(*at);
            let mut at = (0..=start).rev().find(is_border).unwrap_or(0);
            let near = &text[..(end..text.len()).find(is_border).unwrap_or(text.len())];
            // A match of nothing would be found for ever.
            while let Some(m) = self.regex.find_at(near, at).filter(|m| !m.is_empty()) {
                found.push(part.start + m.start()..part.start + m.end());
                at = m.end();
            }
            at
        };
        let (Some(list), Some(longest)) = (self.list, self.longest) else {
            find(0, text.len());
            return found;
        };
        let mut own = within(words, &part).filter(|w| w.is_in(list)).map(|w| w.range.start - part.start).peekable();
        let mut done = 0;
        while let Some(first) = own.next() {
            let mut last = first;
            while let Some(next) = own.next_if(|next| *next <= last + 2 * longest) {
                last = next;
            }
            // One byte more than any match needs: what ends a text is not to be seen there.
            let end = (last + longest + 1).min(text.len());
            done = find(first.saturating_sub(longest).max(done), end);
        }
        found
    }
}

/// The words one of which stands in every match, if there are some that tell anything.
fn held(hir: &Hir) -> Option<Vec<String>> {
    let words = match hir.kind() {
        HirKind::Literal(literal) => vec![String::from_utf8(literal.0.to_vec()).ok()?],
        HirKind::Class(Class::Unicode(class)) => {
            let chars = |r: &regex_syntax::hir::ClassUnicodeRange| r.start()..=r.end();
            if class.iter().map(|r| chars(r).count()).sum::<usize>() > MOST_CHARS {
                return None;
            }
            class.iter().flat_map(chars).map(String::from).collect()
        }
        HirKind::Repetition(repeated) if repeated.min > 0 => held(&repeated.sub)?,
        HirKind::Capture(capture) => held(&capture.sub)?,
        HirKind::Concat(parts) => parts.iter().filter_map(held).max_by_key(|w| worth(w))?,
        HirKind::Alternation(ways) => ways.iter().map(held).collect::<Option<Vec<_>>>()?.concat(),
        _ => return None,
    };
    (words.len() <= MOST && worth(&words).0 > 0).then_some(words)
}

/// Long words tell more than short ones, few more than many; marks and digits tell nothing.
fn worth(words: &[String]) -> (usize, usize) {
    let length = |w: &String| if w.chars().all(|c| c.is_alphabetic()) { w.chars().count() } else { 0 };
    (words.iter().map(length).min().unwrap_or(0), MOST.saturating_sub(words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pattern: &str) -> Option<Vec<String>> {
        held(&regex_syntax::parse(pattern).unwrap())
    }

    #[test]
    fn the_words_of_an_expression_are_those_without_which_it_cannot_match() {
        assert_eq!(words("(^|[,。])(要|应)[^求]"), Some(vec!["应".into(), "要".into()]));
        assert_eq!(words("走访[0-9]+户"), Some(vec!["走访".into()]));
        assert_eq!(words("(县|市)?教育局召开"), Some(vec!["教育局召开".into()]));
        assert_eq!(words("[0-9]+(日|前)?"), None);
        assert_eq!(words("(入户|[^,]{2,})走?"), None);
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
        ] {
            let mut book = WordBook::default();
            let expression = Expression::new(pattern, &mut book).unwrap();
            let lexicon = book.lexicon().unwrap();
            let words = lexicon.words_in(text);
            assert_eq!(expression.find_in(text, 0..text.len(), &words).len(), found, "{pattern}");
        }
    }
}
