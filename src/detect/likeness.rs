//! Characters that people and machines take for one another: those that sound alike, for input by pinyin; those that look
//! alike, for input by shape and for character recognition; and those so rare that they stand in a report by mistake.

use encoding_rs::GBK;
use pinyin::ToPinyin;
use std::collections::BTreeMap;
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
    rare: bool,
}

fn trait_of(c: char) -> Option<&'static Trait> {
    static TRAITS: OnceLock<Vec<Trait>> = OnceLock::new();
    let traits = TRAITS.get_or_init(|| {
        let mut syllables: BTreeMap<String, u16> = BTreeMap::new();
        let mut syllable = |c: char| {
            let next = syllables.len() as u16 + 1;
            c.to_pinyin().map_or(0, |p| *syllables.entry(blurred(p.plain())).or_insert(next))
        };
        (FIRST..=LAST)
            .filter_map(char::from_u32)
            .map(|c| Trait { syllable: syllable(c), rare: !is_common(c) })
            .collect()
    });
    traits.get((c as u32).checked_sub(FIRST)? as usize)
}

/// How a character sounds, in seven bits, which keeps automata small: 0 for what has no sound. Characters that sound alike
/// have the same number, and a few others too: what is found by it must be looked at again.
pub fn sound(c: char) -> u8 {
    trait_of(c).map_or(0, |t| if t.syllable == 0 { 0 } else { (t.syllable % 126) as u8 + 1 })
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

/// Whether a character is one of the 3,755 common ones, the first level of GB 2312.
fn is_common(c: char) -> bool {
    let mut letters = [0; 4];
    let (bytes, _, _) = GBK.encode(c.encode_utf8(&mut letters));
    matches!(bytes.as_ref(), [0xb0..=0xd7, 0xa1..=0xfe])
}

/// The characters that look like one.
pub fn look_alikes(c: char) -> impl Iterator<Item = char> {
    SHAPES
        .split_whitespace()
        .filter(move |group| group.contains(c))
        .flat_map(str::chars)
        .filter(move |other| *other != c)
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

    #[test]
    fn what_is_alike() {
        for (a, b) in [('品', '贫'), ('交', '教'), ('察', '查'), ('将', '讲'), ('站', '展'), ('升', '生'), ('明', '名')]
        {
            assert!(sound_alike(a, b) && sound(a) == sound(b), "{a}{b}");
        }
        assert!(!sound_alike('教', '课') && !sound_alike('。', '。'));
        assert!(look_alikes('贪').eq(['贫']) && look_alikes('教').count() == 1 && look_alikes('我').count() == 0);
        assert!(!is_rare('教') && is_rare('镕') && !is_rare('a'));
    }
}
