//! Where something stands in a file, said as a reviewer would say it.

use crate::model::message::{Lang, Message};
use crate::msg;
use serde::{Deserialize, Serialize};

/// A place in a document: 第3段, 表2第4行, 工作表「统计」B7. Numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A paragraph of the main text, counted as Word counts them with the empty ones left out.
    Paragraph(u32),
    /// A whole table.
    Table(u32),
    /// A row of a table in a text document: table, row.
    TableRow(u32, u32),
    /// A worksheet, by name.
    Sheet(String),
    /// A row of a worksheet: sheet, row number as the spreadsheet shows it.
    SheetRow(String, u32),
    /// A cell of a worksheet: sheet, column (0 = A), row number.
    SheetCell(String, u32, u32),
    /// A page header.
    Header(u32),
    /// A page footer.
    Footer(u32),
    /// A footnote or endnote.
    Note(u32),
    /// A reviewer's comment.
    Comment(u32),
    /// A text box.
    TextBox(u32),
    /// A picture.
    Picture(u32),
    /// A line of text in a picture: picture, line.
    PictureLine(u32, u32),
    /// A line of a plain text file, or of a picture that is a file of its own.
    Line(u32),
    /// A page of a file that is laid out in pages.
    Page(u32),
    /// A line of such a page: page, line.
    PageLine(u32, u32),
    /// A slide of a presentation.
    Slide(u32),
    /// Subject or sender of an e-mail.
    MailHead,
    /// The file's name.
    FileName,
    /// The file as a whole.
    Whole,
}

/// A line and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Where.
    pub place: Place,
    /// The text, white space folded.
    pub text: String,
}

impl Line {
    /// Whether it stands for lines that are left out.
    pub fn is_gap(&self) -> bool {
        self.text.is_empty()
    }
}

impl Place {
    /// The place of a row, where this is a table or a worksheet, or a line of a text that a table is drawn in: there a row
    /// is a line.
    pub fn row(&self, number: u32) -> Place {
        match self {
            Place::Table(n) => Place::TableRow(*n, number),
            Place::Sheet(name) => Place::SheetRow(name.clone(), number),
            Place::Paragraph(_) => Place::Paragraph(number),
            Place::Line(_) => Place::Line(number),
            Place::PageLine(page, _) => Place::PageLine(*page, number),
            Place::PictureLine(picture, _) => Place::PictureLine(*picture, number),
            other => other.clone(),
        }
    }

    /// A line of the picture that this is: of a page, of a picture in a document, of a file that is a picture.
    pub fn line(&self, number: u32) -> Place {
        match self {
            Place::Page(p) => Place::PageLine(*p, number),
            Place::Picture(p) => Place::PictureLine(*p, number),
            _ => Place::Line(number),
        }
    }

    /// The picture that this would be a line of, the other way round; none for what is no line.
    pub fn picture(&self) -> Option<Place> {
        match self {
            Place::PageLine(p, _) => Some(Place::Page(*p)),
            Place::PictureLine(p, _) => Some(Place::Picture(*p)),
            Place::Line(_) => Some(Place::Whole),
            _ => None,
        }
    }

    /// The place in words.
    pub fn message(&self) -> Message {
        match self {
            Place::Paragraph(n) => msg!("model.place_paragraph", *n),
            Place::Table(n) => msg!("model.place_table", *n),
            Place::TableRow(t, r) => msg!("model.place_table_row", *t, *r),
            Place::Sheet(s) => msg!("model.place_sheet", s),
            Place::SheetRow(s, r) => msg!("model.place_sheet_row", s, *r),
            Place::SheetCell(s, c, r) => msg!("model.place_sheet_cell", s, column_letters(*c), *r),
            Place::Header(n) => msg!("model.place_header", *n),
            Place::Footer(n) => msg!("model.place_footer", *n),
            Place::Note(n) => msg!("model.place_note", *n),
            Place::Comment(n) => msg!("model.place_comment", *n),
            Place::TextBox(n) => msg!("model.place_text_box", *n),
            Place::Picture(n) => msg!("model.place_picture", *n),
            Place::PictureLine(p, n) => msg!("model.place_picture_line", *p, *n),
            Place::Line(n) => msg!("model.place_line", *n),
            Place::Page(n) => msg!("model.place_page", *n),
            Place::PageLine(p, n) => msg!("model.place_page_line", *p, *n),
            Place::Slide(n) => msg!("model.place_slide", *n),
            Place::MailHead => msg!("model.place_mail_head"),
            Place::FileName => msg!("model.place_file_name"),
            Place::Whole => msg!("model.place_whole"),
        }
    }

    /// The place in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        self.message().text(lang)
    }
}

/// The letters of a spreadsheet column: 0 → A, 25 → Z, 26 → AA.
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reviewer_finds_the_place_by_its_words() {
        assert_eq!(Place::Paragraph(3).text(Lang::Zh), "第3段");
        assert_eq!(Place::PageLine(2, 5).text(Lang::Zh), "第2页第5行");
        assert_eq!(Place::TableRow(2, 4).text(Lang::Zh), "表2第4行");
        assert_eq!(Place::SheetCell("统计".into(), 1, 7).text(Lang::Zh), "工作表「统计」B7");
        assert_eq!(Place::Picture(2).line(5).text(Lang::Zh), "图2第5行");
        assert_eq!([0, 25, 26, 701, 702].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
