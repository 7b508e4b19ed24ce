//! Partly done is done: what another did not do, or a few did not, is not of the deed told beside it. 召开了会议的9所,一所没有召开;
//! 未入户2名,其余58名均已入户.

use crate::detect::cues::CueHit;
use crate::detect::passage::{Sentence, is_numeral};
use crate::model::rules::Category;
use std::ops::Range;

/// How one is named who did not do what the rest did.
const OTHERS: [&str; 19] = [
    "但有",
    "小学",
    "中学",
    "教学点",
    "幼儿园",
    "其余",
    "其他",
    "余户",
    "剩余",
    "另有",
    "另外",
    "个别",
    "有的",
    "剩",
    "还有",
    "余下",
    "另一名",
    "还剩",
    "没走到",
];
/// How the rest of them is named of whom a few did not.
const REST: [&str; 6] = ["其余", "其他", "剩下", "剩余", "余下", "另外"];
/// How one goes on to what was wrong with what was done.
const BUT: [&str; 6] = ["但", "只是", "不过", "可是", "然而", "却"];
/// Measures of people, households and schools; items are none: 其余5项均已完成 is of other matters.
const MEASURES: [&str; 8] = ["名", "户", "人", "所", "家", "位", "个村", "个学校"];
/// How places are named that are told of one after the other: 刘楼村已走完,耿庄村没有进去.
const PLACES: [&str; 9] = ["村", "组", "庄", "屯", "寨", "社区", "小学", "学校", "点"];

/// Whether a cue against a deed speaks of others than those who did it.
pub fn is_of_others(
    normal: &str,
    cues: &[CueHit],
    sentence: &Sentence,
    anchor: &Range<usize>,
    against: &CueHit,
) -> bool {
    matches!(against.category, Category::Negated | Category::Planned | Category::Conditional)
        && (is_told_after(normal, cues, sentence, anchor, against)
            || is_of_a_few(normal, cues, sentence, against)
            || is_made_up(normal, cues, sentence, anchor, against))
}

/// Whether a list of faults grants what was finished: 虽然讲过一次,但有的家长没有来.
pub fn is_granted(normal: &str, sentence: &Sentence, finished: &CueHit) -> bool {
    let but = |c: &Range<usize>| normal.get(c.clone()).is_some_and(|t| BUT.iter().any(|w| t.starts_with(w)));
    sentence.clauses.iter().any(|c| finished.range.end <= c.start && but(c))
}

/// Whether a later clause says it of somebody else, after a deed that is told as finished or counted.
fn is_told_after(normal: &str, cues: &[CueHit], sentence: &Sentence, anchor: &Range<usize>, against: &CueHit) -> bool {
    let text = |c: &Range<usize>| normal.get(c.clone()).unwrap_or("");
    let clause = sentence.clause_at(against.range.end.saturating_sub(1)).filter(|c| c.start >= anchor.end);
    let Some(clause) = clause else { return false };
    let completed = |c: &&CueHit| c.category == Category::Completed;
    let overlaps = |c: &CueHit| c.range.start < anchor.end && anchor.start < c.range.end;
    let before = |c: &CueHit| sentence.range.start <= c.range.start && c.range.end <= against.range.start;
    let finished = cues.iter().filter(completed).any(overlaps)
        || anchor.is_empty() && cues.iter().filter(completed).any(before)
        || normal.get(anchor.end..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    // 3人已送教完毕,另1人随父母看病,待其返回后补送: another is named in one clause, and what it lacks in the next.
    let named = |c: &&Range<usize>| c.start >= anchor.end && c.end <= clause.start && text(c).starts_with(['另', '余']);
    let told = |c: &Range<usize>| cues.iter().filter(completed).any(|h| before(h) && h.range.end <= c.start);
    let another = sentence.clauses.iter().filter(named).any(told);
    let others = OTHERS.iter().any(|w| text(clause).contains(w)) || text(clause).starts_with('另');
    // 比对学籍,为7名建立了台账,5名已销号,另外2名正在做工作: of those that the deed has led to.
    let result = |c: &CueHit| anchor.end <= c.range.start && c.range.end <= clause.start;
    let some_are_left = is_counted_rest(text(clause)) && cues.iter().filter(completed).any(result);
    if another || finished && others || some_are_left {
        return true;
    }
    let mut told = sentence.clauses.iter().filter(|c| c.end <= clause.start);
    let of_place = |c: &&Range<usize>| begins_with_place(text(c)) && cues.iter().filter(completed).any(|h| is_in(h, c));
    begins_with_place(text(clause)) && told.any(|c| of_place(&c))
}

/// Whether it is denied of one day, and told as finished of a later one: 17日没去成,20日下午6名教师已到村里入户.
fn is_made_up(normal: &str, cues: &[CueHit], sentence: &Sentence, anchor: &Range<usize>, against: &CueHit) -> bool {
    let clause = sentence.clause_at(anchor.start).filter(|c| against.range.end <= c.start);
    let finished = |h: &&CueHit| h.category == Category::Completed && normal[h.range.clone()].contains('已');
    let later = |c: &Range<usize>| normal.get(against.range.end..c.start).is_some_and(|t| t.contains(['日', '号']));
    against.category == Category::Negated
        && clause.is_some_and(|c| later(c) && cues.iter().filter(finished).any(|h| is_in(h, c)))
}

/// Whether the sentence goes on to say that the rest of them did it.
fn is_of_a_few(normal: &str, cues: &[CueHit], sentence: &Sentence, against: &CueHit) -> bool {
    let said = |c: &&Range<usize>| {
        is_counted_rest(normal.get((*c).clone()).unwrap_or(""))
            && cues.iter().any(|h| h.category == Category::Completed && is_in(h, c))
    };
    against.category == Category::Negated
        && sentence.clauses.iter().filter(|c| against.range.end <= c.start).any(|c| said(&c))
}

/// Whether a clause begins with how many are left: 其余58名, 另外2名.
fn is_counted_rest(clause: &str) -> bool {
    let rest = REST.iter().find_map(|w| clause.strip_prefix(w)).map(|t| t.trim_start_matches('的'));
    let figure = rest.map(|t| (t, t.trim_start_matches(is_numeral)));
    figure.is_some_and(|(t, tail)| tail.len() < t.len() && MEASURES.iter().any(|m| tail.starts_with(m)))
}

fn is_in(hit: &CueHit, clause: &Range<usize>) -> bool {
    clause.contains(&hit.range.end.saturating_sub(1))
}

/// Whether a clause begins with the name of a village or a school.
fn begins_with_place(clause: &str) -> bool {
    /// The most characters of such a name.
    const NAME: usize = 6;
    let end = clause.char_indices().nth(NAME).map_or(clause.len(), |(at, _)| at);
    PLACES.iter().any(|p| clause[..end].find(p).is_some_and(|at| at > 0))
}
