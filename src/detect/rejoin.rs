//! Sentences that a PDF file, a letter or a narrow editor has broken over several paragraphs, put together again.
//!
//! A line goes on in the next where it is as full as the document's full lines, where it ends or the next begins with a
//! mark that no sentence ends or begins with, or where it is running text without an end and the next brings the end.

use crate::detect::classes::{Class, class_of};
use crate::detect::glyph::{is_han, spell, spelt};
use crate::detect::passage::{label, looks_like_heading, number_length};
use std::borrow::Cow;
use std::cell::OnceCell;

/// Fewer characters fill no line.
const FULL: usize = 16;
/// Lines with so many columns less than the fullest are full: a mark or a number did not fit.
const RAGGED: usize = 3;
/// So many full lines without an end are no chance.
const LEAST: usize = 3;
/// What may close a sentence after its end.
const CLOSING: [char; 4] = ['"', '’', ')', '」'];
/// More lines than these make no sentence.
const MOST: usize = 80;

/// How long a line is, counted in two ways: some editors fill lines by width, where a Chinese character takes two columns,
/// others by number of characters.
type Lengths = [usize; 2];

/// A line, and what is known of it.
struct Line<'t> {
    written: &'t str,
    ends: bool,
    lengths: OnceCell<Lengths>,
}

impl<'t> Line<'t> {
    fn new(written: &'t str) -> Self {
        Line { written, ends: tail_ends_sentence(written.trim()), lengths: OnceCell::new() }
    }

    /// As the rules see its characters.
    fn seen(&self) -> String {
        spelt(self.written.trim())
    }

    fn lengths(&self) -> Lengths {
        *self.lengths.get_or_init(|| {
            let (mut width, mut count) = (0, 0);
            let mut add = |c: char| {
                width += if c.is_ascii() { 1 } else { 2 };
                count += 2;
            };
            for c in self.written.trim().chars() {
                match class_of(c) {
                    (Class::Other, _) => spell(c, &mut add),
                    (_, form) => add(form),
                }
            }
            [width, count]
        })
    }
}

/// For each line what stands there: itself with the lines that go on from it, or nothing where it goes on from one
/// before. `None` is what is no line, a table or a heading by style.
pub fn rejoined<'t>(lines: &[Option<&'t str>]) -> Vec<Option<Cow<'t, str>>> {
    let known: Vec<Option<Line<'t>>> = lines.iter().map(|l| l.map(Line::new)).collect();
    // Where no line ends a sentence their ends are all there is to tell sentences by.
    let ends = known.iter().flatten().any(|line| line.ends);
    let full = [0, 1].map(|way| if ends { full_length(&known, way) } else { None });
    let mut whole: Vec<Option<Cow<'t, str>>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        let mut text: Option<Cow<'t, str>> = line.map(Cow::Borrowed);
        let first = at;
        while let (Some(text), Some(Some(last)), Some(Some(next))) = (&mut text, known.get(at), known.get(at + 1)) {
            if at - first >= MOST || last.ends {
                break;
            }
            let (last_seen, next_seen) = (last.seen(), next.seen());
            if !goes_on(last, &last_seen, next, &next_seen, &full) {
                break;
            }
            // A number that the line's end has cut through is one number.
            if last_seen.ends_with(is_digit) && next_seen.starts_with(is_digit) {
                let end = text.trim_end().len();
                text.to_mut().truncate(end);
                text.to_mut().push_str(next.written.trim_start());
            } else {
                text.to_mut().push('\n');
                text.to_mut().push_str(next.written);
            }
            at += 1;
        }
        whole.push(text);
        whole.extend((first..at).map(|_| None));
        at += 1;
    }
    whole
}

/// Whether a line that ends no sentence goes on in the next one.
fn goes_on(last: &Line<'_>, line: &str, follows: &Line<'_>, next: &str, full: &[Option<usize>; 2]) -> bool {
    let (Some(end), Some(first)) = (line.chars().next_back(), next.chars().next()) else { return false };
    // 成效宣传:否 begins anew.
    if end == ':' || number_length(next).is_some() || is_bullet(first) || label(next).is_some() {
        return false;
    }
    let is_full =
        |(length, full): (&usize, &Option<usize>)| full.is_some_and(|f| (f..=f + RAGGED).contains(&(length + RAGGED)));
    if last.lengths().iter().zip(full).any(is_full) {
        return true;
    }
    if looks_like_heading(line, false) {
        return false;
    }
    let length = line.chars().count();
    let cut_before = matches!(first, ',' | '。' | '、' | ')' | '》' | ';');
    let cut_after = matches!(end, ',' | '、' | '(' | '《') && length >= FULL / 2;
    let told = line.contains([',', '。']) && length >= FULL;
    cut_before || cut_after || told && is_han(end) && follows.ends && !is_digit(first) && first != '('
}

/// The length of a full line, in one way of counting: what several lines without an end have in common, and few lines
/// exceed.
fn full_length(lines: &[Option<Line<'_>>], way: usize) -> Option<usize> {
    let all = || lines.iter().flatten();
    let open: Vec<usize> =
        all().filter(|l| !l.ends).map(|l| l.lengths()[way]).filter(|length| *length >= FULL * 2).collect();
    let alike =
        |full: usize| open.iter().filter(|length| (full..=full + RAGGED).contains(&(**length + RAGGED))).count();
    let full = open.iter().copied().max_by_key(|full| (alike(*full), *full)).filter(|full| alike(*full) >= LEAST)?;
    let longer = all().filter(|line| line.lengths()[way] > full).count();
    (longer * 2 <= alike(full)).then_some(full)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(CLOSING).ends_with(['。', '!', '?', ';', '…', '.'])
}

/// The same of a line as it is written: its last characters tell, unless all of them only close something.
fn tail_ends_sentence(written: &str) -> bool {
    /// So many characters at the end.
    const TAIL: usize = 4;
    let start = written.char_indices().rev().take(TAIL).last().map_or(0, |(at, _)| at);
    let tail = spelt(&written[start..]);
    if tail.trim_end_matches(CLOSING).is_empty() { ends_sentence(&spelt(written)) } else { ends_sentence(&tail) }
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
            ["10月下旬 制作扶贫工作回顾短片,在大厅电视播放", "说明:我园为学前教育机构。"],
        ] {
            assert_eq!(joined(&lines), lines);
        }
    }

    #[test]
    fn lines_of_a_text_without_marks_stay() {
        let lines = [
            "会是开了就是十四号下午九个老师都在",
            "入户现在还没去村上这几天正忙着选举",
            "送教那个学生今年已经满了十八岁不用去",
            "宣传的话我们拍了些照片等电脑修好再弄",
        ];
        assert_eq!(joined(&lines), lines);
    }

    #[test]
    fn what_is_no_line_parts_lines() {
        let lines = [Some("学校召开了会议,"), None, Some("走访了贫困户。")];
        assert_eq!(rejoined(&lines).iter().flatten().count(), 2);
    }
}
