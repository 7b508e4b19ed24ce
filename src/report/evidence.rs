//! 证据明细: every piece of evidence, and every hit that does not count, with its reason.

use crate::model::findings::{Cited, SchoolFindings};
use crate::model::sheet::{Blocks, Cell, Column, Paper, Sheet, Tone, names};
use crate::msg;
use crate::report::phrases;
use crate::report::trail::Row;
use crate::report::view::{View, file_name};

/// The rows of so many schools are made at a time.
const SCHOOLS: usize = 64;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let blocks: Vec<&[(&SchoolFindings, Vec<Row>)]> = view.trail.schools.chunks(SCHOOLS).collect();
    let rows = view.trail.schools.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    let unclaimed = &view.findings.unclaimed;
    let make = move |block: usize| match blocks.get(block) {
        Some(schools) => schools.iter().flat_map(|(school, rows)| of_school(view, school, rows)).collect(),
        None => unclaimed.iter().map(|cited| row(view, None, cited, false)).collect(),
    };
    let more = Blocks::new((rows + unclaimed.len()) as u32, view.trail.schools.len().div_ceil(SCHOOLS) + 1, make);
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
        filter: more.rows,
        more,
        paper: Paper::A3,
        ..Sheet::default()
    }
}

fn of_school(view: &View<'_>, school: &SchoolFindings, rows: &[Row]) -> Vec<Vec<Cell>> {
    let citations = school.citations();
    let cited = |r: &Row| Some((citations.all().get(r.at as usize)?, r.bears));
    rows.iter().filter_map(cited).map(|(cited, bears)| row(view, Some(school), cited, bears)).collect()
}

fn row(view: &View<'_>, school: Option<&SchoolFindings>, cited: &Cited, bears: bool) -> Vec<Cell> {
    let e = &cited.evidence;
    let (school, tone) = match school {
        Some(s) => (s.school.name.clone(), Tone::Plain),
        None => (view.say(&msg!("report.unclaimed")), Tone::Doubtful),
    };
    let (judged, judged_tone) = phrases::judgement(view, e, bears);
    let counts: Vec<String> = e.counts.iter().chain(&e.amounts).map(|c| format!("{}{}", c.n, c.unit)).collect();
    vec![
        Cell::text(school).tone(tone),
        Cell::text(view.item_name(&e.item)),
        Cell::text(judged).tone(judged_tone),
        Cell::text(&e.quote),
        Cell::text(phrases::why_not(view, e)).tone(Tone::Muted),
        Cell::date(e.date),
        Cell::text(counts.join(&view.say(&msg!("report.list_comma")))),
        Cell::text(file_name(&cited.file)).to(view.file_link(&cited.file)),
        Cell::text(view.say(&e.place_message())),
        Cell::text(&e.rule).tone(Tone::Muted),
    ]
}
