//! Days and times as people in offices type them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use regex::{Captures, Regex};
use std::sync::OnceLock;

/// A day: `2020-10-19`, `2020/10/19`, `2020.10.19`, `2020年10月19日`, `20201019`; without a year (`10月19日`, `10-19`) where
/// `year` is given. A time after it is left aside. `None` where the text is no day of the calendar.
pub fn date(text: &str, year: Option<i32>) -> Option<NaiveDate> {
    let text = plain(text);
    day(&parts(&text)?, year)
}

/// A moment: a day as above, then a time such as `9:12`, `09:12:30`, `9时12分`, `下午3点半`. A day alone means its first
/// moment, which is in the school's favour. RFC 3339 keeps its own offset; everything else is local time at `offset`.
pub fn moment(text: &str, year: i32, offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    let text = plain(text);
    if let Ok(exact) = DateTime::parse_from_rfc3339(&text) {
        return Some(exact);
    }
    let parts = parts(&text)?;
    let local = day(&parts, Some(year))?.and_time(time(&parts)?);
    local.and_local_timezone(offset).single()
}

/// Full-width digits and marks become half-width, outer white space goes.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().map(narrow).collect::<String>().trim().to_string()
}

fn parts(text: &str) -> Option<Captures<'_>> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        Regex::new(concat!(
            r"^(?:(?P<y8>\d{4})(?P<m8>\d{2})(?P<d8>\d{2})|(?:(?P<y>\d{4})\s*[年./-]\s*)?(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*[日号]?)",
            r"\s*(?:\(?(?:周|星期)[一二三四五六日天]\)?)?",
            r"(?:(?:T|\s*)(?P<half>上午|早上|中午|下午|晚上|晚)?\s*(?P<h>\d{1,2})\s*[:时点](?:\s*(?P<min>\d{1,2}|半)\s*分?(?:\s*:?\s*(?P<s>\d{1,2})(?:\.\d+)?\s*秒?)?)?)?$"
        ))
        .ok()
    });
    pattern.as_ref()?.captures(text)
}

fn number(parts: &Captures<'_>, name: &str) -> Option<u32> {
    parts.name(name)?.as_str().parse().ok()
}

fn day(parts: &Captures<'_>, year: Option<i32>) -> Option<NaiveDate> {
    let either = |eight, other| number(parts, eight).or_else(|| number(parts, other));
    let year = either("y8", "y").and_then(|y| i32::try_from(y).ok()).or(year)?;
    NaiveDate::from_ymd_opt(year, either("m8", "m")?, either("d8", "d")?)
}

fn time(parts: &Captures<'_>) -> Option<NaiveTime> {
    let Some(hour) = number(parts, "h") else { return Some(NaiveTime::MIN) };
    let minute = match parts.name("min").map(|m| m.as_str()) {
        Some("半") => 30,
        _ => number(parts, "min").unwrap_or(0),
    };
    let afternoon = matches!(parts.name("half").map(|m| m.as_str()), Some("下午" | "晚上" | "晚"));
    let hour = if afternoon && hour < 12 { hour + 12 } else { hour };
    NaiveTime::from_hms_opt(hour, minute, number(parts, "s").unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Option<String> {
        moment(text, 2020, FixedOffset::east_opt(8 * 3600).unwrap()).map(|m| m.to_rfc3339())
    }

    #[test]
    fn a_day_is_read_in_every_way_that_offices_write_it() {
        let expected = NaiveDate::from_ymd_opt(2020, 10, 9);
        for text in [
            "2020-10-09",
            "2020/10/9",
            "2020.10.09",
            "2020年10月9日",
            "20201009",
            "２０２０年１０月９日",
            " 10月9日 ",
            "10-9",
            "2020-10-09 00:00",
        ] {
            assert_eq!(date(text, Some(2020)), expected, "{text}");
        }
        assert_eq!(date("10月9日", None), None);
        for text in ["", "2020-13-01", "2020-02-30", "十月", "2020-10", "10.5万"] {
            assert_eq!(date(text, Some(2020)), None, "{text}");
        }
    }

    #[test]
    fn a_moment_is_local_time_and_a_day_alone_is_its_first_moment() {
        let expected = Some("2020-10-18T09:12:00+08:00".to_string());
        for text in [
            "2020-10-18 09:12",
            "2020/10/18 9:12",
            "10月18日 9:12",
            "10月18日9时12分",
            "2020-10-18T09:12:00",
            "2020年10月18日(星期日) 上午9:12",
            "2020-10-18T01:12:00Z",
        ] {
            let found = at(text).map(|f| DateTime::parse_from_rfc3339(&f).unwrap());
            assert_eq!(found, expected.as_deref().map(|e| DateTime::parse_from_rfc3339(e).unwrap()), "{text}");
        }
        assert_eq!(at("10月19日下午3点半").as_deref(), Some("2020-10-19T15:30:00+08:00"));
        assert_eq!(at("2020-10-18").as_deref(), Some("2020-10-18T00:00:00+08:00"));
        for text in ["昨天", "2020-10-18 25:00", "10月18日 9:75"] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9年月日时分: /.(周一)上下午-]{0,24}") {
            let _ = (date(&text, Some(2020)), at(&text));
        }
    }
}
