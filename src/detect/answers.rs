//! Lines of a form: `专项整改:否。`, `是否到包联村入户:是(10月17日)`, and what answers the line above: `问:会开了没有?` `答:开了,…`.
//! The answer decides, whatever else the line says.

use crate::detect::assertion::Scan;
use crate::detect::engine::Engine;
use crate::detect::glyph::is_han;
use crate::detect::matcher::{Finds, Hit};
use crate::detect::moment;
use crate::detect::page::Page;
use crate::detect::passage::{Passage, PassageKind, Sentence};
use crate::detect::replies::{answer, answer_for, asks_for_anybody, asks_for_duty, said_in, ticked, without_duty};
use crate::model::reading::{Assertion, Strength};

/// The most characters of an answer that is not one of the usual words.
const ANSWER: usize = 16;

/// Finds answered lines.
pub fn find(page: &Page<'_>, scans: &[Scan<'_>], engine: &Engine) -> Finds {
    // A numbered line without a full stop looks like a heading.
    let may_answer = |s: &&Scan<'_>| match s.passage.kind {
        PassageKind::Prose => s.passage.answers || s.passage.lead > 0 || ticked(&s.passage.text.normal).is_some(),
        kind => kind == PassageKind::Heading,
    };
    let lines = scans.iter().filter(may_answer);
    Finds { hits: lines.filter_map(|scan| answered(page, scan, engine)).collect(), ..Finds::default() }
}

/// Whether a label is nothing but a word: ◆入户:….
fn is_short(label: &str) -> bool {
    label.chars().filter(|c| is_han(*c)).count() <= 3
}

/// Whether it is asked whether there is something that nobody wants to find.
fn asks_after_trouble(label: &str, engine: &Engine) -> bool {
    ["有没有", "有无", "没有"].iter().any(|w| label.contains(w))
        && engine.answers().unwanted.iter().any(|w| label.contains(w.as_str()))
}

/// What is left of an answer when the days before it are taken away: 10月13日至16日完成.
fn without_days(word: &str) -> &str {
    let dated = word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains('前');
    let end = word.rfind(['日', '号']).filter(|_| dated);
    end.and_then(|at| word.get(at + '日'.len_utf8()..)).map_or(word, |w| w.trim_start_matches(['上', '下', '午', '晚']))
}

/// What a count alone answers: 专题会议:1场, 成效宣传:0.
fn counted(word: &str) -> Option<Assertion> {
    const TIMES: [&str; 10] = ["", "人次", "场", "次", "期", "篇", "份", "节", "课时", "场次"];
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let number: u32 = word[..word.len() - unit.len()].parse().ok()?;
    let done = if number > 0 { Assertion::Done } else { Assertion::NotDone };
    (TIMES.contains(&unit) && (number == 0 || !unit.is_empty())).then_some(done)
}

/// A label and what stands behind its colon or dash: 专项整改:否, 专题会议--完成.
fn labelled(text: &str) -> Option<(&str, &str)> {
    let colon = text.split_once(':');
    let dash = text.split_once("--").filter(|(label, _)| colon.is_none_or(|(other, _)| label.len() < other.len()));
    dash.or(colon)
}

/// What is left of an answer before the next field of its line, behind a blank: 否  时间:10月24日.
fn first_field<'t>(word: &'t str, at: usize, passage: &Passage) -> &'t str {
    let field =
        passage.text.gaps.iter().filter_map(|gap| gap.checked_sub(at)).find(|gap| *gap > 0 && *gap < word.len());
    field.filter(|_| word.contains(':')).and_then(|end| word.get(..end)).unwrap_or(word)
}

/// Whether a bracket after an answer says that there is no such duty.
fn is_exempt(rest: &str, engine: &Engine) -> bool {
    let bracket = rest.split_once('(').and_then(|(_, said)| said.split_once(')'));
    bracket.and_then(|(said, _)| said_in(said, engine)).is_some_and(|(said, _)| said == Assertion::NotApplicable)
}

