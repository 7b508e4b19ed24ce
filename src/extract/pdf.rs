//! PDF with a text layer (ISO 32000-1): the lines of each page in reading order, tables where rows and columns are plain,
//! pictures counted. A page that is only a picture is a scan, and said to be one.
//!
//! Fonts, encodings and layout are `pdf_oxide`'s; places, limits and what counts as lost are ours.

use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::{Block, Body, Cell, Content, Picture, Row, Table};
use crate::model::limits;
use crate::model::passwords::Passwords;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::raster::PagePicture;
use crate::msg;
use fields::Field;
use lines::Line;
use pdf_oxide::PdfDocument;
use pdf_oxide::geometry::Rect;
use pdf_oxide::layout::TextLine;
use std::panic::{AssertUnwindSafe, catch_unwind};

mod fields;
mod legible;
mod lines;
mod packed;
mod scans;
#[cfg(test)]
mod tests;

/// Reads `.pdf`.
pub const READER: Reader = Reader { name: "pdf", version: 4, formats: &[Format::Pdf], read };

/// A table of fewer columns, or rows, is lines of text that happen to stand apart.
const LEAST: usize = 2;

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    // The library is young: a panic in it costs this file's text and nothing else.
    guarded(|| document(bytes, &Passwords::default())).unwrap_or_else(|| Err(broken()))
}

/// Reads a file under a password; `None` where none of these opens it.
pub fn unlock(bytes: &[u8], passwords: &Passwords) -> Option<Body> {
    guarded(|| document(bytes, passwords)).and_then(Result::ok)
}

fn broken() -> Failure {
    Failure::Damaged(msg!("extract.pdf_broken"))
}

fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

fn opened(bytes: &[u8], passwords: &Passwords) -> Result<PdfDocument, Failure> {
    let pdf = PdfDocument::from_bytes(bytes.to_vec()).map_err(|_| broken())?;
    // Many a file is locked against printing only, and opens without a password.
    let opens = |password: &str| pdf.authenticate(password.as_bytes()).unwrap_or(false);
    let unlocked = || opens("") || passwords.all().iter().any(|p| opens(p));
    if pdf.is_encrypted() && !pdf.is_authenticated() && !unlocked() {
        return Err(Failure::Encrypted);
    }
    Ok(pdf)
}

/// Gives the pages that are scans, unpacked one at a time, to `take`.
pub fn pages(bytes: &[u8], take: &mut dyn FnMut(PagePicture)) {
    let Some(Ok(pdf)) = guarded(|| opened(bytes, &Passwords::default())) else { return };
    let count = guarded(|| pdf.page_count().ok()).flatten().unwrap_or(0);
    let scans = (0..count.min(limits::PDF_PAGES)).zip(1u32..).filter(|(at, n)| {
        let pictures = guarded(|| scans::pictures(&pdf, *at)).flatten();
        guarded(|| page(&pdf, *at, *n, 0))
            .flatten()
            .is_some_and(|found| scans::is_scan(found.chars(), pictures.as_ref()))
    });
    for ((at, n), before) in scans.zip(0..) {
        if before == limits::OCR_PAGES {
            return take(PagePicture::lost(Place::Page(n), msg!("extract.too_many_pages", before)));
        }
        let broken = || PagePicture::lost(Place::Page(n), msg!("extract.picture_broken"));
        take(guarded(|| scans::page(&pdf, at, n)).unwrap_or_else(broken));
    }
}

fn document(bytes: &[u8], passwords: &Passwords) -> Result<Body, Failure> {
    let pdf = opened(bytes, passwords)?;
    let pages = pdf.page_count().map_err(|_| broken())?;
    let mut body = Body::default();
    let (mut chars, mut told, mut scanned) = (0, false, Vec::new());
    for (at, n) in (0..pages).zip(1u32..) {
        if at >= limits::PDF_PAGES || chars > limits::TEXT_CHARS {
            body.losses.push(Problem::LostText(msg!("extract.text_too_long"), Place::Page(n)));
            break;
        }
        let pictures = guarded(|| scans::pictures(&pdf, at)).flatten();
        let tables = body.blocks.iter().filter(|b| matches!(b.content, Content::Table(_))).count() as u32;
        match guarded(|| page(&pdf, at, n, tables)).flatten() {
            Some(found) if legible::is_garbled(&found) => {
                body.losses.push(Problem::LostText(msg!("extract.pdf_garbled"), Place::Page(n)));
            }
            Some(found) => {
                let length = found.chars();
                let is_scan = scans::is_scan(length, pictures.as_ref());
                scanned.extend(is_scan.then_some(n));
                told |= !is_scan && length > 0;
                chars += length;
                body.blocks.extend(found.blocks);
            }
            None => body.losses.push(Problem::LostText(msg!("extract.pdf_page_broken"), Place::Page(n))),
        }
        let first = body.pictures.len() as u32 + 1;
        // Without its bytes a picture would pass for the twin of every other such.
        let known = pictures.into_iter().flat_map(|p| p.all).filter(|p| !p.fingerprint.is_empty());
        let placed = known.zip(first..);
        body.pictures.extend(placed.map(|(picture, n)| Picture { place: Some(Place::Picture(n)), ..picture }));
    }
    if !told && !scanned.is_empty() {
        body.losses.push(Problem::Scanned(scanned.len() as u32));
    } else {
        let lost = |n| Problem::LostText(msg!("extract.pdf_page_is_picture"), Place::Page(n));
        body.losses.extend(scanned.into_iter().map(lost));
    }
    Ok(body)
}

