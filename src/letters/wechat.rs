//! Texts to paste into WeChat: at most a hundred characters, the essential last to go.

use crate::letters::figures::by_township;
use crate::letters::form::{self, Form};
use crate::letters::occasion;
use crate::letters::official::short_day;
use crate::letters::phrases::{gap_names, zh};
use crate::letters::record::{Matter, Record};
use crate::letters::template::{Template, Value, Values};
use crate::letters::upcoming;
use crate::model::message::Message;
use crate::msg;

/// The most characters of a text, punctuation included.
pub const LONGEST: usize = 100;

/// A text that is too long by its template: to whom, and how long it is at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLong(pub String, pub usize);

/// The text to a school, by the form of its letter.
///
/// # Errors
/// [`TooLong`].
pub fn to_school(
    matter: &Matter<'_>,
    record: &Record<'_>,
    form: &Form,
    template: &Template,
) -> Result<String, TooLong> {
    if form.name == form::WECHAT_REMINDER.name {
        let names: Vec<String> = gap_names(matter, record).into_iter().map(str::to_string).collect();
        let more = |first: &str, all| msg!("letters.and_so_many_items", first, all);
        return fitting(matter, ("学校", &record.school.name), ("缺项", &names, &more), template);
    }
    let name = |path: &str| format!("“{}”", path.rsplit('/').next().unwrap_or(path));
    let files: Vec<String> = record.to_send_again().iter().map(|(path, _)| name(path)).collect();
    let more = |first: &str, all| msg!("letters.and_so_many_files", first, all);
    fitting(matter, ("学校", &record.school.name), ("读不了的文件", &files, &more), template)
}

/// The texts before the deadline: township, and its text.
///
/// # Errors
/// [`TooLong`].
pub fn to_townships(matter: &Matter<'_>, template: &Template) -> Result<Vec<(String, String)>, TooLong> {
    let waiting = upcoming::waiting(matter).into_iter().filter(|r| r.must_report);
    let text = |(township, records): (&str, Vec<&Record<'_>>)| {
        let township = if township.is_empty() { zh(&msg!("letters.no_township")) } else { township.to_string() };
        let names: Vec<String> = records.iter().map(|r| r.school.name.to_string()).collect();
        let more = |first: &str, all| msg!("letters.and_so_many_units", first, all);
        let text = fitting(matter, ("片区", &township), ("名单", &names, &more), template)?;
        Ok((township, text))
    };
    by_township(waiting).into_iter().map(text).collect()
}

type List<'l> = (&'static str, &'l [String], &'l dyn Fn(&str, usize) -> Message);

/// The first text that fits: with fewer of the list, then without whom to call, then with the campaign unnamed, then with
/// the name of whom it is to shortened.
fn fitting(
    matter: &Matter<'_>,
    (to, name): (&'static str, &str),
    (word, list, more): List<'_>,
    template: &Template,
) -> Result<String, TooLong> {
    let mut values = occasion::values(matter);
    let put = |values: &mut Values, word: &'static str, text: String| drop(values.insert(word, Value::Text(text)));
    put(&mut values, "补报期限", short_day(occasion::reply_by(matter)));
    put(&mut values, "报送期限", short_day(matter.campaign.deadline.shifted_to));
    put(&mut values, "成文日期", short_day(matter.as_of.date()));
    put(&mut values, to, name.to_string());
    put(&mut values, word, list.join("、"));
    let length = |text: &str| text.chars().count();
    let text = template.text(&values);
    if length(&text) <= LONGEST {
        return Ok(text);
    }
    for shown in (1..list.len()).rev() {
        put(&mut values, word, zh(&more(&list[..shown].join("、"), list.len())));
        let text = template.text(&values);
        if length(&text) <= LONGEST {
            return Ok(text);
        }
    }
    for (word, text) in [
        ("联系人", String::new()),
        ("电话", String::new()),
        ("联系方式", String::new()),
        ("活动", zh(&msg!("letters.this_campaign"))),
    ] {
        put(&mut values, word, text);
        let text = template.text(&values);
        if length(&text) <= LONGEST {
            return Ok(text);
        }
    }
    let first = list.first().map_or("", String::as_str);
    let first_of = |first: String| if list.len() > 1 { zh(&more(&first, list.len())) } else { first };
    let over = |values: &Values| length(&template.text(values)).saturating_sub(LONGEST);
    let less = over(&values);
    put(&mut values, to, shortened(name, less + 1));
    let less = over(&values);
    if less > 0 {
        put(&mut values, word, first_of(shortened(first, less + 1)));
    }
    let text = template.text(&values);
    if length(&text) <= LONGEST {
        return Ok(text);
    }
    Err(TooLong(name.to_string(), length(&text)))
}

/// A text without so many characters of its middle; at least four are left.
fn shortened(text: &str, less: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let kept = chars.len().saturating_sub(less).max(4);
    if kept >= chars.len() {
        return text.to_string();
    }
    let (head, tail) = (kept.div_ceil(2), kept / 2);
    chars[..head].iter().chain(&['…']).chain(&chars[chars.len() - tail..]).collect()
}
