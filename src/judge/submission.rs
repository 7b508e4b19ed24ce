//! Whether and when each school reported.

use crate::judge::arrival;
use crate::judge::extensions::Extensions;
use crate::judge::paper::{Paper, Standing};
use crate::judge::roster::Roster;
use crate::model::campaign::Campaign;
use crate::model::findings::{ReceivedBy, Submission, SubmissionStatus};
use crate::model::school::{School, applies};
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;

/// A school's submission, and what the verdicts need to know beside it.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// For the findings.
    pub submission: Submission,
    /// Positions of its papers, whatever became of them.
    pub papers: Vec<usize>,
    /// The register says that something came that is not in the inbox: on paper, or not filed yet.
    pub on_paper: bool,
    /// What it says was recognised in pictures, in part or whole: a word, and with it an item, may have been missed.
    pub recognised: bool,
    /// The school exists in the campaign's days.
    pub exists: bool,
}

impl Account {
    /// Whether something came at all, in whatever way.
    pub fn submitted(&self) -> bool {
        !self.papers.is_empty() || self.on_paper
    }

    /// Whether another school reports for it, so that silence on an item is nobody's gap here.
    pub fn has_reporter(&self) -> bool {
        self.submission.covered_by.is_some() && !self.submission.must_report
    }

    /// Whether another school reports for it and nothing came from itself.
    pub fn is_covered(&self) -> bool {
        self.submission.covered_by.is_some() && !self.submitted()
    }
}

/// One account a school, in the roster's order.
pub fn accounts(
    papers: &[Paper],
    campaign: &Campaign,
    roster: &Roster<'_>,
    extensions: &Extensions,
    as_of: DateTime<FixedOffset>,
) -> Vec<Account> {
    let mut of: Vec<Account> = campaign
        .schools
        .iter()
        .enumerate()
        .map(|(i, school)| Account {
            submission: Submission {
                must_report: exists(school, campaign)
                    && campaign.materials.iter().any(|m| applies(&m.must_report, school)),
                covered_by: roster.reporter(i).map(|r| roster.name(r).into()),
                extended_to: extensions.whole(&school.code),
                ..Submission::default()
            },
            exists: exists(school, campaign),
            ..Account::default()
        })
        .collect();
    for (i, paper) in papers.iter().enumerate().filter(|(_, p)| p.standing != Standing::Ignored) {
        for school in &paper.claim.schools {
            if let Some(account) = of.get_mut(*school) {
                account.papers.push(i);
                account.submission.files.push(paper.path().clone());
                account.recognised |= !paper.reading.recognised.is_empty();
                account.submission.unreadable |= paper.is_unread() || paper.may_hide_words();
            }
        }
    }
    for account in &mut of {
        // A table for several schools is no school's report: it tells of arrival only where nothing else came.
        let own: Vec<&Paper> =
            account.papers.iter().map(|i| &papers[*i]).filter(|p| p.claim.schools.len() == 1).collect();
        let all: Vec<&Paper> = account.papers.iter().map(|i| &papers[*i]).collect();
        let telling = if own.is_empty() { &all } else { &own };
        for paper in telling {
            received(&mut account.submission, paper.arrival.at, paper.arrival.by);
        }
        // Pictures alone may show a report that nobody has read yet.
        account.submission.unreadable |= !all.is_empty() && all.iter().all(|p| p.reading.chars == 0);
    }
    let register = register(campaign, roster, as_of);
    for (i, account) in of.iter_mut().enumerate() {
        if let Some(entry) = register.get(&i) {
            account.on_paper = entry.paper || account.papers.is_empty();
            received(&mut account.submission, Some(entry.first), Some(ReceivedBy::Receipt));
        }
        let extended = extensions.end(roster.code(i));
        let late = account.submission.received_at.map_or(0, |at| arrival::days_late(at, campaign, extended, as_of));
        account.submission.days_late = late;
        account.submission.status = match (account.submitted(), late > 0) {
            (true, true) => SubmissionStatus::Late,
            (true, false) => SubmissionStatus::OnTime,
            (false, _) if account.submission.must_report => SubmissionStatus::Missing,
            (false, _) => SubmissionStatus::NotRequired,
        };
    }
    of
}

/// Keeps the earliest time; of two ways to know it, the more trusted.
fn received(submission: &mut Submission, at: Option<DateTime<FixedOffset>>, by: Option<ReceivedBy>) {
    if let Some(at) = at
        && submission.received_at.is_none_or(|known| (at, by) < (known, submission.received_by))
    {
        submission.received_at = Some(at);
        submission.received_by = by;
    }
}

struct Entry {
    first: DateTime<FixedOffset>,
    paper: bool,
}

fn register(campaign: &Campaign, roster: &Roster<'_>, as_of: DateTime<FixedOffset>) -> BTreeMap<usize, Entry> {
    let mut entries: BTreeMap<usize, Entry> = BTreeMap::new();
    for receipt in campaign.receipts.iter().filter(|r| r.received <= as_of) {
        if let Some(school) = roster.by_code(&receipt.school) {
            let entry = entries.entry(school).or_insert(Entry { first: receipt.received, paper: false });
            entry.first = entry.first.min(receipt.received);
            entry.paper |= ["纸", "盖章件"].iter().any(|w| receipt.channel.contains(w));
        }
    }
    entries
}

fn exists(school: &School, campaign: &Campaign) -> bool {
    school.from.is_none_or(|from| from <= campaign.deadline.shifted_to.max(campaign.deadline.date))
        && school.to.is_none_or(|to| to >= campaign.notice_date.unwrap_or(campaign.period.0))
}
