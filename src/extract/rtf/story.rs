//! A story while it is read: the paragraph under way, and the shape of the row that it may lie in.

use crate::extract::flow::Flow;
use crate::extract::flow::line::{Align, CellMerge, End, Line, Merge, RowShape};
use crate::extract::rtf::destination::StoryKind;
use crate::model::document::{Block, Picture};
use crate::model::place::Place;

/// What `\pard` resets.
#[derive(Debug, Clone, Copy, Default)]
pub struct ParagraphFormat {
    /// In a table (`\intbl`).
    pub in_table: bool,
    /// In so many tables (`\itap`).
    pub depth: usize,
    /// Alignment.
    pub align: Align,
    /// Outline level from 0.
    pub outline: Option<u8>,
}

impl ParagraphFormat {
    /// How many tables the paragraph lies in.
    pub fn tables(&self) -> usize {
        if self.in_table { self.depth.max(1) } else { 0 }
    }
}

/// A row's shape while its cells are defined.
#[derive(Debug, Default, Clone)]
pub struct RowDefinition {
    left: i32,
    shape: RowShape,
    next: CellMerge,
}

impl RowDefinition {
    /// Takes a control word of a row's definition.
    pub fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "trowd" => *self = RowDefinition::default(),
            "trleft" => self.left = number.unwrap_or(0),
            "clvmgf" => self.next.vertical = Merge::First,
            "clvmrg" => self.next.vertical = Merge::Continued,
            "clmgf" => self.next.horizontal = Merge::First,
            "clmrg" => self.next.horizontal = Merge::Continued,
            "cellx" => {
                if self.shape.edges.is_empty() {
                    self.shape.edges.push(self.left);
                }
                self.shape.edges.push(number.unwrap_or(0));
                self.shape.merges.push(std::mem::take(&mut self.next));
            }
            _ => {}
        }
    }

    /// The row as defined.
    pub fn shape(&self) -> RowShape {
        self.shape.clone()
    }
}

/// A story.
#[derive(Debug, Default)]
pub struct Story {
    /// What it is; `None` for the main text.
    pub kind: Option<StoryKind>,
    /// The text of the paragraph under way.
    pub text: String,
    /// The pictures in it.
    pub pictures: Vec<usize>,
    /// The row of an outermost table.
    pub row: RowDefinition,
    /// The row of a table in a table.
    pub nested_row: RowDefinition,
    /// Text boxes that the paragraph under way anchors; they follow it.
    boxes: Vec<Block>,
    flow: Flow,
}

impl Story {
    /// A story of a kind, the `n`th.
    pub fn new(kind: StoryKind, n: u32) -> Self {
        let place = match kind {
            StoryKind::Header => Place::Header(n),
            StoryKind::Footer => Place::Footer(n),
            StoryKind::Note => Place::Note(n),
            StoryKind::Comment => Place::Comment(n),
            StoryKind::TextBox => Place::TextBox(n),
        };
        Story { kind: Some(kind), flow: Flow::aside(place), ..Story::default() }
    }

    /// Ends the paragraph under way, in so many tables.
    pub fn end(&mut self, format: ParagraphFormat, depth: usize, end: End, pictures: &mut [Picture]) {
        let line = Line {
            text: std::mem::take(&mut self.text),
            pictures: std::mem::take(&mut self.pictures),
            depth,
            end,
            heading: format.outline.filter(|level| *level < 9).map(|level| level + 1),
            caption: false,
            align: format.align,
        };
        self.flow.line(line, pictures);
        self.flow.insert(std::mem::take(&mut self.boxes));
    }

    /// Anchors a text box in the paragraph under way.
    pub fn anchor(&mut self, text_box: Vec<Block>) {
        self.boxes.extend(text_box);
    }

    /// Ends the story.
    pub fn finish(mut self, pictures: &mut [Picture]) -> Vec<Block> {
        if !self.text.trim().is_empty() || !self.pictures.is_empty() {
            self.end(ParagraphFormat::default(), 0, End::Paragraph, pictures);
        }
        self.flow.insert(std::mem::take(&mut self.boxes));
        self.flow.finish(pictures)
    }
}
