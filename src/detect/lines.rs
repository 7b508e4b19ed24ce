//! A document's text line by line, as a person reads it.

use crate::model::document::{Body, Content, Row};
use crate::model::place::{Line, Place};
use crate::model::privacy;

/// The text as a person reads it, a line a paragraph or row; personal data in it masked where asked.
pub fn lines(body: &Body, masked: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut push = |place: Place, text: &str| {
        let text = text.trim();
        if !text.is_empty() {
            let text = if masked { privacy::mask(text).into_owned() } else { text.to_string() };
            lines.push(Line { place, text });
        }
    };
    for block in &body.blocks {
        match &block.content {
            Content::Heading(_, text) | Content::Paragraph(text) | Content::Caption(text) => {
                push(block.place.clone(), text);
            }
            Content::Table(table) => {
                for row in &table.rows {
                    let place = block.place.row(row.number);
                    let (words, prose) = cells(row);
                    push(place.clone(), &words.join(" | "));
                    prose.iter().for_each(|cell| push(place.clone(), cell));
                }
            }
        }
    }
    lines
}

/// The cells of a row that are words, and those that hold running text.
fn cells(row: &Row) -> (Vec<&str>, Vec<&str>) {
    let texts = row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    texts.partition(|text| !text.contains('。') && !text.contains('\n'))
}
