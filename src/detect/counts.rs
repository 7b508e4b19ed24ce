//! Counts with their units and what they count: 45人, 2000份, 五十余户, 12万余份, 参会人数:19.
//!
//! Written numbers are rounded as people read them: 3000多份 is 3000, 近百人 is 100; of a range (3至5名) the end that bears
//! the unit counts. Vague ones (数十人, 三四名) and sayings (一封信, 一人一案, 不让一名学生失学) count nothing.

mod form;
mod objects;
#[cfg(test)]
mod tests;

use crate::detect::numerals::chinese_integer;
use crate::model::reading::Count;
use form::{Form, What, next_form};
use std::ops::Range;

/// The most characters before a number in which a word denies or spreads it: 没有让任何一名.
const REACH: usize = 8;
/// The most that anybody counts.
const MOST: f64 = 1e12;

/// All counts of a normalised text, in order.
pub fn counts(text: &str) -> Vec<Count> {
    counts_at(text).into_iter().map(|(_, count)| count).collect()
}

/// All counts of a normalised text with their first bytes, in order.
pub fn counts_at(text: &str) -> Vec<(usize, Count)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(form) = next_form(text, at) {
        let read = read(&form, text);
        // 人数211人 has a unit of its own: what follows the label is read again.
        at = match &form.what {
            What::Labelled { label, .. } if read.is_none() => label.end,
            _ => form.whole.end,
        };
        found.extend(read.map(|count| (form.whole.start, count)));
    }
    found
}

/// The counts of a cell under a column's head, which may hold the unit of its numbers: `26`, `家长870`, `教师3、学生2`.
pub fn counts_in_cell(text: &str, head: &str) -> Vec<Count> {
    let mut found = counts(text);
    let Some(unit) = unit_of(head) else { return found };
    for part in text.split(['、', ',', ';', ' ', '+']) {
        let digits = part.find(|c: char| c.is_ascii_digit()).and_then(|at| part.get(at..)).unwrap_or("");
        if let (Ok(n), true) = (digits.parse(), !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())) {
            let of =
                Some(part[..part.len() - digits.len()].trim_end_matches(':').to_string()).filter(|w| !w.is_empty());
            found.push(Count { n, unit: unit.to_string(), of });
        }
    }
    found
}

/// Whether a unit counts whom a deed reached: people, households, and what was handed out to them.
pub fn is_reach(unit: &str) -> bool {
    matches!(unit, "人" | "名" | "位" | "户" | "份" | "人次")
}

/// The unit that a column's head gives to a bare number.
fn unit_of(head: &str) -> Option<&'static str> {
    [
        ("人次", "人次"),
        ("人数", "人"),
        ("户", "户"),
        ("份", "份"),
        ("次数", "次"),
        ("课时", "课时"),
        ("教师", "人"),
        ("学生", "人"),
        ("家长", "人"),
        ("人", "人"),
    ]
    .iter()
    .find(|(word, _)| head.contains(word))
    .map(|(_, unit)| *unit)
}

fn read(form: &Form, text: &str) -> Option<Count> {
    let whole = form.whole.clone();
    let (number, power, unit) = match &form.what {
        What::Labelled { label, bare } => {
            let label = text.get(label.clone())?;
            let goes_on = text[whole.end..].starts_with(|c: char| c.is_alphanumeric() || "%.".contains(c));
            let unit = if label == "人次" { "人次" } else { unit_of(label)? };
            let n = text.get(bare.clone())?.parse().ok()?;
            return (!goes_on).then_some(Count { n, unit: unit.to_string(), of: None });
        }
        What::Measured { number, power, unit } => (number, *power, *unit),
    };
    let mut written = text.get(number.clone())?;
    if text[..whole.start].ends_with(['初', '高']) {
        // 初三两名学生 are two of the ninth grade.
        written = written.strip_prefix(['一', '二', '三']).filter(|rest| !rest.is_empty()).unwrap_or(written);
    }
    let unit = if unit == "个人" { "人" } else { unit };
    let n = if written.is_ascii() {
        written.replace(',', "").parse::<f64>().ok()?
    } else {
        chinese_integer(written)? as f64
    };
    let power = match power {
        Some('十') => 10.0,
        Some('百') => 100.0,
        Some('千') => 1000.0,
        Some('万') => 10_000.0,
        _ => 1.0,
    };
    let n = (n * power * 1000.0).round() / 1000.0;
    let counts = n.fract() == 0.0 && n < MOST && !is_word(text, &whole, unit);
    let said = if n <= 1.0 { is_one(text, &whole, written, unit) } else { !is_slogan(text, &whole, written, unit) };
    (counts && said).then(|| Count { n: n as u64, unit: unit.to_string(), of: objects::of(text, &whole, unit) })
}

