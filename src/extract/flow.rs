//! Paragraphs in order → blocks: the flow of a word-processing document whose format marks tables by the ends of cells and
//! rows (Word binary, RTF). Counts paragraphs and tables as a reviewer does, builds tables, finds the captions of pictures.

mod grid;
pub mod line;

use crate::model::document::{Block, Content, Picture};
use crate::model::limits;
use crate::model::place::Place;
use grid::OpenTable;
use line::{Align, End, Line};

/// The flow of one story: the main text, a header, a note.
#[derive(Debug, Default)]
pub struct Flow {
    /// The place of everything in it; `None` for the main text, whose paragraphs and tables are counted.
    aside: Option<Place>,
    blocks: Vec<Block>,
    paragraphs: u32,
    tables: u32,
    open: Vec<OpenTable>,
    /// Pictures of the paragraphs just before, which wait for a caption.
    uncaptioned: Vec<usize>,
}

impl Flow {
    /// The flow of the main text.
    pub fn main() -> Self {
        Flow::default()
    }

    /// The flow of a story beside the main text.
    pub fn aside(place: Place) -> Self {
        Flow { aside: Some(place), ..Flow::default() }
    }

    /// Takes the next paragraph. `pictures` are those of the body; their captions are filled in.
    pub fn line(&mut self, line: Line, pictures: &mut [Picture]) {
        let depth = line.depth.min(limits::NESTING);
        while self.open.len() > depth {
            self.close_table(pictures);
        }
        self.open.resize_with(depth, OpenTable::default);
        let Some(table) = self.open.last_mut() else {
            return self.paragraph(line, pictures);
        };
        table.cell.add(line.text.trim(), &line.pictures);
        match line.end {
            End::Paragraph => {}
            End::Cell => table.end_cell(),
            End::Row(shape) => table.end_row(shape),
        }
    }

    /// Puts blocks of another story here: a text box after the paragraph that it is anchored in.
    pub fn insert(&mut self, blocks: Vec<Block>) {
        self.blocks.extend(blocks);
    }

    /// Ends the story.
    pub fn finish(mut self, pictures: &mut [Picture]) -> Vec<Block> {
        while !self.open.is_empty() {
            self.close_table(pictures);
        }
        self.blocks
    }

    fn paragraph(&mut self, line: Line, pictures: &mut [Picture]) {
        self.uncaptioned.extend(&line.pictures);
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        let caption =
            line.caption || (!self.uncaptioned.is_empty() && line.heading.is_none() && is_caption(text, line.align));
        let waiting = std::mem::take(&mut self.uncaptioned);
        if caption {
            give_caption(text, &waiting, pictures);
        }
        self.paragraphs += 1;
        let place = self.aside.clone().unwrap_or(Place::Paragraph(self.paragraphs));
        let content = match line.heading {
            _ if caption => Content::Caption(text.to_string()),
            Some(level) => Content::Heading(level, text.to_string()),
            None => Content::Paragraph(text.to_string()),
        };
        self.blocks.push(Block { place, content });
    }

    fn close_table(&mut self, pictures: &mut [Picture]) {
        let Some(table) = self.open.pop() else { return };
        self.uncaptioned.clear();
        if let Some(outer) = self.open.last_mut() {
            let (lines, shown) = table.into_lines();
            outer.cell.add(&lines, &shown);
            return;
        }
        let table = table.build(|caption, of| {
            if is_caption(caption, Align::Centre) {
                give_caption(caption, of, pictures);
            }
        });
        if !table.rows.is_empty() {
            self.tables += 1;
            let place = self.aside.clone().unwrap_or(Place::Table(self.tables));
            self.blocks.push(Block { place, content: Content::Table(table) });
        }
    }
}

/// Whether a paragraph under a picture names it: short, and either labelled as a picture or centred without being a sentence.
fn is_caption(text: &str, align: Align) -> bool {
    const LABELS: [&str; 5] = ["图", "附图", "照片", "图片", "圖"];
    const LONGEST: usize = 40;
    text.chars().nth(LONGEST).is_none()
        && (LABELS.iter().any(|l| text.starts_with(l))
            || (align == Align::Centre && !text.contains(['。', '；', ';', '！', '？', '，'])))
}

fn give_caption(text: &str, of: &[usize], pictures: &mut [Picture]) {
    for picture in of {
        if let Some(picture) = pictures.get_mut(*picture) {
            picture.caption = Some(text.to_string());
        }
    }
}

#[cfg(test)]
mod tests;
