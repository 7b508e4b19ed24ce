//! Dates as schools write them: 10月17日, 10.12, 2020年10月13日至15日, 十六日, 8日至9日, 本月14日.
//!
//! What a date leaves out is completed from the dates before it and from the day on which the document was signed. What
//! only looks like a date is told by the characters around it.

mod completion;
mod form;
#[cfg(test)]
mod tests;

pub use completion::Calendar;

use crate::detect::numerals::{chinese_integer, chinese_year};
use chrono::{Datelike, NaiveDate};
use completion::{Context, Written};
use form::{Form, next_form};
use regex::Regex;
use std::ops::Range;
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

/// What may follow a number and makes it no day: 10.12万, 10月16名.
const MEASURES: &str =
    "万元%‰倍亿千百米斤公个名人户份位次条块期篇场所件本册幅张组年月岁天余多来几课节辆台吨升分秒度平亩里℃克毫折级";
/// What joins the days of a range or a list.
const JOINTS: [char; 6] = ['-', '至', '到', '、', '和', '及'];
/// The most days that one list joins; a longer one is no list of days.
const LISTED: usize = 31;

/// So many characters before a date may 去年 stand.
const AGO: usize = 16;
/// The day after is the day after a date so many bytes before it.
const NEXT: usize = 240;

/// All dates of a normalised text, in order. A range gives its two ends.
pub fn dates(text: &str, calendar: Calendar) -> Vec<DateHit> {
    let mut context = Context::new(calendar);
    let mut hits: Vec<DateHit> = Vec::new();
    let mut at = 0;
    while let Some((whole, form)) = next_form(text, at) {
        let last = hits.last();
        let between = last.and_then(|l| text.get(l.end..whole.start));
        match written(&form, &whole, text, &context, between).and_then(|w| Some((context.complete(&w, between)?, w))) {
            Some((day, written)) => {
                bare_starts(text, whole.start, day, &mut hits);
                hits.push(DateHit { start: whole.start, end: whole.end, date: day, has_year: written.has_year() });
                at = whole.end;
                if let (Written::Point { .. }, Some(end)) = (&written, bare_end(text, at, day)) {
                    at = end.end;
                    hits.push(end);
                }
            }
            // Past the whole number: 19月5日 is not 9月5日.
            None => at = after_number(text, whole.start),
        }
        if at >= text.len() {
            break;
        }
    }
    hits
}

/// The dates of a cell whose head says that it holds dates: 10.9, 10/9 and 10-9 are days there.
pub fn dates_in_cell(text: &str, calendar: Calendar) -> Vec<DateHit> {
    let found = dates(text, calendar);
    static LOOSE: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = r"(?P<m>\d{1,2})[./\-](?P<d>\d{1,2})(?:[\-至、](?P<e>\d{1,2}))?";
    let Some(loose) = LOOSE.get_or_init(|| Regex::new(pattern).ok()).as_ref().filter(|_| found.is_empty()) else {
        return found;
    };
    let mut context = Context::new(calendar);
    let mut hits = Vec::new();
    for c in loose.captures_iter(text) {
        let (Some(whole), Some(m), Some(d)) = (c.get(0), c.name("m"), c.name("d")) else { continue };
        let touches = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == ':' || c == '.');
        if touches(before(text, whole.start())) || touches(after(text, whole.end())) {
            continue;
        }
        let ends = [Some(d), c.name("e")];
        for day in ends.into_iter().flatten() {
            let point = number(m.as_str()).zip(number(day.as_str())).map(|(month, day)| Written::Point { month, day });
            if let Some(date) = point.and_then(|p| context.complete(&p, None)) {
                hits.push(DateHit { start: day.start(), end: day.end(), date, has_year: false });
            }
        }
    }
    hits
}

/// The first month that a text names: 10月, 十月份. A number of months (3个月, 为期2月) is none.
pub fn month_in(text: &str) -> Option<u32> {
    static MONTH: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = r"(?:^|[^期满近\d一二三四五六七八九十])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月";
    let month = MONTH.get_or_init(|| Regex::new(pattern).ok()).as_ref()?;
    month.captures(text).and_then(|c| number(c.get(1)?.as_str()))
}