/// Whether number and unit are part of something else: 第3名, 1/3人, 3名额, 三位一体, 每5户.
fn is_word(text: &str, range: &Range<usize>, unit: &str) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = &text[range.end..];
    let longer: &[&str] = match unit {
        "名" => &["额", "单", "牌", "录", "称", "著", "义", "目", "片", "次", "列"],
        "人" => &["民", "口", "才", "格", "物"],
        "户" => &["籍", "口", "外", "型"],
        "份" => &["额", "子"],
        "位" => &["于", "置", "数", "一体", "次"],
        "次" => &["数", "性"],
        "期" => &["间", "末", "中", "望", "待", "盼"],
        "条" => &["件"],
        _ => &[],
    };
    // 数十人 is vague, 人数10人 is not; 任一户 is any, 主任3人 are three.
    let vague =
        text[range.clone()].starts_with(|c: char| !c.is_ascii()) && before.is_some_and(|b| "数几任同统唯".contains(b));
    // 每组两人 says how it was shared out, not how many there were.
    let shared = text[..range.start].chars().rev().take(2).any(|c| c == '每');
    vague
        || shared
        || before.is_some_and(|b| b.is_ascii_alphanumeric() || "第某./".contains(b))
        || longer.iter().any(|w| after.starts_with(w))
}

/// Whether a one is counted, 有一名学生, and is no saying: 一人一案, 一户一策, 一次会议, 不漏一户, 每一名, 一名都不能少.
fn is_one(text: &str, range: &Range<usize>, written: &str, unit: &str) -> bool {
    let after = &text[range.end..];
    let clause: Vec<char> =
        text[..range.start].chars().rev().take(REACH).take_while(|c| !",。;:、!?\n".contains(*c)).collect();
    let spread = clause.iter().any(|c| "不没无未每任哪漏".contains(*c));
    // 一名党员一面旗, but not 一名一线教师.
    let twin = after.chars().zip(after.chars().skip(1)).take(5);
    let saying = after.starts_with(['都', '也'])
        || twin
            .clone()
            .any(|(one, of)| matches!(one, '一' | '1') && "案策档卡面个张份户人岗生校课把本班组群".contains(of))
        || ["不漏", "不少", "不落", "不掉", "不缺", "不差", "未漏", "未落"].iter().any(|w| after.starts_with(w));
    // 一人 and 一户 are sayings more often than numbers; 一份 is a share of the heart.
    let told = clause.first().is_some_and(|c| "有共仅为计中".contains(*c));
    let number = written.is_ascii() || matches!(unit, "名" | "位") || told && matches!(unit, "人" | "户");
    number && !spread && !saying
}

/// 百名教师进千户: a round number alone is a slogan's; 近百人, 百余户 and 达千人 count.
fn is_slogan(text: &str, range: &Range<usize>, written: &str, unit: &str) -> bool {
    let counted = text[..range.start].ends_with(['近', '上', '约', '达', '过', '共', '计', '有', '超']);
    let rounded = range.len() > written.len() + unit.len();
    matches!(written, "百" | "千" | "万") && !counted && !rounded
}
