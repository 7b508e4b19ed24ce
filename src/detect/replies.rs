//! What a word says that fills a cell or a line whole: 是, 未开展, □√已开展□未开展.

use crate::detect::cues::CueHit;
use crate::detect::engine::Engine;
use crate::detect::expression::Letters;
use crate::model::reading::Assertion;
use crate::model::rules::Category;

/// Words for those whom schools are for.
pub const PEOPLE: [&str; 4] = ["学生", "儿童", "孩子", "娃"];
/// How those are named who are left after what was done.
const REST: [&str; 6] = ["另", "剩", "余", "其余", "还有", "还剩"];
/// Boxes to tick.
const BOXES: [char; 3] = ['□', '☐', '◻'];
/// Boxes that are ticked, and ticks.
const TICKS: [char; 5] = ['√', '✓', '✔', '☑', '■'];

/// Where the next box begins, and where what follows it does: □, ☑, [√], and [ ] without its blank.
fn next_box(text: &str) -> Option<(usize, usize)> {
    let is_mark = |c: char| BOXES.contains(&c) || TICKS.contains(&c);
    let mark = text.find(is_mark);
    let empty = ["[]", "()", "【】"].iter().filter_map(|pair| text.find(pair)).min();
    let at = mark.into_iter().chain(empty).min()?;
    let start = text[..at].trim_end_matches(['[', '(', '【']).len();
    let after = text[at..].trim_start_matches(|c| is_mark(c) || "[]()【】".contains(c));
    Some((start, text.len() - after.len()))
}

/// What is ticked of several choices, and what stands before them: 专题会议□√已开展□未开展, 是☑否□, 会议:[√]开了[ ]没开.
pub fn ticked(text: &str) -> Option<(&str, &str)> {
    let (first, _) = next_box(text)?;
    // 是√ 否□: a mark may stand behind what it is of.
    let label = text[..first].rfind(':').map_or(first, |at| at + 1);
    let behind = label < first;
    let mut choices: Vec<(&str, bool)> = Vec::new();
    let mut rest = &text[label..];
    while let Some((at, end)) = next_box(rest) {
        let (word, marks, after) = (&rest[..at], &rest[at..end], &rest[end..]);
        let next = next_box(after).map_or(after.len(), |(at, _)| at);
        choices.push((if behind { word } else { &after[..next] }, marks.contains(TICKS)));
        rest = after;
    }
    let mut chosen = choices.iter().filter(|(_, tick)| *tick);
    let (word, _) = chosen.next().filter(|_| choices.len() > 1 && chosen.next().is_none())?;
    let is_edge = |c: char| " ,。;:()[]".contains(c);
    Some((text[..label].trim_matches(is_edge), word.trim_matches(is_edge)))
}

/// What a word that fills a cell asserts, if it is one that answers.
pub fn answer(text: &str, engine: &Engine) -> Option<Assertion> {
    if let Some(("", word)) = ticked(text) {
        return answer(word, engine);
    }
    let answers = engine.answers();
    let is = |words: &[String]| words.iter().any(|w| w == text);
    match text {
        _ if is(&answers.done) => Some(Assertion::Done),
        _ if is(&answers.not_done) => Some(Assertion::NotDone),
        _ if is(&answers.not_applicable) || is(&answers.nothing) => Some(Assertion::NotApplicable),
        _ if is(&answers.planned) => Some(Assertion::Planned),
        _ if is(&answers.silent) => Some(Assertion::Background),
        _ => None,
    }
}

/// What an answer means for an item: 无 exempts only from what may be nobody's duty.
pub fn answer_for(item: usize, assertion: Assertion, cue: Option<&str>, engine: &Engine) -> Assertion {
    let nothing = cue.is_some_and(|c| engine.answers().nothing.iter().any(|w| w == c));
    match assertion {
        Assertion::NotApplicable if nothing && !engine.items[item].may_be_exempt() => Assertion::NotDone,
        other => other,
    }
}

