//! A story (main text, header, note …) as the grammar found it, before places, numbers and captions are given.

use crate::model::message::Message;

/// A piece of a story.
#[derive(Debug)]
pub enum Piece {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Grid),
}

/// A paragraph as shown: deleted and hidden text is gone, fields show their results.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Its text without automatic number; `\n` where a line is broken by hand.
    pub text: String,
    /// Id of its style.
    pub style: Option<String>,
    /// Its own outline level, 0 to 8, or 9 for none.
    pub outline: Option<u8>,
    /// The list that it itself says it belongs to.
    pub listing: Listing,
    /// Whether it itself says that it is centred.
    pub centred: Option<bool>,
    /// Its mark was deleted: what follows continues it.
    pub runs_on: bool,
    /// What is drawn in it, in order.
    pub drawings: Vec<Drawing>,
    /// What could not be read in it.
    pub lost: Vec<Message>,
}

/// Membership in a list; a style may give what the paragraph does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Listing {
    /// The list (`w:numId`); 0 takes the paragraph out of its style's list.
    pub list: Option<u32>,
    /// Level in it, 0 to 8.
    pub level: Option<u8>,
}

/// Something drawn.
#[derive(Debug)]
pub enum Drawing {
    /// A picture.
    Picture(Shown),
    /// A text box, or text in a shape.
    Box(Vec<Piece>),
    /// A diagram or a chart, whose text stands in the part of this relationship.
    Part(String),
}

/// A picture as it is used.
#[derive(Debug)]
pub struct Shown {
    /// Relationship to the picture's part.
    pub relation: String,
    /// Title or description, if a person may have written it.
    pub alt: Option<String>,
    /// It floats: the paragraph that anchors it need not be about it.
    pub floating: bool,
}

/// A table.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its rows without the deleted ones.
    pub rows: Vec<Vec<GridCell>>,
}

/// A cell as it is written; one that continues a merged cell still stands by itself.
#[derive(Debug, Default)]
pub struct GridCell {
    /// Grid column of its left edge, from 0.
    pub column: u32,
    /// How many grid columns it covers.
    pub span: u32,
    /// It continues the cell above.
    pub continues: bool,
    /// What is in it.
    pub content: Vec<Piece>,
}

impl Paragraph {
    /// Whether a reader of it sees words, in it or in a box that it anchors.
    pub fn has_words(&self) -> bool {
        !self.text.trim().is_empty()
            || self.drawings.iter().any(|d| match d {
                Drawing::Picture(_) => false,
                Drawing::Box(pieces) => pieces.iter().any(Piece::has_words),
                Drawing::Part(_) => true,
            })
    }

    /// Whether it shows a picture, in it or in a box that it anchors.
    pub fn has_pictures(&self) -> bool {
        self.drawings.iter().any(|d| match d {
            Drawing::Picture(_) => true,
            Drawing::Box(pieces) => pieces.iter().any(Piece::has_pictures),
            Drawing::Part(_) => false,
        })
    }

    /// Takes from another alternative of the same drawing what this one lacks: its words, its pictures, or both.
    pub fn fill_from(&mut self, other: Paragraph) {
        let (words, pictures) = (!self.has_words() && other.has_words(), !self.has_pictures());
        if words {
            self.text.push_str(&other.text);
        }
        let wanted = |d: &Drawing| if matches!(d, Drawing::Picture(_)) { pictures } else { words };
        let before = self.drawings.len();
        self.drawings.extend(other.drawings.into_iter().filter(wanted));
        // What was not understood in one alternative is no loss where another one said it.
        if words || self.drawings.len() > before || self.lost.is_empty() && !self.has_words() {
            self.lost = other.lost;
        }
    }

    /// Continues with what follows a deleted paragraph mark; the paragraph that keeps its mark gives the properties.
    pub fn continue_with(self, next: Paragraph) -> Paragraph {
        let mut drawings = self.drawings;
        drawings.extend(next.drawings);
        let mut lost = self.lost;
        lost.extend(next.lost);
        Paragraph { text: self.text + &next.text, drawings, lost, ..next }
    }
}

impl Piece {
    /// Whether a reader of it sees words.
    pub fn has_words(&self) -> bool {
        match self {
            Piece::Paragraph(p) => p.has_words(),
            Piece::Table(grid) => grid.rows.iter().flatten().any(|c| c.content.iter().any(Piece::has_words)),
        }
    }

    /// Whether it shows a picture.
    pub fn has_pictures(&self) -> bool {
        match self {
            Piece::Paragraph(p) => p.has_pictures(),
            Piece::Table(grid) => grid.rows.iter().flatten().any(|c| c.content.iter().any(Piece::has_pictures)),
        }
    }
}
