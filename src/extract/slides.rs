//! Presentations of Office Open XML (ECMA-376 part 1, 19): the texts of the slides in their order, tables, the speaker's notes.

use crate::extract::encoding;
use crate::extract::package::Package;
use crate::extract::parts::pictures;
use crate::extract::properties::properties;
use crate::extract::reader::{Failure, Format, Reader as FormatReader};
use crate::extract::xml_text::{attribute, push_text};
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
pub const READER: FormatReader = FormatReader { name: "slides", version: 1, formats: &[Format::Pptx], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let package = Package::open(bytes)?;
    let mut body = Body { pictures: pictures(&package, "ppt/media/"), ..Body::default() };
    let (core, app) = (package.read("docProps/core.xml").ok(), package.read("docProps/app.xml").ok());
    body.properties = properties(core.as_deref(), app.as_deref());
    let slides = slides(&package)?;
    let (mut notes, mut tables, mut chars) = (Vec::new(), 0, 0);
    for (slide, n) in slides.iter().zip(1u32..) {
        let mut parts = vec![(slide.clone(), Place::Slide(n))];
        let of_slide = related(&package, slide, "notesSlide");
        parts.extend(of_slide.into_iter().map(|(_, part)| (part, Place::Note(n))));
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

/// The slides' parts in the order in which they are shown.
fn slides(package: &Package<'_>) -> Result<Vec<String>, Failure> {
    const MAIN: &str = "ppt/presentation.xml";
    let (xml, _) = encoding::decode(&package.read(MAIN)?, None);
    let parts = related(package, MAIN, "slide");
    let mut reader = Reader::from_str(&xml);
    let mut slides = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == "sldId" => {
                // Two attributes are called id; the relation's has a prefix.
                let mut attributes = e.attributes();
                let ids = attributes.with_checks(false).map_while(Result::ok);
                let id = ids.filter(|a| a.key.prefix().is_some()).map(|a| a.value.to_string()).last();
                slides.extend(parts.iter().find(|(known, _)| Some(known) == id.as_ref()).map(|(_, part)| part.clone()));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    Ok(slides)
}

/// The parts that a part relates to by a kind of relation (ECMA-376 part 2, 9.3): id and name.
fn related(package: &Package<'_>, part: &str, kind: &str) -> Vec<(String, String)> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let Ok(bytes) = package.read(&format!("{folder}/_rels/{name}.rels")) else { return Vec::new() };
    let (xml, _) = encoding::decode(&bytes, None);
    let mut reader = Reader::from_str(&xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == "Relationship" => {
                let (id, of, target) = (attribute(&e, "Id"), attribute(&e, "Type"), attribute(&e, "Target"));
                if let (Some(id), Some(of), Some(target)) = (id, of, target)
                    && of.rsplit('/').next() == Some(kind)
                {
                    found.push((id, resolved(folder, &target)));
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// A target seen from a folder of the package: `../notesSlides/notesSlide1.xml`.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_string();
    }
    let mut path: Vec<&str> = folder.split('/').collect();
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." => {}
            name => path.push(name),
        }
    }
    path.join("/")
}

/// The text of one slide.
struct SlideText {
    place: Place,
    blocks: Vec<Block>,
    tables: u32,
    chars: usize,
    title: bool,
    /// A placeholder whose text is the program's: the number of the slide, the date.
    filled_in: bool,
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
            in_text: false,
            fallback: 0,
            text: String::new(),
            table: None,
            column: 0,
            cell: None,
        }
    }

    /// Reads a part to its end; false where the XML breaks off.
    fn read(&mut self, xml: &str) -> bool {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        let mut depth = 0usize;
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => {
                    depth += 1;
                    self.start(&e);
                }
                Ok(Event::End(e)) => {
                    depth = depth.saturating_sub(1);
                    self.end(e.local_name().as_ref());
                }
                Ok(Event::Eof) | Err(_) if depth > 0 => {
                    // What was open when the part broke off is kept.
                    self.end("p");
                    return false;
                }
                Ok(Event::Eof) => return true,
                Err(_) => return false,
                Ok(event) if self.in_text => push_text(&mut self.text, &event),
                Ok(_) => {}
            }
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "sp" => (self.title, self.filled_in) = (false, false),
            "ph" => match attribute(e, "type").as_deref() {
                Some("title" | "ctrTitle") => self.title = true,
                Some("sldNum" | "dt") => self.filled_in = true,
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
