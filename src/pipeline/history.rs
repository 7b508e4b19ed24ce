//! The dated copies under `history/`: which are kept, and which go once they are old.
//!
//! Of the last thirty days every copy, of the last year the last one of each week, of years before the last one of each month.
//! Only copies of the program's own naming are looked at, never the newest, and none in which somebody has typed what no
//! night has read: a copy that cannot be read stays. Workbooks in which somebody had typed, kept beside them before they were
//! written over, stay two years: the night that kept them has read them, and the journal has it all.

use crate::extract;
use crate::model::campaign::Campaign;
use crate::model::limits::{HISTORY_DAYS, HISTORY_REMOVED, HISTORY_TYPED_DAYS, HISTORY_WEEKLY_DAYS};
use crate::model::message::Message;
use crate::model::sheet::names;
use crate::msg;
use crate::report::output::is_open_elsewhere;
use crate::review;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Removes old copies from the `history` of an output folder, a few a night, as of a day. Gives what could not be removed, for
/// a person.
pub fn prune(out: &Path, campaign: &Campaign, today: NaiveDate) -> Vec<Message> {
    let history = out.join("history");
    let entries = fs::read_dir(&history).into_iter().flatten().flatten();
    let files: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let copies: Vec<NaiveDateTime> = files.iter().filter_map(|file| stamp(file)).collect();
    let old = superfluous(&copies, today).into_iter().map(|copy| history.join(name(copy)));
    let old = old.take(HISTORY_REMOVED).filter(|path| !holds_unread(path, campaign));
    let typed = outlived(&files, today).into_iter().map(|file| history.join(file)).take(HISTORY_REMOVED);
    let mut notes = Vec::new();
    for path in old.chain(typed).filter(|path| !is_open_elsewhere(path)) {
        if let Err(error) = fs::remove_file(&path) {
            notes.push(msg!("pipeline.history_kept", path.display().to_string(), error.to_string()));
        }
    }
    notes
}

/// The name of a dated copy.
fn name(stamp: NaiveDateTime) -> String {
    format!("{}-{}.xlsx", names::MATRIX, stamp.format("%Y%m%d-%H%M"))
}

/// The moment in the name of a dated copy; none for whatever else lies there.
fn stamp(file: &str) -> Option<NaiveDateTime> {
    let digits = file.strip_prefix(names::MATRIX)?.strip_prefix('-')?.strip_suffix(".xlsx")?;
    let stamp = NaiveDateTime::parse_from_str(digits, "%Y%m%d-%H%M").ok()?;
    (name(stamp) == file).then_some(stamp)
}

/// The workbooks kept because somebody had typed in them, whose time is over, the oldest first.
fn outlived(files: &[String], today: NaiveDate) -> Vec<String> {
    let is_old = |file: &&String| typed(file).is_some_and(|at| (today - at.date()).num_days() >= HISTORY_TYPED_DAYS);
    let mut old: Vec<String> = files.iter().filter(is_old).cloned().collect();
    old.sort_unstable();
    old
}

/// The moment in the name of such a workbook, a number behind it where there were several; none for whatever else lies there.
fn typed(file: &str) -> Option<NaiveDateTime> {
    let rest = file.strip_prefix(names::MATRIX)?.strip_prefix(names::TYPED)?.strip_suffix(".xlsx")?;
    let (moment, number) = rest.split_at_checked("-20201009-0200".len())?;
    let counted = number.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let moment = moment.strip_prefix('-').filter(|_| number.is_empty() || counted)?;
    NaiveDateTime::parse_from_str(moment, "%Y%m%d-%H%M").ok()
}

/// The copies that the rule does not keep, the oldest first.
fn superfluous(copies: &[NaiveDateTime], today: NaiveDate) -> Vec<NaiveDateTime> {
    let age = |copy: &NaiveDateTime| (today - copy.date()).num_days();
    let mut last_of: BTreeMap<(i32, u32, u32), NaiveDateTime> = BTreeMap::new();
    // A week has no month, a month no week: the two kinds of key never meet.
    let span = |copy: &NaiveDateTime| match age(copy) {
        days if days < HISTORY_DAYS => None,
        days if days < HISTORY_WEEKLY_DAYS => Some((copy.iso_week().year(), copy.iso_week().week(), 0)),
        _ => Some((copy.year(), 0, copy.month())),
    };
    for copy in copies {
        if let Some(span) = span(copy) {
            let last = last_of.entry(span).or_insert(*copy);
            *last = (*last).max(*copy);
        }
    }
    let newest = copies.iter().max();
    let is_kept =
        |copy: &NaiveDateTime| span(copy).is_none_or(|span| last_of.get(&span) == Some(copy)) || Some(copy) == newest;
    let mut old: Vec<NaiveDateTime> = copies.iter().filter(|copy| !is_kept(copy)).copied().collect();
    old.sort_unstable();
    old
}

