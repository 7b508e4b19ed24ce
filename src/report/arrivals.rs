//! When reports arrived, day by day against the deadline: numbers, and the chart over them.

use crate::model::findings::SubmissionStatus;
use crate::model::sheet::{Bars, Cell, Chart, Series, Tone};
use crate::msg;
use crate::report::tally::came;
use crate::report::view::View;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Columns of the table.
const WIDTH: u16 = 8;
/// So many days in a row are shown with those on which nothing came; of a longer time only those on which something did.
const DAYS: i64 = 45;
/// The most days that a chart shows, the last ones.
const DRAWN: usize = 60;
/// Rows that the chart covers.
const ROOM: u32 = 12;

/// Adds the table of days and room for a chart, which is given; nothing where no report has come.
pub fn by_day(view: &View<'_>, rows: &mut Vec<Vec<Cell>>) -> Option<Chart> {
    let reporters = view.findings.schools.iter().map(|s| &s.submission).filter(|s| s.must_report);
    let due = reporters.clone().count() as u32;
    let mut days: BTreeMap<NaiveDate, [u32; 2]> = BTreeMap::new();
    for submission in reporters.filter(|s| came(s)) {
        let Some(day) = submission.received_at.as_ref().map(|t| view.local(t).date()) else { continue };
        let late = submission.status == SubmissionStatus::Late;
        if let Some(n) = days.entry(day).or_default().get_mut(usize::from(late)) {
            *n += 1;
        }
    }
    let first = *days.first_key_value()?.0;
    let deadline = view.findings.campaign.deadline.shifted_to;
    if deadline <= view.local(&view.findings.as_of).date() {
        days.entry(deadline).or_default();
    }
    let last = *days.last_key_value()?.0;
    if (last - first).num_days() < DAYS {
        for day in first.iter_days().take_while(|day| *day <= last) {
            days.entry(day).or_default();
        }
    }
    rows.push(Vec::new());
    rows.push(vec![Cell::text(view.say(&msg!("report.arrivals"))).tone(Tone::Section).across(WIDTH)]);
    let (in_time, late) = (msg!("report.arrived_in_time"), msg!("report.arrived_late"));
    let heads = [
        msg!("report.col_date"),
        in_time.clone(),
        late.clone(),
        msg!("report.col_so_far"),
        msg!("report.col_came_rate"),
    ];
    rows.push(heads.iter().map(|m| Cell::text(view.say(m)).tone(Tone::Head)).collect());
    let start = rows.len() as u32;
    let mut so_far = 0;
    for (day, [in_time, late]) in &days {
        so_far += in_time + late;
        let date = view.say(&match *day == deadline {
            true => msg!("report.day_of_deadline", day.month(), day.day()),
            false => msg!("report.day", day.month(), day.day()),
        });
        let number = |n: u32, tone| if n > 0 { Cell::number(n).tone(tone) } else { Cell::number(0).tone(Tone::Muted) };
        rows.push(vec![
            Cell::text(date).tone(if *day == deadline { Tone::Strong } else { Tone::Plain }),
            number(*in_time, Tone::Good),
            number(*late, Tone::Doubtful),
            Cell::number(so_far),
            Cell::share(so_far, due),
        ]);
    }
    let end = rows.len() as u32;
    rows.push(Vec::new());
    let over = (rows.len() as u32, rows.len() as u32 + ROOM - 1);
    rows.extend(std::iter::repeat_n(vec![Cell::default()], ROOM as usize));
    let kinds = [(in_time, 1, Tone::Good), (late, 2, Tone::Doubtful)];
    let series = kinds.into_iter().map(|(m, column, tone)| Series { name: view.say(&m), column, tone });
    Some(Chart {
        bars: Bars::Upright,
        title: view.say(&msg!("report.arrivals")),
        categories: 0,
        series: series.collect(),
        rows: (end - (end - start).min(DRAWN as u32), end - 1),
        over,
    })
}
