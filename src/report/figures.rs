//! 数据汇总: the numbers that schools reported, summed per item and township; where two files disagree, both.

use crate::model::findings::ReportedFigure;
use crate::model::sheet::{Cell, Column, Sheet, Tone, names};
use crate::msg;
use crate::report::view::{View, file_name};
use std::collections::{BTreeMap, BTreeSet};

const WIDTH: u16 = 8;

/// What was counted: position of the item, its id, the words of the column's head.
type Indicator<'a> = (usize, &'a str, &'a str);

/// What one school reported under one indicator: the sum of each file, spreadsheets first.
type Reported<'a> = BTreeMap<(bool, &'a str), f64>;

/// The sheet.
pub fn sheet(view: &View<'_>) -> Sheet {
    let mut by_indicator: BTreeMap<Indicator<'_>, BTreeMap<&str, Reported<'_>>> = BTreeMap::new();
    for f in view.findings.figures.iter().filter(|f| f.figure.value.is_finite()) {
        let schools = by_indicator.entry(indicator(view, f)).or_default();
        *schools.entry(&f.school).or_default().entry((!f.from_sheet, &f.file)).or_default() += f.figure.value;
    }
    let mut rows = sums(view, &by_indicator);
    let filter = rows.len() as u32;
    if !rows.is_empty() {
        disagreements(view, &by_indicator, &mut rows);
        details(view, &mut rows);
    }
    Sheet {
        name: names::FIGURES.to_string(),
        heading: view.heading(&msg!("report.title_figures"), &msg!("report.figures_note")),
        columns: vec![
            Column::new(view.say(&msg!("report.col_item")), 9.0),
            Column::new(view.say(&msg!("report.col_indicator")), 12.0),
            Column::new(view.say(&msg!("report.col_township")), 10.0),
            Column::new(view.say(&msg!("report.col_sum")), 8.0),
            Column::new(view.say(&msg!("report.col_schools")), 8.0),
            Column::new(view.say(&msg!("report.col_disagree")), 9.0),
            Column::new("", 18.0),
            Column::new("", 14.0),
        ],
        rows,
        if_empty: view.say(&msg!("report.figures_none")),
        frozen_columns: 2,
        filter,
        ..Sheet::default()
    }
}

fn indicator<'a>(view: &View<'a>, f: &'a ReportedFigure) -> Indicator<'a> {
    let place = view.items.iter().position(|i| i.id == f.figure.item).unwrap_or(view.items.len());
    (place, &f.figure.item, &f.figure.indicator)
}

/// The number that enters the sum: the spreadsheet's before the document's, else the first file's.
fn taken(reported: &Reported<'_>) -> f64 {
    reported.values().next().copied().unwrap_or(0.0)
}

fn disagree(reported: &Reported<'_>) -> bool {
    let first = taken(reported);
    reported.values().any(|v| (v - first).abs() > 1e-9 * first.abs().max(1.0))
}

/// An indicator's whole, then township by township.
fn sums<'a>(view: &View<'a>, all: &BTreeMap<Indicator<'a>, BTreeMap<&str, Reported<'_>>>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for ((_, item, words), schools) in all {
        let mut townships: BTreeMap<&str, Vec<&Reported<'_>>> = BTreeMap::new();
        for (code, reported) in schools {
            let township = view.school(code).map_or("", |s| s.school.township.as_str());
            townships.entry(township).or_default().push(reported);
        }
        let whole = view.say(&msg!("report.whole_county"));
        rows.push(sum(view, item, words, &whole, &schools.values().collect::<Vec<_>>(), Tone::Total));
        if townships.len() > 1 {
            for (township, reported) in townships {
                rows.push(sum(view, item, words, township, &reported, Tone::Plain));
            }
        }
    }
    rows
}

fn sum(view: &View<'_>, item: &str, words: &str, township: &str, reported: &[&Reported<'_>], tone: Tone) -> Vec<Cell> {
    let differing = reported.iter().filter(|r| disagree(r)).count() as u32;
    let flagged = if differing > 0 {
        Cell::text(view.say(&msg!("report.schools_disagree", differing))).tone(Tone::Doubtful)
    } else {
        Cell::default().tone(tone)
    };
    vec![
        Cell::text(view.item(item).map_or(item, |i| i.name)).tone(tone),
        Cell::text(words).tone(tone),
        Cell::text(township).tone(tone),
        Cell::number(reported.iter().map(|r| taken(r)).sum::<f64>()).tone(tone),
        Cell::number(reported.len() as u32).tone(tone),
        flagged,
    ]
}

fn disagreements<'a>(
    view: &View<'a>,
    all: &BTreeMap<Indicator<'a>, BTreeMap<&'a str, Reported<'a>>>,
    rows: &mut Vec<Vec<Cell>>,
) {
    let section = rows.len();
    for ((_, item, words), schools) in all {
        for (code, reported) in schools.iter().filter(|(_, r)| disagree(r)) {
            for ((not_sheet, file), value) in reported {
                let kind = if *not_sheet { msg!("report.from_document") } else { msg!("report.from_sheet") };
                rows.push(vec![
                    Cell::text(view.item_name(item)),
                    Cell::text(*words),
                    Cell::text(view.say(&kind)),
                    Cell::number(*value).tone(Tone::Doubtful),
                    Cell::text(view.school_name(code)).across(2),
                    Cell::text(file_name(file)).to(view.file_link(file)),
                    Cell::default(),
                ]);
            }
        }
    }
    if rows.len() > section {
        let heads = [
            (msg!("report.col_item"), 1),
            (msg!("report.col_indicator"), 1),
            (msg!("report.col_file_kind"), 1),
            (msg!("report.col_value"), 1),
            (msg!("report.col_school"), 2),
            (msg!("report.col_file"), 1),
            (msg!("report.col_place"), 1),
        ];
        let heads = heads.iter().map(|(m, across)| Cell::text(view.say(m)).tone(Tone::Head).across(*across)).collect();
        let title = Cell::text(view.say(&msg!("report.figures_disagree"))).tone(Tone::Section).across(WIDTH);
        rows.splice(section..section, [Vec::new(), vec![title], heads]);
    }
}

fn details(view: &View<'_>, rows: &mut Vec<Vec<Cell>>) {
    rows.push(Vec::new());
    rows.push(vec![Cell::text(view.say(&msg!("report.figures_detail"))).tone(Tone::Section).across(WIDTH)]);
    let heads = [
        (msg!("report.col_item"), 1),
        (msg!("report.col_indicator"), 1),
        (msg!("report.col_township"), 1),
        (msg!("report.col_value"), 1),
        (msg!("report.col_school"), 2),
        (msg!("report.col_file"), 1),
        (msg!("report.col_place"), 1),
    ];
    rows.push(heads.iter().map(|(m, across)| Cell::text(view.say(m)).tone(Tone::Head).across(*across)).collect());
    let mut figures: Vec<&ReportedFigure> = view.findings.figures.iter().collect();
    figures.sort_by_key(|f| indicator(view, f));
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for f in figures {
        let strong = seen.insert((&f.figure.item, &f.figure.indicator));
        rows.push(vec![
            Cell::text(view.item_name(&f.figure.item)).tone(if strong { Tone::Strong } else { Tone::Plain }),
            Cell::text(&f.figure.indicator),
            Cell::text(view.school(&f.school).map_or("", |s| s.school.township.as_str())),
            Cell::number(f.figure.value),
            Cell::text(view.school_name(&f.school)).across(2),
            Cell::text(file_name(&f.file)).to(view.file_link(&f.file)),
            Cell::text(f.figure.place.text(view.layout.lang)),
        ]);
    }
}
