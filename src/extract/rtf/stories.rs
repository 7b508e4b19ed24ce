//! The stories of a file: the main text, those open inside one another, and those told.

use crate::extract::flow::line::End;
use crate::extract::rtf::destination::StoryKind;
use crate::extract::rtf::picture::PictureBytes;
use crate::extract::rtf::story::{ParagraphFormat, Story};
use crate::model::document::{Block, Picture};

/// All stories, and the pictures met in them.
#[derive(Debug, Default)]
pub struct Stories {
    main: Story,
    open: Vec<Story>,
    told: Vec<(StoryKind, Vec<Block>)>,
    text_boxes: usize,
    pictures: Vec<Picture>,
}

impl Stories {
    /// The story that is being told.
    pub fn current(&mut self) -> &mut Story {
        self.open.last_mut().unwrap_or(&mut self.main)
    }

    /// Begins a story inside the current one.
    pub fn begin(&mut self, kind: StoryKind) {
        let before = match kind {
            StoryKind::TextBox => self.text_boxes,
            _ => self.told.iter().filter(|(k, _)| *k == kind).count(),
        };
        let n = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
        self.open.push(Story::new(kind, n));
    }

    /// Ends the story begun last. One that is empty, or a header that says what another has said, is left out.
    pub fn end(&mut self) {
        let Some(story) = self.open.pop() else { return };
        let kind = story.kind;
        let blocks = story.finish(&mut self.pictures);
        let Some(kind) = kind.filter(|_| !blocks.is_empty()) else {
            return;
        };
        let of_page = matches!(kind, StoryKind::Header | StoryKind::Footer);
        if kind == StoryKind::TextBox {
            self.text_boxes += 1;
            self.current().anchor(blocks);
        } else if !(of_page && self.told.iter().any(|(k, told)| *k == kind && same(told, &blocks))) {
            self.told.push((kind, blocks));
        }
    }

    /// Ends the paragraph under way, in so many tables.
    pub fn end_paragraph(&mut self, format: ParagraphFormat, depth: usize, end: End) {
        let story = self.open.last_mut().unwrap_or(&mut self.main);
        story.end(format, depth, end, &mut self.pictures);
    }

    /// Puts a picture into the paragraph under way.
    pub fn picture(&mut self, bytes: PictureBytes) {
        let at = self.pictures.len();
        if let Some(picture) = bytes.finish(at + 1) {
            self.pictures.push(picture);
            self.current().pictures.push(at);
        }
    }

    /// The blocks of all stories in reading order, and the pictures.
    pub fn finish(mut self) -> (Vec<Block>, Vec<Picture>) {
        while !self.open.is_empty() {
            self.end();
        }
        let main = self.main.finish(&mut self.pictures);
        let mut of = |kind: StoryKind| -> Vec<Block> {
            let told = self.told.iter_mut().filter(|(k, _)| *k == kind);
            told.flat_map(|(_, blocks)| std::mem::take(blocks)).collect()
        };
        let mut blocks = of(StoryKind::Header);
        blocks.extend(main);
        for kind in [StoryKind::Footer, StoryKind::Note, StoryKind::Comment] {
            blocks.extend(of(kind));
        }
        (blocks, self.pictures)
    }
}

fn same(a: &[Block], b: &[Block]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.content == b.content)
}
