//! Names of poor households' members in running text, told by the word beside them: 户主张三, 王小明（建档立卡户）.

use crate::model::privacy::surnames::{begins, is_han, name_length};
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::OnceLock;

/// Words after which a name is that of a poor household's member.
const DESCRIPTIONS: [&str; 36] = [
    "户主",
    "贫困户",
    "贫困家庭",
    "贫困群众",
    "贫困学生",
    "贫困生",
    "困难学生",
    "困难户",
    "困难家庭",
    "建档立卡户",
    "建档立卡学生",
    "建档立卡家庭",
    "建档立卡",
    "残疾学生",
    "残疾儿童",
    "残疾孩子",
    "残疾少年",
    "低保户",
    "五保户",
    "特困户",
    "脱贫户",
    "帮扶户",
    "帮扶对象",
    "包联户",
    "联系户",
    "孤儿",
    "留守儿童",
    "监护人",
    "送教学生",
    "送教对象",
    "受助学生",
    "辍学学生",
    "辍学生",
    "失学儿童",
    "适龄儿童",
    "适龄残疾儿童",
];
/// Words for any pupil or child: the name beside them is masked where what follows speaks of a home or an illness.
const PUPILS: [&str; 5] = ["学生", "儿童", "孩子", "其父", "其母"];
/// What follows a pupil's name when it is one.
const HOME: [&str; 11] = ["家", "同学", "(", "（", "送教", "上门", "因", "患", "、", "的家", "辅导"];
/// What may stand between the word and the name.
const BETWEEN: [&str; 16] =
    [":", "：", "(", "（", "“", "\"", " ", "\u{3000}", "是", "为", "叫", "名叫", "姓名", "名字", "代表", "本人"];
/// So many names of one text are looked for in all of it.
const REMEMBERED: usize = 32;

/// Masks the given names; `None` where there are none.
pub fn mask(text: &str) -> Option<String> {
    static WORDS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let all = DESCRIPTIONS.iter().chain(&PUPILS);
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(all).ok()
    });
    let words = words.as_ref()?;
    if !words.find_iter(text).any(|word| may_name(text, word.range())) {
        return None;
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let chars: Vec<char> = text.chars().collect();
    let place = |byte: usize| starts.partition_point(|at| *at < byte);
    let mut found: Vec<Name> = Vec::new();
    for word in words.find_iter(text) {
        let described = word.pattern().as_usize() < DESCRIPTIONS.len();
        let (start, end) = (place(word.start()), place(word.end()));
        if described {
            found.extend(name_before(&chars, start));
        }
        names_after(&chars, end, described, &mut found);
    }
    (!found.is_empty()).then(|| hide(&chars, found))
}

/// Whether a name may stand beside a word: a bracket before it, or a surname after what may stand between.
fn may_name(text: &str, word: std::ops::Range<usize>) -> bool {
    /// A name and what may stand before it have no more characters.
    const NEAR: usize = 16;
    let mut near = ['\0'; NEAR];
    let after = text[word.end..].chars();
    let length = near.iter_mut().zip(after).map(|(place, c)| *place = c).count();
    let mut found = Vec::new();
    names_after(&near[..length], 0, true, &mut found);
    !found.is_empty() || text[..word.start].ends_with(['(', '（'])
}

/// Where a name stands: its first character, the first of the given name, the one after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    start: usize,
    given: usize,
    end: usize,
}

/// The names that begin after a description: one, or several in a row (王小明、李红和赵刚).
fn names_after(chars: &[char], from: usize, described: bool, found: &mut Vec<Name>) {
    let mut at = from;
    for _ in 0..3 {
        let rest = chars.get(at..).unwrap_or_default();
        at += BETWEEN.iter().find(|w| begins(rest, w)).map_or(0, |w| w.chars().count());
    }
    while let Some((surname, length)) = name_length(chars.get(at..).unwrap_or_default()) {
        let end = at + length;
        let rest = chars.get(end..).unwrap_or_default();
        if !described && !HOME.iter().any(|w| begins(rest, w)) {
            return;
        }
        found.push(Name { start: at, given: at + surname, end });
        match rest.first() {
            Some('、' | '和' | '与' | '及') => at = end + 1,
            _ => return,
        }
    }
}

/// The name before a bracket that describes it: 王小明（建档立卡户）.
fn name_before(chars: &[char], description: usize) -> Option<Name> {
    let bracket = description.checked_sub(1).filter(|at| matches!(chars.get(*at), Some('(' | '（')))?;
    [3usize, 4, 2].into_iter().find_map(|length| {
        let start = bracket.checked_sub(length)?;
        let name = chars.get(start..bracket)?;
        let (surname, found) = name_length(name)?;
        (found == length && name.iter().all(|c| is_han(*c))).then_some(Name {
            start,
            given: start + surname,
            end: bracket,
        })
    })
}

/// The text with a star for each given name, wherever one of the names stands.
fn hide(chars: &[char], mut found: Vec<Name>) -> String {
    found.sort_unstable();
    let mut known: Vec<&[char]> = found.iter().filter_map(|n| chars.get(n.start..n.end)).collect();
    known.sort_unstable();
    known.dedup();
    known.truncate(REMEMBERED);
    let mut out = String::with_capacity(chars.len());
    let (mut at, mut next) = (0, found.iter().peekable());
    while let Some(c) = chars.get(at) {
        while next.next_if(|n| n.start < at).is_some() {}
        let told = next.next_if(|n| n.start == at).copied();
        let again = || {
            known.iter().find(|n| chars[at..].starts_with(n)).map(|n| Name {
                start: at,
                given: at + 1,
                end: at + n.len(),
            })
        };
        match told.or_else(again) {
            Some(name) => {
                out.extend(&chars[name.start..name.given]);
                out.push('*');
                at = name.end;
            }
            None => {
                out.push(*c);
                at += 1;
            }
        }
    }
    out
}
