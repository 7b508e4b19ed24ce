//! What a count counts: the noun after it (3名重度残疾学生) or before it (走访贫困户48户, 《致家长的一封信》1340份).

use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::OnceLock;

/// Nouns that schools count. Of two that begin or end at one place the longer one is meant.
const NOUNS: [&str; 84] = [
    "学生",
    "教师",
    "老师",
    "家长",
    "干部",
    "群众",
    "儿童",
    "少年",
    "孩子",
    "党员",
    "志愿者",
    "校长",
    "园长",
    "师生",
    "职工",
    "教职工",
    "贫困户",
    "农户",
    "住户",
    "帮扶户",
    "脱贫户",
    "低保户",
    "五保户",
    "监测户",
    "家庭",
    "村民",
    "贫困生",
    "残疾生",
    "辍学生",
    "毕业生",
    "新生",
    "留守儿童",
    "学困生",
    "特教生",
    "班主任",
    "辅导员",
    "资助专干",
    "专干",
    "信息员",
    "联络员",
    "讲解员",
    "宣讲员",
    "队员",
    "队长",
    "少先队员",
    "团员",
    "成员",
    "代表",
    "负责人",
    "工作人员",
    "干事",
    "主任",
    "医生",
    "专家",
    "律师",
    "民警",
    "老人",
    "妇女",
    "居民",
    "学员",
    "幼儿",
    "骨干",
    "先进个人",
    "宣传单",
    "宣传页",
    "宣传彩页",
    "宣传资料",
    "资料",
    "材料",
    "明白卡",
    "明白纸",
    "一封信",
    "公开信",
    "折页",
    "彩页",
    "手册",
    "传单",
    "倡议书",
    "问卷",
    "试卷",
    "档案",
    "协议书",
    "责任书",
    "承诺书",
];
/// A noun stands within so many characters of its number.
const REACH: usize = 14;
/// Words before the noun that belong to a verb: 3名到村里送学生.
const VERBS: &str = "到在为向给把对于由和及与将被从了";
/// Words between a noun and its number: 家长共约120人.
const FILLERS: [&str; 20] = [
    "共计", "累计", "合计", "总计", "大约", "超过", "多达", "近", "约", "共", "计", "达", "有", "各", ":", "上",
    "人数", "户数", "为", "(",
];

/// The noun that a count belongs to, where one stands beside it.
pub fn of(text: &str, range: &Range<usize>, unit: &str) -> Option<String> {
    let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
    match unit {
        "名" | "位" | "户" => following(after).or_else(|| preceding(before)),
        "人" | "人次" | "份" | "册" => preceding(before).or_else(|| following(after)),
        _ => None,
    }
}

/// An end of a noun.
#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
}

/// The nouns that begin or end with a character.
fn nouns(c: char, edge: Edge) -> impl Iterator<Item = &'static str> {
    static BY_EDGE: OnceLock<[Vec<(char, &'static str)>; 2]> = OnceLock::new();
    let sorted = |edge: fn(&str) -> Option<char>| {
        let mut all: Vec<(char, &'static str)> = NOUNS.iter().filter_map(|n| Some((edge(n)?, *n))).collect();
        all.sort_unstable();
        all
    };
    let by_edge = BY_EDGE.get_or_init(|| [sorted(|n| n.chars().next()), sorted(|n| n.chars().next_back())]);
    let all = &by_edge[edge as usize];
    let from = all.partition_point(|(first, _)| *first < c);
    all[from..].iter().take_while(move |(first, _)| *first == c).map(|(_, noun)| *noun)
}

/// `重度残疾学生` of `重度残疾学生送教`: up to the end of the first noun, and of those that follow it without a gap.
fn following(after: &str) -> Option<String> {
    static FIRST: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let length = after.chars().take(REACH).take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let head = after.get(..length)?;
    // The automaton gives the match that ends first.
    let mut end = FIRST.get_or_init(|| AhoCorasick::new(NOUNS).ok()).as_ref()?.find(head)?.end();
    while let Some(first) = head[end..].chars().next() {
        let next = nouns(first, Edge::First).filter(|n| head[end..].starts_with(*n)).map(str::len).max();
        let Some(next) = next else { break };
        end += next;
    }
    (!head[..end].contains(|c| VERBS.contains(c))).then(|| head[..end].to_string())
}

/// `贫困户` of `走访贫困户共`.
fn preceding(before: &str) -> Option<String> {
    let mut rest = before.trim_end();
    // Fillers stand two or three together at most: 共计约.
    for _ in 0..3 {
        rest = FILLERS.iter().find_map(|f| rest.strip_suffix(f)).unwrap_or(rest);
    }
    if let Some(titled) = rest.strip_suffix('》') {
        let start = titled.char_indices().rev().take(30).find(|(_, c)| *c == '《').map(|(at, c)| at + c.len_utf8())?;
        return titled.get(start..).map(str::to_string);
    }
    // 儿童少年, 教师代表: nouns side by side are one.
    let mut start = rest.len();
    while let Some(last) = rest[..start].chars().next_back() {
        let noun = nouns(last, Edge::Last).filter(|n| rest[..start].ends_with(*n)).map(str::len).max();
        let Some(noun) = noun else { break };
        start -= noun;
    }
    (start < rest.len()).then(|| rest[start..].to_string())
}
