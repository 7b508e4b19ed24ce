//! A letter → a Word file in the form of GB/T 9704—2012 (党政机关公文格式). The only file that knows the writer and the look.

mod order;

use crate::letters::letter::{Block, Letter, Row, Table};
use crate::letters::official::halves;
use chrono::NaiveDateTime;
use docx_rs::{
    AlignmentType, BreakType, DocGrid, DocGridType, DocumentChild, Docx, FieldCharType, Footer, InstrPAGE, InstrText,
    LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts, SpecialIndentType, TableCell, TableLayoutType,
    TableRow, VAlignType, WidthType,
};
use order::ordered;
use std::io::Cursor;

/// Twentieths of a point in a millimetre, times 1000.
const MILLIMETRE: i32 = 56_693;
/// 天头 37 mm, 订口 28 mm; the text is 156 mm × 225 mm, which leaves 35 mm and 26 mm (5.2).
const MARGINS: [i32; 4] = [twips(37), twips(26), twips(35), twips(28)];
/// Width of the text on A4, in twentieths of a point.
const WIDTH: i32 = 11_906 - MARGINS[1] - MARGINS[3];
/// 22 lines on 225 mm (5.2.3), in twentieths of a point: 28.95 pt.
const LINE: i32 = 579;
/// 28 characters on 156 mm (5.2.3): how much closer than their 16 pt characters stand, in twentieths of a point. No grid
/// of characters: programs disagree on what one means.
const CLOSER: i32 = -5;
/// The width of a character of the text, in twentieths of a point.
const CHAR: i32 = WIDTH / 28;
/// How far the page number's line stands from the page's end: its upper edge 7 mm below the text (7.5).
const FOOTER: i32 = twips(35 - 7) - 14 * 20;

/// Sizes in half points: 2号, 3号, 4号, 小4号.
const SIZE_2: usize = 44;
const SIZE_3: usize = 32;
const SIZE_4: usize = 28;
const SIZE_4_SMALL: usize = 24;

/// 小标宋 for titles (7.3.1); 仿宋, 黑体 and 楷体 for text and headings (5.2.2, 7.3.3); 宋体 for page numbers (7.5). The
/// file names what stands for each where it is not installed.
const TITLE: &str = "方正小标宋简体";
const TEXT: &str = "仿宋_GB2312";
const HEAD: &str = "黑体";
const SUB_HEAD: &str = "楷体_GB2312";
const PAGE_NUMBER: &str = "宋体";
const FONTS: &[u8] = include_bytes!("fonts.xml");
/// How the first row of a table begins.
const HEAD_ROW: &str = "</w:tblGrid><w:tr><w:trPr><w:cantSplit />";

const fn twips(millimetres: i32) -> i32 {
    (millimetres * MILLIMETRE + 500) / 1000
}

/// The file's bytes: a function of the letter, its author and its moment.
///
/// # Errors
/// Where the package cannot be put together.
pub fn bytes(letter: &Letter, author: &str, made: NaiveDateTime) -> Result<Vec<u8>, String> {
    let made = made.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let [top, right, bottom, left] = MARGINS;
    let mut docx = Docx::new()
        .page_margin(PageMargin { top, right, bottom, left, header: twips(15), footer: FOOTER, gutter: 0 })
        .default_size(SIZE_3)
        .default_fonts(fonts(TEXT))
        .default_spacing(CLOSER)
        .default_line_spacing(exact(LINE))
        .created_at(&made)
        .updated_at(&made)
        .footer(Footer::new().add_paragraph(page_number(AlignmentType::Right)))
        .even_footer(Footer::new().add_paragraph(page_number(AlignmentType::Left)));
    let lines = DocGrid::new().grid_type(DocGridType::Default).line_pitch(LINE as usize);
    docx.document = docx.document.doc_grid(lines);
    let mut writer = Writer { docx, paragraphs: 0, tied: false };
    let is_form_letter =
        letter.blocks.iter().any(|b| matches!(b, Block::Title(t) if t.last().is_some_and(|l| l.ends_with('函'))));
    for (n, block) in letter.blocks.iter().enumerate() {
        let next = letter.blocks.get(n + 1);
        writer.tied = matches!(next, Some(Block::Annexes(_) | Block::Signature(..) | Block::Note(_)));
        writer.block(block, is_form_letter);
    }
    let mut parts = writer.docx.build();
    parts.font_table = FONTS.to_vec();
    // The writer has no word for a row that is repeated on every page: the first of each table.
    parts.document = replaced(&parts.document, HEAD_ROW, &format!("{HEAD_ROW}<w:tblHeader />"));
    parts.doc_props.core = replaced(&parts.doc_props.core, ">unknown<", &format!(">{}<", escaped(author)));
    let written = [&mut parts.document, &mut parts.styles, &mut parts.settings, &mut parts.numberings];
    for part in written.into_iter().chain(&mut parts.footers) {
        *part = ordered(part);
    }
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|e| e.to_string())?;
    Ok(file.into_inner())
}

