//! Counting: items by status, and reports by arrival.

use crate::model::findings::{ItemKind, SchoolFindings, Status, Submission, SubmissionStatus};

/// How many of those who are asked for an item stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Items {
    /// Evidence stands.
    pub done: u32,
    /// Weak evidence, or a plan only.
    pub doubtful: u32,
    /// Nothing found, or said not to have been done.
    pub gaps: u32,
    /// A file could not be read.
    pub unreadable: u32,
    /// Not due yet, or extended.
    pub waiting: u32,
}

impl Items {
    /// Counts one verdict; what is not asked of the school does not count.
    pub fn add(&mut self, status: Status) {
        match status {
            Status::Done => self.done += 1,
            Status::Weak | Status::Planned => self.doubtful += 1,
            Status::NotDone | Status::Missing => self.gaps += 1,
            Status::Unreadable => self.unreadable += 1,
            Status::NotDue | Status::Extended => self.waiting += 1,
            Status::NotApplicable | Status::NotRequired => {}
        }
    }

    /// The verdicts on one item.
    pub fn of_item<'a>(schools: impl Iterator<Item = &'a SchoolFindings>, item: &str) -> Self {
        let mut items = Items::default();
        schools.filter_map(|s| s.verdicts.iter().find(|v| v.item == item)).for_each(|v| items.add(v.status));
        items
    }

    /// How many are asked: the denominator of the completion rate.
    pub fn asked(&self) -> u32 {
        self.done + self.doubtful + self.gaps + self.unreadable + self.waiting
    }
}

/// How many of those who must report did, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reports {
    /// Schools that must report.
    pub due: u32,
    /// Of these, reported.
    pub came: u32,
    /// Of these, before the deadline.
    pub on_time: u32,
    /// Of those that reported, readable and with some evidence.
    pub useful: u32,
    /// The longest delay in days.
    pub days_late: u32,
}

impl Reports {
    /// The reports of some schools.
    pub fn of<'a>(schools: impl Iterator<Item = &'a SchoolFindings>) -> Self {
        let mut sum = Reports::default();
        for school in schools.filter(|s| s.submission.must_report) {
            let came = came(&school.submission);
            sum.due += 1;
            sum.came += u32::from(came);
            sum.on_time += u32::from(school.submission.status == SubmissionStatus::OnTime);
            sum.useful += u32::from(
                came && school.verdicts.iter().any(|v| v.kind == ItemKind::Activity && v.status == Status::Done),
            );
            sum.days_late = sum.days_late.max(school.submission.days_late);
        }
        sum
    }
}

/// Whether something came at all.
pub fn came(submission: &Submission) -> bool {
    matches!(submission.status, SubmissionStatus::OnTime | SubmissionStatus::Late)
}
