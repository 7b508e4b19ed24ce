//! Why a school has the verdicts that it has: which school is meant, its files looked at once more, and what of the notice
//! and the roster bears on an item.

use crate::model::campaign::Campaign;
use crate::model::message::{Lang, Message};
use crate::model::reading::Reading;
use crate::model::school::{Condition, School};
use crate::msg;
use crate::pipeline::inboxes::{Inbox, on_disk};
use crate::pipeline::request::Work;
use crate::pipeline::results::{FileLine, Results, SchoolLine};
use crate::pipeline::supervisor::Supervisor;
use crate::report::who::{column_name, who_must};
use chrono::{DateTime, FixedOffset, NaiveDate};
use ecow::EcoString;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// A thing that is asked of schools: an activity or a material.
pub struct Asked<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its number in the notice, where it has one.
    pub number: &'c str,
    /// Its name.
    pub name: &'c str,
    /// Whom it is asked of.
    pub of: &'c [Condition],
    /// For an activity: the days in which it counts, and the last day to do it.
    pub days: Option<((NaiveDate, NaiveDate), NaiveDate)>,
}

/// Everything that is asked, activities first.
pub fn asked(campaign: &Campaign) -> Vec<Asked<'_>> {
    let activities = campaign.activities.iter().map(|a| Asked {
        id: &a.id,
        number: &a.number,
        name: &a.name,
        of: &a.must_do,
        days: Some((a.window, a.due)),
    });
    let materials = campaign.materials.iter().map(|m| Asked {
        id: &m.id,
        number: "",
        name: &m.name,
        of: &m.must_report,
        days: None,
    });
    activities.chain(materials).collect()
}

/// Those whose code, name or another name is what was said; else those of whose names or codes it is a part.
pub fn schools<'c>(said: &str, campaign: &'c Campaign) -> Vec<&'c School> {
    let schools: Vec<&School> = campaign.schools.iter().map(|school| &**school).collect();
    best(&schools, said, |s| [&s.code, &s.name].into_iter().chain(&s.aliases).map(EcoString::as_str).collect())
}

/// Those whose id, name or number is what was said; else those of whose id or name it is a part.
pub fn items<'a, 'c>(said: &str, asked: &'a [Asked<'c>]) -> Vec<&'a Asked<'c>> {
    best(&asked.iter().collect::<Vec<_>>(), said, |a| {
        [a.id, a.name, a.number].into_iter().filter(|n| !n.is_empty()).collect()
    })
}

fn best<'t, T>(things: &[&'t T], said: &str, names: impl Fn(&'t T) -> Vec<&'t str>) -> Vec<&'t T> {
    let said = said.trim();
    let with =
        |is: fn(&str, &str) -> bool| things.iter().copied().filter(|t| names(t).iter().any(|n| is(n, said))).collect();
    let exact: Vec<&T> = with(|name, said| name == said);
    if exact.is_empty() { with(|name, said| name.contains(said)) } else { exact }
}

/// A file of a school, looked at once more.
pub struct Again<'r> {
    /// What last night's run made of it.
    pub file: &'r FileLine,
    /// What it says now; `None` where it is no longer there.
    pub reading: Option<Reading>,
}

impl Again<'_> {
    /// Whether it is another file than last night's.
    pub fn is_changed(&self) -> bool {
        self.reading.as_ref().is_some_and(|r| r.source.len != self.file.bytes)
    }
}

/// The files that were taken for a school, each looked at once more where it still is.
///
/// # Errors
/// Only where no worker can be started at all.
pub fn again<'r>(
    results: &'r Results,
    school: &SchoolLine,
    inboxes: &[Inbox],
    supervisor: &mut Supervisor<'_>,
) -> io::Result<Vec<Again<'r>>> {
    let files: Vec<&FileLine> = results.files.iter().filter(|f| f.schools.contains(&school.school.code)).collect();
    let outermost: BTreeSet<&str> = files.iter().filter_map(|f| f.path.split("!/").next()).collect();
    let mut readings: BTreeMap<String, Reading> = BTreeMap::new();
    for shown in outermost {
        let Some(path) = on_disk(shown, inboxes).filter(|path| path.is_file()) else { continue };
        let mut waiting = vec![supervisor.examine(Work::Explain, &path, shown)?];
        while let Some(mut reading) = waiting.pop() {
            waiting.append(&mut reading.members);
            readings.insert(reading.source.path.to_string(), reading);
        }
    }
    Ok(files.into_iter().map(|file| Again { reading: readings.remove(&file.path), file }).collect())
}

/// What of the notice and the roster bears on an item of a school, a sentence each.
pub fn of_item(asked: &Asked<'_>, school: &School, as_of: DateTime<FixedOffset>, lang: Lang) -> Vec<Message> {
    let columns: BTreeSet<&String> = asked.of.iter().flat_map(|condition| condition.keys()).collect();
    let said = columns.into_iter().map(|column| {
        let value = school.columns.get(column.as_str()).map_or("", |v| v.trim());
        let value = if value.is_empty() { msg!("pipeline.why_empty") } else { msg!("pipeline.why_value", value) };
        msg!("pipeline.why_column", column_name(column, lang), &value).text(lang)
    });
    let said: Vec<String> = said.collect();
    let who = who_must(asked.of, lang);
    let mut bears = vec![if said.is_empty() {
        msg!("pipeline.why_asked_of_all", who)
    } else {
        msg!("pipeline.why_asked_of", who, said.join(&msg!("report.list_comma").text(lang)))
    }];
    if let Some(((first, last), due)) = asked.days {
        let today = as_of.date_naive();
        let when = if today > due { msg!("pipeline.why_due_over") } else { msg!("pipeline.why_due_ahead") };
        bears.push(msg!("pipeline.why_days", first, last, due, &when));
    }
    bears
}

/// What of the notice and the roster bears on a school's report, a sentence each.
pub fn of_report(school: &School, campaign: &Campaign) -> Vec<Message> {
    let deadline = &campaign.deadline;
    let until = if deadline.includes_day {
        msg!("report.deadline_with_day", deadline.shifted_to)
    } else {
        msg!("report.deadline_without_day", deadline.shifted_to)
    };
    let via = school.reports_via.as_ref().and_then(|code| campaign.schools.iter().find(|s| s.code == *code));
    let must = campaign.materials.iter().any(|m| crate::model::school::applies(&m.must_report, school));
    let who = match via {
        _ if must => msg!("pipeline.why_reports"),
        Some(via) => msg!("pipeline.why_reports_via", &via.name),
        None => msg!("pipeline.why_need_not_report"),
    };
    vec![msg!("pipeline.why_deadline", &until), who]
}
