//! From the pieces of stories to the blocks of a body: places, automatic numbers, headings, captions, merged cells.

use crate::extract::docx::captions::{Line, Near};
use crate::extract::docx::flow::{Drawing, Grid, GridCell, Listing, Paragraph, Piece, Shown};
use crate::extract::docx::numbering::Numbering;
use crate::extract::docx::shapes;
use crate::extract::docx::styles::{Look, Styles};
use crate::extract::docx::tables::{Filled, fold, picture_labels};
use crate::extract::package::{Member, Package};
use crate::extract::picture;
use crate::extract::relations::{Relations, Target};
use crate::extract::xml::{Xml, decode};
use crate::model::document::{Block, Body, Content, Picture};
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use std::collections::BTreeSet;

/// A paragraph in a heading's style that is longer than this and has a full sentence is a misused style.
const HEADING: usize = 60;

/// The body under construction.
pub struct Layout<'p> {
    /// What has been laid out.
    pub body: Body,
    package: &'p Package<'p>,
    styles: &'p Styles,
    numbering: Numbering,
    paragraphs: u32,
    tables: u32,
    boxes: u32,
    /// Parts of diagrams and charts that have been read.
    read: BTreeSet<String>,
}

/// The story that is being laid out.
#[derive(Clone)]
pub struct Station<'r> {
    /// The relationships of its part.
    pub relations: &'r Relations,
    /// Where it stands, unless it is the main text.
    pub aside: Option<Place>,
    /// Its pictures are the document's; those of a header are its letterhead.
    pub shows_pictures: bool,
}

impl Station<'_> {
    /// The same story's text box of that number. Asides keep their own place: it is where a reviewer looks.
    fn text_box(&self, number: u32) -> Self {
        let aside = match &self.aside {
            None | Some(Place::TextBox(_)) => Some(Place::TextBox(number)),
            aside => aside.clone(),
        };
        Self { aside, ..self.clone() }
    }
}

impl<'p> Layout<'p> {
    /// Begins a body.
    pub fn new(package: &'p Package<'p>, styles: &'p Styles, numbering: Numbering) -> Self {
        let (body, read) = (Body::default(), BTreeSet::new());
        Self { body, package, styles, numbering, paragraphs: 0, tables: 0, boxes: 0, read }
    }

    /// Lays out a story's pieces in order.
    pub fn story(&mut self, pieces: Vec<Piece>, station: &Station<'_>) {
        self.flow(pieces, station, Near::default());
    }

    /// Records what was lost at the place reached.
    pub fn lose(&mut self, what: Message, station: &Station<'_>) {
        let main = || if self.paragraphs > 0 { Place::Paragraph(self.paragraphs) } else { Place::Whole };
        let place = station.aside.clone().unwrap_or_else(main);
        self.body.losses.push(Problem::LostText(what, place));
    }

    fn flow(&mut self, pieces: Vec<Piece>, station: &Station<'_>, mut near: Near) {
        let mut held: Option<Paragraph> = None;
        for piece in pieces {
            match piece {
                Piece::Paragraph(p) => {
                    let p = match held.take() {
                        Some(before) => before.continue_with(p),
                        None => p,
                    };
                    if p.runs_on { held = Some(p) } else { self.paragraph(p, station, &mut near) }
                }
                Piece::Table(grid) => {
                    if let Some(p) = held.take() {
                        self.paragraph(p, station, &mut near);
                    }
                    near.clear();
                    self.table(grid, station);
                }
            }
        }
        if let Some(p) = held {
            self.paragraph(p, station, &mut near);
        }
    }

