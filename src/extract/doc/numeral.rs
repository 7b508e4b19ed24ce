//! The numerals of automatic lists: 3 as 3, III, c, 三, 叁, ③ ([MS-OSHARED] 2.2.1.3 MSONFC).

/// The number `n` in the format `nfc`; `None` where the format shows none (bullets, no numbering).
pub fn numeral(nfc: u8, n: u32) -> Option<String> {
    Some(match nfc {
        1 => roman(n).to_uppercase(),
        2 => roman(n),
        3 => letters(n).to_uppercase(),
        4 => letters(n),
        // Full-width digits.
        14 | 19 => n.to_string().chars().map(|c| char::from_u32(c as u32 - 0x30 + 0xFF10).unwrap_or(c)).collect(),
        22 => format!("{n:02}"),
        23 | 255 => return None,
        30 => cyclic(n, "甲乙丙丁戊己庚辛壬癸"),
        31 => cyclic(n, "子丑寅卯辰巳午未申酉戌亥"),
        // Counting, and digits one by one: Japanese, Korean, traditional and simplified Chinese.
        10 | 17 | 36 => digits(n),
        11 | 33 | 35 | 37 | 39 => {
            counted(n, &["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"], &["", "十", "百", "千"], true)
        }
        16 | 34 | 38 => {
            counted(n, &["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"], &["", "拾", "佰", "仟"], false)
        }
        26 => format!("{n}."),
        27 => format!("({n})"),
        18 | 28 => framed(n, 0x2460, 20),
        29 => framed(n, 0x3280, 10),
        _ => n.to_string(),
    })
}

/// The number as Chinese says it up to 9999: 二十一, 一百零五; 十一 rather than 一十一 where `short`.
fn counted(n: u32, digits: &[&str; 10], ranks: &[&str; 4], short: bool) -> String {
    if n == 0 || n > 9_999 {
        return n.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (rank, power) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
        let digit = n / power % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push_str(digits[0]);
        }
        if !(short && rank == 1 && digit == 1 && out.is_empty()) {
            out.push_str(digits.get(digit as usize).copied().unwrap_or(""));
        }
        out.push_str(ranks.get(rank).copied().unwrap_or(""));
    }
    out
}

fn digits(n: u32) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    n.to_string().bytes().filter_map(|b| DIGITS.get(usize::from(b.wrapping_sub(b'0')))).collect()
}

fn cyclic(n: u32, of: &str) -> String {
    let count = of.chars().count();
    of.chars().nth((n as usize).saturating_sub(1) % count).into_iter().collect()
}

/// A character of its own for small numbers: ①, ㊀.
fn framed(n: u32, first: u32, count: u32) -> String {
    if (1..=count).contains(&n) { char::from_u32(first + n - 1).into_iter().collect() } else { n.to_string() }
}

/// a … z, aa, bb …
fn letters(n: u32) -> String {
    let Some(n) = n.checked_sub(1) else {
        return "0".to_string();
    };
    let letter = char::from(b'a' + (n % 26) as u8);
    std::iter::repeat_n(letter, (n / 26 + 1).min(8) as usize).collect()
}

fn roman(n: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if n == 0 || n > 3_999 {
        return n.to_string();
    }
    let mut rest = n;
    let mut out = String::new();
    for (value, sign) in STEPS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numbers_are_written_as_the_list_shows_them() {
        let shown = |nfc, n| numeral(nfc, n).unwrap_or_default();
        assert_eq!(
            [1, 10, 11, 20, 21, 105, 110, 1001].map(|n| shown(37, n)),
            ["一", "十", "十一", "二十", "二十一", "一百零五", "一百一十", "一千零一"]
        );
        assert_eq!(
            [shown(38, 11), shown(0, 7), shown(1, 4), shown(4, 28), shown(18, 3)],
            ["壹拾壹", "7", "IV", "bb", "③"]
        );
        assert_eq!([shown(30, 2), shown(36, 10), shown(22, 5), shown(29, 1)], ["乙", "一〇", "05", "㊀"]);
        assert_eq!(numeral(23, 1), None, "a bullet is no number");
    }
}
