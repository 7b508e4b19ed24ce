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
use crate::detect::weights::Learned;
use crate::model::learned::RULE;
use crate::model::reading::{Assertion, Strength};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

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
                let score = said[column].saturating_add(above.1[column]);
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
        rule: format!("{}.{}", engine.items[item].id, RULE),
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
