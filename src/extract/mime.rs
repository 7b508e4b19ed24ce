//! MIME messages (RFC 5322, 2045 to 2047, 2231), the form of e-mails and of web page archives: the parts with their names
//! and bytes. Parsing is `mail-parser`'s; headers in bare GBK, which Chinese programs write, are set right first.

use crate::extract::encoding;
use chrono::{DateTime, Duration, NaiveDateTime};
use encoding_rs::GB18030;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// More parts than any letter has.
const PARTS: usize = 2_000;

/// A message.
pub struct Mime {
    /// Subject.
    pub subject: String,
    /// The sender's name as the message gives it; their address is nobody's business.
    pub sender: String,
    /// When it was sent, in UTC.
    pub sent: Option<NaiveDateTime>,
    /// Its parts in the order of the message, those that only hold others left out.
    pub parts: Vec<Part>,
    /// Parts beyond the limit were left out.
    pub cut: bool,
}

/// A part.
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// Its name, as far as it has one.
    pub name: String,
    /// `Content-ID` and `Content-Location`, by which a page of the message names its pictures.
    pub known_as: Vec<String>,
    /// It is meant to be read with the message, not kept beside it.
    pub inline: bool,
    /// Its content, transfer encoding taken off; `None` where that is broken.
    pub bytes: Option<Vec<u8>>,
    /// The character set that it declares.
    pub charset: Option<String>,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    Plain,
    /// A page.
    Html,
    /// A picture.
    Picture,
    /// A message in the message.
    Message,
    /// Anything else.
    Other,
}

impl Part {
    /// The text of a part of text, and whether characters were lost.
    pub fn text(&self) -> (String, bool) {
        encoding::decode(self.bytes.as_deref().unwrap_or_default(), self.charset.as_deref())
    }
}

/// Takes a message apart. `None` for what has no headers.
pub fn parse(bytes: &[u8]) -> Option<Mime> {
    let repaired = repaired(bytes);
    let message = MessageParser::default().parse(repaired.as_ref())?;
    let leaves: Vec<&MessagePart<'_>> =
        message.parts.iter().filter(|p| !matches!(p.body, PartType::Multipart(_))).collect();
    let from = message.from().and_then(|f| f.first());
    Some(Mime {
        subject: folded(message.subject().unwrap_or_default()),
        sender: folded(from.and_then(|f| f.name()).unwrap_or_default()),
        sent: sent(&message),
        cut: leaves.len() > PARTS,
        parts: leaves.into_iter().take(PARTS).map(|p| part(p, &repaired)).collect(),
    })
}

/// The date of the message. It is the sender's clock's, which the stamp of the first server sets right where the two are a
/// day apart.
fn sent(message: &Message<'_>) -> Option<NaiveDateTime> {
    let utc = |d: &mail_parser::DateTime| DateTime::from_timestamp(d.to_timestamp(), 0).filter(|_| d.is_valid());
    let own = message.date().and_then(utc);
    let stamped = message.received_all().filter_map(|r| r.date.as_ref().and_then(utc)).last();
    let far = |own, stamped| Duration::abs(&(own - stamped)) > Duration::days(1);
    match (own, stamped) {
        (Some(own), Some(stamped)) if far(own, stamped) => Some(stamped),
        (own, stamped) => own.or(stamped),
    }
    .map(|t| t.naive_utc())
}

fn part(part: &MessagePart<'_>, message: &[u8]) -> Part {
    let kind = match &part.body {
        PartType::Message(_) => Kind::Message,
        PartType::Html(_) => Kind::Html,
        PartType::Text(_) if part.content_type().is_none() || part.is_content_type("text", "plain") => Kind::Plain,
        // Web page archives of some programs call a page plain binary, and name it.
        _ if part.is_content_type("message", "rfc822") => Kind::Message,
        _ if part.content_type().is_some_and(|t| t.c_type.eq_ignore_ascii_case("image")) => Kind::Picture,
        _ => Kind::Other,
    };
    // The bytes as they were sent: text is decoded here, by a room that knows what Chinese programs declare.
    let raw = || message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let bytes = match (&part.body, part.encoding) {
        (PartType::Binary(bytes) | PartType::InlineBinary(bytes), _) => Some(bytes.to_vec()),
        // One that was sent as it is lies in the message around it.
        (PartType::Message(inner), Encoding::Base64 | Encoding::QuotedPrintable) => Some(inner.raw_message.to_vec()),
        (PartType::Message(_), Encoding::None) => Some(raw().to_vec()),
        (_, Encoding::Base64) => base64_decode(raw()),
        (_, Encoding::QuotedPrintable) => quoted_printable_decode(raw()),
        (_, Encoding::None) => Some(raw().to_vec()),
    };
    let named = part.attachment_name().map(str::to_string);
    let subject = match &part.body {
        PartType::Message(inner) => inner.subject().map(|subject| format!("{}.eml", folded(subject))),
        _ => None,
    };
    let known_as = [part.content_id(), part.content_location()].into_iter().flatten();
    Part {
        kind,
        name: folded(&named.or(subject).unwrap_or_default()),
        known_as: known_as.map(|id| id.trim_matches(['<', '>', ' ']).to_string()).collect(),
        inline: !part.content_disposition().is_some_and(|d| d.is_attachment()),
        bytes: bytes.filter(|_| !part.is_encoding_problem),
        charset: part.content_type().and_then(|t| t.attribute("charset")).map(str::to_string),
    }
}

/// A header's value on one line.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The message with header lines in bare GBK turned into UTF-8, as RFC 6532 has them.
fn repaired(bytes: &[u8]) -> Cow<'_, [u8]> {
    if std::str::from_utf8(bytes).is_ok() {
        return Cow::Borrowed(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let mut boundaries: Vec<Vec<u8>> = Vec::new();
    let mut in_headers = true;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let bare = line.trim_ascii_end();
        let opens = bare.strip_prefix(b"--").is_some_and(|rest| boundaries.iter().any(|b| rest == b.as_slice()));
        if opens || in_headers && bare.is_empty() {
            in_headers = opens;
        } else if in_headers {
            boundaries.extend(boundary(bare));
        }
        if in_headers && std::str::from_utf8(line).is_err() {
            out.extend(GB18030.decode_without_bom_handling(line).0.as_bytes());
        } else {
            out.extend(line);
        }
    }
    Cow::Owned(out)
}

/// What stands after `boundary=` in a line of headers.
fn boundary(line: &[u8]) -> Option<Vec<u8>> {
    const KEY: &[u8] = b"boundary=";
    let at = line.windows(KEY.len()).position(|w| w.eq_ignore_ascii_case(KEY))? + KEY.len();
    let value = line.get(at..)?;
    let quoted = value.strip_prefix(b"\"").and_then(|v| v.split(|b| *b == b'"').next());
    let bare = || value.split(|b| *b == b';' || b.is_ascii_whitespace()).next().unwrap_or_default();
    Some(quoted.unwrap_or_else(bare).to_vec())
}
