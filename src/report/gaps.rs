//! 待核清单: what a person must decide, a row each; the only sheet that is edited.

use crate::model::findings::{Cited, ItemKind, SchoolFindings, Verdict};
use crate::model::flag::{Flag, FlagKind};
use crate::model::ruling::Conclusion;
use crate::model::sheet::{Cell, Column, Paper, Sheet, Tone, names};
use crate::msg;
use crate::report::measure::{squeezed, width_of};
use crate::report::tones;
use crate::report::view::{Item, View, file_name};

/// The longest quote that this sheet shows, in characters; the whole of it stands on 证据明细.
const QUOTE: usize = 120;

/// The width of the column that leads to a file, in Chinese characters; a longer name loses its middle.
const SOURCE: f64 = 15.0;

/// The sheet.
pub fn sheet(view: &View<'_>) -> Sheet {
    let rows: Vec<_> = view.gaps.iter().map(|flag| row(view, flag)).collect();
    Sheet {
        name: names::REVIEW.to_string(),
        heading: view.heading(&msg!("report.title_gaps"), &msg!("report.gaps_note")),
        columns: columns(view),
        if_empty: view.say(&msg!("report.gaps_none")),
        frozen_columns: 4,
        filter: rows.len() as u32,
        rows,
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
        Column { hidden: true, ..Column::new(names::CHECK, 14.0) },
    ]
}

fn row(view: &View<'_>, flag: &Flag) -> Vec<Cell> {
    let school = view.school(&flag.school);
    let item = flag.item.as_deref().and_then(|id| view.item(id));
    let verdict = flag.item.as_deref().and_then(|id| view.verdict(&flag.school, id));
    let nearest = verdict.and_then(|v| v.nearest.as_ref().or(v.evidence.first()));
    let tone = tones::of_flag(flag, school.map(|s| &s.submission));
    let late = school.map_or(0, |s| s.submission.days_late);
    let standing = view.findings.changes.standing.get(&flag.id);
    let mut cells = vec![
        Cell::text(&flag.id).tone(Tone::Muted),
        Cell::text(standing.map_or_else(String::new, |s| view.say(&s.change.message()))),
        standing.map_or_else(Cell::default, |s| Cell::number(s.nights)),
        Cell::text(school.map_or("", |s| s.school.name.as_str())).tone(Tone::Strong),
        Cell::text(school.map_or("", |s| view.centre_name(s))),
        Cell::text(school.map_or("", |s| s.school.category.as_str())),
        Cell::text(item.map_or_else(|| view.say(&msg!("report.item_whole")), |i| item_with_basis(view, i))),
        Cell::text(conclusion(view, flag, verdict)).tone(tone),
        Cell::text(view.say(&flag.message)),
        Cell::text(nearest.map_or_else(String::new, |c| shortened(&c.evidence.quote))),
        source(view, flag, school, nearest),
        if late > 0 { Cell::number(late) } else { Cell::default() },
    ];
    cells.extend(std::iter::repeat_n(Cell::default(), 6));
    cells.push(Cell::text(format!("{} {}", flag.id, flag.fingerprint)));
    cells
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
    let own = flag.files.first().or_else(|| school.and_then(|s| s.submission.files.first()));
    own.map_or_else(Cell::default, |path| Cell::text(squeezed(file_name(path), SOURCE)).to(view.file_link(path)))
}

fn shortened(quote: &str) -> String {
    match quote.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("{}…", &quote[..end]),
        None => quote.to_string(),
    }
}
