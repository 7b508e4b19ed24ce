//! Numbers of persons: identity cards, bank accounts, phones. In doubt a number is masked; what is plainly an amount, a
//! date or the number of a document stays.

/// Digits parted by single blanks or hyphens are looked at together, so many groups at a time.
const GROUPS: usize = 6;
/// No number of a person is longer; what is longer may hold one.
const LONGEST: usize = 25;
/// No number of a person has fewer digits: a phone of a small place.
const SHORTEST: usize = 7;
/// So many characters before a number say what it is.
const BEFORE: usize = 14;

const ID_WORDS: [&str; 3] = ["身份证", "证件号", "公民身份"];
const ACCOUNT_WORDS: [&str; 13] =
    ["账号", "帐号", "账户", "帐户", "卡号", "银行卡", "存折", "一卡通", "社保卡", "惠农卡", "开户", "打入", "汇入"];
const PHONE_WORDS: [&str; 9] = ["电话", "手机", "座机", "联系", "热线", "固话", "传真", "拨打", "致电"];
const DOCUMENT_WORDS: [&str; 6] = ["编号", "文号", "发票", "单号", "订单", "信用代码"];
const MONEY: [char; 4] = ['元', '万', '亿', '￥'];

/// A run of digits.
#[derive(Debug, Clone)]
struct Group {
    /// Its first character and the one after its last.
    range: std::ops::Range<usize>,
    digits: Vec<u8>,
}

/// Masks the numbers of persons; `beside` is what stands beside the text, a column's head. `None` where there are none.
pub fn mask(text: &str, beside: impl Fn() -> String) -> Option<String> {
    if !has_digits(text) {
        return None;
    }
    let beside = beside();
    let mut chars: Vec<char> = text.chars().collect();
    let groups = groups(&chars);
    let (mut at, mut masked) = (0, false);
    while at < groups.len() {
        match number_at(&chars, &groups, at, &beside) {
            Some((taken, keep)) => {
                hide(&mut chars, &groups[at..at + taken], keep);
                (at, masked) = (at + taken, true);
            }
            None => at += 1,
        }
    }
    masked.then(|| chars.into_iter().collect())
}

/// Whether a text has so many digits in all that one number of a person may be among them.
fn has_digits(text: &str) -> bool {
    // Full-width digits end in 0x90 to 0x99 after EF BC.
    let wide = |bytes: &[u8]| matches!(bytes, [0xef, 0xbc, 0x90..=0x99]);
    let plain = text.bytes().filter(u8::is_ascii_digit).count();
    plain >= SHORTEST || plain + text.as_bytes().windows(3).filter(|b| wide(b)).count() >= SHORTEST
}

/// The value of a digit, full-width ones too.
fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => u8::try_from(c as u32 - '０' as u32).ok(),
        _ => None,
    }
}

fn groups(chars: &[char]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, value) in chars.iter().enumerate().filter_map(|(at, c)| Some((at, digit(*c)?))) {
        match groups.last_mut().filter(|g| g.range.end == at) {
            Some(group) => {
                group.range.end += 1;
                group.digits.push(value);
            }
            None => groups.push(Group { range: at..at + 1, digits: vec![value] }),
        }
    }
    groups
}

/// Replaces all digits but the first and last few; what parts them stays.
fn hide(chars: &mut [char], groups: &[Group], keep: (usize, usize)) {
    let all: usize = groups.iter().map(|g| g.digits.len()).sum();
    let places = groups.iter().flat_map(|g| g.range.clone());
    for at in places.take(all.saturating_sub(keep.1)).skip(keep.0) {
        if let Some(c) = chars.get_mut(at) {
            *c = '*';
        }
    }
}

/// How many groups make a number of a person here, and how many digits of it may be shown at either end.
fn number_at(chars: &[char], groups: &[Group], at: usize, beside: &str) -> Option<(usize, (usize, usize))> {
    let first = groups.get(at)?;
    // 0.13912345678 is a decimal.
    if first.range.start >= 2 && chars[first.range.start - 1] == '.' && digit(chars[first.range.start - 2]).is_some() {
        return None;
    }
    let joined = groups[at..].windows(2).take(GROUPS - 1).take_while(|w| matches!(w, [a, b] if is_joined(chars, a, b)));
    let most = 1 + joined.count();
    if groups[at..at + most].iter().map(|g| g.digits.len()).sum::<usize>() < SHORTEST {
        return None;
    }
    let before: String = chars[first.range.start.saturating_sub(BEFORE)..first.range.start].iter().collect();
    let context = Context { before: &before, beside };
    (1..=most).rev().find_map(|n| {
        let run = &groups[at..at + n];
        let digits: Vec<u8> = run.iter().flat_map(|g| g.digits.iter().copied()).take(LONGEST + 1).collect();
        if n > 1 && digits.len() > LONGEST {
            return None;
        }
        let rest = &chars[run.last()?.range.end..];
        keep(run, &digits, rest, &context).map(|keep| (n, keep))
    })
}

