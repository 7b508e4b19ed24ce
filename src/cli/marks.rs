//! Evidence marked where it stands in the text: in colour on a terminal, between 【 and 】 elsewhere.

use crate::model::reading::{Assertion, Evidence, Line};
use console::{Style, colors_enabled};
use std::ops::Range;

/// A stretch of a line and the evidence that it is.
pub struct Mark<'r> {
    /// Bytes of the line's text.
    pub range: Range<usize>,
    /// The evidence, what counts first.
    pub evidence: Vec<&'r Evidence>,
}

impl Mark<'_> {
    /// How the stretch is coloured: by the best of what it says.
    fn style(&self) -> Style {
        self.evidence.iter().map(|e| e.assertion).min().map_or_else(Style::new, style)
    }
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

/// The marks of each line. Evidence whose words cannot be found where it stands marks the first line of that place as a
/// whole, so that nothing goes unseen.
pub fn marks<'r>(lines: &[Line], evidence: &'r [Evidence]) -> Vec<Vec<Mark<'r>>> {
    let mut marks: Vec<Vec<Mark<'r>>> = lines.iter().map(|_| Vec::new()).collect();
    for e in worth_a_mark(evidence) {
        let at = |line: &Line| line.text.find(&e.quote).map(|start| start..start + e.quote.len());
        let mut here = lines.iter().enumerate().filter(|(_, line)| line.place == e.place).peekable();
        let first = here.peek().map(|(n, line)| (*n, 0..line.text.len()));
        let found = here.find_map(|(n, line)| at(line).map(|range| (n, range))).or(first);
        if let Some((of_line, range)) = found.and_then(|(n, range)| Some((marks.get_mut(n)?, range))) {
            put(of_line, range, e);
        }
    }
    for mark in marks.iter_mut().flatten() {
        mark.evidence.sort_by_key(|e| e.assertion);
    }
    marks
}

/// A mere mention says nothing where the same words are evidence of the same item.
fn worth_a_mark(evidence: &[Evidence]) -> impl Iterator<Item = &Evidence> {
    let said = |e: &Evidence| {
        evidence.iter().any(|o| o.assertion.counts() && o.item == e.item && o.place == e.place && o.quote == e.quote)
    };
    evidence.iter().filter(move |e| e.assertion.counts() || e.cue.is_some() || !said(e))
}

/// Adds a stretch; those that overlap become one.
fn put<'r>(marks: &mut Vec<Mark<'r>>, range: Range<usize>, evidence: &'r Evidence) {
    let mut new = Mark { range, evidence: vec![evidence] };
    while let Some(at) = marks.iter().position(|m| m.range.start < new.range.end && new.range.start < m.range.end) {
        let old = marks.remove(at);
        new.range = old.range.start.min(new.range.start)..old.range.end.max(new.range.end);
        new.evidence.splice(0..0, old.evidence);
    }
    let at = marks.iter().position(|m| m.range.start > new.range.start).unwrap_or(marks.len());
    marks.insert(at, new);
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
        out.push_str(&mark.style().apply_to(words).to_string());
        out.push_str(&mark.style().bold().apply_to(number(n)).to_string());
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
    use crate::model::place::Place;
    use crate::model::reading::Strength;

    fn said(quote: &str, place: Place, assertion: Assertion, cue: Option<&str>) -> Evidence {
        Evidence {
            item: "meeting".into(),
            assertion,
            strength: Strength::Strong,
            place,
            quote: quote.into(),
            rule: "meeting.held".into(),
            cue: cue.map(str::to_string),
            date: None,
            dates: Vec::new(),
            counts: Vec::new(),
            amounts: Vec::new(),
            unit: None,
            ocr: None,
            around: Default::default(),
        }
    }

    #[test]
    fn each_sentence_is_marked_once_and_nothing_found_goes_unseen() {
        let line = |n, text: &str| Line { place: Place::Paragraph(n), text: text.to_string() };
        let lines = [line(1, "召开会议。已报道。"), line(2, "身份证６１。")];
        let evidence = [
            said("已报道。", Place::Paragraph(1), Assertion::Planned, Some("拟")),
            said("召开会议。", Place::Paragraph(1), Assertion::Done, None),
            said("召开会议。", Place::Paragraph(1), Assertion::Background, None),
            said("别的字", Place::Paragraph(2), Assertion::Done, None),
        ];
        let marks = marks(&lines, &evidence);
        let ranges: Vec<Vec<Range<usize>>> =
            marks.iter().map(|l| l.iter().map(|m| m.range.clone()).collect()).collect();
        assert_eq!(ranges.concat(), [0..15, 15..27, 0..lines[1].text.len()]);
        assert_eq!(marks[0][0].evidence.len(), 1, "a mere mention adds nothing");
    }

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
