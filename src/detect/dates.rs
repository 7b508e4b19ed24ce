//! Dates as schools write them: 10月17日, 10.12, 2020年10月13日至15日, 十六日, 8日至9日.

use chrono::NaiveDate;
use regex::{Captures, Regex};
use std::sync::OnceLock;

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateHit {
    /// First byte in the text.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// The day.
    pub date: NaiveDate,
    /// Whether the year was written.
    pub has_year: bool,
}

/// What an incomplete date is completed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// The year of dates without one.
    pub year: i32,
    /// The month of dates without one, where one was named before.
    pub month: Option<u32>,
}

/// All dates of a normalised text, in order. A range gives its two ends.
pub fn dates(text: &str, mut calendar: Calendar) -> Vec<DateHit> {
    static DATE: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = concat!(
        r"(?:(?P<y>[12]\d{3}|二[〇○零O0]{1}[〇○零一二][〇○零一二三四五六七八九])\s?[年.\-/])?\s?",
        r"(?:(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})(?P<ms>月|[.\-/])(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})(?P<ds>日|号)?",
        r"|(?P<d2>\d{1,2}|[一二三四五六七八九十]{1,3})(?P<ds2>日|号))"
    );
    let Some(date) = DATE.get_or_init(|| Regex::new(pattern).ok()) else { return Vec::new() };
    let mut hits: Vec<DateHit> = Vec::new();
    let mut at = 0;
    while let Some(c) = date.captures_at(text, at) {
        let whole = c.get(0).map_or(at..at + 1, |m| m.range());
        match read(&c, text, &mut calendar) {
            Some((day, has_year)) => {
                hits.push(DateHit { start: whole.start, end: whole.end, date: day, has_year });
                at = whole.end;
            }
            None => at = text[whole.start..].chars().next().map_or(text.len(), |c| whole.start + c.len_utf8()),
        }
        if at >= text.len() {
            break;
        }
    }
    expand_bare_ends(text, hits)
}

/// The first day of a range written without its mark: `8-9日`, `13、14日`.
fn expand_bare_ends(text: &str, hits: Vec<DateHit>) -> Vec<DateHit> {
    static BARE: OnceLock<Option<Regex>> = OnceLock::new();
    let Some(bare) = BARE.get_or_init(|| Regex::new(r"(?:^|[^\d.月])(\d{1,2})[\-、至到]$").ok()) else {
        return hits;
    };
    let mut all: Vec<DateHit> = Vec::with_capacity(hits.len());
    for hit in hits {
        if let Some(c) = bare.captures(&text[..hit.start]).and_then(|c| c.get(1)) {
            let first = c.as_str().parse().ok().and_then(|d| chrono::Datelike::with_day(&hit.date, d));
            if let Some(date) = first.filter(|f| *f < hit.date && all.last().is_none_or(|l| l.end <= c.start())) {
                all.push(DateHit { start: c.start(), end: c.end(), date, has_year: hit.has_year });
            }
        }
        all.push(hit);
    }
    all
}

fn read(c: &Captures<'_>, text: &str, calendar: &mut Calendar) -> Option<(NaiveDate, bool)> {
    let whole = c.get(0)?;
    let before = text[..whole.start()].chars().next_back();
    let after = text[whole.end()..].chars().next();
    let year = c.name("y").map(|y| chinese_year(y.as_str()));
    let number = |m: regex::Match<'_>| chinese_number(m.as_str());
    let (month, day, marked) = match (c.name("m"), c.name("d")) {
        (Some(m), Some(d)) => {
            let by_word = &c["ms"] == "月";
            let marked = c.name("ds").is_some();
            let chinese = !c["m"].is_ascii();
            // 6.5万 is a number, 十月十 is cut off, 3-4 is a range of something.
            let full = year.is_some()
                || by_word && (marked || !chinese)
                || &c["ms"] == "." && c["d"].len() == 2 && c["m"].len() == 2
                || marked && &c["ms"] == ".";
            if !full {
                return None;
            }
            (number(m)?, number(d)?, marked || by_word)
        }
        _ => (calendar.month?, number(c.name("d2")?)?, true),
    };
    if before.is_some_and(|b| b.is_ascii_digit() || b == '第' || b == '〕' || b == '.' && year.is_none()) {
        return None;
    }
    // 〔2018〕44号, 10.12万, 每月三日 read as numbers are no days.
    if !marked && after.is_some_and(|a| a.is_ascii_digit() || "万元%倍亿米斤公个名人户份".contains(a)) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year.flatten().unwrap_or(calendar.year), month, day)?;
    calendar.month = Some(month);
    Some((date, year.is_some()))
}

fn chinese_year(text: &str) -> Option<i32> {
    let digits: String = text
        .chars()
        .map(|c| match c {
            '〇' | '○' | '零' | 'O' => '0',
            '一' => '1',
            '二' => '2',
            '三' => '3',
            '四' => '4',
            '五' => '5',
            '六' => '6',
            '七' => '7',
            '八' => '8',
            '九' => '9',
            other => other,
        })
        .collect();
    digits.parse().ok().filter(|y| (1990..2100).contains(y))
}

/// A number below 100 in figures or in Chinese: 17, 十七, 二十.
fn chinese_number(text: &str) -> Option<u32> {
    if text.is_ascii() {
        return text.parse().ok();
    }
    crate::detect::counts::chinese_integer(text).and_then(|n| u32::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        dates(text, Calendar { year: 2020, month: Some(10) })
            .iter()
            .map(|h| h.date.format("%m-%d").to_string())
            .collect()
    }

    #[test]
    fn dates_in_every_way_of_writing() {
        assert_eq!(found("10月12日下午"), ["10-12"]);
        assert_eq!(found("2020年10月13日至15日"), ["10-13", "10-15"]);
        assert_eq!(found("10月16日、17日"), ["10-16", "10-17"]);
        assert_eq!(found("10.13-10.16"), ["10-13", "10-16"]);
        assert_eq!(found("十月十六日和十六日"), ["10-16", "10-16"]);
        assert_eq!(found("8日至9日"), ["10-08", "10-09"]);
        assert_eq!(found("8-9日"), ["10-08", "10-09"]);
        assert_eq!(found("1.10月19日下午"), ["10-19"]);
        assert_eq!(found("2020.10.17"), ["10-17"]);
        assert_eq!(found("2020-10-17"), ["10-17"]);
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for text in ["〔2018〕44号", "6:30", "12.5万元", "3.5斤", "第10号文件", "34.12%"] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
