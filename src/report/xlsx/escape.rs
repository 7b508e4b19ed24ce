//! Texts as SpreadsheetML writes them.

use quick_xml::escape::partial_escape;
use std::borrow::Cow;

/// A text as it stands in XML. `_x0041_` is an escape of the format (ECMA-376 part 1, 22.4.2.4 `bstr`), and no such thing
/// when somebody writes it.
pub fn written(text: &str) -> Cow<'_, str> {
    let is_escape = |at: usize| {
        let hex = text.get(at + 2..at + 6).is_some_and(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        hex && text.as_bytes().get(at + 6) == Some(&b'_')
    };
    if !text.match_indices("_x").any(|(at, _)| is_escape(at)) {
        return partial_escape(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for (at, _) in text.match_indices("_x").filter(|(at, _)| is_escape(*at)) {
        out.push_str(&text[from..at]);
        out.push_str("_x005F");
        from = at;
    }
    out.push_str(&text[from..]);
    Cow::Owned(partial_escape(out.as_str()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_is_no_escape() {
        assert_eq!(written("a<b & _x0041_ _xyz_"), "a&lt;b &amp; _x005F_x0041_ _xyz_");
    }
}
