//! One file → one Reading: a function of bytes, path and rules that never fails.

use crate::detect;
use crate::detect::engine::Engine;
use crate::intake;
use crate::intake::{Manner, Opened};
use crate::model::campaign::{Campaign, Indicator};
use crate::model::document::Document;
use crate::model::limits;
use crate::model::packed::from_bytes;
use crate::model::passwords::Passwords;
use crate::model::privacy;
use crate::model::problem::Problem;
use crate::model::reading::Reading;
use crate::model::rules::Rules;
use crate::model::source::SourceFile;
use crate::model::transcript::Transcript;
use crate::msg;
use crate::ocr::tesseract::Tesseract;
use crate::pipeline::read::{enclosed, needless, read, thumbnails};
use crate::pipeline::scrutiny::Scrutineer;
use crate::pipeline::text::{self, Text};
use chrono::{FixedOffset, NaiveDate, Offset, Utc};
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::cell::{Cell, OnceCell};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What a worker must know of a campaign: enough for any file, and nothing that a roster or a deadline could change.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// How evidence is recognised.
    pub rules: Rules,
    /// The numbers that schools are asked for.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// The year that a date without a year belongs to.
    pub year: i32,
    /// The days in which deeds count: a day without a month falls in them.
    pub period: (NaiveDate, NaiveDate),
    /// Hours east of Greenwich.
    pub utc_offset_hours: i32,
    /// Whether personal data in quotes is masked.
    pub masked: bool,
    /// What recognises text in pictures, where something does.
    #[serde(default)]
    pub tesseract: Option<Tesseract>,
    /// The passwords to be tried on files under one.
    #[serde(default)]
    pub passwords: Passwords,
}

impl Settings {
    /// What a campaign says to workers.
    pub fn new(campaign: &Campaign, masked: bool) -> Self {
        let mut rules = campaign.rules.clone();
        // Examples are for `check`: a worker has no use for them, and one more changes nothing that a file says.
        for item in &mut rules.items {
            item.examples.clear();
            item.rules.iter_mut().for_each(|rule| (rule.must_match, rule.must_not_match) = Default::default());
        }
        Settings {
            rules,
            indicators: campaign.indicators.clone(),
            year: campaign.year,
            period: campaign.period,
            utc_offset_hours: campaign.utc_offset_hours,
            masked,
            tesseract: None,
            passwords: campaign.passwords.clone(),
        }
    }
}

/// The time zone of a campaign.
pub fn offset(hours: i32) -> FixedOffset {
    FixedOffset::east_opt(hours.saturating_mul(3600)).unwrap_or(Utc.fix())
}

/// Examines files by one set of rules.
pub struct Examiner {
    engine: Engine,
    /// The settings as they came, in a tenth of their room, for the closer look that a night never takes.
    sent: Vec<u8>,
    scrutineer: OnceCell<Option<Scrutineer>>,
    offset: FixedOffset,
    masked: bool,
    tesseract: Option<Tesseract>,
    passwords: Passwords,
}

impl Examiner {
    /// Compiles the rules of settings as they travel.
    ///
    /// # Errors
    /// Bytes that are no settings, and the first rule that cannot be compiled.
    pub fn new(sent: Vec<u8>) -> io::Result<Self> {
        let Settings { rules, indicators, year, period, utc_offset_hours, masked, tesseract, passwords } =
            from_bytes(&sent).ok_or(io::ErrorKind::InvalidData)?;
        let campaign = Campaign { rules, indicators, year, period, ..Campaign::default() };
        Ok(Examiner {
            engine: Engine::new(&campaign).map_err(io::Error::other)?,
            sent,
            scrutineer: OnceCell::new(),
            offset: offset(utc_offset_hours),
            masked,
            tesseract,
            passwords,
        })
    }

    /// What a file says, text in its pictures included where it is to be recognised; `shown` is its path as people see it.
    /// Archives give the readings of their members.
    pub fn examine(&self, path: &Path, shown: &str, recognise: bool) -> Reading {
        self.open(path, shown, recognise, &|opened, _| self.detect(opened.source.clone(), self.read(opened, recognise)))
            .reading
    }

    /// The same, with what was read: everything, where it is fit to be kept. It is not where something went wrong that another night, a
    /// password or another program may mend, nor where it is very much.
    pub fn transcribe(&self, path: &Path, shown: &str, recognise: bool) -> (Reading, Option<Transcript>) {
        let made = self.open(path, shown, recognise, &|opened, kept| {
            let document = self.read(opened, recognise);
            *kept = Some(document.clone());
            self.detect(opened.source.clone(), document)
        });
        (made.reading, made.transcript)
    }

    /// What a file says whose content was read before, perhaps under another name and with other times: those are its own.
    pub fn reread(&self, mut transcript: Transcript, path: &Path, shown: &str) -> Reading {
        let Some(times) = intake::times(path, self.offset) else { return self.examine(path, shown, true) };
        let from = transcript.source.path.clone();
        transcript.renamed(&from, shown);
        transcript.source.stamps = times;
        self.again(transcript)
    }

