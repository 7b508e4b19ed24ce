//! 数据汇总: the numbers that schools reported, summed per indicator, township and 中心校; where two files disagree, both; and
//! what stands where a number should.

use crate::model::findings::{ReportedFigure, SchoolFindings};
use crate::model::flag::{Flag, FlagKind};
use crate::model::sheet::{Blocks, Cell, Column, Sheet, Tone};
use crate::msg;
use crate::report::groups::townships;
use crate::report::view::{View, file_name};
use std::collections::{BTreeMap, BTreeSet};

const WIDTH: u16 = 8;

/// What was counted: position of the item, its id, the words of the column's head.
type Indicator<'a> = (usize, &'a str, &'a str);

/// What one school reported under one indicator: the sum of each file, spreadsheets first.
type Reported<'a> = BTreeMap<(bool, &'a str), f64>;

/// The numbers of an indicator, by school.
type BySchool<'a> = BTreeMap<&'a str, Reported<'a>>;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let mut by_indicator: BTreeMap<Indicator<'_>, BySchool<'_>> = BTreeMap::new();
    for f in view.findings.figures.iter().filter(|f| f.figure.value.is_finite()) {
        let schools = by_indicator.entry(indicator(view, f)).or_default();
        *schools.entry(&f.school).or_default().entry((!f.from_sheet, &f.file)).or_default() += f.figure.value;
    }
    let mut rows = Vec::new();
    if !by_indicator.is_empty() {
        // What was asked for and nobody told stands there too.
        for (place, declared) in view.findings.campaign.indicators.iter().enumerate() {
            by_indicator.entry((place, declared.activity.as_deref().unwrap_or(""), &declared.name)).or_default();
        }
        rows = sums(view, &by_indicator);
    }
    let filter = rows.len() as u32;
    if !rows.is_empty() {
        disagreements(view, &by_indicator, &mut rows);
    }
    doubts(view, &mut rows);
    let more = if filter > 0 { details(view, &mut rows) } else { Blocks::default() };
    Sheet {
        heading: view.heading(&msg!("report.title_figures"), &msg!("report.figures_note")),
        columns: vec![
            Column::new(view.say(&msg!("report.col_item")), 9.0),
            Column::new(view.say(&msg!("report.col_indicator")), 12.0),
            Column::new(view.say(&msg!("report.col_township_or_centre")), 12.0),
            Column::new(view.say(&msg!("report.col_sum")), 8.0),
            Column::new(view.say(&msg!("report.col_schools")), 8.0),
            Column::new(view.say(&msg!("report.col_disagree")), 9.0),
            Column::new("", 18.0),
            Column::new("", 14.0),
        ],
        rows,
        more,
        if_empty: view.say(&msg!("report.figures_none")),
        frozen_columns: 2,
        filter,
        ..Sheet::default()
    }
}

/// Indicators stand in the order in which they are declared, else in that of their activities.
fn indicator<'a>(view: &View<'a>, f: &'a ReportedFigure) -> Indicator<'a> {
    let declared = view.findings.campaign.indicators.iter().position(|i| i.name == f.figure.indicator);
    let item = || view.items.iter().position(|i| i.id == f.figure.item).unwrap_or(view.items.len());
    (declared.unwrap_or_else(item), &f.figure.item, &f.figure.indicator)
}

/// The indicator with what it is measured in.
fn measured(view: &View<'_>, words: &str) -> String {
    let declared = view.findings.campaign.indicators.iter().find(|i| i.name == words && !i.unit.is_empty());
    declared.map_or_else(|| words.to_string(), |i| view.say(&msg!("report.indicator_unit", &i.name, &i.unit)))
}

/// The number that enters the sum: the spreadsheet's before the document's, else the first file's.
fn taken(reported: &Reported<'_>) -> f64 {
    reported.values().next().copied().unwrap_or(0.0)
}

fn disagree(reported: &Reported<'_>) -> bool {
    let first = taken(reported);
    reported.values().any(|v| (v - first).abs() > 1e-9 * first.abs().max(1.0))
}

