//! The rules, tried on their own examples.

use crate::detect;
use crate::detect::engine::{Engine, EngineError};
use crate::model::campaign::Campaign;

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

/// How many examples there are, and those that miss.
///
/// # Errors
/// The first rule that cannot be compiled.
pub fn check(campaign: &Campaign) -> Result<(usize, Vec<Miss>), EngineError> {
    let engine = Engine::new(campaign)?;
    let examples =
        || campaign.rules.items.iter().flat_map(|item| item.examples.iter().map(move |example| (item, example)));
    let misses = examples().filter_map(|(item, example)| {
        let got = detect::label_of(&example.text, &item.item, &engine);
        (got != example.label).then(|| Miss {
            file: item.file.clone(),
            line: example.line,
            text: example.text.clone(),
            wanted: example.label.clone(),
            got,
        })
    });
    Ok((examples().count(), misses.collect()))
}
