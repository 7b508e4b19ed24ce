//! Where pieces of evidence stand in a text: what is marked when a person reads it.

use crate::model::place::{Line, Place};
use crate::model::reading::Evidence;
use std::collections::BTreeSet;
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

/// How much of a text a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSize {
    /// Whether evidence stands in it.
    pub marked: bool,
    /// Its characters.
    pub chars: usize,
}

/// The lines that are kept where only `most` characters are: those with evidence, then those nearest to it, as many as have
/// room.
pub fn nearest(lines: &[LineSize], most: usize) -> BTreeSet<usize> {
    let mut away = vec![usize::MAX; lines.len()];
    let mut sweep = |order: &mut dyn Iterator<Item = usize>| {
        let mut distance = usize::MAX;
        for n in order {
            let marked = lines.get(n).is_some_and(|line| line.marked);
            distance = if marked { 0 } else { distance.saturating_add(1) };
            if let Some(away) = away.get_mut(n) {
                *away = distance.min(*away);
            }
        }
    };
    sweep(&mut (0..lines.len()));
    sweep(&mut (0..lines.len()).rev());
    let mut order: Vec<(usize, usize)> = away.into_iter().zip(0..).collect();
    order.sort_unstable();
    let mut room = most;
    let mut kept = BTreeSet::new();
    for (_, n) in order {
        let chars = lines.get(n).map_or(0, |line| line.chars);
        // The first piece of evidence has room in any case.
        if chars > room && !kept.is_empty() {
            break;
        }
        room = room.saturating_sub(chars);
        kept.insert(n);
    }
    kept
}

/// A text, or of one with more than `most` characters what is nearest to evidence, with a gap for each stretch that is left out.
pub fn kept(lines: Vec<Line>, evidence: &[Evidence], most: usize) -> Vec<Line> {
    let chars = |line: &Line| line.text.chars().count();
    if lines.iter().map(chars).sum::<usize>() <= most {
        return lines;
    }
    let marked = marks(&lines, &evidence.iter().collect::<Vec<_>>());
    let size = |(line, marks): (&Line, &Vec<Mark<'_>>)| LineSize { marked: !marks.is_empty(), chars: chars(line) };
    let near = nearest(&lines.iter().zip(&marked).map(size).collect::<Vec<_>>(), most);
    let mut kept: Vec<Line> = Vec::new();
    for (n, line) in lines.into_iter().enumerate() {
        if near.contains(&n) {
            kept.push(line);
        } else if !kept.last().is_some_and(Line::is_gap) {
            kept.push(Line { place: Place::Whole, text: String::new() });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reading::Assertion;

    fn said(quote: &str, place: Place, assertion: Assertion, cue: Option<&str>) -> Evidence {
        Evidence { cue: cue.map(str::to_string), ..Evidence::new("meeting", assertion, place, quote, "meeting.held") }
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

    #[test]
    fn of_a_long_text_the_words_around_evidence_are_kept() {
        let line = |n: u32| Line { place: Place::Paragraph(n), text: format!("第{n}段召开会议。") };
        let lines: Vec<Line> = (1..=9).map(line).collect();
        let evidence = [said("第5段召开会议。", Place::Paragraph(5), Assertion::Done, None)];
        let texts = |most| kept(lines.clone(), &evidence, most).into_iter().map(|l| l.text).collect::<Vec<_>>();
        assert_eq!(texts(100).len(), 9, "whole where there is room");
        assert_eq!(texts(24), ["", "第4段召开会议。", "第5段召开会议。", "第6段召开会议。", ""]);
    }
}
