//! Last night's results → what letters are written from.

use crate::letters::record::{Gap, Matter, Record};
use crate::model::campaign::Campaign;
use crate::model::findings::{Status, SubmissionStatus};
use crate::model::flag::{FlagKind, Severity};
use crate::model::message::Message;
use crate::model::school::School;
use crate::msg;
use crate::pipeline::examine::offset;
use crate::pipeline::results::{FileLine, FlagLine, ItemLine, Results, SchoolLine};
use chrono::{DateTime, FixedOffset, NaiveDateTime};
use std::sync::Arc;

/// The fewest characters of an alias by which a file's path is taken to name a school.
const ALIAS: usize = 4;

/// What letters are written from. Schools that are no longer on the roster get none.
pub fn matter<'c>(results: &Results, campaign: &'c Campaign) -> Matter<'c> {
    let zone = offset(campaign.utc_offset_hours);
    let local = |time: &DateTime<FixedOffset>| time.with_timezone(&zone).naive_local();
    let nobodys: Vec<&FileLine> =
        results.files.iter().filter(|f| f.status == "quarantined" && f.schools.is_empty()).collect();
    let record = |school: &'c Arc<School>| {
        let line = results.schools.iter().find(|l| l.school.code == school.code)?;
        Some(record(school, line, results, &nobodys, &local))
    };
    Matter { campaign, as_of: local(&results.as_of), records: campaign.schools.iter().filter_map(record).collect() }
}

fn record<'c>(
    school: &'c School,
    line: &SchoolLine,
    results: &Results,
    nobodys: &[&FileLine],
    local: &dyn Fn(&DateTime<FixedOffset>) -> NaiveDateTime,
) -> Record<'c> {
    let own = || results.files.iter().filter(|f| f.schools.iter().any(|code| school.code == *code));
    let status = |word: &str| Status::ALL.into_iter().find(|s| s.word() == word);
    let mut gaps: Vec<Gap> = line.flags.iter().filter(|f| !f.kind.is_hint()).map(|f| gap(f, line)).collect();
    // In the notice's order, what is about the report as a whole first.
    gaps.sort_by_key(|g| g.item.as_ref().and_then(|id| line.items.iter().position(|i| i.id == *id)));
    let unread = own().filter(|f| f.status == "quarantined" && !f.problems.is_empty());
    Record {
        school,
        status: match line.submission.status.as_str() {
            "on_time" => SubmissionStatus::OnTime,
            "late" => SubmissionStatus::Late,
            "missing" => SubmissionStatus::Missing,
            _ => SubmissionStatus::NotRequired,
        },
        days_late: line.submission.days_late,
        received: line.submission.received_at.as_ref().map(local),
        must_report: line.submission.must_report,
        unreadable: line.submission.unreadable,
        items: line.items.iter().filter_map(|i| Some((i.id.clone(), status(&i.status)?))).collect(),
        gaps,
        files: own().filter(|f| f.status == "used").map(|f| f.path.clone()).collect(),
        unread: unread.map(|f| (f.path.clone(), f.problems.clone())).collect(),
        doubt: nobodys.iter().find(|f| may_be(f, school)).map(|f| doubt(f)),
    }
}

fn gap(flag: &FlagLine, line: &SchoolLine) -> Gap {
    let item = flag.item.as_ref().and_then(|id| line.items.iter().find(|i| i.id == *id));
    Gap {
        kind: flag.kind,
        severity: match flag.severity.as_str() {
            "high" => Severity::High,
            "medium" => Severity::Medium,
            _ => Severity::Low,
        },
        item: flag.item.clone(),
        ruling: flag.ruling.or_else(|| item.and_then(|i| i.ruling)),
        seen: item.and_then(|i| seen(flag.kind, i)),
    }
}

/// What was seen, where something was: a deed that is missing has left no words.
fn seen(kind: FlagKind, item: &ItemLine) -> Option<(String, String)> {
    let tells = matches!(kind, FlagKind::NotDone | FlagKind::PlannedOnly | FlagKind::Weak | FlagKind::DutyDenied);
    let evidence = item.evidence.first().filter(|_| tells)?;
    Some((evidence.file.clone(), evidence.quote.clone()))
}

/// Whether a file that nobody could be found for may be this school's: its path or the reason names the school.
fn may_be(file: &FileLine, school: &School) -> bool {
    let aliases = school.aliases.iter().filter(|a| a.chars().count() >= ALIAS);
    file.why.contains(school.name.as_str())
        || aliases.chain([&school.name]).any(|name| file.path.contains(name.as_str()))
}

fn doubt(file: &FileLine) -> Message {
    msg!("letters.held_unclaimed", file.path.rsplit('/').next().unwrap_or(&file.path))
}
