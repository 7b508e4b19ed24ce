//! What every sheet looks at: the findings, the language, and where things stand in the workbook, so that one sheet can
//! lead to a row of another without knowing it.

use crate::model::docket::Logged;
use crate::model::findings::{
    FileFindings, FileStatus, Findings, ItemKind, ReceivedBy, SchoolFindings, Submission, Verdict,
};
use crate::model::flag::Flag;
use crate::model::message::Message;
use crate::model::ruling::{Record, Ruled};
use crate::model::sheet::{Cell, Link, MOST_ROWS, Tone, names};
use crate::model::shelf::Shelf;
use crate::msg;
use crate::report::kept::Places;
pub use crate::report::layout::Layout;
use crate::report::trail::Trail;
use chrono::{DateTime, FixedOffset, NaiveDateTime};
use std::collections::{BTreeMap, BTreeSet};

/// An activity or a material, as the sheets name it.
pub struct Item<'a> {
    /// Stable id.
    pub id: &'a str,
    /// Name.
    pub name: &'a str,
    /// Which of the two it is.
    pub kind: ItemKind,
    /// What counts.
    pub criterion: &'a str,
    /// Its number among its kind, from 1.
    pub number: u32,
}

/// A row that needs no further look.
#[derive(Debug, Clone, Copy)]
pub enum Settled<'a> {
    /// A flag, and a decision that holds.
    Flag(&'a Flag),
    /// A decision that holds, and because of which the flag is no longer raised.
    Alone(&'a Logged),
}

/// The findings, and where things stand in the workbook.
pub struct View<'a> {
    /// What was found.
    pub findings: &'a Findings,
    /// Language and links.
    pub layout: &'a Layout,
    /// Activities, then materials.
    pub items: Vec<Item<'a>>,
    /// The flags that are still to be decided, the first rows of 待核清单.
    pub gaps: Vec<&'a Flag>,
    /// What has been decided, the rows below them.
    pub settled: Vec<Settled<'a>>,
    /// The files of 文件台账, row by row (numbers into `findings.files`): what needs a hand comes first.
    pub files: Vec<usize>,
    /// The rows of 证据明细.
    pub trail: Trail<'a>,
    /// What may be taken from the night before.
    pub kept: Places<'a>,
    schools: BTreeMap<&'a str, usize>,
    centres: BTreeSet<&'a str>,
    gap_rows: BTreeMap<(&'a str, &'a str), u32>,
    open: BTreeMap<&'a str, u32>,
    review_rows: BTreeMap<&'a str, u32>,
    ruled: BTreeMap<&'a str, &'a Ruled>,
    file_rows: BTreeMap<&'a str, u32>,
}

impl<'a> View<'a> {
    /// Looks over the findings once.
    pub fn new(findings: &'a Findings, layout: &'a Layout) -> Self {
        View::over(findings, layout, None)
    }

