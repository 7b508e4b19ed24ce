//! A closer look at a document: its text line by line, and the sentences that fail a rule by one condition.

use crate::detect;
use crate::detect::engine::{Engine, EngineError};
use crate::detect::lines::lines;
use crate::model::campaign::Campaign;
use crate::model::document::Document;
use crate::model::place::Place;
use crate::model::reading::{Assertion, Evidence, Reading};
use crate::model::scrutiny::{NearMiss, Scrutiny};
use crate::pipeline::variants::{Variant, variants};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The most near misses of one item in one file.
const NEAREST: usize = 2;

/// Looks closely at documents by one set of rules.
pub struct Scrutineer {
    engine: Engine,
    variants: Vec<Variant>,
}

impl Scrutineer {
    /// Compiles the rules taken apart.
    ///
    /// # Errors
    /// The first rule that cannot be compiled.
    pub fn new(campaign: &Campaign) -> Result<Self, EngineError> {
        let (rules, variants) = variants(&campaign.rules);
        let apart = Campaign { rules, year: campaign.year, ..Campaign::default() };
        Ok(Scrutineer { engine: Engine::new(&apart)?, variants })
    }

    /// What a closer look shows of a document whose Reading is known.
    pub fn look(&self, document: &Document, reading: &Reading, masked: bool, with_text: bool) -> Scrutiny {
        let hits = detect::every_hit(document, &reading.source.path, &self.engine, masked);
        let of_variants: Vec<(&Variant, &Evidence)> = hits
            .iter()
            .filter_map(|hit| {
                let variant = self.variants.get(hit.item.parse::<usize>().ok()?)?;
                (variant.rule == hit.rule).then_some((variant, hit))
            })
            .collect();
        Scrutiny {
            lines: if with_text { lines(&document.body, masked) } else { Vec::new() },
            near_misses: near_misses(&of_variants, reading),
            hits: sentences(&of_variants),
            sentences: if with_text {
                Vec::new()
            } else {
                detect::told(document, &reading.source.path, &self.engine, masked)
            },
        }
    }
}

/// The nearest of each item of which nothing counts.
fn near_misses(hits: &[(&Variant, &Evidence)], reading: &Reading) -> Vec<NearMiss> {
    let labels = detect::labels(&reading.evidence);
    // A title or a signature tells no deed; the first lines of a short report do.
    let masthead = || reading.masthead.titles.iter().chain(&reading.masthead.signatures);
    let is_title = |hit: &Evidence| {
        !hit.quote.contains(['，', ',', '。', '；', ';', '|']) && masthead().any(|line| line.place == hit.place)
    };
    let mut nearest: BTreeMap<&str, Vec<(&Variant, &Evidence)>> = BTreeMap::new();
    for (variant, hit) in hits {
        // Where a cue speaks against it as well, two conditions fail.
        let fails_one = variant.dropped.is_some() && hit.assertion == Assertion::Done;
        if fails_one && !is_title(hit) && !labels.contains_key(&variant.item) {
            nearest.entry(&variant.item).or_default().push((variant, hit));
        }
    }
    let mut kept: Vec<NearMiss> = Vec::new();
    for (item, mut candidates) in nearest {
        candidates.sort_by_key(|(variant, hit)| (Reverse(variant.closeness), Reverse(hit.strength)));
        let mut of_item = 0;
        for (variant, hit) in candidates {
            let Some(failed) = variant.dropped.clone() else { continue };
            let twin = kept.iter().any(|n| n.item == item && n.place == hit.place && n.quote == hit.quote);
            if !twin && of_item < NEAREST {
                of_item += 1;
                kept.push(NearMiss {
                    item: item.to_string(),
                    rule: variant.rule.clone(),
                    place: hit.place.clone(),
                    quote: hit.quote.clone(),
                    failed,
                });
            }
        }
    }
    kept
}

/// Rule → the sentences in which it finds something by itself.
fn sentences(hits: &[(&Variant, &Evidence)]) -> BTreeMap<String, Vec<u32>> {
    let mut numbers: BTreeMap<(&Place, &str), u32> = BTreeMap::new();
    let mut found: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (variant, hit) in hits.iter().filter(|(variant, _)| variant.dropped.is_none()) {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        let number = *numbers.entry((&hit.place, &hit.quote)).or_insert(next);
        let of_rule = found.entry(variant.rule.clone()).or_default();
        if !of_rule.contains(&number) {
            of_rule.push(number);
        }
    }
    found
}
