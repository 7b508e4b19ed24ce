//! Personal data in tables: the head of a column, or the label beside a cell, says what stands there.

use crate::model::document::{Cell, Table};
use crate::model::privacy::numbers;
use crate::model::privacy::surnames::{is_han, name_length, surname_length};
use std::collections::BTreeMap;

/// A head is no longer than this.
const HEAD: usize = 16;
/// Heads of columns with names of households, pupils and guardians.
const WHOSE: [&str; 10] =
    ["户主", "姓名", "监护人", "贫困户", "家长", "家庭成员", "受助人", "送教对象", "送教学生", "帮扶对象"];
/// Heads of columns with names of staff, and with numbers.
const NOT_THEIRS: [&str; 16] = [
    "教师",
    "老师",
    "校长",
    "干部",
    "责任人",
    "负责人",
    "帮扶人",
    "包联人",
    "联系人",
    "填表人",
    "教职工",
    "人数",
    "数量",
    "户数",
    "会",
    "次数",
];
/// What stands in such a column and is no name.
const NO_NAMES: [&str; 8] = ["合计", "总计", "小计", "无", "备注", "其他", "同上", "姓名"];

/// Masks numbers of persons everywhere, and names below or beside a head that says whose they are.
pub fn cover(table: &mut Table) {
    let mut heads: BTreeMap<u32, String> = BTreeMap::new();
    for row in &mut table.rows {
        let mut label = String::new();
        for cell in &mut row.cells {
            let head = heads.get(&cell.column).map_or("", String::as_str);
            let masked = if is_theirs(head) && is_name(&cell.text) || is_theirs(&label) && is_known_name(&cell.text) {
                Some(starred(&cell.text))
            } else {
                numbers::mask(&cell.text, || format!("{head}{label}"))
            };
            label.clear();
            if is_head(&cell.text) {
                label.push_str(&cell.text);
                set(&mut heads, cell, &label);
            }
            if let Some(masked) = masked {
                cell.text = masked;
            }
        }
    }
}

fn set(heads: &mut BTreeMap<u32, String>, cell: &Cell, head: &str) {
    let asks =
        WHOSE.iter().chain(&["电话", "手机", "账号", "帐号", "卡号", "身份证", "联系"]).any(|w| head.contains(w));
    if asks && !is_known_name(head) {
        for column in cell.column..cell.column.saturating_add(cell.columns.clamp(1, 64)) {
            heads.insert(column, head.to_string());
        }
    }
}

fn is_head(text: &str) -> bool {
    let short = (1..=HEAD).contains(&text.chars().count());
    short && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '。' | '*'))
}

/// A head that ends with such a word, or asks for a name of theirs: 学生家长, 监护人姓名, but no 致家长一封信.
fn is_theirs(head: &str) -> bool {
    let word = head.split(['(', '（', ':', '：']).next().unwrap_or("").trim();
    let asks = ["姓名", "签字", "签名", "名单"].iter().any(|w| word.ends_with(w));
    WHOSE.iter().any(|w| word.ends_with(w) || asks && word.contains(w)) && !NOT_THEIRS.iter().any(|w| head.contains(w))
}

/// Two to four Chinese characters, blanks left out.
fn is_name(text: &str) -> bool {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let word: String = chars.iter().collect();
    (2..=4).contains(&chars.len())
        && chars.iter().all(|c| is_han(*c) || *c == '·')
        && !NO_NAMES.contains(&word.as_str())
        && !WHOSE.iter().any(|w| word.contains(w))
        && !chars.contains(&'某')
}

/// A name whose surname is a common one.
fn is_known_name(text: &str) -> bool {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    is_name(text) && name_length(&chars).is_some_and(|(_, length)| length == chars.len())
}

fn starred(name: &str) -> String {
    let chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    let surname = surname_length(&chars).unwrap_or(1);
    chars.iter().take(surname).chain(&['*']).collect()
}
