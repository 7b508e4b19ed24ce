//! Lines that ask for an item which the lines below them tell of: 问:会开了没有?, 工作内容:专题会议 before 完成情况:….

use crate::detect::engine::Engine;
use crate::detect::passage::label;
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
    // 活动一 专题会议 before 是否开展:是.
    let is_headed = || {
        lines()
            .next()
            .and_then(|line| label(&line))
            .is_some_and(|(l, _)| l.starts_with("是否") && answers.replies.contains(&l))
    };
    let most = if text.contains('"') { QUOTED } else { LINE };
    text.chars().count() <= most
        && !text.contains('。')
        && (text.ends_with('?') || (labelled(text, &answers.asks) || quotes()) && is_answered() || is_headed())
        && engine.items_of_label(text).len() == 1
}

/// Whether a line is a question, whatever it asks for: what answers it is no answer to the one before.
pub fn is_question(text: &str, engine: &Engine) -> bool {
    text.ends_with('?') && label(text).is_some_and(|(l, _)| engine.answers().asks.contains(&l))
}

/// A question and its answer that stand in one line: 问:会开了没有?答:开了,13号下午。
pub fn question(line: &str) -> Option<(&str, &str)> {
    let at = line.match_indices('答').map(|(at, _)| at).find(|at| {
        line[..*at].trim_end().ends_with(['?', '？'])
            && line[*at + '答'.len_utf8()..].trim_start().starts_with([':', '：'])
    })?;
    Some((line[..at].trim_end(), &line[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_parted_from_its_answer() {
        assert_eq!(question("问：会开了没有？ 答：开了。"), Some(("问：会开了没有？", "答：开了。")));
        assert_eq!(question("问他答:不知道"), None);
    }
}
