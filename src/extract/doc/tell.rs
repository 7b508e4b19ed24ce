//! Stories → blocks: walks the characters of a story and hands its paragraphs to a flow.

use crate::extract::doc::art::{self, Drawings};
use crate::extract::doc::characters::Characters;
use crate::extract::doc::lists::Lists;
use crate::extract::doc::paragraph::{Paragraph, Paragraphs};
use crate::extract::doc::stories::Stories;
use crate::extract::flow::Flow;
use crate::extract::flow::line::{End, Line};
use crate::extract::office_art::Image;
use crate::extract::symbols::symbol;
use crate::model::document::{Block, Picture};
use crate::model::place::Place;
use std::ops::Range;

/// All that the text of a story depends on, and the pictures met so far.
pub struct Teller<'a> {
    /// The stream `WordDocument`.
    pub word: &'a [u8],
    /// Paragraph properties, with the text and the stream `Data`.
    pub paragraphs: Paragraphs<'a>,
    /// Character properties.
    pub characters: Characters,
    /// Automatic numbers.
    pub lists: Lists,
    /// Drawings.
    pub drawings: Drawings,
    /// Names of the fonts.
    pub fonts: Vec<String>,
    /// The pictures in the order in which they were met.
    pub pictures: Vec<Picture>,
    /// Text boxes met so far.
    pub boxes: u32,
}

impl Teller<'_> {
    /// The main text, each text box after the paragraph that anchors it; those that nothing anchors at the end.
    pub fn main(&mut self, stories: &Stories) -> Vec<Block> {
        let mut untold = stories.text_boxes.clone();
        let mut flow = Flow::main();
        self.story(stories.main.clone(), &mut flow, stories, &mut untold);
        for (_, story) in untold {
            let blocks = self.text_box(story, stories);
            flow.insert(blocks);
        }
        flow.finish(&mut self.pictures)
    }

    /// Stories of one kind, each at its place, counted from 1. One that is empty, or says what another has said (the
    /// same header in the next section), is left out.
    pub fn asides(&mut self, of: &[Range<usize>], place: fn(u32) -> Place, stories: &Stories) -> Vec<Block> {
        let mut told: Vec<Vec<Block>> = Vec::new();
        for story in of {
            let n = u32::try_from(told.len()).unwrap_or(u32::MAX).saturating_add(1);
            let mut flow = Flow::aside(place(n));
            self.story(story.clone(), &mut flow, stories, &mut Vec::new());
            let blocks = flow.finish(&mut self.pictures);
            let repeats =
                matches!(place(n), Place::Header(_) | Place::Footer(_)) && told.iter().any(|t| same(t, &blocks));
            if !blocks.is_empty() && !repeats {
                told.push(blocks);
            }
        }
        told.into_iter().flatten().collect()
    }

    /// The text boxes of headers.
    pub fn header_text_boxes(&mut self, stories: &Stories) -> Vec<Block> {
        let of: Vec<Range<usize>> = stories.header_text_boxes.iter().map(|b| b.1.clone()).collect();
        of.into_iter().flat_map(|story| self.text_box(story, stories)).collect()
    }

    fn text_box(&mut self, story: Range<usize>, stories: &Stories) -> Vec<Block> {
        let mut flow = Flow::aside(Place::TextBox(self.boxes + 1));
        self.story(story, &mut flow, stories, &mut Vec::new());
        let blocks = flow.finish(&mut self.pictures);
        self.boxes += u32::from(!blocks.is_empty());
        blocks
    }

    /// Tells a story; `boxes` are the text boxes that it may anchor.
    fn story(&mut self, story: Range<usize>, flow: &mut Flow, stories: &Stories, boxes: &mut Vec<(u32, Range<usize>)>) {
        const CELL_MARK: u16 = 0x07;
        const PARAGRAPH_MARK: u16 = 0x0D;
        const PAGE_BREAK: u16 = 0x0C;
        const PICTURE: u16 = 0x01;
        const DRAWING: u16 = 0x08;
        const SYMBOL: u16 = 0x28;
        let story = story.start..story.end.min(self.paragraphs.text.units.len());
        let Some(units) = self.paragraphs.text.units.get(story.clone()) else {
            return;
        };
        let instructions = instructions(units);
        let mut text = Vec::new();
        let mut pictures = Vec::new();
        let mut anchored = Vec::new();
        for (i, (unit, instruction)) in units.iter().zip(instructions).enumerate() {
            let cp = story.start + i;
            if matches!(*unit, CELL_MARK | PARAGRAPH_MARK | PAGE_BREAK) {
                let line = self.line(cp, *unit == CELL_MARK, &std::mem::take(&mut text), std::mem::take(&mut pictures));
                flow.line(line, &mut self.pictures);
                for story in std::mem::take(&mut anchored) {
                    let blocks = self.text_box(story, stories);
                    flow.insert(blocks);
                }
                continue;
            }
            if instruction || !self.characters.shown(cp) {
                continue;
            }
            match *unit {
                PICTURE => pictures.extend(self.inline_picture(cp)),
                DRAWING => {
                    let Some(shape) = stories.anchors.get(&cp) else {
                        continue;
                    };
                    pictures.extend(self.drawn_pictures(*shape));
                    let of: Vec<u32> =
                        self.drawings.shapes.get(shape).map(|s| s.iter().map(|s| s.id).collect()).unwrap_or_default();
                    boxes.retain(|(id, story)| {
                        let here = id == shape || of.contains(id);
                        if here {
                            anchored.push(story.clone());
                        }
                        !here
                    });
                }
                SYMBOL if self.characters.symbols.contains_key(&cp) => text.extend(self.symbol(cp)),
                0x09 => text.push(0x09),
                0x0B => text.push(0x0A),
                0x1E => text.push(0x2D),
                0..0x20 => {}
                _ => text.push(*unit),
            }
        }
        // A story that breaks off without a mark has still been read.
        if !text.is_empty() || !pictures.is_empty() {
            let line = Line { text: String::from_utf16_lossy(&text), pictures, ..Line::default() };
            flow.line(line, &mut self.pictures);
        }
        for story in anchored {
            let blocks = self.text_box(story, stories);
            flow.insert(blocks);
        }
    }

    fn line(&mut self, cp: usize, cell_mark: bool, text: &[u16], pictures: Vec<usize>) -> Line {
        const CAPTION: u16 = 34;
        let of = self.paragraphs.ending_at(cp);
        let built_in = self.paragraphs.styles.built_in(of.style);
        let heading = match (of.outline, built_in) {
            (Some(level @ 0..=8), _) => Some(level + 1),
            (None, level @ 1..=9) => u8::try_from(level).ok(),
            _ => None,
        };
        let mut text = String::from_utf16_lossy(text);
        if !text.trim().is_empty()
            && let Some(number) = self.lists.next(of.list)
        {
            text.insert_str(0, &number);
        }
        Line {
            text,
            pictures,
            depth: of.depth,
            heading,
            caption: built_in == CAPTION,
            align: of.align,
            end: end(of, cell_mark),
        }
    }

    fn inline_picture(&mut self, cp: usize) -> Option<usize> {
        let at = *self.characters.pictures.get(&cp)?;
        let (image, description) = art::inline(self.paragraphs.data, at)?;
        Some(keep(&mut self.pictures, &image, description))
    }

    fn drawn_pictures(&mut self, shape: u32) -> Vec<usize> {
        let shapes = self.drawings.shapes.get(&shape).map_or(&[][..], Vec::as_slice);
        let mut kept = Vec::new();
        for shape in shapes {
            if let Some(image) = shape.picture.and_then(|n| self.drawings.image(n, self.word)) {
                kept.push(keep(&mut self.pictures, &image, shape.description.clone()));
            }
        }
        kept
    }

    fn symbol(&self, cp: usize) -> Vec<u16> {
        let shown = self.characters.symbols.get(&cp).and_then(|(font, code)| {
            let font = self.fonts.get(usize::from(*font)).map_or("", String::as_str);
            symbol(font, u32::from(*code))
        });
        let mut buffer = [0; 2];
        shown.map(|c| c.encode_utf16(&mut buffer).to_vec()).unwrap_or_default()
    }
}

