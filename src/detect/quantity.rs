//! The number that fills a cell, however it is written: 1,200, 约45人, 1.2万份, 四十五. What is no number is told apart from what
//! is left blank.

use crate::detect::numerals::chinese_integer;
use crate::model::reading::Assertion;

/// Measure words that schools use for one another; a number under another kind of measure is another number.
const MEASURES: [&[&str]; 11] = [
    &["人次", "个人", "人", "名", "位"],
    &["户", "家"],
    &["份", "册", "本", "张"],
    &["场次", "次", "场", "期", "堂"],
    &["课时", "学时", "节"],
    &["元"],
    &["块", "面", "条", "幅"],
    &["篇"],
    &["天", "日"],
    &["小时"],
    &["处", "所"],
];

/// What a cell holds where a number is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Quantity {
    /// A number.
    Number(f64),
    /// Nothing, a stroke, or that there was none.
    Blank,
    /// Words, an error of the spreadsheet, a number of something else.
    Other,
}

/// Reads a normalised cell without white space; `unit` is what is asked for, empty for any, `said` what its words answer.
pub fn quantity(text: &str, unit: &str, said: Option<Assertion>) -> Quantity {
    if text.is_empty() || text.chars().all(|c| "-—_/\\…、.·*".contains(c)) || matches!(text, "暂无" | "空") {
        return Quantity::Blank;
    }
    match said {
        Some(Assertion::Done) => return Quantity::Other,
        Some(_) => return Quantity::Blank,
        None => {}
    }
    match number(text) {
        Some((n, measure)) if measure.is_empty() || fits(measure, unit) => Quantity::Number(n),
        _ => Quantity::Other,
    }
}

/// The number that a whole text is, and the measure word behind it.
fn number(text: &str) -> Option<(f64, &str)> {
    let mut rest = text;
    for before in ["大约", "共计", "合计", "约", "近", "共", "计", "达"] {
        rest = rest.strip_prefix(before).unwrap_or(rest);
    }
    let figures = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || ".,-".contains(c)).len();
    let (n, mut rest) = if figures > 0 {
        (grouped(&rest[..figures])?, &rest[figures..])
    } else {
        let end = rest.find(|c| !"零〇一二两三四五六七八九十百千万廿卅".contains(c)).unwrap_or(rest.len());
        (chinese_integer(rest.get(..end).filter(|n| !n.is_empty())?)? as f64, &rest[end..])
    };
    let about = |rest: &mut &str| *rest = rest.trim_start_matches(['余', '多']);
    about(&mut rest);
    let power = [('百', 100.0), ('千', 1_000.0), ('万', 10_000.0)].into_iter().find(|(c, _)| rest.starts_with(*c));
    if let Some((c, _)) = power {
        rest = &rest[c.len_utf8()..];
    }
    about(&mut rest);
    let measure = rest.strip_suffix("左右").or_else(|| rest.strip_suffix("以上")).unwrap_or(rest);
    (measure.is_empty() || is_measure(measure)).then(|| (n * power.map_or(1.0, |(_, p)| p), measure))
}

/// `1,200`, `12.5`, `-3`; commas stand before three digits only, so that `3,5` is none.
fn grouped(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',').skip(1);
    let in_threes = groups.all(|g| g.len() == 3) && !decimals.contains(',');
    text.replace(',', "").parse::<f64>().ok().filter(|n| in_threes && n.is_finite())
}

fn class(measure: &str) -> Option<usize> {
    MEASURES.iter().position(|class| class.contains(&measure))
}

/// Whether a text is a measure word.
pub fn is_measure(text: &str) -> bool {
    text == "个" || text == "%" || class(text).is_some()
}

/// Who is counted with the measure words of people.
const PEOPLE: [&str; 26] = [
    "教师",
    "老师",
    "教职工",
    "职工",
    "学生",
    "家长",
    "师生",
    "幼儿",
    "儿童",
    "干部",
    "领导",
    "党员",
    "团员",
    "少先队员",
    "群众",
    "村民",
    "居民",
    "代表",
    "志愿者",
    "嘉宾",
    "男",
    "女",
    "男生",
    "女生",
    "校长",
    "班主任",
];

