//! What a format hands to the flow: a paragraph, how it ends, and the shape of the row that it ends.

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