/// Whether one blank, hyphen or closing bracket parts two groups.
fn is_joined(chars: &[char], a: &Group, b: &Group) -> bool {
    b.range.start == a.range.end + 1
        && matches!(chars[a.range.end], ' ' | '\u{3000}' | '\u{a0}' | '-' | '－' | '—' | '–' | ')' | '）')
}

/// The words that say what a number is.
struct Context<'c> {
    before: &'c str,
    beside: &'c str,
}

impl Context<'_> {
    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.before.contains(w) || self.beside.contains(w))
    }
}

/// How many digits may be shown at either end, where these groups are a number of a person.
fn keep(run: &[Group], digits: &[u8], rest: &[char], context: &Context<'_>) -> Option<(usize, usize)> {
    let lengths: Vec<usize> = run.iter().map(|g| g.digits.len()).collect();
    let ends_in_x = rest.first().is_some_and(|c| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ'));
    if is_identity(digits, ends_in_x) || (15..=18).contains(&digits.len()) && context.says(&ID_WORDS) {
        return Some((4, 4));
    }
    if rest.first().is_some_and(|c| MONEY.contains(c)) || context.says(&DOCUMENT_WORDS) {
        return None;
    }
    if let Some(lead) = mobile(digits).filter(|_| matches!(lengths.as_slice(), [_] | [.., 3, 4, 4] | [3, 8] | [_, 11]))
    {
        return Some((lead + 3, 4));
    }
    if is_landline(digits, &lengths, context) {
        return Some((if digits.first() == Some(&0) { 4 } else { 2 }, 2));
    }
    let years = run.iter().all(|g| matches!(g.digits.as_slice(), [1, 9, _, _] | [2, 0, _, _]));
    let fours = lengths.split_last().is_some_and(|(last, firsts)| *last <= 4 && firsts.iter().all(|n| *n == 4));
    let account = (lengths.len() == 1 || fours && !years)
        && match digits.len() {
            16..=19 => luhn(digits) || context.says(&ACCOUNT_WORDS),
            12..=LONGEST => context.says(&ACCOUNT_WORDS),
            // Numbers run together: an ID with a phone behind it.
            n => n > LONGEST,
        };
    account.then_some((4, 4))
}

/// An identity number of 18 (GB 11643-1999) or 15 digits. The check digit is not asked for where the date is one: typing
/// errors do not make a number public.
fn is_identity(digits: &[u8], ends_in_x: bool) -> bool {
    let number = |range: std::ops::Range<usize>| {
        digits.get(range).map_or(0, |part| part.iter().fold(0u32, |n, d| n * 10 + u32::from(*d)))
    };
    let province = (11..=82).contains(&number(0..2));
    let day = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    match digits.len() {
        17 if ends_in_x => province,
        18 => {
            let dated = (1900..=2099).contains(&number(6..10)) && day(number(10..12), number(12..14));
            province && (dated || is_checked(digits))
        }
        15 => province && day(number(8..10), number(10..12)),
        // Glued to what follows: 身份证与电话连写.
        19..=LONGEST => digits.windows(18).any(|w| is_checked(w) && is_identity(w, false)),
        _ => false,
    }
}

/// The check digit of GB 11643-1999 (ISO 7064 MOD 11-2); X does not stand among digits.
fn is_checked(digits: &[u8]) -> bool {
    /// 2 to the powers 17 … 0, modulo 11.
    const WEIGHTS: [u32; 18] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    digits.len() == 18 && digits.iter().zip(WEIGHTS).map(|(d, w)| u32::from(*d) * w).sum::<u32>() % 11 == 1
}

/// The check digit of bank cards (ISO/IEC 7812).
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| match (i % 2, u32::from(*d)) {
            (0, d) => d,
            (_, d) => d * 2 / 10 + d * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The digits before a mobile number, country code or a zero.
fn mobile(digits: &[u8]) -> Option<usize> {
    let lead = match digits {
        [8, 6, ..] if digits.len() == 13 => 2,
        [0, 8, 6, ..] if digits.len() == 14 => 3,
        [0, ..] if digits.len() == 12 => 1,
        _ if digits.len() == 11 => 0,
        _ => return None,
    };
    matches!(digits.get(lead..), Some([1, 3..=9, ..])).then_some(lead)
}

/// A landline: area code and number (0913-8212345), or a number beside a word for phones.
fn is_landline(digits: &[u8], lengths: &[usize], context: &Context<'_>) -> bool {
    let area = matches!(digits, [0, 1 | 2, ..] | [0, 3..=9, _, _, ..]);
    let date = matches!(digits, [1 | 2, 9 | 0, ..]) && digits.len() == 8;
    match lengths {
        [3 | 4, 7 | 8] => area,
        [10..=12] => area && context.says(&PHONE_WORDS),
        [7 | 8] => !date && digits.first() != Some(&0) && context.says(&PHONE_WORDS),
        [3 | 4, 4] => !area && context.says(&PHONE_WORDS),
        _ => false,
    }
}
