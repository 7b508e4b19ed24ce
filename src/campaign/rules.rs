//! `rules/*.toml`: how evidence is recognised. Two kinds of file: one with `item`, the rules of an activity; one
//! without, what all rules share. The house's own `language.toml`, which says how Chinese affirms, denies and plans, goes
//! before them. `rules/learned.json` may lie beside them.

use crate::campaign::error::CampaignError;
use crate::campaign::fields::TomlText;
use crate::campaign::learned;
use crate::model::message::Message;
use crate::model::pattern::Pattern;
use crate::model::place::Place;
use crate::model::rules::{Answers, Category, Context, Cue, Example, ItemRules, Mood, Need, Rule, Rules};
use crate::msg;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::DeTable;

/// What any campaign's reports have in common: name and text, as a rule file.
pub const LANGUAGE: (&str, &str) = ("language.toml", include_str!("language.toml"));

/// What a label of an example may be.
const LABELS: [&str; 5] = ["done", "planned", "not_done", "not_applicable", "absent"];

/// What all rules share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedFile {
    #[serde(default)]
    words: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default, rename = "cue")]
    cues: Vec<Spanned<Cue>>,
    #[serde(default, rename = "mood")]
    moods: Vec<Mood>,
    #[serde(default)]
    answers: Answers,
    #[serde(default)]
    context: Context,
}

/// The rules of an activity.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemFile {
    item: Spanned<String>,
    version: u32,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    not_names: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    papers: Vec<String>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "rule")]
    rules: Vec<Spanned<Rule>>,
    #[serde(default, rename = "example")]
    examples: Vec<Spanned<Example>>,
}

/// Reads the rule files, given as name and text in the order of their names, and checks them against the activities,
/// given with their places in `campaign.toml`.
pub fn read(
    files: &[(String, String)],
    activities: &BTreeMap<String, Place>,
    notice: &str,
) -> (Rules, Vec<CampaignError>) {
    let (learned, files): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| name.ends_with(learned::FILE));
    let files = std::iter::once(LANGUAGE).chain(files.into_iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let texts: Vec<(&str, TomlText<'_>)> = files.map(|(n, t)| (n, TomlText::new(n, t))).collect();
    let mut reading = Reading::default();
    let mut items = Vec::new();
    for (name, text) in &texts {
        let table = text.parse();
        let is_item = table.get_ref().keys().any(|k| k.get_ref().as_ref() == "item");
        if text.is_wrong() {
            reading.incomplete = true; // not TOML: said already, each place of it
        } else if is_item {
            items.extend(reading.parsed::<ItemFile>(table, text).map(|file| (*name, file, text)));
        } else if let Some(file) = reading.parsed::<SharedFile>(table, text) {
            reading.shared(file, text);
        }
    }
    for (name, file, text) in items {
        reading.item(name, file, text, activities);
    }
    let Reading { mut rules, incomplete, expressions, .. } = reading;
    complain_of_wrong(&expressions);
    let mut errors: Vec<CampaignError> = texts.into_iter().flat_map(|(_, text)| text.into_errors()).collect();
    for (name, text) in learned {
        match learned::read(name, text) {
            Ok(learned) => rules.learned = learned,
            Err(wrong) => errors.extend(wrong),
        }
    }
    // A file that could not be read may have been the one that is missed.
    for (id, place) in
        activities.iter().filter(|(id, _)| !incomplete && !id.is_empty() && !rules.items.iter().any(|i| i.item == **id))
    {
        let (what, remedy) =
            (msg!("campaign.activity_without_rules", id), msg!("campaign.activity_without_rules_remedy", id));
        errors.push(CampaignError { file: notice.to_string(), place: place.clone(), what, remedy });
    }
    (rules, errors)
}

#[derive(Default)]
struct Reading<'t> {
    rules: Rules,
    /// A file could not be read.
    incomplete: bool,
    ids: BTreeSet<String>,
    /// Regular expressions, each with its file and where it stands there.
    expressions: Vec<(String, usize, &'t TomlText<'t>)>,
}

