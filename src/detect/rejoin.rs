//! Sentences that a PDF file, a letter or a narrow editor has broken over several paragraphs, put together again.
//!
//! A line goes on in the next where it is as full as the document's full lines, where it ends or the next begins with a
//! mark that no sentence ends or begins with, or where it is running text without an end and the next brings the end.

use crate::detect::glyph::{is_han, spelt};
use crate::detect::passage::{looks_like_heading, number_length};
use std::borrow::Cow;

/// Fewer characters fill no line.
const FULL: usize = 16;
/// Lines with so many columns less than the fullest are full: a mark or a number did not fit.
const RAGGED: usize = 3;
/// So many full lines without an end are no chance.
const LEAST: usize = 3;
/// More lines than these make no sentence.
const MOST: usize = 80;

/// How long a line is.
type Measure = fn(&str) -> usize;
/// Some editors fill lines by width, where a Chinese character takes two columns, others by number of characters.
const MEASURES: [Measure; 2] =
    [|line| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(), |line| line.chars().count() * 2];

/// For each line what stands there: itself with the lines that go on from it, or nothing where it goes on from one
/// before. `None` is what is no line, a table or a heading by style.
pub fn rejoined<'t>(lines: &[Option<&'t str>]) -> Vec<Option<Cow<'t, str>>> {
    let seen: Vec<Option<String>> = lines.iter().map(|l| l.map(|l| spelt(l.trim()))).collect();
    let full = MEASURES.map(|measure| (measure, full_length(&seen, measure)));
    let mut whole: Vec<Option<Cow<'t, str>>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        let mut text: Option<Cow<'t, str>> = line.map(Cow::Borrowed);
        let first = at;
        while let (Some(text), Some(Some(last)), Some(Some(next)), Some(Some(written))) =
            (&mut text, seen.get(at), seen.get(at + 1), lines.get(at + 1))
        {
            if at - first >= MOST || !goes_on(last, next, &full) {
                break;
            }
            // A number that the line's end has cut through is one number.
            if last.ends_with(is_digit) && next.starts_with(is_digit) {
                let end = text.trim_end().len();
                text.to_mut().truncate(end);
                text.to_mut().push_str(written.trim_start());
            } else {
                text.to_mut().push('\n');
                text.to_mut().push_str(written);
            }
            at += 1;
        }
        whole.push(text);
        whole.extend((first..at).map(|_| None));
        at += 1;
    }
    whole
}

/// Whether a line goes on in the next one.
fn goes_on(line: &str, next: &str, full: &[(Measure, Option<usize>)]) -> bool {
    let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else { return false };
    if ends_sentence(line) || last == ':' || number_length(next).is_some() || is_bullet(first) {
        return false;
    }
    if full.iter().any(|(measure, full)| full.is_some_and(|f| (f..=f + RAGGED).contains(&(measure(line) + RAGGED)))) {
        return true;
    }
    if looks_like_heading(line, false) {
        return false;
    }
    let length = line.chars().count();
    let cut_before = matches!(first, ',' | '。' | '、' | ')' | '》' | ';');
    let cut_after = matches!(last, ',' | '、' | '(' | '《') && length >= FULL / 2;
    let told = line.contains([',', '。']) && length >= FULL;
    cut_before || cut_after || told && is_han(last) && ends_sentence(next) && !is_digit(first) && first != '('
}

/// The length of a full line: what several lines without an end have in common, and few lines exceed.
fn full_length(lines: &[Option<String>], measure: Measure) -> Option<usize> {
    let all = || lines.iter().flatten().map(String::as_str);
    let open: Vec<usize> =
        all().filter(|l| !ends_sentence(l)).map(measure).filter(|length| *length >= FULL * 2).collect();
    let alike =
        |full: usize| open.iter().filter(|length| (full..=full + RAGGED).contains(&(**length + RAGGED))).count();
    let full = open.iter().copied().max_by_key(|full| (alike(*full), *full))?;
    let longer = all().filter(|line| measure(line) > full).count();
    (alike(full) >= LEAST && longer * 2 <= alike(full)).then_some(full)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '’', ')', '」']).ends_with(['。', '!', '?', ';', '…', '.'])
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '·' | '•' | '●' | '■' | '◆' | '▲' | '★' | '☆' | '-' | '—' | '*' | '√' | '【' | '①'..='⑳' | '(' | '（' | '第'
    )
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> Vec<String> {
        let lines: Vec<Option<&str>> = lines.iter().map(|l| Some(*l)).collect();
        rejoined(&lines).into_iter().flatten().map(Cow::into_owned).collect()
    }

    #[test]
    fn full_lines_go_on() {
        let lines = [
            "龙池镇中心校扶贫日活动总结",
            "10月12日下午,中心校在三楼会议室召开教育扶贫专题会",
            "议,各小学校长、园长、资助专干及中心校干部共三十一人",
            "参会。会上通报了前三季度资助发放和控辍保学情况,20",
            "20年秋季学期的问题也摆上了桌面。",
            "龙池镇中心校",
        ];
        let whole = joined(&lines);
        assert_eq!(whole.len(), 3, "{whole:#?}");
        assert_eq!(whole[1].replace('\n', ""), lines[1..5].concat());
        assert!(whole[1].contains("2020年"));
    }

    #[test]
    fn a_sentence_that_is_cut_once_goes_on() {
        for (first, second) in [
            ("10月14日,各班召开家长会,", "把资助政策讲给家长听。"),
            ("10月14日各班召开家长会,把资助政策讲给前来的", "每一位家长听,并发放了明白卡。"),
            ("学校组织教师进村入户走访", ",了解情况。"),
        ] {
            assert_eq!(joined(&[first, second]), [format!("{first}\n{second}")]);
        }
    }

    #[test]
    fn paragraphs_of_their_own_stay() {
        for lines in [
            ["龙池镇中心校2020年全国扶贫日活动开展情况总结", "10月12日召开会议,全体参加。"],
            ["一、专题会议", "我校召开会议。"],
            ["发放明白卡500份,受众一千二百人,覆盖全部年级", "召开家长会六场"],
            ["县教育局:", "现将情况汇报如下。"],
            ["10月12日召开会议,全体教师参加。", "会后走访了贫困户。"],
            ["学校召开了会议,共有三十一名教师参加了这次会议", "二、走访贫困户。"],
        ] {
            assert_eq!(joined(&lines), lines);
        }
    }

    #[test]
    fn what_is_no_line_parts_lines() {
        let lines = [Some("学校召开了会议,"), None, Some("走访了贫困户。")];
        assert_eq!(rejoined(&lines).iter().flatten().count(), 2);
    }
}
