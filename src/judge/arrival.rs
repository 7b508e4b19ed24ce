//! When each file arrived: receipt, date of the e-mail, first seen, created, modified, the most trusted first.

use crate::judge::extensions::Extensions;
use crate::judge::names::text::plain;
use crate::judge::paper::{Arrival, Paper};
use crate::judge::paths;
use crate::judge::roster::Roster;
use crate::model::campaign::{Campaign, Receipt};
use crate::model::findings::ReceivedBy;
use crate::model::flag::Severity;
use crate::model::message::Message;
use crate::msg;
use chrono::{DateTime, Duration, FixedOffset, NaiveDateTime};
use std::collections::BTreeMap;

/// Files that came into being within so long of each other were copied in one go.
const ONE_COPY: Duration = Duration::hours(24);

/// A receipt's 材料 names a file only by at least so many characters.
const NAMING: usize = 4;

/// Dates all papers. Returns the assumptions made on the way.
pub fn date(
    papers: &mut [Paper],
    campaign: &Campaign,
    roster: &Roster<'_>,
    extensions: &Extensions,
    as_of: DateTime<FixedOffset>,
) -> Vec<Message> {
    let zone = zone(campaign, as_of);
    let early = before_deadline(campaign, as_of);
    let copied = were_copied(papers, as_of);
    let register = Register::new(papers, campaign, roster);
    let mut by_path: BTreeMap<String, Arrival> = BTreeMap::new();
    // Ascending paths: an archive stands before its members, `a.zip` < `a.zip!/b`.
    for (i, paper) in papers.iter_mut().enumerate().filter(|(_, p)| !p.is_litter()) {
        let container = paths::archive_of(paper.path()).and_then(|a| by_path.get(a)).copied();
        paper.arrival = match register.receipt(i, paper, as_of) {
            Some(received) => Arrival { at: Some(received), by: Some(ReceivedBy::Receipt), ..Arrival::default() },
            None => mailed(paper, container, as_of, zone)
                // A member came with its archive.
                .or(container.filter(|c| c.at.is_some()))
                .or_else(|| sighted(paper, campaign, as_of, copied, zone))
                .unwrap_or_else(|| stamped(paper, campaign, as_of, copied, zone)),
        };
        let end = paper.claim.schools.iter().filter_map(|s| extensions.end(roster.code(*s))).max();
        paper.arrival.late = !early && paper.arrival.at.is_some_and(|at| is_late(at, campaign, end, zone));
        by_path.insert(paper.path().to_string(), paper.arrival);
    }
    if copied { vec![msg!("judge.assume_copied")] } else { Vec::new() }
}

/// Begun days after the deadline's end; 0 when in time, and for whatever time while the deadline has not passed: what is
/// here is here.
pub fn days_late(
    at: DateTime<FixedOffset>,
    campaign: &Campaign,
    extended: Option<NaiveDateTime>,
    as_of: DateTime<FixedOffset>,
) -> u32 {
    if before_deadline(campaign, as_of) {
        return 0;
    }
    let over = at.with_timezone(&zone(campaign, as_of)).naive_local() - end(campaign, extended);
    if over < Duration::zero() { 0 } else { u32::try_from(over.num_days()).unwrap_or(u32::MAX).saturating_add(1) }
}

/// Whether the deadline has not passed yet.
pub fn before_deadline(campaign: &Campaign, as_of: DateTime<FixedOffset>) -> bool {
    as_of.with_timezone(&zone(campaign, as_of)).naive_local() < campaign.deadline.end()
}

/// The campaign's time zone.
pub fn zone(campaign: &Campaign, as_of: DateTime<FixedOffset>) -> FixedOffset {
    campaign.utc_offset_hours.checked_mul(3600).and_then(FixedOffset::east_opt).unwrap_or(*as_of.offset())
}

fn is_late(at: DateTime<FixedOffset>, campaign: &Campaign, extended: Option<NaiveDateTime>, zone: FixedOffset) -> bool {
    at.with_timezone(&zone).naive_local() >= end(campaign, extended)
}

/// The first moment that is too late: the notice's, or a school's own where a person gave it more time.
fn end(campaign: &Campaign, extended: Option<NaiveDateTime>) -> NaiveDateTime {
    campaign.deadline.end().max(extended.unwrap_or_default())
}

/// By its own date, if it is an e-mail. One that was forwarded as an attachment had reached the office before; what a
/// registered receipt says of the whole goes before both.
fn mailed(
    paper: &Paper,
    container: Option<Arrival>,
    as_of: DateTime<FixedOffset>,
    zone: FixedOffset,
) -> Option<Arrival> {
    let sent = paper.reading.properties.sent?.and_utc().with_timezone(&zone);
    let registered = container.is_some_and(|c| c.by == Some(ReceivedBy::Receipt));
    (sent <= as_of && !registered).then_some(Arrival {
        at: Some(sent),
        by: Some(ReceivedBy::Mail),
        ..Arrival::default()
    })
}

/// How far after `as_of` a time of the file system may lie and still be taken for the time of arrival.
const REPLAY: Duration = Duration::days(90);

/// By when it was first seen: it came after the night before, and not after that night. A copy's time of creation between the two says it more closely.
/// Where the deadline lies between them and nothing does, this alone does not say whether it was kept.
fn sighted(
    paper: &Paper,
    campaign: &Campaign,
    as_of: DateTime<FixedOffset>,
    copied: bool,
    zone: FixedOffset,
) -> Option<Arrival> {
    let stamps = &paper.reading.source.stamps;
    let seen = stamps.seen.filter(|s| s.first <= as_of)?;
    let after = seen.after?;
    let created = stamps.created.filter(|t| !copied && after < *t && *t <= seen.first);
    let (at, by) = match created {
        Some(created) => (created, ReceivedBy::Created),
        None if is_late(seen.first, campaign, None, zone) && !is_late(after, campaign, None, zone) => return None,
        None => (seen.first, ReceivedBy::FirstSeen),
    };
    Some(Arrival { at: Some(at), by: Some(by), ..Arrival::default() })
}

