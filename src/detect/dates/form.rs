//! The forms of a date, before it is known whether they are one: `去年10月17日`, `2020.10.17`, `10.17日`, `本月17日`, `次日`.

use std::ops::Range;

/// What looks like a date, in its parts as they are written.
pub enum Form<'t> {
    /// 2020年10月17日, 去年10月17号, 10月17.
    Named {
        /// The years back that a word before it says.
        ago: Option<i32>,
        /// The year.
        year: Option<&'t str>,
        /// The month.
        month: &'t str,
        /// The day.
        day: &'t str,
        /// Whether 日 or 号 follows.
        marked: bool,
    },
    /// 2020.10.17, 2020-10-17, 2020年10/17.
    Figures {
        /// The year.
        year: &'t str,
        /// The month.
        month: &'t str,
        /// The day.
        day: &'t str,
    },
    /// 10.17.
    Point {
        /// The month.
        month: &'t str,
        /// The day.
        day: &'t str,
        /// Whether 日 or 号 follows.
        marked: bool,
    },
    /// 17日, 本月17日.
    Day {
        /// The word before 月.
        near: Option<&'t str>,
        /// The day.
        day: &'t str,
        /// 日 or 号.
        mark: &'t str,
    },
    /// 次日, 第二天.
    Next,
}

/// The next form at or after a place, and where it stands.
pub fn next_form(text: &str, from: usize) -> Option<(Range<usize>, Form<'_>)> {
    let mut rest = Rest(text.get(from..)?);
    while let Some(c) = rest.0.chars().next() {
        let found = match c {
            '去' | '上' | '前' | '今' | '本' => years_ago(rest).or_else(|| day(rest)),
            '当' | '这' | '同' => day(rest),
            '次' | '翌' | '第' => next(rest),
            'O' | '0'..='9' | '〇' | '○' | '零' | '廿' | '卅' => form(rest, None),
            _ if is_numeral(c) => form(rest, None),
            _ => None,
        };
        if let Some((form, left)) = found {
            return Some((text.len() - rest.0.len()..text.len() - left.0.len(), form));
        }
        rest.0 = rest.0.get(c.len_utf8()..)?;
    }
    None
}

fn years_ago(mut rest: Rest<'_>) -> Option<(Form<'_>, Rest<'_>)> {
    let ago = match rest.one_of(&["去年", "上年", "前年", "今年", "本年"])? {
        "前年" => 2,
        "去年" | "上年" => 1,
        _ => 0,
    };
    rest.one_of(&["的"]);
    form(rest, Some(ago))
}

fn form(rest: Rest<'_>, ago: Option<i32>) -> Option<(Form<'_>, Rest<'_>)> {
    named(rest, ago).or_else(|| figures(rest)).or_else(|| point(rest)).or_else(|| day(rest)).or_else(|| next(rest))
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

fn is_day_numeral(c: char) -> bool {
    is_numeral(c) || matches!(c, '廿' | '卅')
}

fn is_year_numeral(c: char) -> bool {
    is_numeral(c) && c != '十' || matches!(c, '〇' | '○' | '零' | '0' | 'O')
}

fn named<'t>(mut rest: Rest<'t>, ago: Option<i32>) -> Option<(Form<'t>, Rest<'t>)> {
    let year = rest.year();
    let month = rest.month()?;
    rest.one_of(&["份"]);
    let day = rest.digits(2).or_else(|| rest.numerals(is_day_numeral, 3))?;
    let marked = rest.one_of(&["日", "号"]).is_some();
    Some((Form::Named { ago, year, month, day, marked }, rest))
}

fn figures(mut rest: Rest<'_>) -> Option<(Form<'_>, Rest<'_>)> {
    let year = rest.digits(4).filter(|y| y.len() == 4)?;
    rest.one_of(&[".", "-", "/", "年"])?;
    let month = rest.digits(2)?;
    rest.one_of(&[".", "-", "/"])?;
    let day = rest.digits(2)?;
    Some((Form::Figures { year, month, day }, rest))
}

fn point(mut rest: Rest<'_>) -> Option<(Form<'_>, Rest<'_>)> {
    let month = rest.digits(2)?;
    rest.one_of(&["."])?;
    let day = rest.digits(2)?;
    let marked = rest.one_of(&["日", "号"]).is_some();
    Some((Form::Point { month, day, marked }, rest))
}

fn day(mut rest: Rest<'_>) -> Option<(Form<'_>, Rest<'_>)> {
    let near = ["本月", "当月", "这个月", "这月", "上个月", "上月", "同月"];
    let near = rest.one_of(&near).and_then(|month| month.strip_suffix('月'));
    if let Some(day) = rest.digits(2) {
        let mark = rest.one_of(&["日", "号"])?;
        return Some((Form::Day { near, day, mark }, rest));
    }
    // As many numerals as a mark follows.
    (1..=3).rev().find_map(|most| {
        let mut ahead = rest;
        let day = ahead.numerals(is_day_numeral, most)?;
        let mark = ahead.one_of(&["日", "号"])?;
        Some((Form::Day { near, day, mark }, ahead))
    })
}

fn next(mut rest: Rest<'_>) -> Option<(Form<'_>, Rest<'_>)> {
    rest.one_of(&["次日", "翌日", "第二天"])?;
    Some((Form::Next, rest))
}

/// What is still to be read.
#[derive(Clone, Copy)]
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    fn take(&mut self, bytes: usize) -> Option<&'t str> {
        let (taken, rest) = self.0.split_at_checked(bytes).filter(|_| bytes > 0)?;
        self.0 = rest;
        Some(taken)
    }

    fn one_of(&mut self, words: &[&str]) -> Option<&'t str> {
        let word = words.iter().find(|w| self.0.starts_with(**w))?;
        self.take(word.len())
    }

    /// Up to so many figures.
    fn digits(&mut self, most: usize) -> Option<&'t str> {
        self.take(self.0.bytes().take(most).take_while(u8::is_ascii_digit).count())
    }

    /// Up to so many numerals of a kind.
    fn numerals(&mut self, is_one: fn(char) -> bool, most: usize) -> Option<&'t str> {
        self.take(self.0.chars().take(most).take_while(|c| is_one(*c)).map(char::len_utf8).sum())
    }

    /// A year with its 年.
    fn year(&mut self) -> Option<&'t str> {
        let of = |mut rest: Rest<'t>, year: Option<&'t str>| {
            rest.one_of(&["年"])?;
            Some((rest.0, year?))
        };
        let figures = [4, 2].into_iter().find_map(|n| {
            let mut ahead = Rest(self.0);
            let year = ahead.digits(n).filter(|y| y.len() == n);
            of(ahead, year)
        });
        let found = figures.or_else(|| {
            let mut ahead = Rest(self.0);
            let year = ahead.numerals(is_year_numeral, 4).filter(|y| y.chars().count() == 4);
            of(ahead, year)
        });
        let (rest, year) = found?;
        self.0 = rest;
        Some(year)
    }

    /// A month with its 月.
    fn month(&mut self) -> Option<&'t str> {
        let mut ahead = Rest(self.0);
        let month = match ahead.digits(2) {
            Some(month) => month,
            None => {
                let most = if self.0.chars().nth(1) == Some('月') { 1 } else { 2 };
                ahead.numerals(is_numeral, most)?
            }
        };
        ahead.one_of(&["月"])?;
        self.0 = ahead.0;
        Some(month)
    }
}
