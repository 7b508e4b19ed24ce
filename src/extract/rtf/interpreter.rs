//! Walks the tokens of an RTF file and builds its stories.

use crate::extract::flow::line::{Align, End};
use crate::extract::rtf::decoder::{Decoder, Font};
use crate::extract::rtf::destination::{Destination, character, opened_by};
use crate::extract::rtf::picture::PictureBytes;
use crate::extract::rtf::stories::Stories;
use crate::extract::rtf::story::ParagraphFormat;
use crate::extract::rtf::summary::Summary;
use crate::extract::rtf::tokens::{Token, Tokens};
use crate::model::document::Body;
use crate::model::limits;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;

/// What a group inherits and gives back.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    destination: Destination,
    /// Whether the group itself opened its destination, and so ends it.
    opened: bool,
    /// Nothing has been said in it yet.
    fresh: bool,
    /// `\*` was the first thing in it.
    optional: bool,
    paragraph: ParagraphFormat,
    hidden: bool,
    deleted: bool,
    font: Option<i32>,
    east_asian_font: Option<i32>,
    /// `\dbch`: the next bytes are in the East Asian font.
    east_asian: bool,
    /// How many characters after `\u` are for readers that do not know it.
    fallback: usize,
    /// Where in the paragraph a list number began.
    number_at: usize,
}

impl Group {
    fn font(&self) -> Option<i32> {
        if self.east_asian { self.east_asian_font.or(self.font) } else { self.font }
    }
}

/// The state of reading.
#[derive(Debug, Default)]
pub struct Interpreter {
    groups: Vec<Group>,
    group: Group,
    decoder: Decoder,
    stories: Stories,
    picture: PictureBytes,
    summary: Summary,
    font: i32,
    to_skip: usize,
    chars: usize,
    losses: Vec<Problem>,
}

impl Interpreter {
    /// Reads a whole file.
    pub fn read(bytes: &[u8]) -> Body {
        let mut reading = Interpreter { ..Interpreter::default() };
        reading.group.fallback = 1;
        let mut tokens = Tokens::new(bytes);
        let mut whole = false;
        while let Some(token) = tokens.next() {
            reading.token(token);
            tokens.double_bytes = reading.decoder.writes_double_bytes();
            if token == Token::Close && reading.groups.is_empty() {
                whole = true;
                break;
            }
            if reading.chars > limits::TEXT_CHARS {
                reading.losses.push(Problem::LostText(msg!("extract.rtf_text_cut", limits::TEXT_CHARS), Place::Whole));
                whole = true;
                break;
            }
        }
        // After the last brace only padding may follow: text there means that a brace too many came before.
        if !whole || tokens.rest().iter().any(u8::is_ascii_alphanumeric) {
            reading.losses.push(Problem::LostText(msg!("extract.rtf_cut_off"), Place::Whole));
        }
        reading.finish()
    }

    fn finish(mut self) -> Body {
        self.flush();
        let (blocks, pictures) = self.stories.finish();
        Body { blocks, pictures, properties: self.summary.properties(), losses: self.losses, ..Body::default() }
    }

