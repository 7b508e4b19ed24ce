//! 报送情况: for the bulletin. Rates by category and by township, what is done and what arrived when, then the lists of
//! missing, late and on time.

use crate::model::findings::{SchoolFindings, Submission, SubmissionStatus};
use crate::model::sheet::{Cell, Column, Sheet, Tone};
use crate::msg;
use crate::report::arrivals;
use crate::report::completion;
use crate::report::groups::townships;
use crate::report::tally::Reports;
use crate::report::tones;
use crate::report::view::{View, file_name, received_by};

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let mut rows = Vec::new();
    let mut charts = Vec::new();
    if !view.findings.schools.is_empty() {
        by_unit(view, &mut rows);
        charts.extend(completion::by_township(view, &mut rows));
        charts.extend(arrivals::by_day(view, &mut rows));
        for status in [SubmissionStatus::Missing, SubmissionStatus::Late, SubmissionStatus::OnTime] {
            list(view, status, &mut rows);
        }
    }
    Sheet {
        heading: view.heading(&msg!("report.title_submissions"), &msg!("report.submissions_note")),
        columns: vec![
            Column::new(view.say(&msg!("report.col_unit")), 17.0),
            Column::centred(view.say(&msg!("report.col_category")), 8.0),
            Column::centred(view.say(&msg!("report.col_due")), 8.0),
            Column::centred(view.say(&msg!("report.col_came")), 9.0),
            Column::centred(view.say(&msg!("report.col_came_rate")), 8.0),
            Column::centred(view.say(&msg!("report.col_on_time_rate")), 8.0),
            Column::centred(view.say(&msg!("report.col_useful_rate")), 8.0),
            Column::centred(view.say(&msg!("report.col_late_days")), 7.0),
        ],
        rows,
        if_empty: view.say(&msg!("report.no_schools")),
        frozen_columns: 1,
        charts,
        ..Sheet::default()
    }
}

fn by_unit(view: &View<'_>, rows: &mut Vec<Vec<Cell>>) {
    let schools = &view.findings.schools;
    let all = msg!("report.group", msg!("report.whole_county"), schools.len());
    rows.push(unit(&view.say(&all), "", schools.iter(), Tone::Total));

    let mut categories: Vec<&str> = Vec::new();
    for school in schools {
        if !categories.contains(&school.school.category.as_str()) {
            categories.push(&school.school.category);
        }
    }
    for category in categories {
        let of_category: Vec<_> = schools.iter().filter(|s| s.school.category == category).collect();
        let name = view.say(&msg!("report.group", category, of_category.len()));
        rows.push(unit(&name, category, of_category.into_iter(), Tone::Strong));
    }
    for township in townships(view) {
        let name =
            if township.name.is_empty() { view.say(&msg!("report.no_township")) } else { township.name.to_string() };
        let name = view.say(&msg!("report.group", name, township.schools().count()));
        rows.push(unit(&name, "", township.schools(), Tone::Strong));
        for cluster in township.clusters.iter().filter(|c| c.schools.len() > 1) {
            if let Some(centre) = cluster.centre {
                let name = view.say(&msg!("report.group_of_centre", view.school_name(centre), cluster.schools.len()));
                rows.push(unit(&name, "", cluster.schools.iter().copied(), Tone::Plain));
            }
        }
    }
}

fn unit<'a>(name: &str, category: &str, schools: impl Iterator<Item = &'a SchoolFindings>, tone: Tone) -> Vec<Cell> {
    let r = Reports::of(schools);
    let whole_row = if tone == Tone::Total { Tone::Total } else { Tone::Plain };
    let mut cells = vec![
        Cell::text(name),
        Cell::text(category),
        Cell::number(r.due),
        Cell::number(r.came),
        Cell::share(r.came, r.due),
        Cell::share(r.on_time, r.due),
        Cell::share(r.useful, r.due),
        if r.days_late > 0 { Cell::number(r.days_late) } else { Cell::default() },
    ];
    cells.iter_mut().for_each(|c| c.tone = whole_row);
    if let Some(first) = cells.first_mut() {
        first.tone = tone;
    }
    cells
}

fn list(view: &View<'_>, status: SubmissionStatus, rows: &mut Vec<Vec<Cell>>) {
    let mut schools: Vec<_> = view.findings.schools.iter().filter(|s| s.submission.status == status).collect();
    schools.sort_by_key(|s| std::cmp::Reverse(s.submission.days_late));
    let (title, none) = match status {
        SubmissionStatus::Missing => (msg!("report.list_missing", schools.len()), msg!("report.list_missing_none")),
        SubmissionStatus::Late => (msg!("report.list_late", schools.len()), msg!("report.list_late_none")),
        _ => (msg!("report.list_on_time", schools.len()), msg!("report.list_on_time_none")),
    };
    rows.push(Vec::new());
    rows.push(vec![Cell::text(view.say(&title)).tone(Tone::Section).across(8)]);
    if schools.is_empty() {
        rows.push(vec![Cell::text(view.say(&none)).tone(Tone::Note).across(8)]);
        return;
    }
    let heads = [
        (msg!("report.col_school"), 1),
        (msg!("report.col_category"), 1),
        (msg!("report.col_township"), 1),
        (msg!("report.col_received"), 1),
        (msg!("report.col_received_by"), 1),
        (msg!("report.col_late_days"), 1),
        (msg!("report.col_files"), 2),
    ];
    rows.push(heads.iter().map(|(m, across)| Cell::text(view.say(m)).tone(Tone::Head).across(*across)).collect());
    rows.extend(schools.into_iter().map(|s| line(view, s)));
}

fn line(view: &View<'_>, school: &SchoolFindings) -> Vec<Cell> {
    let s = &school.submission;
    vec![
        Cell::text(&school.school.name).tone(tones::of_submission(s, view.is_past_deadline())),
        Cell::text(&school.school.category),
        Cell::text(&school.school.township),
        Cell::time(s.received_at.as_ref().map(|t| view.local(t))),
        Cell::text(s.received_by.map_or_else(String::new, |by| view.say(&received_by(by)))),
        if s.days_late > 0 { Cell::number(s.days_late) } else { Cell::default() },
        files(view, s).across(2),
    ]
}

fn files(view: &View<'_>, submission: &Submission) -> Cell {
    match submission.files.as_slice() {
        [] => Cell::default(),
        [only] => Cell::text(file_name(only)).to(view.file_link(only)),
        [first, rest @ ..] => Cell::text(view.say(&msg!("report.first_of_files", file_name(first), rest.len() + 1)))
            .to(view.file_link(first)),
    }
}
