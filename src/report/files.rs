//! 文件台账: every file received, whose it is, what became of it, and what to do. What needs a hand comes first.

use crate::model::findings::FileFindings;
use crate::model::problem::Problem;
use crate::model::sheet::{Blocks, Cell, Column, Paper, Sheet, Tone};
use crate::msg;
use crate::report::tones;
use crate::report::view::{View, file_name, received_by};

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let files: Vec<_> = view.files.iter().filter_map(|&i| view.findings.files.get(i)).collect();
    let more = Blocks::of(files, |file| row(view, file));
    let b = &view.findings.balance;
    let note = msg!("report.files_note", b.received, b.used, b.superseded, b.duplicate, b.quarantined, b.ignored);
    Sheet {
        heading: view.heading(&msg!("report.title_files"), &note),
        columns: vec![
            Column::new(view.say(&msg!("report.col_path")), 27.0),
            Column::centred(view.say(&msg!("report.col_status")), 6.5),
            Column::new(view.say(&msg!("report.col_school_of_file")), 11.0),
            Column::new(view.say(&msg!("report.col_why_school")), 18.0),
            Column::new(view.say(&msg!("report.col_problem")), 12.0),
            Column::new(view.say(&msg!("report.col_advice")), 15.0),
            Column::new(view.say(&msg!("report.col_other_file")), 12.0),
            Column::centred(view.say(&msg!("report.col_received")), 8.5),
            Column::centred(view.say(&msg!("report.col_received_by")), 6.5),
            Column::centred(view.say(&msg!("report.col_format")), 7.0),
            Column::new(view.say(&msg!("report.col_kilobytes")), 4.0),
            Column::new(view.say(&msg!("report.col_chars")), 4.0),
            Column::new(view.say(&msg!("report.col_pictures")), 4.0),
        ],
        if_empty: view.say(&msg!("report.files_none")),
        frozen_columns: 1,
        filter: more.rows,
        more,
        paper: Paper::A3,
        ..Sheet::default()
    }
}

fn row(view: &View<'_>, file: &FileFindings) -> Vec<Cell> {
    let schools: Vec<&str> = file.schools.iter().map(|code| view.school_name(code)).collect();
    let join = |texts: Vec<String>| texts.join(&view.say(&msg!("report.list_semicolon")));
    let unreadable = file.problems.iter().any(Problem::is_unreadable);
    let advice = file.advice().iter().map(|a| view.say(a)).collect();
    let format = if file.suffix_fits {
        file.format.clone()
    } else {
        view.say(&msg!("report.format_differs", &file.format)).into()
    };
    vec![
        Cell::text(&file.path).to(view.file_link(&file.path)),
        Cell::text(view.say(&file.status.message())).tone(tones::of_file(file.status, unreadable)),
        Cell::text(schools.join(&view.say(&msg!("report.list_comma")))),
        Cell::text(view.say(&file.why)),
        Cell::text(join(file.problems.iter().map(|p| view.say(&p.message())).collect())),
        Cell::text(join(advice)),
        file.other.as_ref().map_or_else(Cell::default, |o| Cell::text(file_name(o)).to(view.ledger_link(o))),
        Cell::time(file.received_at.as_ref().map(|t| view.local(t))),
        Cell::text(file.received_by.map_or_else(String::new, |by| view.say(&received_by(by)))),
        Cell::text(format).tone(if file.suffix_fits { Tone::Plain } else { Tone::Doubtful }),
        Cell::number((file.bytes as f64 / 1024.0).ceil()),
        Cell::number(file.chars),
        Cell::number(file.pictures),
    ]
}
