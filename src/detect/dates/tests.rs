//! The ways of writing a date, and what only looks like one.

use super::*;
use proptest::prelude::*;

/// October 2020, as a report without a signature would have it.
const OCTOBER: Calendar = Calendar { year: 2020, month: Some(10), signed: None };

fn days(text: &str, calendar: Calendar) -> Vec<String> {
    dates(text, calendar).iter().map(|h| h.date.to_string()).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        let found: Vec<String> = dates(text, OCTOBER).iter().map(|h| h.date.format("%m-%d").to_string()).collect();
        assert_eq!(found, *wanted, "{text}");
    }
}

fn signed(text: &str, year: i32, month: u32, day: u32) -> Vec<String> {
    days(text, Calendar { year, month: None, signed: NaiveDate::from_ymd_opt(year, month, day) })
}

#[test]
fn dates_in_every_way_of_writing() {
    check(&[
        ("10月12日下午", &["10-12"]),
        ("10月12号下午", &["10-12"]),
        ("10月12上午召开", &["10-12"]),
        ("十月十六日", &["10-16"]),
        ("十月二十一日", &["10-21"]),
        ("十月廿三日", &["10-23"]),
        ("2020.10.17", &["10-17"]),
        ("2020-10-17", &["10-17"]),
        ("2020/10/7 14:30", &["10-07"]),
        ("2020年10.17", &["10-17"]),
        ("二〇二〇年十月十八日", &["10-18"]),
        ("二零二零年10月18日", &["10-18"]),
        ("20年10月18日", &["10-18"]),
        ("10.12日召开", &["10-12"]),
        ("10.16", &["10-16"]),
        ("9.26日下午", &["09-26"]),
        ("9.26(周六)入户", &["09-26"]),
        ("学生10月9日(星期五)返校", &["10-09"]),
        ("2020-10-14 00:00:00", &["10-14"]),
    ]);
}

#[test]
fn days_without_a_month_belong_to_the_month_before_them() {
    check(&[
        ("十六日和17日", &["10-16", "10-17"]),
        ("17号上午", &["10-17"]),
        ("9月26日入户,28日又去了一次", &["09-26", "09-28"]),
        ("15日下午召开家长会", &["10-15"]),
        ("本月14日", &["10-14"]),
        ("上月28日", &["09-28"]),
        ("17日一早", &["10-17"]),
        ("10月12日开会,次日入户", &["10-12", "10-13"]),
        ("十二日上午", &["10-12"]),
        ("九日上午", &["10-09"]),
    ]);
}

#[test]
fn ranges_and_lists_of_days() {
    check(&[
        ("2020年10月13日至15日", &["10-13", "10-15"]),
        ("10月13日-10月15日", &["10-13", "10-15"]),
        ("10月16日、17日", &["10-16", "10-17"]),
        ("10月13-15日", &["10-13", "10-15"]),
        ("10.13-10.16", &["10-13", "10-16"]),
        ("10.13-16", &["10-13", "10-16"]),
        ("9.8-9.10", &["09-08", "09-10"]),
        ("8日至9日", &["10-08", "10-09"]),
        ("8-9日", &["10-08", "10-09"]),
        ("10月12、14、16日", &["10-12", "10-14", "10-16"]),
        ("12、13和14日", &["10-12", "10-13", "10-14"]),
        ("十月十二至十四日", &["10-12", "10-14"]),
        ("十二至十四日", &["10-12", "10-14"]),
        ("10月30日到11月2日", &["10-30", "11-02"]),
    ]);
}

#[test]
fn list_numbers_are_no_part_of_a_date() {
    check(&[
        ("1.10月19日下午", &["10-19"]),
        ("2.10.17入户", &["10-17"]),
        ("3.2020年10月19日", &["10-19"]),
        ("4.2020.10.19", &["10-19"]),
        ("3.15日下午召开", &["10-15"]),
        ("3、14日下午", &["10-14"]),
        ("会议开完。2.10月16日", &["10-16"]),
    ]);
}