/// An indicator's whole, then township by township, each with its 中心校 where it has several units.
fn sums<'a>(view: &View<'a>, all: &BTreeMap<Indicator<'a>, BySchool<'a>>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let townships = townships(view);
    for ((_, item, words), schools) in all {
        let of = |some: &mut dyn Iterator<Item = &SchoolFindings>| -> Vec<&Reported<'_>> {
            some.filter_map(|s| schools.get(s.school.code.as_str())).collect()
        };
        let mut add = |who: &str, reported: &[&Reported<'_>], tone| {
            rows.push(sum(view, item, words, who, reported, tone));
        };
        add(&view.say(&msg!("report.whole_county")), &schools.values().collect::<Vec<_>>(), Tone::Total);
        let told: Vec<_> = townships.iter().map(|t| (t, of(&mut t.schools()))).filter(|(_, r)| !r.is_empty()).collect();
        if told.len() < 2 {
            continue;
        }
        for (township, reported) in told {
            let name = if township.name.is_empty() {
                view.say(&msg!("report.no_township"))
            } else {
                township.name.to_string()
            };
            add(&name, &reported, Tone::Plain);
            for cluster in &township.clusters {
                let own = of(&mut cluster.schools.iter().copied());
                if let Some(centre) = cluster.centre.filter(|_| !own.is_empty() && own.len() < reported.len()) {
                    let name = view.say(&msg!("report.centre_of_township", view.school_name(centre)));
                    add(&name, &own, Tone::Muted);
                }
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
    let sum = match reported {
        [] => Cell::default(),
        some => Cell::number(some.iter().map(|r| taken(r)).sum::<f64>()),
    };
    vec![
        Cell::text(view.item(item).map_or(item, |i| i.name)).tone(tone),
        Cell::text(measured(view, words)).tone(tone),
        Cell::text(township).tone(tone),
        sum.tone(tone),
        Cell::number(reported.len() as u32).tone(tone),
        flagged,
    ]
}

/// What stands where a number is asked for and is none, and totals that do not add up.
fn doubts(view: &View<'_>, rows: &mut Vec<Vec<Cell>>) {
    let is_doubt = |f: &&Flag| matches!(f.kind, FlagKind::NotANumber | FlagKind::TotalsDisagree);
    let flags: Vec<&Flag> = view.findings.flags.iter().filter(is_doubt).collect();
    if flags.is_empty() {
        return;
    }
    if !rows.is_empty() {
        rows.push(Vec::new());
    }
    rows.push(vec![Cell::text(view.say(&msg!("report.figures_doubtful"))).tone(Tone::Section).across(WIDTH)]);
    let heads = [
        (msg!("report.col_item"), 1),
        (msg!("report.col_kind"), 1),
        (msg!("report.col_seen"), 4),
        (msg!("report.col_file"), 2),
    ];
    rows.push(heads.iter().map(|(m, across)| Cell::text(view.say(m)).tone(Tone::Head).across(*across)).collect());
    for flag in flags {
        let file = flag.files.first();
        rows.push(vec![
            Cell::text(flag.item.as_deref().map_or("", |id| view.item_name(id))),
            Cell::text(view.say(&flag.kind.message())).tone(Tone::Doubtful),
            Cell::text(view.say(&flag.message)).across(4),
            file.map_or_else(Cell::default, |f| Cell::text(file_name(f)).to(view.file_link(f))).across(2),
        ]);
    }
}

fn disagreements<'a>(view: &View<'a>, all: &BTreeMap<Indicator<'a>, BySchool<'a>>, rows: &mut Vec<Vec<Cell>>) {
    let section = rows.len();
    for ((_, item, words), schools) in all {
        for (code, reported) in schools.iter().filter(|(_, r)| disagree(r)) {
            for ((not_sheet, file), value) in reported {
                let kind = if *not_sheet { msg!("report.from_document") } else { msg!("report.from_sheet") };
                rows.push(vec![
                    Cell::text(view.item_name(item)),
                    Cell::text(measured(view, words)),
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

/// The heads of the single numbers, and the rows below.
fn details<'a>(view: &'a View<'a>, rows: &mut Vec<Vec<Cell>>) -> Blocks<'a> {
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
    let first = |f: &'a ReportedFigure| seen.insert((&f.figure.item, &f.figure.indicator));
    let firsts: Vec<bool> = figures.iter().copied().map(first).collect();
    Blocks::of(figures.into_iter().zip(firsts).collect(), |(f, first)| {
        vec![
            Cell::text(view.item_name(&f.figure.item)).tone(if *first { Tone::Strong } else { Tone::Plain }),
            Cell::text(measured(view, &f.figure.indicator)),
            Cell::text(view.school(&f.school).map_or("", |s| s.school.township.as_str())),
            Cell::number(f.figure.value),
            Cell::text(view.school_name(&f.school)).across(2),
            Cell::text(file_name(&f.file)).to(view.file_link(&f.file)),
            Cell::text(f.figure.place.text(view.layout.lang)),
        ]
    })
}
