//! The forms of a count, before anything is made of it: `12万余份`, `2,000册`, `五十余户`, `参会人数:19`.

use std::ops::Range;

/// Measure words; of two that begin alike the longer one first.
const UNITS: [&str; 17] =
    ["人次", "课时", "个人", "人", "名", "位", "户", "份", "场", "篇", "期", "次", "块", "条", "幅", "件", "册"];
/// Words before a number that say what it counts.
const LABELS: [&str; 4] = ["人次", "人数", "户数", "份数"];
/// The most Chinese numerals in a row.
const NUMERALS: usize = 12;

/// What looks like a count.
pub struct Form {
    /// All of it.
    pub whole: Range<usize>,
    /// Its parts.
    pub what: What,
}

/// The parts of a count.
pub enum What {
    /// A number with its unit.
    Measured {
        /// As it is written.
        number: Range<usize>,
        /// 十, 百, 千 or 万 after it.
        power: Option<char>,
        /// The measure word.
        unit: &'static str,
    },
    /// A number after what it counts.
    Labelled {
        /// The word.
        label: Range<usize>,
        /// The number.
        bare: Range<usize>,
    },
}

/// The next form at or after a place.
pub fn next_form(text: &str, from: usize) -> Option<Form> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&b) = bytes.get(at) {
        if b.is_ascii() {
            if b.is_ascii_digit()
                && let Some(form) = measured(text, at)
            {
                return Some(form);
            }
            at += 1;
            continue;
        }
        let c = text.get(at..)?.chars().next()?;
        let form = if is_numeral(c) {
            measured(text, at)
        } else if matches!(c, '人' | '户' | '份') {
            labelled(text, at)
        } else {
            None
        };
        if form.is_some() {
            return form;
        }
        at += c.len_utf8();
    }
    None
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '零'
            | '〇'
            | '廿'
            | '卅'
    )
}

fn measured(text: &str, at: usize) -> Option<Form> {
    let rest = text.get(at..)?;
    grouped(rest).and_then(|n| with_unit(text, at, n)).or_else(|| with_unit(text, at, plain(rest)))
}

/// Bytes of `2,000` and longer.
fn grouped(rest: &str) -> Option<usize> {
    let first = digits(rest);
    let groups = (0..).map(|n| first + n * 4).take_while(|end| {
        let group = rest.get(*end..).unwrap_or("");
        group.starts_with(',') && digits(&group[1..]) >= 3
    });
    let groups = groups.count();
    ((1..=3).contains(&first) && groups > 0).then_some(first + groups * 4)
}

/// Bytes of a number in figures, with decimals, or in Chinese.
fn plain(rest: &str) -> usize {
    let whole = digits(rest);
    if whole == 0 {
        return rest.chars().take(NUMERALS).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    }
    let decimals = rest[whole..].strip_prefix('.').map_or(0, digits);
    if decimals > 0 { whole + 1 + decimals } else { whole }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn with_unit(text: &str, start: usize, length: usize) -> Option<Form> {
    let number = start..start + length;
    let mut rest = text.get(number.end..)?;
    let mut take = |set: &[char]| {
        let c = rest.chars().next().filter(|c| set.contains(c))?;
        rest = &rest[c.len_utf8()..];
        Some(c)
    };
    take(&['余', '多', '来', '几']);
    let power = take(&['十', '百', '千', '万']);
    take(&['余', '多', '来', '几']);
    let rest = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
    let unit = UNITS.iter().find(|u| rest.starts_with(**u))?;
    let end = text.len() - rest.len() + unit.len();
    (length > 0).then_some(Form { whole: start..end, what: What::Measured { number, power, unit } })
}

fn labelled(text: &str, at: usize) -> Option<Form> {
    let rest = text.get(at..)?;
    let label = LABELS.iter().find(|l| rest.starts_with(**l))?.len();
    let marks: usize = rest[label..].chars().take(2).take_while(|c| ":为达共是".contains(*c)).map(char::len_utf8).sum();
    let bare = at + label + marks..at + label + marks + digits(&rest[label + marks..]);
    (!bare.is_empty()).then(|| Form { whole: at..bare.end, what: What::Labelled { label: at..at + label, bare } })
}
