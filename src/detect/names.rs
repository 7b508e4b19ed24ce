//! Items called by their names: 专题会议没有召开, 六项活动均已落实, and what stands under a heading that names one.
//!
//! A name proves nothing; its predicate decides. Without one the mention is background, kept as a near miss.

use crate::detect::acts::{clause_of, is_asked, is_masked, item_of, overruled};
use crate::detect::assertion::{Decision, Scan};
use crate::detect::calls::{called, is_counted_together, led, named, speaks_of_all};
use crate::detect::engine::{Engine, Item, Pattern};
use crate::detect::exceptions::{exception, is_excepted, is_in_list, is_of_all, is_of_items, is_rest_done};
use crate::detect::glyph::is_han;
use crate::detect::lexicon::{ListSet, within};
use crate::detect::matcher::{Finds, Hit, Spot};
use crate::detect::moment;
use crate::detect::page::Page;
use crate::detect::passage::{PassageKind, Sentence};
use crate::detect::replies::PEOPLE;
use crate::model::reading::{Assertion, Strength};
use crate::model::rules::Scope;
use std::ops::Range;

/// How the unit begins to answer what it quotes.
const ANSWERS: [&str; 8] = ["我校", "我镇", "我园", "我乡", "我们", "本校", "本园", "中心校"];
/// So many bytes before a clause a plan for what it names may stand: 待村里清淤后,再一起排查.
const BEFORE: usize = 24;
/// What follows the name of a thing in whose course something else happened.
const DURING: [&str; 9] = ["时", "中", "期间", "途中", "过程", "结束", "现场", "归来", "路上"];
/// A sentence with fewer Chinese characters tells no deed.
const LEAST_WORDS: usize = 8;

