//! Registers as offices keep them: a table with its headings somewhere in the first rows, columns in any order, headings
//! in Chinese or English.

use crate::campaign::error::CampaignError;
use crate::model::document::{Content, Document, Row, Table};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use std::collections::{BTreeMap, BTreeSet};

/// A column: its canonical name and what people write over it.
type Heading = (&'static str, &'static [&'static str]);

/// The columns of a roster that shouqi knows.
pub const ROSTER: &[Heading] = &[
    ("code", &["学校标识码", "学校代码", "单位代码", "标识码", "代码"]),
    ("name", &["学校名称", "单位名称", "学校", "单位"]),
    ("aliases", &["简称", "别名", "学校简称", "曾用名"]),
    ("township", &["乡镇", "镇街", "镇办", "所属乡镇", "乡镇街道"]),
    ("category", &["类别", "学校类别", "单位类别"]),
    ("stage", &["学段", "办学类型"]),
    ("special_ed", &["特教", "特殊教育"]),
    ("home_teaching_duty", &["送教任务", "承担送教任务"]),
    ("paired_village", &["包联村", "承担包联任务", "包联任务"]),
    ("reports_via", &["代报单位", "代报学校"]),
    ("from", &["起始", "起始日期", "启用日期"]),
    ("to", &["截止", "截止日期", "停用日期"]),
    ("contact", &["联系人"]),
    ("phone", &["电话", "联系电话", "手机", "手机号码"]),
];

/// The columns of a register of receipts (收件登记).
pub const RECEIPTS: &[Heading] = &[
    ("school", &["学校", "学校名称", "单位", "单位名称", "报送单位"]),
    ("material", &["材料", "材料名称", "文件", "文件名"]),
    ("received", &["收到时间", "收件时间", "接收时间", "时间"]),
    ("channel", &["方式", "报送方式", "收件方式"]),
];

/// The canonical name of a roster's column, by itself or by a heading.
pub fn of_roster(heading: &str) -> Option<&'static str> {
    canonical(ROSTER, heading)
}

fn canonical(known: &[Heading], heading: &str) -> Option<&'static str> {
    let heading = bare(heading);
    known.iter().find(|(name, also)| *name == heading || also.contains(&heading.as_str())).map(|(name, _)| *name)
}

/// A heading without white space, notes in brackets (特教(是/否)) and the star of compulsory columns.
fn bare(heading: &str) -> String {
    let end = heading.find(['(', '\u{ff08}', '[', '【']).filter(|at| *at > 0).unwrap_or(heading.len());
    let kept = heading.get(..end).unwrap_or(heading).chars();
    kept.filter(|c| !c.is_whitespace() && !matches!(c, '*' | '\u{ff0a}' | '\u{feff}' | ':' | '\u{ff1a}'))
        .collect::<String>()
        .to_lowercase()
}

/// A cell's text without outer white space, invisible marks and line breaks.
fn clean(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !matches!(c, '\u{feff}' | '\u{200b}')).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A register's rows under canonical names.
#[derive(Debug, Default)]
pub struct Register {
    /// Every column that has a heading.
    pub columns: BTreeSet<String>,
    /// The rows below the headings that hold something.
    pub entries: Vec<Entry>,
}

/// A row.
#[derive(Debug)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// Its row number.
    pub row: u32,
    /// What it holds, by canonical name or own heading.
    pub cells: BTreeMap<String, String>,
}

