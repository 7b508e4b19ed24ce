//! Lists of which all but some is said to be done: 教师会学习、典型宣传、上门送教,除上门送教外均已完成.

use crate::detect::assertion::Scan;
use crate::detect::engine::Item;
use crate::detect::lexicon::within;
use crate::detect::numerals::value;
use crate::detect::passage::{Sentence, is_numeral};
use std::ops::Range;

/// The stretch from 除 to 外 where the sentence goes on to say that the rest is done: 除上门送教外,其余均已完成.
pub fn exception(scan: &Scan<'_>, sentence: &Sentence) -> Option<Range<usize>> {
    let normal = scan.passage.text.normal.get(sentence.range.clone())?;
    let start = normal.find('除').filter(|at| !normal[*at..].starts_with("除了"))?;
    let end = start + normal[start..].find('外')?;
    let rest = ["均", "全部", "都已", "其余"].iter().any(|w| normal[end..].contains(w));
    rest.then(|| sentence.range.start + start..sentence.range.start + end)
}

/// Whether the rest is done: 除…外均已完成, 完成了除…以外的全部五项活动,即….
pub fn is_rest_done(scan: &Scan<'_>, sentence: &Sentence, out: &Range<usize>) -> bool {
    let before = scan.passage.text.normal.get(sentence.range.start..out.start).unwrap_or("");
    scan.is_finished_between(out.end, sentence.range.end)
        || ["完成", "完成了", "落实了", "开展了", "做了"].iter().any(|w| before.ends_with(w))
}

/// Whether an item is the exception.
pub fn is_excepted(scan: &Scan<'_>, item: &Item, out: &Range<usize>) -> bool {
    within(&scan.words, out).any(|w| w.is_in(item.names) || w.is_in(item.topics))
}

/// Whether a place stands in the list before such a stretch and not in it: between marks of a list.
pub fn is_in_list(scan: &Scan<'_>, sentence: &Sentence, at: &Range<usize>, out: &Range<usize>) -> bool {
    let normal = &scan.passage.text.normal;
    let marks = ['、', ',', '(', ')', ':', '。'];
    let before = normal.get(sentence.range.start..at.start).and_then(|t| t.rfind(marks).map(|i| &t[i..]));
    let after = normal.get(at.end..out.start).and_then(|t| t.find(marks).map(|i| &t[i..]));
    let is_listed = |t: Option<&str>| t.is_some_and(|t| t.starts_with('、'));
    at.end <= out.start && (is_listed(before) || is_listed(after))
}

/// Whether what is excepted and the rest are items of a list that stands elsewhere: 除…两项外,其余四项均已落实.
pub fn is_of_items(scan: &Scan<'_>, sentence: &Sentence, out: &Range<usize>) -> bool {
    let normal = &scan.passage.text.normal;
    let rest = normal.get(out.end..sentence.range.end).and_then(|t| t.split_once("其余")).map_or("", |(_, rest)| rest);
    let counted = rest.trim_start_matches(|c| is_numeral(c) || "各的".contains(c));
    counted.starts_with('项') && normal.get(sentence.range.start..out.start).is_some_and(|t| !t.contains('、'))
}

/// Whether all items are meant, by their number: 六项工作除送教上门外均已落实.
pub fn is_of_all(scan: &Scan<'_>, sentence: &Sentence, out: &Range<usize>, items: usize) -> bool {
    let before = scan.passage.text.normal.get(sentence.range.start..out.start).unwrap_or("");
    let counted = before.rfind('项').map_or("", |at| &before[..at]);
    let mut numerals = counted.chars().rev().take_while(|c| is_numeral(*c));
    numerals.next().is_some_and(|c| value(c) == items) && numerals.next().is_none() && !before.contains('、')
}