/// Whether a text names no more than a kind of what a measure counts: 教师 of 人, 贫困户 of 户; or all other kinds.
pub fn is_kind(text: &str, unit: &str) -> bool {
    let text = text.strip_suffix("人数").filter(|t| !t.is_empty()).unwrap_or(text);
    let is_household = || text.chars().count() > 1 && text.ends_with('户');
    match class(unit) {
        Some(0) => PEOPLE.contains(&text) || matches!(text, "其他" | "其它"),
        Some(1) => is_household() || matches!(text, "其他" | "其它"),
        _ => false,
    }
}

fn fits(measure: &str, unit: &str) -> bool {
    unit.is_empty() || measure == unit || measure == "个" || class(measure).is_some_and(|c| class(unit) == Some(c))
}

/// By how much numbers under a head are to be multiplied, whose brackets may hold a measure: 发放资料(万份) gives 10,000 for
/// 份. `None` where they measure something else.
pub fn factor(head: &str, unit: &str) -> Option<f64> {
    let inside = head.rsplit_once('(').and_then(|(_, inside)| inside.split_once(')')).map_or("", |(inside, _)| inside);
    let inside = inside.trim_start_matches("单位").trim_start_matches(':');
    match inside {
        _ if unit.is_empty() || inside == unit => Some(1.0),
        _ if is_measure(inside) => fits(inside, unit).then_some(1.0),
        _ => match inside.strip_prefix('万') {
            Some(measure) if is_measure(measure) => fits(measure, unit).then_some(10_000.0),
            _ => Some(1.0),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (text, unit, wanted) in [
            ("45", "人", 45.0),
            ("1,200", "份", 1200.0),
            ("7.5", "课时", 7.5),
            ("45人", "人次", 45.0),
            ("约300余份", "份", 300.0),
            ("1.2万份", "份", 12_000.0),
            ("四十五", "人", 45.0),
            ("三百二十名", "人", 320.0),
            ("0", "户", 0.0),
            ("12个", "户", 12.0),
        ] {
            assert_eq!(quantity(text, unit, None), Quantity::Number(wanted), "{text}");
        }
    }

    #[test]
    fn words_are_no_number_and_a_stroke_is_left_blank() {
        for text in ["若干", "全体教师", "3-5", "45户", "#REF!", "3,5", "见附件", "2020-10-14", "45/50"] {
            assert_eq!(quantity(text, "人", None), Quantity::Other, "{text}");
        }
        for text in ["", "/", "——"] {
            assert_eq!(quantity(text, "人", None), Quantity::Blank, "{text}");
        }
        assert_eq!(quantity("√", "人", Some(Assertion::Done)), Quantity::Other);
        assert_eq!(quantity("未开展", "人", Some(Assertion::NotDone)), Quantity::Blank);
    }

    #[test]
    fn kinds_are_of_what_is_counted() {
        for (text, unit) in [("教师", "人"), ("家长人数", "人次"), ("其他", "人"), ("贫困户", "户")] {
            assert!(is_kind(text, unit), "{text} {unit}");
        }
        for (text, unit) in [("发放资料", "人"), ("教师", "户"), ("人数", "人"), ("户", "户"), ("教师", "份")]
        {
            assert!(!is_kind(text, unit), "{text} {unit}");
        }
    }

    #[test]
    fn the_measure_in_a_head_decides_what_is_counted() {
        assert_eq!(factor("发放资料(万份)", "份"), Some(10_000.0));
        assert_eq!(factor("走访(户)", "户"), Some(1.0));
        assert_eq!(factor("走访教师(人)", "户"), None);
        assert_eq!(factor("参加家长(人)", "人次"), Some(1.0));
        assert_eq!(factor("参加人数(含代课)", "人"), Some(1.0));
        assert_eq!(factor("资金(单位:万元)", "元"), Some(10_000.0));
    }
}