/// Finds items by name.
pub fn find(page: &Page<'_>, scans: &[Scan<'_>], engine: &Engine) -> Finds {
    let mut finds = Finds::default();
    let told = scans.iter().filter(|s| matches!(s.passage.kind, PassageKind::Prose | PassageKind::Caption));
    for scan in told {
        // 县局要求:通过家长群、入户等形式宣讲政策 asks for what its act is of.
        let asked = || {
            let question = scans.get(..scan.index)?.iter().rev().find(|s| s.passage.kind == PassageKind::Heading)?;
            item_of(page, question, engine)
        };
        let asked = if scan.passage.answers && scan.above.items.len() != 1 { asked() } else { None };
        let under = asked.as_ref().map_or(scan.above.items.as_slice(), std::slice::from_ref);
        // What the sentence before named without a word on what became of it: …要求上门送教。我镇16日组织了一次.
        let mut of_before: Option<usize> = None;
        for (sentence, present) in scan.passage.sentences.iter().zip(&scan.lists) {
            let mut names = named(scan, sentence, present, engine);
            // An item that is excepted from a list was named in the list before.
            if let Some(out) = exception(scan, sentence) {
                let excepted: Vec<usize> =
                    names.iter().filter(|(_, r)| out.contains(&r.start)).map(|(i, _)| *i).collect();
                names.retain(|(i, r)| out.contains(&r.start) || !excepted.contains(i));
            }
            for (at, (item, range)) in names.iter().enumerate() {
                // Names in a row share the predicate that follows the last of them: 政策宣讲、上门送教均已完成.
                let last = (at..names.len() - 1).find(|&n| !is_listed(scan, &names[n].1, names[n + 1].1.start));
                let last = last.unwrap_or(names.len() - 1);
                let next = names[last + 1..].iter().find(|(i, _)| i != item);
                let end = next.map_or(sentence.range.end, |(_, r)| r.start);
                // 政策宣讲已经结束,入户安排在下周: another item's clause begins without its name.
                let other = |c: &&Range<usize>| c.start >= range.end && scan.begins_with_another(c, *item, engine);
                let end = sentence.clauses.iter().find(other).map_or(end, |c| end.min(c.start));
                finds.hits.push(by_name(page, scan, sentence, *item, range, end.max(range.end), engine));
            }
            if let ([item], true) = (under, names.iter().all(|(i, _)| under.contains(i))) {
                finds.hits.extend(by_heading(page, scan, sentence, present, *item, engine));
            }
            finds.hits.extend(by_list(page, scans, scan, sentence, engine));
            finds.hits.extend(by_topic(page, scan, sentence, present, &names, engine));
            if names.is_empty() {
                let elliptic = of_before.filter(|_| lacks_object(scan, sentence)).or(led(scan, sentence, engine));
                finds.hits.extend(elliptic.and_then(|item| by_heading(page, scan, sentence, present, item, engine)));
            }
            if names.is_empty() && under.len() > 1 && speaks_of_all(&scan.passage.text.normal[sentence.range.clone()]) {
                let of_each = under.iter().filter_map(|i| by_heading(page, scan, sentence, present, *i, engine));
                finds.hits.extend(of_each.filter(|hit| hit.assertion != Assertion::Done));
            }
            of_before = match names.as_slice() {
                [(item, _)] if matches!(finds.hits.last(), Some(h) if h.item == *item && !h.assertion.counts()) => {
                    Some(*item)
                }
                _ => None,
            };
        }
    }
    finds
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
    let out = exception(scan, sentence);
    let excepted = out.as_ref().is_some_and(|out| out.contains(&range.start));
    let exempted = |end: usize| {
        let said = scan.decide_name(sentence, range, end, item, engine);
        said.filter(|d| d.assertion == Assertion::NotApplicable)
    };
    let decision = match out {
        // 除专题会已按期召开外,其余难以进行: what is excepted from a denial is what was done.
        Some(out) if excepted && scan.is_finished_between(out.start, out.end) => Decision::of(Assertion::Done),
        // 除上门送教没有对象外,各项活动都已开展
        Some(out) if excepted => {
            exempted(out.end).unwrap_or(Decision::because(Assertion::NotDone, "除…外".to_string()))
        }
        // What is said of the exceptions says nothing of the rest.
        // 除成效宣传外均已落实,其中送教不属我校职责
        Some(out) if is_rest_done(scan, sentence, &out) => exempted(end).unwrap_or(Decision::of(Assertion::Done)),
        _ => {
            // 把政策宣传给他们,要有信心: what follows a verb is none of its predicate.
            let tail = scan.passage.text.normal.get(range.end..).unwrap_or("");
            let verb = tail.starts_with(['给', '了', '过']);
            let said = if verb {
                scan.decide(sentence, range, item, engine)
            } else {
                scan.decide_name(sentence, range, end, item, engine)
            };
            let told = said.filter(|d| d.assertion != Assertion::Done || !is_asked(scan, sentence, range));
            let said = told.unwrap_or(Decision::of(Assertion::Background));
            let quoted = said.assertion == Assertion::Quoted;
            let answered = || after_quotation(scan, sentence, range, item, engine);
            if quoted { answered().unwrap_or(said) } else { said }
        }
    };
    // A picture of it shows that it took place.
    let shown = scan.passage.kind == PassageKind::Caption
        && decision.assertion == Assertion::Background
        && decision.at.is_none();
    let decision = if shown { Decision::of(Assertion::Done) } else { decision };
    let mut hit = hit(page, scan, sentence, item, decision, range, "named", engine);
    if excepted && hit.assertion == Assertion::NotDone {
        (hit.strength, hit.bare) = (Strength::Weak, true);
    }
    hit
}

/// Whether only a list mark or 和 stands between this name and the next.
fn is_listed(scan: &Scan<'_>, range: &Range<usize>, next: usize) -> bool {
    let between = scan.passage.text.normal.get(range.end..next).unwrap_or("");
    // 第五条"开展一次专项整改"和第六条"开展一次包联入户"
    let marks = |c: char| "、和及以与\"第条项次一二三四五六七八九十".contains(c);
    let rest = between.trim_matches(marks);
    let verb = ["", "召开", "开展", "组织", "进行"].contains(&rest.trim_end_matches(marks));
    // 上门送教、控辍专项整改, 送教上门及义务教育阶段控辍排查: the next name has words before it.
    let most = if between.starts_with('、') { 4 } else { 6 };
    let longer =
        between.starts_with(['、', '和', '及', '与']) && rest.chars().count() <= most && rest.chars().all(is_han);
    (verb || longer) && (between.is_empty() || between.chars().any(|c| "、和及与".contains(c)))
}

