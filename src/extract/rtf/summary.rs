//! What the file says of itself (`\info`, `\generator`).

use crate::extract::rtf::destination::Destination;
use crate::model::document::Properties;
use chrono::{Duration, NaiveDate, NaiveDateTime};

/// The properties while they are read.
#[derive(Debug, Default)]
pub struct Summary {
    title: String,
    author: String,
    application: String,
    created: Time,
    revised: Time,
}

/// A time in its parts.
#[derive(Debug, Default, Clone, Copy)]
struct Time {
    year: i32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
}

impl Summary {
    /// Begins a destination: the Unicode form of a title follows the plain one, and replaces it.
    pub fn begin(&mut self, destination: Destination) {
        match destination {
            Destination::Title => self.title.clear(),
            Destination::Author => self.author.clear(),
            _ => {}
        }
    }

    /// Takes text of a destination.
    pub fn text(&mut self, destination: Destination, text: &str) {
        match destination {
            Destination::Title => self.title.push_str(text),
            Destination::Author => self.author.push_str(text),
            Destination::Generator => self.application.push_str(text),
            _ => {}
        }
    }

    /// Takes a part of a time.
    pub fn time(&mut self, destination: Destination, word: &str, number: Option<i32>) {
        let time = if destination == Destination::Created { &mut self.created } else { &mut self.revised };
        let number = number.unwrap_or(0);
        let unsigned = u32::try_from(number).unwrap_or(0);
        match word {
            "yr" => time.year = number,
            "mo" => time.month = unsigned,
            "dy" => time.day = unsigned,
            "hr" => time.hour = unsigned,
            "min" => time.minute = unsigned,
            _ => {}
        }
    }

    /// The properties.
    pub fn properties(&self) -> Properties {
        let text = |t: &str| Some(t.trim().trim_end_matches(';').to_string()).filter(|t| !t.is_empty());
        Properties {
            sent: None,
            title: text(&self.title),
            author: text(&self.author),
            created: self.created.in_utc(),
            modified: self.revised.in_utc(),
            application: text(&self.application),
        }
    }
}

impl Time {
    /// RTF gives the writer's local time and no zone: it is taken for China's, eight hours ahead of UTC.
    fn in_utc(self) -> Option<NaiveDateTime> {
        const NO_OFFICE_BEFORE: i32 = 1980;
        if self.year < NO_OFFICE_BEFORE {
            return None;
        }
        NaiveDate::from_ymd_opt(self.year, self.month, self.day)?
            .and_hms_opt(self.hour, self.minute, 0)?
            .checked_sub_signed(Duration::hours(8))
    }
}