    /// The same, with a shelf that has what an earlier night made.
    pub fn over(findings: &'a Findings, layout: &'a Layout, shelf: Option<&'a dyn Shelf>) -> Self {
        let campaign = &findings.campaign;
        let activities = campaign.activities.iter().zip(1..).map(|(a, number)| Item {
            id: &a.id,
            name: &a.name,
            kind: ItemKind::Activity,
            criterion: &a.criterion,
            number,
        });
        let materials = campaign.materials.iter().zip(1..).map(|(m, number)| Item {
            id: &m.id,
            name: &m.name,
            kind: ItemKind::Material,
            criterion: &m.criterion,
            number,
        });
        let items: Vec<Item<'a>> = activities.chain(materials).collect();

        let gaps: Vec<&Flag> = findings.open_gaps().collect();
        let schools: BTreeMap<&str, usize> =
            findings.schools.iter().enumerate().map(|(i, s)| (s.school.code.as_str(), i)).collect();
        let closed = findings.settled();
        let of_flags = findings.flags.iter().filter(|f| !f.kind.is_hint() && closed.contains(f.id.as_str()));
        let alone = layout.docket.log.iter().filter(|l| l.in_force_alone);
        let alone = alone.filter(|l| layout.part.is_empty() || schools.contains_key(l.record.school.as_str()));
        let settled: Vec<Settled<'a>> = of_flags.map(Settled::Flag).chain(alone.map(Settled::Alone)).collect();
        let mut open = BTreeMap::new();
        gaps.iter().for_each(|flag| *open.entry(flag.school.as_str()).or_default() += 1);
        let mut gap_rows = BTreeMap::new();
        let mut review_rows = BTreeMap::new();
        let flags = gaps.iter().copied().map(Settled::Flag).chain(settled.iter().copied());
        for (one, row) in flags.zip(0..) {
            let (id, school, item) = match one {
                Settled::Flag(f) => (f.id.as_str(), f.school.as_str(), f.item.as_deref()),
                Settled::Alone(l) => (l.record.flag.as_str(), l.record.school.as_str(), l.record.item.as_deref()),
            };
            gap_rows.entry((school, item.unwrap_or(""))).or_insert(row);
            review_rows.entry(id).or_insert(row);
        }
        let mut files: Vec<usize> = (0..findings.files.len()).collect();
        files.sort_by_key(|&i| findings.files[i].status != FileStatus::Quarantined);

        let kept = Places::of(findings, layout, shelf);
        let ids: Vec<&str> = items.iter().map(|i| i.id).collect();
        View {
            trail: Trail::new(findings, &ids, &|school| layout.photographs(school).count(), kept.evidence, MOST_ROWS),
            kept,
            ruled: findings.rulings.iter().map(|r| (r.ruling.flag.as_str(), r)).collect(),
            schools,
            centres: findings.schools.iter().filter_map(|s| s.school.reports_via.as_deref()).collect(),
            file_rows: files.iter().zip(0..).map(|(&i, row)| (findings.files[i].path.as_str(), row)).collect(),
            findings,
            layout,
            items,
            gaps,
            settled,
            files,
            gap_rows,
            open,
            review_rows,
        }
    }

    /// A message in the workbook's language.
    pub fn say(&self, message: &Message) -> String {
        message.text(self.layout.lang)
    }

    /// A moment as the clock on the wall shows it.
    pub fn local(&self, time: &DateTime<FixedOffset>) -> NaiveDateTime {
        let seconds = self.findings.campaign.utc_offset_hours.saturating_mul(3600);
        let zone = FixedOffset::east_opt(seconds).unwrap_or(*time.offset());
        time.with_timezone(&zone).naive_local()
    }

    /// The moment of judgement, to the minute.
    pub fn as_of(&self) -> String {
        self.local(&self.findings.as_of).format("%Y-%m-%d %H:%M").to_string()
    }

    /// Whether reports are overdue.
    pub fn is_past_deadline(&self) -> bool {
        self.local(&self.findings.as_of) >= self.findings.campaign.deadline.end()
    }

