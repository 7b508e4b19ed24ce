//! Cues, compiled: their words stand in the lexicon, their patterns are run where they can match.

use crate::detect::expression::{Expression, Letters};
use crate::detect::lexicon::{ListSet, WordBook, Words};
use crate::detect::text;
use crate::detect::triggers::Triggers;
use crate::model::rules::{Category, Cue, Direction, Scope};
use std::ops::Range;

/// All cues of a campaign.
#[derive(Debug, Default)]
pub struct Cues {
    cues: Vec<CompiledCue>,
    /// For each list: the cue whose words it holds.
    of_list: Vec<Option<usize>>,
    /// The patterns of all cues, each with its cue.
    patterns: Vec<(usize, Expression)>,
    /// Which of them may match.
    triggers: Triggers,
}

#[derive(Debug)]
struct CompiledCue {
    cue: Cue,
    until: Vec<String>,
}

/// A cue, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueHit {
    /// What it says.
    pub category: Category,
    /// Where, in the normalised text.
    pub range: Range<usize>,
    /// Which way it reaches.
    pub direction: Direction,
    /// How far.
    pub scope: Scope,
    /// The most characters it reaches; 0 for no limit.
    pub reach: u32,
    cue: usize,
}

impl CueHit {
    /// Where its words begin, behind the mark that its pattern may begin with: 没有需要送教的学生。在今后….
    pub fn first_word(&self, normal: &str) -> usize {
        let words = normal.get(self.range.clone()).unwrap_or("");
        self.range.end - words.trim_start_matches(['。', ';', ',']).len()
    }
}

impl Cues {
    /// Compiles a cue and enters its words.
    ///
    /// # Errors
    /// What the library says of a pattern.
    pub fn add(&mut self, cue: &Cue, book: &mut WordBook) -> Result<(), String> {
        for pattern in &cue.patterns {
            let expression = Expression::new(pattern, book)?;
            self.triggers.add(expression.tell_tale().as_deref());
            self.patterns.push((self.cues.len(), expression));
        }
        let list = book.list(&cue.words);
        self.of_list.resize(list, None);
        self.of_list.push(Some(self.cues.len()));
        let until = cue.until.iter().map(|w| text::normal(w)).collect();
        self.cues.push(CompiledCue { cue: cue.clone(), until });
        Ok(())
    }

    /// All cues in a text whose words are known, without those that only look like one, in the order of the rules.
    pub fn find(&self, letters: &Letters<'_>, words: &Words<'_>) -> Vec<CueHit> {
        let mut hits = Vec::new();
        for word in words.iter() {
            let cues = word.lists.iter().filter_map(|&l| self.of_list.get(l).copied().flatten());
            hits.extend(cues.map(|i| self.hit(i, word.range.clone())));
        }
        let whole = letters.whole();
        let present = ListSet::of(words, &whole);
        let may_match = self.triggers.may_match(&present);
        let patterns = may_match.within(0..self.patterns.len()).filter_map(|n| self.patterns.get(n));
        for (cue, pattern) in patterns.filter(|(_, p)| p.can_match(|list| present.has(list))) {
            let found = pattern.find_in(letters, &whole);
            hits.extend(found.into_iter().map(|range| self.hit(*cue, range)));
        }
        hits.sort_by_key(|h| (h.cue, h.range.start));
        let pseudo: Vec<(Range<usize>, Option<Category>)> = hits
            .iter()
            .filter(|h| h.category == Category::Pseudo)
            .map(|h| (h.range.clone(), self.cues[h.cue].cue.looks_like))
            .collect();
        let masked = |hit: &CueHit| {
            let r = &hit.range;
            pseudo
                .iter()
                .filter(|(_, like)| like.is_none_or(|like| like == hit.category))
                .any(|(p, _)| p.start <= r.start && r.end <= p.end || p.contains(&r.start) || p.contains(&(r.end - 1)))
        };
        // 依照“先比对、后入户”的方案: what makes no plan of the deeds around it is still no deed itself.
        let speaks_of_itself = |h: &CueHit| h.category == Category::Quoted && h.direction == Direction::Inside;
        hits.retain(|h| h.category != Category::Pseudo && (speaks_of_itself(h) || !masked(h)));
        hits
    }

    /// Whether a word that stops a cue's reach stands in the text between the cue and the act. What stops another unit
    /// is who acts next, and nobody acts after a preposition: 县长一行到我校检查,走访了….
    pub fn is_stopped(&self, hit: &CueHit, normal: &str, between: &Range<usize>) -> bool {
        /// Ends of prepositions and of what one does to others.
        const TOWARDS: &str = "到来赴往在对给向为把将进入临了访问望导查察助研";
        let is_object =
            |at: usize| normal.get(..between.start + at).is_some_and(|t| t.ends_with(|c| TOWARDS.contains(c)));
        let stops = |at: usize| hit.category != Category::OtherUnit || !is_object(at);
        let text = normal.get(between.clone()).unwrap_or("");
        let stands = |word: &String| text.match_indices(word.as_str()).any(|(at, _)| stops(at));
        self.cues[hit.cue].until.iter().any(stands)
    }

    fn hit(&self, at: usize, range: Range<usize>) -> CueHit {
        let Cue { category, direction, scope, reach, .. } = self.cues[at].cue;
        CueHit { category, range, direction, scope, reach, cue: at }
    }
}
