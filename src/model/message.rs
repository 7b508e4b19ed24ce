//! Everything a person reads, from one catalogue in two languages.
//!
//! A stage says *what* it means with [`Message`] (a key and its arguments, serialisable); whoever writes to a
//! person turns it into text with [`Message::text`]. The texts are data: `src/model/messages/*.toml`, a table per
//! key with `zh` and `en`, arguments as `{0}`, `{1}` …

use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter, Write};
use std::iter;
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

/// A sentence for a person, not yet in any language: a key of the catalogue, `room.what`, and what stands in its `{0}`, `{1}` …
/// A night of many schools holds millions of them, so that key and arguments are one text: a piece each, a letter for what it
/// is, its length in bytes, a colon and the piece itself, as in a netstring. Without key and arguments it is empty.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Open", into = "Open")]
pub struct Message(Box<str>);

/// An argument of a [`Message`]: text as it is, or another message to be rendered in the same language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// Text that is the same in every language: a name, a number, a quote.
    Text(Box<str>),
    /// A message inside a message.
    Message(Message),
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Arg::Message(message)
    }
}

impl From<&Message> for Arg {
    fn from(message: &Message) -> Self {
        Arg::Message(message.clone())
    }
}

/// Implements `From<T> for Arg` by way of `ToString`.
macro_rules! arg_from {
    ($($t:ty),*) => { $(impl From<$t> for Arg { fn from(v: $t) -> Self { Arg::Text(v.to_string().into()) } })* };
}
arg_from!(&str, String, &String, EcoString, &EcoString, char, u8, u16, u32, u64, usize, i32, i64, chrono::NaiveDate);

/// A message as it travels.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename = "Message")]
struct Open {
    key: Cow<'static, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    args: Vec<Arg>,
}

impl From<Open> for Message {
    fn from(open: Open) -> Self {
        Message::new(&open.key, &open.args)
    }
}

impl From<Message> for Open {
    fn from(message: Message) -> Self {
        Open { key: message.key().to_string().into(), args: message.args() }
    }
}

/// `msg!("judge.late", days)`: a [`Message`] with its arguments. The key must stand in the catalogue
/// (`tests/walls.rs` looks for each one).
#[macro_export]
macro_rules! msg {
    ($key:literal $(, $arg:expr)* $(,)?) => {
        $crate::model::message::Message::new($key, &[$($crate::model::message::Arg::from($arg)),*])
    };
}

impl Message {
    /// A message of a key and its arguments.
    pub fn new(key: &str, args: &[Arg]) -> Self {
        if key.is_empty() && args.is_empty() {
            return Message::default();
        }
        let mut pieces =
            String::with_capacity(key.len() + 8 + args.iter().map(|arg| arg.piece().1.len() + 8).sum::<usize>());
        for (kind, piece) in iter::once((KEY, key)).chain(args.iter().map(Arg::piece)) {
            // Writing to a text does not fail.
            let _ = write!(pieces, "{kind}{}:{piece}", piece.len());
        }
        Message(pieces.into())
    }

    /// A message whose key is made at run time, `status.` + word for example.
    pub fn keyed(key: String) -> Self {
        Message::new(&key, &[])
    }

    /// Key in the catalogue.
    pub fn key(&self) -> &str {
        self.pieces().find(|(kind, _)| *kind == KEY).map_or("", |(_, key)| key)
    }

    /// The arguments.
    pub fn args(&self) -> Vec<Arg> {
        let arg = |(kind, piece): (char, &str)| match kind {
            TEXT => Some(Arg::Text(piece.into())),
            MESSAGE => Some(Arg::Message(Message(piece.into()))),
            _ => None,
        };
        self.pieces().filter_map(arg).collect()
    }

    fn pieces(&self) -> impl Iterator<Item = (char, &str)> {
        pieces(&self.0)
    }

    /// The sentence in `lang`. A key that is not in the catalogue is shown as itself with its arguments, so that
    /// nothing is lost.
    pub fn text(&self, lang: Lang) -> String {
        text_of(&self.0, lang).into_owned()
    }
}

const KEY: char = 'k';
const TEXT: char = 't';
const MESSAGE: char = 'm';

impl Arg {
    /// What it is, and the piece that says it.
    fn piece(&self) -> (char, &str) {
        match self {
            Arg::Text(text) => (TEXT, text),
            Arg::Message(message) => (MESSAGE, &message.0),
        }
    }
}