impl<'t> Reading<'t> {
    fn parsed<T: Deserialize<'t>>(&mut self, table: Spanned<DeTable<'t>>, text: &TomlText<'_>) -> Option<T> {
        T::deserialize(toml::Deserializer::from(table))
            .map_err(|error| {
                let offset = error.span().map_or(0, |s| s.start);
                text.complain(offset, refusal(error.message()), msg!("campaign.rule_file_wrong_remedy"));
                self.incomplete = true;
            })
            .ok()
    }

    fn shared(&mut self, mut file: SharedFile, text: &'t TomlText<'t>) {
        for (name, list) in file.words {
            let at = name.span().start;
            let name = name.into_inner();
            if self.rules.words.insert(name.clone(), list).is_some() {
                text.complain(at, msg!("campaign.words_twice", &name), msg!("campaign.words_twice_remedy"));
            }
        }
        for cue in file.cues {
            let (at, Cue { category, patterns, looks_like, .. }) = (cue.span().start, cue.get_ref());
            self.expressions.extend(patterns.iter().map(|pattern| (pattern.clone(), at, text)));
            if looks_like.is_some() && *category != Category::Pseudo {
                text.complain(at, msg!("campaign.cue_looks_like"), msg!("campaign.cue_looks_like_remedy"));
            }
            self.rules.cues.push(cue.into_inner());
        }
        self.rules.moods.extend(file.moods);
        for (all, more) in self.rules.answers.lists_mut().into_iter().zip(file.answers.lists_mut()) {
            all.append(more);
        }
        let Context { own, people, related, other, notice } = file.context;
        self.rules.context.own.extend(own);
        self.rules.context.people.extend(people);
        self.rules.context.related.extend(related);
        self.rules.context.other.extend(other);
        self.rules.context.notice.extend(notice);
    }

    fn item(&mut self, name: &str, file: ItemFile, text: &'t TomlText<'t>, activities: &BTreeMap<String, Place>) {
        let (at, item) = (file.item.span().start, file.item.into_inner());
        // Without activities the settings could not be read, which is said already.
        if !activities.is_empty() && !activities.contains_key(&item) {
            text.complain(at, msg!("campaign.rules_unknown_item", &item), msg!("campaign.rules_unknown_item_remedy"));
        }
        if self.rules.items.iter().any(|i| i.item == item) {
            text.complain(at, msg!("campaign.rules_item_twice", &item), msg!("campaign.rules_item_twice_remedy"));
        }
        for rule in &file.rules {
            self.rule(rule.get_ref(), rule.span().start, &item, text, &file.words);
        }
        for example in file.examples.iter().filter(|e| !LABELS.contains(&e.get_ref().label.as_str())) {
            let (what, remedy) = (
                msg!("campaign.label_unknown", &example.get_ref().label),
                msg!("campaign.label_unknown_remedy", LABELS.join(", ")),
            );
            text.complain(example.span().start, what, remedy);
        }
        let is_done = |e: &Spanned<Example>| e.get_ref().label == "done";
        if !file.examples.iter().any(is_done) || file.examples.iter().all(is_done) {
            text.complain(at, msg!("campaign.examples_missing", &item), msg!("campaign.examples_missing_remedy"));
        }
        let examples = file
            .examples
            .into_iter()
            .map(|e| Example { line: text.line_number(e.span().start), ..e.into_inner() })
            .collect();
        let rules =
            file.rules.into_iter().map(|r| Rule { line: text.line_number(r.span().start), ..r.into_inner() }).collect();
        // Their places stand in the order of the notice.
        let place = activities.get(&item);
        let number = place.map_or(0, |own| activities.values().filter(|other| *other <= own).count() as u32);
        let ItemFile { version, names, not_names, topics, papers, words, .. } = file;
        self.rules.items.push(ItemRules {
            item,
            number,
            file: name.to_string(),
            version,
            names,
            not_names,
            topics,
            papers,
            words,
            rules,
            examples,
        });
    }

    fn rule(
        &mut self,
        rule: &Rule,
        at: usize,
        item: &str,
        text: &'t TomlText<'t>,
        own: &BTreeMap<String, Vec<String>>,
    ) {
        let complain = |what: Message, remedy: Message| text.complain(at, what, remedy);
        if rule.must_match.is_empty() || rule.must_not_match.is_empty() {
            complain(msg!("campaign.rule_without_examples", &rule.id), msg!("campaign.rule_without_examples_remedy"));
        }
        if rule.id.strip_prefix(item).and_then(|rest| rest.strip_prefix('.')).is_none_or(str::is_empty) {
            complain(msg!("campaign.rule_id_form", &rule.id), msg!("campaign.rule_id_form_remedy", item));
        }
        if !self.ids.insert(rule.id.clone()) {
            complain(msg!("campaign.rule_id_twice", &rule.id), msg!("campaign.rule_id_twice_remedy"));
        }
        let is_list = |list: &String| own.contains_key(list) || self.rules.words.contains_key(list);
        for list in rule.needs.iter().chain(&rule.without).flat_map(|Need { lists, .. }| lists).filter(|l| !is_list(l))
        {
            complain(msg!("campaign.list_unknown", &rule.id, list), msg!("campaign.list_unknown_remedy", list));
        }
        if rule.needs.is_empty() && rule.pattern.is_none() {
            complain(msg!("campaign.rule_empty", &rule.id), msg!("campaign.rule_empty_remedy"));
        }
        self.expressions.extend(rule.pattern.iter().map(|pattern| (pattern.clone(), at, text)));
    }
}

/// The parser's complaint about a key in the words of this house; any other complaint as it is.
fn refusal(message: &str) -> Message {
    let quoted = |rest: &str| rest.split('`').next().unwrap_or_default().to_string();
    if let Some(rest) = message.strip_prefix("missing field `") {
        msg!("campaign.key_missing", quoted(rest))
    } else if let Some(rest) = message.strip_prefix("unknown field `") {
        msg!("campaign.key_unknown", quoted(rest))
    } else if let Some(rest) = message.strip_prefix("unknown variant `") {
        msg!("campaign.word_unknown", quoted(rest))
    } else {
        msg!("campaign.rule_file_wrong", message)
    }
}

/// Complains of every expression that is none. There are hundreds, and each takes its time.
fn complain_of_wrong(expressions: &[(String, usize, &TomlText<'_>)]) {
    let written: Vec<&str> = expressions.iter().map(|(pattern, ..)| pattern.as_str()).collect();
    let tried: Vec<Result<(), String>> = written.par_iter().map(|pattern| Pattern::new(pattern).map(|_| ())).collect();
    for ((pattern, at, text), tried) in expressions.iter().zip(tried) {
        if let Err(reason) = tried {
            let last = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
            text.complain(*at, msg!("campaign.regex_wrong", pattern, last), msg!("campaign.regex_wrong_remedy"));
        }
    }
}