/// Whether a label asks for a duty and not for a deed: 是否承担送教任务, 有无包联村.
pub fn asks_for_duty(label: &str) -> bool {
    let asked = ["是否", "有无", "有没有"].iter().any(|w| label.contains(w));
    let duty = ["承担", "任务", "职责", "对象", "负责"].iter().any(|w| label.contains(w));
    // 有没有卧床的学生: whether there is anybody to care for.
    let whom = label.trim_end_matches(['?', '吗', ':']);
    let anybody = PEOPLE.iter().any(|w| whom.ends_with(w));
    asked && (duty || anybody || ["包联村", "帮扶村", "包联单位"].iter().any(|w| whom.ends_with(w)))
}

/// A label as it names an item: of one that asks for a duty the words for that are none of its name, 是否承担送教任务.
pub fn without_duty(label: &str) -> String {
    if asks_for_duty(label) { label.replace("任务", "").replace("对象", "") } else { label.to_string() }
}

/// Whether it is asked whether there is anybody: 有个孩子常年卧床?
pub fn asks_for_anybody(label: &str) -> bool {
    /// So many characters after 有没有 name whom it is asked for.
    const WHOM: usize = 8;
    let asked = ["有个", "有没有", "有无", "有几个"].iter().find_map(|w| label.split_once(w));
    let whom: String = asked.map(|(_, rest)| rest.chars().take(WHOM).collect()).unwrap_or_default();
    PEOPLE.iter().any(|w| whom.contains(w)) && !["给", "向", "对", "跟"].iter().any(|w| whom.contains(w))
}

/// What a cell's words assert, if they are about that at all.
pub fn said_in(text: &str, engine: &Engine) -> Option<(Assertion, String)> {
    if let Some(assertion) = answer(text, engine) {
        return Some((assertion, text.to_string()));
    }
    // √/×均不填: the answers to choose from are none.
    if text.contains('√') && text.contains('×') {
        return None;
    }
    let words = engine.indexed_in(text);
    let cues = engine.cues_in(&Letters::new(text), &words);
    // 17日下雨没去成,18日补上了, 三所没有完成,其余均已走完: what was made up for, or a few did not, was done.
    let made_up = |denied: &CueHit| {
        let later = cues.iter().filter(|c| c.category == Category::Completed && c.range.start > denied.range.end);
        later
            .filter_map(|c| text.get(denied.range.end..c.range.end))
            .any(|t| t.contains(",") && ["补", "其余", "其他"].iter().any(|w| t.contains(w)))
    };
    // 17日完成33户,剩余5户外出未见: what is said of the rest is not of what was done before it.
    let of_rest = |denied: &CueHit| {
        let cue = text.get(denied.range.clone()).unwrap_or("");
        let from = denied.range.start + cue.len() - cue.trim_start_matches(',').len();
        let start = text.get(..from).and_then(|t| t.rfind([',', ';'])).map_or(0, |at| at + 1);
        let ahead = text.get(..start).unwrap_or("");
        let told = ["完成", "已", "走访", "走了"].iter().any(|w| ahead.contains(w))
            && ahead.contains(|c: char| c.is_ascii_digit());
        told && REST.iter().any(|w| text.get(start..).is_some_and(|t| t.starts_with(w)))
    };
    for (category, assertion) in [
        (Category::Exempt, Assertion::NotApplicable),
        (Category::Negated, Assertion::NotDone),
        (Category::Planned, Assertion::Planned),
        (Category::Completed, Assertion::Done),
        (Category::Conditional, Assertion::Planned),
    ] {
        let denies = |c: &CueHit| {
            c.category == Category::Negated && made_up(c)
                || matches!(c.category, Category::Negated | Category::Planned) && of_rest(c)
        };
        if let Some(hit) = cues.iter().find(|c| c.category == category && !denies(c)) {
            return Some((assertion, text[hit.range.clone()].to_string()));
        }
    }
    None
}
