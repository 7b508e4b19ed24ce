//! What several hits of one item say together.

use crate::detect::matcher::Hit;
use crate::model::reading::Assertion;

/// Lets a deed that is only told by default yield to what its own sentence says of the item (应送的两次课一次也没有送成),
/// and an exception (除送教外均已落实) to what the document says of it elsewhere.
pub fn reconcile(hits: &mut Vec<Hit>) {
    let against = |a: Assertion| a.counts() && a != Assertion::Done;
    let same_sentence = |a: &Hit, b: &Hit| a.item == b.item && a.place == b.place && a.sentence == b.sentence;
    for at in 0..hits.len() {
        if hits[at].assertion != Assertion::Done {
            continue;
        }
        // 没有送教的学生: that there is no such duty outweighs a name, whatever predicate stands near it.
        let yields = |h: &Hit| hits[at].bare || hits[at].is_mention() && h.assertion == Assertion::NotApplicable;
        let denied = hits.iter().filter(|h| against(h.assertion) && yields(h) && same_sentence(h, &hits[at]));
        if let Some((assertion, cue)) = denied.map(|h| (h.assertion, h.cue.clone())).min_by_key(|(a, _)| *a) {
            (hits[at].assertion, hits[at].cue, hits[at].bare) = (assertion, cue, false);
        }
    }
    let said: Vec<usize> = hits.iter().filter(|h| h.assertion.counts() && !is_exception(h)).map(|h| h.item).collect();
    hits.retain(|h| !is_exception(h) || !said.contains(&h.item));
}

/// A denial by default is one by exception.
fn is_exception(hit: &Hit) -> bool {
    hit.assertion == Assertion::NotDone && hit.bare
}
