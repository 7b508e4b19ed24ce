//! Counts with their units: 45人, 2000份, 五十余户, 12万余份.

use crate::model::reading::Count;
use regex::Regex;
use std::sync::OnceLock;

/// All counts of a normalised text, in order.
pub fn counts(text: &str) -> Vec<Count> {
    static COUNT: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = concat!(
        r"(?P<n>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千万零〇]+)\s?(?P<w>万)?(?:余|多|来|几)?\s?",
        r"(?P<u>人次|课时|人|名|位|户|份|场|篇|期|次|块|条|幅|件|册)"
    );
    let Some(count) = COUNT.get_or_init(|| Regex::new(pattern).ok()) else { return Vec::new() };
    count
        .captures_iter(text)
        .filter_map(|c| {
            let whole = c.get(0)?;
            let before = text[..whole.start()].chars().next_back();
            let after = text[whole.end()..].chars().next();
            let written = &c["n"];
            let n = if written.is_ascii() {
                written.replace(',', "").parse::<f64>().ok()?
            } else {
                chinese_integer(written)? as f64
            };
            let n = if c.name("w").is_some() { n * 10_000.0 } else { n };
            // 一封信, 一人一案, 第三次, 任一户 count nothing.
            let idiom = !written.is_ascii()
                && (n <= 1.0 && !matches!(&c["u"], "名" | "位")
                    || matches!(before, Some('第' | '每' | '任' | '同' | '统' | '唯'))
                    || after.is_some_and(|a| a == '一'));
            let part = before.is_some_and(|b| b.is_ascii_digit() || matches!(b, '.' | '第'));
            (!idiom && !part && n >= 0.0 && n.fract() == 0.0 && n < 1e12)
                .then(|| Count { n: n as u64, unit: c["u"].to_string() })
        })
        .collect()
}

/// A whole number in Chinese: 五十, 一百二十, 两千. Loose digits (二五) give none.
pub fn chinese_integer(text: &str) -> Option<u64> {
    let (mut total, mut section, mut digit) = (0u64, 0u64, None::<u64>);
    for c in text.chars() {
        match c {
            '零' | '〇' => {}
            '十' | '百' | '千' => {
                let power = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                section += digit.take().unwrap_or(1) * power;
            }
            '万' => {
                total += (section + digit.take().unwrap_or(0)).max(1) * 10_000;
                section = 0;
            }
            _ => {
                let value = "一二三四五六七八九"
                    .chars()
                    .position(|d| d == c)
                    .map(|i| i as u64 + 1)
                    .or((c == '两').then_some(2))?;
                if digit.replace(value).is_some() {
                    return None;
                }
            }
        }
    }
    Some(total + section + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        counts(text).iter().map(|c| format!("{}{}", c.n, c.unit)).collect()
    }

    #[test]
    fn counts_in_figures_and_in_chinese() {
        assert_eq!(found("共31人参会,走访五十余户,发放12万余份"), ["31人", "50户", "120000份"]);
        assert_eq!(found("七户、二位家长,到会家长1,126人次"), ["7户", "2位", "1126人次"]);
        assert_eq!(found("承担1名学生的任务,有一名学生"), ["1名", "1名"]);
    }

    #[test]
    fn words_that_count_nothing() {
        for text in ["致家长的一封信", "一人一案", "一户一策", "第三次", "一次专题会议"] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
