//! What is wrong with a template: where, what, and what to do about it.

use crate::model::message::Message;
use crate::model::place::Place;
use crate::msg;

/// One thing that a person must put right in a template before any letter is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The file, as seen from the campaign folder: `letters/催报函.txt`.
    pub file: String,
    /// The line; [`Place::Whole`] where the whole file is meant.
    pub place: Place,
    /// What is wrong.
    pub what: Message,
    /// What to do about it.
    pub remedy: Message,
}

impl TemplateError {
    /// File, place, what and remedy in one sentence.
    pub fn message(&self) -> Message {
        match self.place {
            Place::Whole => msg!("letters.error_file", &self.file, &self.what, &self.remedy),
            _ => msg!("letters.error_at", &self.file, self.place.message(), &self.what, &self.remedy),
        }
    }
}