    fn token(&mut self, token: Token) {
        match token {
            Token::Open => {
                self.flush();
                self.to_skip = 0;
                self.open();
            }
            Token::Close => {
                self.flush();
                self.to_skip = 0;
                self.close();
            }
            Token::Hex(byte) => self.byte(byte),
            Token::Text(bytes) => bytes.iter().for_each(|b| self.byte(*b)),
            Token::Binary(bytes) => {
                if self.group.destination == Destination::Picture {
                    self.picture.binary(bytes);
                }
            }
            Token::Symbol(b'*') => self.group.optional = self.group.fresh,
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, number) => self.word(word, number),
        }
    }

    fn open(&mut self) {
        if self.groups.len() >= limits::NESTING && self.group.destination != Destination::Skipped {
            self.losses.push(Problem::LostText(msg!("extract.rtf_too_deep"), Place::Whole));
            self.groups.push(self.group);
            self.group.destination = Destination::Skipped;
        } else {
            self.groups.push(self.group);
        }
        self.group.opened = false;
        self.group.optional = false;
        self.group.fresh = true;
    }

    fn close(&mut self) {
        let Some(outer) = self.groups.pop() else {
            return;
        };
        let closed = std::mem::replace(&mut self.group, outer);
        if !closed.opened {
            return;
        }
        match closed.destination {
            Destination::Story(_) => self.stories.end(),
            Destination::Picture => self.end_picture(),
            Destination::ListNumber => self.end_list_number(closed.number_at),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        match self.group.destination {
            Destination::Picture => self.picture.digit(byte),
            Destination::Skipped | Destination::Wrapper | Destination::NestedRow => {}
            _ => self.decoder.byte(byte),
        }
    }

    /// Gives the text of the bytes taken so far to where it belongs.
    fn flush(&mut self) {
        let font = self.group.font();
        let text = self.decoder.flush(font);
        if !text.is_empty() {
            self.text(&text);
        }
    }

    fn text(&mut self, text: &str) {
        match self.group.destination {
            Destination::Text | Destination::Story(_) | Destination::ListNumber => {
                if self.group.hidden || self.group.deleted {
                    return;
                }
                self.chars += text.chars().count();
                self.stories.current().text.push_str(text);
            }
            Destination::Fonts => {
                let font = self.decoder.fonts.entry(self.font).or_default();
                font.name.push_str(text.trim_end_matches(';'));
            }
            destination => self.summary.text(destination, text),
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'~' => self.character('\u{A0}'),
            b'_' => self.character('-'),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            // An optional hyphen, an index entry's marks.
            _ => {}
        }
    }

    fn character(&mut self, c: char) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        self.flush();
        self.text(c.encode_utf8(&mut [0; 4]));
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if self.group.destination == Destination::Skipped {
            return;
        }
        if word == "u" {
            // Negative numbers stand for units above 0x7FFF.
            let unit = number.unwrap_or(0).rem_euclid(0x1_0000) as u16;
            self.flush();
            if let Some(c) = self.decoder.unit(unit, self.group.font()) {
                self.text(c.encode_utf8(&mut [0; 4]));
            }
            self.to_skip = self.group.fallback;
            return;
        }
        if let Some(c) = character(word) {
            return self.character(c);
        }
        self.flush();
        self.to_skip = 0;
        let optional = std::mem::take(&mut self.group.optional);
        self.group.fresh = false;
        if let Some(destination) = opened_by(word, optional) {
            return self.enter(destination);
        }
        match self.group.destination {
            Destination::Picture => return self.picture.word(word),
            Destination::Fonts => return self.font_word(word, number),
            Destination::Created | Destination::Revised => {
                return self.summary.time(self.group.destination, word, number);
            }
            _ => {}
        }
        self.formatting(word, number);
    }

    fn enter(&mut self, destination: Destination) {
        let around = self.group.destination;
        if destination == Destination::Text {
            // The result of a field belongs to what the field stands in; that of a wrapper, to the story.
            self.group.destination = if around == Destination::Wrapper { Destination::Text } else { around };
            return;
        }
        if self.group.opened && matches!(around, Destination::Story(_)) {
            // A group is one story, whatever it says next.
            return;
        }
        self.group.destination = destination;
        self.group.opened = true;
        match destination {
            Destination::Story(kind) => {
                self.stories.begin(kind);
                self.group.paragraph = ParagraphFormat::default();
            }
            Destination::ListNumber => self.group.number_at = self.stories.current().text.len(),
            Destination::Picture => self.picture = PictureBytes::default(),
            _ => self.summary.begin(destination),
        }
    }

    fn font_word(&mut self, word: &str, number: Option<i32>) {
        let unsigned = number.and_then(|n| u32::try_from(n).ok());
        if word == "f" {
            self.font = number.unwrap_or(0);
            self.decoder.fonts.insert(self.font, Font::default());
        } else if let Some(font) = self.decoder.fonts.get_mut(&self.font) {
            match word {
                "fcharset" => font.charset = unsigned,
                "cpg" => font.code_page = unsigned,
                _ => {}
            }
            // The name is in the font's own character set.
            self.group.font = Some(self.font);
        }
    }

    fn formatting(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        let count = number.and_then(|n| usize::try_from(n).ok());
        match word {
            "ansicpg" => self.decoder.code_page = number.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
            "deff" => self.group.font = number,
            "f" | "af" if self.group.east_asian => self.group.east_asian_font = number,
            "f" => self.group.font = number,
            "dbch" => self.group.east_asian = true,
            "loch" | "hich" => self.group.east_asian = false,
            "uc" => self.group.fallback = count.unwrap_or(1).min(8),
            "plain" => (self.group.hidden, self.group.deleted, self.group.east_asian) = (false, false, false),
            "v" => self.group.hidden = on,
            "deleted" => self.group.deleted = on,
            "pard" => self.group.paragraph = ParagraphFormat::default(),
            "intbl" => self.group.paragraph.in_table = on,
            "itap" => {
                let depth = count.unwrap_or(1).min(limits::NESTING);
                (self.group.paragraph.depth, self.group.paragraph.in_table) = (depth, depth > 0);
            }
            "qc" => self.group.paragraph.align = Align::Centre,
            "qr" => self.group.paragraph.align = Align::End,
            "ql" | "qj" | "qd" => self.group.paragraph.align = Align::Start,
            "outlinelevel" => self.group.paragraph.outline = number.and_then(|n| u8::try_from(n).ok()),
            "par" | "sect" | "page" | "column" | "cell" | "row" | "nestcell" | "nestrow" => self.end(word),
            _ => self.row_word(word, number),
        }
    }

    fn row_word(&mut self, word: &str, number: Option<i32>) {
        let story = self.stories.current();
        match self.group.destination {
            Destination::NestedRow => story.nested_row.word(word, number),
            _ => story.row.word(word, number),
        }
    }

    fn end(&mut self, word: &str) {
        use Destination as D;
        if !matches!(self.group.destination, D::Text | D::Story(_) | D::NestedRow) {
            return;
        }
        let story = self.stories.current();
        let format = self.group.paragraph;
        let (depth, end) = match word {
            "cell" => (1, End::Cell),
            "row" => (1, End::Row(story.row.shape())),
            "nestcell" => (format.depth.max(2), End::Cell),
            "nestrow" => (format.depth.max(2), End::Row(story.nested_row.shape())),
            _ => (format.tables(), End::Paragraph),
        };
        self.stories.end_paragraph(format, depth, end);
    }

    fn end_picture(&mut self) {
        let picture = std::mem::take(&mut self.picture);
        if !self.group.deleted && !self.group.hidden {
            self.stories.picture(picture);
        }
    }

    /// A bullet goes; 「1.」 gets a gap, or it would run into a date that follows; 「一、」 stands close.
    fn end_list_number(&mut self, from: usize) {
        let text = &mut self.stories.current().text;
        let number = text.get(from..).unwrap_or_default().trim().to_string();
        text.truncate(from);
        if number.chars().any(char::is_alphanumeric) {
            text.push_str(&number);
            if number.ends_with(|c: char| c.is_ascii()) {
                text.push(' ');
            }
        }
    }
}
