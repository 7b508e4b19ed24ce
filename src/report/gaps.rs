//! 待核清单: what a person must decide, a row each; the only sheet that is edited.

use crate::model::check::{Check, seal_of};
use crate::model::docket::Answer;
use crate::model::findings::{Cited, ItemKind, SchoolFindings, Verdict};
use crate::model::flag::{Flag, FlagKind};
use crate::model::ruling::{About, Conclusion, Record};
use crate::model::sheet::{Blocks, Cell, Column, Highlight, Holds, Paper, Sheet, Tone, names};
use crate::msg;
use crate::report::measure::{squeezed, width_of};
use crate::report::tones;
use crate::report::view::{Item, Settled, View, file_name};
use chrono::NaiveDate;
use ecow::EcoString;

/// The longest quote that this sheet shows, in characters; the whole of it stands on 证据明细.
const QUOTE: usize = 120;

/// The width of the column that leads to a file, in Chinese characters; a longer name loses its middle.
const SOURCE: f64 = 15.0;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let open = view.gaps.iter().map(|flag| (Settled::Flag(flag), false));
    let all: Vec<_> = open.chain(view.settled.iter().map(|one| (*one, true))).collect();
    let row = |(one, settled): &(Settled<'a>, bool)| match one {
        Settled::Flag(flag) => row(view, flag, *settled),
        Settled::Alone(logged) => alone(view, &logged.record),
    };
    let more = Blocks::of(all, row);
    let columns = columns(view);
    Sheet {
        highlights: highlights(&columns),
        heading: view.heading(&msg!("report.title_gaps"), &msg!("report.gaps_note")),
        columns,
        if_empty: view.say(&msg!("report.gaps_none")),
        frozen_columns: 4,
        filter: more.rows,
        more,
        paper: Paper::A3,
        ..Sheet::default()
    }
}

fn columns(view: &View<'_>) -> Vec<Column> {
    let choices = Conclusion::ALL.iter().map(|(_, words)| words.to_string()).collect();
    vec![
        Column::new(view.say(&msg!("report.col_number")), 5.5),
        Column::centred(view.say(&msg!("report.col_change")), 3.0),
        Column::centred(view.say(&msg!("report.col_nights")), 3.0),
        Column::new(view.say(&msg!("report.col_school")), 8.0),
        Column::new(view.say(&msg!("report.col_centre")), 6.5),
        Column::new(view.say(&msg!("report.col_category")), 4.0),
        Column::new(view.say(&msg!("report.col_item_basis")), 6.8),
        Column::new(view.say(&msg!("report.col_machine")), 5.5),
        Column::new(view.say(&msg!("report.col_gap")), 22.0),
        Column::new(view.say(&msg!("report.col_nearest")), 19.0),
        Column::new(view.say(&msg!("report.col_source")), SOURCE),
        Column::centred(view.say(&msg!("report.col_days_late")), 2.5),
        Column { choices, ..Column::human(names::CONCLUSION, 8.0) },
        Column { date: true, ..Column::human(names::NEW_DEADLINE, 5.5) },
        Column::human(names::NOTE, 11.0),
        Column::human(names::BY, 4.0),
        Column { date: true, ..Column::human(names::ON, 5.5) },
        Column::new(names::RECEIPT, 6.5),
        // The head says of which campaign the rows are.
        Column { hidden: true, ..Column::new(format!("{} {}", names::CHECK, view.findings.campaign.id), 14.0) },
    ]
}

/// Amber for what a conclusion asks for and nobody has filled in yet; blue for a row that is decided and not yet answered.
fn highlights(columns: &[Column]) -> Vec<Highlight> {
    let at = |name: &str| columns.iter().position(|c| c.name == name).and_then(|i| u16::try_from(i).ok());
    let places = (at(names::CONCLUSION), at(names::NEW_DEADLINE), at(names::NOTE), at(names::RECEIPT));
    let (Some(conclusion), Some(deadline), Some(note), Some(receipt)) = places else { return Vec::new() };
    let typed = (conclusion, Holds::Anything);
    vec![
        Highlight {
            columns: (deadline, deadline),
            when: vec![(conclusion, Holds::Text(Conclusion::Extend.words().to_string())), (deadline, Holds::Nothing)],
            tone: Tone::Doubtful,
        },
        Highlight {
            columns: (note, note),
            when: vec![
                typed.clone(),
                (conclusion, Holds::Other(Conclusion::Agree.words().to_string())),
                (note, Holds::Nothing),
            ],
            tone: Tone::Doubtful,
        },
        Highlight { columns: (0, receipt), when: vec![typed, (receipt, Holds::Nothing)], tone: Tone::Human },
    ]
}

