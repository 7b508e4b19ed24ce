//! What the author asserts of an act: done, planned, denied, somebody else's … decided by the cues that reach it.
//!
//! After ConText (Harkema et al. 2009): a cue has a category, a direction, a scope and terminators; words that only look
//! like a cue are masked first. On top of that stand the mood of the section and of the document.

use crate::detect::counts::counts_at;
use crate::detect::cues::CueHit;
use crate::detect::engine::Engine;
use crate::detect::expression::Letters;
use crate::detect::lexicon::{ListSet, WordHit, Words, within};
use crate::detect::moods::SetMood;
use crate::detect::partly;
use crate::detect::passage::{Passage, PassageKind, Sentence};
use crate::detect::speech;
use crate::detect::subject::{self, Subject};
use crate::model::reading::{Assertion, Count};
use crate::model::rules::{Category, Direction, Scope};
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

/// What decides against a sentence that is the notice's own.
const NOTICE: &str = "通知原文";

/// What the heading above a passage says.
#[derive(Debug)]
pub struct Above<'p> {
    /// Lists whose words stand in it.
    pub lists: ListSet,
    /// What it is about.
    pub subject: Subject<'p>,
    /// The items that it names.
    pub named: Vec<usize>,
    /// The items that it speaks of; a paragraph's own one may shorten a name.
    pub items: Vec<usize>,
}

impl<'p> Above<'p> {
    /// Reads the heading of a passage.
    pub fn of(passage: &'p Passage, engine: &Engine) -> Self {
        let words = engine.indexed_in(&passage.heading);
        let whole = 0..passage.heading.len();
        let mut subject = subject::of(&passage.heading, &words, &whole, engine);
        let named = engine.named_by(&words);
        subject.related |= !named.is_empty();
        let mut items = engine.spoken_of(&words);
        if passage.lead > 0 && items.is_empty() {
            items.extend(engine.shortened(&passage.heading));
        }
        Above { lists: ListSet::of(&words, &whole), subject, named, items }
    }
}

/// A passage with everything found in it.
pub struct Scan<'p> {
    /// Number of the passage on its page.
    pub index: usize,
    /// The passage.
    pub passage: &'p Passage,
    /// Words of lists.
    pub words: Words<'p>,
    /// The lists of each sentence's words.
    pub lists: Vec<ListSet>,
    /// What the heading above says.
    pub above: Rc<Above<'p>>,
    engine: &'p Engine,
    /// The characters of the passage, taken apart when an expression first looks at them.
    letters: OnceCell<Letters<'p>>,
    /// Cues, looked for when something is first to be decided.
    cues: OnceCell<Vec<CueHit>>,
    /// What each sentence is about, and what was last said before it.
    subjects: OnceCell<Vec<Told<'p>>>,
    /// The counts of the passage with their first bytes, read when something first asks.
    counts: OnceCell<Vec<(usize, Count)>>,
    /// The mood that headings and title set, and the words that set it.
    pub mood: Option<SetMood>,
    /// The stretches that are the notice's own words, looked for when something first stands in them.
    quoted: OnceCell<Vec<Range<usize>>>,
}

/// What a sentence is about, and what the last sentence before it that tells is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'p> {
    /// Its own words.
    pub said: Subject<'p>,
    /// Those of the last sentence before it that show anything.
    pub before: Subject<'p>,
}

/// What is asserted, and the words that decided against a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is asserted.
    pub assertion: Assertion,
    /// The deciding words.
    pub cue: Option<String>,
    /// Where they stand in the passage; none where something else decided: a heading, a date, the lack of any word.
    pub at: Option<Range<usize>>,
}

impl Decision {
    /// Without words against it.
    pub fn of(assertion: Assertion) -> Self {
        Decision { assertion, cue: None, at: None }
    }

    /// Because of something other than words of the passage.
    pub fn because(assertion: Assertion, cue: String) -> Self {
        Decision { assertion, cue: Some(cue), at: None }
    }
}

