//! A Reading: all that survives of a file once it has been examined. Small, serialisable, and what worker processes,
//! caches and engines pass along.

use crate::model::document::{Picture, Properties, is_pictures_only};
pub use crate::model::figure::{Doubt, Figure, FigureDoubt};
use crate::model::learned;
use crate::model::limits;
use crate::model::message::Message;
use crate::model::packed::Packed;
use crate::model::place::{Line, Place};
use crate::model::problem::Problem;
use crate::model::recognition::{Recognised, SURE};
use crate::model::scrutiny::Scrutiny;
use crate::model::source::SourceFile;
use crate::model::spool::Spool;
use crate::model::thumbnail::Thumbnail;
use crate::msg;
use chrono::{Datelike, NaiveDate};
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What one file says. A pure function of its bytes, its path and the rules.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// The file.
    pub source: SourceFile,
    /// The real format by content.
    pub format: EcoString,
    /// Name and version of the reader.
    pub reader: EcoString,
    /// Characters of text that were read, white space left out.
    pub chars: u32,
    /// Whether the text is prose (a report) and not only tables (a form).
    pub prose: bool,
    /// The lines that may name the school.
    pub masthead: Masthead,
    /// The date under the signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<NaiveDate>,
    /// The days of all deeds that the document tells of, done or planned, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<NaiveDate>,
    /// All people, households and copies that the document counts, each number with its unit once, as they come.
    #[serde(default, skip_serializing_if = "Packed::is_empty")]
    pub counts: Packed<Count>,
    /// What the document says about each item, near misses included.
    pub evidence: Packed<Evidence>,
    /// The text that the evidence stands in, a line a paragraph or row, personal data masked; of a very long one what is nearest
    /// to evidence, a line without words for what is left out. Empty where there is no evidence.
    #[serde(default, skip_serializing_if = "Packed::is_empty")]
    pub text: Packed<Line>,
    /// Numbers reported in tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// Where numbers of the campaign's indicators are doubtful.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figure_doubts: Vec<FigureDoubt>,
    /// The latest year that title and dates speak of, the signature aside; none where too few do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_year: Option<i32>,
    /// A sketch of the text for near-copies: least hashes of its shingles, names, numbers and the notice left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text_print: Vec<u32>,
    /// A few sentences to show beside those of a near-copy, in reading order.
    #[serde(default, skip_serializing_if = "Packed::is_empty")]
    pub excerpts: Packed<Excerpt>,
    /// Its pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// What the document says of itself.
    #[serde(default)]
    pub properties: Properties,
    /// The pictures whose text was recognised, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recognised: Vec<Recognised>,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// The Readings of an archive's members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Reading>,
    /// Small pictures of its photographs, only where a person asked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thumbnails: Vec<Thumbnail>,
    /// A closer look, only where a person asked for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scrutiny: Option<Box<Scrutiny>>,
}

impl Reading {
    /// Whether the file's text must be taken as not read.
    pub fn is_unreadable(&self) -> bool {
        self.problems.iter().any(Problem::is_unreadable)
    }

    /// Puts what it says outside memory, where it waits until it is looked at.
    pub fn put_away(&mut self, spool: &Arc<dyn Spool>) {
        self.evidence.put_away(spool);
        self.text.put_away(spool);
        self.excerpts.put_away(spool);
        self.members.iter_mut().for_each(|member| member.put_away(spool));
    }

    /// Whether another night may read more of it.
    pub fn is_passing(&self) -> bool {
        self.problems.iter().any(Problem::is_transient) || self.members.iter().any(Reading::is_passing)
    }

    /// Whether it is a picture that is a file of its own.
    pub fn is_picture(&self) -> bool {
        matches!(self.format.as_str(), "jpeg" | "png" | "gif" | "bmp" | "tiff" | "webp" | "heic")
    }

    /// Whether it has pictures and no more words than a caption: photographs, or a scan.
    pub fn is_pictures_only(&self) -> bool {
        is_pictures_only(self.pictures.len(), self.chars as usize)
    }

    /// How many pictures, those of an archive's members included, may be pages of text that nobody has read.
    pub fn unread_pages(&self) -> usize {
        let pages = |problem: &Problem| match problem {
            Problem::Scanned(pages) => *pages as usize,
            Problem::LostText(_, Place::Page(_)) => 1,
            _ => 0,
        };
        let scanned: usize = self.problems.iter().map(pages).sum();
        let own = if scanned == 0 && self.is_pictures_only() { self.pictures.len() } else { scanned };
        own.min(limits::OCR_PAGES) + self.members.iter().map(Reading::unread_pages).sum::<usize>()
    }

    /// The year that the document tells of: that of its signature, else of its last deed.
    pub fn year(&self) -> Option<i32> {
        self.signed.or(self.dates.last().copied()).map(|day| day.year())
    }
}

