//! Office Open XML text: `.docx`, `.docm`, `.dotx`, from Word, WPS and whatever else writes it.
//!
//! ```text
//! package ─▶ relations, xml ─▶ grammar (blocks, grid, inline) ─▶ flow ─▶ layout (numbering, captions, tables) ─▶ Body
//! ```
//!
//! The grammar knows what XML means and nothing of places; the layout knows places and nothing of XML. What a reader of
//! the document sees is kept, once: deleted and hidden text, field codes and the prompts of unfilled controls are not
//! seen. Main text first decides; a part that is missing or broken costs itself and is a loss. External targets are
//! never followed. Headers' pictures are letterheads and are not counted among the document's.

mod blocks;
mod captions;
mod flow;
mod grammar;
mod grid;
mod inline;
mod layout;
mod numbering;
mod shapes;
mod styles;
mod tables;

#[cfg(test)]
mod tests;

use crate::extract::package::{Package, PackageError};
use crate::extract::properties::properties;
use crate::extract::reader::{Failure, Format, Reader};
use crate::extract::relations::Relations;
use crate::extract::xml;
use crate::model::document::{Body, Properties};
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use flow::Piece;
use grammar::Grammar;
use layout::{Layout, Station};
use numbering::Numbering;
use styles::Styles;

/// Reads Office Open XML text.
pub const READER: Reader = Reader { name: "docx", version: 2, formats: &[Format::Docx], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let package = Package::open(bytes)?;
    let mut losses = Vec::new();
    let root = kept(Relations::of(&package, ""), &mut losses);
    let main = main_part(&package, &root).ok_or_else(|| Failure::Damaged(msg!("extract.docx_no_main_part")))?;
    let main_bytes = package.read(&main)?;
    let mut document =
        Document { package: &package, relations: kept(Relations::of(&package, &main), &mut losses), losses };

    let styles = document.text_of("styles").map(Styles::of).unwrap_or_default();
    let numbering = document.text_of("numbering").map(|t| Numbering::read(&t)).unwrap_or_default();
    let properties = document.properties(&root);
    let losses = std::mem::take(&mut document.losses);

    let text = xml::decode(&main_bytes);
    let mut grammar = Grammar::new(&text, &styles);
    let pieces = grammar.story();
    if grammar.is_broken() && !pieces.iter().any(Piece::has_words) {
        return Err(Failure::Damaged(msg!("extract.docx_broken_at_once")));
    }
    let sections = grammar.take_sections();
    let mut layout = Layout::new(&package, &styles, numbering);
    layout.body.properties = properties;
    layout.body.losses.extend(losses.into_iter().map(|what| Problem::LostText(what, Place::Whole)));

    document.margins("header", Place::Header, &sections, &styles, &mut layout);
    let station = Station { relations: &document.relations, aside: None, shows_pictures: true };
    layout.story(pieces, &station);
    report(&grammar, &station, &mut layout);
    document.margins("footer", Place::Footer, &sections, &styles, &mut layout);
    let notes = document.stories("footnotes", "footnote", 0, Place::Note, &styles, &mut layout);
    document.stories("endnotes", "endnote", notes, Place::Note, &styles, &mut layout);
    document.stories("comments", "comment", 0, Place::Comment, &styles, &mut layout);
    Ok(layout.body)
}

/// The part with the main text: where the package says, or where it always is.
fn main_part(package: &Package<'_>, root: &Relations) -> Option<String> {
    let said = root.of_kind("officeDocument").map(|(_, name)| name).find(|name| package.member(name).is_some());
    said.or_else(|| Some("word/document.xml").filter(|name| package.member(name).is_some())).map(str::to_string)
}

/// Relationships, or none and a loss.
fn kept(relations: Result<Relations, PackageError>, losses: &mut Vec<Message>) -> Relations {
    relations.unwrap_or_else(|error| {
        losses.push(error.message());
        Relations::default()
    })
}

/// Says what was lost of a part that has been read.
fn report(grammar: &Grammar<'_>, station: &Station<'_>, layout: &mut Layout<'_>) {
    if grammar.is_broken() {
        layout.lose(msg!("extract.docx_breaks_off"), station);
    }
    if grammar.was_cut() {
        layout.lose(msg!("extract.docx_limit"), station);
    }
}

