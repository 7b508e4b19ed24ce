//! 汇总表: school × item, by township and 中心校, with completion rates; printable on A3.

use crate::model::findings::{SchoolFindings, Verdict};
use crate::model::message::Message;
use crate::model::sheet::{Blocks, Cell, Column, Link, Paper, Sheet, Tone, names};
use crate::msg;
use crate::report::groups::{Cluster, Township, townships};
use crate::report::phrases;
use crate::report::tally::{Items, Reports};
use crate::report::view::View;
use std::sync::Arc;

/// The most items whose columns an upright page holds legibly; it takes twice as many schools as a landscape one.
const UPRIGHT: usize = 10;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let mut table = Table { view, lines: Vec::new(), folds: Vec::new() };
    if !view.findings.schools.is_empty() {
        let all: Vec<_> = view.findings.schools.iter().collect();
        let whole = view.say(&msg!("report.whole_county"));
        table.subtotal(&whole.into(), msg!("report.total", all.len()), all);
        for township in townships(view) {
            table.township(&township);
        }
    }
    let more = Blocks::of(table.lines, |line| line.cells(view));
    Sheet {
        heading: view.heading(&msg!("report.title_matrix"), &msg!("report.matrix_note")),
        columns: columns(view),
        if_empty: view.say(&msg!("report.no_schools")),
        frozen_columns: 2,
        filter: more.rows,
        more,
        folds: table.folds,
        paper: if view.items.len() > UPRIGHT { Paper::A3 } else { Paper::A3Upright },
        ..Sheet::default()
    }
}

fn columns(view: &View<'_>) -> Vec<Column> {
    let mut columns = vec![
        Column::new(view.say(&msg!("report.col_township")), 5.5),
        Column::new(view.say(&msg!("report.col_school")), 16.0),
        Column::new(view.say(&msg!("report.col_category")), 6.5),
        Column::centred(view.say(&msg!("report.col_submission")), 7.5),
    ];
    columns.extend(view.items.iter().map(|item| Column::centred(item.name, 5.0)));
    columns.push(Column::centred(view.say(&msg!("report.col_done_of_asked")), 5.5));
    columns.push(Column::centred(view.say(&msg!("report.col_completion")), 4.5));
    columns.push(Column::centred(view.say(&msg!("report.col_open")), 3.5));
    columns
}

/// A row, before it is made.
struct Line<'a> {
    township: Arc<str>,
    of: Of<'a>,
}

enum Of<'a> {
    School(&'a SchoolFindings),
    /// A subtotal over schools, and what it is called.
    Schools(Message, Vec<&'a SchoolFindings>),
}

struct Table<'a> {
    view: &'a View<'a>,
    lines: Vec<Line<'a>>,
    folds: Vec<(u32, u32)>,
}

impl<'a> Table<'a> {
    fn township(&mut self, township: &Township<'a>) {
        let schools: Vec<_> = township.schools().collect();
        let name: Arc<str> = match township.name {
            "" => self.view.say(&msg!("report.no_township")).into(),
            name => name.into(),
        };
        self.subtotal(&name, msg!("report.subtotal", schools.len()), schools);
        let first = self.lines.len() as u32;
        let alone = township.clusters.len() == 1;
        for cluster in &township.clusters {
            self.cluster(&name, cluster, alone);
        }
        self.folds.push((first, self.lines.len() as u32 - 1));
    }

    /// A 中心校 has a subtotal of its own, unless it is the whole township.
    fn cluster(&mut self, township: &Arc<str>, cluster: &Cluster<'a>, alone: bool) {
        let subtotal = cluster.centre.filter(|_| !alone && cluster.schools.len() > 1);
        if let Some(centre) = subtotal {
            let name = msg!("report.group_of_centre", self.view.school_name(centre), cluster.schools.len());
            self.subtotal(township, name, cluster.schools.clone());
        }
        let first = self.lines.len() as u32;
        let line = |school| Line { township: Arc::clone(township), of: Of::School(school) };
        self.lines.extend(cluster.schools.iter().copied().map(line));
        if subtotal.is_some() {
            self.folds.push((first, self.lines.len() as u32 - 1));
        }
    }

    fn subtotal(&mut self, township: &Arc<str>, name: Message, schools: Vec<&'a SchoolFindings>) {
        self.lines.push(Line { township: Arc::clone(township), of: Of::Schools(name, schools) });
    }
}

impl Line<'_> {
    fn cells(&self, view: &View<'_>) -> Vec<Cell> {
        match &self.of {
            Of::School(school) => row(view, &self.township, school),
            Of::Schools(name, schools) => subtotal(view, &self.township, name, schools),
        }
    }
}

/// How many of the schools reported and completed each item.
fn subtotal(view: &View<'_>, township: &str, name: &Message, schools: &[&SchoolFindings]) -> Vec<Cell> {
    let reports = Reports::of(schools.iter().copied());
    let mut cells = vec![
        Cell::text(township),
        Cell::text(view.say(name)),
        Cell::default(),
        Cell::text(view.say(&msg!("report.came_of_due", reports.came, reports.due))),
    ];
    let mut sum = Items::default();
    for item in &view.items {
        let items = Items::of_item(schools.iter().copied(), item.id);
        cells.push(Cell::share(items.done, items.asked()));
    }
    schools.iter().flat_map(|s| &s.verdicts).for_each(|v| sum.add(v.status));
    cells.push(Cell::text(format!("{}/{}", sum.done, sum.asked())));
    cells.push(Cell::share(sum.done, sum.asked()));
    cells.push(Cell::number(schools.iter().map(|s| view.open(&s.school.code)).sum::<u32>()));
    cells.into_iter().map(|c| c.tone(Tone::Total)).collect()
}

fn row(view: &View<'_>, township: &str, school: &SchoolFindings) -> Vec<Cell> {
    let (arrival, arrival_tone) = phrases::arrival(view, school);
    let mut cells = vec![
        Cell::text(township).tone(Tone::Muted),
        Cell::text(&school.school.name),
        Cell::text(&school.school.category),
        Cell::text(arrival).tone(arrival_tone),
    ];
    let mut items = Items::default();
    for item in &view.items {
        let verdict = school.verdicts.iter().find(|v| v.item == item.id);
        cells.push(verdict.map_or_else(Cell::default, |v| symbol(view, school, v)));
        verdict.into_iter().for_each(|v| items.add(v.status));
    }
    cells.push(Cell::text(format!("{}/{}", items.done, items.asked())));
    cells.push(Cell::share(items.done, items.asked()));
    let open = view.open(&school.school.code);
    cells.push(if open > 0 { Cell::number(open) } else { Cell::default() });
    cells
}

/// The symbol of a verdict; a click leads to its evidence, else to the row where it is to be decided.
fn symbol(view: &View<'_>, school: &SchoolFindings, verdict: &Verdict) -> Cell {
    let code = &school.school.code;
    let evidence = view.trail.best(code, &verdict.item).map(|row| Link::Row(names::EVIDENCE.to_string(), row, 0));
    let own_or_whole = view.gap_link(code, &verdict.item).or_else(|| view.gap_link(code, ""));
    let (symbol, tone) = phrases::symbol(verdict, &school.submission);
    let link = if verdict.ruled.is_some() { own_or_whole } else { evidence.or(own_or_whole) };
    Cell::text(symbol).tone(tone).to(link)
}
