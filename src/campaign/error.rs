//! What is wrong with a campaign folder: where, what, and what to do about it.

use crate::model::message::{Lang, Message};
use crate::model::place::Place;
use crate::msg;

/// One thing that a person must put right before anything is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignError {
    /// The file, as seen from the campaign folder: `campaign.toml`, `rules/meeting.toml`.
    pub file: String,
    /// The line of a text file, the row of a worksheet; [`Place::Whole`] where the whole file is meant.
    pub place: Place,
    /// What is wrong.
    pub what: Message,
    /// What to do about it.
    pub remedy: Message,
}

impl CampaignError {
    /// An error about a file as a whole.
    pub fn whole(file: &str, what: Message, remedy: Message) -> Self {
        CampaignError { file: file.to_string(), place: Place::Whole, what, remedy }
    }

    /// File, place, what and remedy in one sentence.
    pub fn message(&self) -> Message {
        match self.place {
            Place::Whole => msg!("campaign.error_file", &self.file, &self.what, &self.remedy),
            _ => msg!("campaign.error_at", &self.file, self.place.message(), &self.what, &self.remedy),
        }
    }

    /// The sentence in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        self.message().text(lang)
    }
}
