//! Acts in running text and captions: an act and its object near each other, and what is asserted of them.

use crate::detect::assertion::{Decision, Scan};
use crate::detect::engine::{Engine, Item, Near, Pattern};
use crate::detect::exceptions::{exception, is_excepted, is_in_list, is_rest_done};
use crate::detect::lexicon::{ListSet, covering};
use crate::detect::matcher::{Finds, Hit, Spot};
use crate::detect::moment;
use crate::detect::page::Page;
use crate::detect::passage::{PassageKind, Sentence};
use crate::detect::speech;
use crate::model::reading::{Assertion, Strength};
use crate::model::rules::{RuleKind, Scope};
use std::ops::Range;

/// The most bytes of a clause that is nothing but a day.
const DAY: usize = "10月13日星期二下午三时,".len();

/// Finds acts.
pub fn find(page: &Page<'_>, scans: &[Scan<'_>], engine: &Engine) -> Finds {
    Finds { hits: scans.iter().flat_map(|scan| hits_in(page, scan, engine)).collect(), ..Finds::default() }
}

/// The one item whose acts a passage speaks of, if it is one.
pub fn item_of(page: &Page<'_>, scan: &Scan<'_>, engine: &Engine) -> Option<usize> {
    let hits = hits_in(page, scan, engine);
    let first = hits.first()?.item;
    hits.iter().all(|hit| hit.item == first).then_some(first)
}

fn hits_in(page: &Page<'_>, scan: &Scan<'_>, engine: &Engine) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (sentence, present) in scan.passage.sentences.iter().zip(&scan.lists) {
        let may_match = engine.triggers.may_match(present);
        for (index, item) in engine.items.iter().enumerate() {
            let own = item.first_rule..item.first_rule + item.rules.len();
            let numbers = may_match.within(own).map(|n| n - item.first_rule);
            let rules: Vec<&Pattern> = numbers.filter_map(|n| item.rules.get(n)).collect();
            if rules.is_empty() {
                continue;
            }
            hits.extend(item_hits(page, scan, sentence, (present, &rules), index, engine));
        }
    }
    hits
}

/// What is said of an act: decided once for all rules that find it, those that exempt apart from the others.
struct Said {
    of: Range<usize>,
    exempts: bool,
    /// No cue has decided.
    uncued: bool,
    decision: Decision,
}

