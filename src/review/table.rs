//! The rows of 待核清单 in a document, whatever the order of their columns and whichever program saved it.

use crate::model::campaign::Campaign;
use crate::model::check::{Check, seal_of};
use crate::model::document::{Content, Document, Row, Table};
use crate::model::message::{Lang, Message, text};
use crate::model::ruling::{About, Typed};
use crate::model::sheet::names;
use crate::msg;
use crate::review::entry::Entry;
use std::collections::BTreeMap;

/// The most bytes of a head: what is longer is a text.
const HEAD: usize = 64;

/// The columns that are looked for, by their heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Head {
    Number,
    School,
    Item,
    Machine,
    Gap,
    Conclusion,
    NewDeadline,
    Note,
    By,
    On,
    Check,
}

/// Those without which nothing can be read back.
const NEEDED: [(Head, &str); 8] = [
    (Head::Number, "编号"),
    (Head::School, "学校"),
    (Head::Item, "事项"),
    (Head::Conclusion, names::CONCLUSION),
    (Head::NewDeadline, names::NEW_DEADLINE),
    (Head::Note, names::NOTE),
    (Head::By, names::BY),
    (Head::Check, names::CHECK),
];

/// The entries of a workbook, row by row.
///
/// # Errors
/// Why the workbook as a whole is refused, for a person.
pub fn read(file: &str, document: &Document, campaign: &Campaign) -> Result<Vec<Entry>, Message> {
    if let Some(problem) = document.problems.iter().find(|p| p.is_unreadable()) {
        return Err(msg!("review.unreadable", file, problem.message()));
    }
    let mut entries = Vec::new();
    let mut found = false;
    for block in &document.body.blocks {
        let Content::Table(table) = &block.content else { continue };
        let Some((at, heads)) = heads(file, table)? else { continue };
        found = true;
        let check = heads.get(&Head::Check).map(|(_, text)| text.as_str()).unwrap_or_default();
        let other = check.trim_start_matches(names::CHECK).trim();
        if !other.is_empty() && other != campaign.id {
            return Err(msg!("review.other_campaign", file, other, &campaign.id));
        }
        let columns: BTreeMap<Head, u32> = heads.iter().map(|(head, (column, _))| (*head, *column)).collect();
        for row in table.rows.iter().filter(|r| r.number > at) {
            entries.extend(entry(file, row, &columns, campaign));
        }
    }
    if found { Ok(entries) } else { Err(msg!("review.no_table", file, names::REVIEW)) }
}

/// Column and text by head.
type Heads = BTreeMap<Head, (u32, String)>;

/// The row of heads, and which column is which. A table without 人工结论 is another sheet.
fn heads(file: &str, table: &Table) -> Result<Option<(u32, Heads)>, Message> {
    // Most rows of a workbook are no heads, and told by a glance.
    let is_conclusion = |text: &str| text.len() <= HEAD && text.contains('人') && head(text) == Some(Head::Conclusion);
    let is_heads = |row: &&Row| {
        if !row.cells.iter().any(|c| is_conclusion(&c.text)) {
            return false;
        }
        let known: Vec<Head> = row.cells.iter().filter_map(|c| head(&c.text)).collect();
        known.len() > 2
    };
    let Some(row) = table.rows.iter().find(is_heads) else { return Ok(None) };
    let mut heads = Heads::new();
    for cell in &row.cells {
        if let Some(head) = head(&cell.text)
            && heads.insert(head, (cell.column, cell.text.clone())).is_some()
        {
            return Err(msg!("review.column_twice", file, &cell.text));
        }
    }
    match NEEDED.iter().find(|(head, _)| !heads.contains_key(head)) {
        Some((_, name)) => Err(msg!("review.column_missing", file, *name)),
        None => Ok(Some((row.number, heads))),
    }
}

fn head(written: &str) -> Option<Head> {
    let written = bare(written);
    if written.starts_with(names::CHECK) {
        return Some(Head::Check);
    }
    let human = [
        (Head::Conclusion, names::CONCLUSION),
        (Head::NewDeadline, names::NEW_DEADLINE),
        (Head::Note, names::NOTE),
        (Head::By, names::BY),
        (Head::On, names::ON),
    ];
    if let Some((head, _)) = human.iter().find(|(_, name)| bare(name) == written) {
        return Some(*head);
    }
    let machine = [
        (Head::Number, "report.col_number"),
        (Head::School, "report.col_school"),
        (Head::Item, "report.col_item_basis"),
        (Head::Machine, "report.col_machine"),
        (Head::Gap, "report.col_gap"),
    ];
    let says = |key: &str| [Lang::Zh, Lang::En].iter().any(|lang| bare(text(key, *lang)) == written);
    machine.iter().find(|(_, key)| says(key)).map(|(head, _)| *head)
}

/// A head without white space and marks.
fn bare(head: &str) -> String {
    head.chars().filter(|c| !c.is_whitespace() && !matches!(c, '▼' | '*' | '＊')).collect()
}

/// The entry of a row. `None` where nothing was typed since the row was written.
fn entry(file: &str, row: &Row, columns: &BTreeMap<Head, u32>, campaign: &Campaign) -> Option<Entry> {
    let cell = |head: Head| {
        let column = columns.get(&head)?;
        row.cells.iter().find(|c| c.column == *column).map(|c| c.text.trim().to_string())
    };
    let cell = |head: Head| cell(head).unwrap_or_default();
    let typed = Typed {
        conclusion: cell(Head::Conclusion),
        new_deadline: cell(Head::NewDeadline),
        note: cell(Head::Note),
        by: cell(Head::By),
        on: cell(Head::On),
    };
    if head(&typed.conclusion) == Some(Head::Conclusion) {
        return None; // the heads again, on a sheet that was put together of two
    }
    let about = About {
        school: cell(Head::School),
        item: cell(Head::Item),
        machine: cell(Head::Machine),
        gap: cell(Head::Gap),
    };
    let (number, written) = (cell(Head::Number), cell(Head::Check));
    let check = Check::read(&written);
    let as_written = check.as_ref().map_or("", |c| c.written.as_str());
    if seal_of(&typed) == as_written {
        return None;
    }
    let check = match check {
        _ if number.is_empty() && written.is_empty() => Err(msg!("review.no_number")),
        None => Err(msg!("review.no_check", &number)),
        Some(check) if check.flag != number => Err(msg!("review.half_sorted", &number, &check.flag)),
        Some(check) if !check.fits(&written, &campaign.id, &[&about.school, &about.item]) => {
            Err(msg!("review.other_words", &number))
        }
        Some(check) => Ok(check),
    };
    if check.is_err() && typed.is_empty() {
        return None; // nothing is lost by not knowing which row it is
    }
    Some(Entry { file: file.to_string(), row: row.number, number, check, about, typed })
}
