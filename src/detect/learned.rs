//! What labelled reports have taught: sentences that tell a deed in words that no rule knows.
//!
//! Asked only of a report that goes through the notice, for items of which the rules found nothing. What is
//! asserted is decided as for any act, by cues, moods, units and days; it is a clue for a person to confirm.

use crate::detect::acts::{is_asked, overruled};
use crate::detect::assertion::{Decision, Scan};
use crate::detect::engine::Engine;
use crate::detect::matcher::{Hit, Spot};
use crate::detect::moment;
use crate::detect::page::Page;
use crate::detect::passage::{PassageKind, Sentence};
use crate::model::learned::{self, folded};
use crate::model::reading::{Assertion, Strength};
use daachorse::CharwiseDoubleArrayAhoCorasick;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What was learned, ready to ask.
pub struct Learned {
    /// For each column of weights, the engine's item.
    items: Vec<usize>,
    base: Vec<i32>,
    threshold: i32,
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
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
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
    fn say(&self, text: &str) -> Vec<i32> {
        let mut sums = vec![0; self.items.len()];
        self.sentence.add(text, &mut sums);
        sums
    }

    /// What a heading and the base say of each item.
    fn say_of_heading(&self, heading: &str) -> Vec<i32> {
        let mut sums = self.base.clone();
        self.heading.add(heading, &mut sums);
        sums
    }
}

/// The sentence that tells most of each item of which nothing counts yet.
pub fn find(page: &Page<'_>, scans: &[Scan<'_>], hits: &[Hit], engine: &Engine) -> Vec<Hit> {
    let Some(learned) = engine.learned() else { return Vec::new() };
    let told: BTreeSet<usize> = hits.iter().filter(|h| h.assertion.counts()).map(|h| h.item).collect();
    let missing =
        |column: &usize| learned.items[*column] < engine.items.len() && !told.contains(&learned.items[*column]);
    let missing: Vec<usize> = (0..learned.items.len()).filter(missing).collect();
    // A report that tells of half of the items goes through the notice, and each of them is likely to be told.
    if 2 * told.len() < engine.items.len() || missing.is_empty() {
        return Vec::new();
    }
    let mut likely: Vec<Vec<(i32, &Scan<'_>, &Sentence)>> = vec![Vec::new(); missing.len()];
    let mut above: (&str, Vec<i32>) = ("", learned.say_of_heading(""));
    for scan in scans.iter().filter(|s| s.passage.kind == PassageKind::Prose) {
        if above.0 != scan.passage.heading {
            above = (&scan.passage.heading, learned.say_of_heading(&scan.passage.heading));
        }
        for sentence in &scan.passage.sentences {
            let said = learned.say(&scan.passage.text.normal[sentence.range.clone()]);
            for (likely, &column) in likely.iter_mut().zip(&missing) {
                let score = said[column] + above.1[column];
                if score >= learned.threshold {
                    likely.push((score, scan, sentence));
                }
            }
        }
    }
    let best = |(mut likely, column): (Vec<(i32, &Scan<'_>, &Sentence)>, usize)| {
        likely.sort_by_key(|(score, ..)| Reverse(*score));
        likely.into_iter().find_map(|(_, scan, sentence)| hit(page, scan, sentence, hits, (learned, column), engine))
    };
    likely.into_iter().zip(missing).filter_map(best).collect()
}

/// What a sentence asserts, where it says something that counts and no rule has said that it does not.
fn hit(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    hits: &[Hit],
    (learned, column): (&Learned, usize),
    engine: &Engine,
) -> Option<Hit> {
    let item = learned.items[column];
    let place = &scan.passage.place;
    if hits.iter().any(|h| h.item == item && h.place == *place && h.sentence == sentence.range.start) {
        return None;
    }
    let normal = &scan.passage.text.normal;
    let tells = |clause: &&Range<usize>| learned.say(&normal[(*clause).clone()])[column];
    let clause =
        sentence.clauses.iter().filter(|c| c.end > scan.passage.lead).max_by_key(|c| (tells(c), Reverse(c.start)))?;
    // What a rule knows for a deed of another item is told of that.
    let is_there = |spot: Spot| spot.passage == scan.index && sentence.range.contains(&spot.at);
    if hits.iter().any(|h| h.assertion.counts() && h.spot.is_some_and(is_there)) {
        return None;
    }
    let decided = scan.decide(sentence, clause, item, engine);
    let uncued = decided.is_none();
    let decision = decided.unwrap_or_else(|| Decision::of(Assertion::Done));
    let decision = overruled(page, scan, sentence, clause, decision, engine);
    let asks = normal[sentence.range.clone()].ends_with('?') && (uncued || is_asked(scan, sentence, clause));
    // Where no rule knows the words, nobody knows what a 没 in them denies.
    let denied = uncued && normal[clause.clone()].contains(['没', '未']);
    // What is said against a deed is red, and needs a rule.
    let bears = matches!(decision.assertion, Assertion::Done | Assertion::Planned);
    if !bears || denied || asks && decision.assertion == Assertion::Done {
        return None;
    }
    Some(Hit {
        whole: false,
        bare: uncued,
        sentence: sentence.range.start,
        item,
        rule: format!("{}.{}", engine.items[item].id, learned::RULE),
        assertion: decision.assertion,
        cue: decision.cue,
        strength: Strength::Weak,
        place: place.clone(),
        spot: Some(Spot { passage: scan.index, at: clause.start }),
        dates: moment::dates_of(scan.passage, sentence, clause),
        counts: Vec::new(),
        quote: scan.passage.text.quote(sentence.range.clone()).to_string(),
        unit: None,
    })
}
