//! The rules, tried on their own examples.

use crate::detect;
use crate::detect::engine::{Engine, EngineError};
use crate::model::campaign::Campaign;
use crate::model::rules::{ItemRules, Rules};

/// An example that comes out otherwise than it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The rule file.
    pub file: String,
    /// The line of the example.
    pub line: u32,
    /// The example.
    pub text: String,
    /// The label it should have.
    pub wanted: String,
    /// The label it has.
    pub got: &'static str,
}

/// How many examples there are, and those that miss: each rule alone on its own sentences, then all together on the
/// labelled ones.
///
/// # Errors
/// The first rule that cannot be compiled.
pub fn check(campaign: &Campaign) -> Result<(usize, Vec<Miss>), EngineError> {
    let mut tried = 0;
    let mut misses = Vec::new();
    for item in &campaign.rules.items {
        let mut engine = Engine::new(&with_items(campaign, vec![item.clone()]))?;
        let compiled = engine.exchange(0, Vec::new());
        for (rule, pattern) in item.rules.iter().zip(compiled) {
            // Alone, so that no other rule speaks for it.
            engine.exchange(0, vec![pattern]);
            let sentences =
                rule.must_match.iter().map(|t| (t, true)).chain(rule.must_not_match.iter().map(|t| (t, false)));
            for (text, wanted) in sentences {
                tried += 1;
                let got = detect::rule_matches(text, &rule.id, &engine);
                if got != wanted {
                    let word = |found| if found { MATCHES } else { MATCHES_NOT };
                    misses.push(miss(item, rule.line, text, word(wanted), word(got)));
                }
            }
        }
    }
    let engine = Engine::new(campaign)?;
    for item in &campaign.rules.items {
        for example in &item.examples {
            tried += 1;
            let got = detect::label_of(&example.text, &item.item, &engine);
            if got != example.label {
                misses.push(miss(item, example.line, &example.text, &example.label, got));
            }
        }
    }
    Ok((tried, misses))
}

/// What a rule does with a sentence, in the words of the rule file.
const MATCHES: &str = "must_match";
const MATCHES_NOT: &str = "must_not_match";

fn with_items(campaign: &Campaign, items: Vec<ItemRules>) -> Campaign {
    Campaign { rules: Rules { items, ..campaign.rules.clone() }, ..campaign.clone() }
}

fn miss(item: &ItemRules, line: u32, text: &str, wanted: &str, got: &'static str) -> Miss {
    Miss { file: item.file.clone(), line, text: text.to_string(), wanted: wanted.to_string(), got }
}
