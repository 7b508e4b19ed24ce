//! An expression as a tree: what its parts are, and how each may begin together with what comes after it.

use crate::detect::rough::{Ahead, Begin, Chars, Lead, Rough};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// So many characters on it is not worth looking for what must stand there.
const FAR: usize = 48;

/// An expression, taken apart.
#[derive(Debug)]
pub struct Tree {
    pub whole: Part,
    /// How a match may begin.
    pub lead: Lead,
    /// What stands some characters on in every match, where that tells more.
    pub ahead: Option<Box<Ahead>>,
}

/// A part of an expression. Boxed where it is large: there are some ten thousand of them, most of them texts.
#[derive(Debug)]
pub enum Part {
    Nothing,
    Start,
    End,
    Text(Box<[char]>),
    One(Box<Chars>),
    Many(Box<Many>),
    Several(Box<(Part, Times)>),
    Row(Box<[Part]>),
    /// Ways, each with how it, and what comes after it, may begin.
    Either(Box<[(Begin, Part)]>),
}

/// Characters of a class, and how what comes after them may begin.
#[derive(Debug)]
pub struct Many {
    pub of: Chars,
    pub times: Times,
    pub next: Lead,
}

/// How often, and whether rather more often.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    pub min: u32,
    pub max: u32,
    pub greedy: bool,
}

impl Tree {
    /// Takes an expression apart; none where it asks for what such a tree does not know.
    pub fn new(parsed: &Hir) -> Option<Self> {
        let Some(parts) = concatenated(parsed) else {
            return compile(parsed, Lead::ANY).map(|(whole, lead)| Tree { whole, lead, ahead: None });
        };
        let row = row(parts, Lead::ANY)?;
        let lead = row.first().map_or(Lead::ANY, |(_, lead)| *lead);
        let ahead = what_stands_ahead(parts, &row).filter(|a| a.lead.worth() > lead.worth()).map(Box::new);
        Some(Tree { whole: Part::Row(row.into_iter().map(|(part, _)| part).collect()), lead, ahead })
    }
}

/// A part, by what may come after it: the part, and how it may begin together with that.
fn compile(hir: &Hir, next: Lead) -> Option<(Part, Lead)> {
    Some(match hir.kind() {
        HirKind::Empty => (Part::Nothing, next),
        HirKind::Look(Look::Start) => (Part::Start, next),
        // Where the text ends no character tells anything.
        HirKind::Look(Look::End) => (Part::End, Lead::NONE),
        HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Literal(literal) => {
            let text: Box<[char]> = std::str::from_utf8(&literal.0).ok()?.chars().collect();
            let lead = text.iter().rev().fold(next, |next, c| next.after(Rough::of([*c])));
            (Part::Text(text), lead)
        }
        HirKind::Class(Class::Unicode(class)) => {
            let chars = Chars::new(class);
            let lead = next.after(chars.some());
            (Part::One(chars.into()), lead)
        }
        HirKind::Capture(capture) => compile(&capture.sub, next)?,
        HirKind::Concat(parts) => {
            let row = row(parts, next)?;
            let lead = row.first().map_or(next, |(_, lead)| *lead);
            (Part::Row(row.into_iter().map(|(part, _)| part).collect()), lead)
        }
        HirKind::Alternation(ways) => {
            let ways: Vec<(Part, Lead)> = ways.iter().map(|way| compile(way, next)).collect::<Option<_>>()?;
            let lead = ways.iter().fold(Lead::NONE, |all, (_, lead)| all.or(*lead));
            (Part::Either(ways.into_iter().map(|(way, lead)| (begin(&way, lead), way)).collect()), lead)
        }
        HirKind::Repetition(repeated) => {
            let max = repeated.max.unwrap_or(u32::MAX);
            let times = Times { min: repeated.min, max, greedy: repeated.greedy };
            let (part, once) = match repeated.sub.kind() {
                HirKind::Class(Class::Unicode(class)) => {
                    let of = Chars::new(class);
                    let again = if max > 1 { next.or(Lead { first: of.some(), second: Rough::ANY }) } else { next };
                    let once = again.after(of.some());
                    (Part::Many(Many { of, times, next }.into()), once)
                }
                // What follows itself without a character would do so for ever.
                _ if repeated.sub.properties().minimum_len().is_none_or(|least| least == 0) => return None,
                _ => {
                    // What comes after one of them may be another: that tells little.
                    let (part, once) = compile(&repeated.sub, Lead::ANY)?;
                    (Part::Several((part, times).into()), once)
                }
            };
            (part, if times.min == 0 { once.or(next) } else { once })
        }
    })
}

