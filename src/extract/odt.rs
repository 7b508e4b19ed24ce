//! OpenDocument text and presentations (ODF 1.2 part 1, 4 to 10): paragraphs, headings, lists with their numbers, tables, text
//! boxes, notes, page headers and footers. Tracked deletions are left out, insertions kept.

mod flow;
mod numbering;
#[cfg(test)]
mod tests;

use crate::extract::encoding;
use crate::extract::open_document;
use crate::extract::parts::add_paragraphs;
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use flow::Flow;
use numbering::ListStyles;

/// Reads `.odt` and `.odp`.
pub const READER: Reader = Reader { name: "odt", version: 1, formats: &[Format::Odt, Format::Odp], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let (package, mut body) = open_document::open(bytes)?;
    let content = package.read("content.xml")?;
    let (xml, _) = encoding::decode(&content, None);
    let styles = package.read("styles.xml").unwrap_or_default();
    let (styles, _) = encoding::decode(&styles, None);
    let lists = ListStyles::of(&[&styles, &xml]);
    // Page headers and footers stand with the styles.
    let mut pages = Flow::new(&lists);
    let mut parts = vec![("styles.xml", pages.read(&styles))];
    let mut text = Flow::new(&lists);
    parts.push(("content.xml", text.read(&xml)));
    add_paragraphs(&mut body, pages.headers, Place::Header);
    body.blocks.extend(text.blocks);
    add_paragraphs(&mut body, text.boxes, Place::TextBox);
    add_paragraphs(&mut body, pages.footers, Place::Footer);
    add_paragraphs(&mut body, text.notes, Place::Note);
    add_paragraphs(&mut body, text.comments, Place::Comment);
    for (part, _) in parts.iter().filter(|(_, whole)| !whole) {
        body.losses.push(Problem::LostText(msg!("extract.part_lost", *part), Place::Whole));
    }
    if text.cut || pages.cut {
        body.losses.push(Problem::LostText(msg!("extract.text_too_long"), Place::Whole));
    }
    if body.blocks.is_empty() && !body.losses.is_empty() {
        return Err(Failure::Damaged(msg!("extract.part_lost", "content.xml")));
    }
    Ok(body)
}
