//! 证据明细: every piece of evidence, and every hit that does not count, with its reason.

use crate::model::sheet::{Cell, Column, Paper, Sheet, Tone, names};
use crate::msg;
use crate::report::phrases;
use crate::report::trail::Row;
use crate::report::view::{View, file_name};

/// The sheet.
pub fn sheet(view: &View<'_>) -> Sheet {
    let rows: Vec<_> = view.trail.rows.iter().map(|r| row(view, r)).collect();
    Sheet {
        name: names::EVIDENCE.to_string(),
        heading: view.heading(&msg!("report.title_evidence"), &msg!("report.evidence_note")),
        columns: vec![
            Column::new(view.say(&msg!("report.col_school")), 11.0),
            Column::new(view.say(&msg!("report.col_item")), 6.5),
            Column::new(view.say(&msg!("report.col_judgement")), 7.0),
            Column::new(view.say(&msg!("report.col_quote")), 38.0),
            Column::new(view.say(&msg!("report.col_why_not")), 10.0),
            Column::centred(view.say(&msg!("report.col_date")), 6.0),
            Column::new(view.say(&msg!("report.col_counts")), 8.0),
            Column::new(view.say(&msg!("report.col_file")), 15.0),
            Column::new(view.say(&msg!("report.col_place")), 11.0),
            Column::new(view.say(&msg!("report.col_rule")), 13.5),
        ],
        if_empty: view.say(&msg!("report.evidence_none")),
        frozen_columns: 2,
        filter: rows.len() as u32,
        rows,
        paper: Paper::A3,
        ..Sheet::default()
    }
}

fn row(view: &View<'_>, row: &Row<'_>) -> Vec<Cell> {
    let e = &row.cited.evidence;
    let (school, tone) = match row.school {
        Some(s) => (s.school.name.clone(), Tone::Plain),
        None => (view.say(&msg!("report.unclaimed")), Tone::Doubtful),
    };
    let (judged, judged_tone) = phrases::judgement(view, e, row.bears);
    let counts: Vec<String> = e.counts.iter().chain(&e.amounts).map(|c| format!("{}{}", c.n, c.unit)).collect();
    vec![
        Cell::text(school).tone(tone),
        Cell::text(view.item_name(&e.item)),
        Cell::text(judged).tone(judged_tone),
        Cell::text(&e.quote),
        Cell::text(phrases::why_not(view, e)).tone(Tone::Muted),
        Cell::date(e.date),
        Cell::text(counts.join(&view.say(&msg!("report.list_comma")))),
        Cell::text(file_name(&row.cited.file)).to(view.file_link(&row.cited.file)),
        Cell::text(view.say(&e.place_message())),
        Cell::text(&e.rule).tone(Tone::Muted),
    ]
}