/// What a form says, if it is a date at all.
fn written(
    form: &Form<'_>,
    whole: &Range<usize>,
    text: &str,
    context: &Context,
    between: Option<&str>,
) -> Option<Written> {
    let (before, after) = (before(text, whole.start), after(text, whole.end));
    let numbered = before == Some('.') && is_list_number(text, whole.start);
    if before.is_some_and(|b| b.is_ascii_digit() || "第百千".contains(b)) {
        return None;
    }
    let measured = after.is_some_and(|a| a.is_ascii_digit() || MEASURES.contains(a));
    let joined = after.is_some_and(|a| JOINTS.contains(&a));
    match *form {
        Form::Named { ago, year, month, day, marked } => {
            let years_ago = ago.or_else(|| years_ago_before(text, whole.start));
            // 每年10月17日 names a day of every year, 8月16名 no day at all.
            let every = text[..whole.start].ends_with("每年") || text[..whole.start].ends_with("每年的");
            let unmarked = !marked && (measured || !day.is_ascii() && !joined);
            let year = year.and_then(|y| chinese_year(y, context.year()));
            let (month, day) = (number(month)?, number(day)?);
            (!every && !unmarked).then_some(Written::Full { year, years_ago, month, day })
        }
        Form::Figures { year, month, day } => {
            let year = chinese_year(year, context.year());
            let more = after.is_some_and(|a| a.is_ascii_digit());
            let (month, day) = (number(month)?, number(day)?);
            (year.is_some() && !more).then_some(Written::Full { year, years_ago: None, month, day })
        }
        Form::Point { month: m, day: d, marked } => {
            let (month, day) = (number(m)?, number(d)?);
            // 3.15日下午 at the start of a line of October is the third point of a list; 9.26日 is a day.
            let point = is_start(text, whole.start) && context.month().is_some_and(|known| known.abs_diff(month) > 1);
            let decimal = measured || after.is_some_and(|a| a == '.' || a.is_ascii_alphabetic());
            let strange = before.is_some_and(|b| b.is_ascii_alphabetic() || b == '.' && !numbered || "¥$".contains(b));
            let rest = &text[whole.end..];
            let said = ["扶贫日", "上午", "下午", "晚", "早", "(周", "(星期", "周", "星期"]
                .iter()
                .any(|w| rest.starts_with(w));
            let sure =
                marked || m.len() == 2 && d.len() == 2 || said || between.is_some_and(is_joint) || is_ranged(rest);
            (sure && !strange && (marked && !point || !marked && !decimal)).then_some(Written::Point { month, day })
        }
        Form::Next => between.filter(|b| b.len() <= NEXT).map(|_| Written::NextDay),
        Form::Day { near, day, mark } => {
            if before == Some('.') && !numbered || !is_day(day, mark, before, after) {
                return None;
            }
            if near.is_none() && ["每月", "每个月", "各月"].iter().any(|w| text[..whole.start].ends_with(w)) {
                return None;
            }
            number(day).map(|day| Written::Day { day, months_ago: near.map(|m| u32::from(m.starts_with('上'))) })
        }
    }
}

/// The years back that a word shortly before says: 去年,我校于10月17日…; 今年 after it takes that back.
fn years_ago_before(text: &str, at: usize) -> Option<i32> {
    let ahead: Vec<char> = text[..at].chars().rev().take(AGO).take_while(|c| !"。;!?\n今".contains(*c)).collect();
    ahead.windows(2).find_map(|w| match w {
        ['年', '去' | '上'] => Some(1),
        ['年', '前'] => Some(2),
        _ => None,
    })
}

