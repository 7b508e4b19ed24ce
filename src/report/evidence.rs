//! 证据明细: every piece of evidence, and every hit that does not count, with its reason.

use crate::model::reading::{Assertion, Evidence, Strength};
use crate::model::sheet::{Cell, Column, Sheet, Tone, names};
use crate::msg;
use crate::report::trail::Row;
use crate::report::view::{View, file_name};

/// The sheet.
pub fn sheet(view: &View<'_>) -> Sheet {
    let rows: Vec<_> = view.trail.rows.iter().map(|r| row(view, r)).collect();
    Sheet {
        name: names::EVIDENCE.to_string(),
        heading: view.heading(names::EVIDENCE, &msg!("report.evidence_note")),
        columns: vec![
            Column::new(view.say(&msg!("report.col_school")), 11.0),
            Column::new(view.say(&msg!("report.col_item")), 6.5),
            Column::new(view.say(&msg!("report.col_judgement")), 7.0),
            Column::new(view.say(&msg!("report.col_quote")), 42.0),
            Column::new(view.say(&msg!("report.col_why_not")), 10.0),
            Column::centred(view.say(&msg!("report.col_date")), 6.0),
            Column::new(view.say(&msg!("report.col_counts")), 8.0),
            Column::new(view.say(&msg!("report.col_file")), 14.0),
            Column::new(view.say(&msg!("report.col_place")), 8.0),
            Column::new(view.say(&msg!("report.col_rule")), 9.0),
        ],
        if_empty: view.say(&msg!("report.evidence_none")),
        frozen_columns: 2,
        filter: rows.len() as u32,
        rows,
        ..Sheet::default()
    }
}

fn row(view: &View<'_>, row: &Row<'_>) -> Vec<Cell> {
    let e = &row.cited.evidence;
    let (school, tone) = match row.school {
        Some(s) => (s.school.name.clone(), Tone::Plain),
        None => (view.say(&msg!("report.unclaimed")), Tone::Doubtful),
    };
    let counts: Vec<String> = e.counts.iter().map(|c| format!("{}{}", c.n, c.unit)).collect();
    vec![
        Cell::text(school).tone(tone),
        Cell::text(view.item_name(&e.item)),
        judgement(view, e, row.bears),
        Cell::text(&e.quote),
        Cell::text(why_not(view, e)).tone(Tone::Muted),
        Cell::date(e.date),
        Cell::text(counts.join(&view.say(&msg!("report.list_comma")))),
        Cell::text(file_name(&row.cited.file)).to(view.file_link(&row.cited.file)),
        Cell::text(e.place.text(view.layout.lang)),
        Cell::text(&e.rule).tone(Tone::Muted),
    ]
}

/// The assertion; a tick where a verdict rests on it, 弱 where it bears little.
fn judgement(view: &View<'_>, e: &Evidence, bears: bool) -> Cell {
    let word = view.say(&e.assertion.message());
    let weak = e.assertion == Assertion::Done && e.strength == Strength::Weak;
    let text = match (e.assertion.counts(), weak, bears) {
        (false, ..) => view.say(&msg!("report.judged_not_counted", word)),
        (true, true, _) => view.say(&msg!("report.judged_weak", word)),
        (true, false, true) => view.say(&msg!("report.judged_bearing", word)),
        (true, false, false) => word,
    };
    let tone = match e.assertion {
        Assertion::Done if weak => Tone::Doubtful,
        Assertion::Done => Tone::Good,
        Assertion::Planned | Assertion::NotDone => Tone::Doubtful,
        _ => Tone::Muted,
    };
    Cell::text(text).tone(tone)
}

/// Why it is no evidence of a deed: the kind of assertion, and the cue that decided.
fn why_not(view: &View<'_>, e: &Evidence) -> String {
    let word = e.assertion.message();
    match (e.assertion, &e.cue) {
        (Assertion::Done, _) => String::new(),
        (_, Some(cue)) => view.say(&msg!("report.why_not_cue", word, cue)),
        (_, None) => view.say(&word),
    }
}
