//! The verdict on each activity of each school.

use crate::judge::arrival;
use crate::judge::submission::Account;
use crate::judge::testimony::{Testimony, Weight};
use crate::model::campaign::{Activity, Campaign};
use crate::model::findings::{ItemKind, Status, SubmissionStatus, Verdict};
use crate::model::message::Message;
use crate::model::reading::{Assertion, Strength};
use crate::model::school::{School, applies};
use crate::msg;
use chrono::{DateTime, FixedOffset, NaiveDate};

/// What is the same for every verdict of a night.
#[derive(Debug, Clone, Copy)]
pub struct Bench<'c> {
    /// What was asked.
    pub campaign: &'c Campaign,
    /// The day that it is judged as of, in the campaign's time zone.
    pub today: NaiveDate,
    /// The deadline has not passed yet.
    pub early: bool,
    /// An inbox that could not be reached, by its label: who is not seen may stand in it.
    pub missing_inbox: Option<&'c str>,
}

impl<'c> Bench<'c> {
    /// Sets it up.
    pub fn new(campaign: &'c Campaign, as_of: DateTime<FixedOffset>, missing_inbox: Option<&'c str>) -> Bench<'c> {
        let today = as_of.with_timezone(&arrival::zone(campaign, as_of)).date_naive();
        Bench { campaign, today, early: arrival::before_deadline(campaign, as_of), missing_inbox }
    }
}

/// One verdict an activity, in the notice's order.
pub fn activities(bench: &Bench<'_>, school: &School, account: &Account, said: &[Testimony<'_>]) -> Vec<Verdict> {
    bench
        .campaign
        .activities
        .iter()
        .map(|activity| {
            let of_it: Vec<&Testimony<'_>> = said.iter().filter(|t| t.evidence.item == activity.id).collect();
            let (status, why) = judge(bench, activity, school, account, &of_it);
            // What a school says of a duty that is not its own bears on nothing.
            let asked = account.exists && applies(&activity.must_do, school);
            let bearing = if asked { bearing(status, &of_it) } else { Vec::new() };
            let nearest = if bearing.is_empty() && status.is_asked() { nearest(&of_it) } else { None };
            Verdict {
                item: activity.id.clone(),
                kind: ItemKind::Activity,
                status,
                why,
                evidence: bearing.into(),
                nearest,
                ruled: None,
            }
        })
        .collect()
}

