//! Numbers of lists as a reader sees them: 一, 十二, ①, iv (ECMA-376-1, 17.18.59).

/// The number in the given `w:numFmt`; an unknown format shows decimal figures, as Word does with what it cannot show.
pub fn numeral(number: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerLetter" => letters(number).to_lowercase(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting" => {
            counting(number, &['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'], &["", "十", "百", "千"])
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            counting(number, &['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'], &["", "拾", "佰", "仟"])
        }
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            digits(number, "〇一二三四五六七八九")
        }
        "decimalFullWidth" | "decimalFullWidth2" => digits(number, "０１２３４５６７８９"),
        "ideographTraditional" => turn(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => turn(number, "子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, '①'),
        "decimalEnclosedParen" => enclosed(number, '⑴'),
        "decimalEnclosedFullstop" => enclosed(number, '⒈'),
        "ideographEnclosedCircle" if (1..=10).contains(&number) => enclosed(number, '㊀'),
        "numberInDash" => format!("- {number} -"),
        "ordinal" => ordinal(number),
        _ => number.to_string(),
    }
}

/// 1 → A, 26 → Z, 27 → AA: the letter is repeated, unlike in spreadsheets. A list of thousands is no list of letters.
fn letters(number: u32) -> String {
    let Some(n) = number.checked_sub(1).filter(|n| *n < 780) else { return number.to_string() };
    std::iter::repeat_n(char::from(b'A' + (n % 26) as u8), n as usize / 26 + 1).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// Chinese counting up to 9999: 十 without 一 before it, one 零 for any gap.
fn counting(number: u32, digits: &[char; 10], units: &[&str; 4]) -> String {
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (place, unit) in units.iter().enumerate().rev() {
        let digit = number as usize / 10_usize.pow(place as u32) % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(digits[0]);
            gap = false;
        }
        if !(digit == 1 && place == 1 && out.is_empty()) {
            out.extend(digits.get(digit));
        }
        out.push_str(unit);
    }
    out
}

fn digits(number: u32, signs: &str) -> String {
    let figures = number.to_string();
    figures.chars().filter_map(|c| signs.chars().nth(c.to_digit(10)? as usize)).collect()
}

fn turn(number: u32, signs: &str) -> String {
    let count = signs.chars().count();
    let sign = number.checked_sub(1).and_then(|n| signs.chars().nth(n as usize % count));
    sign.map_or_else(|| number.to_string(), String::from)
}

/// ① to ⑳ and their like stand in rows of twenty.
fn enclosed(number: u32, first: char) -> String {
    let sign = if (1..=20).contains(&number) { char::from_u32(first as u32 + number - 1) } else { None };
    sign.map_or_else(|| number.to_string(), String::from)
}

fn ordinal(number: u32) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numbers_are_written_as_word_shows_them() {
        let shown =
            |format: &str, numbers: &[u32]| numbers.iter().map(|n| numeral(*n, format)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            shown("chineseCountingThousand", &[1, 10, 12, 20, 105, 110, 1001]),
            "一 十 十二 二十 一百零五 一百一十 一千零一"
        );
        assert_eq!(shown("chineseLegalSimplified", &[1, 10, 21]), "壹 拾 贰拾壹");
        assert_eq!(shown("ideographDigital", &[1, 10, 25]), "一 一〇 二五");
        assert_eq!(shown("decimalEnclosedCircle", &[1, 20, 21]), "① ⑳ 21");
        assert_eq!(shown("lowerLetter", &[1, 26, 27, 28]), "a z aa bb");
        assert_eq!(shown("upperRoman", &[4, 9, 1994]), "IV IX MCMXCIV");
        assert_eq!(shown("ideographTraditional", &[1, 10]), "甲 癸");
        assert_eq!(shown("decimal", &[0, 7]), "0 7");
    }
}
