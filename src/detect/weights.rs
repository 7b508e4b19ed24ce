//! What was learned, ready to ask: what the stretches of a text say of each item.

use crate::model::learned::{self, folded};
use daachorse::CharwiseDoubleArrayAhoCorasick;
use std::collections::BTreeMap;

/// What was learned, ready to ask.
pub struct Learned {
    /// For each column of weights, the engine's item.
    pub items: Vec<usize>,
    /// From where on a sentence counts.
    pub threshold: i32,
    base: Vec<i32>,
    sentence: Weights,
    heading: Weights,
}

impl std::fmt::Debug for Learned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Learned").field("items", &self.items).finish_non_exhaustive()
    }
}

/// The stretches of a kind of text, and what each says of every item.
struct Weights {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// As many for each stretch as there are items.
    weights: Vec<i32>,
}

impl Weights {
    fn new(table: &BTreeMap<String, Vec<i32>>) -> Result<Self, String> {
        let automaton = match table.is_empty() {
            true => None,
            false => Some(CharwiseDoubleArrayAhoCorasick::new(table.keys()).map_err(|e| e.to_string())?),
        };
        Ok(Weights { automaton, weights: table.values().flatten().copied().collect() })
    }

    /// Adds what the stretches of a text say, each once.
    fn add(&self, text: &str, sums: &mut [i32]) {
        let Some(automaton) = &self.automaton else { return };
        let mut found: Vec<u32> = automaton.find_overlapping_iter(&folded(text)).map(|m| m.value()).collect();
        found.sort_unstable();
        found.dedup();
        for stretch in found {
            let at = stretch as usize * sums.len();
            let weights = self.weights.get(at..at + sums.len()).unwrap_or_default();
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum = sum.saturating_add(*weight));
        }
    }
}

impl Learned {
    /// Makes ready what was learned, for items by their ids.
    ///
    /// # Errors
    /// What the library says of the stretches.
    pub fn new(learned: &learned::Learned, item: impl Fn(&str) -> Option<usize>) -> Result<Self, String> {
        Ok(Learned {
            // A column of no item is asked for by nobody.
            items: learned.items.iter().map(|id| item(id).unwrap_or(usize::MAX)).collect(),
            base: learned.base.clone(),
            threshold: learned.threshold,
            sentence: Weights::new(&learned.sentence)?,
            heading: Weights::new(&learned.heading)?,
        })
    }

    /// What a part of a text says of each item.
    pub fn say(&self, text: &str) -> Vec<i32> {
        let mut sums = vec![0; self.items.len()];
        self.sentence.add(text, &mut sums);
        sums
    }

    /// What a heading and the base say of each item.
    pub fn say_of_heading(&self, heading: &str) -> Vec<i32> {
        let mut sums = self.base.clone();
        self.heading.add(heading, &mut sums);
        sums
    }
}
