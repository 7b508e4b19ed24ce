//! Which rules never hit, and which hit only where another does: what a rule file could do without.

use crate::model::campaign::Campaign;
use crate::model::reading::Reading;
use crate::model::rules::{ItemRules, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// What the rules find in some files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage<'c> {
    /// Files that were looked at, members of archives included.
    pub files: usize,
    /// Rules, all in all.
    pub rules: usize,
    /// Rules that found nothing.
    pub idle: Vec<(&'c ItemRules, &'c Rule)>,
    /// Rules that another always hits with.
    pub overlaps: Vec<Overlap<'c>>,
}

/// A rule, each of whose sentences another rule of the item finds too.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap<'c> {
    /// The rule.
    pub rule: &'c Rule,
    /// Its sentences.
    pub hits: usize,
    /// The other rule.
    pub within: &'c Rule,
    /// The other's sentences; as many as its own where both always hit together.
    pub of: usize,
}

/// Looks over Readings that were made with a closer look.
pub fn coverage<'c>(campaign: &'c Campaign, readings: &[Reading]) -> Coverage<'c> {
    let mut waiting: Vec<&Reading> = readings.iter().collect();
    let mut hits: BTreeMap<&str, BTreeSet<(usize, u32)>> = BTreeMap::new();
    let mut files = 0;
    while let Some(reading) = waiting.pop() {
        waiting.extend(&reading.members);
        for (rule, sentences) in reading.scrutiny.iter().flat_map(|s| &s.hits) {
            hits.entry(rule).or_default().extend(sentences.iter().map(|n| (files, *n)));
        }
        files += usize::from(reading.chars > 0);
    }
    let mut coverage = Coverage { files, ..Coverage::default() };
    for item in &campaign.rules.items {
        coverage.rules += item.rules.len();
        coverage.idle.extend(item.rules.iter().filter(|r| !hits.contains_key(r.id.as_str())).map(|r| (item, r)));
        coverage.overlaps.extend(overlaps(item, &hits));
    }
    coverage.overlaps.sort_by_key(|o| std::cmp::Reverse(o.hits));
    coverage
}

/// Each rule with the closest one that hits wherever it does. Two that always hit together are said once.
fn overlaps<'c>(item: &'c ItemRules, hits: &BTreeMap<&str, BTreeSet<(usize, u32)>>) -> Vec<Overlap<'c>> {
    let of = |rule: &Rule| hits.get(rule.id.as_str());
    let mut found: Vec<Overlap<'c>> = Vec::new();
    for rule in &item.rules {
        let Some(own) = of(rule) else { continue };
        let others = item.rules.iter().filter(|o| o.id != rule.id && o.kind == rule.kind);
        let wider = others.filter_map(|o| Some((o, of(o)?))).filter(|(_, all)| own.is_subset(all));
        let Some((within, all)) = wider.min_by_key(|(_, all)| all.len()) else { continue };
        let said = found.iter().any(|o| o.rule.id == within.id && o.within.id == rule.id);
        if !said {
            found.push(Overlap { rule, hits: own.len(), within, of: all.len() });
        }
    }
    found
}
