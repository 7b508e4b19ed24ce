//! Numbers in Chinese characters.

/// A whole number: 五十, 一百二十, 两千, 廿三. Loose digits (二五, 三四) give none: they are a guess between two numbers.
pub fn chinese_integer(text: &str) -> Option<u64> {
    let (mut total, mut section, mut digit) = (0u64, 0u64, None::<u64>);
    for c in text.chars() {
        match c {
            '零' | '〇' => {}
            '廿' | '卅' => section = section.checked_add(if c == '廿' { 20 } else { 30 })?,
            '十' | '百' | '千' => {
                let power = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                section = section.checked_add(digit.take().unwrap_or(1) * power)?;
            }
            '万' => {
                let thousands = (section + digit.take().unwrap_or(0)).max(1);
                total = total.checked_add(thousands.checked_mul(10_000)?)?;
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
    total.checked_add(section)?.checked_add(digit.unwrap_or(0))
}

/// What a numeral of one character counts; 0 where it is none.
pub fn value(numeral: char) -> usize {
    let counted = "一二三四五六七八九十".chars().position(|c| c == numeral).map(|at| at + 1);
    counted.or_else(|| numeral.to_digit(10).map(|n| n as usize)).unwrap_or(0)
}

/// A year: 2020, 二〇二〇, 二○二零; of two digits (20年) where that is near `now`.
pub fn chinese_year(text: &str, now: i32) -> Option<i32> {
    let digits: String = text
        .chars()
        .map(|c| match c {
            '〇' | '○' | '零' | 'O' => '0',
            _ => "一二三四五六七八九".chars().zip('1'..='9').find(|(d, _)| *d == c).map_or(c, |(_, figure)| figure),
        })
        .collect();
    let year = digits.parse::<i32>().ok()?;
    let year = if digits.len() == 2 { 2000 + year } else { year };
    let near = digits.len() != 2 || (year - now).abs() <= 3;
    ((1990..2100).contains(&year) && near).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_years_in_characters() {
        for (text, wanted) in
            [("五十", 50), ("一百二十", 120), ("两千", 2000), ("廿三", 23), ("百", 100), ("一万二千", 12_000)]
        {
            assert_eq!(chinese_integer(text), Some(wanted), "{text}");
        }
        assert_eq!(chinese_integer("三四"), None);
        assert_eq!(chinese_integer(&"万".repeat(40)), Some(400_000));
        for text in ["2020", "二〇二〇", "二○二零", "20"] {
            assert_eq!(chinese_year(text, 2020), Some(2020), "{text}");
        }
        assert_eq!(chinese_year("12", 2020), None);
        assert_eq!(chinese_year("1020", 2020), None);
    }
}
