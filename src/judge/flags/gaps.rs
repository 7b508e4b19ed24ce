//! Flags that a person must decide: nothing came, it came late, an item lacks evidence.

use crate::judge::flags::flag::Draft;
use crate::judge::paper::{Paper, Standing};
use crate::judge::submission::Account;
use crate::judge::testimony::{Testimony, Weight};
use crate::judge::verdicts::{Bench, in_window};
use crate::model::findings::{Cited, ItemKind, ReceivedBy, SchoolFindings, Status, SubmissionStatus, Verdict};
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::model::reading::Assertion;
use crate::model::school::applies;
use crate::msg;
use ecow::EcoString;

/// The flags of one school.
pub fn of_school(
    bench: &Bench<'_>,
    findings: &SchoolFindings,
    account: &Account,
    papers: &[Paper],
    said: &[Testimony<'_>],
) -> Vec<Flag> {
    let mut drafts = Vec::new();
    let submission = &findings.submission;
    let (code, name) = (findings.school.code.as_str(), findings.school.name.as_str());
    let deadline = bench.campaign.deadline.shifted_to;
    let of_school = |kind, severity, message, files| Draft {
        kind,
        severity,
        school: code,
        item: None,
        subject: "",
        message,
        files,
        said: Vec::new(),
    };

    if submission.status == SubmissionStatus::Missing {
        // One flag that says it all; and none before the deadline, the school's own where a person gave it more time.
        let has_time = submission.extended_to.is_some_and(|day| bench.today <= day);
        if !bench.early && !has_time {
            let (severity, message) = match bench.missing_inbox {
                Some(inbox) => (Severity::Medium, msg!("judge.gap_inbox_missing", name, inbox)),
                None => (Severity::High, msg!("judge.gap_no_submission", name, deadline)),
            };
            drafts.push(of_school(FlagKind::NoSubmission, severity, message, Vec::new()));
        }
        return raise(drafts, bench, papers);
    }
    if submission.status == SubmissionStatus::Late && submission.must_report {
        let sure = matches!(submission.received_by, Some(ReceivedBy::Receipt | ReceivedBy::FirstSeen))
            && !submission_doubted(account, papers);
        let severity = if sure { Severity::High } else { Severity::Medium };
        drafts.push(of_school(
            FlagKind::Late,
            severity,
            msg!("judge.gap_late", name, submission.days_late),
            late_files(findings, account, papers),
        ));
    }
    let doubted: Vec<&Paper> =
        account.papers.iter().filter_map(|i| papers.get(*i)).filter(|p| p.arrival.doubt.is_some()).collect();
    if let Some(severity) = doubted.iter().filter_map(|p| p.arrival.doubt).min() {
        let files = doubted.iter().map(|p| p.path().clone()).collect();
        let message = if severity == Severity::Low {
            msg!("judge.gap_arrival_copied", name)
        } else {
            msg!("judge.gap_arrival", name)
        };
        drafts.push(of_school(FlagKind::ArrivalDoubtful, severity.max(Severity::Medium), message, files));
    }
    // Items that nothing readable speaks of: one row a school, where no file of it has a row of its own.
    let unread = findings.verdicts.iter().find(|v| v.status == Status::Unreadable);
    let has_own_row = account.papers.iter().filter_map(|i| papers.get(*i)).any(|p| p.standing == Standing::Unread);
    if let Some(verdict) = unread.filter(|_| !has_own_row) {
        drafts.push(of_school(
            FlagKind::UnreadableFile,
            Severity::Medium,
            msg!("judge.gap_unread_items", name, &verdict.why),
            submission.files.clone(),
        ));
    }
    let told = Told { said, handed_in: &findings.handed_in };
    for verdict in &findings.verdicts {
        drafts.extend(of_verdict(verdict, findings, told));
        hints(bench, verdict, findings, said, &mut drafts);
    }
    raise(drafts, bench, papers)
}

fn raise(drafts: Vec<Draft<'_>>, bench: &Bench<'_>, papers: &[Paper]) -> Vec<Flag> {
    drafts.into_iter().map(|d| d.raise(&bench.campaign.id, papers)).collect()
}

/// The school's own files that came late; all of its files where none is its own.
fn late_files(findings: &SchoolFindings, account: &Account, papers: &[Paper]) -> Vec<EcoString> {
    let own = account.papers.iter().filter_map(|i| papers.get(*i)).filter(|p| p.claim.schools.len() == 1);
    let late: Vec<EcoString> = own.filter(|p| p.arrival.late).map(|p| p.path().clone()).collect();
    if late.is_empty() { findings.submission.files.clone() } else { late }
}

fn submission_doubted(account: &Account, papers: &[Paper]) -> bool {
    account.papers.iter().filter_map(|i| papers.get(*i)).any(|p| p.arrival.doubt == Some(Severity::Medium))
}

/// What the school's files say, as long as they are open: the positions of verdicts lead into it.
#[derive(Clone, Copy)]
struct Told<'a> {
    said: &'a [Testimony<'a>],
    handed_in: &'a [Cited],
}

