//! What went wrong with a file, or was lost while reading it. Nothing is swallowed: a loss is a Problem on a sheet.

use crate::model::message::Message;
use crate::model::place::Place;
use crate::msg;
use serde::{Deserialize, Serialize};

/// What a person must tell apart, with the detail that helps them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// No bytes at all.
    Empty,
    /// Protected by a password.
    Encrypted,
    /// One volume of an archive that was split over several files.
    SplitArchive,
    /// Truncated or broken; the detail says where.
    Damaged(Message),
    /// A format without a reader; the detail names it.
    Unsupported(Message),
    /// A limit was reached; the detail names it.
    TooLarge(Message),
    /// The worker was stopped after so many seconds.
    TimedOut(u64),
    /// The worker died; the detail says how.
    Crashed(Message),
    /// The operating system would not open or read it; the detail is its message.
    NotOpened(Message),
    /// Not a file but a whole inbox, which could not be reached; the detail says why.
    InboxMissing(Message),
    /// Still being written when the run looked at it.
    StillChanging,
    /// Read, but part of the content was lost: what, and where.
    LostText(Message, Place),
    /// So many pages, and each is a picture of its text.
    Scanned(u32),
    /// Text in a picture was not recognised, for a reason that another night may not have: what, and where.
    NotRecognised(Message, Place),
    /// A text document with so many pictures and next to no text: photographs, or a scan.
    OnlyPictures(u32),
    /// The text of so many pages was recognised in their pictures (OCR), with so much confidence in percent.
    Recognised(u32, u8),
    /// Read, but without a word of text where text was expected.
    NoText,
}

impl Problem {
    /// Whether the file's text must be taken as not read: its school is then 读不了, never 缺.
    pub fn is_unreadable(&self) -> bool {
        !matches!(
            self,
            Problem::LostText(..)
                | Problem::StillChanging
                | Problem::NotRecognised(..)
                | Problem::OnlyPictures(_)
                | Problem::Recognised(..)
        )
    }

    /// Whether another night may go better with the same file: what the machine, the share or the moment is to blame for.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Problem::TimedOut(_)
                | Problem::Crashed(_)
                | Problem::NotOpened(_)
                | Problem::InboxMissing(_)
                | Problem::StillChanging
                | Problem::NotRecognised(..)
        )
    }

    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Problem::Empty => "empty",
            Problem::Encrypted => "encrypted",
            Problem::Damaged(_) => "damaged",
            Problem::Unsupported(_) => "unsupported",
            Problem::TooLarge(_) => "too_large",
            Problem::TimedOut(_) => "timed_out",
            Problem::Crashed(_) => "crashed",
            Problem::NotOpened(_) => "not_opened",
            Problem::StillChanging => "still_changing",
            Problem::LostText(..) => "lost_text",
            Problem::Scanned(_) => "scanned",
            Problem::NoText => "no_text",
            Problem::NotRecognised(..) => "not_recognised",
            Problem::OnlyPictures(_) => "only_pictures",
            Problem::Recognised(..) => "recognised",
            Problem::InboxMissing(_) => "inbox_missing",
            Problem::SplitArchive => "split_archive",
        }
    }

    /// What happened.
    pub fn message(&self) -> Message {
        match self {
            Problem::Empty => msg!("model.problem_empty"),
            Problem::Encrypted => msg!("model.problem_encrypted"),
            Problem::SplitArchive => msg!("model.problem_split_archive"),
            Problem::Damaged(d) => msg!("model.problem_damaged", d),
            Problem::Unsupported(d) => msg!("model.problem_unsupported", d),
            Problem::TooLarge(d) => msg!("model.problem_too_large", d),
            Problem::TimedOut(s) => msg!("model.problem_timed_out", *s),
            Problem::Crashed(d) => msg!("model.problem_crashed", d),
            Problem::NotOpened(d) => msg!("model.problem_not_opened", d),
            Problem::InboxMissing(d) => msg!("model.problem_inbox_missing", d),
            Problem::StillChanging => msg!("model.problem_still_changing"),
            Problem::LostText(d, place) => msg!("model.problem_lost_text", d, place.message()),
            Problem::Scanned(pages) => msg!("model.problem_scanned", *pages),
            Problem::NotRecognised(d, place) => msg!("model.problem_not_recognised", d, place.message()),
            Problem::OnlyPictures(pictures) => msg!("model.problem_only_pictures", *pictures),
            Problem::Recognised(pages, confidence) => msg!("model.problem_recognised", *pages, *confidence),
            Problem::NoText => msg!("model.problem_no_text"),
        }
    }

    /// What to do about it.
    pub fn advice(&self) -> Message {
        match self {
            Problem::Empty => msg!("model.advice_empty"),
            Problem::Encrypted => msg!("model.advice_encrypted"),
            Problem::SplitArchive => msg!("model.advice_split_archive"),
            Problem::Damaged(_) => msg!("model.advice_damaged"),
            Problem::Unsupported(_) => msg!("model.advice_unsupported"),
            Problem::TooLarge(_) => msg!("model.advice_too_large"),
            Problem::TimedOut(_) => msg!("model.advice_timed_out"),
            Problem::Crashed(_) => msg!("model.advice_crashed"),
            Problem::NotOpened(_) => msg!("model.advice_not_opened"),
            Problem::InboxMissing(_) => msg!("model.advice_inbox_missing"),
            Problem::StillChanging => msg!("model.advice_still_changing"),
            Problem::LostText(..) | Problem::NotRecognised(..) => msg!("model.advice_lost_text"),
            Problem::Scanned(_) => msg!("model.advice_scanned"),
            Problem::OnlyPictures(_) => msg!("model.advice_only_pictures"),
            Problem::Recognised(..) => msg!("model.advice_recognised"),
            Problem::NoText => msg!("model.advice_no_text"),
        }
    }
}
