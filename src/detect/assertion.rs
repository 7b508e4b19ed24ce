//! What the author asserts of an act: done, planned, denied, somebody else's … decided by the cues that reach it.
//!
//! After ConText (Harkema et al. 2009): a cue has a category, a direction, a scope and terminators; words that only look
//! like a cue are masked first. On top of that stand the mood of the section and of the document.

use crate::detect::engine::{CueHit, Engine, WordHit};
use crate::detect::passage::{Passage, Sentence};
use crate::model::reading::Assertion;
use crate::model::rules::{Category, Direction, Scope};
use std::ops::Range;

/// A passage with everything found in it.
pub struct Scan<'p> {
    /// Number of the passage on its page.
    pub index: usize,
    /// The passage.
    pub passage: &'p Passage,
    /// Words of lists.
    pub words: Vec<WordHit>,
    /// Cues.
    pub cues: Vec<CueHit>,
    /// Lists whose words stand in the heading above.
    pub heading_lists: Vec<usize>,
    /// The mood that headings and title set, and the words that set it.
    pub mood: Option<(Category, String)>,
}

/// What is asserted, and the words that decided against a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is asserted.
    pub assertion: Assertion,
    /// The deciding words.
    pub cue: Option<String>,
}

impl<'p> Scan<'p> {
    /// Looks for words and cues in a passage.
    pub fn new(index: usize, passage: &'p Passage, engine: &Engine, mood: Option<(Category, String)>) -> Self {
        let normal = &passage.text.normal;
        let heading_lists = engine.words_in(&passage.heading).into_iter().flat_map(|w| w.lists).collect();
        Scan { index, passage, words: engine.words_in(normal), cues: engine.cues_in(normal), heading_lists, mood }
    }

    /// Whether a finished deed is told between two places.
    pub fn is_finished_between(&self, from: usize, to: usize) -> bool {
        self.cues.iter().any(|c| c.category == Category::Completed && from < c.range.start && c.range.end <= to)
    }

    /// Decides what is asserted of an act. `None` means that no cue speaks: a deed, if it was an act.
    pub fn decide(&self, sentence: &Sentence, anchor: &Range<usize>, engine: &Engine) -> Option<Decision> {
        self.decide_with(anchor, |hit| self.reaches(hit, sentence, anchor, engine, hit.direction))
    }

    /// Decides what is asserted of a name, whose predicate may stand on either side, in its own clause or in the
    /// following ones up to `end`.
    pub fn decide_name(
        &self,
        sentence: &Sentence,
        anchor: &Range<usize>,
        end: usize,
        engine: &Engine,
    ) -> Option<Decision> {
        let near = |hit: &CueHit| {
            hit.range.start < end && self.reaches(hit, sentence, anchor, engine, Direction::Both)
                || hit.range.start >= anchor.end
                    && hit.range.end <= end
                    && matches!(
                        hit.category,
                        Category::Exempt | Category::Negated | Category::Planned | Category::Completed
                    )
        };
        self.decide_with(anchor, near)
    }

    fn decide_with(&self, anchor: &Range<usize>, reaches: impl Fn(&CueHit) -> bool) -> Option<Decision> {
        let reaching: Vec<&CueHit> = self.cues.iter().filter(|h| reaches(h)).collect();
        let find = |category: Category| reaching.iter().find(|h| h.category == category).copied();
        let completed = find(Category::Completed);
        // A finished deed told after an instruction or a quotation is a deed: 要求各班…召开了.
        let finished_after = |hit: &CueHit| {
            let after = |c: &CueHit| c.range.start >= hit.range.start && c.range.end > hit.range.end;
            let between = |c: &&CueHit| c.category == Category::Completed && c.range.start < anchor.start;
            completed.is_some_and(after) || self.cues.iter().filter(between).any(after)
        };
        let decide = |assertion, hit: &CueHit| {
            Some(Decision { assertion, cue: Some(self.passage.text.quote(hit.range.clone()).to_string()) })
        };
        for (category, assertion) in [
            (Category::Exempt, Assertion::NotApplicable),
            (Category::Negated, Assertion::NotDone),
            (Category::OtherUnit, Assertion::OtherUnit),
            (Category::PastYear, Assertion::PastYear),
            (Category::Conditional, Assertion::Planned),
            (Category::Planned, Assertion::Planned),
        ] {
            if let Some(hit) = find(category) {
                return decide(assertion, hit);
            }
        }
        for (category, assertion) in [(Category::Quoted, Assertion::Quoted), (Category::Instructed, Assertion::Planned)]
        {
            if let Some(hit) = find(category).filter(|h| !finished_after(h)) {
                return decide(assertion, hit);
            }
        }
        if let Some(hit) =
            find(Category::Purpose).filter(|h| h.range.start <= anchor.start && h.range.end != anchor.end)
        {
            return decide(Assertion::Background, hit);
        }
        if let Some((category, words)) = &self.mood {
            let by_mood = match category {
                Category::Planned => Some(Assertion::Planned),
                Category::Instructed if completed.is_none() => Some(Assertion::Planned),
                Category::Quoted => Some(Assertion::Quoted),
                Category::Shortcoming => Some(Assertion::Background),
                Category::PastYear => Some(Assertion::PastYear),
                Category::OtherUnit => Some(Assertion::OtherUnit),
                _ => None,
            };
            if let Some(assertion) = by_mood {
                return Some(Decision { assertion, cue: Some(words.clone()) });
            }
        }
        completed.map(|_| Decision { assertion: Assertion::Done, cue: None })
    }

    fn reaches(
        &self,
        hit: &CueHit,
        sentence: &Sentence,
        anchor: &Range<usize>,
        engine: &Engine,
        direction: Direction,
    ) -> bool {
        // A pattern may begin with the mark before it, 。若: its last character tells where it stands.
        let stands = hit.range.end.saturating_sub(1);
        let home = match hit.scope {
            Scope::Clause => {
                let clause = sentence.clauses.iter().find(|c| c.contains(&anchor.start));
                clause.is_some_and(|c| c.contains(&stands))
            }
            Scope::Sentence => sentence.range.contains(&stands),
            Scope::Paragraph | Scope::Section | Scope::Document => true,
        };
        if !home {
            return false;
        }
        let overlaps = hit.range.start < anchor.end && anchor.start < hit.range.end;
        let between = if hit.range.end <= anchor.start {
            hit.range.end..anchor.start
        } else if anchor.end <= hit.range.start {
            anchor.end..hit.range.start
        } else {
            0..0
        };
        let ahead = hit.range.start < anchor.start;
        let way = overlaps
            || match direction {
                Direction::Forward => ahead,
                Direction::Backward => !ahead,
                Direction::Both => true,
                Direction::Inside => false,
            };
        let between = self.passage.text.normal.get(between).unwrap_or("");
        way && (hit.reach == 0 || between.chars().count() <= hit.reach as usize) && !engine.is_stopped(hit, between)
    }
}