impl<'a> Told<'a> {
    /// The file and the words at a position.
    fn at(self, at: u32) -> Option<(&'a EcoString, &'a str)> {
        let at = at as usize;
        match self.said.get(at) {
            Some(t) => Some((t.paper.path(), t.evidence.quote.as_str())),
            None => self.handed_in.get(at - self.said.len()).map(|c| (&c.file, c.evidence.quote.as_str())),
        }
    }
}

fn of_verdict<'a>(verdict: &'a Verdict, findings: &'a SchoolFindings, told: Told<'a>) -> Option<Draft<'a>> {
    let material = verdict.kind == ItemKind::Material;
    let (kind, severity) = match verdict.status {
        Status::Missing => (FlagKind::Missing, Severity::High),
        Status::NotDone => (FlagKind::NotDone, Severity::High),
        Status::Planned => (FlagKind::PlannedOnly, Severity::Medium),
        Status::Weak => (FlagKind::Weak, if material { Severity::Low } else { Severity::Medium }),
        Status::NotApplicable if !verdict.evidence.is_empty() => (FlagKind::DutyDenied, Severity::Medium),
        _ => return None,
    };
    let cited: Vec<_> = verdict.evidence.iter().chain(&verdict.nearest).filter_map(|at| told.at(*at)).collect();
    let said = std::iter::once(verdict.status.word()).chain(cited.iter().map(|(_, quote)| *quote)).collect();
    Some(Draft {
        kind,
        severity,
        school: &findings.school.code,
        item: Some(&verdict.item),
        subject: "",
        message: verdict.why.clone(),
        files: files(cited.iter().map(|(file, _)| *file)),
        said,
    })
}

/// Hints beside a verdict: deeds of other days.
fn hints<'a>(
    bench: &Bench<'_>,
    verdict: &'a Verdict,
    findings: &'a SchoolFindings,
    said: &[Testimony<'_>],
    drafts: &mut Vec<Draft<'a>>,
) {
    let Some(activity) =
        bench.campaign.activities.iter().find(|a| a.id == verdict.item && verdict.kind == ItemKind::Activity)
    else {
        return;
    };
    if !applies(&activity.must_do, &findings.school) || !verdict.status.is_asked() {
        return;
    }
    let deeds: Vec<&Testimony<'_>> = said
        .iter()
        .filter(|t| {
            t.weight == Weight::Counts && t.evidence.item == verdict.item && t.evidence.assertion == Assertion::Done
        })
        .collect();
    // A deed without a date proves no other day: where all that are dated lie outside, a person must look.
    let dated = deeds.iter().filter(|t| t.evidence.date.is_some() || !t.evidence.dates.is_empty()).count();
    // A document of last year has a flag of its own.
    let of_past = |t: &Testimony<'_>| t.paper.reading.year().is_some_and(|y| y < bench.campaign.year);
    let outside: Vec<&Testimony<'_>> =
        deeds.iter().copied().filter(|t| !in_window(t, activity) && !of_past(t)).collect();
    if !outside.is_empty() && outside.len() == dated {
        let mut files: Vec<EcoString> = outside.iter().map(|t| t.paper.path().clone()).collect();
        files.dedup();
        drafts.push(Draft {
            kind: FlagKind::OutOfWindow,
            severity: Severity::Low,
            school: &findings.school.code,
            item: Some(&verdict.item),
            subject: "",
            message: msg!("judge.why_out_of_window", activity.name.as_str(), activity.window.0, activity.window.1),
            files,
            said: vec![FlagKind::OutOfWindow.word()],
        });
    }
}

fn files<'a>(cited: impl Iterator<Item = &'a EcoString>) -> Vec<EcoString> {
    let mut files: Vec<EcoString> = Vec::new();
    for file in cited {
        if !files.contains(file) {
            files.push(file.clone());
        }
    }
    files
}
