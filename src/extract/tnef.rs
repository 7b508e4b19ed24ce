//! The envelope that Outlook puts a message into for other Outlooks, `winmail.dat` ([MS-OXTNEF]): text and attachments. A
//! message in a message is an envelope in an envelope.

mod attributes;
mod properties;

use crate::extract::codepage;
use crate::extract::encoding;
use crate::extract::le::usize_at;
use crate::extract::letter::{Attached, Letter};
use crate::extract::mapi;
use crate::extract::ole::file_time;
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::source::Enclosed;
use crate::msg;
use attributes::{Attribute, Attributes};
use encoding_rs::{Encoding, GB18030};
use properties::Properties;

#[cfg(test)]
mod tests;

/// Reads `winmail.dat`.
pub const READER: Reader = Reader { name: "tnef", version: 1, formats: &[Format::Tnef], read };

// Attributes (2.1.3.2).
const SUBJECT: u32 = 0x0001_8004;
const TEXT: u32 = 0x0002_800C;
const CODE_PAGE: u32 = 0x0006_9007;
const MESSAGE: u32 = 0x0006_9003;
const ATTACHMENT_BEGINS: u32 = 0x0006_9002;
const ATTACHMENT_TITLE: u32 = 0x0001_8010;
const ATTACHMENT_DATA: u32 = 0x0006_800F;
const ATTACHMENT: u32 = 0x0006_9005;

/// An object begins with what interface reads it; this one is a message's (2.1.3.4.2).
const IDENTITY: usize = 16;
const MESSAGE_INTERFACE: [u8; IDENTITY] = [7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    letter(bytes).body()
}

/// What is attached to a message.
pub fn enclosed(bytes: &[u8]) -> Vec<Enclosed> {
    letter(bytes).enclosed().unwrap_or_default()
}

fn letter(bytes: &[u8]) -> Letter {
    let mut envelope = Envelope { page: GB18030, letter: Letter::default(), whole: true };
    let mut attributes = Attributes::new(bytes);
    for attribute in attributes.by_ref() {
        envelope.add(&attribute);
    }
    let Envelope { mut letter, whole, .. } = envelope;
    if !whole || !attributes.is_whole() {
        letter.losses.push(Problem::LostText(msg!("extract.tnef_broken"), Place::Whole));
    }
    letter
}

/// A message as far as it has been read.
struct Envelope {
    /// The code page of its texts.
    page: &'static Encoding,
    letter: Letter,
    /// All properties could be told apart.
    whole: bool,
}

impl Envelope {
    fn add(&mut self, attribute: &Attribute<'_>) {
        let data = attribute.data;
        match attribute.id {
            CODE_PAGE => {
                let number = usize_at(data, 0).and_then(|n| u32::try_from(n).ok());
                self.page = number.and_then(codepage::of_code_page).unwrap_or(self.page);
            }
            SUBJECT if self.letter.subject.is_empty() => self.letter.subject = self.text(data),
            TEXT if self.letter.plain.is_empty() => self.letter.plain = self.text(data),
            MESSAGE => self.message(data),
            ATTACHMENT_BEGINS if self.letter.attached.len() == mapi::ATTACHMENTS => self.whole = false,
            ATTACHMENT_BEGINS => self.letter.attached.push(Attached {
                name: String::new(),
                known_as: Vec::new(),
                is_picture: false,
                bytes: Err(Problem::Unsupported(msg!("extract.msg_attachment"))),
            }),
            _ => {
                let (text, properties) = match attribute.id {
                    ATTACHMENT_TITLE => (self.text(data), None),
                    ATTACHMENT => (String::new(), Some(self.properties(data))),
                    _ => Default::default(),
                };
                let Some(attached) = self.letter.attached.last_mut() else { return };
                match (attribute.id, properties) {
                    (ATTACHMENT_TITLE, _) if attached.name.is_empty() => attached.name = text,
                    (ATTACHMENT_DATA, _) => attached.bytes = Ok(data.to_vec()),
                    (ATTACHMENT, Some(properties)) => describe(attached, &properties),
                    _ => {}
                }
                attached.is_picture |= mapi::is_picture("", &attached.name);
            }
        }
    }

    fn message(&mut self, data: &[u8]) {
        let found = self.properties(data);
        let text = |id: u16| found.text(id);
        let letter = &mut self.letter;
        letter.subject = text(mapi::SUBJECT).unwrap_or(std::mem::take(&mut letter.subject));
        letter.sender = text(mapi::SENT_FOR).or_else(|| text(mapi::SENDER)).unwrap_or_default();
        letter.plain = text(mapi::PLAIN).unwrap_or(std::mem::take(&mut letter.plain));
        let page = found.binary(mapi::PAGE).map(|bytes| encoding::decode(bytes, None).0);
        letter.page = page.or_else(|| text(mapi::PAGE)).unwrap_or_default();
        letter.rich = found.binary(mapi::RICH).map(<[u8]>::to_vec).unwrap_or_default();
        let time = |id: u16| file_time(found.number(id)?);
        letter.sent = mapi::sent(time(mapi::SUBMITTED), time(mapi::DELIVERED));
    }

    fn properties<'a>(&mut self, data: &'a [u8]) -> Properties<'a> {
        let properties = Properties::read(data, self.page);
        self.whole &= properties.whole;
        properties
    }

    fn text(&self, bytes: &[u8]) -> String {
        properties::text(bytes, self.page)
    }
}

fn describe(attached: &mut Attached, properties: &Properties<'_>) {
    if let Some(name) = mapi::NAMES.iter().find_map(|id| properties.text(*id)) {
        attached.name = name;
    }
    attached.known_as.extend(properties.text(mapi::CONTENT_ID));
    attached.is_picture = mapi::is_picture(&properties.text(mapi::MEDIA).unwrap_or_default(), &attached.name);
    if attached.bytes.is_ok() {
        return;
    }
    if let Some(bytes) = properties.binary(mapi::DATA) {
        attached.bytes = Ok(bytes.to_vec());
    } else if let Some((identity, object)) = properties.object(mapi::DATA).and_then(|o| o.split_at_checked(IDENTITY)) {
        if identity == MESSAGE_INTERFACE {
            attached.name += ".dat";
        }
        attached.bytes = Ok(object.to_vec());
    }
}