/// Whether something was typed in a copy since it was written, or may have been. What a night reads are the workbooks of the
/// output folder; what is typed here waits until a person names the file with `--review`.
fn holds_unread(path: &Path, campaign: &Campaign) -> bool {
    let Ok(bytes) = fs::read(path) else { return true };
    let shown = path.display().to_string();
    review::table::read(&shown, &extract::read(&bytes), campaign).map_or(true, |entries| !entries.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    fn night(days: u64) -> NaiveDateTime {
        let first = NaiveDate::from_ymd_opt(2020, 10, 9).unwrap();
        (first + Days::new(days)).and_hms_opt(2, 0, 0).unwrap()
    }

    #[test]
    fn three_years_of_nights_leave_what_the_rule_promises() {
        let mut copies: Vec<NaiveDateTime> = Vec::new();
        for n in 0..1100 {
            // The county closes for a fortnight now and then.
            if n % 200 > 14 {
                copies.push(night(n));
            }
            let today = night(n).date();
            let old = superfluous(&copies, today);
            assert!(old.len() <= 2, "a night removes no more than it adds: {old:?}");
            copies.retain(|copy| !old.contains(copy));
            let Some(newest) = copies.last() else { continue };
            assert!((today - newest.date()).num_days() <= 15);
            // Every night of the last thirty days is there.
            let recent = (n.saturating_sub(29)..=n).filter(|d| d % 200 > 14);
            assert!(recent.clone().all(|d| copies.contains(&night(d))), "night {n}");
            // Of every week of the last year, and of every month before, in which there were nights, one.
            let had = (0..=n).filter(|d| n % 7 == 0 && d % 200 > 14).map(night);
            for then in had {
                let age = (today - then.date()).num_days();
                let near = |copy: &NaiveDateTime| match age {
                    0..372 => copy.iso_week() == then.iso_week(),
                    _ => (copy.year(), copy.month()) == (then.year(), then.month()),
                };
                assert!((360..=410).contains(&age) || copies.iter().any(near), "night {n}: nothing of {then}");
            }
        }
        assert!(copies.len() < 30 + 53 + 26, "{}", copies.len());
    }

    #[test]
    fn what_people_typed_stays_two_years_and_other_files_for_ever() {
        let files = [
            "汇总表-已填写-20201009-0200.xlsx",
            "汇总表-已填写-20201009-0200-2.xlsx",
            "汇总表-已填写-20201009-0200-副本.xlsx",
            "汇总表-已填写-20201010-0200.xlsx",
            "汇总表-20201009-0200.xlsx",
            "汇总表-已填写.xlsx",
        ];
        let files = files.map(str::to_string);
        let after = |days: u64| outlived(&files, night(days).date());
        assert_eq!(after(731), [] as [String; 0]);
        assert_eq!(after(732), [&*files[1], &*files[0]]);
        assert_eq!(after(733).len(), 3);
    }

    #[test]
    fn only_the_programs_own_copies_are_looked_at_and_the_newest_stays() {
        for other in [
            "汇总表-已填写-20201009-0200.xlsx",
            "汇总表-20201009-0200 - 副本.xlsx",
            "汇总表-王敏.xlsx",
            "汇总表-20201009-0200.xls",
            "催报函-20201009-0200",
            "~$汇总表-20201009-0200.xlsx",
        ] {
            assert_eq!(stamp(other), None, "{other}");
        }
        assert_eq!(stamp("汇总表-20201009-0200.xlsx"), Some(night(0)));
        assert_eq!(superfluous(&[night(0)], night(900).date()), []);
        assert_eq!(superfluous(&[night(0), night(1)], night(900).date()), [night(0)]);
        // Judged as of an earlier day than the copies: nothing goes.
        assert_eq!(superfluous(&[night(0), night(1)], night(0).date()), []);
    }
}
