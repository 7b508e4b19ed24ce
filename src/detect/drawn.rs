//! Tables drawn in plain text: with strokes (`| 会议 | √ |`, boxes), with tabs, with columns of blanks. Programs without
//! tables, and people who paste one into a message, make them; each line is a row and keeps its own place.

use crate::model::document::{Block, Cell, Content, Row, Table};
use crate::model::place::Place;
use std::ops::Range;

/// A wider table is a picture made of characters.
const COLUMNS: usize = 40;
/// So many blanks side by side part columns.
const GAP: usize = 2;
/// So many rows, so many columns make columns of blanks or tabs a table: two names side by side are a signature.
const LEAST: usize = 3;
/// The most lines of a row that is boxed in.
const LINES: usize = 6;

/// A table that is drawn in some blocks.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The blocks that it is drawn in.
    pub blocks: Range<usize>,
    /// Its rows, each with the number of its line.
    pub table: Table,
}

/// The cells of a line with the columns of text that they begin at.
type Cells<'l> = &'l [(usize, String)];

/// What parts the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parting {
    Strokes,
    Tabs,
    Blanks,
}

/// A line that may be part of a drawn table.
enum Line {
    /// ├──┼──┤, |---|---|, ======
    Rule { crossed: bool },
    /// Cells with the columns of text that they begin at.
    Cells(Parting, Vec<(usize, String)>),
}

/// The tables drawn in the paragraphs of a document.
pub fn drawn(blocks: &[Block]) -> Vec<Drawn> {
    let lines: Vec<Option<Line>> = blocks.iter().map(|b| line_of(b).and_then(line)).collect();
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = run(blocks, &lines, at);
        if let Some(table) = table(blocks, &lines, at..end) {
            tables.push(Drawn { blocks: at..end, table });
            at = end;
        } else {
            at += 1;
        }
    }
    tables
}

/// A text that stands in the run of lines.
fn line_of(block: &Block) -> Option<&str> {
    match (&block.content, &block.place) {
        (
            Content::Paragraph(text),
            Place::Paragraph(_) | Place::Line(_) | Place::PageLine(..) | Place::PictureLine(..),
        ) => Some(text),
        _ => None,
    }
}

/// The number of a line, by which its place is known again.
fn number(place: &Place) -> u32 {
    match place {
        Place::Paragraph(n) | Place::Line(n) | Place::PageLine(_, n) | Place::PictureLine(_, n) => *n,
        _ => 0,
    }
}

/// The end of the lines from `start` on that are drawn in one way and stand in one text.
fn run(blocks: &[Block], lines: &[Option<Line>], start: usize) -> usize {
    let mut parting = None;
    let mut end = start;
    for (block, line) in blocks.iter().zip(lines).skip(start) {
        let same_text = block.place.row(0) == blocks[start].place.row(0);
        match line {
            Some(Line::Rule { .. }) if same_text => {}
            Some(Line::Cells(way, _)) if same_text && *parting.get_or_insert(*way) == *way => {}
            _ => break,
        }
        end += 1;
    }
    end
}

fn line(text: &str) -> Option<Line> {
    // Most lines have none of all this.
    if !text.contains(['|', '｜', '│', '┃', '∣', '║', '\t', '-', '─', '━', '═', '=', '—', '\u{3000}'])
        && !text.contains("  ")
    {
        return None;
    }
    let text = text.trim_matches([' ', '\u{3000}']);
    let is_rule = |c: char| matches!(c, '-' | '=' | '_' | '—' | ':' | ' ' | '+' | '|' | '｜' | '\u{2500}'..='\u{257f}');
    if text.chars().count() >= 3 && text.chars().all(is_rule) {
        let crossed = text.contains(['+', '├', '┼', '┤', '┬', '┴', '╋', '┠', '┣', '╟', '╠', '╬']);
        return Some(Line::Rule { crossed });
    }
    let strokes = ['|', '｜', '│', '┃', '∣', '║'];
    if text.contains(strokes) {
        let inner = text.strip_prefix(strokes).unwrap_or(text);
        let inner = inner.strip_suffix(strokes).unwrap_or(inner);
        let cells: Vec<(usize, String)> = inner.split(strokes).map(|c| c.trim().to_string()).enumerate().collect();
        return (2..=COLUMNS).contains(&cells.len()).then_some(Line::Cells(Parting::Strokes, cells));
    }
    if text.contains('\t') {
        let cells: Vec<(usize, String)> = text.split('\t').map(|c| c.trim().to_string()).enumerate().collect();
        return (cells.len() <= COLUMNS).then_some(Line::Cells(Parting::Tabs, cells));
    }
    let cells = columns(text);
    (2..=COLUMNS).contains(&cells.len()).then_some(Line::Cells(Parting::Blanks, cells))
}

/// The stretches of a line that wide gaps part, with the columns of text where they begin.
fn columns(text: &str) -> Vec<(usize, String)> {
    let mut cells: Vec<(usize, String)> = Vec::new();
    let (mut column, mut gap) = (0, GAP);
    for c in text.chars() {
        let wide = if c.is_ascii() { 1 } else { 2 };
        if matches!(c, ' ' | '\u{3000}') {
            gap += wide;
        } else {
            match cells.last_mut() {
                Some((_, cell)) if gap < GAP => {
                    if gap > 0 {
                        cell.push(' ');
                    }
                    cell.push(c);
                }
                _ => cells.push((column, c.to_string())),
            }
            gap = 0;
        }
        column += wide;
    }
    cells
}