#[test]
fn numbers_that_are_no_dates() {
    for text in [
        "〔2018〕44号",
        "蒲政发〔2020〕12号文件",
        "[2020]9号",
        "第10号文件",
        "6:30",
        "9:00-10:30",
        "12.5万元",
        "3.5斤",
        "34.12%",
        "10.15%",
        "10.12元",
        "12.10分",
        "近日",
        "3日内",
        "十日内",
        "为期3日",
        "近5日",
        "一日三餐",
        "三日",
        "每月10日",
        "每年10月17日",
        "2号楼",
        "三号楼",
        "东街12号院",
        "B12号",
        "10月16名",
        "10月底",
        "10月中旬",
        "2020年10月",
        "2020-2021学年",
        "13月5日",
        "10月32日",
        "2020.10.123",
        "扶贫日",
        "工作日",
        "节假日",
        "90.12.5.6",
        "第15日",
        "0913-7212345",
        "星期三日",
        "18日内完成",
        "第二天",
    ] {
        assert_eq!(days(text, OCTOBER), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_year_is_taken_from_what_stands_before_and_from_the_signature() {
    assert_eq!(days("2019年10月17日至18日", OCTOBER), ["2019-10-17", "2019-10-18"]);
    assert_eq!(
        days("2019年10月14日开会,10月15日入户。10月16日总结", OCTOBER),
        ["2019-10-14", "2019-10-15", "2020-10-16"]
    );
    assert_eq!(days("去年10月17日", OCTOBER), ["2019-10-17"]);
    assert_eq!(days("去年,我校于10月17日入户,今年10月16日入户", OCTOBER), ["2019-10-17", "2020-10-16"]);
    assert_eq!(days("2019年12月30日至1月3日", OCTOBER), ["2019-12-30", "2020-01-03"]);
    assert_eq!(signed("12月28日召开会议", 2021, 1, 5), ["2020-12-28"]);
    assert_eq!(signed("拟于1月5日入户", 2020, 12, 28), ["2021-01-05"]);
    assert_eq!(signed("3月5日,10月12日", 2020, 10, 18), ["2020-03-05", "2020-10-12"]);
    assert_eq!(signed("10月24日补上", 2020, 10, 18), ["2020-10-24"]);
    assert_eq!(signed("上月28日", 2021, 1, 5), ["2020-12-28"]);
}

#[test]
fn a_cell_of_dates_may_be_written_loosely() {
    let cell = |text: &str| -> Vec<String> {
        dates_in_cell(text, OCTOBER).iter().map(|h| h.date.format("%m-%d").to_string()).collect()
    };
    assert_eq!(cell("10.9"), ["10-09"]);
    assert_eq!(cell("10/9"), ["10-09"]);
    assert_eq!(cell("10-12"), ["10-12"]);
    assert_eq!(cell("10.9-11"), ["10-09", "10-11"]);
    assert_eq!(cell("10月9日"), ["10-09"]);
    assert_eq!(cell("9:00-10:30"), Vec::<String>::new());
}

#[test]
fn a_long_list_of_days_costs_no_more_than_its_length() {
    // Looked at from its start for each of its days, this text would take hours.
    let found = dates(&"8、".repeat(200_000), OCTOBER).len() + dates(&"8-9日,".repeat(100_000), OCTOBER).len();
    assert_eq!(found, 200_000);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_hits_stand_in_order(text in "[0-9一二十廿月日号年.、至/:〔〕 -]{0,40}") {
        for found in [dates(&text, OCTOBER), dates_in_cell(&text, OCTOBER)] {
            prop_assert!(found.windows(2).all(|w| w[0].end <= w[1].start));
            prop_assert!(found.iter().all(|h| text.get(h.start..h.end).is_some()));
        }
    }

    #[test]
    fn every_day_is_read_back(month in 1u32..=12, day in 1u32..=28, year in 2001i32..2090) {
        let wanted = format!("{year}-{month:02}-{day:02}");
        for text in [format!("{year}年{month}月{day}日"), format!("{year}.{month}.{day}"), format!("{year}-{month:02}-{day:02}")] {
            prop_assert_eq!(days(&text, OCTOBER), vec![wanted.clone()]);
        }
    }
}
