//! What a flag is made of: an id that stays from night to night, and a fingerprint that changes with the evidence.

use crate::model::flag::{Flag, FlagKind, Severity};
use crate::model::message::Message;
use sha2::{Digest, Sha256};

/// A flag before it has an id.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// What it is.
    pub kind: FlagKind,
    /// How urgent.
    pub severity: Severity,
    /// Code of the school, empty for none.
    pub school: &'a str,
    /// Id of the item.
    pub item: Option<&'a str>,
    /// What tells it from others of its kind, school and item: a path, a picture.
    pub subject: &'a str,
    /// One sentence.
    pub message: Message,
    /// The files that it is about.
    pub files: Vec<String>,
    /// What the machine had said, besides the files: a status, quotes.
    pub said: Vec<&'a str>,
}

impl Draft<'_> {
    /// The flag, with its id within a campaign.
    pub fn raise(self, campaign: &str) -> Flag {
        let item = self.item.unwrap_or("");
        let id = hexadecimal([campaign, self.kind.word(), self.school, item, self.subject].into_iter(), 4);
        let fingerprint = hexadecimal(self.said.iter().copied().chain(self.files.iter().map(String::as_str)), 8);
        Flag {
            id: format!("F-{id}"),
            kind: self.kind,
            severity: self.severity,
            school: self.school.to_string(),
            item: self.item.map(str::to_string),
            message: self.message,
            files: self.files,
            fingerprint,
            shared: Vec::new(),
        }
    }
}

/// The first bytes of the SHA-256 of the parts, `|` between them.
fn hexadecimal<'a>(parts: impl Iterator<Item = &'a str>, bytes: usize) -> String {
    let mut hash = Sha256::new();
    for (i, part) in parts.enumerate() {
        if i > 0 {
            hash.update(b"|");
        }
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(bytes).map(|b| format!("{b:02x}")).collect()
}
