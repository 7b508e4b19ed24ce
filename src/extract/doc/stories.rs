//! The stories of a file: which stretch of the text is main text, header, note, comment or text box ([MS-DOC] 2.3, 2.8.7,
//! 2.8.18, 2.8.32).

use crate::extract::doc::fib::{Fib, Part};
use crate::extract::le::{u16_at, u32_at, usize_at};
use std::collections::BTreeMap;
use std::ops::Range;

/// The stretches of the text.
#[derive(Debug, Default)]
pub struct Stories {
    /// The main text.
    pub main: Range<usize>,
    /// Headers, section by section.
    pub headers: Vec<Range<usize>>,
    /// Footers, section by section.
    pub footers: Vec<Range<usize>>,
    /// Footnotes, then endnotes.
    pub notes: Vec<Range<usize>>,
    /// Comments.
    pub comments: Vec<Range<usize>>,
    /// Text boxes of the main text, with the number of their shape.
    pub text_boxes: Vec<(u32, Range<usize>)>,
    /// Text boxes of headers.
    pub header_text_boxes: Vec<(u32, Range<usize>)>,
    /// The shape that a character anchors.
    pub anchors: BTreeMap<usize, u32>,
}

impl Stories {
    /// Divides the text.
    pub fn read(fib: &Fib, table: &[u8]) -> Self {
        let lengths = fib.lengths;
        let mut end = 0_usize;
        let mut next = |len: usize| {
            let start = end;
            end = end.saturating_add(len);
            start..end
        };
        let main = next(lengths.main);
        let footnotes = next(lengths.footnotes);
        let headers = next(lengths.headers);
        let comments = next(lengths.comments);
        let endnotes = next(lengths.endnotes);
        let boxes = next(lengths.text_boxes);
        let header_boxes = next(lengths.header_text_boxes);

        let notes = |part, within| ranges(fib.part(part, table), within);
        let mut stories = Stories {
            main: main.clone(),
            comments: notes(Part::CommentText, &comments),
            text_boxes: text_boxes(fib.part(Part::TextBoxText, table), &boxes),
            header_text_boxes: text_boxes(fib.part(Part::HeaderTextBoxText, table), &header_boxes),
            anchors: anchors(fib.part(Part::Anchors, table), &main),
            ..Stories::default()
        };
        stories.anchors.extend(anchors(fib.part(Part::HeaderAnchors, table), &headers));
        stories.notes = notes(Part::FootnoteText, &footnotes);
        stories.notes.extend(notes(Part::EndnoteText, &endnotes));
        // Six stories of separators come first; then each section has headers for even, odd and first pages, and footers
        // between them ([MS-DOC] 2.3.3).
        for (i, story) in ranges(fib.part(Part::Headers, table), &headers).into_iter().enumerate().skip(6) {
            match i % 6 {
                0 | 1 | 4 => stories.headers.push(story),
                _ => stories.footers.push(story),
            }
        }
        stories
    }
}

/// The stretches that a table of character positions gives, moved to where their kind of story begins.
fn ranges(table: &[u8], within: &Range<usize>) -> Vec<Range<usize>> {
    let count = table.len() / 4;
    let at = |i: usize| usize_at(table, i * 4).map(|cp| within.start.saturating_add(cp).min(within.end));
    let mut found: Vec<Range<usize>> = (1..count).filter_map(|i| Some(at(i - 1)?..at(i)?)).collect();
    if found.is_empty() && !within.is_empty() {
        // Without a table the text is still there: as one.
        found.push(within.clone());
    }
    found
}

fn text_boxes(table: &[u8], within: &Range<usize>) -> Vec<(u32, Range<usize>)> {
    const ENTRY: usize = 22;
    let count = table.len().saturating_sub(4) / (4 + ENTRY);
    let entry = |i: usize| (count + 1) * 4 + i * ENTRY;
    let used = |i: usize| u16_at(table, entry(i) + 8) == Some(0) || count == 0;
    let stories = ranges(table.get(..(count + 1) * 4).unwrap_or_default(), within);
    stories
        .into_iter()
        .enumerate()
        .filter(|(i, _)| used(*i))
        .map(|(i, story)| (u32_at(table, entry(i) + 14).unwrap_or(0), story))
        .collect()
}

fn anchors(table: &[u8], within: &Range<usize>) -> BTreeMap<usize, u32> {
    const ENTRY: usize = 26;
    let count = table.len().saturating_sub(4) / (4 + ENTRY);
    (0..count)
        .filter_map(|i| {
            Some((within.start.saturating_add(usize_at(table, i * 4)?), u32_at(table, (count + 1) * 4 + i * ENTRY)?))
        })
        .collect()
}
