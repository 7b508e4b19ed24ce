//! A document's text with its evidence marked: whole, or where it is long what stands around the evidence.

use crate::model::marks::{LineSize, Mark, marks, nearest};
use crate::model::place::Line;
use crate::model::reading::Evidence;
use std::collections::BTreeSet;

/// Where a text is cut, so many characters stay of a stretch on either side of what is left out.
const SIDE: usize = 120;
/// What stands for words that are left out.
const LEFT_OUT: &str = "……";

/// A text as the page shows it.
#[derive(Debug, PartialEq)]
pub struct Laid<'r> {
    /// Whether something is left out.
    pub cut: bool,
    /// The lines in reading order, each with its number; none where some are left out.
    pub lines: Vec<Option<(usize, Vec<Stretch<'r>>)>>,
}

/// A stretch of a line, and the evidence that it is.
#[derive(Debug, PartialEq)]
pub struct Stretch<'r> {
    /// The words.
    pub text: String,
    /// What counts first; empty for what is none.
    pub evidence: Vec<&'r Evidence>,
}

/// Marks evidence in a text of which at most `most` characters are shown. None where no evidence stands in it.
pub fn laid<'r>(lines: &[Line], evidence: &[&'r Evidence], most: usize) -> Option<Laid<'r>> {
    let marked = marks(lines, evidence);
    if marked.iter().all(Vec::is_empty) {
        return None;
    }
    let whole: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    let cut = whole > most || lines.iter().any(Line::is_gap);
    let mut stretches: Vec<Vec<Stretch<'r>>> =
        lines.iter().zip(&marked).map(|(line, marks)| stretched(&line.text, marks)).collect();
    let kept: BTreeSet<usize> = if cut {
        stretches.iter_mut().flatten().for_each(shorten);
        let size = |line: &Vec<Stretch<'_>>| LineSize {
            marked: line.iter().any(|s| !s.evidence.is_empty()),
            chars: line.iter().map(|s| s.text.chars().count()).sum(),
        };
        nearest(&stretches.iter().map(size).collect::<Vec<_>>(), most)
    } else {
        (0..lines.len()).collect()
    };
    let mut shown = Vec::new();
    for (n, line) in stretches.into_iter().enumerate() {
        let is_gap = lines.get(n).is_some_and(Line::is_gap);
        match kept.contains(&n) && !is_gap {
            true => shown.push(Some((n, line))),
            false if shown.last().is_none_or(Option::is_some) => shown.push(None),
            false => {}
        }
    }
    Some(Laid { cut, lines: shown })
}

fn stretched<'r>(text: &str, marks: &[Mark<'r>]) -> Vec<Stretch<'r>> {
    let words = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_string();
    let mut stretches = Vec::new();
    let mut done = 0;
    for mark in marks {
        stretches.push(Stretch { text: words(done..mark.range.start), evidence: Vec::new() });
        stretches.push(Stretch { text: words(mark.range.clone()), evidence: mark.evidence.clone() });
        done = mark.range.end;
    }
    stretches.push(Stretch { text: words(done..text.len()), evidence: Vec::new() });
    stretches.retain(|s| !s.text.is_empty());
    stretches
}

/// Leaves the ends of a long stretch.
fn shorten(stretch: &mut Stretch<'_>) {
    let starts: Vec<usize> = stretch.text.char_indices().map(|(at, _)| at).collect();
    let ends = starts.get(SIDE).zip(starts.len().checked_sub(SIDE).and_then(|n| starts.get(n)));
    if let Some((first, last)) = ends.filter(|_| starts.len() > 2 * SIDE) {
        let (before, after) = (stretch.text.get(..*first), stretch.text.get(*last..));
        stretch.text = [before.unwrap_or_default(), LEFT_OUT, after.unwrap_or_default()].concat();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::place::Place;
    use crate::model::reading::Assertion;

    fn said(quote: &str, paragraph: u32) -> Evidence {
        Evidence::new("meeting", Assertion::Done, Place::Paragraph(paragraph), quote, "meeting.held")
    }

    fn text(paragraphs: &[&str]) -> Vec<Line> {
        let line = |(text, n): (&&str, u32)| Line { place: Place::Paragraph(n), text: text.to_string() };
        paragraphs.iter().zip(1..).map(line).collect()
    }

    fn words(laid: &Laid<'_>) -> Vec<String> {
        let line = |line: &Option<(usize, Vec<Stretch<'_>>)>| {
            let shown = |s: &Stretch<'_>| if s.evidence.is_empty() { s.text.clone() } else { format!("[{}]", s.text) };
            line.as_ref()
                .map_or("-".to_string(), |(n, line)| format!("{n}{}", line.iter().map(shown).collect::<String>()))
        };
        laid.lines.iter().map(line).collect()
    }

    #[test]
    fn a_short_text_is_whole_and_its_evidence_is_marked_in_place() {
        let lines = text(&["总结", "开头。召开了会议。结尾。"]);
        let evidence = said("召开了会议。", 2);
        let laid = laid(&lines, &[&evidence], 100).unwrap();
        assert_eq!((words(&laid), laid.cut), (vec!["0总结".into(), "1开头。[召开了会议。]结尾。".into()], false));
        assert_eq!(laid.lines[1].as_ref().unwrap().1[1].evidence, [&evidence]);
    }

    #[test]
    fn a_long_text_keeps_its_evidence_and_what_is_near_and_says_that_it_is_cut() {
        let lines = text(&["一。", "二。", "三。", "召开了会议。", "五。", "六。", "七。", "又开了会。"]);
        let (first, last) = (said("召开了会议。", 4), said("又开了会。", 8));
        let laid = laid(&lines, &[&first, &last], 17).unwrap();
        assert!(laid.cut);
        assert_eq!(words(&laid), ["-", "2三。", "3[召开了会议。]", "4五。", "-", "6七。", "7[又开了会。]"]);
    }

    #[test]
    fn what_was_left_out_when_the_text_was_kept_shows_as_a_gap() {
        let lines = text(&["", "召开了会议。", ""]);
        let evidence = said("召开了会议。", 2);
        let laid = laid(&lines, &[&evidence], 100).unwrap();
        assert_eq!((words(&laid), laid.cut), (vec!["-".into(), "1[召开了会议。]".into(), "-".into()], true));
    }

    #[test]
    fn one_endless_line_is_cut_on_either_side_of_its_evidence() {
        let lines = text(&[&format!("{}召开了会议。{}", "前".repeat(5_000), "后".repeat(5_000))]);
        let evidence = said("召开了会议。", 1);
        let shown = words(&laid(&lines, &[&evidence], 1_000).unwrap()).concat();
        let side = "前".repeat(SIDE);
        assert_eq!(shown, format!("0{side}……{side}[召开了会议。]{0}……{0}", "后".repeat(SIDE)));
    }

    #[test]
    fn a_text_without_evidence_is_not_shown() {
        assert_eq!(laid(&text(&["总结"]), &[&said("召开了会议。", 9)], 100), None);
    }
}