fn answered(page: &Page<'_>, scan: &Scan<'_>, engine: &Engine) -> Option<Hit> {
    let passage = scan.passage;
    let text = &passage.text.normal;
    let (label, rest) = match passage.answers {
        true => (passage.heading.as_str(), text.get(passage.lead..)?),
        false => ticked(text).or_else(|| labelled(text))?,
    };
    // 是否有包联村?是否已入户? 有,…: a word answers what is asked first.
    let label = label.split('?').next().unwrap_or(label);
    let word = &rest[..rest.find(['(', ',', '。', ';']).unwrap_or(rest.len())];
    let word = first_field(word, text.len() - rest.len(), passage);
    let usual = answer(word, engine).or_else(|| answer(without_days(word), engine));
    // 15:00 is no answer.
    let is_time = label.ends_with(|c: char| c.is_ascii_digit());
    let usual = usual.or_else(|| if page.is_to_come() || is_time { None } else { counted(word) });
    // What is told in words of its own may be of another matter: 一次排查:对围墙作了鉴定.
    let is_asked = page.foreign.is_none()
        && (passage.answers
            || engine.items_named(label).len() == 1
            || is_short(label) && engine.items_of_label(label).len() == 1);
    let may_say = is_asked && word.chars().count() <= ANSWER;
    // 有个孩子病了,…: what is the case is no answer yet.
    // 问了教导处,说没有这样的学生: nor is what leads to one that says the contrary.
    let contrary = || scan.denies(&(text.len() - rest.len() + word.len()..text.len()));
    let is_case = |assertion: Assertion| assertion == Assertion::Done && (word.contains('有') || contrary());
    // 17日下雨没去成,18日补上了: the sentence tells what became of it.
    let sentence = &rest[..rest.find(['。', ';']).unwrap_or(rest.len())];
    let became = |assertion: Assertion| match said_in(sentence, engine) {
        Some((Assertion::Done, _)) if assertion == Assertion::NotDone => Assertion::Done,
        _ => assertion,
    };
    let said = || said_in(word, engine).map(|(assertion, _)| became(assertion)).filter(|a| may_say && !is_case(*a));
    let assertion = usual.or_else(said).filter(|a| a.counts())?;
    let items = engine.items_of_label(&without_duty(label));
    let [item] = items.as_slice() else { return None };
    let assertion = match answer_for(*item, assertion, Some(word), engine) {
        // 有没有辍学的?没有,名册点过了: whatever was done about it stands in the words that follow.
        Assertion::Done | Assertion::NotDone if asks_after_trouble(label, engine) => return None,
        Assertion::NotDone if asks_for_duty(label) => Assertion::NotApplicable,
        // 上门送教:否(无此类学生)
        Assertion::NotDone if engine.items[*item].may_be_exempt() && is_exempt(rest, engine) => {
            Assertion::NotApplicable
        }
        Assertion::Done if asks_for_duty(label) => return None,
        // 有个孩子常年卧床? 有,…: that there is one, and no deed.
        Assertion::Done if word == "有" && asks_for_anybody(label) => return None,
        other => other,
    };
    let cue = (assertion != Assertion::Done).then(|| word.to_string());
    let whole =
        Sentence { range: 0..text.len(), clauses: passage.sentences.iter().flat_map(|s| s.clauses.clone()).collect() };
    Some(Hit {
        item: *item,
        rule: format!("{}.answer", engine.items[*item].id),
        assertion,
        cue,
        strength: if rest.len() > word.len() + '。'.len_utf8() { Strength::Strong } else { Strength::Weak },
        place: passage.place.clone(),
        sentence: 0,
        bare: false,
        whole: usual.is_some(),
        spot: None,
        quote: passage.text.quote(0..text.len()).to_string(),
        dates: moment::dates_of(passage, &whole, &(0..0)),
        counts: scan.counts().iter().map(|(_, count)| count.clone()).collect(),
        unit: None,
    })
}