/// How a way begins: by its first two characters, where it knows them.
fn begin(way: &Part, lead: Lead) -> Begin {
    let first = match way {
        Part::Row(parts) => parts.first(),
        part => Some(part),
    };
    match first {
        Some(Part::Text(text)) => match **text {
            [first, second, ..] => Begin::With([first, second]),
            _ => Begin::Like(lead.into()),
        },
        _ => Begin::Like(lead.into()),
    }
}

/// The parts of an expression, where it is parts that follow each other.
fn concatenated(hir: &Hir) -> Option<&[Hir]> {
    match hir.kind() {
        HirKind::Capture(capture) => concatenated(&capture.sub),
        HirKind::Concat(parts) => Some(parts),
        _ => None,
    }
}

/// Parts that follow each other, each with how it, together with what comes after it, may begin.
fn row(parts: &[Hir], mut next: Lead) -> Option<Vec<(Part, Lead)>> {
    let mut row = Vec::with_capacity(parts.len());
    for part in parts.iter().rev() {
        let compiled = compile(part, next)?;
        next = compiled.1;
        row.push(compiled);
    }
    row.reverse();
    Some(row)
}

/// What tells most of what stands behind the first part of every match.
fn what_stands_ahead(parts: &[Hir], row: &[(Part, Lead)]) -> Option<Ahead> {
    let widths: Vec<(usize, Option<usize>)> = parts.iter().map(width).collect();
    let mut all: Vec<Ahead> = Vec::new();
    let (mut min, mut max) = (0_usize, 0_usize);
    for (at, (_, lead)) in row.iter().enumerate().skip(1) {
        let (least, most) = widths[at - 1];
        (min, max) = (min.saturating_add(least), most.map_or(usize::MAX, |most| max.saturating_add(most)));
        if max > FAR {
            break;
        }
        let least = widths[at..].iter().fold(0, |all: usize, (least, _)| all.saturating_add(*least));
        all.push(Ahead { lead: *lead, min, max, least });
    }
    all.into_iter().max_by_key(|a| a.lead.worth())
}

/// The fewest and the most characters of an expression, as far as there are so many.
fn width(hir: &Hir) -> (usize, Option<usize>) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (0, Some(0)),
        HirKind::Literal(literal) => {
            let length = std::str::from_utf8(&literal.0).map_or(0, |text| text.chars().count());
            (length, Some(length))
        }
        HirKind::Class(_) => (1, Some(1)),
        HirKind::Capture(capture) => width(&capture.sub),
        HirKind::Concat(parts) => {
            let add = |(min, max): (usize, Option<usize>), part: &Hir| {
                let (least, most) = width(part);
                (min.saturating_add(least), max.zip(most).map(|(max, most)| max.saturating_add(most)))
            };
            parts.iter().fold((0, Some(0)), add)
        }
        HirKind::Alternation(ways) => {
            let either = |(min, max): (usize, Option<usize>), way: &Hir| {
                let (least, most) = width(way);
                (min.min(least), max.zip(most).map(|(max, most)| max.max(most)))
            };
            ways.iter().fold((usize::MAX, Some(0)), either)
        }
        HirKind::Repetition(repeated) => {
            let (least, most) = width(&repeated.sub);
            let times = |n: u32, of: usize| of.saturating_mul(n as usize);
            (times(repeated.min, least), repeated.max.zip(most).map(|(max, most)| times(max, most)))
        }
    }
}