/// What stands on a page, lines and then tables, of which so many stand before it; none where it cannot be read.
fn page(pdf: &PdfDocument, at: usize, n: u32, before: u32) -> Option<Body> {
    let found = pdf.extract_tables(at).unwrap_or_default();
    let tables = found.iter().filter(|t| t.col_count >= LEAST && t.rows.len() >= LEAST && t.bbox.is_some());
    let fields = fields::fields(pdf, at);
    let cells = tables.clone().flat_map(|t| &t.rows).flat_map(|row| &row.cells).filter_map(|cell| cell.bbox);
    let cells: Vec<Rect> = cells.collect();
    let (tables, places): (Vec<Table>, Vec<_>) = tables.map(|t| (table(t, &fields), t.bbox)).unzip();
    let lines = pdf.extract_text_lines(at).ok()?;
    // What stands in a table is told there.
    let is_free = |line: &&TextLine| {
        let (x, y) = (line.bbox.x + line.bbox.width / 2.0, line.bbox.y + line.bbox.height / 2.0);
        let holds = |r: &&Rect| x >= r.x && x <= r.x + r.width && y >= r.y && y <= r.y + r.height;
        !places.iter().flatten().any(|r| holds(&r))
    };
    let mut lines: Vec<Line> = lines.iter().filter(is_free).map(Line::from).collect();
    for field in fields.iter().filter(|field| !cells.iter().any(|cell| field.is_in(cell))) {
        lines::put(&mut lines, field);
    }
    let lines = lines.iter().map(Line::text).filter(|line| !line.is_empty());
    let line = |(line, k)| Block { place: Place::PageLine(n, k), content: Content::Paragraph(line) };
    let table = |(table, k)| Block { place: Place::Table(k), content: Content::Table(table) };
    let blocks = lines.zip(1u32..).map(line).chain(tables.into_iter().zip(before + 1..).map(table)).collect();
    Some(Body { blocks, ..Body::default() })
}

/// A table with what was typed into its cells.
fn table(found: &pdf_oxide::structure::table_extractor::Table, fields: &[Field]) -> Table {
    let mut table = Table::default();
    for (row, number) in found.rows.iter().zip(1u32..) {
        let mut column = 0u32;
        let mut cells = Vec::new();
        for cell in &row.cells {
            let (columns, rows) = (cell.colspan.max(1), cell.rowspan.max(1));
            let typed = fields.iter().filter(|field| cell.bbox.is_some_and(|cell| field.is_in(&cell)));
            let text: String = std::iter::once(cell.text.trim()).chain(typed.map(|f| f.text.as_str())).collect();
            if !text.is_empty() {
                cells.push(Cell { column, columns, rows, text });
            }
            column = column.saturating_add(columns);
        }
        match table.rows.last_mut() {
            Some(above) if goes_on(&cells, above) => append(above, cells),
            _ if cells.is_empty() => {}
            _ => table.rows.push(Row { number, cells }),
        }
    }
    table
}

/// Whether these cells are what did not fit into the lines of the row above: nothing in the first column, and fewer cells,
/// each below another.
fn goes_on(cells: &[Cell], above: &Row) -> bool {
    let below = |cell: &Cell| above.cells.iter().any(|a| a.column == cell.column);
    !cells.is_empty() && cells.len() < above.cells.len() && cells.iter().all(|c| c.column > 0 && below(c))
}

fn append(row: &mut Row, cells: Vec<Cell>) {
    for cell in cells {
        row.cells
            .iter_mut()
            .filter(|above| above.column == cell.column)
            .for_each(|above| above.text.push_str(&cell.text));
    }
}
