//! Rules taken apart: each rule by itself, and each with one of its conditions dropped.
//!
//! What a rule finds by itself shows whether it ever hits and whether another always hits with it. What it finds once one
//! condition is dropped, and not before, fails that one condition: a near miss. The engine needs to know of neither.

use crate::model::learned::Learned;
use crate::model::rules::{ItemRules, Need, Rule, RuleKind, Rules, Scope};
use crate::model::scrutiny::Condition;
use std::collections::{BTreeMap, BTreeSet};

/// A rule by itself, whole or with one condition dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Id of the activity.
    pub item: String,
    /// Id of the rule.
    pub rule: String,
    /// The condition that was dropped.
    pub dropped: Option<Condition>,
    /// How much of the rule is left to vouch for a hit: what stands near the act says more than what stands anywhere.
    pub closeness: u32,
}

/// Every rule of a campaign by itself, and with each of its conditions dropped in turn; the act is never dropped. The
/// number of a variant is the id of its item in the rules.
pub fn variants(rules: &Rules) -> (Rules, Vec<Variant>) {
    let mut all = Vec::new();
    // Names stay, so that an act is no part of one; nothing else of the items as they are.
    let mut items: Vec<ItemRules> = rules
        .items
        .iter()
        .map(|item| ItemRules { item: item.item.clone(), names: item.names.clone(), ..ItemRules::default() })
        .collect();
    for item in &rules.items {
        let exempting: Vec<&Rule> = item.rules.iter().filter(|r| r.kind == RuleKind::Exempt).collect();
        for rule in &item.rules {
            for (rule, dropped) in std::iter::once((rule.clone(), None)).chain(relaxed(rule)) {
                let closeness = rule.needs.iter().skip(1).map(weight).sum::<u32>();
                let variant = Variant { item: item.item.clone(), rule: rule.id.clone(), dropped, closeness };
                let mut rules = vec![rule];
                rules.extend(exempting.iter().filter(|e| e.id != variant.rule).map(|e| (*e).clone()));
                items.push(ItemRules {
                    item: all.len().to_string(),
                    file: item.file.clone(),
                    not_names: item.not_names.clone(),
                    words: lists_of(&rules, &item.words),
                    rules,
                    ..ItemRules::default()
                });
                all.push(variant);
            }
        }
    }
    (Rules { items, learned: Learned::default(), ..rules.clone() }, all)
}

/// A rule without one of its conditions, as often as it has some. That there is no such duty is not said by half.
fn relaxed(rule: &Rule) -> Vec<(Rule, Option<Condition>)> {
    if rule.kind == RuleKind::Exempt {
        return Vec::new();
    }
    let mut relaxed = Vec::new();
    for (n, need) in rule.needs.iter().enumerate().skip(1) {
        let mut rule = rule.clone();
        rule.needs.remove(n);
        relaxed.push((rule, Some(Condition::Missing(need.clone()))));
    }
    for (n, need) in rule.without.iter().enumerate() {
        let mut rule = rule.clone();
        rule.without.remove(n);
        relaxed.push((rule, Some(Condition::Excluded(need.clone()))));
    }
    relaxed
}

/// The item's own lists that some rules use: an engine of many variants stays small.
fn lists_of(rules: &[Rule], words: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let used: BTreeSet<&String> =
        rules.iter().flat_map(|r| r.needs.iter().chain(&r.without)).flat_map(|n| &n.lists).collect();
    words.iter().filter(|(name, _)| used.contains(name)).map(|(name, list)| (name.clone(), list.clone())).collect()
}

fn weight(need: &Need) -> u32 {
    match need.within {
        Scope::Clause => 3,
        Scope::Sentence => 2,
        Scope::Paragraph => 1,
        Scope::Section | Scope::Document => 0,
    }
}
