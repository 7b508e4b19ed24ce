//! A file that a school dropped, before anyone has read it.

use crate::model::problem::Problem;
use chrono::{DateTime, FixedOffset};
use ecow::EcoString;
use serde::{Deserialize, Serialize};

/// A file of the inbox, or a member of an archive in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct SourceFile {
    /// Path from the campaign folder with `/` between names, `inbox/城关/总结.docx`; a member of an archive is
    /// `inbox/a.zip!/b.docx`, an attachment `inbox/a.eml!/b.docx`. Shown to people, so a name that is not Unicode is shown with replacement characters.
    pub path: EcoString,
    /// Length in bytes.
    pub len: u64,
    /// SHA-256 of the content in hexadecimal; empty where the content could not be read. The larger pictures of an office file
    /// stand in it by their length and CRC-32, as the file's directory has them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
    /// The times that the file system or the archive gives.
    #[serde(default)]
    pub stamps: Stamps,
    /// Why the file is no submission at all (office litter, a system's own file), if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub litter: Option<Litter>,
}

/// What the file system, and the memory of former nights, say of a file's times, in the campaign's time zone. Which of them is the time of arrival is
/// for the judge to say: it alone knows the receipts and `as_of`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Stamps {
    /// When this copy came into being.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<DateTime<FixedOffset>>,
    /// When the content was last written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<DateTime<FixedOffset>>,
    /// When a run saw it first. Not of the file's own: what nights remember is added before they are judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Sighting>,
}

/// The first time that a run saw a file: it came after the night before, and not after this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sighting {
    /// The night that saw it first.
    pub first: DateTime<FixedOffset>,
    /// The night before, which did not; none where there was no night before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<DateTime<FixedOffset>>,
}

/// Files that offices and systems leave behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Litter {
    /// `~$…`, `.~lock.…#`: the owner file beside an open document.
    OwnerFile,
    /// `~WRL0001.tmp`, `*.tmp`: an office program's scratch file.
    Scratch,
    /// `Thumbs.db`, `desktop.ini`, `.DS_Store`, `._…`, `__MACOSX`: the system's own.
    System,
    /// A shortcut or a half-done download (`.lnk`, `.crdownload`, `.part`).
    Pointer,
    /// No litter of itself: a person has accepted that the file need not be dealt with.
    Accepted,
}

/// A file that a document holds whole beside its own text: an attachment of an e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name as the sender wrote it; empty where it has none.
    pub name: String,
    /// Its content, or why there is none.
    pub bytes: Result<Vec<u8>, Problem>,
}