/// The hits of one item in one sentence, by those of its rules that may match: one for each thing asserted, the first that
/// says so.
fn item_hits(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    (present, may_match): (&ListSet, &[&Pattern]),
    index: usize,
    engine: &Engine,
) -> Vec<Hit> {
    let item = &engine.items[index];
    let can_match = may_match.iter().copied().filter(|r| can_match(r, present));
    let rules: Vec<(&Pattern, Vec<Range<usize>>)> =
        can_match.map(|r| (r, anchors(page, scan, sentence, present, item, r))).collect();
    let mut hits: Vec<Hit> = Vec::new();
    let mut planned: Vec<(usize, Option<String>)> = Vec::new();
    let mut known: Vec<Said> = Vec::new();
    // 没有符合送教条件的学生: what is denied there is no act.
    let exempt: Vec<Range<usize>> =
        rules.iter().filter(|(r, _)| r.kind == RuleKind::Exempt).flat_map(|(_, anchors)| anchors).cloned().collect();
    // What is said of the exceptions says nothing of the rest.
    let out = if rules.is_empty() { None } else { exception(scan, sentence) };
    let out = out.filter(|out| !is_excepted(scan, item, out));
    let normal = &scan.passage.text.normal;
    let asks = normal[sentence.range.clone()].ends_with('?');
    for (rule, anchors) in rules {
        for anchor in anchors {
            let denied =
                rule.kind == RuleKind::Act && exempt.iter().any(|e| e.start <= anchor.start && anchor.end <= e.end);
            if denied
                || rule.kind == RuleKind::Exempt && (asks || is_whether(normal, &anchor))
                || is_titled(scan, sentence, &anchor)
                || anchor.end <= scan.passage.lead && !page.is_plan()
                || is_in_long_name(scan, sentence, &anchor, engine) && rule.expression.is_none()
            {
                continue;
            }
            let exempts = rule.kind == RuleKind::Exempt;
            let at = known.iter().position(|said| said.of == anchor && said.exempts == exempts);
            let at = at.unwrap_or_else(|| {
                let excepted = out
                    .as_ref()
                    .is_some_and(|out| is_in_list(scan, sentence, &anchor, out) && is_rest_done(scan, sentence, out));
                let decided = match excepted {
                    true => Some(Decision::of(Assertion::Done)),
                    false => scan.decide(sentence, &anchor, index, engine),
                };
                let uncued = decided.is_none();
                let decision = assertion(page, scan, sentence, &anchor, rule, decided, engine);
                known.push(Said { of: anchor.clone(), exempts, uncued, decision });
                known.len() - 1
            });
            let (uncued, mut decision) = (known[at].uncued, known[at].decision.clone());
            if asks && decision.assertion == Assertion::Done && (uncued || is_asked(scan, sentence, &anchor)) {
                decision = Decision::of(Assertion::Background);
            }
            // 正在制作专题片,反映…成果: an act told after a planned one is part of the plan unless it is finished.
            let apart = |at: usize| speech::is_said_apart(normal, &sentence.range, &(at..at), &anchor);
            let after = planned.iter().find(|(at, _)| *at < anchor.start && !apart(*at));
            if let (Assertion::Done, Some((at, cue))) = (decision.assertion, after)
                && uncued
                && !scan.is_finished_between(*at, anchor.start)
            {
                decision = Decision { assertion: Assertion::Planned, cue: cue.clone(), at: None };
            }
            if decision.assertion == Assertion::Planned {
                planned.push((anchor.start, decision.cue.clone()));
            }
            if hits.iter().any(|h| h.assertion == decision.assertion) {
                continue;
            }
            let quote = scan.passage.text.quote(sentence.range.clone()).to_string();
            // What was read into a damaged word is for a person to confirm.
            let weak = rule.weak
                || !matches!(scan.passage.kind, PassageKind::Prose | PassageKind::Row)
                || scan.passage.text.is_mended(&sentence.range);
            let clause = clause_of(sentence, &anchor);
            // 10月13日,我校召开了…: the day may be a clause of its own.
            let ahead = sentence.clauses.iter().take_while(|c| c.end <= clause.start).last();
            let ahead = ahead.filter(|c| c.len() <= DAY);
            let dated = [Some(&clause), ahead].into_iter().flatten().any(|c| has_day(&normal[c.clone()]));
            hits.push(Hit {
                whole: false,
                bare: uncued && !dated && scan.counts_in(&clause).is_empty(),
                sentence: sentence.range.start,
                item: index,
                rule: rule.id.clone(),
                assertion: decision.assertion,
                cue: decision.cue,
                strength: if weak { Strength::Weak } else { Strength::Strong },
                place: scan.passage.place.clone(),
                spot: Some(Spot { passage: scan.index, at: anchor.start }),
                dates: moment::dates_of(scan.passage, sentence, &anchor),
                counts: Vec::new(),
                quote,
                unit: None,
            });
        }
    }
    hits
}

/// Whether a rule can match a sentence in which words of these lists stand: a quick look before the careful one.
fn can_match(rule: &Pattern, present: &ListSet) -> bool {
    match &rule.expression {
        Some(expression) => expression.can_match(|list| present.has(list)),
        None => {
            let here = |n: &Near| n.within > Scope::Sentence || present.has_any(&n.lists);
            rule.needs.first().is_some_and(|act| present.has_any(&act.lists)) && rule.needs.iter().all(here)
        }
    }
}