/// Whether a clause ends in a predicate whose object the sentence before named: 我镇16日组织了一次.
fn lacks_object(scan: &Scan<'_>, sentence: &Sentence) -> bool {
    /// Such predicates.
    const PREDICATES: [&str; 26] = [
        "组织了一次",
        "开展了一次",
        "进行了一次",
        "举办了一次",
        "搞了一次",
        "做了一次",
        "已完成",
        "已开展",
        "已落实",
        "已进行",
        "未开展",
        "未能开展",
        "没有开展",
        "未进行",
        "未能进行",
        "没有进行",
        "没去成",
        "没送成",
        "没开成",
        "没做成",
        "没办成",
        "没能去",
        "没有去成",
        "没有去",
        "没做",
        "没开",
    ];
    let clause =
        |c: &Range<usize>| scan.passage.text.normal.get(c.clone()).unwrap_or("").trim_end_matches([',', '。', ';']);
    sentence.clauses.iter().map(clause).any(|c| PREDICATES.iter().any(|p| c.ends_with(p)))
}

/// What is said of a name that the notice's words quote, after them: 通知要求"召开一次专题会议",我镇10月12日召开.
fn after_quotation(
    scan: &Scan<'_>,
    sentence: &Sentence,
    range: &Range<usize>,
    item: usize,
    engine: &Engine,
) -> Option<Decision> {
    let (normal, end) = (&scan.passage.text.normal, sentence.range.end);
    let close = range.end + normal.get(range.end..end)?.find('"')?;
    let from = sentence
        .clauses
        .iter()
        .find(|c| c.start > close && ANSWERS.iter().any(|w| normal[c.start..].starts_with(w)))?;
    let at = from.start + ANSWERS.iter().find(|w| normal[from.start..].starts_with(**w))?.len();
    let anchor = at..at;
    let told = || {
        let dated = !moment::dates_of(scan.passage, sentence, &anchor).is_empty();
        (dated || !scan.counts_in(&(at..end)).is_empty()).then_some(Decision::of(Assertion::Done))
    };
    scan.decide_name(sentence, &anchor, end, item, engine).or_else(told)
}

/// A sentence under a heading that speaks of one item, and its own predicate. Without one it tells a deed where it has
/// substance: a date or a count.
fn by_heading(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    present: &ListSet,
    item: usize,
    engine: &Engine,
) -> Option<Hit> {
    if sentence.range.end <= scan.passage.lead + ','.len_utf8() * 3 {
        return None;
    }
    // The line of the signature stands under the last heading and tells no deed.
    let words =
        scan.passage.text.normal[sentence.range.clone()].chars().filter(|c| is_han(*c) && !"年月日".contains(*c));
    let few = words.count() < LEAST_WORDS;
    let anchor = sentence.range.start..sentence.range.start;
    let dated = !moment::dates_of(scan.passage, sentence, &anchor).is_empty();
    let counted = !scan.counts_in(&sentence.range).is_empty();
    // A number alone may count anything: one of the item's acts must be told with it.
    let by_lists = engine.items[item].rules.iter().filter(|r| r.expression.is_none());
    let named = scan.above.named == [item] || led(scan, sentence, engine) == Some(item);
    let ruled_out = |r: &&Pattern| {
        scan.above.named != [item] && r.without.iter().any(|n| n.within <= Scope::Sentence && present.has_any(&n.lists))
    };
    let acts = by_lists.filter(|r| !ruled_out(r)).filter_map(|r| r.needs.first()).any(|n| present.has_any(&n.lists));
    let decided = scan.decide_name(sentence, &anchor, sentence.range.end, item, engine);
    let completed = decided.as_ref().is_some_and(|d| d.assertion == Assertion::Done);
    let decision = match decided {
        // A heading that only touches the topic (关心特殊学生) needs a dated deed below it.
        None if dated || counted && named => Decision::of(Assertion::Done),
        decided => decided?,
    };
    // 没有去。 无此任务。
    let denied = matches!(decision.assertion, Assertion::NotDone | Assertion::NotApplicable) && decision.at.is_some();
    // 本月送教几次? 本月送了2次,…: what is asked need not be named again.
    let answered = scan.passage.answers && counted && completed;
    if few && !denied || decision.assertion == Assertion::Done && !dated && !acts && !answered {
        return None;
    }
    // Under such a heading only words of the sentence itself make a plan of it.
    if decision.assertion == Assertion::Planned && decision.at.is_none() && !named {
        return None;
    }
    let substance = decision.assertion != Assertion::Done || dated || counted || completed && named;
    let mut hit = hit(page, scan, sentence, item, decision, &anchor, "under_heading", engine);
    if dated && hit.assertion == Assertion::Done {
        hit.strength = Strength::Strong;
    }
    substance.then_some(hit)
}

