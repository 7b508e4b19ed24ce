//! Word files by docx-rs, packed anew so that times, names and numbers inside do not depend on what was made before.

use crate::text::{Block, Manner, Text, columns_joined, rows_joined};
use crate::{archive, photo};
use anyhow::{Context, Result};
use chrono::{Duration, NaiveDateTime};
use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, Footer, Header, IndentLevel, Level, LevelJc, LevelText, NumberFormat,
    Numbering, NumberingId, Paragraph, Pic, Run, RunFonts, SpecialIndentType, Start, Style, StyleType, Table,
    TableCell, TableRow, VMergeType,
};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Font sizes in half points.
const TITLE: usize = 36;
const BODY: usize = 32;
const CELL: usize = 24;
const SMALL: usize = 18;

/// The .docx of a text. Tracked changes, footnotes and text boxes are for `word_xml`.
pub fn docx(text: &Text) -> Result<Vec<u8>> {
    let fonts = |east: &str| RunFonts::new().east_asia(east).ascii("Times New Roman").hi_ansi("Times New Roman");
    let mut docx = Docx::new()
        .default_fonts(fonts("仿宋"))
        .default_size(BODY)
        .add_style(
            Style::new("Heading1", StyleType::Paragraph).name("heading 1").size(BODY).bold().fonts(fonts("黑体")),
        )
        .add_style(Style::new("Heading2", StyleType::Paragraph).name("heading 2").size(BODY).fonts(fonts("楷体")))
        .add_style(Style::new("Caption", StyleType::Paragraph).name("caption").size(21).align(AlignmentType::Center))
        .add_abstract_numbering(AbstractNumbering::new(2).add_level(Level::new(
            0,
            Start::new(1),
            NumberFormat::new("decimal"),
            LevelText::new("%1."),
            LevelJc::new("left"),
        )))
        .add_numbering(Numbering::new(2, 2));
    for block in &text.blocks {
        docx = match block {
            Block::Title(t) => {
                let run = Run::new().add_text(t).size(TITLE).fonts(fonts("黑体"));
                docx.add_paragraph(Paragraph::new().add_run(run).align(AlignmentType::Center))
            }
            Block::Heading(level, t) => {
                docx.add_paragraph(plain(t).style(&format!("Heading{level}")).outline_lvl(level - 1))
            }
            Block::Paragraph(manner, t) => docx.add_paragraph(paragraph(*manner, t)),
            Block::TextBox(t) => docx.add_paragraph(plain(t)),
            Block::Table(rows) => docx.add_table(table(rows)),
            Block::Picture { photo, caption } => {
                let (width, height) = photo::SIZE;
                let picture = Pic::new_with_dimensions(photo::jpeg(photo)?, width, height);
                let docx = docx.add_paragraph(
                    Paragraph::new().align(AlignmentType::Center).add_run(Run::new().add_image(picture)),
                );
                if caption.is_empty() { docx } else { docx.add_paragraph(plain(caption).style("Caption")) }
            }
            Block::Header(t) => docx.header(Header::new().add_paragraph(sized(t, SMALL))),
            Block::Footer(t) => docx.footer(Footer::new().add_paragraph(sized(t, SMALL).align(AlignmentType::Center))),
        };
    }
    let mut packed = Cursor::new(Vec::new());
    docx.build().pack(&mut packed)?;
    settle(archive::unpack(packed.get_ref())?, text)
}

fn plain(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text))
}

fn sized(text: &str, size: usize) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text).size(size))
}

fn paragraph(manner: Manner, text: &str) -> Paragraph {
    let paragraph = plain(text);
    match manner {
        Manner::Flush => paragraph,
        Manner::Indented => paragraph.indent(None, Some(SpecialIndentType::FirstLine(BODY as i32 * 20)), None, None),
        Manner::Right => paragraph.align(AlignmentType::Right),
        Manner::Numbered => paragraph.numbering(NumberingId::new(2), IndentLevel::new(0)),
    }
}

fn table(rows: &[Vec<String>]) -> Table {
    let made = rows.iter().enumerate().map(|(r, row)| {
        let cells = row.iter().enumerate().filter(|(_, text)| *text != "<").map(|(c, text)| {
            let mut cell = TableCell::new();
            let columns = columns_joined(row, c);
            if columns > 1 {
                cell = cell.grid_span(columns);
            }
            if text == "^" {
                return cell.vertical_merge(VMergeType::Continue).add_paragraph(Paragraph::new());
            }
            if rows_joined(rows, r, c) > 1 {
                cell = cell.vertical_merge(VMergeType::Restart);
            }
            text.split("\\n").fold(cell, |cell, line| cell.add_paragraph(sized(line, CELL)))
        });
        TableRow::new(cells.collect())
    });
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    Table::new(made.collect()).set_grid(vec![8600 / columns; columns])
}

/// docx-rs numbers paragraphs and pictures through the whole program and calls every picture a PNG: numbers begin anew
/// here, pictures get their true suffix, and `core.xml` says who wrote the file and when.
fn settle(parts: Vec<(String, Vec<u8>)>, text: &Text) -> Result<Vec<u8>> {
    let numbers = regex::Regex::new(r#"w14:paraId="[0-9A-Fa-f]+"|rIdImage\d+"#)?;
    let document =
        parts.iter().find(|(name, _)| name == "word/document.xml").context("a Word file without a document")?;
    let mut settled: BTreeMap<String, String> = BTreeMap::new();
    let (mut paragraphs, mut pictures) = (0, 0);
    for found in numbers.find_iter(&String::from_utf8_lossy(&document.1)) {
        settled.entry(found.as_str().to_string()).or_insert_with(|| {
            if found.as_str().starts_with("rId") {
                pictures += 1;
                format!("rIdImage{pictures}")
            } else {
                paragraphs += 1;
                format!("w14:paraId=\"{paragraphs:08X}\"")
            }
        });
    }
    let renumber = |part: &str| -> String {
        numbers
            .replace_all(part, |found: &regex::Captures| {
                settled.get(&found[0]).cloned().unwrap_or_else(|| found[0].to_string())
            })
            .into_owned()
    };
    let mut out = Vec::new();
    for (name, bytes) in parts {
        let name = renumber(&name);
        if let Some(stem) = name.strip_prefix("word/media/").and_then(|n| n.strip_suffix(".png")) {
            out.push((format!("word/media/{stem}.jpeg"), bytes));
            continue;
        }
        let content = match name.as_str() {
            "docProps/core.xml" => core_properties(text),
            "[Content_Types].xml" => String::from_utf8(bytes)?.replacen(
                "<Override",
                "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/><Override",
                1,
            ),
            _ => renumber(&String::from_utf8(bytes)?).replace(".png\"", ".jpeg\""),
        };
        out.push((name, content.into_bytes()));
    }
    // The order of the pictures in the archive followed the old numbers' order as text.
    out.sort_by_key(|(name, _)| {
        (name.starts_with("word/media/"), if name.starts_with("word/media/") { name.clone() } else { String::new() })
    });
    archive::pack(&out)
}

/// `docProps/core.xml`; its times are in UTC, China's clocks are eight hours ahead.
pub fn core_properties(text: &Text) -> String {
    let utc = |local: NaiveDateTime| (local - Duration::hours(8)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:creator>{author}</dc:creator>\
         <cp:lastModifiedBy>{author}</cp:lastModifiedBy>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{}</dcterms:modified></cp:coreProperties>",
        utc(text.created),
        utc(text.modified),
        author = text.author,
    )
}
