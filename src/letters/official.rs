//! Days, moments and numbers as official documents write them: 2020年10月9日, without leading zeros (GB/T 9704—2012, 7.3.5;
//! GB/T 15835—2011, 4.1).

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// 2020年10月9日
pub fn day(day: NaiveDate) -> String {
    format!("{}年{}", day.year(), short_day(day))
}

/// 10月9日
pub fn short_day(day: NaiveDate) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// 2020年10月9日8时, 2020年10月9日8时30分
pub fn moment(time: NaiveDateTime) -> String {
    let minute = if time.minute() > 0 { format!("{}分", time.minute()) } else { String::new() };
    format!("{}{}时{minute}", day(time.date()), time.hour())
}

/// The number of a heading: 一, 十二, 二十; figures from a hundred on.
pub fn numeral(n: usize) -> String {
    let digit = |n: usize| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][n % 10];
    match n {
        1..=9 => digit(n).to_string(),
        10..=19 => format!("十{}", digit(n)),
        20..=99 => format!("{}十{}", digit(n / 10), digit(n)),
        _ => n.to_string(),
    }
}

/// 88.9%; nothing where there is no whole.
pub fn rate(part: usize, whole: usize) -> String {
    if whole == 0 {
        return String::new();
    }
    let thousandths = (part * 1000 + whole / 2) / whole;
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenth => format!("{}.{tenth}%", thousandths / 10),
    }
}

/// The width of a text in full-width characters: letters and figures of Latin script take half of one. In halves, so that
/// it is a whole number.
pub fn halves(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_are_written_as_the_standard_has_them() {
        let date = NaiveDate::from_ymd_opt(2020, 10, 9).unwrap();
        assert_eq!(day(date), "2020年10月9日");
        assert_eq!(moment(date.and_hms_opt(8, 0, 0).unwrap()), "2020年10月9日8时");
        assert_eq!(moment(date.and_hms_opt(8, 5, 0).unwrap()), "2020年10月9日8时5分");
        assert_eq!([1, 10, 12, 20, 21, 99].map(numeral), ["一", "十", "十二", "二十", "二十一", "九十九"]);
        assert_eq!([rate(32, 36), rate(1, 1), rate(0, 3), rate(1, 0)], ["88.9%", "100%", "0%", ""]);
        assert_eq!(halves("2020年"), 6);
    }
}
