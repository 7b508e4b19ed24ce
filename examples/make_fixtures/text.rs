//! The markup of `texts/`: what a school wrote, before a writer gives it a format.
//!
//! ```text
//! author: 王某                 head: author, created, modified (local time), labels; then a line of three hyphens
//! created: 2020-10-17T14:20
//! labels: done done planned not_applicable absent done       in the order of the items of `inbox.toml`
//! ---
//! # title        ## heading (a sheet in a workbook)     ### lower heading
//! plain text     a paragraph with its first line indented
//! : text         a paragraph without indent             > text   a paragraph to the right (signature)
//! + text         a paragraph that the program numbers
//! | a | b |      a table row; `<` joins the cell to its left neighbour, `^` to the one above
//! ! photo | caption     a picture, known by name, and its caption
//! % text         a text box            @header text       @footer text
//! {-gone-} {+new+} {^note^}            a tracked deletion, a tracked insertion, a footnote (writer `hand` only)
//! ```

use anyhow::{Context, Result, bail};
use chrono::NaiveDateTime;
use std::path::Path;

/// What an activity can be, by the guideline.
const LABELS: [&str; 5] = ["done", "planned", "not_done", "not_applicable", "absent"];

/// A text and what its file says of itself.
#[derive(Debug, Clone)]
pub struct Text {
    pub author: String,
    pub created: NaiveDateTime,
    pub modified: NaiveDateTime,
    /// A label for each item; none where the text is no report.
    pub labels: Option<Vec<String>>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
pub enum Block {
    Title(String),
    Heading(usize, String),
    Paragraph(Manner, String),
    Table(Vec<Vec<String>>),
    Picture { photo: String, caption: String },
    TextBox(String),
    Header(String),
    Footer(String),
}

/// How a paragraph stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Indented,
    Flush,
    Right,
    Numbered,
}

pub fn read(path: &Path, items: &[String]) -> Result<Text> {
    let source = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    parse(&source.replace("\r\n", "\n"), items).with_context(|| path.display().to_string())
}

fn parse(source: &str, items: &[String]) -> Result<Text> {
    let (head, body) = source.split_once("\n---\n").context("no line of three hyphens after the head")?;
    let field = |name: &str| head.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(':').map(str::trim));
    let time = |name: &str| -> Result<NaiveDateTime> {
        let value = field(name).with_context(|| format!("no {name}"))?;
        NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M").with_context(|| value.to_string())
    };
    let labels = field("labels").map(|l| l.split_whitespace().map(str::to_string).collect::<Vec<_>>());
    if let Some(labels) = &labels
        && (labels.len() != items.len() || labels.iter().any(|l| !LABELS.contains(&l.as_str())))
    {
        bail!("labels: one of {LABELS:?} for each of {items:?}");
    }
    Ok(Text {
        author: field("author").unwrap_or("办公室").to_string(),
        created: time("created")?,
        modified: time("modified")?,
        labels,
        blocks: blocks(body),
    })
}

fn blocks(body: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in body.lines().map(str::trim_end) {
        let block = match line.split_once(' ') {
            _ if line.is_empty() => continue,
            Some(("#", text)) => Block::Title(text.to_string()),
            Some(("##", text)) => Block::Heading(1, text.to_string()),
            Some(("###", text)) => Block::Heading(2, text.to_string()),
            Some((":", text)) => Block::Paragraph(Manner::Flush, text.to_string()),
            Some((">", text)) => Block::Paragraph(Manner::Right, text.to_string()),
            Some(("+", text)) => Block::Paragraph(Manner::Numbered, text.to_string()),
            Some(("%", text)) => Block::TextBox(text.to_string()),
            Some(("@header", text)) => Block::Header(text.to_string()),
            Some(("@footer", text)) => Block::Footer(text.to_string()),
            Some(("!", text)) => {
                let (photo, caption) = text.split_once('|').unwrap_or((text, ""));
                Block::Picture { photo: photo.trim().to_string(), caption: caption.trim().to_string() }
            }
            Some(("|", rest)) => {
                let row = rest.trim_end_matches('|').split('|').map(|c| c.trim().to_string()).collect();
                if let Some(Block::Table(rows)) = blocks.last_mut() {
                    rows.push(row);
                    continue;
                }
                Block::Table(vec![row])
            }
            _ => Block::Paragraph(Manner::Indented, line.to_string()),
        };
        blocks.push(block);
    }
    blocks
}

/// How many cells right of `column` are joined to it, itself included.
pub fn columns_joined(row: &[String], column: usize) -> usize {
    1 + row.iter().skip(column + 1).take_while(|c| *c == "<").count()
}

/// How many cells below are joined to the one at (`row`, `column`), itself included.
pub fn rows_joined(rows: &[Vec<String>], row: usize, column: usize) -> usize {
    1 + rows.iter().skip(row + 1).take_while(|r| r.get(column).is_some_and(|c| c == "^")).count()
}
