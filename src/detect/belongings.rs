//! What belongs to an act: the counts, and the date where its own sentence bears none, of the stretch of its paragraph
//! that speaks of it. 10月16日,天晴。…走访贫困户48户。送去米面56份: the day before and the number after are the visit's.

use crate::detect::assertion::Scan;
use crate::detect::matcher::Hit;
use crate::detect::passage::Passage;
use chrono::NaiveDate;
use std::ops::Range;

/// An act in a passage: where it stands, and its place among the hits.
type Act = (usize, usize);

/// Gives every act in running text its counts, and a date where it has none.
pub fn assign(scans: &[Scan<'_>], hits: &mut [Hit]) {
    let mut acts: Vec<Vec<Act>> = vec![Vec::new(); scans.len()];
    for (i, hit) in hits.iter().enumerate() {
        if let Some((spot, of_passage)) = hit.spot.and_then(|s| Some((s, acts.get_mut(s.passage)?))) {
            of_passage.push((spot.at, i));
        }
    }
    let opening = opening(scans, &acts);
    for (scan, mut acts) in scans.iter().zip(acts) {
        acts.sort_unstable();
        in_passage(scan, &acts, hits);
        for (_, i) in acts {
            let days = &mut hits[i].dates;
            if days.is_empty() {
                days.extend(opening);
            }
        }
    }
}

/// The one day of a document that names no other, where it stands before all acts: 10月16日,我校开展了系列活动.
fn opening(scans: &[Scan<'_>], acts: &[Vec<Act>]) -> Option<NaiveDate> {
    let mut days = scans.iter().flat_map(|s| s.passage.days.iter().map(|d| (s.index, d.date)));
    let (passage, day) = days.next()?;
    let before = acts.get(..=passage)?.iter().all(Vec::is_empty);
    (before && days.next().is_none()).then_some(day)
}

fn in_passage(scan: &Scan<'_>, acts: &[Act], hits: &mut [Hit]) {
    let passage = scan.passage;
    // The clauses that begin a stretch: those that assert something of an item.
    let starts: Vec<usize> =
        acts.iter().filter(|(_, i)| hits[*i].assertion.counts()).map(|(at, _)| clause_start(passage, *at)).collect();
    for (at, i) in acts {
        let stretch = stretch(&starts, clause_start(passage, *at), passage.text.normal.len());
        let hit = &mut hits[*i];
        hit.counts = scan.counts_in(&stretch).iter().map(|(_, count)| count.clone()).collect();
        if hit.dates.is_empty() {
            let before = passage.days.partition_point(|d| d.start < *at);
            let near = passage.days[..before].last().or(passage.days.get(before));
            hit.dates.extend(near.filter(|d| stretch.contains(&d.start)).map(|d| d.date));
        }
    }
}

/// From the clause of an act to that of the next; the first act of a passage has what stands before it too.
fn stretch(starts: &[usize], start: usize, end: usize) -> Range<usize> {
    let next = starts.partition_point(|s| *s <= start);
    let first = starts.first().is_none_or(|s| *s >= start);
    (if first { 0 } else { start })..starts.get(next).copied().unwrap_or(end)
}

/// Where the clause of a place begins.
fn clause_start(passage: &Passage, at: usize) -> usize {
    let sentence = passage.sentences.get(passage.sentences.partition_point(|s| s.range.end <= at));
    let clause = sentence.and_then(|s| s.clauses.get(s.clauses.partition_point(|c| c.end <= at)));
    clause.map_or(at, |c| c.start.min(at))
}
