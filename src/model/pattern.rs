//! A regular expression of a rule, checked when it is read and compiled when it is first needed: a night uses a few of
//! hundreds, and every worker has its own.

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::sync::OnceLock;

/// States that an expression may come to without a doubt that the library compiles it: far from its bound of 10 MB.
const LIGHT: u64 = 100_000;
/// States that a range of characters may come to: a few ways from its first byte to its last.
const RANGE: u64 = 8;

/// A regular expression.
#[derive(Debug, Clone)]
pub struct Pattern {
    written: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Checks an expression, and gives what it is made of beside it: that takes twenty times the room of what is written, and
    /// nobody needs it for long.
    ///
    /// # Errors
    /// What is wrong with it, as the library says it.
    pub fn new(written: &str) -> Result<(Self, Hir), String> {
        let parsed = regex_syntax::parse(written).map_err(|e| e.to_string())?;
        // Only what is large may pass the library's bound, which is known by trying.
        let compiled = if weight(&parsed) > LIGHT {
            Some(Regex::new(written).map_err(|e| e.to_string())?).into()
        } else {
            OnceLock::new()
        };
        Ok((Pattern { written: written.to_string(), compiled }, parsed))
    }

    /// The expression, ready to run.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.written).ok()).as_ref()
    }
}

/// About how many states an expression comes to.
fn weight(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) => class.ranges().len() as u64 * RANGE,
        HirKind::Class(Class::Bytes(class)) => class.ranges().len() as u64,
        HirKind::Repetition(repeated) => {
            let times = repeated.max.unwrap_or(repeated.min.saturating_add(1)).max(1);
            weight(&repeated.sub).saturating_mul(u64::from(times))
        }
        HirKind::Capture(capture) => weight(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum, part| sum.saturating_add(weight(part)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_known_before_the_night() {
        assert!(Pattern::new("走访(").is_err());
        assert!(Pattern::new(r"(\p{Han}{1,900}){1,900}").is_err());
        let (pattern, _) = Pattern::new("走访[0-9]+户").unwrap();
        assert!(pattern.regex().unwrap().is_match("共走访32户"));
    }
}