fn row(view: &View<'_>, flag: &Flag, settled: bool) -> Vec<Cell> {
    let school = view.school(&flag.school);
    let item = flag.item.as_deref().and_then(|id| view.item(id));
    let verdict = flag.item.as_deref().and_then(|id| view.verdict(&flag.school, id));
    let opened = verdict.filter(|v| v.nearest.is_some() || !v.evidence.is_empty());
    let said = school.filter(|_| opened.is_some()).map(SchoolFindings::citations);
    let nearest = said.as_ref().zip(verdict).and_then(|(s, v)| s.nearest(v).or_else(|| s.bearing(v).next()));
    let doubted = view.ruled(&flag.id).is_some_and(|r| r.ruling.conclusion == Conclusion::Doubtful);
    let tone = match tones::of_flag(flag, school.map(|s| &s.submission)) {
        _ if settled => Tone::Muted,
        Tone::Bad if doubted => Tone::Doubtful,
        tone => tone,
    };
    let name = school.map_or("", |s| s.school.name.as_str());
    let about = item.map_or_else(|| view.say(&msg!("report.item_whole")), |i| item_with_basis(view, i));
    let late = school.map_or(0, |s| s.submission.days_late);
    let standing = view.findings.changes.standing.get(flag.id.as_str());
    let mut cells = vec![
        Cell::text(&flag.id).tone(Tone::Muted),
        Cell::text(standing.map_or_else(String::new, |s| view.say(&s.change.message()))),
        standing.map_or_else(Cell::default, |s| Cell::number(s.nights)),
        Cell::text(name).tone(Tone::Strong),
        Cell::text(school.map_or("", |s| view.centre_name(s))),
        Cell::text(school.map_or("", |s| s.school.category.as_str())),
        Cell::text(&about),
        Cell::text(conclusion(view, flag, verdict)).tone(tone),
        Cell::text(view.say(&flag.message)),
        Cell::text(nearest.map_or_else(String::new, |c| shortened(&c.evidence.quote))),
        source(view, flag, school, nearest),
        if late > 0 { Cell::number(late) } else { Cell::default() },
    ];
    let check = Check {
        flag: flag.id.to_string(),
        fingerprint: flag.fingerprint.to_string(),
        kind: flag.kind.word().to_string(),
        item: flag.item.as_deref().unwrap_or_default().to_string(),
        school: flag.school.to_string(),
        ..Check::default()
    };
    cells.extend(typed(view, check, [name, &about], settled));
    cells
}

/// The row of a decision because of which nothing is left to be decided, as it was when it was taken: there it can be
/// changed or taken back.
fn alone(view: &View<'_>, record: &Record) -> Vec<Cell> {
    let About { school: name, item, machine, gap } = &record.about;
    let school = view.school(&record.school);
    let mut cells = vec![
        Cell::text(&record.flag).tone(Tone::Muted),
        Cell::default(),
        Cell::default(),
        Cell::text(name).tone(Tone::Strong),
        Cell::text(school.map_or("", |s| view.centre_name(s))),
        Cell::text(school.map_or("", |s| s.school.category.as_str())),
        Cell::text(item),
        Cell::text(machine).tone(Tone::Muted),
        Cell::text(gap),
        Cell::default(),
        Cell::default(),
        Cell::default(),
    ];
    let check = Check {
        flag: record.flag.clone(),
        fingerprint: record.fingerprint.clone(),
        kind: record.kind.clone(),
        item: record.item.clone().unwrap_or_default(),
        school: record.school.clone(),
        ..Check::default()
    };
    cells.extend(typed(view, check, [name, item], true));
    cells
}

/// The human columns with what stands in them, 系统回执, and the check of it all.
fn typed(view: &View<'_>, check: Check, shown: [&str; 2], settled: bool) -> Vec<Cell> {
    let Answer { typed, receipt, base } = view.layout.docket.answer(&check.flag);
    let tone = if settled { Tone::Human } else { Tone::Plain };
    let answered = match &receipt {
        Some(_) if settled => Tone::Human,
        Some(_) => Tone::Doubtful,
        None => Tone::Plain,
    };
    let check = Check { base, written: seal_of(&typed), ..check };
    vec![
        Cell::text(&typed.conclusion).tone(tone),
        day(&typed.new_deadline),
        Cell::text(&typed.note),
        Cell::text(&typed.by),
        day(&typed.on),
        Cell::text(receipt.map_or_else(String::new, |r| view.say(&r))).tone(answered),
        Cell::text(check.text(&view.findings.campaign.id, &shown)),
    ]
}

/// A day as a date, anything else as it was typed.
fn day(typed: &str) -> Cell {
    match NaiveDate::parse_from_str(typed, "%Y-%m-%d") {
        Ok(day) if day.to_string() == typed => Cell::date(Some(day)),
        _ => Cell::text(typed),
    }
}

/// The item and what it rests on: 专题会议(活动一).
fn item_with_basis(view: &View<'_>, item: &Item<'_>) -> String {
    view.say(&match item.kind {
        ItemKind::Activity => msg!("report.item_activity", item.name, item.number),
        ItemKind::Material => msg!("report.item_material", item.name, item.number),
    })
}

/// What the machine says: the status of the item where the flag is about one, else the kind of the flag.
fn conclusion(view: &View<'_>, flag: &Flag, verdict: Option<&Verdict>) -> String {
    let of_item = matches!(flag.kind, FlagKind::Missing | FlagKind::NotDone | FlagKind::PlannedOnly | FlagKind::Weak);
    match verdict.filter(|_| of_item) {
        Some(v) => format!("{} {}", v.status.symbol(), view.say(&v.status.message())),
        None => view.say(&flag.kind.message()),
    }
}

/// Where to look: the file and the place of what came nearest, else the flag's own file, else the school's.
fn source(view: &View<'_>, flag: &Flag, school: Option<&SchoolFindings>, nearest: Option<&Cited>) -> Cell {
    if let Some(cited) = nearest {
        let place = cited.evidence.place.text(view.layout.lang);
        let room = SOURCE - width_of(&place) - 0.5;
        let name = squeezed(file_name(&cited.file), room.max(SOURCE / 2.0));
        return Cell::text(format!("{place} {name}")).to(view.file_link(&cited.file));
    }
    let own = flag.files.first().map(EcoString::as_str).or_else(|| Some(&**school?.submission.files.first()?));
    own.map_or_else(Cell::default, |path| Cell::text(squeezed(file_name(path), SOURCE)).to(view.file_link(path)))
}

fn shortened(quote: &str) -> String {
    match quote.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("{}…", &quote[..end]),
        None => quote.to_string(),
    }
}