/// The table that a run of lines draws, if it draws one.
fn table(blocks: &[Block], lines: &[Option<Line>], run: Range<usize>) -> Option<Table> {
    let rows: Vec<(usize, Parting, Cells<'_>)> = run
        .clone()
        .filter_map(|at| match &lines[at] {
            Some(Line::Cells(way, cells)) => Some((at, *way, cells.as_slice())),
            _ => None,
        })
        .collect();
    let (_, parting, first) = *rows.first()?;
    let filled = |cells: Cells<'_>| cells.iter().filter(|(_, t)| !t.is_empty()).count();
    let width = rows.iter().map(|(_, _, cells)| cells.len()).max().unwrap_or(0);
    let alike = rows.iter().filter(|(_, _, cells)| cells.len() == width).count();
    let is_table = match parting {
        // A row alone is one where it has more cells than a title has parts.
        Parting::Strokes => rows.len() >= 2 && alike >= 2 || rows.len() == 1 && filled(first) >= LEAST,
        Parting::Tabs | Parting::Blanks => rows.len() >= LEAST && filled(first) >= LEAST && alike >= 2,
    };
    if !is_table {
        return None;
    }
    let place = |(at, ..): &(usize, Parting, Cells<'_>)| number(&blocks[*at].place);
    let mut table = Table::default();
    let boxed = is_boxed(lines, run);
    let mut last = None;
    for row in &rows {
        let cells: Vec<Cell> = match parting {
            Parting::Blanks if row.2.len() != first.len() => {
                row.2.iter().map(|(column, text)| cell(nearest(first, *column), text)).collect()
            }
            _ => row.2.iter().enumerate().map(|(column, (_, text))| cell(column, text)).collect(),
        };
        // A boxed row goes on until the next rule.
        let goes_on = boxed && last.is_some_and(|at: usize| at + 1 == row.0);
        last = Some(row.0);
        match table.rows.last_mut().filter(|_| goes_on) {
            Some(above) => cells.into_iter().for_each(|more| add(above, more)),
            None => table.rows.push(Row { number: place(row), cells }),
        }
    }
    table.rows.iter_mut().for_each(|row| row.cells.retain(|c| !c.text.is_empty()));
    Some(table)
}

/// Whether rules stand between all rows, so that a row may have several lines.
fn is_boxed(lines: &[Option<Line>], run: Range<usize>) -> bool {
    let is_rule = |line: &Option<Line>| matches!(line, Some(Line::Rule { crossed: true }));
    let groups: Vec<usize> = lines[run].split(is_rule).map(<[_]>::len).filter(|n| *n > 0).collect();
    groups.len() >= LEAST && groups.iter().all(|n| *n <= LINES)
}

fn cell(column: usize, text: &str) -> Cell {
    Cell { column: column as u32, columns: 1, rows: 1, text: text.to_string() }
}

fn add(row: &mut Row, more: Cell) {
    match row.cells.iter_mut().find(|c| c.column == more.column) {
        Some(cell) => cell.text.push_str(&more.text),
        None => row.cells.push(more),
    }
}

/// The column of the head that begins nearest to a place.
fn nearest(head: &[(usize, String)], at: usize) -> usize {
    (0..head.len()).min_by_key(|&n| head[n].0.abs_diff(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the tables that lines of a text draw, their cells parted by `/`.
    fn rows(text: &str) -> Vec<String> {
        let block = |(line, n): (&str, u32)| Block { place: Place::Line(n), content: Content::Paragraph(line.into()) };
        let blocks: Vec<Block> = text.lines().zip(1..).map(block).collect();
        let row = |row: &Row| row.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("/");
        drawn(&blocks).iter().flat_map(|d| d.table.rows.iter().map(row)).collect()
    }

    #[test]
    fn lines_are_a_table_where_at_least_two_of_them_have_its_columns() {
        assert_eq!(rows("活动 | 时间\n会议 | 10月12日"), ["活动/时间", "会议/10月12日"]);
        assert_eq!(
            rows("活动 | 时间 | 人数\n会议 | 10月12日 | 45\n备注 | 无"),
            ["活动/时间/人数", "会议/10月12日/45", "备注/无"]
        );
        // Strokes in running text: as many as anybody pleases, and no two lines alike.
        assert_eq!(rows("专题会议 | 政策宣讲 | 入户走访\n我校 | 已全部开展"), [""; 0]);
        assert_eq!(rows("甲\t乙\t丙\t丁\n一\t二\t三\n四\t五"), [""; 0]);
        assert_eq!(rows("甲\t乙\t丙\n一\t二\t三\n四\t五"), ["甲/乙/丙", "一/二/三", "四/五"]);
        assert_eq!(rows("甲\t乙\t丙\n一\t二\t三"), [""; 0], "two lines are a signature");
    }
}