impl Entry {
    /// The text of a column; empty where there is none.
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads every visible table of the document that has a row of headings with `key` and another known column. Tables
/// without one (notes, instructions) are not registers. `alone` names the columns whose merged cells count once and not
/// for each row that they cover.
pub fn read(
    file: &str,
    document: &Document,
    known: &[Heading],
    key: &str,
    alone: &[&str],
) -> Result<Register, Vec<CampaignError>> {
    if let Some(problem) = document.problems.iter().find(|p| p.is_unreadable()) {
        return Err(vec![CampaignError::whole(file, problem.message(), msg!("campaign.register_unreadable_remedy"))]);
    }
    // Whoever stands in the rest would be missing from everything, and nobody would see it.
    const CUT: [&str; 2] = ["extract.sheet_too_many_cells", "extract.csv_rows_lost"];
    let cut = |loss: &Problem| matches!(loss, Problem::LostText(what, _) if CUT.contains(&what.key()));
    if let Some(loss) = document.body.losses.iter().find(|loss| cut(loss)) {
        return Err(vec![CampaignError::whole(file, loss.message(), msg!("campaign.register_cut_remedy"))]);
    }
    let mut register = Register::default();
    let mut errors = Vec::new();
    let mut found = false;
    for block in &document.body.blocks {
        let Content::Table(table) = &block.content else { continue };
        let place = |row| place(&document.format, &block.place, row);
        let Some((at, headings)) = headings(table, known, key) else { continue };
        found = true;
        for (one, other) in headings.twice {
            let what = msg!("campaign.column_twice", one, other);
            errors.push(CampaignError {
                file: file.to_string(),
                place: place(at),
                what,
                remedy: msg!("campaign.column_twice_remedy"),
            });
        }
        register.columns.extend(headings.names.values().cloned());
        register.entries.extend(entries(table, at, &headings.names, known, key, alone, &place));
    }
    if !found {
        let wanted =
            known.iter().map(|(name, also)| also.first().unwrap_or(name)).copied().collect::<Vec<_>>().join("、");
        errors.push(CampaignError::whole(
            file,
            msg!("campaign.no_headings"),
            msg!("campaign.no_headings_remedy", wanted),
        ));
    }
    if errors.is_empty() { Ok(register) } else { Err(errors) }
}

fn place(format: &str, table: &Place, row: u32) -> Place {
    match table {
        _ if format == "csv" => Place::Line(row),
        Place::Sheet(name) => Place::SheetRow(name.clone(), row),
        Place::Table(n) => Place::TableRow(*n, row),
        _ => Place::Line(row),
    }
}

struct Headings {
    /// By grid column.
    names: BTreeMap<u32, String>,
    /// Pairs of headings for the same column, as they are written.
    twice: Vec<(String, String)>,
}

/// The row of headings: its number and its columns.
fn headings(table: &Table, known: &[Heading], key: &str) -> Option<(u32, Headings)> {
    if table.hidden {
        return None;
    }
    let row = table.rows.iter().find(|row| {
        let names: BTreeSet<_> = row.cells.iter().filter_map(|c| canonical(known, &c.text)).collect();
        names.contains(key) && names.len() > 1
    })?;
    let mut headings = Headings { names: BTreeMap::new(), twice: Vec::new() };
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    for cell in &row.cells {
        let own = clean(&cell.text);
        if own.is_empty() {
            continue;
        }
        let name = canonical(known, &own).map_or(own.clone(), str::to_string);
        match written.get(&name) {
            Some(first) => headings.twice.push((first.clone(), own)),
            None => {
                written.insert(name.clone(), own);
                headings.names.insert(cell.column, name);
            }
        }
    }
    Some((row.number, headings))
}

fn entries(
    table: &Table,
    at: u32,
    names: &BTreeMap<u32, String>,
    known: &[Heading],
    key: &str,
    alone: &[&str],
    place: &dyn Fn(u32) -> Place,
) -> Vec<Entry> {
    // What a merged cell says to the rows that it covers: by column, the last row and the text.
    let mut merged: BTreeMap<&str, (u32, String)> = BTreeMap::new();
    let mut entries = Vec::new();
    for row in table.rows.iter().filter(|r| r.number > at) {
        let mut cells = own_cells(row, names);
        if cells.is_empty() || cells.get(key).is_some_and(|k| canonical(known, k) == Some(key)) {
            continue; // blank, or the headings again on a new page
        }
        for (column, (last, text)) in &merged {
            if row.number <= *last {
                cells.entry((*column).to_string()).or_insert_with(|| text.clone());
            }
        }
        for cell in row.cells.iter().filter(|c| c.rows > 1) {
            if let Some(name) = names.get(&cell.column).filter(|n| !alone.contains(&n.as_str())) {
                merged.insert(name, (row.number.saturating_add(cell.rows - 1), clean(&cell.text)));
            }
        }
        entries.push(Entry { place: place(row.number), row: row.number, cells });
    }
    entries
}

fn own_cells(row: &Row, names: &BTreeMap<u32, String>) -> BTreeMap<String, String> {
    let named = row.cells.iter().filter_map(|c| Some((names.get(&c.column)?.clone(), clean(&c.text))));
    named.filter(|(_, text)| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Body;

    #[test]
    fn a_register_that_was_cut_is_no_register() {
        let cut = |key: &'static str| {
            let losses = vec![Problem::LostText(crate::model::message::Message::keyed(key.into()), Place::Table(1))];
            let document = Document { body: Body { losses, ..Body::default() }, ..Document::default() };
            let errors = read("roster.csv", &document, ROSTER, "name", &[]).expect_err("there is no table either");
            errors.iter().any(|e| e.remedy == msg!("campaign.register_cut_remedy"))
        };
        assert!(cut("extract.sheet_too_many_cells") && cut("extract.csv_rows_lost"));
        // A character that could not be decoded keeps no school out.
        assert!(!cut("extract.txt_lossy"));
    }
}
