//! What a flag is made of: an id that stays from night to night, and a fingerprint that changes with the evidence.

use crate::judge::paper::Paper;
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::model::message::Message;
use ecow::EcoString;
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
    pub files: Vec<EcoString>,
    /// What the machine had said, besides the content of the files: a status, quotes.
    pub said: Vec<&'a str>,
}

impl Draft<'_> {
    /// The flag, with its id within a campaign. `papers` are all of them, by path: a file that was only moved or renamed is
    /// the same evidence, a new version under the old name is not.
    pub fn raise(self, campaign: &str, papers: &[Paper]) -> Flag {
        let mut contents: Vec<&str> = self.files.iter().map(|path| content(path, papers)).collect();
        contents.sort_unstable();
        let fingerprint = hexadecimal(self.said.iter().copied().chain(contents), 8);
        Flag {
            id: id(campaign, self.kind, self.school, self.item, self.subject).into(),
            kind: self.kind,
            severity: self.severity,
            school: self.school.into(),
            item: self.item.map(EcoString::from),
            message: self.message,
            files: self.files,
            fingerprint: fingerprint.into(),
            shared: Vec::new(),
        }
    }
}

/// The id of a flag.
pub fn id(campaign: &str, kind: FlagKind, school: &str, item: Option<&str>, subject: &str) -> String {
    format!("F-{}", hexadecimal([campaign, kind.word(), school, item.unwrap_or(""), subject].into_iter(), 4))
}

/// Digest of a file's content; its path where there is none.
fn content<'p>(path: &'p str, papers: &'p [Paper]) -> &'p str {
    let paper = papers.binary_search_by(|p| p.path().as_str().cmp(path)).ok().and_then(|at| papers.get(at));
    paper.map(|p| p.reading.source.digest.as_str()).filter(|d| !d.is_empty()).unwrap_or(path)
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
