//! Tables whose rows or columns are the items: the name in one cell, what became of it in others.

use crate::detect::assertion::Scan;
use crate::detect::cells::{Judged, days, heads, is_head, judge_cells, width};
use crate::detect::engine::Engine;
use crate::detect::expression::Letters;
use crate::detect::matcher::{Finds, Hit};
use crate::detect::page::Page;
use crate::detect::replies::answer_for;
use crate::detect::subject::{self, Subject};
use crate::model::document::{Row, Table};
use crate::model::place::Place;
use crate::model::reading::{Assertion, Figure, Strength};
use crate::model::rules::Category;
use std::collections::BTreeSet;

/// The most characters of a column's head.
const HEAD: usize = 24;

/// Finds items in tables.
pub fn find(page: &Page<'_>, _scans: &[Scan<'_>], engine: &Engine) -> Finds {
    let planned = page.mood.as_ref().is_some_and(|m| m.category == Category::Planned);
    let mut finds = Finds::default();
    for (place, table) in &page.tables {
        // Heads are short, so that topics will do where many of them are items.
        let mut found = by_columns(page, place, table, engine, Engine::items_of_label, 3);
        if found.hits.is_empty() {
            found = by_rows(page, place, table, engine);
        }
        if found.hits.is_empty() {
            found = by_columns(page, place, table, engine, Engine::items_named, 2);
        }
        if found.hits.is_empty() {
            found = by_title(page, place, table, engine);
        }
        // What nobody sees and what another year's sheet says is no number of this campaign.
        if table.hidden || page.is_of_past_year(place) {
            found.figures.clear();
        }
        if let Some(title) = &page.foreign {
            for hit in found.hits.iter_mut().filter(|h| h.assertion.counts()) {
                (hit.assertion, hit.cue) = (Assertion::OtherSubject, Some(title.clone()));
            }
            found.figures.clear();
        }
        for hit in found.hits.iter_mut().filter(|h| planned && h.assertion == Assertion::Done) {
            hit.assertion = Assertion::Planned;
        }
        finds.hits.extend(found.hits);
        finds.figures.extend(found.figures);
    }
    finds
}

/// The item's name at the left, the rest of the row speaks of it.
fn by_rows(page: &Page<'_>, place: &Place, table: &Table, engine: &Engine) -> Finds {
    let mut finds = Finds::default();
    let labelled: Vec<(usize, usize, usize)> = table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !names_several(row, engine) && !is_total(row))
        .filter_map(|(at, row)| {
            row.cells.iter().take(3).enumerate().find_map(|(n, cell)| {
                let label = cell.text.as_str();
                let items = if label.chars().count() <= 24 { engine.items_of_label(label) } else { Vec::new() };
                match items.as_slice() {
                    [item] if (row.cells.len() > n + 1 || at > 0) && !is_of_others(label, engine) => {
                        Some((at, n, *item))
                    }
                    _ => None,
                }
            })
        })
        .collect();
    let Some(&(first, _, _)) = labelled.first() else { return finds };
    let heads = heads(&table.rows[..first], width(table));
    for (at, label, item) in labelled {
        let row = &table.rows[at];
        let rest: Vec<_> = row.cells.iter().skip(label + 1).collect();
        let mut judged = judge_cells(&rest, &heads, page, engine);
        if let Some(judged) = judged.as_mut().filter(|j| j.dates.is_empty()) {
            // 10月12日 | 专题会议 | …: a timetable has the day before the deed.
            let ahead = row.cells.iter().take(label);
            let head = |column| heads.get(&column).map_or("", String::as_str);
            judged.dates.extend(ahead.flat_map(|c| days(&c.text, head(c.column), page)));
        }
        // 10月26日举办 in what was signed on the 19th.
        let is_later = |j: &Judged| !j.dates.is_empty() && j.dates.iter().all(|day| page.is_later(*day));
        if let Some(judged) = judged.as_mut().filter(|j| j.assertion == Assertion::Done && is_later(j)) {
            (judged.assertion, judged.cue) = (Assertion::Planned, judged.dates.first().map(|d| d.to_string()));
        }
        push(&mut finds, judged, item, place, row, engine, None);
    }
    finds
}

/// Whether a label names what somebody else did, 参加县扶贫推进会, or another matter: 入户宣传秋季防火.
fn is_of_others(label: &str, engine: &Engine) -> bool {
    let words = engine.indexed_in(label);
    let Subject { own, related, other, .. } = subject::of(label, &words, &(0..label.len()), engine);
    if other.is_some() && !own && !related {
        return true;
    }
    let cues = engine.cues_in(&Letters::new(label), &words);
    cues.iter().any(|c| c.category == Category::OtherUnit)
}

/// Whether a row sums up others.
fn is_total(row: &Row) -> bool {
    let first = row.cells.iter().take(3).map(|c| c.text.as_str());
    first.filter(|t| t.chars().count() <= 6).any(|t| ["合计", "总计", "小计", "累计"].iter().any(|w| t.contains(w)))
}

