//! The file information block: what kind of Word file it is, how long its stories are, and where its tables lie
//! ([MS-DOC] 2.5).

use crate::extract::le::{i32_at, slice_at, u16_at, usize_at};
use crate::extract::reader::Failure;
use crate::msg;

/// The lengths of the stories in characters, in the order in which they follow one another ([MS-DOC] 2.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lengths {
    /// The main text.
    pub main: usize,
    /// Footnotes.
    pub footnotes: usize,
    /// Page headers and footers.
    pub headers: usize,
    /// Comments.
    pub comments: usize,
    /// Endnotes.
    pub endnotes: usize,
    /// Text boxes of the main text.
    pub text_boxes: usize,
    /// Text boxes of headers.
    pub header_text_boxes: usize,
}

impl Lengths {
    /// All stories together.
    pub fn total(&self) -> usize {
        self.main
            + self.footnotes
            + self.headers
            + self.comments
            + self.endnotes
            + self.text_boxes
            + self.header_text_boxes
    }
}

/// A structure in the table stream, by its place in FibRgFcLcb97 ([MS-DOC] 2.5.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Part {
    /// Style sheet.
    Styles = 1,
    /// Stories of the footnotes.
    FootnoteText = 3,
    /// Stories of the comments.
    CommentText = 5,
    /// Stories of headers and footers.
    Headers = 11,
    /// Pages of character properties.
    CharacterPages = 12,
    /// Pages of paragraph properties.
    ParagraphPages = 13,
    /// Fonts.
    Fonts = 15,
    /// Pieces of text.
    Pieces = 33,
    /// Where drawn objects of the main text are anchored.
    Anchors = 40,
    /// Where drawn objects of headers are anchored.
    HeaderAnchors = 41,
    /// Stories of the endnotes.
    EndnoteText = 47,
    /// Drawings.
    Drawings = 50,
    /// Stories of the text boxes.
    TextBoxText = 56,
    /// Stories of the headers' text boxes.
    HeaderTextBoxText = 58,
    /// Lists.
    Lists = 73,
    /// How paragraphs use the lists.
    ListOverrides = 74,
}

/// The file information block.
#[derive(Debug)]
pub struct Fib {
    /// The language of the program that wrote it ([MS-LCID]).
    pub language: u16,
    /// `1Table` or `0Table`.
    pub table_stream: &'static str,
    /// The declared lengths.
    pub lengths: Lengths,
    parts: Vec<(usize, usize)>,
}

impl Fib {
    /// Reads the block at the start of the stream `WordDocument`.
    pub fn read(word: &[u8]) -> Result<Fib, Failure> {
        const WORD_97: u16 = 0x00C1;
        const SIGNATURES: [u16; 2] = [0xA5EC, 0xA5DC];
        const FLAG_ENCRYPTED: u16 = 1 << 8;
        const FLAG_TABLE_1: u16 = 1 << 9;
        const FLAG_OBFUSCATED: u16 = 1 << 15;

        let damaged = || Failure::Damaged(msg!("extract.doc_no_header"));
        let signature = u16_at(word, 0).ok_or_else(damaged)?;
        let version = u16_at(word, 2).ok_or_else(damaged)?;
        let language = u16_at(word, 6).ok_or_else(damaged)?;
        let flags = u16_at(word, 10).ok_or_else(damaged)?;
        if version < WORD_97 && (SIGNATURES.contains(&signature) || signature >> 8 == 0xA5) {
            return Err(Failure::Unsupported(msg!("extract.doc_word_95")));
        }
        if !SIGNATURES.contains(&signature) {
            return Err(damaged());
        }
        if flags & (FLAG_ENCRYPTED | FLAG_OBFUSCATED) != 0 {
            return Err(Failure::Encrypted);
        }
        let table_stream = if flags & FLAG_TABLE_1 != 0 { "1Table" } else { "0Table" };
        let words = u16_at(word, 32).map(usize::from).ok_or_else(damaged)?;
        let longs_at = 36 + words * 2;
        let longs = u16_at(word, longs_at - 2).map(usize::from).ok_or_else(damaged)?;
        // A negative length would be a lie; the pieces tell how much there is.
        let length = |n: usize| usize::try_from(i32_at(word, longs_at + n * 4).unwrap_or(0)).unwrap_or(0);
        let lengths = Lengths {
            main: length(3),
            footnotes: length(4),
            headers: length(5),
            comments: length(7),
            endnotes: length(8),
            text_boxes: length(9),
            header_text_boxes: length(10),
        };
        let parts_at = longs_at + longs * 4 + 2;
        let count = u16_at(word, parts_at - 2).map(usize::from).ok_or_else(damaged)?;
        let parts = (0..count)
            .map_while(|i| Some((usize_at(word, parts_at + i * 8)?, usize_at(word, parts_at + i * 8 + 4)?)))
            .collect();
        Ok(Fib { language, table_stream, lengths, parts })
    }

    /// The bytes of a structure in the table stream; none where the file has no such structure or breaks off before it.
    pub fn part<'a>(&self, part: Part, table: &'a [u8]) -> &'a [u8] {
        let (at, len) = self.span(part);
        slice_at(table, at, len).unwrap_or_default()
    }

    /// Where a structure lies in the table stream, and its length.
    pub fn span(&self, part: Part) -> (usize, usize) {
        self.parts.get(part as usize).copied().unwrap_or_default()
    }
}
