//! What is left of a file's name once people's copy marks are taken off: 总结(修改稿)最终版(2) is 总结.

use crate::judge::names::text::plain;
use crate::judge::paths;
use regex::Regex;
use std::sync::OnceLock;

/// A file name without copy marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stem {
    /// Copy marks taken off.
    pub name: String,
    /// Dates taken off too.
    pub undated: String,
    /// A mark says that this one replaces another: 修改稿, 重报, 以此为准.
    pub replaces: bool,
    /// The name is one that programs give: 新建 Microsoft Word 文档.
    pub automatic: bool,
}

struct Patterns {
    replaces: Regex,
    copies: Regex,
    dates: Regex,
    automatic: Regex,
}

fn patterns() -> Option<&'static Patterns> {
    static PATTERNS: OnceLock<Option<Patterns>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        Some(Patterns {
            replaces: Regex::new("以此为准|以这个为准|修改[稿版]?|修订[稿版]?|最终[稿版]?|终稿|定稿|更正|补报|重报|重新报送|新版|更新|v[0-9]{1,2}|新$").ok()?,
            copies: Regex::new(r"\([0-9]{0,3}\)|副本|复件|备份|复制").ok()?,
            dates: Regex::new(r"20[0-9]{6}|(?:20[0-9]{2}[年.\-/])?[0-9]{1,2}[月.\-/][0-9]{1,2}[日号]?|20[0-9]{2}年?").ok()?,
            automatic: Regex::new("^(?:新建(?:microsoft|wps|文本|文档).*|文档[0-9]*|book[0-9]*|工作簿[0-9]*|document[0-9]*|附件[0-9一二三四五六]*|[0-9]*)$").ok()?,
        })
    }).as_ref()
}

/// Takes the copy marks off the name of a file.
pub fn stem(path: &str) -> Stem {
    let full = plain(paths::without_suffix(paths::file_name(path)));
    let Some(patterns) = patterns() else {
        return Stem { name: full.clone(), undated: full, replaces: false, automatic: false };
    };
    let replaces = patterns.replaces.is_match(&full);
    // Twice: 定稿 inside (定稿)(2) leaves brackets behind, and 新 may stand before a number.
    let mut name = full;
    for _ in 0..2 {
        name = patterns.copies.replace_all(&name, "").into_owned();
        name = patterns.replaces.replace_all(&name, "").into_owned();
        name = name.replace("()", "").trim_end_matches(['-', '_', '+', '.', '~']).to_string();
    }
    let undated = patterns.dates.replace_all(&name, "").replace("()", "").trim_matches(['-', '_', '.']).to_string();
    let automatic = patterns.automatic.is_match(&name);
    Stem { name, undated, replaces, automatic }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_mark_their_copies_in_many_ways() {
        for name in [
            "总结",
            "总结(1)",
            "总结 - 副本",
            "总结（修改稿）",
            "总结最终版",
            "总结(以此为准)",
            "总结(定稿)新",
            "总结V2",
            "总结（重报）(2)",
        ] {
            assert_eq!(stem(&format!("inbox/县一小{name}.docx")).name, "县一小总结", "{name}");
        }
        assert_eq!(stem("inbox/10.17扶贫日总结.doc").undated, "扶贫日总结");
        assert!(stem("inbox/新建 Microsoft Word 文档(1).docx").automatic);
        assert!(!stem("inbox/新村小学总结.docx").replaces);
    }
}