/// The main part's package and what it refers to.
struct Document<'p> {
    package: &'p Package<'p>,
    relations: Relations,
    losses: Vec<Message>,
}

impl Document<'_> {
    /// The text of the main part's first part of that kind, if it has one.
    fn text_of(&mut self, kind: &str) -> Option<String> {
        let name = self.relations.of_kind(kind).map(|(_, name)| name.to_string()).next()?;
        self.bytes_of(&name).map(|bytes| xml::decode(&bytes).into_owned())
    }

    /// A part's bytes, or nothing and a loss.
    fn bytes_of(&mut self, name: &str) -> Option<Vec<u8>> {
        self.package.read(name).map_err(|error| self.losses.push(error.message())).ok()
    }

    fn properties(&mut self, root: &Relations) -> Properties {
        let mut part = |kinds: [&str; 2]| {
            let name = kinds.iter().find_map(|k| root.of_kind(k).next()).map(|(_, name)| name.to_string())?;
            self.bytes_of(&name)
        };
        let core = part(["core-properties", "coreProperties"]);
        let app = part(["extended-properties", "extendedProperties"]);
        properties(core.as_deref(), app.as_deref())
    }

    /// Lays out headers or footers: each part once, in the order in which sections name them. Where a document breaks
    /// off before it names them, they come in the order of the relationships.
    fn margins(
        &self,
        kind: &str,
        place: fn(u32) -> Place,
        sections: &[String],
        styles: &Styles,
        layout: &mut Layout<'_>,
    ) {
        let all: Vec<(&str, &str)> = self.relations.of_kind(kind).collect();
        let named = sections.iter().filter_map(|id| all.iter().find(|(i, _)| i == id));
        let mut parts: Vec<&str> = Vec::new();
        for (_, part) in named.chain(&all) {
            if !parts.contains(part) {
                parts.push(part);
            }
        }
        let mut number = 0;
        for part in parts {
            let Some((text, relations)) = self.part(part, layout) else { continue };
            let mut grammar = Grammar::new(&text, styles);
            let pieces = grammar.story();
            let station = Station { relations: &relations, aside: Some(place(number + 1)), shows_pictures: false };
            let blocks = layout.body.blocks.len();
            layout.story(pieces, &station);
            if is_page_number(layout.body.blocks.get(blocks..).unwrap_or_default()) {
                layout.body.blocks.truncate(blocks);
            } else {
                number += 1;
            }
            report(&grammar, &station, layout);
        }
    }

    /// Lays out the notes or comments of the first part of that kind; `before` have been counted already.
    fn stories(
        &self,
        kind: &str,
        name: &str,
        before: u32,
        place: fn(u32) -> Place,
        styles: &Styles,
        layout: &mut Layout<'_>,
    ) -> u32 {
        let mut count = before;
        let Some((_, part)) = self.relations.of_kind(kind).next() else { return count };
        let Some((text, relations)) = self.part(part, layout) else { return count };
        let mut grammar = Grammar::new(&text, styles);
        for pieces in grammar.stories(name) {
            count += 1;
            layout.story(pieces, &Station { relations: &relations, aside: Some(place(count)), shows_pictures: false });
        }
        let station = Station { relations: &relations, aside: Some(place(count.max(1))), shows_pictures: false };
        report(&grammar, &station, layout);
        count
    }

    /// A part's text and relationships, or nothing and a loss.
    fn part(&self, name: &str, layout: &mut Layout<'_>) -> Option<(String, Relations)> {
        let read = self.package.read(name).and_then(|bytes| Ok((bytes, Relations::of(self.package, name)?)));
        match read {
            Ok((bytes, relations)) => Some((xml::decode(&bytes).into_owned(), relations)),
            Err(error) => {
                layout.body.losses.push(Problem::LostText(error.message(), Place::Whole));
                None
            }
        }
    }
}

/// Whether a header or footer says nothing but the page: 第 3 页 共 9 页, Page 3, - 3 -.
fn is_page_number(blocks: &[crate::model::document::Block]) -> bool {
    use crate::model::document::Content;
    blocks.iter().all(|block| match &block.content {
        Content::Heading(_, text) | Content::Paragraph(text) | Content::Caption(text) => {
            let text = text.to_lowercase().replace("page", "").replace("of", "");
            !text.chars().any(|c| c.is_alphabetic() && !"第页頁共".contains(c))
        }
        Content::Table(_) => false,
    })
}
