//! Near-copies of texts by their sketches: position by position equal hashes estimate how much two texts share.
//! Candidates are found by banding, so that nobody compares every text with every other.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A sketch shorter than this says nothing.
const LEAST: usize = 16;
/// Rows of a band: with 64 hashes 21 bands find a similarity of 0.6 in 99 of 100 cases.
const ROWS: usize = 3;
/// Within a band each text is compared with so many before it: the sketches are in order, so the most alike are neighbours.
const NEIGHBOURS: usize = 8;

/// The share of equal hashes, 0 to 1; none where the sketches cannot be compared.
pub fn estimate(a: &[u32], b: &[u32]) -> Option<f64> {
    if a.len() != b.len() || a.len() < LEAST {
        return None;
    }
    let equal = a.iter().zip(b).filter(|(x, y)| x == y).count();
    Some(equal as f64 / a.len() as f64)
}

/// Pairs of texts that share at least `least` and of which `counts` holds, enough of them to join all that hang together,
/// ascending. Takes time by the number of texts, not of pairs, however many share one template, and memory likewise.
pub fn near_pairs(
    prints: &[(usize, &[u32])],
    least: f64,
    counts: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let prints: Vec<(usize, &[u32])> = prints.iter().copied().filter(|(_, p)| p.len() >= LEAST).collect();
    let bands = prints.iter().map(|(_, p)| p.len() / ROWS).max().unwrap_or(0);
    let mut joined: Vec<usize> = (0..prints.len()).collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut order: Vec<usize> = joined.clone();
    for from in (0..bands).map(|band| band * ROWS) {
        order.sort_unstable_by(|a, b| turned(prints[*a].1, prints[*b].1, from).then(a.cmp(b)));
        for (at, b) in order.iter().enumerate() {
            let alike = |a: &&usize| band(prints[**a].1, from) == band(prints[*b].1, from);
            for a in order[..at].iter().rev().take(NEIGHBOURS).take_while(alike) {
                let ((left, x), (right, y)) = (prints[*a], prints[*b]);
                let (root_a, root_b) = (root(&mut joined, *a), root(&mut joined, *b));
                if root_a != root_b && counts(left, right) && estimate(x, y).is_some_and(|s| s >= least) {
                    joined[root_a.max(root_b)] = root_a.min(root_b);
                    pairs.push((left.min(right), left.max(right)));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The hashes of a band.
fn band(print: &[u32], from: usize) -> &[u32] {
    print.get(from..from + ROWS).unwrap_or_default()
}

/// Compares two sketches from a band on, and round.
fn turned(a: &[u32], b: &[u32], from: usize) -> Ordering {
    let turn = |p: &[u32]| from.min(p.len());
    a[turn(a)..].cmp(&b[turn(b)..]).then_with(|| a[..turn(a)].cmp(&b[..turn(b)]))
}

/// Groups that pairs make: each position's group is named by its smallest member.
pub fn groups(pairs: &[(usize, usize)]) -> BTreeMap<usize, Vec<usize>> {
    let mut members: Vec<usize> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    members.sort_unstable();
    members.dedup();
    let mut parents: Vec<usize> = (0..members.len()).collect();
    for (a, b) in pairs {
        let (Ok(a), Ok(b)) = (members.binary_search(a), members.binary_search(b)) else { continue };
        let (a, b) = (root(&mut parents, a), root(&mut parents, b));
        parents[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        groups.entry(members[root(&mut parents, at)]).or_default().push(*member);
    }
    groups
}

/// The first of the group that a member belongs to.
fn root(parents: &mut [usize], start: usize) -> usize {
    let mut at = start;
    while parents[at] != at {
        // The way is shortened, so that long chains stay cheap.
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sketch of its own for each seed.
    fn print(seed: u32) -> Vec<u32> {
        (0..64u32).map(|n| (seed.wrapping_mul(0x9e37_79b9) ^ n.wrapping_mul(0x85eb_ca6b)).rotate_left(13)).collect()
    }

    #[test]
    fn near_texts_are_found_and_far_ones_are_not() {
        let a = print(1);
        let mut b = a.clone();
        b.iter_mut().take(10).for_each(|h| *h += 1000);
        let c = print(2);
        assert_eq!(near_pairs(&[(7, &a), (8, &b), (9, &c)], 0.8, |_, _| true), [(7, 8)]);
        assert_eq!(near_pairs(&[(7, &a), (8, &b), (9, &c)], 0.8, |_, _| false), []);
        assert_eq!(estimate(&a, &[]), None);
        assert_eq!(groups(&[(1, 2), (2, 5), (7, 8)]).into_values().collect::<Vec<_>>(), [vec![1, 2, 5], vec![7, 8]]);
    }

    /// `n` sketches: every tenth text half a template of the bureau's, a tenth of them the template as it is, and of
    /// each thousand one copied from the one before.
    fn county(n: u32) -> Vec<Vec<u32>> {
        let template = print(u32::MAX);
        let mut prints: Vec<Vec<u32>> = Vec::new();
        for i in 0..n {
            let mut own = print(i);
            match (i % 10, i % 1000) {
                (0, _) => own.clone_from(&template),
                (1, _) => own[..32].copy_from_slice(&template[..32]),
                (_, 777) => {
                    own.clone_from(&prints[prints.len() - 1]);
                    own.iter_mut().take(8).for_each(|h| *h ^= 0x5555);
                }
                _ => {}
            }
            prints.push(own);
        }
        prints
    }

    fn joined(n: u32) -> BTreeMap<usize, Vec<usize>> {
        let county = county(n);
        let prints: Vec<(usize, &[u32])> = county.iter().enumerate().map(|(i, p)| (i, p.as_slice())).collect();
        groups(&near_pairs(&prints, 0.8, |_, _| true))
    }

    #[test]
    fn a_template_makes_one_group_and_copies_beside_it_are_found() {
        let groups = joined(5_000);
        assert_eq!(groups[&0].len(), 500);
        assert_eq!(groups.len(), 1 + 5, "{:?}", groups.keys());
        assert_eq!(groups[&776], [776, 777]);
    }

    /// `cargo test --release --lib similarity -- --ignored --nocapture`
    #[test]
    #[ignore = "a measurement, in release only"]
    #[allow(clippy::disallowed_methods, clippy::print_stdout, reason = "it measures")]
    fn a_hundred_thousand_texts_are_not_compared_pair_by_pair() {
        let start = std::time::Instant::now();
        let groups = joined(100_000);
        println!("100,000 sketches, {} groups: {:?}", groups.len(), start.elapsed());
        assert_eq!(groups.len(), 1 + 100);
    }
}