/// Where a rule's act stands in a sentence with everything near it that the rule needs.
fn anchors(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    present: &ListSet,
    item: &Item,
    rule: &Pattern,
) -> Vec<Range<usize>> {
    let (act, others) = match rule.needs.split_first() {
        _ if rule.expression.is_some() => (None, rule.needs.as_slice()),
        Some((act, others)) => (Some(act), others),
        None => return Vec::new(),
    };
    let near = |n: &Near, part: &Range<usize>| is_near(page, scan, n, part, present, |r| !is_masked(scan, item, r));
    // What rules it out need be no word of the item: 家长会 is no meeting of the staff, and says so.
    let rules_out = |n: &Near, part: &Range<usize>| is_near(page, scan, n, part, present, |_| true);
    // What need not stand in the act's own clause is near to all acts of the sentence or to none.
    let is_wide = |n: &&Near| n.within > Scope::Clause;
    let part = |n: &Near| if n.within == Scope::Sentence { sentence.range.clone() } else { 0..usize::MAX };
    if !others.iter().filter(is_wide).all(|n| near(n, &part(n)))
        || rule.without.iter().filter(is_wide).any(|n| rules_out(n, &part(n)))
    {
        return Vec::new();
    }
    let holds = |anchor: &Range<usize>| {
        let clause = clause_of(sentence, anchor);
        others.iter().all(|n| is_wide(&n) || near(n, &clause))
            && !rule.without.iter().any(|n| !is_wide(&n) && rules_out(n, &clause))
    };
    let found: Vec<Range<usize>> = match (&rule.expression, act) {
        (Some(expression), _) => expression.find_in(scan.letters(), &sentence.range),
        (None, Some(act)) => scan
            .words
            .of_any(&act.lists, &sentence.range)
            .into_iter()
            .filter(|w| !is_masked(scan, item, &w.range))
            .map(|w| w.range.clone())
            .filter(|r| !begins_object(scan, r, act, others))
            .collect(),
        (None, None) => Vec::new(),
    };
    found.into_iter().filter(holds).collect()
}

/// Whether the clause of an act or a name asks for it, 送教送了几次?; without a word of a question its mark may end what is told.
pub fn is_asked(scan: &Scan<'_>, sentence: &Sentence, anchor: &Range<usize>) -> bool {
    const ASKING: [&str; 4] = ["几", "多少", "没有", "吗"];
    let normal = &scan.passage.text.normal;
    let clause = clause_of(sentence, anchor);
    normal[sentence.range.clone()].ends_with('?') && ASKING.iter().any(|w| normal[clause.clone()].contains(w))
}

/// Whether it is only asked whether there is such a duty: 摸清有无送教对象.
fn is_whether(normal: &str, anchor: &Range<usize>) -> bool {
    normal.get(anchor.start..).is_some_and(|t| t.starts_with('无'))
        && normal.get(..anchor.start).is_some_and(|t| t.ends_with('有'))
}

/// Whether an act stands in a title of something: 《走村入户暖人心》.
fn is_titled(scan: &Scan<'_>, sentence: &Sentence, anchor: &Range<usize>) -> bool {
    let normal = &scan.passage.text.normal;
    let before = normal.get(sentence.range.start..anchor.start).unwrap_or("");
    let open = before.rfind('《').is_some_and(|at| !before[at..].contains('》'));
    open && normal.get(anchor.end..sentence.range.end).is_some_and(|t| t.contains('》'))
}

/// Whether an act only begins a word for a thing that the rule needs beside it: the 宣传 of 宣传栏.
fn begins_object(scan: &Scan<'_>, range: &Range<usize>, act: &Near, others: &[Near]) -> bool {
    /// The last characters of such words.
    const THINGS: [char; 16] =
        ['栏', '单', '页', '册', '片', '窗', '墙', '牌', '画', '品', '员', '队', '板', '金', '物', '款'];
    let of = |lists: &[usize], near: &Near| lists.iter().any(|l| near.lists.contains(l));
    covering(&scan.words, range).any(|w| {
        w.range.start == range.start
            && w.range.end > range.end
            && scan.passage.text.normal[w.range.clone()].ends_with(THINGS)
            && !of(w.lists, act)
            && others.iter().any(|n| of(w.lists, n))
    })
}

/// Whether the word is part of a saying that only looks like it.
pub fn is_masked(scan: &Scan<'_>, item: &Item, range: &Range<usize>) -> bool {
    covering(&scan.words, range).any(|m| m.is_in(item.not_names))
}

/// Whether the act is only part of an item's name, 包联入户原定17日: then the name's predicate decides. A name of two
/// characters (送教) is a verb of its own, and so is one with an object that is counted (为4名学生送教上门) or a goal
/// (政策宣传到每个家庭).
fn is_in_long_name(scan: &Scan<'_>, sentence: &Sentence, range: &Range<usize>, engine: &Engine) -> bool {
    let normal = &scan.passage.text.normal;
    let tail = normal.get(range.end..).unwrap_or("");
    let verb = tail.starts_with(['了', '过', '到', '给', '至']) && !tail.starts_with("到位");
    !verb && engine.is_in_long_name(&scan.words, range) && scan.counts_in(&clause_of(sentence, range)).is_empty()
}