fn judge(
    bench: &Bench<'_>,
    activity: &Activity,
    school: &School,
    account: &Account,
    said: &[&Testimony<'_>],
) -> (Status, Message) {
    let name = activity.name.as_str();
    if !account.exists {
        return (Status::NotApplicable, msg!("judge.why_not_existing"));
    }
    if !applies(&activity.must_do, school) {
        return (Status::NotApplicable, msg!("judge.why_not_asked", name));
    }
    if account.is_covered() {
        return (
            Status::NotRequired,
            msg!("judge.why_covered", account.submission.covered_by.as_deref().unwrap_or("")),
        );
    }
    let has = |weight: Weight, assertion: Assertion| {
        // Red is only what is certain: that something was not done is not taken from words that are doubtful themselves.
        let is_certain = |t: &Testimony<'_>| assertion != Assertion::NotDone || !t.evidence.is_doubtful();
        said.iter().any(|t| t.weight == weight && t.evidence.assertion == assertion && is_certain(t))
    };
    let due = bench.today > activity.due;
    let until_due = |status: Status, why: Message| {
        if due { (status, why) } else { (Status::NotDue, msg!("judge.why_not_due", activity.due, why)) }
    };
    if has(Weight::Counts, Assertion::Done) {
        return done(bench, activity, said);
    }
    if has(Weight::Counts, Assertion::NotApplicable) {
        return (Status::NotApplicable, msg!("judge.why_denied", name));
    }
    if has(Weight::Counts, Assertion::NotDone) {
        return until_due(Status::NotDone, msg!("judge.why_not_done", activity.criterion.as_str()));
    }
    // Better than a plan or nothing, and no proof: a person must look.
    for (weight, why) in [
        (Weight::Shared, msg!("judge.why_shared", name)),
        (Weight::Late, msg!("judge.why_late_version", name)),
        (Weight::Replaced, msg!("judge.why_old_version", name)),
    ] {
        if has(weight, Assertion::Done) {
            return (Status::Weak, why);
        }
    }
    if has(Weight::Counts, Assertion::Planned) {
        return until_due(Status::Planned, msg!("judge.why_planned", activity.criterion.as_str()));
    }
    absent(bench, account, activity.criterion.as_str())
        .unwrap_or_else(|| until_due(Status::Missing, msg!("judge.why_missing", activity.criterion.as_str())))
}

/// The verdict where nothing is found, short of 缺.
pub fn absent(bench: &Bench<'_>, account: &Account, criterion: &str) -> Option<(Status, Message)> {
    if account.submission.unreadable {
        return Some((Status::Unreadable, msg!("judge.why_unreadable", criterion)));
    }
    // Recognition drops one character in fifty of a good scan: what is not found may stand there all the same.
    if account.recognised {
        return Some((Status::Unreadable, msg!("judge.why_recognised", criterion)));
    }
    if account.on_paper {
        return Some((Status::Unreadable, msg!("judge.why_on_paper", criterion)));
    }
    if account.has_reporter() {
        let reporter = account.submission.covered_by.as_deref().unwrap_or("");
        return Some((Status::NotRequired, msg!("judge.why_covered", reporter)));
    }
    if account.submission.status == SubmissionStatus::NotRequired {
        return Some((Status::NotRequired, msg!("judge.why_not_required")));
    }
    if bench.early {
        return Some((Status::NotDue, msg!("judge.why_early", criterion, bench.campaign.deadline.shifted_to)));
    }
    bench.missing_inbox.map(|inbox| (Status::Unreadable, msg!("judge.why_inbox_missing", criterion, inbox)))
}

fn done(bench: &Bench<'_>, activity: &Activity, said: &[&Testimony<'_>]) -> (Status, Message) {
    let name = activity.name.as_str();
    let deeds = || said.iter().filter(|t| t.weight == Weight::Counts && t.evidence.assertion == Assertion::Done);
    let recent = |t: &&&Testimony<'_>| !is_past_year(t, bench.campaign.year);
    let (first, last) = activity.window;
    if deeds().filter(recent).any(|t| t.evidence.strength == Strength::Strong && in_window(t, activity)) {
        return (Status::Done, msg!("judge.why_done", name));
    }
    let why = if !deeds().any(|t| recent(&t)) {
        msg!("judge.why_past_year", name, bench.campaign.year)
    } else if !deeds().filter(recent).any(|t| in_window(t, activity)) {
        msg!("judge.why_out_of_window", name, first, last)
    } else if deeds().any(|t| t.evidence.is_doubtful()) {
        msg!("judge.why_doubtful", name)
    } else if deeds().all(|t| t.evidence.is_learned()) {
        msg!("judge.why_learned", activity.criterion.as_str())
    } else {
        msg!("judge.why_weak", activity.criterion.as_str())
    };
    (Status::Weak, why)
}

/// Whether a deed has no date, or one in the activity's days.
pub fn in_window(t: &Testimony<'_>, activity: &Activity) -> bool {
    let (first, last) = activity.window;
    let mut dates = t.evidence.dates.iter().chain(t.evidence.date.iter()).peekable();
    dates.peek().is_none() || dates.any(|d| first <= *d && *d <= last)
}

/// Whether the whole document tells of a past year.
pub fn is_past_year(t: &Testimony<'_>, year: i32) -> bool {
    t.paper.reading.year().is_some_and(|told| told < year)
}

/// The evidence that a verdict rests on, the best first.
fn bearing(status: Status, said: &[&Testimony<'_>]) -> Vec<u32> {
    let wanted: &[Assertion] = match status {
        Status::Done => &[Assertion::Done],
        Status::Weak => &[Assertion::Done],
        Status::NotApplicable => &[Assertion::NotApplicable],
        Status::NotDone => &[Assertion::NotDone],
        Status::Planned => &[Assertion::Planned],
        Status::NotDue => &[Assertion::NotDone, Assertion::Planned],
        _ => &[],
    };
    let mut bearing: Vec<&&Testimony<'_>> =
        said.iter().filter(|t| wanted.contains(&t.evidence.assertion) && t.weight < Weight::Foreign).collect();
    // The best: what counts, strong words, and a date that can be checked. File order decides the rest.
    bearing.sort_by_key(|t| {
        (t.weight, std::cmp::Reverse(t.evidence.strength), t.evidence.assertion, t.evidence.date.is_none())
    });
    bearing.into_iter().map(|t| t.at).collect()
}

/// What comes nearest where nothing bears: the order of the assertions is the order of nearness.
fn nearest(said: &[&Testimony<'_>]) -> Option<u32> {
    said.iter().min_by_key(|t| (t.evidence.assertion, t.weight, std::cmp::Reverse(t.evidence.strength))).map(|t| t.at)
}
