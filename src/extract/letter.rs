//! The body of an e-mail, of whatever format: its head, its text, its pictures; and what is attached to it.

use crate::extract::html;
use crate::extract::packed_rtf;
use crate::extract::picture;
use crate::extract::reader::{Failure, Format};
use crate::extract::rtf;
use crate::model::document::{Block, Body, Content, Picture, Properties};
use crate::model::limits::TEXT_CHARS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::source::Enclosed;
use crate::msg;
use chrono::NaiveDateTime;

/// An e-mail.
#[derive(Default)]
pub struct Letter {
    /// Subject.
    pub subject: String,
    /// The sender's name.
    pub sender: String,
    /// When it was sent, in UTC.
    pub sent: Option<NaiveDateTime>,
    /// Its text as plain text, as far as there is one.
    pub plain: String,
    /// The same as a page, as far as there is one.
    pub page: String,
    /// The same as packed RTF, as far as there is any.
    pub rich: Vec<u8>,
    /// What came with it, in order.
    pub attached: Vec<Attached>,
    /// What could not be read of it.
    pub losses: Vec<Problem>,
}

/// What came with an e-mail.
pub struct Attached {
    /// Its name.
    pub name: String,
    /// The names by which the page refers to it.
    pub known_as: Vec<String>,
    /// It is a picture that may stand in the text.
    pub is_picture: bool,
    /// Its content, or why there is none.
    pub bytes: Result<Vec<u8>, Problem>,
}

impl Letter {
    /// The e-mail as a document; pictures that stand in its text are its own.
    ///
    /// # Errors
    /// The page reader's own.
    pub fn body(&self) -> Result<Body, Failure> {
        let mut body = self.text()?;
        let mut head = Vec::new();
        let mut line = |content| head.push(Block { place: Place::MailHead, content });
        if !self.subject.is_empty() {
            line(Content::Heading(1, self.subject.clone()));
        }
        // A person's name says nothing of the school, a school's name does.
        if ["校", "学", "园", "教学点"].iter().any(|w| self.sender.contains(w)) {
            line(Content::Heading(2, self.sender.clone()));
        }
        body.blocks.splice(0..0, head);
        resolve(&mut body.pictures, |name| {
            self.attached.iter().find(|a| a.is_called(name)).and_then(Attached::content)
        });
        body.losses.extend(self.losses.iter().cloned());
        body.properties = Properties { sent: self.sent, ..Properties::default() };
        Ok(body)
    }

    /// What is attached and no picture of the text.
    ///
    /// # Errors
    /// The page reader's own.
    pub fn enclosed(self) -> Result<Vec<Enclosed>, Failure> {
        let shown = self.text()?.pictures;
        let stands = |a: &Attached| a.is_picture && a.bytes.is_ok() && shown.iter().any(|p| a.is_called(&p.name));
        let beside = self.attached.into_iter().filter(|a| !stands(a));
        Ok(beside.map(|a| Enclosed { name: a.name, bytes: a.bytes }).collect())
    }

    /// Whether its text is there as packed RTF only.
    pub fn is_rich_only(&self) -> bool {
        !self.rich.is_empty() && self.plain.trim().is_empty() && self.page.trim().is_empty()
    }

    /// What the packed RTF says.
    pub fn rich_text(&self) -> String {
        self.rich_body().plain_text()
    }

    fn rich_body(&self) -> Body {
        let lost = || Problem::LostText(msg!("extract.mail_rich_text"), Place::Whole);
        let unpacked = packed_rtf::unpack(&self.rich);
        let whole = unpacked.as_ref().is_some_and(|(_, whole)| *whole);
        let body = unpacked.and_then(|(rtf, _)| (rtf::READER.read)(&rtf, Format::Rtf).ok());
        let losses = if whole && body.is_some() { Vec::new() } else { vec![lost()] };
        let mut body = body.unwrap_or_default();
        body.losses.extend(losses);
        body
    }

    /// The text: the page where it has a table or a picture or stands alone, else the plain text, else the packed RTF.
    fn text(&self) -> Result<Body, Failure> {
        let rich = ["<table", "<img"].iter().any(|tag| self.page.to_ascii_lowercase().contains(tag));
        if !self.page.trim().is_empty() && (rich || self.plain.trim().is_empty()) {
            return html::page(&self.page);
        }
        if self.is_rich_only() {
            return Ok(self.rich_body());
        }
        let mut body = Body::default();
        let mut chars = 0;
        let lines = self.plain.lines().map(str::trim).filter(|line| !line.is_empty());
        for (line, n) in lines.zip(1u32..) {
            chars += line.chars().count();
            if chars > TEXT_CHARS {
                body.losses.push(Problem::LostText(msg!("extract.text_too_long"), Place::Paragraph(n)));
                break;
            }
            body.blocks.push(Block { place: Place::Paragraph(n), content: Content::Paragraph(line.to_string()) });
        }
        Ok(body)
    }
}

impl Attached {
    fn is_called(&self, name: &str) -> bool {
        is_called(&self.known_as, name)
    }

    fn content(&self) -> Option<&[u8]> {
        self.bytes.as_deref().ok()
    }
}

/// Whether a page's picture of that name is meant: `cid:` and the identity, or the last name of the location.
pub fn is_called(known_as: &[String], name: &str) -> bool {
    let wanted = name.strip_prefix("cid:").unwrap_or(name);
    !wanted.is_empty() && known_as.iter().any(|k| k == wanted || k.rsplit(['/', '\\']).next() == Some(wanted))
}

/// Gives pictures that a page only names the fingerprint of their bytes.
pub fn resolve<'p>(pictures: &mut [Picture], bytes_of: impl Fn(&str) -> Option<&'p [u8]>) {
    for picture in pictures.iter_mut().filter(|p| p.fingerprint.is_empty()) {
        if let Some(bytes) = bytes_of(&picture.name) {
            let known = picture::of_bytes(bytes);
            (picture.fingerprint, picture.len) = (known.fingerprint, known.len);
        }
    }
}
