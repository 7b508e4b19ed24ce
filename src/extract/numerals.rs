//! Numbers of lists as a reader sees them: 一, 十二, ①, iv. The formats go by their names in Office Open XML (ECMA-376-1,
//! 17.18.59), into which the numbers of the binary formats are translated.

/// The name of a binary format's number format ([MS-OSHARED] 2.2.1.3 MSONFC), of those that [`numeral`] knows.
pub fn format_name(nfc: u8) -> &'static str {
    match nfc {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        5 => "ordinal",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 => "decimalFullWidth",
        16 => "japaneseLegal",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        19 => "decimalFullWidth2",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        57 => "numberInDash",
        255 => "none",
        _ => "decimal",
    }
}

/// Whether a format shows no number at all.
pub fn is_without_number(format: &str) -> bool {
    matches!(format, "none" | "bullet")
}

/// The number in the given format; an unknown one shows decimal figures, as Word does with what it cannot show.
pub fn numeral(number: u32, format: &str) -> String {
    match format {
        none if is_without_number(none) => String::new(),
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
            let said =
                counting(number, ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'], ["", "十", "百", "千"]);
            said.strip_prefix('一').filter(|rest| rest.starts_with('十')).map_or(said.clone(), str::to_string)
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            counting(number, ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'], ["", "拾", "佰", "仟"])
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

/// Chinese counting up to 9999, with one 零 for any gap.
fn counting(number: u32, digits: [char; 10], units: [&str; 4]) -> String {
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
        if std::mem::take(&mut gap) {
            out.push(digits[0]);
        }
        out.extend(digits.get(digit));
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
    use super::{format_name, is_without_number, numeral};

    #[test]
    fn numbers_are_written_as_word_shows_them() {
        let shown =
            |format: &str, numbers: &[u32]| numbers.iter().map(|n| numeral(*n, format)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            shown("chineseCountingThousand", &[1, 10, 12, 20, 105, 110, 1001]),
            "一 十 十二 二十 一百零五 一百一十 一千零一"
        );
        assert_eq!(shown("chineseLegalSimplified", &[1, 10, 21]), "壹 壹拾 贰拾壹");
        assert_eq!(shown("ideographDigital", &[1, 10, 25]), "一 一〇 二五");
        assert_eq!(shown("decimalEnclosedCircle", &[1, 20, 21]), "① ⑳ 21");
        assert_eq!(shown("lowerLetter", &[1, 26, 27, 28]), "a z aa bb");
        assert_eq!(shown("upperRoman", &[4, 9, 1994]), "IV IX MCMXCIV");
        assert_eq!(shown("ideographTraditional", &[1, 10]), "甲 癸");
        assert_eq!(shown("decimal", &[0, 7]), "0 7");
    }

    #[test]
    fn the_numbers_of_the_binary_formats_are_the_same_formats() {
        let shown = |nfc, n| numeral(n, format_name(nfc));
        assert_eq!(
            [1, 10, 11, 20, 21, 105, 110, 1001].map(|n| shown(37, n)),
            ["一", "十", "十一", "二十", "二十一", "一百零五", "一百一十", "一千零一"]
        );
        assert_eq!(
            [shown(38, 11), shown(0, 7), shown(1, 4), shown(4, 28), shown(18, 3)],
            ["壹拾壹", "7", "IV", "bb", "③"]
        );
        assert_eq!([shown(30, 2), shown(36, 10), shown(22, 5), shown(29, 1)], ["乙", "一〇", "05", "㊀"]);
        assert!(is_without_number(format_name(23)), "a bullet is no number");
    }
}
