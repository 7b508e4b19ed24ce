//! Characters that people and machines take for one another: those that sound alike, for input by pinyin; those that look
//! alike, for input by shape and for character recognition; and those so rare that they stand in a report by mistake.

use encoding_rs::GBK;
use pinyin::ToPinyin;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Groups of characters that look alike.
const SHAPES: &str = "日曰目 己已巳 末未 人入八 土士 贫贪 困因囚 查杳 召台 会合 议仪义 户尸 村材 校较 教敖 送迭 专传 题提 政改 \
    策荣 宣宜 讲井 走足 访仿坊 开幵并 展屐 生牛 师帅 排徘 资贷 助肋 残践 疾疚 组阻 织识炽 干千于 部陪 名各 份分 保堡 学字 \
    失矢 扶抉 脱悦 攻功 坚竖 整鳌 项顶 效郊 成戌戍 家冢 长张 班斑 级极圾 庭廷 训驯 练炼 康庚 复夏 摸模 底低 核该 实买 \
    比此 籍藉 册删 帮邦 包句 联取 慰尉 问间 看着 望塑 座坐 谈淡 推惟 进迸 动功 动劝 员圆 统流 计汁 划刘 案桉 册丹";

/// The block of common Chinese characters, CJK Unified Ideographs.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// What is known of a character.
#[derive(Clone, Copy)]
struct Trait {
    /// The syllable, tones and the confusions of southern speech apart; 0 for none.
    syllable: u16,
    /// What it has in common with every character that it may be taken for.
    likeness: u16,
    rare: bool,
}

fn trait_of(c: char) -> Option<&'static Trait> {
    all_traits().get((c as u32).checked_sub(FIRST)? as usize)
}

fn all_traits() -> &'static [Trait] {
    static TRAITS: OnceLock<Vec<Trait>> = OnceLock::new();
    TRAITS.get_or_init(traits)
}

/// Gives the likeness of a character, and whether it is rare. Characters that sound or look alike share a likeness, and some
/// others do too: what is found by it must be looked at again. 0 for what has no sound.
pub fn looker() -> impl Fn(char) -> (u16, bool) {
    let traits = all_traits();
    move |c| traits.get((c as u32).wrapping_sub(FIRST) as usize).map_or((0, false), |t| (t.likeness, t.rare))
}

fn traits() -> Vec<Trait> {
    let mut numbers: BTreeMap<&'static str, u16> = BTreeMap::new();
    let mut blurs: BTreeMap<String, u16> = BTreeMap::new();
    let mut syllable = |c: char| {
        c.to_pinyin().map_or(0, |p| {
            *numbers.entry(p.plain()).or_insert_with(|| {
                let next = blurs.len() as u16 + 1;
                *blurs.entry(blurred(p.plain())).or_insert(next)
            })
        })
    };
    let common = common();
    let of = |c: char| Trait { syllable: syllable(c), likeness: 0, rare: !common.contains(&c) };
    let mut traits: Vec<Trait> = (FIRST..=LAST).filter_map(char::from_u32).map(of).collect();
    // Syllables of characters that look alike become one likeness.
    let mut likeness: Vec<u16> = (0..=blurs.len() as u16).collect();
    let syllable_of =
        |c: char| (c as u32).checked_sub(FIRST).and_then(|n| traits.get(n as usize)).map_or(0, |t| t.syllable);
    for group in SHAPES.split_whitespace() {
        let mut alike = group.chars().map(syllable_of).filter(|s| *s > 0);
        let Some(first) = alike.next() else { continue };
        for other in alike {
            let (to, from) = (likeness[first as usize], likeness[other as usize]);
            likeness.iter_mut().filter(|l| **l == from).for_each(|l| *l = to);
        }
    }
    for t in &mut traits {
        t.likeness = likeness[t.syllable as usize];
    }
    traits
}

/// Whether two characters sound alike, tones and the confusions of southern speech apart.
pub fn sound_alike(a: char, b: char) -> bool {
    match (trait_of(a), trait_of(b)) {
        (Some(a), Some(b)) => a.syllable == b.syllable && a.syllable > 0,
        _ => false,
    }
}

/// Whether a Chinese character is hardly what the author of a report meant.
pub fn is_rare(c: char) -> bool {
    trait_of(c).is_some_and(|t| t.rare)
}

/// The 3,755 common characters, the first level of GB 2312.
fn common() -> BTreeSet<char> {
    let codes = (0xb0..=0xd7u8).flat_map(|row| (0xa1..=0xfeu8).map(move |cell| [row, cell]));
    let bytes: Vec<u8> = codes.flatten().collect();
    GBK.decode_without_bom_handling(&bytes).0.chars().collect()
}

/// The characters that look like one.
pub fn look_alikes(c: char) -> impl Iterator<Item = char> {
    static PAIRS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let of_group = |group: &'static str| {
            group.chars().flat_map(move |one| group.chars().filter(move |o| *o != one).map(move |other| (one, other)))
        };
        let mut pairs: Vec<(char, char)> = SHAPES.split_whitespace().flat_map(of_group).collect();
        pairs.sort_by_key(|(one, _)| *one);
        pairs
    });
    let from = pairs.partition_point(|(one, _)| *one < c);
    pairs[from..].iter().take_while(move |(one, _)| *one == c).map(|(_, other)| *other)
}

/// A syllable as those hear it who do not tell zh from z and ing from in.
fn blurred(syllable: &str) -> String {
    let flat = syllable.replacen("zh", "z", 1).replacen("ch", "c", 1).replacen("sh", "s", 1);
    match flat.strip_suffix("ing").or(flat.strip_suffix("eng")) {
        Some(_) => flat.trim_end_matches('g').to_string(),
        None => flat,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(c: char) -> u16 {
        looker()(c).0
    }

    #[test]
    fn what_is_alike() {
        for (a, b) in [('品', '贫'), ('交', '教'), ('察', '查'), ('将', '讲'), ('站', '展'), ('升', '生'), ('明', '名')]
        {
            assert!(sound_alike(a, b) && likeness(a) == likeness(b), "{a}{b}");
        }
        assert!(!sound_alike('教', '课') && !sound_alike('。', '。'));
        assert!(look_alikes('贪').eq(['贫']) && look_alikes('教').count() == 1 && look_alikes('我').count() == 0);
        assert!(likeness('贪') == likeness('贫') && likeness('教') != likeness('课') && likeness('a') == 0);
        assert!(!is_rare('教') && is_rare('镕') && !is_rare('a'));
    }
}