/// Whether a number stands before 月, 日 or 号; 销号 is no day.
fn has_day(clause: &str) -> bool {
    let numbered = |(at, _): (usize, &str)| {
        clause[..at].ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    };
    clause.match_indices(['月', '日', '号']).any(numbered)
}

/// The clause that a range begins in.
pub fn clause_of(sentence: &Sentence, range: &Range<usize>) -> Range<usize> {
    sentence.clause_at(range.start).cloned().unwrap_or(sentence.range.clone())
}

/// The unit whose act it is, where a clause names another one before it.
fn other_unit(page: &Page<'_>, scan: &Scan<'_>, sentence: &Sentence, anchor: &Range<usize>) -> Option<String> {
    let normal = &scan.passage.text.normal;
    let clause = clause_of(sentence, anchor);
    page.other_unit(&normal[clause.start..anchor.start.max(clause.start)], &normal[clause])
}

/// Whether a word of the lists stands in the part of the passage where it must, among the words that count, or so wide
/// around it as it may.
fn is_near(
    page: &Page<'_>,
    scan: &Scan<'_>,
    near: &Near,
    part: &Range<usize>,
    present: &ListSet,
    counts: impl Fn(&Range<usize>) -> bool,
) -> bool {
    let wide = near.within > Scope::Sentence;
    let stands = |list: usize| (wide || present.has(list)) && scan.words.of(list, part).any(|w| counts(&w.range));
    near.lists.iter().any(|list| stands(*list))
        || near.within >= Scope::Section && scan.above.lists.has_any(&near.lists)
        || near.within == Scope::Document && page.lists.has_any(&near.lists)
}

fn assertion(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    anchor: &Range<usize>,
    rule: &Pattern,
    decided: Option<Decision>,
    engine: &Engine,
) -> Decision {
    if rule.kind == RuleKind::Exempt {
        // 若无送教任务 and 除无送教任务的学校外 exempt nobody.
        let denied = Decision::because(Assertion::NotApplicable, scan.passage.text.quote(anchor.clone()).to_string());
        // 由各乡镇学校负责,不在我校范围: that it is another's duty is why ours has none.
        let is_of_another = |d: &Decision| {
            d.assertion == Assertion::OtherUnit && d.cue.as_deref().is_some_and(|c| c.starts_with(['由', '归']))
        };
        return decided
            .filter(|d| !is_of_another(d))
            .filter(|d| !matches!(d.assertion, Assertion::Done | Assertion::NotDone | Assertion::NotApplicable))
            // Under 存在问题 and in minutes or a plan it is said all the same.
            .filter(|d| !matches!(d.assertion, Assertion::Background | Assertion::Planned) || d.at.is_some())
            .unwrap_or(denied);
    }
    let heading = scan.passage.kind == PassageKind::Heading;
    let decision =
        decided.unwrap_or_else(|| Decision::of(if heading { Assertion::Background } else { Assertion::Done }));
    overruled(page, scan, sentence, anchor, decision, engine)
}

/// What remains of a decision where the sentence is about another matter, and of a deed where it is another unit's, dated
/// after the signature or in a past year.
pub fn overruled(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    anchor: &Range<usize>,
    decision: Decision,
    engine: &Engine,
) -> Decision {
    // 入户因抽人搞人居环境整治,取消了: why it was not done is no subject.
    let is_reason = |cue: &String| {
        let clause = scan.passage.text.normal.get(clause_of(sentence, anchor)).unwrap_or("");
        let text = scan.passage.text.normal.get(sentence.range.clone()).unwrap_or("");
        decision.assertion == Assertion::NotDone && text.contains(cue) && !clause.contains(cue)
    };
    let other = || page.other_subject(scan, sentence, engine).filter(|cue| page.foreign.is_some() || !is_reason(cue));
    if let (true, Some(cue)) = (decision.assertion.counts(), other()) {
        return Decision::because(Assertion::OtherSubject, cue);
    }
    if decision.assertion != Assertion::Done {
        return decision;
    }
    if let Some(cue) = other_unit(page, scan, sentence, anchor) {
        return Decision::because(Assertion::OtherUnit, cue);
    }
    if let Some(day) = moment::after_signature(page, scan.passage, sentence, anchor) {
        return Decision::because(Assertion::Planned, day);
    }
    let past = moment::past_year(page, scan.passage, sentence, anchor);
    past.map_or(decision, |year| Decision::because(Assertion::PastYear, year))
}