/// A sentence, known in another text by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The least hash of its shingles: equal for the same words about another school.
    pub print: u32,
    /// Where it stands.
    pub place: Place,
    /// The author's words, the first of them, personal data masked.
    pub text: String,
}

/// The lines that may say whose the document is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Masthead {
    /// Letterhead and title: the first lines, page headers.
    pub titles: Vec<Line>,
    /// The lines of the signature at the end, and bylines.
    pub signatures: Vec<Line>,
    /// What stands after 填报单位, 学校名称 and the like, in text or in a cell beside or below.
    pub units: Vec<Line>,
}

/// What the author asserts of an item at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assertion {
    /// The deed is past, finished or habitual.
    Done,
    /// The unit says that it has no such duty or object.
    NotApplicable,
    /// Said not to have been carried out.
    NotDone,
    /// Only intended, arranged, instructed, required, conditional, or under way.
    Planned,
    /// Quoted from the notice.
    Quoted,
    /// Another school's or body's.
    OtherUnit,
    /// A past year's.
    PastYear,
    /// The same kind of act for another matter: a fire drill, a census.
    OtherSubject,
    /// A purpose, a heading, a slogan, an outcome: no act.
    Background,
}

impl Assertion {
    /// Those that count towards the item's label, the one that outweighs the others first.
    pub const COUNTING: [Assertion; 4] =
        [Assertion::Done, Assertion::NotApplicable, Assertion::NotDone, Assertion::Planned];

    /// Whether the assertion counts towards the item's label. What does not count is a near miss.
    pub fn counts(self) -> bool {
        self <= Assertion::Planned
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Assertion::Done => "done",
            Assertion::NotApplicable => "not_applicable",
            Assertion::NotDone => "not_done",
            Assertion::Planned => "planned",
            Assertion::Quoted => "quoted",
            Assertion::OtherUnit => "other_unit",
            Assertion::PastYear => "past_year",
            Assertion::OtherSubject => "other_subject",
            Assertion::Background => "background",
        }
    }

    /// The word for a person.
    pub fn message(self) -> Message {
        Message::keyed(format!("model.assertion_{}", self.word()))
    }
}

/// How much a piece of evidence bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// A tick or a word without substance: an item's name in a list said to be done.
    Weak,
    /// An act with its object.
    Strong,
}

/// One place in a document that speaks of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Id of the activity or material.
    pub item: EcoString,
    /// What is asserted.
    pub assertion: Assertion,
    /// How much it bears.
    pub strength: Strength,
    /// Where.
    pub place: Place,
    /// The sentence or row in the author's words, personal data masked.
    pub quote: String,
    /// The rule that found it, `meeting.held`.
    pub rule: EcoString,
    /// The cue that decided against a deed, in the author's words: 拟, 尚未.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// The first date of the deed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// All dates of the deed; a range gives its first and last day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<NaiveDate>,
    /// Whom the deed reached: people, households, copies handed out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<Count>,
    /// What else was counted: sessions, lessons, issues, boards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<Count>,
    /// The school that the row or section names, where a document speaks of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The confidence, in percent, with which the words were recognised in a picture (OCR); none where they were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ocr: Option<u8>,
}

impl Evidence {
    /// Strong evidence of which nothing is known but the words and the rule that found them.
    pub fn new(
        item: impl Into<EcoString>,
        assertion: Assertion,
        place: Place,
        quote: impl Into<String>,
        rule: impl Into<EcoString>,
    ) -> Self {
        Evidence {
            item: item.into(),
            assertion,
            strength: Strength::Strong,
            place,
            quote: quote.into(),
            rule: rule.into(),
            cue: None,
            date: None,
            dates: Vec::new(),
            counts: Vec::new(),
            amounts: Vec::new(),
            unit: None,
            ocr: None,
        }
    }

    /// Where it stands, and that the words were recognised in a picture where they were.
    pub fn place_message(&self) -> Message {
        let place = self.place.message();
        self.ocr.map_or(place.clone(), |confidence| msg!("model.place_recognised", place, confidence))
    }

    /// Whether the words were recognised in a picture with so little confidence that only the picture can tell.
    pub fn is_doubtful(&self) -> bool {
        self.ocr.is_some_and(|confidence| confidence < SURE)
    }

    /// Whether no rule has found it: its words are like those of labelled reports.
    pub fn is_learned(&self) -> bool {
        self.rule.rsplit_once('.').is_some_and(|(_, rule)| rule == learned::RULE)
    }
}

/// A number and its unit: 45人, 2000份.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Count {
    /// How many.
    pub n: u64,
    /// The measure word, or what the column's head says.
    pub unit: String,
    /// What was counted, where a noun says so: 贫困户.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}
