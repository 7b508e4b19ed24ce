//! Paragraphs in order → blocks: the flow of a word-processing document whose format marks tables by the ends of cells and
//! rows (Word binary, RTF). Counts paragraphs and tables as a reviewer does, builds tables, finds the captions of pictures.

mod grid;

use crate::model::document::{Block, Content, Picture};
use crate::model::limits;
use crate::model::place::Place;
use grid::OpenTable;

/// How a run of text ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum End {
    /// A paragraph mark.
    #[default]
    Paragraph,
    /// The end of a cell; the paragraph is the cell's last.
    Cell,
    /// The end of a row, with the row's shape.
    Row(RowShape),
}

/// Where a row's cells lie.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowShape {
    /// Left edges of the cells and the right edge of the last, in twips.
    pub edges: Vec<i32>,
    /// How each cell is merged with its neighbours.
    pub merges: Vec<CellMerge>,
}

/// How a cell is merged with its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellMerge {
    /// With the cells above and below.
    pub vertical: Merge,
    /// With the cells to its left and right.
    pub horizontal: Merge,
}

/// A cell's part in a merged one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Merge {
    /// Stands alone.
    #[default]
    None,
    /// The first of the merged cells: the text is here.
    First,
    /// One of those that the first covers.
    Continued,
}

/// How a paragraph is aligned, as far as captions care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Left, justified, distributed.
    #[default]
    Start,
    /// Centred.
    Centre,
    /// Right, as signatures are.
    End,
}

/// A paragraph as its format gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The text, with its list number.
    pub text: String,
    /// The pictures that stand in it: indexes into the pictures of the body.
    pub pictures: Vec<usize>,
    /// How many tables it lies in.
    pub depth: usize,
    /// What ends it.
    pub end: End,
    /// The level of a heading, from 1.
    pub heading: Option<u8>,
    /// Whether its style is that of a caption.
    pub caption: bool,
    /// How it is aligned.
    pub align: Align,
}

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
        Flow {
            aside: Some(place),
            ..Flow::default()
        }
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
        let caption = line.caption
            || (!self.uncaptioned.is_empty()
                && line.heading.is_none()
                && is_caption(text, line.align));
        let waiting = std::mem::take(&mut self.uncaptioned);
        if caption {
            give_caption(text, &waiting, pictures);
        }
        self.paragraphs += 1;
        let place = self
            .aside
            .clone()
            .unwrap_or(Place::Paragraph(self.paragraphs));
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
            self.blocks.push(Block {
                place,
                content: Content::Table(table),
            });
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