fn replaced(xml: &[u8], old: &str, new: &str) -> Vec<u8> {
    String::from_utf8_lossy(xml).replace(old, new).into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

struct Writer {
    docx: Docx,
    paragraphs: u32,
    /// Paragraphs stay on the page of the next one: who signs never stands on a page alone (7.3.5.5).
    tied: bool,
}

impl Writer {
    fn block(&mut self, block: &Block, is_form_letter: bool) {
        match block {
            Block::Number(number) => {
                // 函: at the right edge (10.1); else in the middle (7.2.5).
                let side = if is_form_letter { AlignmentType::Right } else { AlignmentType::Center };
                self.add(plain(number).align(side));
                self.blank(1);
            }
            Block::Title(lines) => {
                self.blank(1);
                self.title(lines);
                self.blank(1);
            }
            Block::Addressee(text) => self.add(plain(text)),
            Block::Head(text) => self.add(indented(run(text, HEAD, SIZE_3)).keep_next(true)),
            Block::SubHead(head, rest) => {
                let heading = indented(run(head, SUB_HEAD, SIZE_3));
                let whole = rest.is_empty();
                self.add(if whole { heading.keep_next(true) } else { heading.add_run(run(rest, TEXT, SIZE_3)) });
            }
            Block::Paragraph(text) => self.add(indented(run(text, TEXT, SIZE_3))),
            Block::Annexes(names) => self.annexes(names),
            Block::Signature(by, on) => self.signature(by, on),
            Block::Note(text) => self.add(indented(run(text, TEXT, SIZE_3))),
            Block::Table(table) => self.table(table),
            Block::Annex(label, title, table) => {
                self.add(Paragraph::new().add_run(run(label, HEAD, SIZE_3)).page_break_before(true));
                self.blank(1);
                self.title(title);
                self.blank(1);
                self.table(table);
            }
        }
    }

    /// Adds a paragraph under a number of its own, so that the bytes do not depend on what was written before.
    fn add(&mut self, paragraph: Paragraph) {
        let paragraph = if self.tied { paragraph.keep_next(true) } else { paragraph };
        let paragraph = self.numbered(paragraph);
        self.docx.document.children.push(DocumentChild::Paragraph(Box::new(paragraph)));
    }

    fn numbered(&mut self, paragraph: Paragraph) -> Paragraph {
        self.paragraphs += 1;
        paragraph.id(format!("{:08X}", self.paragraphs))
    }

    fn blank(&mut self, lines: usize) {
        for _ in 0..lines {
            self.add(Paragraph::new());
        }
    }

    fn title(&mut self, lines: &[String]) {
        let mut title = Run::new().fonts(fonts(TITLE)).size(SIZE_2);
        for (n, line) in lines.iter().enumerate() {
            title = if n > 0 { title.add_break(BreakType::TextWrapping) } else { title }.add_text(line);
        }
        self.add(Paragraph::new().add_run(title).align(AlignmentType::Center).keep_next(true));
    }

    /// A line below the text, two characters from the left; several are counted and stand under each other (7.3.4).
    fn annexes(&mut self, names: &[String]) {
        self.blank(1);
        let several = names.len() > 1;
        for (n, name) in names.iter().enumerate() {
            let number = if several { format!("{}.", n + 1) } else { String::new() };
            let (label, from) = if n == 0 { ("附件：", 2) } else { ("", 5) };
            let text = format!("{label}{number}{name}");
            let hanging = if n == 0 { 3 * CHAR } else { 0 };
            let left = from * CHAR + hanging;
            self.add(plain(&text).indent(Some(left), Some(SpecialIndentType::Hanging(hanging)), None, None));
        }
    }

    /// The day four characters from the right, who signs in the middle above it: room for the seal (7.3.5.1).
    fn signature(&mut self, by: &str, on: &str) {
        let tied = std::mem::replace(&mut self.tied, true);
        self.blank(2);
        let (by_width, on_width) = (halves(by) as i32, halves(on) as i32);
        let in_the_middle = (4 * 2 + (on_width - by_width) / 2).max(0);
        let line = |text: &str, from_right: i32| {
            plain(text).align(AlignmentType::Right).indent(None, None, Some(from_right * CHAR / 2), None)
        };
        if !by.is_empty() {
            self.tied = tied || !on.is_empty();
            self.add(line(by, in_the_middle));
        }
        self.tied = tied;
        if !on.is_empty() {
            self.add(line(on, 4 * 2));
        }
    }

    fn table(&mut self, table: &Table) {
        let whole: u32 = table.columns.iter().map(|(_, share)| share).sum::<u32>().max(1);
        let widths: Vec<usize> =
            table.columns.iter().map(|(_, share)| (WIDTH as usize) * *share as usize / whole as usize).collect();
        let heads = table.columns.iter().zip(&widths).map(|((head, _), width)| self.cell(head, HEAD, *width, true));
        let head = TableRow::new(heads.collect::<Vec<_>>()).cant_split();
        let mut rows = vec![head];
        for row in &table.rows {
            let cells = match row {
                Row::Cells(cells) => cells
                    .iter()
                    .zip(&widths)
                    .map(|(text, width)| self.cell(text, TEXT, *width, halves(text) <= 12))
                    .collect::<Vec<_>>(),
                Row::Group(name) => {
                    let cell = self.cell(name, SUB_HEAD, WIDTH as usize, false);
                    vec![cell.grid_span(table.columns.len())]
                }
            };
            rows.push(TableRow::new(cells).cant_split());
        }
        let table = docx_rs::Table::new(rows)
            .set_grid(widths)
            .width(WIDTH as usize, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .align(docx_rs::TableAlignmentType::Center);
        self.docx.document.children.push(DocumentChild::Table(Box::new(table)));
    }

    fn cell(&mut self, text: &str, font: &str, width: usize, centred: bool) -> TableCell {
        let side = if centred { AlignmentType::Center } else { AlignmentType::Left };
        let paragraph = Paragraph::new()
            .add_run(run(text, font, SIZE_4_SMALL))
            .align(side)
            .line_spacing(exact(20 * 18))
            .snap_to_grid(false);
        let paragraph = self.numbered(paragraph);
        TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(paragraph)
    }
}

/// — 1 —, one character from the outer edge (7.5).
fn page_number(side: AlignmentType) -> Paragraph {
    let (left, right) = match side {
        AlignmentType::Left => (Some(14 * 20), None),
        _ => (None, Some(14 * 20)),
    };
    let number = run("— ", PAGE_NUMBER, SIZE_4)
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::PAGE(InstrPAGE {}))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("1")
        .add_field_char(FieldCharType::End, false)
        .add_text(" —");
    let id = if matches!(side, AlignmentType::Left) { "7F000002" } else { "7F000001" };
    Paragraph::new().add_run(number).id(id).align(side).indent(left, None, right, None)
}

fn plain(text: &str) -> Paragraph {
    Paragraph::new().add_run(run(text, TEXT, SIZE_3))
}

/// A paragraph whose first line begins after two characters, and whose further lines at the edge (7.3.3).
fn indented(run: Run) -> Paragraph {
    Paragraph::new()
        .add_run(run)
        .indent(None, Some(SpecialIndentType::FirstLine(2 * CHAR)), None, None)
        .first_line_chars(200)
        .align(AlignmentType::Both)
}

fn run(text: &str, font: &str, size: usize) -> Run {
    Run::new().add_text(text).fonts(fonts(font)).size(size)
}

fn fonts(name: &str) -> RunFonts {
    RunFonts::new().ascii(name).hi_ansi(name).east_asia(name).cs(name)
}

fn exact(line: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(line).before(0).after(0)
}
