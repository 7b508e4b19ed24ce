//! Property modifiers: what sets a paragraph or a run apart from its style ([MS-DOC] 2.6).

use crate::extract::le::{i16_at, slice_at, u8_at, u16_at, u32_at};

/// Character: deleted under tracked changes.
pub const C_DELETED: u16 = 0x0800;
/// Character: the 0x01 stands for data of a field, not for a picture.
pub const C_DATA: u16 = 0x0806;
/// Character: hidden.
pub const C_HIDDEN: u16 = 0x083C;
/// Character: stands for something else than itself.
const C_SPECIAL: u16 = 0x0855;
/// Character: its style.
pub const C_STYLE: u16 = 0x4A30;
/// Character: where its picture lies in the stream `Data`.
pub const C_PICTURE: u16 = 0x6A03;
/// Character: a symbol of a font.
pub const C_SYMBOL: u16 = 0x6A09;
/// Paragraph: its style.
pub const P_STYLE: u16 = 0x4600;
/// Paragraph: alignment, before 2000 and since.
pub const P_ALIGN: [u16; 2] = [0x2403, 0x2461];
/// Paragraph: level in its list.
pub const P_LIST_LEVEL: u16 = 0x260A;
/// Paragraph: its list.
pub const P_LIST: u16 = 0x460B;
/// Paragraph: outline level.
pub const P_OUTLINE: u16 = 0x2640;
/// Paragraph: in a table.
pub const P_IN_TABLE: u16 = 0x2416;
/// Paragraph: ends a row.
pub const P_ROW_END: u16 = 0x2417;
/// Paragraph: in so many tables.
pub const P_DEPTH: u16 = 0x6649;
/// Paragraph: in so many tables more than its style says.
pub const P_DEPTH_CHANGE: u16 = 0x664A;
/// Paragraph: ends a cell of a table in a table.
pub const P_INNER_CELL_END: u16 = 0x244B;
/// Paragraph: ends a row of a table in a table.
pub const P_INNER_ROW_END: u16 = 0x244C;
/// Paragraph: its properties continue in the stream `Data`, because they are too long for a page.
pub const P_HUGE: [u16; 3] = [0x6645, 0x6646, 0x646B];
/// Table: the row's cells.
pub const T_CELLS: u16 = 0xD608;
/// Table: a cell's part in a vertical merge.
pub const T_VERTICAL_MERGE: u16 = 0xD62B;
/// Table: cells merged into one.
pub const T_MERGE: u16 = 0x5624;

/// A modifier with its operand.
#[derive(Debug, Clone, Copy)]
pub struct Prl<'a> {
    /// Which property.
    pub code: u16,
    /// The operand; without the length byte where the length varies, except for [`T_CELLS`] whose two are left out.
    pub operand: &'a [u8],
}

impl Prl<'_> {
    /// The operand as a byte.
    pub fn byte(&self) -> u8 {
        u8_at(self.operand, 0).unwrap_or(0)
    }

    /// The operand as a switch.
    pub fn on(&self) -> bool {
        self.byte() != 0
    }

    /// The operand as 16 bits.
    pub fn word(&self) -> u16 {
        u16_at(self.operand, 0).unwrap_or(0)
    }

    /// The operand as 32 bits.
    pub fn long(&self) -> u32 {
        u32_at(self.operand, 0).unwrap_or(0)
    }

    /// A signed 16-bit number inside the operand.
    pub fn signed_at(&self, at: usize) -> Option<i16> {
        i16_at(self.operand, at)
    }
}

/// The modifiers of a run of bytes, until one is broken.
pub fn prls(mut bytes: &[u8]) -> impl Iterator<Item = Prl<'_>> {
    std::iter::from_fn(move || {
        let (prl, rest) = split(bytes)?;
        bytes = rest;
        Some(prl)
    })
}

fn split(bytes: &[u8]) -> Option<(Prl<'_>, &[u8])> {
    const T_CELLS_10: u16 = 0xD606;
    const P_TABS: u16 = 0xC615;
    let code = u16_at(bytes, 0)?;
    let (start, len) = match (code >> 13, code) {
        (_, T_CELLS | T_CELLS_10) => (4, usize::from(u16_at(bytes, 2)?).checked_sub(1)?),
        (6, P_TABS) if u8_at(bytes, 2)? == 255 => {
            // Deleted tabs of four bytes each, then added tabs of three ([MS-DOC] 2.9.182).
            let deleted = usize::from(u8_at(bytes, 3)?) * 4;
            (3, 2 + deleted + usize::from(u8_at(bytes, 4 + deleted)?) * 3)
        }
        (6, _) => (3, usize::from(u8_at(bytes, 2)?)),
        (0 | 1, _) => (2, 1),
        (3, _) => (2, 4),
        (7, _) => (2, 3),
        _ => (2, 2),
    };
    let operand = slice_at(bytes, start, len)?;
    Some((Prl { code, operand }, bytes.get(start + len..)?))
}

/// The modifier that a piece carries in its 16 bits, as the bytes of one ([MS-DOC] 2.9.215, Prm0). Only those that matter here
/// are known.
pub fn of_short_form(prm: u16) -> Option<[u8; 3]> {
    let code = match (prm >> 1) & 0x7F {
        0x05 => P_ALIGN[0],
        0x0C => P_LIST_LEVEL,
        0x18 => P_IN_TABLE,
        0x19 => P_ROW_END,
        0x41 => C_DELETED,
        0x5C => C_HIDDEN,
        0x75 => C_SPECIAL,
        0x78 => P_OUTLINE,
        _ => return None,
    };
    let [low, high] = code.to_le_bytes();
    let [_, value] = prm.to_le_bytes();
    Some([low, high, value])
}