impl<'p> Scan<'p> {
    /// Looks for words in a passage.
    pub fn new(
        index: usize,
        passage: &'p Passage,
        above: Rc<Above<'p>>,
        engine: &'p Engine,
        mood: Option<SetMood>,
    ) -> Self {
        let words = engine.indexed_in(&passage.text.normal);
        let lists = passage.sentences.iter().map(|s| ListSet::of(&words, &s.range)).collect();
        let (letters, cues, subjects, counts, quoted) = Default::default();
        Scan { index, passage, words, lists, above, engine, letters, cues, subjects, counts, mood, quoted }
    }

    /// The characters of the passage.
    pub fn letters(&self) -> &Letters<'p> {
        self.letters.get_or_init(|| Letters::new(&self.passage.text.normal))
    }

    /// The cues of the passage.
    fn cues(&self) -> &[CueHit] {
        self.cues.get_or_init(|| self.engine.cues_in(self.letters(), &self.words))
    }

    /// What a sentence is about.
    pub fn subject(&self, sentence: &Sentence, engine: &Engine) -> Told<'p> {
        let told = self.subjects.get_or_init(|| {
            let mut before = Subject::default();
            let tell = |sentence: &Sentence| {
                let said = subject::of(&self.passage.text.normal, &self.words, &sentence.range, engine);
                let told = Told { said, before };
                if said != Subject::default() {
                    before = said;
                }
                told
            };
            self.passage.sentences.iter().map(tell).collect()
        });
        let at = self.passage.sentences.partition_point(|s| s.range.start < sentence.range.start);
        told.get(at).copied().unwrap_or_default()
    }

    /// The counts of the passage with their first bytes.
    pub fn counts(&self) -> &[(usize, Count)] {
        self.counts.get_or_init(|| counts_at(&self.passage.text.normal))
    }

    /// The counts in a part of the passage with their first bytes.
    pub fn counts_in(&self, part: &Range<usize>) -> &[(usize, Count)] {
        let counts = self.counts();
        let before = |end: usize| counts.partition_point(|(at, _)| *at < end);
        counts.get(before(part.start)..before(part.end)).unwrap_or_default()
    }

    /// Whether an act stands in the notice's own words.
    fn is_quoted(&self, anchor: &Range<usize>, engine: &Engine) -> bool {
        let asserts = |at: &Range<usize>| {
            self.cues().iter().any(|c| {
                matches!(c.category, Category::Completed | Category::Negated | Category::Exempt)
                    && c.range.start < at.end
                    && at.start < c.range.end
            })
        };
        let sentences = self.passage.sentences.iter().map(|s| s.range.clone());
        self.quoted
            .get_or_init(|| engine.notice.quoted(&self.passage.text.normal, sentences, asserts))
            .iter()
            // What an expression ends with is the act or its object: 对“为重残学生补习”作了学习 begins outside.
            .any(|q| q.start < anchor.end && anchor.end <= q.end)
    }

    /// Whether a finished deed is told between two places.
    pub fn is_finished_between(&self, from: usize, to: usize) -> bool {
        self.cues().iter().any(|c| c.category == Category::Completed && from < c.range.start && c.range.end <= to)
    }

    /// Whether a part of the passage denies anything.
    pub fn denies(&self, part: &Range<usize>) -> bool {
        let against = |c: &&CueHit| matches!(c.category, Category::Negated | Category::Exempt);
        self.cues().iter().filter(against).any(|c| part.start <= c.range.start && c.range.end <= part.end)
    }

    fn is_heading(&self) -> bool {
        self.passage.kind == PassageKind::Heading
    }

    /// Decides what is asserted of an act. `None` means that no cue speaks: a deed, if it was an act.
    pub fn decide(&self, sentence: &Sentence, anchor: &Range<usize>, item: usize, engine: &Engine) -> Option<Decision> {
        let told_there = engine.items[item].has_papers;
        self.decide_with(sentence, anchor, engine, told_there, |hit| {
            self.reaches(hit, sentence, anchor, engine, hit.direction)
                && !self.is_of_next(hit, sentence, anchor, item, engine)
        })
    }

    /// Whether a cue stands in a later clause that begins with what another item is called by: 会议开了,送教没去成.
    fn is_of_next(
        &self,
        hit: &CueHit,
        sentence: &Sentence,
        anchor: &Range<usize>,
        item: usize,
        engine: &Engine,
    ) -> bool {
        let clause = sentence.clause_at(hit.range.end.saturating_sub(1)).filter(|c| c.start >= anchor.end);
        clause.is_some_and(|c| self.begins_with_another(c, item, engine))
    }

    /// Whether a clause begins with a topic of another item and with none of this one.
    pub fn begins_with_another(&self, clause: &Range<usize>, item: usize, engine: &Engine) -> bool {
        /// So many bytes may stand before the topic: 但送教….
        const BEFORE: usize = "但".len() * 2;
        let topics = within(&self.words, clause).filter(|w| w.range.start <= clause.start + BEFORE);
        let of = |w: &WordHit<'_>, i: usize| w.is_in(engine.items[i].topics) || w.is_in(engine.items[i].names);
        let (mut own, mut others) = (false, false);
        for word in topics {
            own |= of(word, item);
            others |= (0..engine.items.len()).any(|i| i != item && of(word, i));
        }
        others && !own
    }

    /// Decides what is asserted of a name, whose predicate may stand on either side, in its own clause or in the
    /// following ones up to `end`.
    pub fn decide_name(
        &self,
        sentence: &Sentence,
        anchor: &Range<usize>,
        end: usize,
        item: usize,
        engine: &Engine,
    ) -> Option<Decision> {
        let near = |hit: &CueHit| {
            hit.range.end <= end.max(anchor.end) && self.reaches(hit, sentence, anchor, engine, Direction::Both)
                || hit.range.start >= anchor.end
                    && hit.range.end <= end
                    && matches!(
                        hit.category,
                        Category::Exempt | Category::Negated | Category::Planned | Category::Completed
                    )
        };
        self.decide_with(sentence, anchor, engine, engine.items[item].has_papers, near)
    }

    fn decide_with(
        &self,
        sentence: &Sentence,
        anchor: &Range<usize>,
        engine: &Engine,
        told_there: bool,
        reaches: impl Fn(&CueHit) -> bool,
    ) -> Option<Decision> {
        if self.is_quoted(anchor, engine) {
            return Some(Decision::because(Assertion::Quoted, NOTICE.to_string()));
        }
        let normal = &self.passage.text.normal;
        let of_others = |h: &CueHit| partly::is_of_others(normal, self.cues(), sentence, anchor, h);
        let reaching: Vec<&CueHit> = self.cues().iter().filter(|h| reaches(h) && !of_others(h)).collect();
        let find = |category: Category| reaching.iter().find(|h| h.category == category).copied();
        let completed = find(Category::Completed);
        let text = &normal[sentence.range.clone()];
        let mood = self.mood.as_ref().filter(|m| !m.until.iter().any(|u| text.contains(u.as_str())));
        // What is told of somebody else's meeting or action is theirs, planned or done.
        if let Some(mood) = mood.filter(|m| m.category == Category::OtherUnit) {
            return Some(Decision::because(Assertion::OtherUnit, mood.words.clone()));
        }
        // A finished deed told after an instruction or a quotation is a deed: 要求各班…召开了.
        let finished_after = |hit: &CueHit| {
            let after = |c: &CueHit| c.range.start >= hit.range.start && c.range.end > hit.range.end;
            let between = |c: &&CueHit| c.category == Category::Completed && c.range.start < anchor.start;
            completed.is_some_and(after) || self.cues().iter().filter(between).any(after)
        };
        let said = |hit: &CueHit| self.passage.text.quote(hit.range.clone()).to_string();
        let decide =
            |assertion, hit: &CueHit| Some(Decision { assertion, cue: Some(said(hit)), at: Some(hit.range.clone()) });
        for (category, assertion) in [
            (Category::Exempt, Assertion::NotApplicable),
            (Category::Negated, Assertion::NotDone),
            (Category::OtherUnit, Assertion::OtherUnit),
            (Category::PastYear, Assertion::PastYear),
            (Category::Conditional, Assertion::Planned),
            (Category::Planned, Assertion::Planned),
        ] {
            if let Some(hit) = find(category) {
                return decide(assertion, hit);
            }
        }
        for (category, assertion) in [(Category::Quoted, Assertion::Quoted), (Category::Instructed, Assertion::Planned)]
        {
            if let Some(hit) = find(category).filter(|h| !finished_after(h)) {
                return decide(assertion, hit);
            }
        }
        // 手册填写不规范 | 重新核对填写 | 已完成: in a row what was wrong stands beside what became of it.
        let mended = |hit: &CueHit| self.passage.kind == PassageKind::Row && finished_after(hit);
        if let Some(hit) = find(Category::Shortcoming).filter(|h| !mended(h)) {
            return decide(Assertion::Background, hit);
        }
        // 为把帮扶做实,领导小组开了研讨会: a finished deed in a clause after the purpose is one.
        let home = sentence.clause_at(anchor.start);
        let done_in = |c: &Range<usize>| completed.is_some_and(|h| c.contains(&h.range.end.saturating_sub(1)));
        let achieved = |h: &CueHit| home.is_some_and(|c| h.range.end <= c.start && done_in(c));
        if let Some(hit) = find(Category::Purpose).filter(|h| h.range.start <= anchor.start && !achieved(h)) {
            return decide(Assertion::Background, hit);
        }
        let is_granted = || completed.is_some_and(|h| partly::is_granted(normal, sentence, h));
        // 政教处汇报:…: what a meeting is told was done before it.
        let is_asked = || !mood.is_some_and(|m| m.whole && (told_there || speech::is_reported(text)));
        if let Some(mood) = mood {
            let by_mood = match mood.category {
                // 办公室的通讯已在公众号登出: what has been done of a plan stands in it too.
                Category::Planned if completed.is_some_and(|h| said(h).contains('已')) => None,
                Category::Planned => Some(Assertion::Planned),
                Category::Instructed if completed.is_none() && is_asked() && !self.is_heading() => {
                    Some(Assertion::Planned)
                }
                Category::Quoted => Some(Assertion::Quoted),
                Category::Shortcoming if is_granted() => None,
                Category::Shortcoming => Some(Assertion::Background),
                Category::PastYear => Some(Assertion::PastYear),
                Category::Negated => Some(Assertion::NotDone),
                Category::Exempt => Some(Assertion::NotApplicable),
                Category::Completed => Some(Assertion::Done),
                _ => None,
            };
            if let Some(assertion) = by_mood {
                return Some(Decision::because(assertion, mood.words.clone()));
            }
        }
        completed.map(|_| Decision::of(Assertion::Done))
    }

    /// Whether a plan follows what it is of: 宣传工作拟于下月进行.
    fn is_plan_of(&self, hit: &CueHit, anchor: &Range<usize>) -> bool {
        const THINGS: [&str; 7] = ["", "工作", "活动", "一事", "这项", "这块", "方面"];
        let normal = &self.passage.text.normal;
        let between = normal.get(anchor.end..hit.first_word(normal));
        hit.category == Category::Planned && between.is_some_and(|t| THINGS.contains(&t))
    }

    fn reaches(
        &self,
        hit: &CueHit,
        sentence: &Sentence,
        anchor: &Range<usize>,
        engine: &Engine,
        direction: Direction,
    ) -> bool {
        // A pattern may begin with the mark before it, 。若: its last character tells where it stands.
        let stands = hit.range.end.saturating_sub(1);
        let home = match hit.scope {
            Scope::Clause => {
                let clause = sentence.clause_at(anchor.start);
                clause.is_some_and(|c| c.contains(&stands))
            }
            Scope::Sentence => sentence.range.contains(&stands),
            Scope::Paragraph | Scope::Section | Scope::Document => true,
        };
        if !home {
            return false;
        }
        let normal = &self.passage.text.normal;
        let overlaps = hit.first_word(normal) < anchor.end && anchor.start < hit.range.end;
        let between = if hit.range.end <= anchor.start {
            hit.range.end..anchor.start
        } else if anchor.end <= hit.range.start {
            anchor.end..hit.range.start
        } else {
            0..0
        };
        let ahead = hit.range.start < anchor.start;
        let way = overlaps
            || match direction {
                Direction::Forward => ahead || self.is_plan_of(hit, anchor),
                Direction::Backward => !ahead,
                Direction::Both => true,
                Direction::Inside => false,
            };
        let is_far = || normal.get(between.clone()).is_some_and(|t| t.chars().count() > hit.reach as usize);
        way && (hit.reach == 0 || !is_far())
            && !engine.is_stopped(hit, normal, &between)
            && !speech::is_said_apart(normal, &sentence.range, &hit.range, anchor)
    }
}
