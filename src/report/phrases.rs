//! How a verdict, an arrival and a piece of evidence are said in a few signs, each with its tone: the same on every sheet
//! and on the page.

use crate::model::document::Picture;
use crate::model::findings::{SchoolFindings, Status, Submission, SubmissionStatus, Verdict};
use crate::model::place::Place;
use crate::model::reading::{Assertion, Evidence, Strength};
use crate::model::ruling::Conclusion;
use crate::model::sheet::Tone;
use crate::msg;
use crate::report::tones;
use crate::report::view::{View, file_name};

/// The sign of what a person decided.
const HAND: &str = "✋";

/// The symbol of a verdict.
pub fn symbol(verdict: &Verdict, submission: &Submission) -> (String, Tone) {
    let symbol = verdict.status.symbol();
    let machine = tones::of_status(verdict.status, submission);
    match verdict.ruled {
        None => (symbol.to_string(), machine),
        Some(Conclusion::DoneElsewhere) => (HAND.to_string(), Tone::Human),
        Some(Conclusion::Extend) => (symbol.to_string(), Tone::Human),
        Some(Conclusion::NotApplicable | Conclusion::NothingToReport) => (format!("{symbol}{HAND}"), Tone::Human),
        // A person agrees, sends it back or doubts: the machine's word stands, and its colour.
        Some(_) => (format!("{symbol}{HAND}"), machine),
    }
}

/// 按时, 迟3天, 未报, 由××代报 … What a person decided of it is framed, unless it stays a gap.
pub fn arrival(view: &View<'_>, school: &SchoolFindings) -> (String, Tone) {
    (arrival_said(view, school), arrival_tone(view, &school.submission))
}

fn arrival_tone(view: &View<'_>, submission: &Submission) -> Tone {
    let tone = tones::of_submission(submission, view.is_past_deadline());
    match submission.ruled {
        _ if view.has_time(submission) && submission.status == SubmissionStatus::Missing => Tone::Human,
        Some(Conclusion::DoneElsewhere | Conclusion::NotApplicable | Conclusion::NothingToReport) => Tone::Human,
        _ => tone,
    }
}

fn arrival_said(view: &View<'_>, school: &SchoolFindings) -> String {
    let submission = &school.submission;
    let extended = submission.extended_to.filter(|_| view.has_time(submission));
    if let (SubmissionStatus::Missing, Some(day)) = (submission.status, extended) {
        return view.say(&msg!("report.extended_to", day));
    }
    let said = view.say(&match (submission.status, &submission.covered_by) {
        (SubmissionStatus::Late, _) => msg!("report.days_late", submission.days_late),
        (SubmissionStatus::OnTime, _) => msg!("model.submission_on_time"),
        (SubmissionStatus::Missing, _) => msg!("model.submission_missing"),
        (SubmissionStatus::NotRequired, Some(_)) => msg!("report.covered"),
        (SubmissionStatus::NotRequired, None) => msg!("model.submission_not_required"),
    });
    if submission.ruled.is_some() { format!("{said}{HAND}") } else { said }
}

/// The assertion, with the symbol that it would give its item; ● marks what a verdict rests on.
pub fn judgement(view: &View<'_>, e: &Evidence, bears: bool) -> (String, Tone) {
    let weak = e.strength == Strength::Weak;
    let (status, tone) = match e.assertion {
        Assertion::Done if weak => (Status::Weak, Tone::Doubtful),
        Assertion::Done => (Status::Done, Tone::Good),
        Assertion::Planned => (Status::Planned, Tone::Doubtful),
        Assertion::NotDone => (Status::NotDone, Tone::Doubtful),
        Assertion::NotApplicable => (Status::NotApplicable, Tone::Muted),
        _ => return (view.say(&msg!("report.judged_not_counted", e.assertion.message())), Tone::Muted),
    };
    let mark = if bears { " ●" } else { "" };
    (format!("{} {}{mark}", status.symbol(), view.say(&e.assertion.message())), tone)
}

/// Why it is no evidence of a deed: the kind of assertion, and the cue that decided.
pub fn why_not(view: &View<'_>, e: &Evidence) -> String {
    let word = e.assertion.message();
    match (e.assertion, &e.cue) {
        (Assertion::Done, _) => String::new(),
        (_, Some(cue)) => view.say(&msg!("report.why_not_cue", word, cue)),
        (_, None) => view.say(&word),
    }
}

/// What is known of a photograph: file, which of its pictures, caption, when it was taken.
pub fn photograph(view: &View<'_>, file: &str, of: &Picture) -> String {
    let place = of.place.as_ref().filter(|place| **place != Place::Whole).map(|place| view.say(&place.message()));
    let taken = of.taken.map(|taken| view.say(&msg!("report.photo_taken", taken.format("%Y-%m-%d %H:%M").to_string())));
    [Some(file_name(file).to_string()), place, of.caption.clone(), taken]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}
