//! Blocks of a form: a line that names an item and nothing else, and labelled lines below it that say when, where and how
//! many. 成效宣传 / 载体:美篇 / 发布时间:10月13日. Such a block is a row of a table that stands on its side.

use crate::detect::assertion::Scan;
use crate::detect::cells::{Judged, judge_cells};
use crate::detect::engine::Engine;
use crate::detect::matcher::{Finds, Hit};
use crate::detect::page::Page;
use crate::detect::passage::{Passage, PassageKind, activity_named, label};
use crate::detect::replies::answer_for;
use crate::model::document::Cell;
use crate::model::reading::{Assertion, Strength};

/// The most characters of the line that names the item.
const HEAD: usize = 16;
/// The most characters of a line below it.
const LINE: usize = 80;
/// So many lines make a block, and no more belong to it.
const LINES: [usize; 2] = [2, 8];
/// Labels of a task that is given, and not of a deed.
const TASKS: [&str; 8] = ["责任", "牵头", "要求", "时限", "负责", "分工", "期限", "目标"];

/// Labels of what was meant to be done, beside which others say what became of it.
const MEANT: [&str; 4] = ["安排", "计划", "打算", "预定"];

/// Finds blocks.
pub fn find(page: &Page<'_>, scans: &[Scan<'_>], engine: &Engine) -> Finds {
    let block = |(at, head): (usize, &Scan<'_>)| {
        label(&scans.get(at + 1)?.passage.text.normal)?;
        let item = headed(head, engine)?;
        let lines = scans.get(at + 1..)?.iter().map_while(|scan| fields(scan, item, engine)).take(LINES[1]);
        let lines: Vec<Field<'_>> = lines.flatten().collect();
        told(page, item, &lines, engine)
    };
    let hits = if page.is_plan() || page.foreign.is_some() {
        Vec::new()
    } else {
        scans.iter().enumerate().filter(|(_, head)| head.mood.is_none()).filter_map(block).collect()
    };
    Finds { hits, ..Finds::default() }
}

/// A labelled line.
struct Field<'s> {
    passage: &'s Passage,
    /// Whether it tells a day or a number.
    telling: bool,
    label: String,
    value: String,
}

/// The item that a line names and nothing else.
fn headed(scan: &Scan<'_>, engine: &Engine) -> Option<usize> {
    let text = &scan.passage.text.normal;
    let text = activity_named(text).unwrap_or(text);
    let is_bare = matches!(scan.passage.kind, PassageKind::Heading | PassageKind::Prose)
        && text.chars().count() <= HEAD
        && !text.contains([':', ',', '。', '?', '|']);
    match is_bare.then(|| engine.items_of_heading(text)).as_deref() {
        Some([item]) => Some(*item),
        _ => None,
    }
}

/// The fields of a labelled line of such a block, several where blanks part them (时间:10月14日  形式:家长群); none where another
/// item's begins.
fn fields<'s>(scan: &Scan<'s>, item: usize, engine: &Engine) -> Option<Vec<Field<'s>>> {
    let text = &scan.passage.text.normal;
    if activity_named(text).is_some() || text.chars().count() > LINE {
        return None;
    }
    let parted = scan.passage.text.gaps.iter().copied().filter(|gap| text.get(*gap..).and_then(label).is_some());
    let starts: Vec<usize> = [0].into_iter().chain(parted.filter(|gap| *gap > 0)).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| field(scan, text.get(*start..end)?, item, engine)).collect()
}

fn field<'s>(scan: &Scan<'s>, text: &str, item: usize, engine: &Engine) -> Option<Field<'s>> {
    let (label, length) = label(text)?;
    let value = text.get(length..)?.trim_end_matches(['。', ';']);
    let is_own = engine.items_named(&label).iter().all(|named| *named == item);
    (is_own && !value.is_empty() && !value.contains('。')).then(|| {
        let telling = !scan.passage.days.is_empty() || !scan.counts().is_empty();
        Field { passage: scan.passage, telling, label, value: value.to_string() }
    })
}

/// What a block tells, where its lines say so in dates or numbers.
fn told(page: &Page<'_>, item: usize, lines: &[Field<'_>], engine: &Engine) -> Option<Hit> {
    let is_meant = |line: &&Field<'_>| MEANT.contains(&line.label.as_str());
    let lines: Vec<&Field<'_>> = lines.iter().filter(|line| !is_meant(line)).collect();
    let is_task = |line: &&Field<'_>| TASKS.iter().any(|w| line.label.contains(w));
    if lines.len() < LINES[0] || lines.iter().any(is_task) {
        return None;
    }
    let cells: Vec<Cell> =
        (0..).zip(&lines).map(|(column, l)| Cell { column, columns: 1, rows: 1, text: l.value.clone() }).collect();
    let heads = (0..).zip(&lines).map(|(column, l)| (column, l.label.clone())).collect();
    let Judged { assertion, cue, dates, counts, .. } =
        judge_cells(&cells.iter().collect::<Vec<_>>(), &heads, page, engine)?;
    // 拟派人员:12人: what such a field says is still to come.
    let to_come = lines.iter().any(|line| line.label.starts_with('拟'));
    let (assertion, cue) = match assertion {
        Assertion::Done if to_come => (Assertion::Planned, Some("拟".to_string())),
        other => (other, cue),
    };
    let later = dates.iter().any(|day| page.is_later(*day));
    if later || dates.is_empty() && counts.is_empty() {
        return None;
    }
    // The line with a day or a number is the one to look at.
    let passage = lines.iter().find(|l| l.telling).or(lines.first())?.passage;
    Some(Hit {
        item,
        rule: format!("{}.block", engine.items[item].id),
        assertion: answer_for(item, assertion, cue.as_deref(), engine),
        cue: cue.filter(|_| assertion != Assertion::Done),
        strength: Strength::Weak,
        place: passage.place.clone(),
        sentence: 0,
        bare: false,
        whole: false,
        spot: None,
        quote: passage.text.original.clone(),
        dates,
        counts,
        unit: None,
    })
}