/// What a message is made of, each with the letter before it.
fn pieces(message: &str) -> impl Iterator<Item = (char, &str)> {
    let mut rest = message;
    iter::from_fn(move || {
        let kind = rest.chars().next()?;
        let (length, after) = rest.get(kind.len_utf8()..)?.split_once(':')?;
        let (piece, after) = after.split_at_checked(length.parse().ok()?)?;
        rest = after;
        Some((kind, piece))
    })
}

fn text_of(message: &str, lang: Lang) -> Cow<'_, str> {
    let mut key = "";
    let mut args = Vec::new();
    for (kind, piece) in pieces(message) {
        match kind {
            KEY => key = piece,
            MESSAGE => args.push(text_of(piece, lang)),
            _ => args.push(Cow::Borrowed(piece)),
        }
    }
    match catalogue().get(key) {
        Some(entry) => fill(entry.in_lang(lang), &args).into(),
        None if args.is_empty() => key.into(),
        None => format!("{key}: {}", args.join(", ")).into(),
    }
}

impl PartialOrd for Message {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By key, then by arguments.
impl Ord for Message {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_args = || self.args().cmp(&other.args());
        self.key().cmp(other.key()).then_with(by_args)
    }
}

impl Debug for Message {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("key", &self.key()).field("args", &self.args()).finish()
    }
}

/// The text of a key without arguments.
pub fn text(key: &str, lang: Lang) -> &'static str {
    catalogue().get(key).map_or("", |e| e.in_lang(lang))
}

/// Puts the arguments in their places, in one pass so that an argument's own braces stay as they are.
fn fill(pattern: &str, args: &[Cow<'_, str>]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let tail = &rest[open + 1..];
        let end = tail.find('}');
        match end.and_then(|e| tail[..e].parse::<usize>().ok().map(|n| (n, e))) {
            Some((n, e)) => {
                out.push_str(args.get(n).map_or("", AsRef::as_ref));
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
    use crate::model::packed::{from_bytes, to_bytes};
    use proptest::prelude::*;

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
    fn a_message_keeps_its_arguments_and_travels_with_them() {
        let inner = Message::new("judge.and", &["文件名".into(), "3:t".into()]);
        let message = Message::new("nowhere.said", &["k2:{1}".into(), inner.clone().into(), "".into()]);
        assert_eq!((message.key(), message.args()), ("nowhere.said", vec!["k2:{1}".into(), inner.into(), "".into()]));
        assert_eq!(message.text(Lang::Zh), "nowhere.said: k2:{1}, 文件名、3:t, ");
        let json = serde_json::to_string(&message).unwrap();
        assert_eq!(json, r#"{"key":"nowhere.said","args":["k2:{1}",{"key":"judge.and","args":["文件名","3:t"]},""]}"#);
        assert_eq!(serde_json::from_str::<Message>(&json).unwrap(), message);
        assert_eq!((Message::default().key(), Message::default().text(Lang::Zh)), ("", String::new()));
        assert_eq!(serde_json::from_str::<Message>(r#"{"key":""}"#).unwrap(), Message::default());
    }

    fn arg() -> impl Strategy<Value = Arg> {
        let nested = |inner| {
            let parts = (".{0,8}", prop::collection::vec(inner, 0..3));
            parts.prop_map(|(key, args): (String, Vec<Arg>)| Message::new(&key, &args).into())
        };
        ".{0,12}".prop_map(|text: String| Arg::from(text)).prop_recursive(3, 12, 3, nested)
    }

    proptest! {
        #[test]
        fn a_message_of_any_texts_keeps_them(key in ".{0,12}", args in prop::collection::vec(arg(), 0..4)) {
            let message = Message::new(&key, &args);
            prop_assert_eq!((message.key(), message.args()), (key.as_str(), args));
            let travelled = from_bytes(&to_bytes(&message).unwrap());
            prop_assert_eq!(travelled, Some(message));
        }
    }

    #[test]
    fn messages_are_in_the_order_of_their_keys() {
        let mut all = [msg!("judge.why_weak", "a"), msg!("judge.and", "b", "a"), msg!("judge.and", "a", "b")];
        all.sort();
        assert_eq!(all, [msg!("judge.and", "a", "b"), msg!("judge.and", "b", "a"), msg!("judge.why_weak", "a")]);
    }

    #[test]
    fn arguments_keep_their_own_braces() {
        assert_eq!(fill("a {0} b {1} {x}", &["{1}".into(), "Z".into()]), "a {1} b Z {x}");
    }
}
