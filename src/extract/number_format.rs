//! A number and its format code → the text of the cell (ECMA-376 part 1, 18.8.30 and 18.8.31; MS-XLS 2.4.126).
//!
//! Not every ornament of the program: dates come out as `2020-10-14`, thousands are not parted, a whole number has no
//! decimal point. What carries sense is kept: percent, leading zeros, rounding, and words around the number (`0"人"`).

use chrono::{Duration, NaiveDate, NaiveDateTime, Timelike};

/// What a format code makes of a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum NumberFormat {
    /// As the number is.
    #[default]
    General,
    /// A date, a time of day, or both.
    Date(DateParts),
    /// Elapsed time: hours may exceed 24.
    Elapsed,
    /// Digits.
    Digits(Digits),
}

/// Which parts of a date a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateParts {
    /// Year, month or day.
    pub date: bool,
    /// The day of the month (or of the week) among them.
    pub day: bool,
    /// Hours, minutes or seconds.
    pub time: bool,
}

/// How digits are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Digits {
    /// Decimals at most.
    decimals: usize,
    /// Digits before the point at least: `000000` keeps a code's zeros.
    whole: usize,
    /// Times a hundred, with a percent sign.
    percent: bool,
    /// Words before the number.
    before: String,
    /// Words after the number: a unit.
    after: String,
}

/// A built-in format by its number, the Chinese ones included (27 to 36 and 50 to 58 are dates under a Chinese locale).
pub fn builtin(id: u32) -> NumberFormat {
    let date = |date, day, time| NumberFormat::Date(DateParts { date, day, time });
    let digits = |decimals, percent| NumberFormat::Digits(Digits { decimals, percent, whole: 1, ..Digits::default() });
    match id {
        1 | 3 | 5 | 6 | 37 | 38 | 41 | 42 => digits(0, false),
        2 | 4 | 7 | 8 | 39 | 40 | 43 | 44 => digits(2, false),
        9 => digits(0, true),
        10 => digits(2, true),
        14..=16 | 28..=31 | 36 | 50 | 51 | 53 | 54 | 58 => date(true, true, false),
        17 | 27 | 52 | 57 => date(true, id != 17, false),
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => date(false, false, true),
        22 => date(true, true, true),
        46 => NumberFormat::Elapsed,
        _ => NumberFormat::General,
    }
}

impl NumberFormat {
    /// Reads a format code. Only its first section counts, for the sign stays with the number.
    pub fn parse(code: &str) -> Self {
        let lower = code.trim().to_ascii_lowercase();
        if lower.is_empty() || lower == "@" || lower.contains("general") || lower.starts_with("g/") {
            return NumberFormat::General;
        }
        Scan::of(code).finish()
    }

    /// The cell's text.
    pub fn show(&self, value: f64, epoch_1904: bool) -> String {
        match self {
            NumberFormat::General => general(value),
            NumberFormat::Date(parts) => date(value, *parts, epoch_1904).unwrap_or_else(|| general(value)),
            NumberFormat::Elapsed => elapsed(value),
            NumberFormat::Digits(digits) => digits.show(value),
        }
    }
}

impl Digits {
    fn show(&self, value: f64) -> String {
        let value = if self.percent { value * 100.0 } else { value };
        if !value.is_finite() || value.abs() >= 1e15 {
            return general(value);
        }
        // Half away from zero, as the programs round; 15 digits first, so that 2.675 is not 2.67499….
        let rounded = round(significant(value), self.decimals);
        let mut text = format!("{:.*}", self.decimals, rounded.abs());
        if text.contains('.') {
            text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
        }
        let whole = text.find('.').unwrap_or(text.len());
        let zeros = "0".repeat(self.whole.saturating_sub(whole));
        let sign = if rounded < 0.0 { "-" } else { "" };
        let percent = if self.percent { "%" } else { "" };
        format!("{sign}{}{zeros}{text}{percent}{}", self.before, self.after)
    }
}

/// A pass over the first section of a format code.
#[derive(Default)]
struct Scan {
    digits: Digits,
    parts: DateParts,
    months_or_minutes: bool,
    point: bool,
    seen_digit: bool,
    elapsed: bool,
    scientific: bool,
}

