//! 记录: everything that people typed in the workbooks, the latest first, and what became of each entry.

use crate::model::docket::Logged;
use crate::model::ruling::{Fate, Outcome, Typed};
use crate::model::sheet::{Cell, Column, Link, Paper, Sheet, Tone, names};
use crate::msg;
use crate::report::view::View;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let docket = &view.layout.docket;
    let log = docket.log.iter().rev().filter(|l| view.is_of_part(&l.record));
    let notes = docket.notes.iter().map(|note| vec![Cell::text(view.say(note)).tone(Tone::Doubtful)]);
    let rows: Vec<_> = log.map(|logged| row(view, logged)).collect();
    let mut heading = view.heading(&msg!("report.title_records"), &msg!("report.records_note"));
    heading.extend(notes);
    Sheet {
        heading,
        columns: vec![
            Column::new(view.say(&msg!("report.col_record")), 3.0),
            Column::centred(view.say(&msg!("report.col_read_at")), 8.5),
            Column::new(view.say(&msg!("report.col_number")), 5.5),
            Column::new(view.say(&msg!("report.col_school")), 9.0),
            Column::new(view.say(&msg!("report.col_item_basis")), 8.0),
            Column::new(view.say(&msg!("report.col_before")), 12.0),
            Column::new(view.say(&msg!("report.col_conclusion")), 7.5),
            Column::new(names::NEW_DEADLINE, 5.5),
            Column::new(names::NOTE, 14.0),
            Column::new(names::BY, 4.0),
            Column::new(names::ON, 5.5),
            Column::new(names::RECEIPT, 14.0),
            Column::new(view.say(&msg!("report.col_from")), 11.0),
        ],
        if_empty: view.say(&msg!("report.records_none")),
        frozen_columns: 4,
        filter: rows.len() as u32,
        rows,
        paper: Paper::A3,
        ..Sheet::default()
    }
}

fn row(view: &View<'_>, logged: &Logged) -> Vec<Cell> {
    let record = &logged.record;
    let Typed { conclusion, new_deadline, note, by, on } = &record.typed;
    let before = if record.before.is_empty() { &record.about.machine } else { &record.before };
    let link = view.review_row(&record.flag).map(|row| Link::Row(names::REVIEW.to_string(), row, 0));
    let file = format!("{} · {}", record.file, view.say(&msg!("report.row_of", record.row)));
    vec![
        Cell::number(record.number).tone(Tone::Muted),
        Cell::time(Some(view.local(&record.read_at))),
        Cell::text(&record.flag).to(link),
        Cell::text(&record.about.school).tone(Tone::Strong),
        Cell::text(&record.about.item),
        Cell::text(before),
        Cell::text(conclusion),
        Cell::text(new_deadline),
        Cell::text(note),
        Cell::text(by),
        Cell::text(on),
        Cell::text(view.say(&logged.receipt)).tone(tone(view, logged)),
        Cell::text(file).tone(Tone::Muted),
    ]
}

fn tone(view: &View<'_>, logged: &Logged) -> Tone {
    let reopened = view.ruled(&logged.record.flag).is_some_and(|r| r.outcome != Outcome::Stands);
    match logged.record.fate {
        Fate::Taken(_) if !reopened => Tone::Human,
        Fate::Refused(_) | Fate::Misplaced(_) | Fate::Conflict(_) | Fate::Taken(_) => Tone::Doubtful,
        Fate::Cleared => Tone::Muted,
    }
}
