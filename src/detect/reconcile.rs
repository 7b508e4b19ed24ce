//! What several hits of one item say together.

use crate::detect::matcher::Hit;
use crate::model::reading::Assertion;

/// Lets a deed that is only told by default yield to what its own sentence says of the item (应送的两次课一次也没有送成), one
/// that only its heading makes the item's to what is said of it in so many words under the same heading, and an exception
/// (除送教外均已落实) to what the document says of it elsewhere. `heading` gives the heading above a passage.
pub fn reconcile<'p>(hits: &mut Vec<Hit>, heading: &dyn Fn(usize) -> Option<&'p str>) {
    let against = |a: Assertion| a.counts() && a != Assertion::Done;
    let same_sentence = |a: &Hit, b: &Hit| a.item == b.item && a.place == b.place && a.sentence == b.sentence;
    for at in 0..hits.len() {
        if hits[at].assertion != Assertion::Done {
            continue;
        }
        // 没有送教的学生: that there is no such duty outweighs a name, whatever predicate stands near it.
        // 宣传了政策,要大家有信心: what people are asked for after it makes no plan of it.
        // 召开教职工会议,会议强调要…: nor does another act that is still to come.
        let asked = |h: &Hit| h.cue.as_deref().is_some_and(|cue| cue.contains(['要', '嘱', '望', '请']));
        let is_act = |h: &Hit| !h.is_mention() && !h.by_heading();
        let later = |h: &Hit| h.spot.zip(hits[at].spot).is_some_and(|(plan, deed)| plan.at > deed.at);
        let plans = |h: &Hit| h.assertion == Assertion::Planned && later(h) && (asked(h) || is_act(h));
        let yields =
            |h: &Hit| hits[at].bare && !plans(h) || hits[at].is_mention() && h.assertion == Assertion::NotApplicable;
        let denied = hits.iter().filter(|h| against(h.assertion) && yields(h) && same_sentence(h, &hits[at]));
        if let Some((assertion, cue)) = denied.map(|h| (h.assertion, h.cue.clone())).min_by_key(|(a, _)| *a) {
            (hits[at].assertion, hits[at].cue, hits[at].bare) = (assertion, cue, false);
        }
    }
    let above = |h: &Hit| h.spot.and_then(|spot| heading(spot.passage)).filter(|h| !h.is_empty());
    let denied = |deed: &Hit| {
        let is_under = |h: &&Hit| h.item == deed.item && above(h).is_some() && above(h) == above(deed);
        let said = |h: &&Hit| against(h.assertion) && !h.by_heading() && !is_exception(h);
        deed.assertion == Assertion::Done && deed.by_heading() && hits.iter().filter(is_under).any(|h| said(&h))
    };
    // 我校没有安排包联村: that there is no such duty outweighs what only a heading makes the item's, wherever it is said.
    let exempt = |deed: &Hit| {
        let said = |h: &Hit| h.item == deed.item && h.assertion == Assertion::NotApplicable && !h.by_heading();
        deed.assertion == Assertion::Done && deed.by_heading() && hits.iter().any(said)
    };
    let idle: Vec<bool> = hits.iter().map(|hit| denied(hit) || exempt(hit)).collect();
    for (hit, idle) in hits.iter_mut().zip(idle) {
        if idle {
            hit.assertion = Assertion::Background;
        }
    }
    let said: Vec<usize> = hits.iter().filter(|h| h.assertion.counts() && !is_exception(h)).map(|h| h.item).collect();
    hits.retain(|h| !is_exception(h) || !said.contains(&h.item));
}

/// A denial by default is one by exception.
fn is_exception(hit: &Hit) -> bool {
    hit.assertion == Assertion::NotDone && hit.bare
}
