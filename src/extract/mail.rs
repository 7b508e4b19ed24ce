//! E-mail files (`.eml`, RFC 5322): subject, sender and text; attachments are files of their own.

use crate::extract::letter::{Attached, Letter};
use crate::extract::mime::{self, Kind, Part};
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::source::Enclosed;
use crate::msg;

#[cfg(test)]
mod tests;

/// Reads `.eml`.
pub const READER: Reader = Reader { name: "mail", version: 1, formats: &[Format::Mail], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    letter(bytes)?.body()
}

/// What is attached to an e-mail.
pub fn enclosed(bytes: &[u8]) -> Vec<Enclosed> {
    letter(bytes).and_then(Letter::enclosed).unwrap_or_default()
}

fn letter(bytes: &[u8]) -> Result<Letter, Failure> {
    let mime = mime::parse(bytes).ok_or_else(|| Failure::Damaged(msg!("extract.mail_broken")))?;
    let mut letter = Letter { subject: mime.subject, sender: mime.sender, sent: mime.sent, ..Letter::default() };
    if mime.cut {
        letter.losses.push(Problem::LostText(msg!("extract.text_too_long"), Place::Whole));
    }
    for part in mime.parts {
        // A text under a name is a file, whatever the program says of its place.
        let is_text = part.inline && part.name.is_empty();
        match part.kind {
            Kind::Plain if is_text => letter.plain += &(text(&part, &mut letter.losses) + "\n"),
            Kind::Html if is_text => letter.page += &text(&part, &mut letter.losses),
            _ => letter.attached.push(attached(part)),
        }
    }
    Ok(letter)
}

fn text(part: &Part, losses: &mut Vec<Problem>) -> String {
    let (text, lossy) = part.text();
    if lossy || part.bytes.is_none() {
        losses.push(Problem::LostText(msg!("extract.txt_lossy"), Place::Whole));
    }
    text
}

fn attached(part: Part) -> Attached {
    let broken = || Problem::Damaged(msg!("extract.mail_attachment_broken"));
    Attached {
        name: part.name,
        known_as: part.known_as,
        is_picture: part.kind == Kind::Picture,
        bytes: part.bytes.ok_or_else(broken),
    }
}
