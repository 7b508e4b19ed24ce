//! What people decided, applied to what the machine found: a decision holds as long as the machine says the same, and is
//! reopened when it says something else.

use crate::judge::flags::flag;
use crate::judge::verdicts::Bench;
use crate::model::findings::{SchoolFindings, Status, SubmissionStatus, Verdict};
use crate::model::flag::{Flag, FlagKind};
use crate::model::message::Message;
use crate::model::ruling::{Conclusion, Outcome, Ruled, Ruling};
use crate::msg;
use ecow::EcoString;
use std::collections::{BTreeMap, BTreeSet};

/// Applies all decisions, and tells what each came to. `moved` are the positions of those that gave a file to another school.
pub fn apply(
    bench: &Bench<'_>,
    rulings: Vec<Ruling>,
    moved: &BTreeSet<usize>,
    flags: &[Flag],
    schools: &mut [SchoolFindings],
) -> Vec<Ruled> {
    let raised: BTreeMap<&str, &Flag> = flags.iter().map(|f| (f.id.as_str(), f)).collect();
    let answered: BTreeSet<String> = rulings.iter().map(|r| r.flag.clone()).collect();
    let positions: BTreeMap<EcoString, usize> =
        schools.iter().enumerate().map(|(i, s)| (s.school.code.clone(), i)).collect();
    let mut ruled = Vec::with_capacity(rulings.len());
    for (at, ruling) in rulings.into_iter().enumerate() {
        let school = positions.get(ruling.school.as_str()).and_then(|i| schools.get_mut(*i));
        let raised = raised.get(ruling.flag.as_str()).copied();
        let mut moved_to = None;
        let outcome = match (ruling.conclusion, raised) {
            (Conclusion::WrongSchool, _) if moved.contains(&at) => Outcome::Stands,
            (Conclusion::Extend, raised) => extension(bench, &ruling, school.as_deref(), raised),
            (_, Some(flag)) if flag.fingerprint != ruling.fingerprint => Outcome::EvidenceChanged,
            (_, Some(flag)) => {
                if let Some(school) = school {
                    settle(&ruling, flag.kind, school);
                }
                Outcome::Stands
            }
            (_, None) => {
                let successor = flags.iter().find(|f| !answered.contains(f.id.as_str()) && succeeds(f, &ruling, bench));
                moved_to = successor.map(|f| f.id.to_string());
                if moved_to.is_some() { Outcome::EvidenceChanged } else { Outcome::Gone }
            }
        };
        ruled.push(Ruled { ruling, outcome, moved_to });
    }
    ruled
}

/// Whether a flag is what has become of the one that was decided: another word on the same item, or a report that came
/// after all, and late.
fn succeeds(flag: &Flag, ruling: &Ruling, bench: &Bench<'_>) -> bool {
    let same = flag.school == ruling.school && flag.item.as_deref() == ruling.item.as_deref() && !flag.kind.is_hint();
    let unsent = || flag::id(&bench.campaign.id, FlagKind::NoSubmission, &ruling.school, None, "") == ruling.flag;
    same && (ruling.item.is_some() || (flag.kind == FlagKind::Late && unsent()))
}

/// An extension holds until its last day, whatever comes meanwhile; after it, where the school made use of it.
fn extension(bench: &Bench<'_>, ruling: &Ruling, school: Option<&SchoolFindings>, raised: Option<&Flag>) -> Outcome {
    let in_force = ruling.new_deadline.is_some_and(|day| bench.today <= day);
    let used = ruling.item.is_none()
        && school.is_some_and(|s| {
            s.submission.status == SubmissionStatus::OnTime
                && s.submission.received_at.is_some_and(|at| at.naive_local() >= bench.campaign.deadline.end())
        });
    match (in_force || used, raised) {
        (true, _) => Outcome::Stands,
        (false, Some(_)) => Outcome::Lapsed,
        (false, None) => Outcome::Gone,
    }
}

/// Applies a decision that holds.
fn settle(ruling: &Ruling, kind: FlagKind, school: &mut SchoolFindings) {
    let late = matches!(kind, FlagKind::Late | FlagKind::ArrivalDoubtful);
    match &ruling.item {
        Some(item) => {
            for verdict in school.verdicts.iter_mut().filter(|v| v.item == *item) {
                decide(ruling, verdict);
            }
        }
        None if late => {
            if matches!(ruling.conclusion, Conclusion::DoneElsewhere | Conclusion::NotApplicable) {
                school.submission.status = SubmissionStatus::OnTime;
                school.submission.days_late = 0;
            }
            school.submission.ruled = Some(ruling.conclusion);
        }
        None if kind == FlagKind::NoSubmission => {
            match ruling.conclusion {
                Conclusion::DoneElsewhere => school.submission.status = SubmissionStatus::OnTime,
                Conclusion::NotApplicable | Conclusion::NothingToReport => {
                    school.submission.status = SubmissionStatus::NotRequired;
                    school.submission.must_report = false;
                }
                _ => {}
            }
            school.submission.ruled = Some(ruling.conclusion);
            school.verdicts.iter_mut().for_each(|v| decide(ruling, v));
        }
        None => {
            let unread = school.verdicts.iter_mut().filter(|v| v.status == Status::Unreadable);
            if kind == FlagKind::UnreadableFile && ruling.conclusion == Conclusion::DoneElsewhere {
                unread.for_each(|v| decide(ruling, v));
            }
        }
    }
}

/// Applies a decision to a verdict that is not in order as it is.
fn decide(ruling: &Ruling, verdict: &mut Verdict) {
    let open = !matches!(verdict.status, Status::Done | Status::NotDue | Status::NotRequired | Status::Extended)
        && (verdict.status != Status::NotApplicable || !verdict.evidence.is_empty());
    if !open {
        return;
    }
    let status = match (ruling.conclusion, verdict.status) {
        (Conclusion::DoneElsewhere, _) => Status::Done,
        (Conclusion::NotApplicable | Conclusion::NothingToReport, _) => Status::NotApplicable,
        (Conclusion::Doubtful, Status::Missing | Status::NotDone) => Status::Weak,
        (_, status) => status,
    };
    verdict.status = status;
    verdict.ruled = Some(ruling.conclusion);
    verdict.why = why(ruling, &verdict.why);
}

fn why(ruling: &Ruling, machine: &Message) -> Message {
    let words = ruling.conclusion.words();
    let by = if ruling.by.is_empty() { msg!("judge.by_unnamed") } else { msg!("judge.as_is", &ruling.by) };
    if ruling.note.is_empty() {
        msg!("judge.why_ruled", words, by, machine)
    } else {
        msg!("judge.why_ruled_note", words, by, &ruling.note, machine)
    }
}
