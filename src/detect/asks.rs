//! Lines that ask for an item which the lines below them tell of: 问:会开了没有?, 工作内容:专题会议 before 完成情况:….

use crate::detect::engine::Engine;
use crate::detect::passage::label;
use crate::detect::replies::{answer as usual, without_duty};
use crate::detect::text::normal;

/// Whether a line asks for an item that the next one tells of: 会开了没有?, or 工作内容:专题会议 before 完成情况:….
pub fn asks(text: &str, next: &[Option<&str>], engine: &Engine) -> bool {
    /// The most characters of such a line.
    const LINE: usize = 50;
    /// The same, where it is the notice's sentence.
    const QUOTED: usize = 120;
    /// So many lines below it may hold the answer.
    const BETWEEN: usize = 3;
    let labelled = |text: &str, labels: &[String]| label(text).is_some_and(|(l, _)| labels.contains(&l));
    let answers = engine.answers();
    // 通知要求“召开一次专题会议”。 and 通知要求:“召开一次专题会议,总结成绩。”
    let text = text.trim_end_matches('。');
    let text = text.strip_suffix("。\"").unwrap_or(text);
    let quotes = || answers.asks.iter().any(|a| text.strip_prefix(a.as_str()).is_some_and(|t| t.starts_with('"')));
    // 责任人:… may stand between.
    let lines = || next.iter().flatten().take(BETWEEN).map(|line| normal(line));
    let is_answered = || {
        let mut lines = lines().take_while(|line| !labelled(line, &answers.asks));
        lines.any(|line| labelled(&line, &answers.replies))
    };
    // 活动一 专题会议 before 是否开展:是 or 开展情况:不涉及.
    let is_headed = || {
        // 安排:…, or the notice's sentence, may stand between.
        let is_reply = |line: &str| label(line).filter(|(l, _)| answers.replies.contains(l));
        let between = |line: &String| is_reply(line).is_none() && (label(line).is_some() || engine.notice.holds(line));
        // 图4:… has a label of its own, and asks nothing.
        let passed = if label(text).is_some() { 0 } else { lines().take_while(between).count() };
        let Some(line) = lines().nth(passed) else { return false };
        let word = |length: usize| line.get(length..).map_or("", |said| said.split(['。', ',']).next().unwrap_or(said));
        let answers = |length: usize| usual(word(length), engine).is_some() || passed > 0;
        is_reply(&line).is_some_and(|(l, length)| l.starts_with("是否") || answers(length))
    };
    let most = if text.contains('"') { QUOTED } else { LINE };
    let of_one = || engine.items_of_label(&without_duty(text)).len() == 1;
    let is_asked = || (labelled(text, &answers.asks) || quotes()) && is_answered();
    text.chars().count() <= most
        && !text.contains('。')
        && (is_asked() || (text.ends_with('?') || is_headed()) && of_one())
}

/// Whether a line is a question, whatever it asks for: what answers it is no answer to the one before.
pub fn is_question(text: &str, engine: &Engine) -> bool {
    text.ends_with('?') && label(text).is_some_and(|(l, _)| engine.answers().asks.contains(&l))
}

/// A question and its answer that stand in one line: 问:会开了没有?答:开了,13号下午。 会开了没有?--开了。
pub fn question<'t>(line: &'t str, is_answer: &dyn Fn(&str) -> bool) -> Option<(&'t str, &'t str)> {
    let ends = line.match_indices(['?', '？']).map(|(at, mark)| at + mark.len());
    ends.filter_map(|end| Some((&line[..end], answer(line[end..].trim_start(), is_answer)?))).next()
}

/// What answers a question beside it.
fn answer<'t>(said: &'t str, is_answer: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    let labelled = said.strip_prefix('答').is_some_and(|rest| rest.trim_start().starts_with([':', '：']));
    let dashed = ["——", "--", "—"].iter().find_map(|dash| said.strip_prefix(dash)).map(str::trim_start);
    // 是否开展过成效宣传? 否   原因:…
    let word = || said.split(|c: char| c.is_whitespace() || "，。,;；".contains(c)).next().unwrap_or(said);
    if labelled || dashed.is_none() && is_answer(word()) {
        return Some(said);
    }
    dashed.filter(|answer| !answer.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_parted_from_its_answer() {
        assert_eq!(question("问：会开了没有？ 答：开了。", &|_| false), Some(("问：会开了没有？", "答：开了。")));
        assert_eq!(question("去了吗?——没去。路断了", &|_| false), Some(("去了吗?", "没去。路断了")));
        assert_eq!(question("问他答:不知道", &|_| true), None);
        assert_eq!(question("开展过宣传? 否  原因:忙", &|word| word == "否"), Some(("开展过宣传?", "否  原因:忙")));
    }
}
