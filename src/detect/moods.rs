//! The moods that headings, titles and openings set for what stands below them: 下一步打算 makes plans of all its points.

use crate::detect::glyph::is_han;
use crate::detect::lexicon::{Lexicon, WordBook};
use crate::detect::passage::depth;
use crate::detect::text;
use crate::model::rules::{Category, Mood};

/// A mood that a heading or a title set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetMood {
    /// What everything below counts as.
    pub category: Category,
    /// The words that set it.
    pub words: String,
    /// Words that free a sentence from it.
    pub until: Vec<String>,
    /// Whether it is the document's, and not a section's.
    pub whole: bool,
}

/// All moods of a campaign, their words normalised.
#[derive(Debug)]
pub struct Moods {
    moods: Vec<Mood>,
    /// All words of headings and titles: most lines have none of them.
    words: Lexicon,
}

impl Moods {
    /// Normalises the words of moods.
    ///
    /// # Errors
    /// What the library says where there are too many of them.
    pub fn new(moods: &[Mood]) -> Result<Self, String> {
        let moods: Vec<Mood> = moods.iter().map(normal_mood).collect();
        let mut book = WordBook::default();
        for mood in &moods {
            book.list(&mood.headings);
            book.list(&mood.titles);
        }
        Ok(Moods { moods, words: book.lexicon()? })
    }

    /// The mood that a heading sets. A part of a document may be what others are as a whole: 第一部分 方案, 【活动方案】.
    pub fn of_heading(&self, heading: &str) -> Option<SetMood> {
        // □已开展□未开展: choices to tick.
        if heading.contains(['□', '☐', '☑']) {
            return None;
        }
        let is_part = || depth(heading) == Some(0) || heading.starts_with('【') && heading.ends_with('】');
        let of_part = || if is_part() { self.mood(heading, |m| &m.titles) } else { None };
        self.mood(heading, |m| &m.headings).or_else(of_part)
    }

    /// Whether a line is a heading though neither style nor number says so: a few words that set a mood, 下一步打算.
    pub fn is_bare_heading(&self, line: &str) -> bool {
        /// The most characters of such a line.
        const LINE: usize = 12;
        let line = line.trim_end_matches(':');
        line.chars().count() <= LINE && line.chars().all(is_han) && self.of_heading(line).is_some()
    }

    /// The mood that a title sets for the whole document, whichever of its lines does. What has a number is a heading and
    /// decides for its own section.
    pub fn of_title(&self, title: &str) -> Option<SetMood> {
        // 首页>工作计划: where a page stands on its site says nothing of what it tells.
        let is_shelf = |line: &str| title.lines().any(|l| l.contains('>') && l.contains(line));
        let mut lines = title.lines().filter(|line| depth(line).is_none() && !is_shelf(line));
        let mood = lines.find_map(|line| self.mood(line, |m| &m.titles));
        mood.map(|mood| SetMood { whole: true, ..mood })
    }

    /// The mood that one of the first paragraphs sets for the whole document by the way it ends: 拟定方案如下:.
    pub fn of_opening(&self, opening: &str) -> Option<SetMood> {
        let opening = opening.trim_end_matches(['。', ':', '!']);
        self.moods.iter().find_map(|m| {
            let words = m.openings.iter().find(|o| opening.ends_with(o.as_str()))?;
            Some(SetMood { category: m.category, words: words.clone(), until: m.until.clone(), whole: true })
        })
    }

    fn mood(&self, line: &str, words: fn(&Mood) -> &Vec<String>) -> Option<SetMood> {
        if self.words.words_in(line).is_empty() {
            return None;
        }
        self.moods.iter().filter(|m| !m.unless.iter().any(|u| line.contains(u.as_str()))).find_map(|m| {
            let word = words(m).iter().find(|w| is_about(line, w))?;
            Some(SetMood { category: m.category, words: word.clone(), until: m.until.clone(), whole: false })
        })
    }
}

/// Whether a word is what a line says, and not one word among many: 对照活动要求逐条落实 sets no mood.
fn is_about(line: &str, word: &str) -> bool {
    /// So many characters may stand around the word: a number, a year, the unit's name.
    const AROUND: usize = 24;
    line.contains(word) && (line.ends_with(word) || line.chars().count() <= word.chars().count() + AROUND)
}

fn normal_mood(mood: &Mood) -> Mood {
    let normal = |words: &[String]| words.iter().map(|w| text::normal(w)).collect();
    Mood {
        category: mood.category,
        headings: normal(&mood.headings),
        titles: normal(&mood.titles),
        openings: normal(&mood.openings),
        unless: normal(&mood.unless),
        until: normal(&mood.until),
    }
}