/// Whether a row's short cells name several items: it is a head, and no item's own row.
fn names_several(row: &Row, engine: &Engine) -> bool {
    let short = row.cells.iter().map(|c| c.text.as_str()).filter(|t| t.chars().count() <= 8);
    let mut items: Vec<usize> = short.flat_map(|t| engine.items_named(t)).collect();
    items.sort_unstable();
    items.dedup();
    items.len() >= 2
}

/// The items at the top, so many at least, a school a row.
fn by_columns(
    page: &Page<'_>,
    place: &Place,
    table: &Table,
    engine: &Engine,
    items_of: fn(&Engine, &str) -> Vec<usize>,
    least: usize,
) -> Finds {
    let mut finds = Finds::default();
    let named = |row: &Row| -> Vec<(usize, u32, u32)> {
        row.cells
            .iter()
            .filter(|c| c.text.chars().count() <= HEAD)
            .filter_map(|c| match items_of(engine, &c.text).as_slice() {
                [item] => Some((*item, c.column, c.columns.max(1))),
                _ => None,
            })
            .collect()
    };
    let distinct = |row: &Row| named(row).iter().map(|(item, ..)| *item).collect::<BTreeSet<_>>().len();
    let Some(top) = table.rows.iter().position(|r| is_head(r, engine) && distinct(r) >= least) else { return finds };
    let columns = named(&table.rows[top]);
    let body = (top + 1..table.rows.len()).find(|&r| !is_head(&table.rows[r], engine)).unwrap_or(table.rows.len());
    let heads = heads(&table.rows[..body], width(table));
    let school = heads.iter().find(|(_, h)| ["学校", "单位", "名称"].iter().any(|w| h.contains(w))).map(|(c, _)| *c);
    for row in &table.rows[body..] {
        let unit = school.and_then(|c| row.cells.iter().find(|cell| cell.column == c)).map(|c| c.text.clone());
        if is_total(row) || unit.as_deref().is_some_and(str::is_empty) {
            continue;
        }
        for &(item, column, width) in &columns {
            let cells: Vec<_> = row.cells.iter().filter(|c| (column..column + width).contains(&c.column)).collect();
            let judged = judge_cells(&cells, &heads, page, engine);
            push(&mut finds, judged, item, place, row, engine, unit.clone());
        }
    }
    finds
}

/// The title names the one item, each row a day of it: 包联入户情况登记 over 日期, 组别, 到访户数. Rows not filled in have no day.
fn by_title(page: &Page<'_>, place: &Place, table: &Table, engine: &Engine) -> Finds {
    let mut finds = Finds::default();
    let titled = engine.items_named(&page.title);
    let head = table.rows.iter().take_while(|row| is_head(row, engine)).count();
    let heads = heads(&table.rows[..head], width(table));
    let dated = heads.values().any(|h| ["日期", "时间"].iter().any(|w| h.contains(w)));
    let ([item], true) = (titled.as_slice(), dated && !page.is_to_come()) else { return finds };
    let later = |judged: &Judged| judged.dates.iter().any(|day| page.is_later(*day));
    for row in table.rows[head..].iter().filter(|row| !is_total(row)) {
        let filled = row.cells.iter().filter(|c| !c.text.is_empty()).count();
        let judged = judge_cells(&row.cells.iter().collect::<Vec<_>>(), &heads, page, engine);
        let tells = |j: &Judged| filled > 1 && j.assertion == Assertion::Done && !j.dates.is_empty() && !later(j);
        push(&mut finds, judged.filter(tells), *item, place, row, engine, None);
    }
    finds
}

fn push(
    finds: &mut Finds,
    judged: Option<Judged>,
    item: usize,
    place: &Place,
    row: &Row,
    engine: &Engine,
    unit: Option<String>,
) {
    let Some(judged) = judged else { return };
    let id = &engine.items[item].id;
    let place = place.row(row.number);
    finds.figures.extend(judged.figures.into_iter().map(|(indicator, value)| Figure {
        item: id.into(),
        indicator: indicator.into(),
        value,
        place: place.clone(),
        unit: unit.as_deref().map(Into::into),
    }));
    finds.hits.push(Hit {
        item,
        sentence: 0,
        bare: false,
        whole: unit.is_none() && !matches!(place, Place::Table(_) | Place::Sheet(_) | Place::Whole),
        rule: format!("{id}.row"),
        assertion: answer_for(item, judged.assertion, judged.cue.as_deref(), engine),
        cue: judged.cue,
        spot: None,
        strength: if judged.substance { Strength::Strong } else { Strength::Weak },
        place,
        quote: row.cells.iter().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" | "),
        dates: judged.dates,
        counts: judged.counts,
        unit,
    });
}
