//! Automatic numbers: the lists of the file and where each has got to ([MS-DOC] 2.4.6.3, 2.9.131 LSTF, 2.9.150 LVLF,
//! 2.9.132 LFO). Pictures as bullets and legal numbering of upper levels are not told apart from plain numbers.

use crate::extract::doc::fib::{Fib, Part};
use crate::extract::le::{i32_at, slice_at, u8_at, u16_at, usize_at};
use crate::extract::numerals::{format_name, is_without_number, numeral};
use std::collections::{BTreeMap, BTreeSet};

/// The levels of a list.
const LEVELS: usize = 9;

/// A level's number format.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: &'static str,
    /// The number's text; units below 9 stand for the number of that level.
    text: Vec<u16>,
}

/// A use of a list.
#[derive(Debug, Default)]
struct Use {
    list: i32,
    /// Levels that begin anew here, or look different.
    starts: BTreeMap<u8, u32>,
    levels: BTreeMap<u8, Level>,
}

/// The lists, and the numbers that the paragraphs read so far have got.
#[derive(Debug, Default)]
pub struct Lists {
    levels: BTreeMap<i32, Vec<Level>>,
    uses: Vec<Use>,
    counters: BTreeMap<i32, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(u16, u8)>,
}

impl Lists {
    /// Reads the lists and their uses; what is broken in them is left out.
    pub fn read(fib: &Fib, table: &[u8]) -> Self {
        let (at, len) = fib.span(Part::Lists);
        Lists {
            levels: read_lists(table, at, len).unwrap_or_default(),
            uses: read_uses(fib.part(Part::ListOverrides, table)),
            ..Lists::default()
        }
    }

    /// The number of the next paragraph of a list as Word shows it, with the gap after it; `None` for bullets and for
    /// paragraphs of no list.
    pub fn next(&mut self, (number, level): (u16, u8)) -> Option<String> {
        let of = self.uses.get(usize::from(number.checked_sub(1)?))?;
        let plain = self.levels.get(&of.list)?;
        let at = usize::from(level);
        let look = |l: usize| u8::try_from(l).ok().and_then(|l| of.levels.get(&l)).or_else(|| plain.get(l));
        let own = look(at)?;
        let counters = self.counters.entry(of.list).or_default();
        let restart = of.starts.get(&level).filter(|_| self.begun.insert((number, level)));
        let count = match (restart, counters.get(at).copied().flatten()) {
            (Some(start), _) => *start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => own.start,
        };
        *counters.get_mut(at)? = Some(count);
        for lower in counters.iter_mut().skip(at + 1) {
            *lower = None;
        }
        if is_without_number(own.format) {
            return None;
        }
        let mut out = String::new();
        let mut literal = Vec::new();
        for unit in &own.text {
            let shown = usize::from(*unit);
            if shown >= LEVELS {
                literal.push(*unit);
                continue;
            }
            out.push_str(&String::from_utf16_lossy(&std::mem::take(&mut literal)));
            if let Some(upper) = look(shown) {
                let n = counters.get(shown).copied().flatten().unwrap_or(upper.start);
                out.push_str(&numeral(n, upper.format));
            }
        }
        out.push_str(&String::from_utf16_lossy(&literal));
        let out = out.trim().to_string();
        // 「一、」 stands close; 「1.」 would run into a date that follows.
        let gap = if out.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
        (!out.is_empty()).then(|| out + gap)
    }
}

fn read_lists(table: &[u8], at: usize, len: usize) -> Option<BTreeMap<i32, Vec<Level>>> {
    const LIST: usize = 28;
    const SIMPLE: u8 = 1;
    let heads = slice_at(table, at, len)?;
    let count = usize::from(u16_at(heads, 0)?);
    let mut next = at.checked_add(len)?;
    let mut lists = BTreeMap::new();
    for i in 0..count {
        let head = slice_at(heads, 2 + i * LIST, LIST)?;
        let wanted = if u8_at(head, 26)? & SIMPLE != 0 { 1 } else { LEVELS };
        let mut levels = Vec::new();
        for _ in 0..wanted {
            // A broken level ends the lists: where the next one begins is not known.
            let Some((level, after)) = read_level(table, next) else {
                return Some(lists);
            };
            levels.push(level);
            next = after;
        }
        lists.insert(i32_at(head, 0)?, levels);
    }
    Some(lists)
}

fn read_level(table: &[u8], at: usize) -> Option<(Level, usize)> {
    const HEAD: usize = 28;
    let head = slice_at(table, at, HEAD)?;
    let modifiers = usize::from(u8_at(head, 24)?) + usize::from(u8_at(head, 25)?);
    let text_at = at + HEAD + modifiers;
    let chars = usize::from(u16_at(table, text_at)?);
    let text =
        slice_at(table, text_at + 2, chars * 2)?.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
    let start = u32::try_from(i32_at(head, 0)?).unwrap_or(0);
    Some((Level { start, format: format_name(u8_at(head, 4)?), text }, text_at + 2 + chars * 2))
}

fn read_uses(part: &[u8]) -> Vec<Use> {
    const USE: usize = 16;
    let count = usize_at(part, 0).unwrap_or(0).min(part.len() / USE);
    let mut uses: Vec<Use> = Vec::new();
    let mut next = 4 + count * USE;
    for i in 0..count {
        let head = slice_at(part, 4 + i * USE, USE).unwrap_or_default();
        let mut of = Use { list: i32_at(head, 0).unwrap_or(0), ..Use::default() };
        let changes = u8_at(head, 12).unwrap_or(0);
        next = read_changes(part, next, changes, &mut of).unwrap_or(part.len());
        uses.push(of);
    }
    uses
}

/// The levels that a use changes (LFOData, [MS-DOC] 2.9.133); returns where the next use's data begin.
fn read_changes(part: &[u8], at: usize, count: u8, of: &mut Use) -> Option<usize> {
    const STARTS: u8 = 1 << 4;
    const LOOKS: u8 = 1 << 5;
    let mut at = at + 4;
    for _ in 0..count {
        let start = u32::try_from(i32_at(part, at)?).unwrap_or(0);
        let flags = u8_at(part, at + 4)?;
        let level = flags & 0x0F;
        at += 8;
        if flags & LOOKS != 0 {
            let (look, after) = read_level(part, at)?;
            if flags & STARTS != 0 {
                of.starts.insert(level, look.start);
            }
            of.levels.insert(level, look);
            at = after;
        } else if flags & STARTS != 0 {
            of.starts.insert(level, start);
        }
    }
    Some(at)
}
