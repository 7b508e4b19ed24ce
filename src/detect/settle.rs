//! Characters that are taken for one another, settled by what stands beside them: O and 0 in a number, 末 for 未 before a
//! verb, 36明 for 36名.
//!
//! Each needs a neighbour in which the right character is usual and the wrong one is not: 周末开展 stays as it is.

use crate::detect::glyph::is_han;

/// Sets right what the neighbours decide.
pub fn settle(chars: &mut [char]) {
    settle_numbers(chars);
    let mut from = 0;
    while let Some(next) = chars.get(from..).and_then(|rest| rest.iter().position(|c| is_confused(*c))) {
        let at = from + next;
        let before = at.checked_sub(1).and_then(|b| chars.get(b)).copied();
        let (next, second) = (chars.get(at + 1).copied(), chars.get(at + 2).copied());
        if let Some(c) = chars.get_mut(at) {
            *c = settle_one(*c, before, next, second).unwrap_or(*c);
        }
        from = at + 1;
    }
}

/// Whether a character is one of those that stand for others.
pub fn is_confused(c: char) -> bool {
    matches!(
        c,
        '○' | '◯'
            | 'O'
            | 'o'
            | '0'
            | '约'
            | '曰'
            | '念'
            | '明'
            | '铭'
            | '鸣'
            | '护'
            | '沪'
            | '互'
            | '分'
            | '此'
            | '入'
            | '末'
            | '己'
            | '巳'
    )
}

/// Whether the byte before a character leaves it possible that it stands for another: most only do so after a digit.
pub fn may_be_other(c: char, before: Option<u8>) -> bool {
    let (digit, ascii) = before.map_or((false, false), |b| (b.is_ascii_digit(), b.is_ascii()));
    match c {
        '约' | '念' | '明' | '铭' | '鸣' | '护' | '沪' | '互' | '分' | '此' | '入' => digit,
        '0' => !ascii,
        _ => true,
    }
}

/// What a character must be between these neighbours, where that is not what it is.
pub fn settle_one(c: char, before: Option<char>, next: Option<char>, second: Option<char>) -> Option<char> {
    let counted = is_digit(before);
    let next_is = |set: &str| is_one_of(next, set);
    match c {
        // 二○二○年, 二O二0年
        '○' | '◯' | 'O' | 'o' | '0' if is_chinese_digit(before) && (is_chinese_digit(next) || next_is("年○◯Oo0")) => {
            Some('〇')
        }
        // 10约17日
        '约' | '曰' if counted && is_digit(next) => Some('月'),
        '念' if counted && (is_digit(next) || next_is("全度秋春")) => Some('年'),
        // 10月17曰, 扶贫节曰
        '曰' if counted || is_chinese_digit(before) || is_one_of(before, "十今昨当次每同节生假") => {
            Some('日')
        }
        // 36明教师; 2020明年 is none
        '明' | '铭' | '鸣' if counted && !next_is("确显白年天日媚") => Some('名'),
        // 23护贫困户
        '护' | '沪' | '互' if counted && !next_is("送学士理航照栏校林工联相换动") => Some('户'),
        // 500分宣传页; 45分钟 and 得95分 stay
        '分' if counted
            && (next_is("宣资传彩倡告问")
                || next == Some('明') && second == Some('白')
                || next == Some('调') && second == Some('查')) =>
        {
            Some('份')
        }
        '此' if counted => Some('次'),
        // 45入参会; 45入户 stays
        '入' if counted && (next_is("参次到") || !next.is_some_and(is_han)) => Some('人'),
        // 末开展, 己完成; 周末开展 and 自己完成 stay
        '末' if !is_one_of(before, "周月年期旬季岁本始学世毫微粉最") && is_deed(next, second) => {
            Some('未')
        }
        '己' | '巳'
            if !is_one_of(before, "自知各利律克异为舍罪责贵而由对") && (next_is("经") || is_deed(next, second)) =>
        {
            Some('已')
        }
        _ => None,
    }
}

/// 2O20年l0月: letters in a number that a Chinese character or a mark of a date follows.
fn settle_numbers(chars: &mut [char]) {
    let is_part = |c: &char| c.is_ascii_digit() || digit_of(*c).is_some();
    let mut at = 0;
    while let Some(start) = chars.get(at..).and_then(|rest| rest.iter().position(is_part)) {
        at += start;
        let run = chars.iter().skip(at).take_while(|c| is_part(c)).count();
        let before = at.checked_sub(1).and_then(|b| chars.get(b)).copied();
        let after = chars.get(at + run).copied();
        let Some(number) = chars.get_mut(at..at + run) else { break };
        // IO月 holds no digit at all; before a month it is one all the same, but not behind other figures.
        let lone = run == 2 && after == Some('月') && !is_chinese_digit(before);
        let digits = number.iter().any(char::is_ascii_digit) || lone;
        let apart = !before.is_some_and(|b| b.is_ascii_alphabetic()) && !after.is_some_and(|a| a.is_ascii_alphabetic());
        if digits && apart {
            number.iter_mut().for_each(|c| *c = digit_of(*c).unwrap_or(*c));
        }
        at += run;
    }
}

/// The digit that a letter looks like.
fn digit_of(c: char) -> Option<char> {
    match c {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    }
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

fn is_chinese_digit(c: Option<char>) -> bool {
    is_one_of(c, "一二三四五六七八九〇零")
}

fn is_one_of(c: Option<char>, set: &str) -> bool {
    c.is_some_and(|c| set.contains(c))
}

/// Whether a verb of carrying out begins here.
fn is_deed(first: Option<char>, second: Option<char>) -> bool {
    let (Some(first), Some(second)) = (first, second) else { return false };
    [
        "开展", "召开", "组织", "进行", "完成", "落实", "举行", "举办", "实施", "安排", "发现", "全部", "如期", "按时",
        "入户", "走访",
    ]
    .iter()
    .any(|verb| verb.chars().eq([first, second]))
}

#[cfg(test)]
mod tests {
    fn settled(text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        super::settle(&mut chars);
        chars.into_iter().collect()
    }

    #[test]
    fn neighbours_decide() {
        for (wrong, right) in [
            ("2O2O年lO月l7日,I5户", "2020年10月17日,15户"),
            ("IO月16日", "10月16日"),
            ("二○二○年,二O二0年", "二〇二〇年,二〇二〇年"),
            ("10月17曰,10约12日,2020念10月", "10月17日,10月12日,2020年10月"),
            ("36明教师走访23护,印500分宣传页,会3此,到会45入,", "36名教师走访23户,印500份宣传页,会3次,到会45人,"),
            ("末开展,己完成,巳召开", "未开展,已完成,已召开"),
        ] {
            assert_eq!(settled(wrong), right);
        }
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "周末开展,期末完成,年末召开,自己完成,自己组织",
            "45分钟,95分,2020明年,三明市,15护送,45入户,20护理",
            "VOLVO3辆,QQ群O组,A4纸,Office2010,iOS14,10L油,一O组",
            "○○小学,√是○否,一〇Ol月",
        ] {
            assert_eq!(settled(text), text);
        }
    }
}
