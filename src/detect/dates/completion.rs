//! What an incomplete date is completed with: the dates before it, the day of the signature, the campaign's year.

use chrono::{Datelike, Days, NaiveDate};

/// So long before its signature a report may tell of a day without saying the year.
const BACK: Days = Days::new(300);
/// The days from the first to the last that a report may mean: a year without a day.
const SPAN: Days = Days::new(364);

/// What the document and the campaign say of dates that are not written in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calendar {
    /// The year of dates without one, where the document is not signed.
    pub year: i32,
    /// The month of dates without one, before a month is named.
    pub month: Option<u32>,
    /// The day on which the document was signed.
    pub signed: Option<NaiveDate>,
}

/// A date as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// 2020年10月17日, 去年10月17日, 10月17日.
    Full {
        /// The year, where it stands.
        year: Option<i32>,
        /// 去年 is 1.
        years_ago: Option<i32>,
        /// The month.
        month: u32,
        /// The day.
        day: u32,
    },
    /// 10.17.
    Point {
        /// The month.
        month: u32,
        /// The day.
        day: u32,
    },
    /// 次日, 第二天.
    NextDay,
    /// 17日, 本月17日.
    Day {
        /// The day.
        day: u32,
        /// 上月 is 1.
        months_ago: Option<u32>,
    },
}

impl Written {
    /// Whether the year stands there in figures.
    pub fn has_year(&self) -> bool {
        matches!(self, Written::Full { year: Some(_), .. })
    }
}

/// The calendar, and the dates read so far.
#[derive(Debug, Clone)]
pub struct Context {
    calendar: Calendar,
    last: Option<NaiveDate>,
    /// Whether the last date's year stood there.
    said: bool,
}

impl Context {
    /// Before the first date.
    pub fn new(calendar: Calendar) -> Context {
        Context { calendar, last: None, said: false }
    }

    /// The year of the document.
    pub fn year(&self) -> i32 {
        self.calendar.year
    }

    /// The month of a date without one.
    pub fn month(&self) -> Option<u32> {
        self.last.map(|d| d.month()).or(self.calendar.month)
    }

    /// The day that is meant. `between` is what stands between the date before and this one.
    pub fn complete(&mut self, written: &Written, between: Option<&str>) -> Option<NaiveDate> {
        // 2019年10月14日…,10月15日: a year holds to the end of its sentence.
        let same = between.is_some_and(|b| !b.contains(['。', '\n', '|']));
        let inherited = self.last.filter(|_| self.said && same).map(|d| d.year());
        let (date, said) = match *written {
            Written::Full { year: Some(year), month, day, .. } => (NaiveDate::from_ymd_opt(year, month, day)?, true),
            Written::Full { years_ago: Some(ago), month, day, .. } => {
                (NaiveDate::from_ymd_opt(self.calendar.year - ago, month, day)?, true)
            }
            Written::Full { month, day, .. } | Written::Point { month, day } => match inherited {
                Some(year) => (self.not_before_last(NaiveDate::from_ymd_opt(year, month, day)?), true),
                None => (self.nearest(month, day)?, false),
            },
            Written::NextDay => (self.last?.succ_opt()?, self.said),
            Written::Day { day, months_ago: Some(ago) } => {
                let today = self.calendar.signed.or(self.last);
                let (year, month) =
                    today.map(|d| (d.year(), d.month())).or(self.calendar.month.map(|m| (self.calendar.year, m)))?;
                let (year, month) = if month > ago { (year, month - ago) } else { (year - 1, month + 12 - ago) };
                (NaiveDate::from_ymd_opt(year, month, day)?, false)
            }
            Written::Day { day, .. } => match self.last {
                Some(last) => (last.with_day(day)?, self.said),
                None => (self.nearest(self.calendar.month?, day)?, false),
            },
        };
        (self.last, self.said) = (Some(date), said);
        Some(date)
    }

    /// 2019年12月30日至1月3日 ends in the next year.
    fn not_before_last(&self, date: NaiveDate) -> NaiveDate {
        let months = self.last.map_or(0, |l| l.month() as i32 - date.month() as i32);
        if months > 6 { date.with_year(date.year() + 1).unwrap_or(date) } else { date }
    }

    /// The day of the year in which a report signed on that day most likely means it: mostly past, at most two months on.
    fn nearest(&self, month: u32, day: u32) -> Option<NaiveDate> {
        let in_year = |year| NaiveDate::from_ymd_opt(year, month, day);
        let Some(first) = self.calendar.signed.and_then(|s| s.checked_sub_days(BACK)) else {
            return in_year(self.calendar.year);
        };
        let last = first.checked_add_days(SPAN)?;
        [first.year(), last.year()].into_iter().filter_map(in_year).find(|d| first <= *d && *d <= last)
    }
}
