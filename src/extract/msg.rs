//! Outlook messages (`.msg`, [MS-OXMSG]): a compound file with a stream a property. An e-mail in an e-mail is a storage in
//! that file; it is handed on as an `.eml`.

use crate::extract::encoding;
use crate::extract::le::{u16_at, u64_at};
use crate::extract::letter::{Attached, Letter};
use crate::extract::mapi;
use crate::extract::ole::{Compound, file_time};
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::source::Enclosed;
use crate::msg;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDateTime;
use std::collections::BTreeSet;

#[cfg(test)]
mod tests;

/// Reads `.msg`.
pub const READER: Reader = Reader { name: "msg", version: 2, formats: &[Format::Msg], read };

/// How deep messages may lie in a message.
const DEPTH: usize = 8;
fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    letter(&Compound::open(bytes)?, "", 0).body()
}

/// What is attached to a message.
pub fn enclosed(bytes: &[u8]) -> Vec<Enclosed> {
    Compound::open(bytes).and_then(|file| letter(&file, "", 0).enclosed()).unwrap_or_default()
}

/// The message whose streams lie under `folder`.
fn letter(file: &Compound<'_>, folder: &str, depth: usize) -> Letter {
    let text = |id: u16| text(file, folder, id);
    let mut letter = Letter {
        subject: text(mapi::SUBJECT).unwrap_or_default(),
        sender: text(mapi::SENT_FOR).or_else(|| text(mapi::SENDER)).unwrap_or_default(),
        sent: sent(file, folder, if depth == 0 { 32 } else { 24 }),
        plain: text(mapi::PLAIN).unwrap_or_default(),
        page: page(file, folder),
        rich: file.read(&stream(folder, mapi::RICH, "0102")).unwrap_or_default(),
        ..Letter::default()
    };
    let begins = format!("{folder}__attach_version1.0_#");
    let inside = file.names().filter_map(|name| name.strip_prefix(&begins)?.split('/').next().map(str::to_string));
    let numbers: BTreeSet<String> = inside.collect();
    if numbers.len() > mapi::ATTACHMENTS {
        letter.losses.push(Problem::LostText(msg!("extract.text_too_long"), Place::Whole));
    }
    for number in numbers.into_iter().take(mapi::ATTACHMENTS) {
        letter.attached.push(attached(file, &format!("{begins}{number}/"), depth));
    }
    letter
}

fn attached(file: &Compound<'_>, folder: &str, depth: usize) -> Attached {
    let mut name = mapi::NAMES.iter().find_map(|id| text(file, folder, *id)).unwrap_or_default();
    let inner = stream(folder, mapi::DATA, "000D") + "/";
    let bytes = if let Some(bytes) = file.read(&stream(folder, mapi::DATA, "0102")) {
        Ok(bytes)
    } else if file.names().any(|n| n.starts_with(&inner)) && depth < DEPTH {
        if !name.to_lowercase().ends_with(".eml") {
            name += ".eml";
        }
        Ok(as_mail(&letter(file, &inner, depth + 1)))
    } else {
        // By reference only, or an OLE object.
        Err(Problem::Unsupported(msg!("extract.msg_attachment")))
    };
    let is_picture = mapi::is_picture(&text(file, folder, mapi::MEDIA).unwrap_or_default(), &name);
    Attached { name, known_as: text(file, folder, mapi::CONTENT_ID).into_iter().collect(), is_picture, bytes }
}

/// The stream of a property, by its number and kind.
fn stream(folder: &str, id: u16, kind: &str) -> String {
    format!("{folder}__substg1.0_{id:04X}{kind}")
}

/// A property that is text: UTF-16 (type 001F), or in whatever code page its writer had (001E).
fn text(file: &Compound<'_>, folder: &str, id: u16) -> Option<String> {
    let text = match file.read(&stream(folder, id, "001F")) {
        Some(wide) => encoding_rs::UTF_16LE.decode_without_bom_handling(&wide).0.into_owned(),
        None => encoding::decode(&file.read(&stream(folder, id, "001E"))?, None).0,
    };
    let text = text.trim_matches('\0').trim();
    (!text.is_empty()).then(|| text.to_string())
}

fn page(file: &Compound<'_>, folder: &str) -> String {
    let bytes = file.read(&stream(folder, mapi::PAGE, "0102"));
    bytes.map(|bytes| encoding::decode(&bytes, None).0).or_else(|| text(file, folder, mapi::PAGE)).unwrap_or_default()
}

fn sent(file: &Compound<'_>, folder: &str, header: usize) -> Option<NaiveDateTime> {
    let properties = file.read(&format!("{folder}__properties_version1.0"))?;
    let entries = properties.get(header..)?.as_chunks::<16>().0;
    let time = |id: u16| {
        let entry = entries.iter().find(|e| u16_at(*e, 0) == Some(0x0040) && u16_at(*e, 2) == Some(id))?;
        file_time(u64_at(entry, 8)?)
    };
    mapi::sent(time(mapi::SUBMITTED), time(mapi::DELIVERED))
}

/// A message as RFC 5322 writes it.
fn as_mail(letter: &Letter) -> Vec<u8> {
    const BORDER: &str = "=_shouqi";
    let word = |text: &str| format!("=?utf-8?B?{}?=", STANDARD.encode(text));
    let mut mail =
        format!("Subject: {}\r\nFrom: {} <>\r\nMIME-Version: 1.0\r\n", word(&letter.subject), word(&letter.sender));
    if let Some(sent) = letter.sent {
        mail += &format!("Date: {}\r\n", sent.and_utc().to_rfc2822());
    }
    mail += &format!("Content-Type: multipart/mixed; boundary=\"{BORDER}\"\r\n\r\n");
    let mut part = |head: String, bytes: &[u8]| {
        mail += &format!("--{BORDER}\r\n{head}Content-Transfer-Encoding: base64\r\n\r\n");
        for line in STANDARD.encode(bytes).as_bytes().chunks(76) {
            mail += &String::from_utf8_lossy(line);
            mail += "\r\n";
        }
    };
    let plain = if letter.is_rich_only() { letter.rich_text() } else { letter.plain.clone() };
    for (kind, text) in [("plain", &plain), ("html", &letter.page)] {
        if !text.is_empty() {
            part(format!("Content-Type: text/{kind}; charset=utf-8\r\n"), text.as_bytes());
        }
    }
    for attached in &letter.attached {
        let media = if attached.is_picture { "image/x" } else { "application/octet-stream" };
        let ids: String = attached.known_as.iter().map(|id| format!("Content-ID: <{id}>\r\n")).collect();
        let name = word(&attached.name);
        part(
            format!("Content-Type: {media}; name=\"{name}\"\r\nContent-Disposition: attachment\r\n{ids}"),
            attached.bytes.as_deref().unwrap_or_default(),
        );
    }
    mail += &format!("--{BORDER}--\r\n");
    mail.into_bytes()
}
