//! What an entry means: the words of 人工结论, dates as people type them, the school that a note names.

use crate::model::campaign::Campaign;
use crate::model::check::Check;
use crate::model::flag::FlagKind;
use crate::model::message::Message;
use crate::model::moments;
use crate::model::ruling::{Conclusion, Ruling, Typed};
use crate::msg;
use chrono::{Days, NaiveDate};

/// The decision that an entry is.
///
/// # Errors
/// Why it cannot be applied, for the person who typed it.
pub fn understand(check: &Check, typed: &Typed, campaign: &Campaign) -> Result<Ruling, Message> {
    if typed.conclusion.trim().is_empty() {
        return Err(msg!("review.no_conclusion"));
    }
    let conclusion = conclusion(&typed.conclusion).ok_or_else(|| {
        msg!("review.unknown_words", &typed.conclusion, allowed_words(&Conclusion::ALL.map(|(c, _)| c)))
    })?;
    let allowed = allowed(check);
    if !allowed.contains(&conclusion) {
        return Err(msg!("review.not_here", conclusion.words(), allowed_words(&allowed)));
    }
    if typed.note.trim().is_empty() && conclusion != Conclusion::Agree {
        return Err(msg!("review.no_note", conclusion.words()));
    }
    let new_deadline = match conclusion {
        Conclusion::Extend => Some(new_deadline(check, &typed.new_deadline, campaign)?),
        _ => None,
    };
    let right_school = match conclusion {
        Conclusion::WrongSchool => Some(right_school(check, &typed.note, campaign)?),
        _ => None,
    };
    Ok(Ruling {
        flag: check.flag.clone(),
        fingerprint: check.fingerprint.clone(),
        school: check.school.clone(),
        item: Some(check.item.clone()).filter(|i| !i.is_empty()),
        conclusion,
        new_deadline,
        right_school,
        files: Vec::new(),
        aliases: Vec::new(),
        note: typed.note.trim().to_string(),
        by: typed.by.trim().to_string(),
        on: day(&typed.on, campaign),
    })
}

/// The words as people choose or type them: full-width brackets and white space count for nothing, and what stands in
/// brackets may be left out.
fn conclusion(typed: &str) -> Option<Conclusion> {
    let plain = |words: &str| -> String {
        let narrow = |c: char| match c {
            '（' => '(',
            '）' => ')',
            c => c,
        };
        words.chars().map(narrow).filter(|c| !c.is_whitespace() && *c != '✋').collect()
    };
    let typed = plain(typed);
    let is = |words: &str| {
        let words = plain(words);
        words == typed || words.split_once('(').is_some_and(|(short, _)| short == typed)
    };
    Conclusion::ALL.into_iter().find(|(_, words)| is(words)).map(|(c, _)| c)
}

/// What may be decided of a row of a kind: a file that nobody is known for cannot be put off, and a report that never came
/// was not given to the wrong school.
fn allowed(check: &Check) -> Vec<Conclusion> {
    use Conclusion as C;
    let is = |kinds: &[FlagKind]| kinds.iter().any(|k| k.word() == check.kind);
    let without: &[Conclusion] = if is(&[FlagKind::UnclaimedFile]) {
        &[C::DoneElsewhere, C::NothingToReport, C::Extend]
    } else if is(&[FlagKind::NoSubmission, FlagKind::Missing]) {
        &[C::WrongSchool]
    } else if is(&[FlagKind::Late, FlagKind::ArrivalDoubtful, FlagKind::UnreadableFile]) {
        &[C::NothingToReport]
    } else {
        &[]
    };
    let no_school = check.school.is_empty();
    let fits = |c: &Conclusion| !(without.contains(c) || no_school && *c == C::Extend);
    C::ALL.into_iter().map(|(c, _)| c).filter(fits).collect()
}

fn allowed_words(allowed: &[Conclusion]) -> String {
    allowed.iter().map(|c| c.words()).collect::<Vec<_>>().join("、")
}

/// A day as a date cell shows it, as text in any usual form, or as the bare number of a cell that lost its format.
fn day(typed: &str, campaign: &Campaign) -> Option<NaiveDate> {
    let typed = typed.trim();
    if let Some(days) = typed.parse::<u64>().ok().filter(|n| (36_526..=73_050).contains(n)) {
        return NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days));
    }
    let typed = typed.trim_end_matches(['前', '止', '。']).trim();
    moments::date(typed.trim_end_matches("之").trim(), Some(campaign.year))
}

fn new_deadline(check: &Check, typed: &str, campaign: &Campaign) -> Result<NaiveDate, Message> {
    if typed.trim().is_empty() {
        return Err(msg!("review.no_new_deadline"));
    }
    let day = day(typed, campaign).ok_or_else(|| msg!("review.no_day", typed))?;
    let before = campaign.activities.iter().find(|a| a.id == check.item).map(|a| a.due);
    let before = before.unwrap_or(campaign.deadline.shifted_to);
    // A year too many is a slip of the keyboard, and would hide a gap for good.
    let last = before.checked_add_days(Days::new(366)).unwrap_or(before);
    match day {
        day if day <= before => Err(msg!("review.not_later", day, before)),
        day if day > last => Err(msg!("review.too_late", day, before)),
        day => Ok(day),
    }
}

/// Code of the one school that a note names. The school that the file was taken for may be named beside it.
fn right_school(check: &Check, note: &str, campaign: &Campaign) -> Result<String, Message> {
    let joined = |text: &str| text.split_whitespace().collect::<String>();
    let note = joined(note);
    // Where each name stands; a name inside a longer one is not meant.
    let mut spans: Vec<(usize, usize, &str)> = Vec::new();
    for school in &campaign.schools {
        let names = [&school.code, &school.name].into_iter().chain(&school.aliases).map(|n| joined(n));
        for name in names.filter(|n| n.chars().count() > 2) {
            spans.extend(note.match_indices(&name).map(|(at, hit)| (at, at + hit.len(), school.code.as_str())));
        }
    }
    let inside = |a: &(usize, usize, &str)| {
        spans.iter().any(|b| b.0 <= a.0 && a.1 <= b.1 && (b.1 - b.0) > (a.1 - a.0) && b.2 != a.2)
    };
    let mut found: Vec<&str> = spans.iter().filter(|a| !inside(a)).map(|(.., code)| *code).collect();
    found.sort_unstable();
    found.dedup();
    if found.len() > 1 {
        found.retain(|code| *code != check.school);
    }
    let name =
        |code: &str| campaign.schools.iter().find(|s| s.code == code).map_or(code.to_string(), |s| s.name.to_string());
    match found.as_slice() {
        [one] if *one == check.school => Err(msg!("review.same_school", name(one))),
        [one] => Ok(one.to_string()),
        [] => Err(msg!("review.no_school")),
        several => Err(msg!("review.several_schools", several.iter().map(|c| name(c)).collect::<Vec<_>>().join("、"))),
    }
}
