//! Evidence marked where it stands in the text: in colour on a terminal, between 【 and 】 elsewhere.

use crate::model::marks::Mark;
use crate::model::reading::Assertion;
use console::{Style, colors_enabled};
use std::ops::Range;

/// How a stretch is coloured: by the best of what it says.
fn style_of(mark: &Mark<'_>) -> Style {
    mark.evidence.iter().map(|e| e.assertion).min().map_or_else(Style::new, style)
}

/// The colour of an assertion.
pub fn style(assertion: Assertion) -> Style {
    match assertion {
        Assertion::Done => Style::new().green(),
        Assertion::NotApplicable => Style::new().cyan(),
        Assertion::NotDone => Style::new().red(),
        Assertion::Planned => Style::new().yellow(),
        _ => Style::new().magenta(),
    }
}

/// The line with its marks, each followed by its number, counted from `first`.
pub fn marked(text: &str, marks: &[Mark<'_>], first: usize) -> String {
    let shown = |range: Range<usize>| {
        let words = text.get(range).unwrap_or_default();
        words.split('\n').map(one_line).collect::<Vec<_>>().join("\n")
    };
    let mut out = String::new();
    let mut done = 0;
    for (mark, n) in marks.iter().zip(first..) {
        out.push_str(&shown(done..mark.range.start));
        let words = shown(mark.range.clone());
        let words = if colors_enabled() { words } else { format!("【{words}】") };
        out.push_str(&style_of(mark).apply_to(words).to_string());
        out.push_str(&style_of(mark).bold().apply_to(number(n)).to_string());
        done = mark.range.end;
    }
    out.push_str(&shown(done..text.len()));
    out
}

/// An author's words on one line. What would steer a terminal is no word of theirs.
pub fn one_line(quote: &str) -> String {
    quote.replace(char::is_control, " ")
}

/// ① to ⑳, then [21].
pub fn number(n: usize) -> String {
    let circled =
        u32::try_from(n).ok().filter(|n| (1..=20).contains(n)).and_then(|n| char::from_u32('①' as u32 + n - 1));
    circled.map_or_else(|| format!("[{n}]"), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_steers_no_terminal() {
        assert_eq!(marked("甲\u{1b}[2J乙\n丙", &[], 1), "甲 [2J乙\n丙");
        assert_eq!(one_line("甲\n乙\u{1b}"), "甲 乙 ");
    }

    #[test]
    fn numbers_go_on_where_circles_end() {
        assert_eq!([1, 20, 21].map(number), ["①", "⑳", "[21]"]);
    }
}