    fn paragraph(&mut self, p: Paragraph, station: &Station<'_>, near: &mut Near) {
        let look = self.look(&p);
        let text = self.numbered(&p, &look);
        let heading = heading_level(&p, &look, &text);
        let centred = p.centred.or(look.centred) == Some(true);
        let line = Line { text: &text, styled: look.caption, heading: heading.is_some(), centred };
        let own = |d: &Drawing| matches!(d, Drawing::Picture(s) if station.shows_pictures && self.leads_to(s, station).is_some());
        let shows = p.drawings.iter().any(own);
        let floating = p.drawings.iter().all(|d| !matches!(d, Drawing::Picture(s) if !s.floating));

        let names_own = shows && line.names_its_own(floating);
        let names_waiting = !shows && near.is_named_by(&line);
        let block = self.body.blocks.len();
        if !text.is_empty() {
            let place = station.aside.clone().unwrap_or_else(|| {
                self.paragraphs += 1;
                Place::Paragraph(self.paragraphs)
            });
            let content = match heading {
                Some(level) => Content::Heading(level, text.clone()),
                None if look.caption || names_own || names_waiting => Content::Caption(text.clone()),
                None => Content::Paragraph(text.clone()),
            };
            self.body.blocks.push(Block { place, content });
        }
        for lost in p.lost {
            self.lose(lost, station);
        }

        let first = self.body.pictures.len();
        for drawing in p.drawings {
            self.drawing(drawing, station, first);
        }
        let last = self.body.pictures.len();
        if names_own {
            self.name(first..last, &text);
            near.clear();
        } else if names_waiting {
            self.name(near.waiting.iter().copied(), &text);
            near.clear();
        } else if shows {
            match near.above.take().filter(|_| text.is_empty()) {
                // Where captions stand above, the next one belongs to the next picture.
                Some(above) => self.name_by_block(first..last, above),
                None => near.show(first..last, !text.is_empty()),
            }
        } else if text.is_empty() {
            near.pass_gap();
        } else {
            near.clear();
            near.above = Some(block).filter(|_| line.is_outspoken());
        }
    }

    fn look(&self, p: &Paragraph) -> Look {
        self.styles.look(self.styles.paragraph_style(p.style.as_deref())).cloned().unwrap_or_default()
    }

    /// The paragraph's text with its automatic number before it; empty if it shows nothing but a number.
    fn numbered(&mut self, p: &Paragraph, look: &Look) -> String {
        let (number, text) = self.number_and_text(p, look);
        if text.is_empty() { text } else { number + &text }
    }

    fn number_and_text(&mut self, p: &Paragraph, look: &Look) -> (String, String) {
        let list = p.listing.list.or(look.listing.list);
        // A level of the style belongs to the style's list.
        let by_style = look.listing.level.filter(|_| p.listing.list.is_none());
        let listing = Listing { list, level: p.listing.level.or(by_style) };
        let style = self.styles.paragraph_style(p.style.as_deref());
        let number = self.numbering.next(listing, style).unwrap_or_default();
        (number, p.text.trim().to_string())
    }

    fn drawing(&mut self, drawing: Drawing, station: &Station<'_>, first: usize) {
        match drawing {
            Drawing::Picture(shown) => self.picture(&shown, station),
            Drawing::Box(pieces) => {
                if pieces.iter().any(Piece::has_words) {
                    self.boxes += 1;
                }
                // A caption for a floating picture is a text box beside it.
                let near = Near::beside(first..self.body.pictures.len());
                self.flow(pieces, &station.text_box(self.boxes), near);
            }
            Drawing::Part(relation) => self.part(&relation, station),
        }
    }

