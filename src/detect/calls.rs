//! How a sentence calls an item: by one of its names, short (宣传没做), by its number in the notice (第四项不涉及), or with others
//! (以上两项).

use crate::detect::acts::is_masked;
use crate::detect::assertion::Scan;
use crate::detect::engine::Engine;
use crate::detect::glyph::is_han;
use crate::detect::lexicon::{ListSet, within};
use crate::detect::numerals::value;
use crate::detect::passage::{Sentence, is_numeral};
use std::ops::Range;

/// The items that a sentence names, in order of their places.
pub fn named(scan: &Scan<'_>, sentence: &Sentence, present: &ListSet, engine: &Engine) -> Vec<(usize, Range<usize>)> {
    let mut names: Vec<(usize, Range<usize>)> = Vec::new();
    for (index, item) in engine.items.iter().enumerate().filter(|(_, item)| present.has(item.names)) {
        let mut hits: Vec<&Range<usize>> = within(&scan.words, &sentence.range)
            .filter(|w| w.is_in(item.names))
            .map(|w| &w.range)
            .filter(|r| !is_masked(scan, item, r))
            .collect();
        hits.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
        let mut last = 0;
        for range in hits {
            if range.start >= last {
                names.push((index, range.clone()));
                last = range.end;
            }
        }
    }
    let numbers = numbered(scan, sentence, engine);
    names.retain(|(_, r)| !numbers.iter().any(|(_, n)| n.start <= r.start && r.end <= n.end));
    names.extend(numbers);
    names.sort_by_key(|(_, r)| r.start);
    names
}

/// The item that a sentence begins by calling short: 宣传没做.
pub fn called(scan: &Scan<'_>, sentence: &Sentence, engine: &Engine) -> Option<(usize, Range<usize>)> {
    let said = scan.passage.text.normal.get(sentence.range.clone())?;
    let mut rest = said.trim_start_matches(|c| !is_han(c));
    for opening in ["关于", "至于", "说到", "要说"] {
        rest = rest.strip_prefix(opening).unwrap_or(rest);
    }
    let (item, length) = engine.called(rest)?;
    let start = sentence.range.end - rest.len();
    Some((item, start..start + length))
}

/// The item that the first words of a sentence call short and set apart: 6.入户,17号去了一大半的老师.
pub fn led(scan: &Scan<'_>, sentence: &Sentence, engine: &Engine) -> Option<usize> {
    let (item, range) = called(scan, sentence, engine)?;
    let rest = scan.passage.text.normal.get(range.end..sentence.range.end)?;
    let apart = ["", "这块", "方面", "工作", "一事", "这项", "的事"].iter();
    apart.filter_map(|w| rest.strip_prefix(w)).any(|r| r.starts_with([',', ':'])).then_some(item)
}

/// The items that a sentence calls by their numbers in the notice: 通知第四项(送教)、第五项不涉及. A bracket that says which
/// one is meant belongs to the number.
fn numbered(scan: &Scan<'_>, sentence: &Sentence, engine: &Engine) -> Vec<(usize, Range<usize>)> {
    /// Words without which the number may be of any list.
    const OF_NOTICE: [&str; 4] = ["通知", "文件", "来文", "六项"];
    let text = scan.passage.text.normal.get(sentence.range.clone()).unwrap_or("");
    let mut items = Vec::new();
    if !text.contains('第') || !begins_with_number(text) && !OF_NOTICE.iter().any(|w| text.contains(w)) {
        return items;
    }
    for (at, _) in text.match_indices('第') {
        let mut rest = &text[at + '第'.len_utf8()..];
        let mut run = Vec::new();
        // 第四、五项
        while let Some(number) = rest.chars().next().filter(|c| is_numeral(*c)) {
            let start = text.len() - rest.len();
            rest = &rest[number.len_utf8()..];
            // 第十一条 is of no list of six.
            if rest.starts_with(is_numeral) {
                run.clear();
                break;
            }
            rest = rest.trim_start_matches("项").trim_start_matches("条");
            if let Some(said) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
                rest = said.1;
            }
            let item = engine.items.iter().position(|item| item.number == value(number));
            run.extend(item.map(|item| (item, start..text.len() - rest.len())));
            rest = rest.strip_prefix(['、', '和', '及', '与']).unwrap_or(rest);
        }
        let counted = text[at..text.len() - rest.len()].contains(['项', '条']);
        items.extend(run.into_iter().filter(|_| counted || rest.starts_with('第')));
    }
    items.into_iter().map(|(item, r)| (item, r.start + sentence.range.start..r.end + sentence.range.start)).collect()
}

/// Whether a line answers to a number of the notice: 第1项:10月12日,已开.
fn begins_with_number(text: &str) -> bool {
    let number = text.strip_prefix('第').and_then(|rest| rest.strip_prefix(is_numeral));
    number.and_then(|rest| rest.strip_prefix('项')).is_some_and(|rest| rest.starts_with([':', ',']))
}

/// Whether a sentence speaks of all that its heading names: 四、送教上门和专项整改。我校不承担以上两项工作.
pub fn speaks_of_all(sentence: &str) -> bool {
    let points = |before: &str| ["以上", "上述", "这", "此"].iter().any(|w| before.ends_with(w));
    let counted = |c: char| is_count(c) || "各些".contains(c);
    sentence.match_indices('项').any(|(at, _)| points(sentence[..at].trim_end_matches(counted)))
}

/// Whether two stretches stand in one list that is counted at its end: 上门送教、义务教育阶段控辍保学、包联村入户三项.
pub fn is_counted_together(normal: &str, clause: &Range<usize>, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    let between = normal.get(first.end..second.start).unwrap_or(",");
    let behind = normal.get(second.end..clause.end.max(second.end)).unwrap_or("");
    let counted = |(at, _): (usize, &str)| behind[..at].ends_with(is_count);
    between.contains('、') && !between.contains([',', ';', '。']) && behind.match_indices('项').any(counted)
}

fn is_count(c: char) -> bool {
    is_numeral(c) || c == '两'
}
