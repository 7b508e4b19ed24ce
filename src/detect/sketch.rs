//! A sketch of a text: minimum hashes of its shingles, so that near-copies are found without comparing texts.
//!
//! After Broder 1997. Names of schools and numbers are left out first: a copy with another school's name is a copy.

use crate::model::document::Body;
use regex::Regex;
use std::sync::OnceLock;

/// How many minimum hashes a sketch holds.
pub const HASHES: usize = 64;
/// Texts with fewer shingles than this have no sketch: a form's few words resemble every other form's.
const LEAST: usize = 120;
/// Characters of a shingle.
const SHINGLE: usize = 6;

/// The sketch of a body's text; empty for short ones.
pub fn sketch(body: &Body) -> Vec<u32> {
    static NAMES: OnceLock<Option<Regex>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        Regex::new(r"[\u{4e00}-\u{9fff}]{2,6}?(?:镇|乡|村|中心校|小学|中学|初中|学校|幼儿园)|\d+").ok()
    });
    let text: String = body.plain_text().chars().filter(|c| c.is_alphanumeric()).collect();
    let text = names.as_ref().map_or(text.clone(), |n| n.replace_all(&text, "").into_owned());
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < LEAST + SHINGLE {
        return Vec::new();
    }
    let mut least = vec![u32::MAX; HASHES];
    for shingle in chars.windows(SHINGLE) {
        let base = shingle
            .iter()
            .fold(0xcbf2_9ce4_8422_2325u64, |h, c| (h ^ u64::from(*c as u32)).wrapping_mul(0x0100_0000_01b3));
        for (i, slot) in least.iter_mut().enumerate() {
            *slot = (*slot).min(mix(base, i as u64));
        }
    }
    least
}

/// One of a family of hash functions (the finaliser of SplitMix64).
fn mix(base: u64, seed: u64) -> u32 {
    let mut z = base.wrapping_add(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z >> 32) as u32
}
