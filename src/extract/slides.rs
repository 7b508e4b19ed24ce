//! Presentations of Office Open XML (ECMA-376 part 1, 19): the texts of the slides in their order, tables, the speaker's notes.

use crate::extract::encoding;
use crate::extract::package::Package;
use crate::extract::parts::pictures;
use crate::extract::properties::properties;
use crate::extract::reader::{Failure, Format, Reader as FormatReader};
use crate::extract::relations::{Relations, Target};
use crate::extract::xml_text::{Elements, attribute, push_text, walk};
use crate::model::document::{Block, Body, Cell, Content, Row, Table};
use crate::model::limits;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

#[cfg(test)]
mod tests;

/// Reads `.pptx`, `.pptm`, `.ppsx`.
pub const READER: FormatReader = FormatReader { name: "slides", version: 2, formats: &[Format::Pptx], read };

/// The part that lists the slides.
const MAIN: &str = "ppt/presentation.xml";

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let package = Package::open(bytes)?;
    let mut body = Body { pictures: pictures(&package, "ppt/media/"), ..Body::default() };
    let (core, app) = (package.read("docProps/core.xml").ok(), package.read("docProps/app.xml").ok());
    body.properties = properties(core.as_deref(), app.as_deref());
    let (slides, all) = slides(&package)?;
    if !all {
        body.losses.push(Problem::LostText(msg!("extract.part_lost", MAIN), Place::Whole));
    }
    let (mut notes, mut tables, mut chars) = (Vec::new(), 0, 0);
    for (slide, n) in slides.iter().zip(1u32..) {
        let mut parts = vec![(slide.clone(), Place::Slide(n))];
        match Relations::of(&package, slide) {
            Ok(relations) => {
                parts.extend(relations.of_kind("notesSlide").map(|(_, part)| (part.to_string(), Place::Note(n))));
            }
            Err(error) => body.losses.push(Problem::LostText(error.message(), Place::Note(n))),
        }
        for (part, place) in parts {
            let mut text = SlideText::new(place.clone(), tables);
            let whole = package.read(&part).is_ok_and(|xml| text.read(&encoding::decode(&xml, None).0));
            if !whole {
                body.losses.push(Problem::LostText(msg!("extract.part_lost", &part), place.clone()));
            }
            chars += text.chars;
            tables = text.tables;
            if matches!(place, Place::Note(_)) { &mut notes } else { &mut body.blocks }.extend(text.blocks);
        }
        if chars > limits::TEXT_CHARS {
            body.losses.push(Problem::LostText(msg!("extract.text_too_long"), Place::Slide(n)));
            break;
        }
    }
    body.blocks.extend(notes);
    Ok(body)
}

/// The slides' parts in the order in which they are shown, and whether the list of them was whole. A slide that leads to no
/// part goes by its id: it will not be found, and be missed.
fn slides(package: &Package<'_>) -> Result<(Vec<String>, bool), Failure> {
    let (xml, _) = encoding::decode(&package.read(MAIN)?, None);
    let relations = Relations::of(package, MAIN)?;
    let mut reader = Reader::from_str(&xml);
    let mut slides = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == "sldId" => {
                // Two attributes are called id; the relation's has a prefix.
                let mut attributes = e.attributes();
                let ids = attributes.with_checks(false).map_while(Result::ok);
                let id =
                    ids.filter(|a| a.key.prefix().is_some()).map(|a| a.value.to_string()).last().unwrap_or_default();
                slides.push(match relations.target(&id) {
                    Some(Target::Part(part)) => part.clone(),
                    _ => id,
                });
            }
            Ok(Event::Eof) => return Ok((slides, true)),
            Err(_) => return Ok((slides, false)),
            Ok(_) => {}
        }
    }
}

/// The text of one slide.
struct SlideText {
    place: Place,
    blocks: Vec<Block>,
    tables: u32,
    chars: usize,
    title: bool,
    /// A placeholder whose text is the program's: the number of the slide.
    filled_in: bool,
    /// In a date that the program puts there anew each day.
    in_date: bool,
    in_text: bool,
    /// What an older program would show instead is the same text again.
    fallback: usize,
    text: String,
    table: Option<Table>,
    column: u32,
    cell: Option<(Cell, Vec<String>)>,
}

impl SlideText {
    /// The text of a place, after so many tables.
    fn new(place: Place, tables: u32) -> Self {
        SlideText {
            place,
            blocks: Vec::new(),
            tables,
            chars: 0,
            title: false,
            filled_in: false,
            in_date: false,
            in_text: false,
            fallback: 0,
            text: String::new(),
            table: None,
            column: 0,
            cell: None,
        }
    }

    /// Reads a part to its end; false where the XML breaks off. What was open there is kept.
    fn read(&mut self, xml: &str) -> bool {
        let whole = walk(xml, self);
        self.end_paragraph();
        whole
    }
}

impl Elements for SlideText {
    fn start(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            // Whatever stands on a slide, placeholder or not.
            "sp" | "graphicFrame" | "pic" => (self.title, self.filled_in) = (false, false),
            "fld" => self.in_date = attribute(e, "type").is_some_and(|kind| kind.starts_with("datetime")),
            "ph" => match attribute(e, "type").as_deref() {
                Some("title" | "ctrTitle") => self.title = true,
                Some("sldNum") => self.filled_in = true,
                _ => {}
            },
            "Fallback" => self.fallback += 1,
            "t" => self.in_text = true,
            "br" => self.text.push('\n'),
            "tbl" => (self.table, self.title) = (Some(Table::default()), false),
            "tr" => {
                self.column = 0;
                if let Some(table) = &mut self.table {
                    let number = table.rows.last().map_or(1, |row| row.number.saturating_add(1));
                    table.rows.push(Row { number, cells: Vec::new() });
                }
            }
            "tc" => {
                let span = |name| attribute(e, name).and_then(|v| v.parse().ok()).unwrap_or(1u32).max(1);
                let cell =
                    Cell { column: self.column, columns: span("gridSpan"), rows: span("rowSpan"), text: String::new() };
                self.column = self.column.saturating_add(1);
                self.cell = Some((cell, Vec::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "fld" => self.in_date = false,
            "Fallback" => self.fallback = self.fallback.saturating_sub(1),
            "p" => self.end_paragraph(),
            "tc" => {
                let row = self.table.as_mut().and_then(|t| t.rows.last_mut());
                if let (Some((cell, texts)), Some(row)) = (self.cell.take(), row)
                    && !texts.is_empty()
                {
                    row.cells.push(Cell { text: texts.join("\n"), ..cell });
                }
            }
            "tbl" => {
                if let Some(mut table) = self.table.take().filter(|_| self.fallback == 0) {
                    table.rows.retain(|row| !row.cells.is_empty());
                    if !table.rows.is_empty() {
                        self.tables += 1;
                        self.blocks.push(Block { place: Place::Table(self.tables), content: Content::Table(table) });
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, event: &Event<'_>) {
        if self.in_text && !self.in_date {
            push_text(&mut self.text, event);
        }
    }
}

impl SlideText {
    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text).trim().to_string();
        if text.is_empty() || self.filled_in || self.fallback > 0 {
            return;
        }
        self.chars += text.chars().count();
        if let Some((_, texts)) = &mut self.cell {
            texts.push(text);
            return;
        }
        let content = if self.title { Content::Heading(1, text) } else { Content::Paragraph(text) };
        self.blocks.push(Block { place: self.place.clone(), content });
    }
}