/// Whether a number with 日 or 号 and no month is a day: 17日上午, 十六日; and not 3日内, 2号楼, 三日.
fn is_day(written: &str, mark: &str, before: Option<char>, after: Option<char>) -> bool {
    let is = |c: Option<char>, set: &str| c.is_some_and(|c| set.contains(c));
    if before.is_some_and(|b| b.is_ascii_alphabetic())
        || is(before, "月每近隔期时共满数几头周拜续前后路街巷道楼栋幢证编字/:")
    {
        return false;
    }
    if mark == "号" {
        return written.is_ascii()
            && !is(before, "〕]】)")
            && !is(after, "楼文院房线井室店门台车令公厅展桌床柜坑库机仓路街馆区段人选码召称角外信教校村组");
    }
    let short = number(written).is_some_and(|n| n <= 10);
    if written.is_ascii() {
        return !(is(after, "内游制均龄程间") || short && is(after, "后"));
    }
    if short { is(after, "上下晚早凌中至到-、和,及") } else { !is(after, "内游制") }
}

/// The days that stand before a marked one without a mark of their own: `8-9日`, `12、13、14日`.
fn bare_starts(text: &str, start: usize, last: NaiveDate, hits: &mut Vec<DateHit>) {
    let floor = hits.last().map_or(0, |h| h.end);
    let mut found: Vec<DateHit> = Vec::new();
    let (mut end, mut next) = (start, last);
    while found.len() < LISTED {
        let Some(joint) = before(text, end).filter(|c| JOINTS.contains(c)) else { break };
        let number_end = end - joint.len_utf8();
        let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十廿卅".contains(c);
        // A day has at most three characters; a longer number is none.
        let digits: usize = text[floor.min(number_end)..number_end]
            .chars()
            .rev()
            .take(4)
            .take_while(|c| digit(*c))
            .map(char::len_utf8)
            .sum();
        let from = number_end - digits;
        let lone = before(text, from).is_none_or(|b| !b.is_ascii_alphanumeric() && !".月年第".contains(b));
        // 3、14日 at the start of a line is the third point of a list.
        let point = joint == '、' && found.is_empty() && is_start(text, from);
        let day = number(&text[from..number_end]).and_then(|d| last.with_day(d));
        let Some(date) = day.filter(|d| digits > 0 && lone && !point && *d < next) else { break };
        found.push(DateHit { start: from, end: number_end, date, has_year: false });
        (end, next) = (from, date);
    }
    hits.extend(found.into_iter().rev());
}

/// The last day of `10.13-16`.
fn bare_end(text: &str, at: usize, first: NaiveDate) -> Option<DateHit> {
    let rest = text.get(at..)?.strip_prefix(['-', '至'])?;
    let start = text.len() - rest.len();
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let next = rest[digits..].chars().next();
    let open = next.is_none_or(|n| !n.is_ascii_digit() && !".月日号:".contains(n) && !MEASURES.contains(n));
    let date = number(&rest[..digits]).and_then(|d| first.with_day(d)).filter(|d| open && *d > first)?;
    Some(DateHit { start, end: start + digits, date, has_year: false })
}

/// Whether another `-10.16` follows.
fn is_ranged(rest: &str) -> bool {
    let digits = |s: &str| s.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let Some(rest) = rest.strip_prefix(['-', '至', '、', '到']) else { return false };
    let month = digits(rest);
    let day = rest[month..].strip_prefix('.').map_or(0, digits);
    (1..=2).contains(&month) && (1..=2).contains(&day)
}

/// Whether only a joint stands between two dates.
fn is_joint(between: &str) -> bool {
    let mut chars = between.chars();
    chars.next().is_some_and(|c| JOINTS.contains(&c)) && chars.next().is_none()
}

/// Whether a place begins a text, a line or a sentence.
fn is_start(text: &str, at: usize) -> bool {
    before(text, at).is_none_or(|b| "\n。;(|".contains(b))
}

/// Whether the full stop before a place ends a list number: `1.10月19日`.
fn is_list_number(text: &str, at: usize) -> bool {
    let head = &text[..at.saturating_sub(1)];
    let digits = head.bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && is_start(text, head.len() - digits)
}

/// The first place after the number that begins at `at`.
fn after_number(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let first = rest.chars().next().map_or(1, char::len_utf8);
    at + if digits > 0 { digits } else { first }
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// A number below 100 in figures or in Chinese: 17, 十七, 二十, 廿三.
fn number(text: &str) -> Option<u32> {
    if text.is_ascii() {
        return text.parse().ok();
    }
    chinese_integer(text).and_then(|n| u32::try_from(n).ok())
}