/// By what the file system, the archive and the document say.
fn stamped(
    paper: &Paper,
    campaign: &Campaign,
    as_of: DateTime<FixedOffset>,
    copied: bool,
    zone: FixedOffset,
) -> Arrival {
    let stamps = &paper.reading.source.stamps;
    let own = &paper.reading.properties;
    let own = [own.modified, own.created]
        .into_iter()
        .flatten()
        .map(|utc| utc.and_utc().with_timezone(&zone))
        .find(|t| *t <= as_of);
    let created = stamps.created.filter(|t| *t <= as_of && !copied);
    // A fresh copy bears the time of copying; the document itself remembers.
    let modified = stamps.modified.filter(|t| *t <= as_of).or(own);
    match (created, modified) {
        (Some(created), Some(modified))
            if is_late(created, campaign, None, zone) && !is_late(modified, campaign, None, zone) =>
        {
            // The clerk may have copied it late: the school gets the benefit.
            Arrival { at: Some(modified), by: Some(ReceivedBy::Modified), doubt: Some(Severity::Low), late: false }
        }
        (Some(created), _) => Arrival { at: Some(created), by: Some(ReceivedBy::Created), ..Arrival::default() },
        (None, Some(modified)) => Arrival { at: Some(modified), by: Some(ReceivedBy::Modified), ..Arrival::default() },
        (None, None) => {
            // A time long after `as_of` tells when this copy was made, not when it came: then no time is known at all.
            let (at, by) = [(stamps.created, ReceivedBy::Created), (stamps.modified, ReceivedBy::Modified)]
                .into_iter()
                .filter_map(|(at, by)| Some((at?, by)))
                .filter(|(at, _)| *at <= as_of + REPLAY)
                .min()
                .unzip();
            Arrival { at, by, doubt: at.map(|_| Severity::Medium), late: false }
        }
    }
}

/// Whether the times of creation say only when the whole folder was copied.
fn were_copied(papers: &[Paper], as_of: DateTime<FixedOffset>) -> bool {
    let stamps = || {
        papers
            .iter()
            .filter(|p| !p.is_litter() && paths::archive_of(p.path()).is_none())
            .map(|p| &p.reading.source.stamps)
    };
    let created: Vec<_> = stamps().filter_map(|s| s.created).collect();
    let modified: Vec<_> = stamps().filter(|s| s.created.is_some()).filter_map(|s| s.modified).collect();
    let spread = |times: &[DateTime<FixedOffset>]| {
        times.iter().max().zip(times.iter().min()).map_or(Duration::zero(), |(a, b)| *a - *b)
    };
    let after = !created.is_empty() && created.iter().all(|c| *c > as_of);
    after || (created.len() > 1 && spread(&created) <= ONE_COPY && spread(&modified) > ONE_COPY)
}

/// The receipts, by school, and which of them name a file of the inbox.
struct Register<'c> {
    of: BTreeMap<usize, Vec<Entry<'c>>>,
}

struct Entry<'c> {
    receipt: &'c Receipt,
    material: String,
    /// Positions of the papers that it names.
    names: Vec<usize>,
    /// Some paper of the school was last written before it.
    fits_some: bool,
}

impl<'c> Register<'c> {
    fn new(papers: &[Paper], campaign: &'c Campaign, roster: &Roster<'_>) -> Register<'c> {
        let mut of: BTreeMap<usize, Vec<Entry<'c>>> = BTreeMap::new();
        for receipt in &campaign.receipts {
            if let Some(school) = roster.by_code(&receipt.school) {
                let material = plain(&receipt.material);
                of.entry(school).or_default().push(Entry { receipt, material, names: Vec::new(), fits_some: false });
            }
        }
        for (i, paper) in papers.iter().enumerate() {
            let stem = plain(paths::without_suffix(paths::file_name(paper.path())));
            for school in &paper.claim.schools {
                for entry in of.get_mut(school).into_iter().flatten() {
                    if stem.chars().count() >= NAMING && entry.material.contains(&stem) {
                        entry.names.push(i);
                    }
                    entry.fits_some |= written_by(paper, entry.receipt.received);
                }
            }
        }
        Register { of }
    }

    /// The receipt that fits a paper: one that names it, else the earliest general one. A paper that was written after
    /// a receipt came without it, unless the receipt would then fit nothing of the school's.
    fn receipt(&self, i: usize, paper: &Paper, as_of: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        let entries: Vec<&Entry<'_>> = paper
            .claim
            .schools
            .iter()
            .filter_map(|s| self.of.get(s))
            .flatten()
            .filter(|e| e.receipt.received <= as_of)
            .collect();
        let named = entries.iter().filter(|e| e.names.contains(&i)).map(|e| e.receipt.received).min();
        named.or_else(|| {
            entries
                .iter()
                .filter(|e| e.names.is_empty())
                .filter(|e| written_by(paper, e.receipt.received) || !e.fits_some)
                .map(|e| e.receipt.received)
                .min()
        })
    }
}

/// Whether a paper's content may have existed at a moment.
fn written_by(paper: &Paper, moment: DateTime<FixedOffset>) -> bool {
    let own = paper.reading.properties.modified.map(|utc| utc.and_utc().fixed_offset());
    let written = [paper.reading.source.stamps.modified, own].into_iter().flatten().min();
    // Clocks differ, and a register is filled in by hand: the same day will do.
    written.is_none_or(|w| w <= moment + Duration::hours(12))
}