/// A topic of an item in a list of which all but some other is done: 教师会学习、典型宣传、上门送教,除上门送教外均已完成. The
/// list may stand elsewhere in the document: 除成效宣传、上门送教两项外,其余四项均已落实.
fn by_list(page: &Page<'_>, scans: &[Scan<'_>], scan: &Scan<'_>, sentence: &Sentence, engine: &Engine) -> Vec<Hit> {
    let out = exception(scan, sentence).filter(|out| is_rest_done(scan, sentence, out));
    let Some(out) = out else { return Vec::new() };
    let elsewhere = is_of_items(scan, sentence, &out);
    // 六项检查除食堂卫生外: what is excepted tells whose list it is.
    let all = is_of_all(scan, sentence, &out, engine.items.len())
        && engine.items.iter().any(|item| is_excepted(scan, item, &out));
    let listed = |(index, item): (usize, &Item)| {
        let mut topics = within(&scan.words, &sentence.range).filter(|w| w.is_in(item.topics)).map(|w| &w.range);
        let named = || all || elsewhere && scans.iter().any(|other| other.words.has(item.names));
        let range = topics.find(|range| is_in_list(scan, sentence, range, &out)).or(named().then_some(&out))?;
        Some(hit(page, scan, sentence, index, Decision::of(Assertion::Done), range, "topic", engine))
    };
    let items = engine.items.iter().enumerate();
    items.filter(|(_, item)| !is_excepted(scan, item, &out)).filter_map(listed).collect()
}

/// Whether a topic only names those whom an item is for: what is planned for 残疾儿童 need not be this item.
fn names_people(scan: &Scan<'_>, range: &Range<usize>) -> bool {
    let topic = scan.passage.text.normal.get(range.clone()).unwrap_or("");
    PEOPLE.iter().any(|w| topic.ends_with(w))
}

