//! What is done of what is asked, township by township: numbers, and the chart over them.

use crate::model::findings::ItemKind;
use crate::model::sheet::{Cell, Chart, Series, Tone};
use crate::msg;
use crate::report::groups::townships;
use crate::report::tally::Items;
use crate::report::view::View;

/// Columns of the table.
const WIDTH: u16 = 8;
/// The most townships that a chart shows: more bars are no longer told apart.
const DRAWN: usize = 40;

/// Adds the table of townships and room for a chart, which is given; nothing where there are not two of them, or where
/// nothing is asked.
pub fn by_township(view: &View<'_>, rows: &mut Vec<Vec<Cell>>) -> Option<Chart> {
    let tallies: Vec<(String, Items)> = townships(view)
        .iter()
        .map(|township| {
            let name = match township.name {
                "" => view.say(&msg!("report.no_township")),
                name => name.to_string(),
            };
            let mut items = Items::default();
            let verdicts = township.schools().flat_map(|s| &s.verdicts).filter(|v| v.kind == ItemKind::Activity);
            verdicts.for_each(|v| items.add(v.status));
            (name, items)
        })
        .filter(|(_, items)| items.asked() > 0)
        .collect();
    if tallies.len() < 2 {
        return None;
    }
    let states = [
        (msg!("report.col_done"), Tone::Good),
        (msg!("report.col_doubtful"), Tone::Doubtful),
        (msg!("report.col_gaps"), Tone::Bad),
        (msg!("report.col_unreadable"), Tone::Unreadable),
        (msg!("report.col_waiting"), Tone::Muted),
    ];
    rows.push(Vec::new());
    rows.push(vec![Cell::text(view.say(&msg!("report.township_completion"))).tone(Tone::Section).across(WIDTH)]);
    let heads = [msg!("report.col_township"), msg!("report.col_asked")];
    let heads = heads.iter().chain(states.iter().map(|(m, _)| m)).map(|m| view.say(m));
    let heads = heads.chain([view.say(&msg!("report.col_completion"))]);
    rows.push(heads.map(|head| Cell::text(head).tone(Tone::Head)).collect());
    let first = rows.len() as u32;
    for (name, items) in &tallies {
        let asked = items.asked();
        let mut cells = vec![Cell::text(name).tone(Tone::Strong), Cell::number(asked)];
        let numbers = [items.done, items.doubtful, items.gaps, items.unreadable, items.waiting];
        for (n, (_, tone)) in numbers.into_iter().zip(&states) {
            cells.push(Cell::number(n).tone(if n > 0 { *tone } else { Tone::Muted }));
        }
        cells.push(Cell::share(items.done, asked));
        rows.push(cells);
    }
    let drawn = tallies.len().min(DRAWN) as u32;
    let room = drawn + 5;
    rows.push(Vec::new());
    let over = (rows.len() as u32, rows.len() as u32 + room - 1);
    rows.extend(std::iter::repeat_n(vec![Cell::default()], room as usize));
    Some(Chart {
        title: view.say(&msg!("report.township_completion")),
        categories: 0,
        series: (2..)
            .zip(&states)
            .map(|(column, (m, tone))| Series { name: view.say(m), column, tone: *tone })
            .collect(),
        rows: (first, first + drawn - 1),
        over,
        ..Chart::default()
    })
}
