//! Where sentences and clauses end.

use crate::detect::glyph::is_han;
use std::ops::Range;

/// The sentences of a normalised text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    cut(text, 0..text.len(), |text, at| match text.as_bytes()[at] {
        b'!' | b'?' | b';' | b'\n' => true,
        // A half-width full stop ends a sentence unless it stands in a number or after a list number.
        b'.' => {
            at > 0 && !text.as_bytes()[at - 1].is_ascii() && !text[at + 1..].starts_with(|n: char| n.is_ascii_digit())
        }
        _ => false,
    })
}

/// The clauses of a sentence; `gaps` are where blanks stood in it.
pub fn clauses(text: &str, sentence: Range<usize>, gaps: &[usize]) -> Vec<Range<usize>> {
    let clauses = cut(text, sentence.clone(), |text, at| match text.as_bytes()[at] {
        b',' | b'!' | b'?' | b';' | b'\n' => true,
        // 16:30 is one thing.
        b':' => {
            let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
            !(at > 0 && digit(at - 1) && digit(at + 1))
        }
        _ => false,
    });
    let parted = || at_blanks(text, &sentence, gaps);
    if clauses.len() == 1 { parted().unwrap_or(clauses) } else { clauses }
}

/// What was dictated has blanks where others write commas: 入户现在还没去 村上这几天正在选举.
fn at_blanks(text: &str, sentence: &Range<usize>, gaps: &[usize]) -> Option<Vec<Range<usize>>> {
    /// Shorter pieces are words that were spaced out.
    const LEAST: usize = 4;
    let inside = gaps.iter().copied().filter(|at| sentence.start < *at && *at < sentence.end);
    let mut start = sentence.start;
    let pieces: Vec<Range<usize>> =
        inside.chain([sentence.end]).map(|end| std::mem::replace(&mut start, end)..end).collect();
    let is_told = |piece: &Range<usize>| text[piece.clone()].chars().filter(|c| is_han(*c)).count() >= LEAST;
    (pieces.len() > 1 && pieces.iter().all(is_told)).then_some(pieces)
}

/// Cuts a range after each full stop (。) and each border, which is an ASCII mark told by its place; brackets and quotation
/// marks that follow are included; pieces without a letter or a digit are left out.
fn cut(text: &str, range: Range<usize>, is_border: impl Fn(&str, usize) -> bool) -> Vec<Range<usize>> {
    /// The lead bytes of U+4000 to U+9FFF: most of these are Chinese characters, none is a mark but the hexagrams.
    const HAN: std::ops::RangeInclusive<u8> = 0xe4..=0xe9;
    const STOP: [u8; 3] = [0xe3, 0x80, 0x82];
    let mut pieces = Vec::new();
    let part = text.get(..range.end).unwrap_or("");
    let bytes = part.as_bytes();
    let (mut start, mut at, mut says) = (range.start, range.start, false);
    while let Some(&b) = bytes.get(at) {
        let end = match b {
            0..0x80 => {
                says |= b.is_ascii_alphanumeric();
                at += 1;
                if !matches!(b, b'!' | b'?' | b';' | b'\n' | b'.' | b',' | b':') || !is_border(part, at - 1) {
                    continue;
                }
                at
            }
            _ if HAN.contains(&b) && b != 0xe4 => {
                says = true;
                at += 3;
                continue;
            }
            _ if bytes[at..].starts_with(&STOP) => {
                at += 3;
                at
            }
            _ => {
                let c = part[at..].chars().next().unwrap_or(' ');
                says |= c.is_alphanumeric();
                at += c.len_utf8();
                continue;
            }
        };
        if part[end..].starts_with(['”', '"', '』', '」', '’']) {
            continue;
        }
        if says {
            pieces.push(start..end);
        }
        (start, says) = (end, false);
    }
    if says {
        pieces.push(start..range.end);
    }
    pieces
}
