//! The walk through a page's tree, without recursion: a page may nest as deep as it likes.

use crate::extract::grid::Allowance;
use crate::extract::html::paragraphs::{BREAK, List, shown};
use crate::extract::html::picture::picture;
use crate::extract::html::table::{Building, layout_tables};
use crate::model::document::{Block, Body, Content};
use crate::model::place::Place;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::{Element, Node};
use std::collections::HashSet;

/// What the page says, and whether all of it was taken.
pub fn body(page: &scraper::Html) -> (Body, bool) {
    let mut walk = Walk { layout: layout_tables(page), ..Walk::default() };
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => walk.open(element, node.id()),
                Node::Text(text) => walk.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(element.name());
                }
            }
        }
        if walk.allowance.is_exceeded() {
            break;
        }
    }
    walk.flush();
    while !walk.tables.is_empty() {
        walk.end_table();
    }
    (walk.body, !walk.allowance.is_exceeded())
}

/// Where the walk stands.
#[derive(Default)]
struct Walk {
    body: Body,
    allowance: Allowance,
    layout: HashSet<NodeId>,
    /// Raw text since the last paragraph ended.
    raw: String,
    /// What stands before the paragraph: a list item's number.
    mark: String,
    /// How the present paragraph is kept, where not as a paragraph.
    dress: Option<Dress>,
    paragraphs: u32,
    table_count: u32,
    tables: Vec<Open>,
    /// The next paragraph goes on the line of the one before: a further cell of a table inside of a cell.
    same_line: bool,
    lists: Vec<List>,
    /// How many elements deep inside something that is not shown.
    unseen: u32,
    preformatted: u32,
    /// Open figures: the number of pictures before each, and its caption.
    figures: Vec<(usize, Option<String>)>,
    /// Inside `<title>`.
    title: Option<String>,
}

/// An open table.
enum Open {
    /// Read as if it were not there.
    Layout,
    /// Filled with cells.
    Data(Building),
    /// Inside a cell of another: adds to that cell, a line a row. How many cells of the row have begun.
    Inner(u32),
}

#[derive(Clone, Copy, PartialEq)]
enum Dress {
    Heading(u8),
    Caption,
}

/// Elements that begin and end a paragraph.
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "address",
        "blockquote",
        "pre",
        "hr",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "center",
        "body",
        "details",
        "summary",
        "legend",
        // A cell's note, as LibreOffice writes it.
        "comment",
    ];
    BLOCKS.contains(&name)
}