    /// The member that a picture's relationship leads to.
    fn leads_to(&self, shown: &Shown, station: &Station<'_>) -> Option<&'p Member> {
        match station.relations.target(&shown.relation)? {
            Target::Part(name) => self.package.member(name),
            Target::Outside => None,
        }
    }

    fn picture(&mut self, shown: &Shown, station: &Station<'_>) {
        if !station.shows_pictures {
            return;
        }
        let Some(member) = self.leads_to(shown, station) else {
            let outside = matches!(station.relations.target(&shown.relation), Some(Target::Outside));
            let lost =
                if outside { msg!("extract.docx_picture_outside") } else { msg!("extract.docx_picture_missing") };
            return self.lose(lost, station);
        };
        let number = u32::try_from(self.body.pictures.len() + 1).unwrap_or(u32::MAX);
        self.body.pictures.push(Picture {
            name: member.name.clone(),
            caption: shown.alt.clone(),
            place: Some(Place::Picture(number)),
            ..picture::of_member(member)
        });
    }

    /// The text of a diagram or chart, as a text box; each part once.
    fn part(&mut self, relation: &str, station: &Station<'_>) {
        let name = match station.relations.target(relation) {
            Some(Target::Part(name)) => name.clone(),
            _ => return self.lose(msg!("extract.docx_diagram"), station),
        };
        if !self.read.insert(name.clone()) {
            return;
        }
        let bytes = match self.package.read(&name) {
            Ok(bytes) => bytes,
            Err(error) => return self.lose(error.message(), station),
        };
        let text = decode(&bytes);
        let mut xml = Xml::new(&text);
        let words = if xml.child().is_some() { shapes::words(&mut xml) } else { Vec::new() };
        if words.is_empty() {
            return;
        }
        self.boxes += 1;
        let place = station.text_box(self.boxes).aside.unwrap_or(Place::TextBox(self.boxes));
        let blocks = words.into_iter().map(|w| Block { place: place.clone(), content: Content::Paragraph(w) });
        self.body.blocks.extend(blocks);
    }

    fn name(&mut self, pictures: impl Iterator<Item = usize>, caption: &str) {
        for at in pictures {
            if let Some(picture) = self.body.pictures.get_mut(at) {
                picture.caption = Some(caption.to_string());
            }
        }
    }

    /// The line above turns out to be the caption of the pictures.
    fn name_by_block(&mut self, pictures: std::ops::Range<usize>, block: usize) {
        let Some(Block { content, .. }) = self.body.blocks.get_mut(block) else { return };
        if let Content::Paragraph(text) | Content::Caption(text) = content {
            let text = text.clone();
            *content = Content::Caption(text.clone());
            self.name(pictures, &text);
        }
    }

    /// A table, then whatever else stands in its cells: tables, text boxes.
    fn table(&mut self, grid: Grid, station: &Station<'_>) {
        self.tables = self.tables.saturating_add(1);
        let place = station.aside.clone().unwrap_or(Place::Table(self.tables));
        let mut later = Vec::new();
        let mut rows = Vec::new();
        for row in grid.rows {
            let cells = row.into_iter().map(|cell| self.cell(cell, station, &mut later)).collect();
            rows.push(cells);
        }
        for (picture, label) in picture_labels(&rows) {
            self.name(std::iter::once(picture), &label);
        }
        let table = fold(rows);
        if !table.rows.is_empty() {
            self.body.blocks.push(Block { place, content: Content::Table(table) });
        }
        for piece in later {
            match piece {
                Later::Table(inner) => self.table(inner, station),
                Later::Drawing(drawing) => self.drawing(drawing, station, usize::MAX),
            }
        }
    }

    fn cell(&mut self, cell: GridCell, station: &Station<'_>, later: &mut Vec<Later>) -> Filled {
        let first = self.body.pictures.len();
        let mut text = String::new();
        let mut joins = false;
        for piece in cell.content {
            let p = match piece {
                Piece::Paragraph(p) => p,
                Piece::Table(inner) => {
                    later.push(Later::Table(inner));
                    continue;
                }
            };
            let look = self.look(&p);
            // In a cell a number alone says something: the column 序号 often holds nothing else.
            let (number, words) = self.number_and_text(&p, &look);
            let words = number + &words;
            let words = words.trim();
            if !words.is_empty() {
                if !text.is_empty() && !joins {
                    text.push('\n');
                }
                text.push_str(words);
            }
            joins = p.runs_on;
            for lost in p.lost {
                self.lose(lost, station);
            }
            for drawing in p.drawings {
                match drawing {
                    Drawing::Picture(shown) => self.picture(&shown, station),
                    other => later.push(Later::Drawing(other)),
                }
            }
        }
        let pictures = (first..self.body.pictures.len()).collect();
        Filled { column: cell.column, span: cell.span, continues: cell.continues, text, pictures }
    }
}

/// What stands in a cell and is laid out after the table.
enum Later {
    Table(Grid),
    Drawing(Drawing),
}

/// The level of a heading, by the paragraph's own outline level or its style's. A whole paragraph of sentences under a
/// heading's style is a paragraph: what it says must not be passed over as a heading.
fn heading_level(p: &Paragraph, look: &Look, text: &str) -> Option<u8> {
    let level = match p.outline {
        Some(own) => (own < 9).then_some(own + 1),
        None => look.heading,
    };
    level.filter(|_| !(text.contains('。') && text.chars().count() > HEADING))
}
