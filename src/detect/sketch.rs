//! A sketch of a text: the least hashes of its shingles, so that near-copies are found without comparing texts.
//!
//! One permutation hashing (Li, Owen, Zhang 2012) with the gaps filled from their neighbours (Shrivastava, Li 2014): each
//! shingle is hashed once, falls into one of the sketch's slots, and the least of each slot is kept. Names of schools and
//! numbers are left out first: a copy with another school's name is a copy. So is what the notice says: two schools
//! that quote it have not copied from each other.

use std::collections::HashSet;

/// How many hashes a sketch holds.
pub const HASHES: usize = 64;
/// Texts that fill fewer slots have no sketch: a form's few words resemble every other form's.
const LEAST: usize = 50;
/// Characters of a shingle.
const SHINGLE: usize = 6;
/// The least and the most characters of a name before what it ends with.
const NAME: [usize; 2] = [2, 6];

/// A sketch that grows sentence by sentence.
pub struct Sketch<'n> {
    slots: Vec<Option<u32>>,
    left_out: &'n HashSet<u64>,
}

impl<'n> Sketch<'n> {
    /// An empty sketch, in which shingles of the notice will not count.
    pub fn new(left_out: &'n HashSet<u64>) -> Self {
        Sketch { slots: vec![None; HASHES], left_out }
    }

    /// Adds a sentence; gives its least hash, by which the same sentence is known in another text.
    pub fn add(&mut self, sentence: &str) -> Option<u32> {
        let mut least: Option<u32> = None;
        for shingle in shingles(sentence) {
            let hash = mix(shingle);
            let (slot, value) = (hash as usize % HASHES, (hash >> 32) as u32);
            let slot = &mut self.slots[slot];
            let is_less = |kept: Option<u32>| kept.is_none_or(|k| value < k);
            // The notice is asked only about what would be kept, which is seldom.
            if (is_less(*slot) || is_less(least)) && !self.left_out.contains(&shingle) {
                *slot = Some(slot.map_or(value, |k| k.min(value)));
                least = Some(least.map_or(value, |k| k.min(value)));
            }
        }
        least
    }

    /// The sketch; empty for short texts.
    pub fn finish(self) -> Vec<u32> {
        if self.slots.iter().flatten().count() < LEAST {
            return Vec::new();
        }
        let filled = |at: usize| {
            (0..HASHES).find_map(|gap| {
                let value = self.slots[(at + gap) % HASHES]?;
                Some(if gap == 0 { value } else { (mix(u64::from(value) + ((gap as u64) << 32)) >> 32) as u32 })
            })
        };
        (0..HASHES).filter_map(filled).collect()
    }
}

/// The shingles of a text without names of schools, numbers and marks.
pub fn shingles(text: &str) -> impl Iterator<Item = u64> {
    let chars = without_names(text);
    // A rolling hash: a character enters, and the one that leaves takes its part with it.
    const BASE: u64 = 0x0100_0000_01b3;
    const LEAVES: u64 = BASE.wrapping_pow(SHINGLE as u32);
    let mut hash = 0u64;
    (0..chars.len()).filter_map(move |at| {
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(chars[at]));
        if at >= SHINGLE {
            hash = hash.wrapping_sub(LEAVES.wrapping_mul(u64::from(chars[at - SHINGLE])));
        }
        (at + 1 >= SHINGLE).then_some(hash)
    })
}

/// The letters of a text without the names of places and schools, two to six characters and what they end with.
fn without_names(text: &str) -> Vec<char> {
    let mut kept: Vec<char> = Vec::with_capacity(text.len() / 3);
    // So many of the last kept characters are letters in a row, from the last name on.
    let mut row = 0;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let ending = if may_end_name(c) { name_ending(c, chars.as_str()) } else { 0 };
        if ending > 0 && row >= NAME[0] {
            kept.truncate(kept.len() - row.min(NAME[1]));
            // The rest of the ending goes with it.
            if ending > 1 {
                chars.nth(ending - 2);
            }
            row = 0;
        } else if is_letter(c) {
            kept.push(c);
            row += 1;
        } else {
            if c.is_alphanumeric() && !c.is_ascii_digit() {
                kept.push(c);
            }
            row = 0;
        }
    }
    kept
}

fn is_letter(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

fn may_end_name(c: char) -> bool {
    matches!(c, '镇' | '乡' | '村' | '中' | '幼' | '小' | '初' | '学')
}

/// Characters of what the name of a place or a school ends with, where it begins with this one; 0 where it does not.
fn name_ending(c: char, rest: &str) -> usize {
    let goes_on = |with: &str| rest.starts_with(with);
    match c {
        '镇' | '乡' | '村' => 1,
        '中' if goes_on("心校") => 3,
        '幼' if goes_on("儿园") => 3,
        '小' | '中' if goes_on("学") => 2,
        '初' if goes_on("中") => 2,
        '学' if goes_on("校") => 2,
        _ => 0,
    }
}

/// Spreads a hash over all its bits (the finaliser of SplitMix64).
fn mix(base: u64) -> u64 {
    let mut z = base.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
