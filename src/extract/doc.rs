//! Word 97 to 2003 binary files, and WPS text files, which are the same ([MS-DOC]).
//!
//! Reads the piece table itself, so that every story is there once and in its place, tables keep their cells, and what the
//! file promises can be compared with what was read. Deleted and hidden text is left out; field results are kept and their
//! instructions are not. Known limits: Word 6 and 95 are refused; embedded objects are not opened; a number that a
//! field would compute anew is taken as it was last saved.

mod art;
mod characters;
mod fib;
mod fonts;
mod lists;
mod paragraph;
mod pieces;
mod runs;
mod sprm;
mod stories;
mod styles;
mod tell;

use crate::extract::ole::{Compound, Kind};
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
use crate::model::limits;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use fib::{Fib, Part};

/// Reads `.doc` and `.wps`.
pub const READER: Reader = Reader { name: "doc", version: 4, formats: &[Format::Doc], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let file = Compound::open(bytes)?;
    if file.kind() == Kind::Encrypted {
        return Err(Failure::Encrypted);
    }
    let word = file.read("WordDocument").ok_or_else(|| Failure::Damaged(msg!("extract.doc_no_header")))?;
    let fib = Fib::read(&word)?;
    let table =
        file.read(fib.table_stream).ok_or_else(|| Failure::Damaged(msg!("extract.doc_no_table", fib.table_stream)))?;
    let data = file.read("Data").unwrap_or_default();
    let text = pieces::Text::read(fib.part(Part::Pieces, &table), &word, fib.language)
        .ok_or_else(|| Failure::Damaged(msg!("extract.doc_no_pieces")))?;
    let styles = styles::Styles::read(fib.part(Part::Styles, &table));
    let by_character = runs::Runs::of_characters(fib.part(Part::CharacterPages, &table), &word);
    let by_paragraph = runs::Runs::of_paragraphs(fib.part(Part::ParagraphPages, &table), &word);
    let stories = stories::Stories::read(&fib, &table);
    let mut teller = tell::Teller {
        word: &word,
        characters: characters::Characters::read(&text, &by_character, &styles),
        paragraphs: paragraph::Paragraphs { text: &text, runs: by_paragraph, styles: &styles, data: &data },
        lists: lists::Lists::read(&fib, &table),
        drawings: art::Drawings::read(fib.part(Part::Drawings, &table)),
        fonts: fonts::names(fib.part(Part::Fonts, &table)),
        pictures: Vec::new(),
        boxes: 0,
    };
    // The main text goes first, so that its pictures have the first numbers.
    let main = teller.main(&stories);
    let mut blocks = teller.asides(&stories.headers, Place::Header, &stories);
    blocks.extend(teller.header_text_boxes(&stories));
    blocks.extend(main);
    blocks.extend(teller.asides(&stories.footers, Place::Footer, &stories));
    blocks.extend(teller.asides(&stories.notes, Place::Note, &stories));
    blocks.extend(teller.asides(&stories.comments, Place::Comment, &stories));
    let pictures = teller.pictures;
    Ok(Body { blocks, pictures, properties: file.properties(), losses: losses(&fib, &text), ..Body::default() })
}

/// What the file promises and the text does not hold.
fn losses(fib: &Fib, text: &pieces::Text) -> Vec<Problem> {
    let (declared, read) = (fib.lengths.total(), text.units.len());
    if text.cut {
        vec![Problem::LostText(msg!("extract.doc_text_cut", limits::TEXT_CHARS), Place::Whole)]
    } else if read < declared {
        vec![Problem::LostText(msg!("extract.doc_text_short", declared, read), Place::Whole)]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