/// Elements whose text nobody sees.
fn is_unseen(element: &Element) -> bool {
    const UNSEEN: &[&str] =
        &["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "xml"];
    let style = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    UNSEEN.contains(&element.name())
        || element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("mso-hide:all")
}

impl Walk {
    fn open(&mut self, element: &Element, id: NodeId) {
        let name = element.name();
        if self.unseen > 0 || is_unseen(element) {
            self.unseen += 1;
            return;
        }
        if is_block(name) {
            self.flush();
        }
        match name {
            "title" => self.title = Some(String::new()),
            "br" => self.raw.push(BREAK),
            "pre" => self.preformatted += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.trim_start_matches('h').parse().unwrap_or(1);
                self.dress = Some(Dress::Heading(level));
            }
            "p" if element.attr("class").is_some_and(|c| c.eq_ignore_ascii_case("MsoTitle")) => {
                self.dress = Some(Dress::Heading(1))
            }
            "caption" | "figcaption" => self.dress = Some(Dress::Caption),
            "ol" => {
                let kind = element.attr("type").and_then(|t| t.chars().next()).unwrap_or('1');
                let start = element.attr("start").and_then(|s| s.trim().parse().ok()).unwrap_or(1);
                self.lists.push(List { kind: Some(kind), next: start });
            }
            "ul" => self.lists.push(List { kind: None, next: 1 }),
            "li" => {
                let value = element.attr("value").and_then(|v| v.trim().parse().ok());
                self.mark = self.lists.last_mut().map(|l| l.mark(value)).unwrap_or_default();
            }
            "figure" => self.figures.push((self.body.pictures.len(), None)),
            "img" => {
                let number = u32::try_from(self.body.pictures.len() + 1).unwrap_or(u32::MAX);
                self.body.pictures.extend(picture(element, number));
            }
            "table" => {
                let inside = self.tables.iter().any(|t| matches!(t, Open::Data(_)));
                self.tables.push(match (inside, self.layout.contains(&id)) {
                    (true, _) => Open::Inner(0),
                    (false, true) => Open::Layout,
                    (false, false) => Open::Data(Building::default()),
                });
            }
            "tr" => match self.tables.last_mut() {
                Some(Open::Data(table)) => table.row(),
                Some(Open::Inner(cells)) => *cells = 0,
                _ => {}
            },
            "td" | "th" => match self.tables.last_mut() {
                Some(Open::Data(table)) => table.cell(element),
                Some(Open::Inner(cells)) => {
                    *cells = cells.saturating_add(1);
                    self.same_line = *cells > 1;
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.unseen > 0 {
            self.unseen -= 1;
            return;
        }
        if is_block(name) {
            self.flush();
        }
        match name {
            "title" => {
                let title = shown(&self.title.take().unwrap_or_default());
                self.body.properties.title = Some(title).filter(|t| !t.is_empty());
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "ol" | "ul" => drop(self.lists.pop()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "caption" | "figcaption" => self.dress = None,
            "li" => self.mark.clear(),
            "figure" => self.end_figure(),
            "td" | "th" => {
                if let Some(Open::Data(table)) = self.tables.last_mut() {
                    table.end_cell(&mut self.allowance);
                }
            }
            "table" => self.end_table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.unseen > 0 {
            return;
        }
        if let Some(title) = &mut self.title {
            title.push_str(text);
        } else if self.preformatted > 0 {
            self.raw.extend(text.chars().map(|c| if c == '\n' { BREAK } else { c }));
        } else {
            self.raw.extend(text.chars().map(|c| if c == BREAK { ' ' } else { c }));
        }
    }

    /// Ends a paragraph: of the page, or of the cell it stands in.
    fn flush(&mut self) {
        let text = shown(&std::mem::take(&mut self.raw));
        if text.is_empty() {
            return;
        }
        let text = format!("{}{text}", std::mem::take(&mut self.mark));
        let cell = self.tables.iter_mut().find_map(|t| match t {
            Open::Data(table) if table.in_cell() => Some(table),
            _ => None,
        });
        if let Some(table) = cell {
            table.add(if std::mem::take(&mut self.same_line) { ' ' } else { '\n' }, &text);
            return;
        }
        if !self.allowance.take(&text) {
            return;
        }
        if let (Some(Dress::Caption), Some((_, caption))) = (self.dress, self.figures.last_mut()) {
            *caption = Some(text.clone());
        }
        let content = match self.dress {
            Some(Dress::Heading(level)) => Content::Heading(level, text),
            Some(Dress::Caption) => Content::Caption(text),
            None => Content::Paragraph(text),
        };
        self.paragraphs = self.paragraphs.saturating_add(1);
        self.body.blocks.push(Block { place: Place::Paragraph(self.paragraphs), content });
    }

    /// A figure's caption belongs to all of its pictures.
    fn end_figure(&mut self) {
        if let Some((first, Some(caption))) = self.figures.pop() {
            for picture in self.body.pictures.iter_mut().skip(first) {
                picture.caption = Some(caption.clone());
            }
        }
    }

    fn end_table(&mut self) {
        if let Some(Open::Data(mut table)) = self.tables.pop() {
            table.end_cell(&mut self.allowance);
            let table = table.finish();
            if !table.rows.is_empty() {
                self.table_count = self.table_count.saturating_add(1);
                self.body.blocks.push(Block { place: Place::Table(self.table_count), content: Content::Table(table) });
            }
        }
    }
}