    fn again(&self, transcript: Transcript) -> Reading {
        let Transcript { source, problems, document, members } = transcript;
        let members = members.into_iter().map(|member| self.again(member)).collect();
        let mut reading = guarded(&source, || self.detect(source.clone(), document));
        reading.problems.splice(0..0, problems);
        Reading { members, ..reading }
    }

    /// The same, looked at closely: what comes near, what each rule finds by itself and, where a person wants to read it, the
    /// text.
    pub fn scrutinise(&self, path: &Path, shown: &str, recognise: bool, with_text: bool) -> Reading {
        // Rules that compile do so too when they are taken apart.
        let campaign = || {
            let Settings { rules, year, .. } = from_bytes(&self.sent)?;
            Some(Campaign { rules, year, ..Campaign::default() })
        };
        let scrutineer = self.scrutineer.get_or_init(|| Scrutineer::new(&campaign()?).ok());
        let made = self.open(path, shown, recognise, &|opened, _| {
            let mut document = self.read(opened, recognise);
            if self.masked {
                privacy::cover(&mut document.body);
            }
            let reading = self.detect(opened.source.clone(), document.clone());
            let look = |s: &Scrutineer| Box::new(s.look(&document, &reading, self.masked, with_text));
            Reading { scrutiny: scrutineer.as_ref().map(look), ..reading }
        });
        made.reading
    }

    /// The text of a file and of its members, text in pictures included where it is to be recognised.
    pub fn texts(&self, path: &Path, shown: &str, recognise: bool) -> Vec<Text> {
        text::texts(path, shown, self.tesseract.as_ref().filter(|_| recognise))
    }

    /// What can be said of a file without reading what it says: times, digest, members. For files that no reader survives.
    pub fn look(&self, path: &Path, shown: &str) -> Reading {
        self.open(path, shown, false, &|opened, _| self.detect(opened.source.clone(), Document::default())).reading
    }

    /// The same, with small pictures of its photographs, at most [`limits::THUMBNAILS_OF_FILE`].
    pub fn picture(&self, path: &Path, shown: &str) -> Reading {
        let left = Cell::new(limits::THUMBNAILS_OF_FILE);
        let made = self.open(path, shown, true, &|opened, _| {
            let thumbnails = thumbnails(opened, &self.passwords, left.get());
            left.set(left.get().saturating_sub(thumbnails.len()));
            Reading { thumbnails, ..self.detect(opened.source.clone(), Document::default()) }
        });
        made.reading
    }

    fn read(&self, opened: &Opened<'_>, recognise: bool) -> Document {
        read(opened, &self.passwords, self.tesseract.as_ref().filter(|_| recognise))
    }

    fn detect(&self, source: SourceFile, document: Document) -> Reading {
        detect::detect(source, document, &self.engine, self.masked)
    }

    /// `whole`: somebody asks for its pictures.
    fn open(
        &self,
        path: &Path,
        shown: &str,
        whole: bool,
        examine: &dyn Fn(&Opened<'_>, &mut Option<Document>) -> Reading,
    ) -> Made {
        let mut each = |opened: Opened<'_>, members: Vec<Made>| {
            let mut kept = None;
            let mut reading = guarded(&opened.source, || examine(&opened, &mut kept));
            reading.problems.splice(0..0, opened.problems.iter().cloned());
            let chars = members.iter().map(|m| m.chars).fold(reading.chars as usize, usize::saturating_add);
            let (readings, transcripts): (Vec<Reading>, Vec<Option<Transcript>>) =
                members.into_iter().map(|m| (m.reading, m.transcript)).unzip();
            let transcripts: Option<Vec<Transcript>> = transcripts.into_iter().collect();
            let fit = chars <= limits::TEXT_CHARS && !reading.is_unreadable();
            let transcript = kept.filter(|_| fit).zip(transcripts).map(|(document, members)| Transcript {
                source: opened.source,
                problems: opened.problems,
                document,
                members,
            });
            reading.members = readings;
            Made { reading, transcript, chars }
        };
        let (offset, passwords) = (self.offset, &self.passwords);
        let manner = Manner { offset, passwords, enclosed: &enclosed, needless: &needless, whole };
        intake::open(path, shown, manner, &mut each)
    }
}

/// What comes of a file: what it says, what was read, and the characters of it and its members.
struct Made {
    reading: Reading,
    transcript: Option<Transcript>,
    chars: usize,
}

/// A reader or a rule that panics costs one file, even one member of an archive; nothing of it is used afterwards.
fn guarded(source: &SourceFile, examine: impl FnOnce() -> Reading) -> Reading {
    catch_unwind(AssertUnwindSafe(examine))
        .unwrap_or_else(|panic| failed(source.clone(), Problem::Crashed(msg!("pipeline.panicked", said(&*panic)))))
}

/// The Reading of a file that nothing else is known of.
pub fn failed(source: SourceFile, problem: Problem) -> Reading {
    Reading { source, problems: vec![problem], ..Reading::default() }
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text =
        panic.downcast_ref::<&str>().map(ToString::to_string).or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_default()
}