fn end(of: Paragraph, cell_mark: bool) -> End {
    match (cell_mark, of.depth) {
        (true, _) if of.row_end => End::Row(of.row),
        (true, _) => End::Cell,
        (false, 2..) if of.inner_row_end => End::Row(of.row),
        (false, 2..) if of.inner_cell_end => End::Cell,
        _ => End::Paragraph,
    }
}

fn keep(pictures: &mut Vec<Picture>, image: &Image, caption: Option<String>) -> usize {
    pictures.push(Picture { caption, ..image.picture(pictures.len() + 1) });
    pictures.len() - 1
}

fn same(a: &[Block], b: &[Block]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.content == b.content)
}

/// Which characters are the instructions of fields, from the begin mark to the separator or, without one, to the end mark
/// ([MS-DOC] 2.8.25). A begin mark without an end is none.
fn instructions(units: &[u16]) -> Vec<bool> {
    const BEGIN: u16 = 0x13;
    const SEPARATOR: u16 = 0x14;
    const END: u16 = 0x15;
    let mut hidden = vec![false; units.len()];
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    for (i, unit) in units.iter().enumerate() {
        match *unit {
            BEGIN => open.push((i, None)),
            SEPARATOR => {
                if let Some(field) = open.last_mut() {
                    field.1.get_or_insert(i);
                }
            }
            END => {
                if let Some((begin, separator)) = open.pop()
                    && let Some(of) = hidden.get_mut(begin..separator.unwrap_or(i))
                {
                    of.fill(true);
                }
            }
            _ => {}
        }
    }
    hidden
}
