//! 证据明细: every piece of evidence, and every hit that does not count, with its reason.

use crate::model::findings::{Cited, SchoolFindings};
use crate::model::limits;
use crate::model::place::Place;
use crate::model::sheet::{Blocks, Cell, Column, Paper, Sheet, Tone, Value};
use crate::model::thumbnail::Thumbnail;
use crate::msg;
use crate::report::phrases;
use crate::report::trail::{Row, Rows};
use crate::report::view::{View, file_name};
use std::sync::Arc;

/// The width of the column of photographs in Chinese characters: one of 160 pixels has room.
const PHOTO_WIDTH: f64 = 12.0;
/// Where it stands: in view without scrolling.
const PHOTO_AT: usize = 3;
/// Stands between sentences of one paragraph, whether others stand between them there or not.
const BETWEEN: &str = " … ";
/// The rows of so many schools are made at a time.
const SCHOOLS: usize = 32;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let blocks: Vec<&[(&SchoolFindings, Rows)]> = view.trail.schools.chunks(SCHOOLS).collect();
    let of = |(school, rows): &(&SchoolFindings, Rows)| rows.len() + view.layout.photographs(school).count();
    let rows = view.trail.schools.iter().map(of).sum::<usize>();
    let unclaimed = &view.findings.unclaimed;
    let make = move |block: usize| match blocks.get(block) {
        Some(schools) => schools.iter().flat_map(|(school, rows)| of_school(view, school, rows)).collect(),
        None => unclaimed.iter().map(|cited| row(view, None, cited, Vec::new(), false)).collect(),
    };
    let more = Blocks::new((rows + unclaimed.len()) as u32, view.trail.schools.len().div_ceil(SCHOOLS) + 1, make);
    let mut columns = vec![
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
    ];
    let mut heading = view.heading(&msg!("report.title_evidence"), &msg!("report.evidence_note"));
    if view.trail.left_out > 0 {
        let note = view.say(&msg!("report.only_bearing", view.trail.left_out));
        heading.push(vec![Cell::text(note).tone(Tone::Doubtful)]);
    }
    if let Some(album) = &view.layout.album {
        columns.insert(PHOTO_AT, Column::new(view.say(&msg!("report.col_photo")), PHOTO_WIDTH));
        if album.left_out > 0 {
            let note = view.say(&msg!("report.photos_left_out", limits::THUMBNAILS, album.left_out));
            heading.push(vec![Cell::text(note).tone(Tone::Note)]);
        }
    }
    Sheet {
        heading,
        columns,
        if_empty: view.say(&msg!("report.evidence_none")),
        frozen_columns: 2,
        filter: more.rows,
        more,
        paper: Paper::A3,
        ..Sheet::default()
    }
}

fn of_school(view: &View<'_>, school: &SchoolFindings, rows: &Rows) -> Vec<Vec<Cell>> {
    let citations = school.citations();
    let cited = |at: u32| citations.all().get(at as usize);
    let more = |r: &Row| r.more.iter().filter_map(|at| cited(*at)).map(|c| c.evidence.quote.as_str()).collect();
    let shown = |r: Row| Some(row(view, Some(school), cited(r.at)?, more(&r), r.bears));
    let evidence = rows.iter().filter_map(shown);
    evidence.chain(view.layout.photographs(school).map(|(file, one)| photograph(view, school, file, one))).collect()
}

/// A photograph, with what is known of it in the words of the other columns.
fn photograph(view: &View<'_>, school: &SchoolFindings, file: &str, thumbnail: &Arc<Thumbnail>) -> Vec<Cell> {
    let of = &thumbnail.of;
    let small = match &thumbnail.small {
        Ok(_) => Cell { value: Value::Picture(Arc::clone(thumbnail)), ..Cell::default() },
        Err(why) => Cell::text(view.say(why)).tone(Tone::Muted),
    };
    let place = of
        .place
        .as_ref()
        .filter(|place| **place != Place::Whole)
        .map(|place| view.say(&place.message()))
        .unwrap_or_default();
    vec![
        Cell::text(&school.school.name),
        Cell::default(),
        Cell::text(view.say(&msg!("report.photo"))),
        small,
        Cell::text(phrases::photograph(view, file, of)),
        Cell::default(),
        Cell::date(of.taken.map(|taken| taken.date())),
        Cell::default(),
        Cell::text(file_name(file)).to(view.file_link(file)),
        Cell::text(place),
        Cell::default(),
    ]
}

/// `more` are further sentences that say the same.
fn row<'c>(
    view: &View<'_>,
    school: Option<&SchoolFindings>,
    cited: &'c Cited,
    mut more: Vec<&'c str>,
    bears: bool,
) -> Vec<Cell> {
    let e = &cited.evidence;
    more.insert(0, &e.quote);
    let (school, tone) = match school {
        Some(s) => (s.school.name.to_string(), Tone::Plain),
        None => (view.say(&msg!("report.unclaimed")), Tone::Doubtful),
    };
    let (judged, judged_tone) = phrases::judgement(view, e, bears);
    let counts: Vec<String> = e.counts.iter().chain(&e.amounts).map(|c| format!("{}{}", c.n, c.unit)).collect();
    let mut cells = vec![
        Cell::text(school).tone(tone),
        Cell::text(view.item_name(&e.item)),
        Cell::text(judged).tone(judged_tone),
        Cell::text(more.join(BETWEEN)),
        Cell::text(phrases::why_not(view, e)).tone(Tone::Muted),
        Cell::date(e.date),
        Cell::text(counts.join(&view.say(&msg!("report.list_comma")))),
        Cell::text(file_name(&cited.file)).to(view.file_link(&cited.file)),
        Cell::text(view.say(&e.place_message())),
        Cell::text(&e.rule).tone(Tone::Muted),
    ];
    if view.layout.album.is_some() {
        cells.insert(PHOTO_AT, Cell::default());
    }
    cells
}
