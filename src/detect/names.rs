//! Items called by their names: 专题会议没有召开, 六项活动均已落实, and what stands under a heading that names one.
//!
//! A name proves nothing; its predicate decides. Without one the mention is background, kept as a near miss.

use crate::detect::acts::is_masked;
use crate::detect::assertion::{Decision, Scan};
use crate::detect::engine::Engine;
use crate::detect::matcher::{Finds, Hit};
use crate::detect::page::Page;
use crate::detect::passage::{PassageKind, Sentence};
use crate::detect::{counts, moment};
use crate::model::reading::{Assertion, Strength};
use std::ops::Range;

/// Finds items by name.
pub fn find(page: &Page<'_>, scans: &[Scan<'_>], engine: &Engine) -> Finds {
    let mut finds = Finds::default();
    for scan in scans.iter().filter(|s| s.passage.kind != PassageKind::Heading) {
        let under = engine.items_named(&scan.passage.heading);
        for sentence in &scan.passage.sentences {
            let names = named(scan, sentence, engine);
            for (at, (item, range)) in names.iter().enumerate() {
                let end = names[at + 1..].iter().find(|(i, _)| i != item).map_or(sentence.range.end, |(_, r)| r.start);
                finds.hits.push(by_name(page, scan, sentence, *item, range, end.max(range.end), engine));
            }
            if let ([item], true) = (under.as_slice(), names.iter().all(|(i, _)| under.contains(i))) {
                finds.hits.extend(by_heading(page, scan, sentence, *item, engine));
            }
        }
    }
    finds
}

/// The items that a sentence names, in order of their places.
fn named(scan: &Scan<'_>, sentence: &Sentence, engine: &Engine) -> Vec<(usize, Range<usize>)> {
    let mut names: Vec<(usize, Range<usize>)> = Vec::new();
    for (index, item) in engine.items.iter().enumerate() {
        let mut hits: Vec<&Range<usize>> = scan
            .words
            .iter()
            .filter(|w| {
                w.lists.contains(&item.names)
                    && sentence.range.start <= w.range.start
                    && w.range.end <= sentence.range.end
            })
            .map(|w| &w.range)
            .filter(|r| !is_masked(scan, item, r))
            .collect();
        hits.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
        let mut last = 0;
        for range in hits {
            if range.start >= last {
                names.push((index, range.clone()));
                last = range.end;
            }
        }
    }
    names.sort_by_key(|(_, r)| r.start);
    names
}

fn by_name(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    item: usize,
    range: &Range<usize>,
    end: usize,
    engine: &Engine,
) -> Hit {
    // Names in a row share the predicate that follows the last of them: 政策宣讲、上门送教均已完成.
    let listed = scan.passage.text.normal.get(end..).is_some_and(|_| is_listed(scan, range, end));
    let end = if listed { sentence.range.end } else { end };
    let excepted = is_excepted(scan, sentence, range);
    let decision = if excepted {
        Decision { assertion: Assertion::NotDone, cue: Some("除…外".to_string()) }
    } else {
        scan.decide_name(sentence, range, end, engine)
            .unwrap_or(Decision { assertion: Assertion::Background, cue: None })
    };
    hit(page, scan, sentence, item, decision, range, "named", engine)
}

/// Whether only a list mark or 和 stands between this name and the next.
fn is_listed(scan: &Scan<'_>, range: &Range<usize>, next: usize) -> bool {
    let between = scan.passage.text.normal.get(range.end..next).unwrap_or("");
    matches!(between, "、" | "和" | "及" | "以及" | "与")
}

/// Whether the name stands between 除 and 外, and the rest is said to be done.
fn is_excepted(scan: &Scan<'_>, sentence: &Sentence, range: &Range<usize>) -> bool {
    let normal = &scan.passage.text.normal;
    let before = normal.get(sentence.range.start..range.start).unwrap_or("");
    let after = normal.get(range.end..sentence.range.end).unwrap_or("");
    let opened = before
        .rfind('除')
        .is_some_and(|at| !before[at..].contains(['外', '了', '。']) || before[at..].starts_with("除了"));
    let closed = after.find('外').is_some_and(|at| after[..at].chars().count() <= 14);
    opened && closed && ["均已", "全部", "都已", "已全部", "均", "其余"].iter().any(|w| after.contains(w))
}

/// A sentence under a heading that names one item, and its own predicate.
fn by_heading(page: &Page<'_>, scan: &Scan<'_>, sentence: &Sentence, item: usize, engine: &Engine) -> Option<Hit> {
    let anchor = sentence.range.start..sentence.range.start;
    let decision = scan.decide_name(sentence, &anchor, sentence.range.end, engine)?;
    let substance = !counts::counts(&scan.passage.text.normal[sentence.range.clone()]).is_empty()
        || !moment::dates_of(page, scan.passage, sentence, &anchor).is_empty();
    (decision.assertion != Assertion::Done || substance)
        .then(|| hit(page, scan, sentence, item, decision, &anchor, "under_heading", engine))
}

#[expect(clippy::too_many_arguments, reason = "a hit is made of all of these and nothing else")]
fn hit(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    item: usize,
    decision: Decision,
    anchor: &Range<usize>,
    rule: &str,
    engine: &Engine,
) -> Hit {
    let dates = moment::dates_of(page, scan.passage, sentence, anchor);
    let counts = counts::counts(&scan.passage.text.normal[sentence.range.clone()]);
    let mut decision = decision;
    if let (Assertion::Done, Some(cue)) = (decision.assertion, page.other_subject(scan.passage, sentence)) {
        decision = Decision { assertion: Assertion::OtherSubject, cue: Some(cue) };
    }
    Hit {
        item,
        rule: format!("{}.{rule}", engine.items[item].id),
        strength: if decision.assertion == Assertion::Done { Strength::Weak } else { Strength::Strong },
        assertion: decision.assertion,
        cue: decision.cue,
        place: scan.passage.place.clone(),
        quote: scan.passage.text.quote(sentence.range.clone()).to_string(),
        dates,
        counts,
        unit: None,
    }
}