/// A topic of an item with a denial or a plan: 原定17日的入户没有进行. In a sentence that names items it must stand in a row with
/// one of them: 上门送教、控辍保学我园均不涉及.
fn by_topic(
    page: &Page<'_>,
    scan: &Scan<'_>,
    sentence: &Sentence,
    present: &ListSet,
    names: &[(usize, Range<usize>)],
    engine: &Engine,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    let called = if names.is_empty() { called(scan, sentence, engine) } else { None };
    let row = |a: &Range<usize>, b: &Range<usize>| a.end < b.start && is_listed(scan, a, b.start);
    let beside = |topic: &Range<usize>, name: &Range<usize>| {
        let counted = || is_counted_together(&scan.passage.text.normal, &clause_of(sentence, topic), topic, name);
        row(topic, name) || row(name, topic) || counted()
    };
    let listed = |topic: &Range<usize>| names.is_empty() || names.iter().any(|(_, name)| beside(topic, name));
    // 控辍保学与我校无关,送教上门我校也不承担: a clause of its own.
    let alone = |topic: &Range<usize>| {
        let clause = clause_of(sentence, topic);
        !names.iter().any(|(_, name)| clause.contains(&name.start))
    };
    let unnamed = |index: &usize| !names.iter().any(|(item, _)| item == index);
    for (index, item) in engine.items.iter().enumerate().filter(|(index, _)| unnamed(index)) {
        let topic = within(&scan.words, &sentence.range)
            .filter(|w| present.has(item.topics) && w.is_in(item.topics) && !is_masked(scan, item, &w.range))
            .find(|w| listed(&w.range) || alone(&w.range));
        let called = called.clone().filter(|(i, _)| *i == index).map(|(_, range)| range);
        let Some(range) = topic.map(|w| w.range.clone()).or(called) else { continue };
        let later = || moment::after_signature(page, scan.passage, sentence, &range);
        // 入户时叮嘱家长…: what was said or meant in the course of it makes no plan of it.
        let tail = scan.passage.text.normal.get(range.end..).unwrap_or("");
        let told = DURING.iter().any(|w| tail.starts_with(w));
        let before = |d: &Decision| d.at.as_ref().is_none_or(|at| at.start < range.start);
        let decided = scan
            .decide_name(sentence, &range, sentence.range.end, index, engine)
            .filter(|d| !told || d.assertion != Assertion::Planned || before(d))
            .or_else(|| later().map(|day| Decision::because(Assertion::Planned, day)));
        let against =
            |d: &Decision| matches!(d.assertion, Assertion::NotDone | Assertion::Planned | Assertion::NotApplicable);
        // A plan elsewhere in the sentence, or in the mood of a section, is no plan for a topic.
        let clause = clause_of(sentence, &range);
        let near = |d: &Decision| {
            // A pattern may begin with the mark that ends the clause before it: its last character tells where it stands.
            let here = |at: &Range<usize>| at.end > sentence.range.start && at.end.saturating_sub(1) < clause.end;
            let in_clause = d.at.as_ref().is_some_and(|at| here(at) && clause.start < at.end + BEFORE);
            let planned = in_clause || later().is_some() || page.is_to_come();
            // 完成一次入户走访,月底前完成送教: a plan in the topic's own clause is of the topic, and so is an exemption.
            let own = matches!(d.assertion, Assertion::NotApplicable | Assertion::Planned)
                && d.at.as_ref().is_some_and(|at| clause.contains(&at.start));
            (listed(&range) || own) && (d.assertion != Assertion::Planned || planned && !names_people(scan, &range))
        };
        // What its own clause says decides where a later one speaks of something else.
        let own = || {
            if told { None } else { scan.decide_name(sentence, &range, clause.end.saturating_sub(1), index, engine) }
        };
        let counts = |d: Option<Decision>| d.filter(against).filter(near);
        if let Some(decision) = counts(decided).or_else(|| counts(own())) {
            hits.push(hit(page, scan, sentence, index, decision, &range, "topic", engine));
        }
    }
    hits
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
    let dates = moment::dates_of(scan.passage, sentence, anchor);
    // Another matter may stand in the way of what the heading names, or be joined with it: 拟结合校园文化节一并组织.
    let under = rule == "under_heading" && decision.assertion != Assertion::Done && page.foreign.is_none();
    let decision = if under { decision } else { overruled(page, scan, sentence, anchor, decision, engine) };
    Hit {
        item,
        sentence: sentence.range.start,
        bare: false,
        whole: false,
        rule: format!("{}.{rule}", engine.items[item].id),
        strength: if decision.assertion == Assertion::Done { Strength::Weak } else { Strength::Strong },
        assertion: decision.assertion,
        cue: decision.cue,
        place: scan.passage.place.clone(),
        spot: Some(Spot { passage: scan.index, at: anchor.start }),
        quote: scan.passage.text.quote(sentence.range.clone()).to_string(),
        dates,
        counts: Vec::new(),
        unit: None,
    }
}
