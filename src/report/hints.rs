//! 线索: what careful eyes may want to look at. Hints, never verdicts.

use crate::model::flag::{Flag, Severity, Shared, Spot};
use crate::model::sheet::{Cell, Column, Paper, Sheet, Tone};
use crate::msg;
use crate::report::view::{View, file_name};

/// How many files of a hint get a column of their own.
const LINKED: usize = 2;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let rows: Vec<_> = view.findings.flags.iter().filter(|f| f.kind.is_hint()).map(|f| row(view, f)).collect();
    Sheet {
        heading: view.heading(&msg!("report.title_hints"), &msg!("report.hints_note")),
        columns: vec![
            Column::new(view.say(&msg!("report.col_number")), 5.5),
            Column::new(view.say(&msg!("report.col_kind")), 8.5),
            Column::new(view.say(&msg!("report.col_school")), 10.0),
            Column::new(view.say(&msg!("report.col_item")), 7.0),
            Column::new(view.say(&msg!("report.col_seen")), 27.0),
            Column::new(view.say(&msg!("report.col_file_one")), 16.0),
            Column::new(view.say(&msg!("report.col_file_two")), 16.0),
            Column::new(view.say(&msg!("report.col_files_more")), 16.0),
            Column::new(view.say(&msg!("report.col_shared_one")), 20.0),
            Column::new(view.say(&msg!("report.col_shared_two")), 20.0),
        ],
        if_empty: view.say(&msg!("report.hints_none")),
        frozen_columns: 3,
        filter: rows.len() as u32,
        rows,
        paper: Paper::A3,
        ..Sheet::default()
    }
}

fn row(view: &View<'_>, flag: &Flag) -> Vec<Cell> {
    let tone = if flag.severity == Severity::Low { Tone::Plain } else { Tone::Doubtful };
    let mut cells = vec![
        Cell::text(&flag.id).tone(Tone::Muted),
        Cell::text(view.say(&flag.kind.message())).tone(tone),
        Cell::text(view.school_name(&flag.school)).tone(Tone::Strong),
        Cell::text(flag.item.as_deref().map_or("", |id| view.item_name(id))),
        Cell::text(view.say(&flag.message)),
    ];
    for n in 0..LINKED {
        cells.push(flag.files.get(n).map_or_else(Cell::default, |f| Cell::text(file_name(f)).to(view.file_link(f))));
    }
    let more: Vec<&str> = flag.files.iter().skip(LINKED).map(|f| file_name(f)).collect();
    cells.push(Cell::text(more.join("\n")));
    cells.push(side(view, flag, |shared| &shared.one));
    cells.push(side(view, flag, |shared| &shared.other));
    cells
}

/// One side of what two files share, a line a passage with its place.
fn side(view: &View<'_>, flag: &Flag, of: fn(&Shared) -> &Spot) -> Cell {
    let spots = flag.shared.iter().map(of);
    let lines: Vec<String> =
        spots.map(|s| view.say(&msg!("report.shared_spot", s.place.message(), s.text.replace('\n', " ")))).collect();
    Cell::text(lines.join("\n"))
}
