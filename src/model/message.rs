//! Everything a person reads, from one catalogue in two languages.
//!
//! A stage says *what* it means with [`Message`] (a key and its arguments, serialisable); whoever writes to a
//! person turns it into text with [`Message::text`]. The texts are data: `src/model/messages/*.toml`, a table per
//! key with `zh` and `en`, arguments as `{0}`, `{1}` …

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The language that a person reads. Chinese unless asked otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// A sentence for a person, not yet in any language: a key of the catalogue and its arguments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Message {
    /// Key in the catalogue, `room.what`.
    pub key: Cow<'static, str>,
    /// What stands in `{0}`, `{1}` …
    #[serde(default, skip_serializing_if = "<[Arg]>::is_empty")]
    pub args: Box<[Arg]>,
}

/// An argument of a [`Message`]: text as it is, or another message to be rendered in the same language. Boxed, since a night
/// of many schools holds millions of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// Text that is the same in every language: a name, a number, a quote.
    Text(Box<str>),
    /// A message inside a message.
    Message(Box<Message>),
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Arg::Message(Box::new(message))
    }
}

impl From<&Message> for Arg {
    fn from(message: &Message) -> Self {
        Arg::Message(Box::new(message.clone()))
    }
}

/// Implements `From<T> for Arg` by way of `ToString`.
macro_rules! arg_from {
    ($($t:ty),*) => { $(impl From<$t> for Arg { fn from(v: $t) -> Self { Arg::Text(v.to_string().into()) } })* };
}
arg_from!(&str, String, &String, char, u8, u16, u32, u64, usize, i32, i64, chrono::NaiveDate);

/// `msg!("judge.late", days)`: a [`Message`] with its arguments. The key must stand in the catalogue
/// (`tests/walls.rs` looks for each one).
#[macro_export]
macro_rules! msg {
    ($key:literal $(, $arg:expr)* $(,)?) => {
        $crate::model::message::Message {
            key: std::borrow::Cow::Borrowed($key),
            args: Box::new([$($crate::model::message::Arg::from($arg)),*]),
        }
    };
}

impl Message {
    /// A message whose key is made at run time, `status.` + word for example.
    pub fn keyed(key: String) -> Self {
        Message { key: key.into(), args: Box::default() }
    }

    /// The sentence in `lang`. A key that is not in the catalogue is shown as itself with its arguments, so that
    /// nothing is lost.
    pub fn text(&self, lang: Lang) -> String {
        let args: Vec<String> = self
            .args
            .iter()
            .map(|a| match a {
                Arg::Text(t) => t.to_string(),
                Arg::Message(m) => m.text(lang),
            })
            .collect();
        let Some(entry) = catalogue().get(&*self.key) else {
            return if args.is_empty() { self.key.to_string() } else { format!("{}: {}", self.key, args.join(", ")) };
        };
        fill(entry.in_lang(lang), &args)
    }
}

/// The text of a key without arguments.
pub fn text(key: &str, lang: Lang) -> &'static str {
    catalogue().get(key).map_or("", |e| e.in_lang(lang))
}

/// Puts the arguments in their places, in one pass so that an argument's own braces stay as they are.
fn fill(pattern: &str, args: &[String]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let tail = &rest[open + 1..];
        let end = tail.find('}');
        match end.and_then(|e| tail[..e].parse::<usize>().ok().map(|n| (n, e))) {
            Some((n, e)) => {
                out.push_str(args.get(n).map_or("", String::as_str));
                rest = &tail[e + 1..];
            }
            None => {
                out.push('{');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

/// One sentence of the catalogue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    zh: String,
    en: String,
}

impl Entry {
    /// The pattern in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// The files of the catalogue, one per room that speaks, and one per command that says much.
const FILES: &[(&str, &str)] = &[
    ("campaign", include_str!("messages/campaign.toml")),
    ("cli", include_str!("messages/cli.toml")),
    ("detect", include_str!("messages/detect.toml")),
    ("doctor", include_str!("messages/doctor.toml")),
    ("extract", include_str!("messages/extract.toml")),
    ("intake", include_str!("messages/intake.toml")),
    ("judge", include_str!("messages/judge.toml")),
    ("letters", include_str!("messages/letters.toml")),
    ("model", include_str!("messages/model.toml")),
    ("ocr", include_str!("messages/ocr.toml")),
    ("pipeline", include_str!("messages/pipeline.toml")),
    ("report", include_str!("messages/report.toml")),
    ("schedule", include_str!("messages/schedule.toml")),
    ("store", include_str!("messages/store.toml")),
    ("review", include_str!("messages/review.toml")),
];

/// The whole catalogue, `room.key` → texts. A file that does not parse leaves its room without texts; the
/// test below reads every file strictly.
pub fn catalogue() -> &'static BTreeMap<String, Entry> {
    static CATALOGUE: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let mut all = BTreeMap::new();
        for (room, text) in FILES {
            let table: BTreeMap<String, Entry> = toml::from_str(text).unwrap_or_default();
            all.extend(table.into_iter().map(|(key, entry)| (format!("{room}.{key}"), entry)));
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_both_languages_take_the_same_arguments() {
        for (room, text) in FILES {
            let table: BTreeMap<String, Entry> = toml::from_str(text).unwrap_or_else(|e| panic!("{room}: {e}"));
            for (key, entry) in table {
                for n in 0..8 {
                    let slot = format!("{{{n}}}");
                    assert_eq!(entry.zh.contains(&slot), entry.en.contains(&slot), "{room}.{key} {slot}");
                }
            }
        }
    }

    #[test]
    fn arguments_keep_their_own_braces() {
        assert_eq!(fill("a {0} b {1} {x}", &["{1}".into(), "Z".into()]), "a {1} b Z {x}");
    }
}
