//! What Outlook's own forms of an e-mail share: properties by number ([MS-OXPROPS]), and what follows from them.

use chrono::{Duration, NaiveDateTime};

/// Subject.
pub const SUBJECT: u16 = 0x0037;
/// Name of who sent it.
pub const SENDER: u16 = 0x0C1A;
/// Name of whom it was sent for.
pub const SENT_FOR: u16 = 0x0042;
/// The text as plain text.
pub const PLAIN: u16 = 0x1000;
/// The text as a page.
pub const PAGE: u16 = 0x1013;
/// The text as packed RTF.
pub const RICH: u16 = 0x1009;
/// The content of an attachment.
pub const DATA: u16 = 0x3701;
/// The names of an attachment, the best first.
pub const NAMES: [u16; 3] = [0x3707, 0x3704, 0x3001];
/// The media type of an attachment.
pub const MEDIA: u16 = 0x370E;
/// The name by which a page refers to an attachment.
pub const CONTENT_ID: u16 = 0x3712;
/// When it was submitted.
pub const SUBMITTED: u16 = 0x0039;
/// When it was delivered.
pub const DELIVERED: u16 = 0x0E06;

/// More attachments than any message has.
pub const ATTACHMENTS: usize = 2_000;

/// When a message was submitted, or delivered where the two are a day apart: the sender's clock is then wrong.
pub fn sent(submitted: Option<NaiveDateTime>, delivered: Option<NaiveDateTime>) -> Option<NaiveDateTime> {
    match (submitted, delivered) {
        (Some(own), Some(stamped)) if Duration::abs(&(own - stamped)) > Duration::days(1) => Some(stamped),
        (own, stamped) => own.or(stamped),
    }
}

/// Whether an attachment is a picture that may stand in the text.
pub fn is_picture(media: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    media.to_lowercase().starts_with("image/") || [".jpg", ".jpeg", ".png", ".gif"].iter().any(|s| name.ends_with(s))
}
