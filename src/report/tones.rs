//! Which colour a finding deserves. Red only for what is applicable, overdue and certain: a false red costs more trust
//! than ten true ones earn.

use crate::model::findings::{FileStatus, Status, Submission, SubmissionStatus};
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::model::ruling::Conclusion;
use crate::model::sheet::Tone;

/// The tone of a verdict. Where a file of the school could not be read, nothing of that school is red.
pub fn of_status(status: Status, submission: &Submission) -> Tone {
    match status {
        Status::Done => Tone::Good,
        Status::Weak | Status::Planned => Tone::Doubtful,
        Status::NotDone | Status::Missing if submission.unreadable => Tone::Doubtful,
        Status::NotDone | Status::Missing => Tone::Bad,
        Status::Unreadable => Tone::Unreadable,
        Status::NotDue | Status::NotApplicable | Status::NotRequired | Status::Extended => Tone::Muted,
    }
}

/// The tone of a report's arrival.
pub fn of_submission(submission: &Submission, past_deadline: bool) -> Tone {
    match submission.status {
        SubmissionStatus::OnTime => Tone::Good,
        SubmissionStatus::Late => Tone::Doubtful,
        SubmissionStatus::Missing if submission.unreadable => Tone::Doubtful,
        SubmissionStatus::Missing if submission.ruled == Some(Conclusion::Doubtful) => Tone::Doubtful,
        SubmissionStatus::Missing if past_deadline => Tone::Bad,
        SubmissionStatus::Missing | SubmissionStatus::NotRequired => Tone::Muted,
    }
}

/// The tone of a flag, for a school whose report arrived so.
pub fn of_flag(flag: &Flag, submission: Option<&Submission>) -> Tone {
    let certain = flag.severity == Severity::High && submission.is_some_and(|s| !s.unreadable);
    match flag.kind {
        FlagKind::UnreadableFile => Tone::Unreadable,
        FlagKind::NoSubmission | FlagKind::Missing | FlagKind::NotDone if certain => Tone::Bad,
        _ => Tone::Doubtful,
    }
}

/// The tone of what became of a file.
pub fn of_file(status: FileStatus, unreadable: bool) -> Tone {
    match status {
        _ if unreadable => Tone::Unreadable,
        FileStatus::Used => Tone::Good,
        FileStatus::Quarantined => Tone::Doubtful,
        FileStatus::Superseded | FileStatus::Duplicate | FileStatus::Ignored => Tone::Muted,
    }
}
