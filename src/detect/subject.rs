//! What a text is about: the campaign, what goes with it, or another matter that uses the same words.
//!
//! 专题会议, 一封信, 走访 and 排查 stand in the reports of every campaign. A sentence counts where its own words, the
//! heading above it, the sentences before it or the document's title show that it belongs to this one.

use crate::detect::engine::Engine;
use crate::detect::lexicon::Words;
use std::ops::Range;

/// What the words of a stretch of text show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Subject<'t> {
    /// A word that no other matter uses, or one for those whom the campaign is about, shows the campaign.
    pub own: bool,
    /// A word that no other matter uses.
    pub named: bool,
    /// A word goes with the campaign, and with other matters too.
    pub related: bool,
    /// The last word that shows another matter.
    pub other: Option<&'t str>,
}

/// What the words in a part of a text show.
pub fn of<'t>(text: &'t str, words: &Words<'_>, part: &Range<usize>, engine: &Engine) -> Subject<'t> {
    let stands = |list: usize| words.of(list, part).next().is_some();
    let is_matter =
        |range: &&Range<usize>| !is_reason(text, range.start) && !is_time(text, range.end) && !is_occasion(text, range);
    let named = stands(engine.own);
    Subject {
        named,
        own: named || stands(engine.people),
        related: stands(engine.related),
        other: words
            .of(engine.other, part)
            .map(|w| &w.range)
            .filter(is_matter)
            .last()
            .and_then(|r| text.get(r.clone())),
    }
}

/// Whether a clause gives a reason or a circumstance before a place: 受疫情影响, 因流感. What hinders is no subject.
fn is_reason(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let clause = before.rfind([',', '。', ';', '、']).and_then(|i| before.get(i..)).unwrap_or(before);
    ["因", "受", "由于", "鉴于", "克服", "避开"].iter().any(|w| clause.contains(w))
}

/// Whether a word only says when something else happened: 疫情缓和后, 疫情过后送教不停.
fn is_time(text: &str, end: usize) -> bool {
    let after = text.get(end..).unwrap_or("");
    ["期间改", "过后", "之后", "以后", "缓和", "好转", "平稳", "稳定后", "结束后"].iter().any(|w| after.starts_with(w))
}

/// Whether a word names an occasion or a means that was used for something else: 通过党员大会作了安排, 利用开学典礼宣讲, 坐校车.
fn is_occasion(text: &str, word: &Range<usize>) -> bool {
    let named = text.get(word.clone()).unwrap_or("");
    let before = text.get(..word.start).unwrap_or("");
    let clause = before.rfind([',', '。', ';']).and_then(|i| before.get(i..)).unwrap_or(before);
    let used = ["大会", "典礼", "开放日", "运动会"].iter().any(|w| named.ends_with(w))
        && ["通过", "利用", "借", "趁"].iter().any(|w| clause.contains(w));
    // 开学典礼上给家长讲了补助标准
    let at = named.ends_with("典礼") && text.get(word.end..).is_some_and(|t| t.starts_with(['上', '时']));
    // 迎中秋,送温暖: a feast is the day for it.
    used || at
        || ["中秋", "国庆", "重阳", "教师节"].iter().any(|w| named.ends_with(w))
            && ["送温暖", "送关爱", "送教", "帮扶"].iter().any(|w| text.contains(w))
        || before.ends_with(['坐', '乘'])
}

/// What a whole text shows.
pub fn of_text<'t>(text: &'t str, engine: &Engine) -> Subject<'t> {
    of(text, &engine.indexed_in(text), &(0..text.len()), engine)
}

/// The other matter that a document is about, if it is: its title and file name decide, then its opening, then whether
/// any word of the campaign stands in it at all.
pub fn other_matter<'t>(
    head: [&'t str; 2],
    opening: &[&'t str],
    mut rest: impl Iterator<Item = &'t str>,
    engine: &Engine,
) -> Option<String> {
    let stretches = [head.map(|t| of_text(t, engine)).to_vec(), opening.iter().map(|t| of_text(t, engine)).collect()];
    for stretch in stretches {
        if stretch.iter().any(|s| s.own) {
            return None;
        }
        if let Some(other) = stretch.iter().find_map(|s| s.other) {
            return Some(other.to_string());
        }
        if stretch.iter().any(|s| s.related) {
            return None;
        }
    }
    // A form may name nothing but the campaign's items.
    let mut items: Vec<usize> = opening.iter().flat_map(|t| engine.items_named(t)).collect();
    let speaks = rest.any(|text| {
        let words = engine.indexed_in(text);
        let said = of(text, &words, &(0..text.len()), engine);
        items.extend(engine.named_by(&words));
        said.own || said.related
    });
    items.sort_unstable();
    items.dedup();
    (!speaks && items.len() < 2 && engine.has_subject).then(|| head[0].lines().next().unwrap_or("").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_says_when_or_how_is_no_other_matter() {
        let is_aside = |text: &str, word: &str| {
            let at = text.find(word).unwrap();
            is_occasion(text, &(at..at + word.len()))
        };
        assert!(is_aside("利用开学典礼宣讲政策", "开学典礼"));
        assert!(is_aside("开学典礼上给家长讲了补助标准", "开学典礼"));
        assert!(is_aside("特校迎中秋送温暖", "迎中秋"));
        assert!(is_aside("老师们坐校车去村里", "校车"));
        assert!(!is_aside("筹备开学典礼", "开学典礼"));
        assert!(!is_aside("学校迎中秋诗会", "迎中秋"));
        assert!(!is_aside("检查了校车", "校车"));
    }
}
