//! Conditions over the roster's columns in words: whom an item is asked of.

use crate::model::message::{Lang, Message, catalogue, text};
use crate::model::school::{Condition, Wanted};
use crate::msg;

/// The conditions: columns that must say yes, or the values that they must have.
pub fn who_must(any_of: &[Condition], lang: Lang) -> String {
    if any_of.is_empty() {
        return text("report.who_all", lang).to_string();
    }
    let one = |(column, wanted): (&String, &Wanted)| match wanted {
        Wanted::Yes(true) => column_name(column, lang),
        Wanted::Yes(false) => msg!("report.who_not", column_name(column, lang)).text(lang),
        Wanted::One(value) => value.clone(),
        Wanted::AnyOf(values) => values.join(text("report.list_comma", lang)),
    };
    let all = |condition: &Condition| condition.iter().map(one).collect::<Vec<_>>().join(text("report.list_and", lang));
    any_of.iter().map(all).collect::<Vec<_>>().join(text("report.list_or", lang))
}

/// A roster column; one that shouqi does not know has its own heading as name.
pub fn column_name(column: &str, lang: Lang) -> String {
    let key = format!("report.roster_{column}");
    if catalogue().contains_key(&key) { Message::keyed(key).text(lang) } else { column.to_string() }
}
