//! A title in lines: whole words, balanced (GB/T 9704—2012, 7.3.1: 词意完整，排列对称，长短适宜).

use crate::letters::official::halves;

/// Full-width characters of size 2 (22 pt) that a line of 156 mm holds.
const LINE: usize = 20;

/// The lines of a title. `|` parts them where its author says so; else they are about as long as each other, and parted
/// where a word hardly goes on.
pub fn lines(title: &str) -> Vec<String> {
    if title.contains('|') {
        return title.split('|').map(|l| l.trim().to_string()).filter(|l| !l.is_empty()).collect();
    }
    let chars: Vec<char> = title.chars().collect();
    let count = halves(title).div_ceil(2 * LINE).max(1);
    let mut lines = Vec::new();
    let mut from = 0;
    for left in (1..=count).rev() {
        let rest: String = chars[from..].iter().collect();
        if left == 1 || halves(&rest) <= 2 * LINE {
            lines.push(rest);
            break;
        }
        let aim = halves(&rest) / left;
        let cost = |at: usize| {
            let width = halves(&chars[from..at].iter().collect::<String>());
            let over = if width > 2 * LINE { 1000 } else { 0 };
            width.abs_diff(aim) + awkwardness(&chars, at) + over
        };
        let at = (from + 1..chars.len()).min_by_key(|at| cost(*at)).unwrap_or(chars.len());
        lines.push(chars[from..at].iter().collect());
        from = at;
    }
    lines
}

/// How little a line should end before this character.
fn awkwardness(chars: &[char], at: usize) -> usize {
    let (before, after) = (chars[at - 1], chars[at]);
    let figure = |c: char| c.is_ascii_alphanumeric() || c == '年';
    let clings = |c: char| "的和及与、，。；：）》”年月日%".contains(c);
    let opens = |c: char| "（《“".contains(c);
    match () {
        () if (before.is_ascii_alphanumeric() && figure(after)) || clings(after) || opens(before) => 100,
        // A word of title language begins or has just ended.
        () if "的年）》".contains(before) || opens(after) => 0,
        () if ["活动", "材料", "情况", "报送", "关于"]
            .iter()
            .any(|w| chars[at..].iter().take(2).eq(w.chars().collect::<Vec<_>>().iter())) =>
        {
            4
        }
        () => 12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_title_is_one_line_and_a_long_one_is_parted_between_words() {
        assert_eq!(lines("关于催报2020年全国扶贫日活动材料的函"), ["关于催报2020年全国扶贫日活动材料的函"]);
        let long = lines("关于2020年全国扶贫日活动材料报送情况和各项活动开展情况的通报");
        assert_eq!(long.concat(), "关于2020年全国扶贫日活动材料报送情况和各项活动开展情况的通报");
        assert_eq!(long.len(), 2);
        assert!(long.iter().all(|l| halves(l) <= 40 && !l.starts_with('的')), "{long:?}");
        assert_eq!(lines("关于全国扶贫日活动|材料报送情况的通报"), ["关于全国扶贫日活动", "材料报送情况的通报"]);
    }
}
