//! When an act took place: the dates nearest to it, and whether they belong to a past year.

use crate::detect::page::Page;
use crate::detect::passage::{Passage, Sentence};
use chrono::{Datelike, NaiveDate};
use regex::Regex;
use std::ops::Range;
use std::sync::OnceLock;

/// The dates of an act: those of its clause, else those before it in its sentence, else those of the sentence.
pub fn dates_of(passage: &Passage, sentence: &Sentence, anchor: &Range<usize>) -> Vec<NaiveDate> {
    let first = passage.days.partition_point(|d| d.start < sentence.range.start);
    let last = passage.days.partition_point(|d| d.end <= sentence.range.end);
    let found = passage.days.get(first..last).unwrap_or_default();
    let inside = |r: &Range<usize>| {
        found.iter().filter(|d| r.start <= d.start && d.end <= r.end).map(|d| d.date).collect::<Vec<_>>()
    };
    if found.is_empty() {
        return Vec::new();
    }
    let clause = sentence.clause_at(anchor.start).cloned().unwrap_or(sentence.range.clone());
    let mut days = inside(&clause);
    if days.is_empty() {
        // The clause before is the usual place: 10月12日,中心校召开…
        let before = found.iter().rfind(|d| d.end <= clause.start).map(|d| d.start);
        days = before.and_then(|at| sentence.clause_at(at)).map(inside).unwrap_or_default();
    }
    if days.is_empty() {
        days = inside(&sentence.range);
    }
    days.sort();
    days.dedup();
    days
}

/// The year in words where an act is dated in a year before the page's own.
pub fn past_year(page: &Page<'_>, passage: &Passage, sentence: &Sentence, anchor: &Range<usize>) -> Option<String> {
    let days = dates_of(passage, sentence, anchor);
    let Some(latest) = days.iter().max() else {
        return year_before(page, &passage.text.normal[sentence.range.start..anchor.start.max(sentence.range.start)]);
    };
    page.is_past(*latest).then(|| format!("{}年", latest.year()))
}

/// A past year that stands alone before the act, 2022年6月; 自2019年以来 is no such year.
fn year_before(page: &Page<'_>, before: &str) -> Option<String> {
    if !before.contains("20") {
        return None;
    }
    static YEAR: OnceLock<Option<Regex>> = OnceLock::new();
    let year = YEAR.get_or_init(|| Regex::new(r"(20\d\d)年(?:\d{1,2}月)?(以来|起|至今|开始)?").ok()).as_ref()?;
    let last = year.captures_iter(before).last().filter(|c| c.get(2).is_none())?;
    let found: i32 = last.get(1)?.as_str().parse().ok()?;
    (found < page.year).then(|| format!("{found}年"))
}

/// The day of an act that is dated after the signature: it had not happened when the report was written.
pub fn after_signature(
    page: &Page<'_>,
    passage: &Passage,
    sentence: &Sentence,
    anchor: &Range<usize>,
) -> Option<String> {
    let told = || dates_of(passage, &up_to_list(passage, sentence, anchor), anchor).into_iter().min();
    let told = || put_off(passage, sentence, anchor).or_else(told);
    let first = page.signed.and_then(|signed| {
        told().or_else(|| part_of_month(page, passage, sentence, anchor)).filter(|first| *first > signed)
    });
    let first = first.or_else(|| later_month(page, passage, sentence, anchor))?;
    Some(first.format("%Y-%m-%d").to_string())
}

/// The day that an act was put off to behind it: 原定17日的入户,因故改在24日.
fn put_off(passage: &Passage, sentence: &Sentence, anchor: &Range<usize>) -> Option<NaiveDate> {
    const TO: [&str; 8] = ["改在", "改到", "改至", "延到", "延至", "推迟到", "推迟至", "挪到"];
    let behind = passage.days.iter().filter(|d| d.start >= anchor.end && d.end <= sentence.range.end);
    let ahead = |at: usize| passage.text.normal.get(anchor.end..at).unwrap_or("");
    behind.rev().find(|d| TO.iter().any(|to| ahead(d.start).ends_with(to))).map(|d| d.date)
}

/// The sentence up to the end of a clause whose act is finished, 已有7所召开,其余2所定于16日召开, and up to a colon after a deed
/// that is told as finished, 开了碰头会,作了安排:10月22日召开家长会. What comes after it has days of its own.
fn up_to_list(passage: &Passage, sentence: &Sentence, anchor: &Range<usize>) -> Sentence {
    let told = passage.text.normal.get(anchor.start..sentence.range.end).unwrap_or("");
    let clause = sentence.clause_at(anchor.start).filter(|c| c.end < sentence.range.end);
    let is_finished =
        |c: &&Range<usize>| passage.text.normal.get(c.start..anchor.start).is_some_and(|t| t.contains("已"));
    if let Some(clause) = clause.filter(is_finished) {
        let clauses = sentence.clauses.iter().filter(|c| c.end <= clause.end).cloned().collect();
        return Sentence { range: sentence.range.start..clause.end, clauses };
    }
    let colon = told.find(':').filter(|at| told[..*at].contains('了')).map(|at| anchor.start + at);
    let Some(end) = colon.filter(|at| *at > anchor.end) else { return sentence.clone() };
    let clauses = sentence.clauses.iter().filter(|c| c.start < end).cloned().collect();
    Sentence { range: sentence.range.start..end, clauses }
}

/// The month that what the words up to the act tell begins with, 自11月起每月两次, where it is after that of the report.
fn later_month(page: &Page<'_>, passage: &Passage, sentence: &Sentence, anchor: &Range<usize>) -> Option<NaiveDate> {
    let end = sentence.clause_at(anchor.start).map_or(sentence.range.end, |c| c.end);
    let before = passage.text.normal.get(sentence.range.start..end)?;
    let begins = |at: &usize| {
        let tail = before[at + '月'.len_utf8()..].trim_start_matches('份');
        ["起", "开始", "实施", "启动"].iter().any(|w| tail.starts_with(w))
    };
    let (at, _) = before.match_indices('月').rfind(|(at, _)| begins(at))?;
    let named = &before[..at];
    let figures = named.len() - named.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let month = match (figures, ["十一", "十二"].iter().position(|w| named.ends_with(w))) {
        (0, Some(after)) => 11 + after as u32,
        _ => named[at - figures..].parse().ok()?,
    };
    let own = page.signed.map(|day| day.month()).or(page.month)?;
    (month > own).then(|| NaiveDate::from_ymd_opt(page.year, month, 1)).flatten()
}

/// The first day of the part of a month that the words up to the act name: 10月底, 11月上旬.
fn part_of_month(page: &Page<'_>, passage: &Passage, sentence: &Sentence, anchor: &Range<usize>) -> Option<NaiveDate> {
    const PARTS: [(&str, u32); 5] = [("上旬", 1), ("中旬", 11), ("下旬", 21), ("底", 25), ("末", 25)];
    let end = sentence.clause_at(anchor.start).map_or(sentence.range.end, |c| c.end);
    let before = passage.text.normal.get(sentence.range.start..end)?;
    let (at, _) = before.match_indices('月').next_back()?;
    let (_, day) = PARTS.iter().find(|(word, _)| before[at + '月'.len_utf8()..].starts_with(word))?;
    let figures = before[..at].len() - before[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let month: u32 = before[at - figures..at].parse().ok()?;
    NaiveDate::from_ymd_opt(page.year, month, *day)
}
