//! Where pieces of evidence stand in a text: what is marked when a person reads it.

use crate::model::reading::{Evidence, Line};
use std::ops::Range;

/// A stretch of a line and the evidence that it is.
#[derive(Debug)]
pub struct Mark<'r> {
    /// Bytes of the line's text.
    pub range: Range<usize>,
    /// The evidence, what counts first.
    pub evidence: Vec<&'r Evidence>,
}

/// The marks of each line. Evidence whose words cannot be found where it stands marks the first line of that place as a
/// whole, so that nothing goes unseen.
pub fn marks<'r>(lines: &[Line], evidence: &[&'r Evidence]) -> Vec<Vec<Mark<'r>>> {
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
fn worth_a_mark<'r>(evidence: &[&'r Evidence]) -> impl Iterator<Item = &'r Evidence> {
    let said = |e: &Evidence| {
        evidence.iter().any(|o| o.assertion.counts() && o.item == e.item && o.place == e.place && o.quote == e.quote)
    };
    evidence.iter().copied().filter(move |e| e.assertion.counts() || e.cue.is_some() || !said(e))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::place::Place;
    use crate::model::reading::{Assertion, Strength};

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
        let marks = marks(&lines, &evidence.iter().collect::<Vec<_>>());
        let ranges: Vec<Vec<Range<usize>>> =
            marks.iter().map(|l| l.iter().map(|m| m.range.clone()).collect()).collect();
        assert_eq!(ranges.concat(), [0..15, 15..27, 0..lines[1].text.len()]);
        assert_eq!(marks[0][0].evidence.len(), 1, "a mere mention adds nothing");
    }
}
