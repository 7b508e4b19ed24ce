//! What a paragraph is: heading, list item, part of a table ([MS-DOC] 2.4.6.1, 2.6.2, 2.6.3).

use crate::extract::doc::pieces::Text;
use crate::extract::doc::runs::Runs;
use crate::extract::doc::sprm::{self, Prl, prls};
use crate::extract::doc::styles::Styles;
use crate::extract::flow::line::{Align, CellMerge, Merge, RowShape};
use crate::extract::le::{i32_at, slice_at, u8_at, u16_at};

/// A paragraph's properties, as far as its text depends on them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// The style's number.
    pub style: u16,
    /// Outline level from 0; 9 is body text.
    pub outline: Option<u8>,
    /// The list (from 1; 0 is none) and the level in it (from 0).
    pub list: (u16, u8),
    /// How it is aligned.
    pub align: Align,
    /// How many tables it lies in.
    pub depth: usize,
    /// Ends a row of an outermost table.
    pub row_end: bool,
    /// Ends a cell of a table in a table.
    pub inner_cell_end: bool,
    /// Ends a row of a table in a table.
    pub inner_row_end: bool,
    /// The row that it ends.
    pub row: RowShape,
}

/// Where a paragraph's properties are found.
pub struct Paragraphs<'a> {
    /// The text.
    pub text: &'a Text,
    /// Paragraphs by their bytes.
    pub runs: Runs<'a>,
    /// Styles.
    pub styles: &'a Styles<'a>,
    /// The stream `Data`, where properties lie that are too long for a page.
    pub data: &'a [u8],
}

impl Paragraphs<'_> {
    /// The properties of the paragraph that ends with the character.
    pub fn ending_at(&self, cp: usize) -> Paragraph {
        let piece = self.text.piece_at(cp);
        let run = piece.and_then(|p| self.runs.at(p.fc_of(cp)));
        let direct = run.map_or(&[][..], |r| r.modifiers);
        let by_piece = piece.map_or(&[][..], |p| &p.modifiers);
        let style = run.map_or(0, |r| r.style);
        let style = prls(by_piece).filter(|p| p.code == sprm::P_STYLE).last().map_or(style, |p| p.word());
        let mut paragraph = Paragraph { style, ..Paragraph::default() };
        let mut in_table = false;
        for modifiers in self.styles.paragraph_modifiers(style) {
            apply(modifiers, &mut paragraph, &mut in_table);
        }
        apply(direct, &mut paragraph, &mut in_table);
        for huge in prls(direct).filter(|p| sprm::P_HUGE.contains(&p.code)) {
            apply(self.huge(&huge).unwrap_or_default(), &mut paragraph, &mut in_table);
        }
        apply(by_piece, &mut paragraph, &mut in_table);
        if in_table {
            paragraph.depth = paragraph.depth.max(1);
        } else {
            paragraph.depth = 0;
        }
        paragraph
    }

    /// The modifiers in the stream `Data` (PrcData, [MS-DOC] 2.9.210).
    fn huge(&self, prl: &Prl) -> Option<&[u8]> {
        let at = usize::try_from(prl.long()).ok()?;
        slice_at(self.data, at.checked_add(2)?, usize::from(u16_at(self.data, at)?))
    }
}

fn apply(modifiers: &[u8], to: &mut Paragraph, in_table: &mut bool) {
    for prl in prls(modifiers) {
        match prl.code {
            sprm::P_OUTLINE => to.outline = Some(prl.byte()),
            sprm::P_LIST => to.list.0 = prl.word(),
            sprm::P_LIST_LEVEL => to.list.1 = prl.byte(),
            code if sprm::P_ALIGN.contains(&code) => {
                to.align = match prl.byte() {
                    1 => Align::Centre,
                    2 => Align::End,
                    _ => Align::Start,
                }
            }
            sprm::P_IN_TABLE => *in_table = prl.on(),
            sprm::P_ROW_END => to.row_end = prl.on(),
            sprm::P_DEPTH => to.depth = depth(i64::from(i32_at(prl.operand, 0).unwrap_or(0))),
            sprm::P_DEPTH_CHANGE => {
                let change = i64::from(i32_at(prl.operand, 0).unwrap_or(0));
                to.depth = depth(i64::try_from(to.depth).unwrap_or(0) + change);
            }
            sprm::P_INNER_CELL_END => to.inner_cell_end = prl.on(),
            sprm::P_INNER_ROW_END => to.inner_row_end = prl.on(),
            sprm::T_CELLS => to.row = row_shape(&prl).unwrap_or_default(),
            sprm::T_VERTICAL_MERGE => {
                let cell = u8_at(prl.operand, 0).and_then(|i| to.row.merges.get_mut(usize::from(i)));
                if let (Some(cell), Some(how)) = (cell, u8_at(prl.operand, 1)) {
                    cell.vertical = merge(how & 1 != 0, how & 2 != 0);
                }
            }
            sprm::T_MERGE => {
                let (first, end) =
                    (prl.operand.first().copied().unwrap_or(0), prl.operand.get(1).copied().unwrap_or(0));
                for i in first..end {
                    if let Some(cell) = to.row.merges.get_mut(usize::from(i)) {
                        cell.horizontal = merge(true, i == first);
                    }
                }
            }
            _ => {}
        }
    }
}

/// More tables in one another than this are a broken number.
fn depth(n: i64) -> usize {
    usize::try_from(n.clamp(0, 64)).unwrap_or(0)
}

/// The cells of a row (TDefTableOperand, [MS-DOC] 2.9.321; TC80, 2.9.314).
fn row_shape(prl: &Prl) -> Option<RowShape> {
    const CELL: usize = 20;
    let count = usize::from(u8_at(prl.operand, 0)?);
    let edges: Vec<i32> = (0..=count).map_while(|i| prl.signed_at(1 + i * 2)).map(i32::from).collect();
    let cells = 1 + (count + 1) * 2;
    let merges = (0..count)
        .map(|i| u16_at(prl.operand, cells + i * CELL).unwrap_or(0))
        .map(|flags| CellMerge {
            horizontal: merge(flags & 0x03 != 0, flags & 0x01 != 0),
            vertical: merge(flags & 0x20 != 0, flags & 0x40 != 0),
        })
        .collect();
    Some(RowShape { edges, merges })
}

fn merge(merged: bool, first: bool) -> Merge {
    match (merged, first) {
        (false, _) => Merge::None,
        (true, true) => Merge::First,
        (true, false) => Merge::Continued,
    }
}
