//! The contract between detect's door and its matchers: what a matcher is and what it finds.

use crate::detect::assertion::Scan;
use crate::detect::engine::Engine;
use crate::detect::page::Page;
use crate::model::place::Place;
use crate::model::reading::{Assertion, Count, Figure, Strength};
use chrono::NaiveDate;

/// A kind of signal: looks at the whole page, whose passages have been scanned. Adding one is a file and a line in
/// `MATCHERS`.
pub type Matcher = fn(&Page<'_>, &[Scan<'_>], &Engine) -> Finds;

/// What a matcher found.
#[derive(Debug, Clone, Default)]
pub struct Finds {
    /// Places that speak of items.
    pub hits: Vec<Hit>,
    /// Numbers in tables.
    pub figures: Vec<Figure>,
}

/// A place that speaks of an item.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Index of the item in the engine.
    pub item: usize,
    /// Id of the rule.
    pub rule: String,
    /// What is asserted.
    pub assertion: Assertion,
    /// The words that decided, where something spoke against a deed.
    pub cue: Option<String>,
    /// How much it bears.
    pub strength: Strength,
    /// Where.
    pub place: Place,
    /// First byte of its sentence in the normalised passage.
    pub sentence: usize,
    /// Said only by default: a deed for want of any word against it, without date or count of its own, or a denial by
    /// exception. It yields to what is said in so many words.
    pub bare: bool,
    /// It speaks for its whole place, so that single words there add nothing of the item.
    pub whole: bool,
    /// The author's words.
    pub quote: String,
    /// Where its act stands in running text; a row of a table speaks as one.
    pub spot: Option<Spot>,
    /// The dates in it.
    pub dates: Vec<NaiveDate>,
    /// The counts that belong to it.
    pub counts: Vec<Count>,
    /// The school that the row names.
    pub unit: Option<String>,
}

impl Hit {
    /// Whether nothing but the heading above it makes it the item's.
    pub fn by_heading(&self) -> bool {
        self.rule.ends_with(".under_heading")
    }

    /// Whether only a name with a predicate speaks for a deed, and no act.
    pub fn is_mention(&self) -> bool {
        self.strength == Strength::Weak && !self.whole
    }
}

/// Where an act stands in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Number of the passage on its page.
    pub passage: usize,
    /// The first byte in the passage's normalised text.
    pub at: usize,
}