impl Scan {
    fn of(code: &str) -> Self {
        let mut scan = Scan::default();
        let mut chars = code.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => chars.by_ref().take_while(|c| *c != '"').for_each(|c| scan.word(c)),
                '\\' | '!' => chars.next().into_iter().for_each(|c| scan.word(c)),
                '_' | '*' => drop(chars.next()),
                '[' => scan.bracket(&chars.by_ref().take_while(|c| *c != ']').collect::<String>()),
                '0' | '#' | '?' => scan.digit(c),
                '.' => scan.point = scan.seen_digit || matches!(chars.peek(), Some('0' | '#' | '?')),
                '%' => scan.digits.percent = true,
                'E' | 'e' if scan.seen_digit && matches!(chars.peek(), Some('+' | '-')) => scan.scientific = true,
                'y' | 'Y' | 'e' | 'E' | 'b' | 'B' | 'g' | 'G' => scan.parts.date = true,
                'd' | 'D' => (scan.parts.date, scan.parts.day) = (true, true),
                'h' | 'H' | 's' | 'S' => scan.parts.time = true,
                'm' | 'M' => scan.months_or_minutes = true,
                // aaa and aaaa are weekdays, am/pm and a/p belong to a time.
                'a' | 'A' if matches!(chars.peek(), Some('a' | 'A')) => {
                    (scan.parts.date, scan.parts.day) = (true, true)
                }
                'a' | 'A' | 'p' | 'P' if scan.parts.time => {}
                '/' | ',' | '@' => scan.scientific |= c == '/' && scan.seen_digit,
                _ => scan.word(c),
            }
        }
        scan
    }

    fn word(&mut self, c: char) {
        let side = if self.seen_digit { &mut self.digits.after } else { &mut self.digits.before };
        if side.chars().count() < 16 {
            side.push(c);
        }
    }

    fn digit(&mut self, c: char) {
        self.seen_digit = true;
        if self.point {
            self.digits.decimals = (self.digits.decimals + 1).min(15);
        } else if c == '0' {
            self.digits.whole = (self.digits.whole + 1).min(40);
        }
    }

    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_ascii_lowercase();
        if !lower.is_empty() && ["h", "m", "s"].iter().any(|unit| lower.chars().all(|c| unit.contains(c))) {
            self.elapsed = true;
        } else if let Some(currency) = inside.strip_prefix('$') {
            currency.split('-').next().unwrap_or_default().chars().for_each(|c| self.word(c));
        }
    }

    fn finish(mut self) -> NumberFormat {
        if self.elapsed {
            return NumberFormat::Elapsed;
        }
        if self.months_or_minutes && !self.parts.time {
            self.parts.date = true;
        } else if self.months_or_minutes && !self.parts.date && !self.seen_digit {
            self.parts.time = true;
        }
        if self.parts.date || self.parts.time {
            return NumberFormat::Date(self.parts);
        }
        if self.scientific || !self.seen_digit {
            return NumberFormat::General;
        }
        for side in [&mut self.digits.before, &mut self.digits.after] {
            // Brackets and signs around the number are the look of negative or aligned numbers, not words.
            *side = side.trim_matches([' ', '(', ')', '-', '+']).to_string();
        }
        NumberFormat::Digits(self.digits)
    }
}

/// The number without a format: 15 digits, as many as the programs keep; never an exponent where a person would not
/// see one in the formula bar.
pub fn general(value: f64) -> String {
    if !value.is_finite() {
        return "#NUM!".to_string();
    }
    let value = significant(value);
    let size = value.abs();
    if value == 0.0 {
        "0".to_string()
    } else if (1e-9..1e21).contains(&size) {
        format!("{value}")
    } else {
        format!("{value:E}")
    }
}

fn significant(value: f64) -> f64 {
    format!("{value:.14e}").parse().unwrap_or(value)
}

fn round(value: f64, decimals: usize) -> f64 {
    let scale = 10f64.powi(decimals as i32);
    let scaled = significant(value * scale).round();
    if scaled.is_finite() { scaled / scale } else { value }
}

