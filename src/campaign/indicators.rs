//! `[[indicator]]` of `campaign.toml`: the numbers that schools are asked for.

use crate::campaign::fields::{Field, Fields};
use crate::model::campaign::Indicator;
use crate::msg;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest characters of a word: one alone stands in too many heads.
const LEAST: usize = 2;

/// Reads the indicators; `activities` are the ids that they may belong to.
pub fn read(field: &Field<'_>, activities: &BTreeSet<&str>) -> Vec<Indicator> {
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut words: BTreeMap<(Option<String>, String), String> = BTreeMap::new();
    for fields in field.each().unwrap_or_default() {
        let indicator = indicator(&fields, activities);
        let has = |of: fn(&Indicator) -> &String| indicators.iter().any(|i| of(i) == of(&indicator));
        if !indicator.id.is_empty() && has(|i| &i.id) {
            fields.complain(
                msg!("campaign.indicator_id_twice", &indicator.id),
                msg!("campaign.indicator_id_twice_remedy"),
            );
        }
        if !indicator.name.is_empty() && has(|i| &i.name) {
            fields.complain(
                msg!("campaign.indicator_name_twice", &indicator.name),
                msg!("campaign.indicator_name_twice_remedy"),
            );
        }
        // The measure in a head tells two numbers of one word apart: 走访(户), 走访(人).
        for word in &indicator.words {
            let key = (indicator.activity.clone(), format!("{word}\n{}", indicator.unit));
            if let Some(other) = words.insert(key, indicator.name.clone()) {
                fields.complain(
                    msg!("campaign.indicator_word_twice", word, other),
                    msg!("campaign.indicator_word_twice_remedy"),
                );
            }
        }
        indicators.push(indicator);
    }
    indicators
}

fn indicator(fields: &Fields<'_>, activities: &BTreeSet<&str>) -> Indicator {
    let text = |key| fields.optional(key).and_then(|f| f.text());
    let indicator = Indicator {
        id: fields.required("id").and_then(|f| f.identifier()).unwrap_or_default(),
        name: fields.required("name").and_then(|f| f.text()).unwrap_or_default(),
        unit: text("unit").unwrap_or_default(),
        activity: fields.optional("activity").and_then(|f| activity(&f, activities)),
        words: fields.required("words").map(|f| words(&f)).unwrap_or_default(),
        not_words: fields.optional("not_words").map(|f| words(&f)).unwrap_or_default(),
    };
    fields.refuse_others();
    indicator
}

fn activity(field: &Field<'_>, activities: &BTreeSet<&str>) -> Option<String> {
    let id = field.text()?;
    if !activities.contains(id.as_str()) {
        let all: Vec<&str> = activities.iter().copied().collect();
        field.complain(
            msg!("campaign.indicator_activity", &id),
            msg!("campaign.indicator_activity_remedy", all.join("、")),
        );
    }
    Some(id)
}

fn words(field: &Field<'_>) -> Vec<String> {
    let words: Vec<String> = field.texts().unwrap_or_default().iter().map(|w| w.trim().to_string()).collect();
    let short = words.iter().any(|w| w.chars().count() < LEAST);
    if short || field.value().as_array().is_some_and(|a| a.is_empty()) {
        field.complain(msg!("campaign.indicator_words", LEAST), msg!("campaign.indicator_words_remedy"));
    }
    words
}