    /// A school by its code.
    pub fn school(&self, code: &str) -> Option<&'a SchoolFindings> {
        self.schools.get(code).map(|&i| &self.findings.schools[i])
    }

    /// A file by its path.
    pub fn file(&self, path: &str) -> Option<&'a FileFindings> {
        let files = &self.findings.files;
        files.binary_search_by(|f| f.path.as_str().cmp(path)).ok().and_then(|n| files.get(n))
    }

    /// A school's name, or the code that no school has.
    pub fn school_name(&self, code: &'a str) -> &'a str {
        self.school(code).map_or(code, |s| s.school.name.as_str())
    }

    /// Code of the 中心校 that a school belongs to: the one that reports for it, or itself where it reports for others.
    pub fn centre(&self, school: &'a SchoolFindings) -> Option<&'a str> {
        let code = school.school.code.as_str();
        let via = school.school.reports_via.as_deref().filter(|via| self.schools.contains_key(via));
        via.or_else(|| self.centres.contains(code).then_some(code))
    }

    /// The name of the 中心校 that a school belongs to, empty where there is none.
    pub fn centre_name(&self, school: &'a SchoolFindings) -> &'a str {
        self.centre(school).map_or("", |code| self.school_name(code))
    }

    /// An item by its id.
    pub fn item(&self, id: &str) -> Option<&Item<'a>> {
        self.items.iter().find(|i| i.id == id)
    }

    /// An item's name, or the id that no item has.
    pub fn item_name(&self, id: &'a str) -> &'a str {
        self.item(id).map_or(id, |i| i.name)
    }

    /// The verdict on an item of a school.
    pub fn verdict(&self, school: &str, item: &str) -> Option<&'a Verdict> {
        self.school(school)?.verdicts.iter().find(|v| v.item == item)
    }

    /// A link to a file of an inbox, or to the inbox itself; a member of an archive leads to the archive.
    pub fn file_link(&self, path: &str) -> Option<Link> {
        let outer = path.split("!/").next().filter(|p| !p.is_empty())?;
        let (label, rest) = outer.split_once('/').unwrap_or((outer, ""));
        let (_, way) = self.layout.roots.iter().find(|(root, _)| root == label)?;
        Some(Link::File(format!("{way}{rest}")))
    }

    /// A link to the row of 待核清单 about an item of a school (`""`: about its report as a whole).
    pub fn gap_link(&self, school: &str, item: &str) -> Option<Link> {
        self.gap_rows.get(&(school, item)).map(|&row| Link::Row(names::REVIEW.to_string(), row, 0))
    }

    /// The row of 待核清单 about a flag.
    pub fn review_row(&self, flag: &str) -> Option<u32> {
        self.review_rows.get(flag).copied()
    }

    /// What a person decided of a flag, and what it came to.
    pub fn ruled(&self, flag: &str) -> Option<&'a Ruled> {
        self.ruled.get(flag).copied()
    }

    /// How many rows of 待核清单 about a school await a person.
    pub fn open(&self, school: &str) -> u32 {
        self.open.get(school).copied().unwrap_or(0)
    }

    /// Whether a school still has time that a person gave it.
    pub fn has_time(&self, submission: &Submission) -> bool {
        submission.extended_to.is_some_and(|day| self.local(&self.findings.as_of).date() <= day)
    }

    /// Whether an entry is about a school of this workbook.
    pub fn is_of_part(&self, record: &Record) -> bool {
        self.layout.part.is_empty() || self.schools.contains_key(record.school.as_str())
    }

    /// A link to the row of 文件台账 about a file.
    pub fn ledger_link(&self, path: &str) -> Option<Link> {
        self.file_rows.get(path).map(|&row| Link::Row(names::FILES.to_string(), row, 0))
    }

    /// The heading that sheets share: title, campaign and as-of time, then a note on how to use the sheet.
    pub fn heading(&self, sheet: &Message, note: &Message) -> Vec<Vec<Cell>> {
        let campaign = &self.findings.campaign.title;
        let title = match self.layout.part.as_str() {
            "" => self.say(&msg!("report.title", sheet, campaign)),
            part => self.say(&msg!("report.title_part", sheet, campaign, part)),
        };
        let note = self.say(&msg!("report.title_note", self.as_of(), note));
        vec![vec![Cell::text(title).tone(Tone::Title)], vec![Cell::text(note).tone(Tone::Note)]]
    }
}

/// The last name of a path: `b.docx` of `inbox/a.zip!/b.docx`.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// How a time of arrival is known, for a person.
pub fn received_by(by: ReceivedBy) -> Message {
    match by {
        ReceivedBy::Receipt => msg!("model.received_receipt"),
        ReceivedBy::Mail => msg!("model.received_mail"),
        ReceivedBy::FirstSeen => msg!("model.received_first_seen"),
        ReceivedBy::Created => msg!("model.received_created"),
        ReceivedBy::Modified => msg!("model.received_modified"),
    }
}