fn elapsed(value: f64) -> String {
    if !value.is_finite() || value.abs() > 3e6 {
        return general(value);
    }
    let seconds = (value.abs() * 86_400.0).round() as u64;
    let sign = if value < 0.0 { "-" } else { "" };
    clock(sign, seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn clock(sign: &str, hours: u64, minutes: u64, seconds: u64) -> String {
    if seconds == 0 {
        format!("{sign}{hours:02}:{minutes:02}")
    } else {
        format!("{sign}{hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// A serial number as a date. None where the program itself would show no date.
fn date(value: f64, parts: DateParts, epoch_1904: bool) -> Option<String> {
    if !parts.date {
        let seconds = (value.rem_euclid(1.0) * 86_400.0).round() as u64 % 86_400;
        return value.is_finite().then(|| clock("", seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
    let moment = moment(value, epoch_1904)?;
    Some(match (parts.day || parts.time, parts.time) {
        (_, true) => with_time(moment),
        (true, false) => moment.format("%Y-%m-%d").to_string(),
        (false, false) => moment.format("%Y-%m").to_string(),
    })
}

/// A moment as `2020-10-14 09:30`, with seconds only where there are any.
pub fn with_time(moment: NaiveDateTime) -> String {
    let pattern = if moment.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    moment.format(pattern).to_string()
}

/// The moment of a serial number, to the second. The 1900 system counts a 29 February 1900 that never was.
fn moment(value: f64, epoch_1904: bool) -> Option<NaiveDateTime> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let epoch = match (epoch_1904, value < 60.0) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
        (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31),
        (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30),
    }?;
    let seconds = (value * 86_400.0).round() as i64;
    epoch.and_hms_opt(0, 0, 0)?.checked_add_signed(Duration::try_seconds(seconds)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        NumberFormat::parse(code).show(value, false)
    }

    #[test]
    fn dates_whatever_their_dress() {
        for code in [
            "yyyy-mm-dd",
            "yyyy\"年\"m\"月\"d\"日\";@",
            "m/d/yy",
            "[$-804]yyyy年m月d日",
            "d-mmm",
            "[$-404]e\"年\"m\"月\"d\"日\"",
        ] {
            assert_eq!(shown(code, 44118.0), "2020-10-14", "{code}");
        }
        assert_eq!(shown("yyyy/m/d h:mm", 44118.395833333336), "2020-10-14 09:30");
        assert_eq!(shown("上午/下午 h\"时\"mm\"分\"", 0.395833333333), "09:30");
        assert_eq!(shown("yyyy\"年\"m\"月\"", 44118.0), "2020-10");
        assert_eq!(shown("[h]:mm", 1.5), "36:00");
        for id in (27..=31).chain([36, 50, 51, 53, 54, 57, 58]) {
            assert_eq!(builtin(id).show(44118.0, false), "2020-10-14", "{id}");
        }
        assert_eq!(builtin(14).show(42656.0, true), "2020-10-14");
        assert_eq!(shown("yyyy-mm-dd", -1.0), "-1");
    }

    #[test]
    fn digits_keep_what_carries_sense() {
        for (code, value, text) in [
            ("General", 45.0, "45"),
            ("General", 0.1 + 0.2, "0.3"),
            ("G/通用格式", 7.5, "7.5"),
            ("@", 12.0, "12"),
            ("0%", 0.95, "95%"),
            ("0.00%", 0.9512, "95.12%"),
            ("0.00%", 0.5, "50%"),
            ("000000", 715500.0, "715500"),
            ("00000", 371.0, "00371"),
            ("0\"人\"", 45.0, "45人"),
            ("#,##0.00_);(#,##0.00)", 1234.5, "1234.5"),
            ("0.0", 2.25, "2.3"),
            ("0.00", 2.675, "2.68"),
            ("0_ ", -3.4, "-3"),
            ("0.00E+00", 1200.0, "1200"),
            ("# ?/?", 0.5, "0.5"),
            ("[Red]0.00;[Green]-0.00", 1.5, "1.5"),
            ("\"共\"0\"户\"", 12.0, "共12户"),
            ("[$¥-804]#,##0.00", 30.0, "¥30"),
        ] {
            assert_eq!(shown(code, value), text, "{code} {value}");
        }
        assert_eq!(general(610526200001010000.0), "610526200001010000");
        assert_eq!(general(1e300), "1E300");
    }
}
