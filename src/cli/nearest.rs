//! What came nearest to evidence of an item, and the one condition that it failed, in a person's words.

use crate::model::campaign::Campaign;
use crate::model::message::{Lang, Message, text};
use crate::model::place::Place;
use crate::model::reading::{Assertion, Evidence, Reading};
use crate::model::rules::{Need, Scope};
use crate::model::scrutiny::Condition;
use crate::msg;

/// So many words of a list show what it is about.
const SHOWN: usize = 5;

/// A sentence that does not count, and why.
pub struct Nearest<'r> {
    /// Where.
    pub place: &'r Place,
    /// The author's words.
    pub quote: &'r str,
    /// The rule that found it, or that it nearly meets.
    pub rule: &'r str,
    /// The condition that failed.
    pub failed: Message,
}

/// The nearest of an item of which nothing in the file counts: a whole act that a cue decided against, then one that a
/// single condition is wanting in, then a mere mention.
pub fn nearest<'r>(reading: &'r Reading, item: &str, campaign: &Campaign, lang: Lang) -> Vec<Nearest<'r>> {
    let against = |decided: bool| {
        let found = reading.evidence.iter().filter(move |e| e.item == item && !e.assertion.counts());
        found.filter(move |e| e.cue.is_some() == decided)
    };
    let mut decided: Vec<&Evidence> = against(true).collect();
    decided.sort_by_key(|e| e.assertion);
    let wanting = reading.scrutiny.iter().flat_map(|s| &s.near_misses).filter(|n| n.item == item);
    let of_evidence =
        |e: &'r Evidence| Nearest { place: &e.place, quote: &e.quote, rule: &e.rule, failed: decision(e) };
    decided
        .into_iter()
        .map(of_evidence)
        .chain(wanting.map(|n| Nearest {
            place: &n.place,
            quote: &n.quote,
            rule: &n.rule,
            failed: condition(&n.failed, item, &n.quote, campaign, lang),
        }))
        .chain(against(false).map(of_evidence))
        .collect()
}

/// What decided against a deed, and where those words stand.
fn decision(e: &Evidence) -> Message {
    let Some(cue) = e.cue.as_deref() else { return msg!("cli.near_mention") };
    let cue = cue.trim_matches(|c: char| c.is_ascii_punctuation() || "，。；：、".contains(c));
    let said = match e.assertion {
        Assertion::OtherSubject => return msg!("cli.near_other_subject", cue),
        Assertion::Background => msg!("cli.near_background", cue),
        _ => msg!("cli.explain_cue", &e.assertion.message(), cue),
    };
    if e.quote.contains(cue) { said } else { msg!("cli.near_by_heading", said) }
}

/// The one condition of a rule, with some words of the lists that it is about.
pub fn condition(failed: &Condition, item: &str, quote: &str, campaign: &Campaign, lang: Lang) -> Message {
    let need = failed.need();
    let words = words_of(need, item, campaign);
    let lists = need.lists.join("|");
    let scope = text(scope(need.within), lang);
    match failed {
        Condition::Missing(_) => {
            let some: Vec<&str> = words.iter().take(SHOWN).copied().collect();
            msg!("cli.near_missing", lists, scope, some.join(text("cli.list_comma", lang)))
        }
        // The longest word says best what rules it out: 家长会, and not 会.
        Condition::Excluded(_) => match words.iter().filter(|w| quote.contains(**w)).max_by_key(|w| w.len()) {
            Some(word) => msg!("cli.near_excluded_word", *word, lists, scope),
            None => msg!("cli.near_excluded", lists, scope),
        },
    }
}

fn words_of<'c>(need: &Need, item: &str, campaign: &'c Campaign) -> Vec<&'c str> {
    let own = campaign.rules.items.iter().find(|i| i.item == item).map(|i| &i.words);
    let list = |name: &String| own.and_then(|w| w.get(name)).or_else(|| campaign.rules.words.get(name));
    need.lists.iter().filter_map(list).flatten().map(String::as_str).collect()
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Clause => "cli.scope_clause",
        Scope::Sentence => "cli.scope_sentence",
        Scope::Paragraph => "cli.scope_paragraph",
        Scope::Section => "cli.scope_section",
        Scope::Document => "cli.scope_document",
    }
}
