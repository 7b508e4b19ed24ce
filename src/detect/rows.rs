//! Tables as text: their cells as the rules see them, and the passages that stand in them.

use crate::detect::engine::Engine;
use crate::detect::passage::{Passage, PassageKind, looks_like_heading};
use crate::detect::rejoin::rejoined;
use crate::detect::text::normal;
use crate::model::document::{Cell, Row, Table};
use crate::model::place::Place;

/// From so many characters a cell holds running text and is read like a paragraph.
const CELL_OF_PROSE: usize = 40;

/// A table with the texts of its cells as the rules see them.
pub fn normalised(table: &Table, engine: &Engine) -> Table {
    let cell = |cell: &Cell| Cell { text: engine.text(&cell.text).normal, ..*cell };
    let row = |row: &Row| Row { number: row.number, cells: row.cells.iter().map(cell).collect() };
    Table { rows: table.rows.iter().map(row).collect(), hidden: table.hidden }
}

/// Whether a cell holds running text.
pub fn is_prose(text: &str) -> bool {
    text.chars().count() >= CELL_OF_PROSE || text.contains('。')
}

/// The passages of a table: running text in its cells (many a report is written into the boxes of a form), and each row
/// as a whole.
pub fn passages_in(place: &Place, table: &Table, engine: &Engine) -> Vec<Passage> {
    let mut passages = Vec::new();
    for row in &table.rows {
        let short = || row.cells.iter().filter(|c| !is_prose(&c.text)).map(|c| c.text.trim()).filter(|t| !t.is_empty());
        let label = short().map(normal).find(|t| t.chars().count() <= 12).unwrap_or_default();
        let at = place.row(row.number);
        for cell in row.cells.iter().filter(|c| is_prose(&c.text)) {
            let mut heading = label.clone();
            let lines: Vec<Option<&str>> = cell.text.lines().map(Some).collect();
            for line in rejoined(&lines).into_iter().flatten() {
                let text = engine.text(&line);
                if looks_like_heading(&text.normal, false) {
                    heading = text.normal.clone();
                }
                if !text.normal.is_empty() {
                    passages.push(Passage::new(at.clone(), PassageKind::Prose, text, &heading));
                }
            }
        }
        // 不涉及项目 | 送教上门、控辍保学: the label says what is true of all that the row names.
        let is_label = short().next().is_some_and(|first| normal(first) == label);
        if is_label && engine.moods.of_heading(&label).is_some() {
            let rest = short().skip(1).map(|t| Passage::new(at.clone(), PassageKind::Prose, engine.text(t), &label));
            passages.extend(rest);
        } else if short().count() >= 2 && !is_head_of_items(row, engine) {
            let text = engine.text(&short().collect::<Vec<_>>().join(" | "));
            passages.push(Passage::new(at, PassageKind::Row, text, ""));
        }
    }
    passages
}

/// Whether a row names one item after the other, 项目 | 会议 | 宣讲 | 送教: it is the head of their columns, and no sentence.
fn is_head_of_items(row: &Row, engine: &Engine) -> bool {
    /// The most characters of a name.
    const NAME: usize = 8;
    /// So many of them make a head.
    const NAMES: usize = 3;
    let cells: Vec<&str> = row.cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()).collect();
    if cells.len() < NAMES || cells.iter().any(|t| t.chars().count() > NAME) {
        return false;
    }
    let named = cells.iter().filter(|t| engine.items_of_label(&normal(t)).len() == 1).count();
    named >= NAMES && named + 1 >= cells.len()
}
