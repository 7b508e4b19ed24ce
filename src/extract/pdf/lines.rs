//! The lines of a page: words that the page paints, and what was typed into the fields between them.

use crate::extract::pdf::fields::Field;
use pdf_oxide::geometry::Rect;
use pdf_oxide::layout::TextLine;

/// A line as far as it has been put together: its frame, and its words with theirs.
pub struct Line {
    frame: Rect,
    words: Vec<(Rect, String)>,
}

impl From<&TextLine> for Line {
    fn from(line: &TextLine) -> Self {
        let words = line.words.iter().map(|word| (word.bbox, word.text.trim().to_string()));
        Line { frame: line.bbox, words: words.collect() }
    }
}

impl Line {
    fn middle(&self) -> f32 {
        self.frame.y + self.frame.height / 2.0
    }

    /// The words of the line. The library parts Chinese from figures; only a gap as wide as a character, or a border between two
    /// words of Latin letters or figures, is a blank.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut end = None;
        for (frame, word) in &self.words {
            let gap = end.is_some_and(|end| frame.x - end > self.frame.height);
            let latin = text.ends_with(|c: char| c.is_ascii_alphanumeric())
                && word.starts_with(|c: char| c.is_ascii_alphanumeric());
            if gap || latin {
                text.push(' ');
            }
            text.push_str(word);
            end = Some(frame.x + frame.width);
        }
        text.trim().to_string()
    }
}

/// Puts what was typed behind the words that it follows, else before those that follow it, else where it stands between the
/// lines. What has several lines goes on below.
pub fn put(lines: &mut Vec<Line>, field: &Field) {
    let frame = field.frame;
    let is_within = |y: f32, of: &Rect| y >= of.y && y <= of.y + of.height;
    let beside = |line: &Line| is_within(field.middle(), &line.frame) || is_within(line.middle(), &frame);
    let row: Vec<usize> = (0..lines.len()).filter(|at| beside(&lines[*at])).collect();
    let x = |at: &usize| lines[*at].frame.x;
    let follows = row.iter().copied().filter(|at| x(at) <= frame.x).max_by(|a, b| x(a).total_cmp(&x(b)));
    let precedes = row.iter().copied().filter(|at| x(at) > frame.x).min_by(|a, b| x(a).total_cmp(&x(b)));
    let mut at = follows.or(precedes).unwrap_or_else(|| {
        let at = lines.iter().position(|line| line.middle() < field.middle()).unwrap_or(lines.len());
        lines.insert(at, Line { frame, words: Vec::new() });
        at
    });
    let mut typed = field.text.lines();
    if let Some(first) = typed.next() {
        let words = &mut lines[at].words;
        let before = words.iter().position(|(word, _)| word.x > frame.x).unwrap_or(words.len());
        words.insert(before, (frame, first.to_string()));
    }
    // The unit behind a number is told apart only because the number was not there.
    let touches = |next: &usize| lines[*next].frame.x - frame.x - frame.width < frame.height / 2.0;
    if let Some(next) = precedes.filter(|next| follows.is_some() && touches(next)) {
        let next_line = lines.remove(next);
        at -= usize::from(next < at);
        lines[at].words.extend(next_line.words);
    }
    for more in typed {
        at += 1;
        lines.insert(at, Line { frame, words: vec![(frame, more.to_string())] });
    }
}
