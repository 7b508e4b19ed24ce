//! The rules, compiled: one automaton over all words, cues, and the patterns of each item.

use crate::detect::cues::{CueHit, Cues};
use crate::detect::expression::{Expression, Letters};
use crate::detect::glyph::is_han;
use crate::detect::lexicon::{Lexicon, ListSet, WordBook, WordHit, Words, covering};
use crate::detect::mend::Mender;
use crate::detect::moods::Moods;
use crate::detect::notice::NoticeText;
use crate::detect::text::{self, Text};
use crate::detect::triggers::Triggers;
use crate::detect::weights::Learned;
use crate::model::campaign::{Campaign, Indicator};
use crate::model::rules::{Answers, Context, ItemRules, Need, RuleKind, Rules, Scope};
use chrono::Datelike;
use std::collections::BTreeMap;
use std::ops::Range;

/// What cannot be compiled: where it stands and what the library says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {rule}: {reason}")]
pub struct EngineError {
    /// The rule file or `cues`.
    pub file: String,
    /// The rule or cue.
    pub rule: String,
    /// Why not.
    pub reason: String,
}

/// The rules of a campaign, ready to run.
#[derive(Debug)]
pub struct Engine {
    /// Items in the rules' order.
    pub items: Vec<Item>,
    /// Which rules may match, those of all items numbered one after the other.
    pub triggers: Triggers,
    /// The year that a date without a year belongs to.
    pub year: i32,
    /// The month of a day without one where nothing in the document names a month: the campaign's deeds fall in it.
    pub month: Option<u32>,
    /// List of words that show a text to be about this campaign.
    pub own: usize,
    /// List of words for those whom it is about.
    pub people: usize,
    /// List of words that go with it, and with other matters too.
    pub related: usize,
    /// List of words that show a text to be about another matter.
    pub other: usize,
    /// Whether the campaign says what it is about.
    pub has_subject: bool,
    /// The numbers that schools are asked for.
    pub indicators: Vec<Sought>,
    /// The moods that headings and titles set.
    pub moods: Moods,
    /// The notice, whose own sentences are no evidence.
    pub notice: NoticeText,
    lexicon: Lexicon,
    mender: Mender,
    cues: Cues,
    answers: Answers,
    learned: Option<Learned>,
}

/// The rules of one item, compiled.
#[derive(Debug)]
pub struct Item {
    /// Id of the activity.
    pub id: String,
    /// Its number in the notice, from 1.
    pub number: usize,
    /// Its official name, normalised: the first of its names.
    name: String,
    /// List of its names.
    pub names: usize,
    /// List of sayings in which a name is none.
    pub not_names: usize,
    /// List of words that make a heading speak of it.
    pub topics: usize,
    /// List of words in the title of a document that proves it.
    pub papers: usize,
    /// Whether such documents prove it: what is told of a meeting was said at it.
    pub has_papers: bool,
    /// Its rules.
    pub rules: Vec<Pattern>,
    /// The number of its first rule among those of all items.
    pub first_rule: usize,
}

/// What numbers a label.
const NUMERALS: &str = "第一二三四五六七八九十";

impl Item {
    /// Whether its rules know units that have no such duty.
    pub fn may_be_exempt(&self) -> bool {
        self.rules.iter().any(|r| r.kind == RuleKind::Exempt)
    }
}

/// A rule, compiled.
#[derive(Debug)]
pub struct Pattern {
    /// Its id.
    pub id: String,
    /// What a match says.
    pub kind: RuleKind,
    /// Lists that must be near, the act first.
    pub needs: Vec<Near>,
    /// Lists that must not.
    pub without: Vec<Near>,
    /// The expert's regular expression.
    pub expression: Option<Expression>,
    /// The evidence bears little.
    pub weak: bool,
}

impl Pattern {
    /// Lists of which a word stands wherever it matches; none where there are no such lists.
    fn betrayed_by(&self) -> Option<Vec<usize>> {
        match &self.expression {
            Some(expression) => expression.tell_tale(),
            None => Some(self.needs.first().map(|act| act.lists.clone()).unwrap_or_default()),
        }
    }
}

/// A number that schools are asked for.
#[derive(Debug)]
pub struct Sought {
    /// What it is.
    pub indicator: Indicator,
    /// List of the words by which it is known.
    pub words: usize,
    /// List of the words with which it is another number.
    pub not_words: usize,
}

impl Sought {
    fn new(indicator: &Indicator, book: &mut WordBook) -> Self {
        let close = |words: &[String]| words.iter().map(|w| w.split_whitespace().collect()).collect::<Vec<String>>();
        let (words, not_words) = (book.list(&close(&indicator.words)), book.list(&close(&indicator.not_words)));
        Sought { indicator: indicator.clone(), words, not_words }
    }
}

/// Lists and how near one of their words must stand.
#[derive(Debug, Clone)]
pub struct Near {
    /// Ids of the lists.
    pub lists: Vec<usize>,
    /// How near.
    pub within: Scope,
}

impl Engine {
    /// Compiles the rules of a campaign.
    ///
    /// # Errors
    /// The first rule or cue whose regular expression or list does not hold.
    pub fn new(campaign: &Campaign) -> Result<Self, EngineError> {
        let month = Some(campaign.period.0.month()).filter(|m| *m == campaign.period.1.month());
        let mut book = WordBook::default();
        let indicators = campaign.indicators.iter().map(|i| Sought::new(i, &mut book)).collect();
        Ok(Engine { month, indicators, ..Engine::compile(&campaign.rules, campaign.year, book)? })
    }

    fn compile(rules: &Rules, year: i32, mut book: WordBook) -> Result<Self, EngineError> {
        let shared: BTreeMap<&str, usize> =
            rules.words.iter().map(|(name, words)| (name.as_str(), book.list(words))).collect();
        let compile = |item: &ItemRules| compile_item(item, &shared, &mut book);
        let mut items: Vec<Item> = rules.items.iter().map(compile).collect::<Result<_, _>>()?;
        let triggers = numbered(&mut items);
        let learned = Some(&rules.learned).filter(|learned| !learned.is_empty());
        let learned = learned.map(|learned| Learned::new(learned, |id| items.iter().position(|item| item.id == id)));
        let refused = |reason| EngineError { file: "rules".into(), rule: "learned".into(), reason };
        let learned = learned.transpose().map_err(refused)?;
        let mut cues = Cues::default();
        for cue in &rules.cues {
            let error = |reason| EngineError {
                file: "cues".into(),
                rule: format!("{:?}", cue.category).to_lowercase(),
                reason,
            };
            cues.add(cue, &mut book).map_err(error)?;
        }
        let Context { own, people, related, other, .. } = &rules.context;
        // What is another matter to all others may be this campaign's own, or one of its activities.
        let is_own = |word: &&String| own.iter().chain(people).chain(related).any(|o| word.contains(o.as_str()));
        let is_name = |word: &&String| {
            rules.items.iter().flat_map(|i| &i.names).any(|n| n.contains(word.as_str()) || word.contains(n.as_str()))
        };
        let other: Vec<&String> = other.iter().filter(|w| !is_own(w) && !is_name(w)).collect();
        let error = |reason| EngineError { file: "rules".into(), rule: "words".into(), reason };
        let (own, people) = (book.list(own), book.list(people));
        let (related, other) = (book.list(related), book.list(&other));
        Ok(Engine {
            items,
            triggers,
            mender: Mender::new(book.words()),
            year,
            month: None,
            own,
            people,
            related,
            other,
            has_subject: !rules.context.own.is_empty(),
            indicators: Vec::new(),
            notice: NoticeText::new(&rules.context.notice),
            lexicon: book.lexicon().map_err(error)?,
            cues,
            moods: Moods::new(&rules.moods).map_err(error)?,
            answers: normal_answers(&rules.answers),
            learned,
        })
    }

    /// Puts other rules in the place of those of an item, and gives these back.
    pub fn exchange(&mut self, item: usize, rules: Vec<Pattern>) -> Vec<Pattern> {
        let before = self.items.get_mut(item).map(|item| std::mem::replace(&mut item.rules, rules));
        self.triggers = numbered(&mut self.items);
        before.unwrap_or_default()
    }

    /// What labelled reports have taught, where anything.
    pub fn learned(&self) -> Option<&Learned> {
        self.learned.as_ref()
    }

    /// How forms are answered, normalised.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// A text, normalised, and its damaged words mended.
    pub fn text(&self, original: &str) -> Text {
        self.mender.mend(Text::new(original), &self.lexicon)
    }

    /// All words of all lists in a text.
    pub fn words_in(&self, normal: &str) -> Vec<WordHit<'_>> {
        self.lexicon.words_in(normal)
    }

    /// The lists whose words stand in any of some texts.
    pub fn lists_in<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> ListSet {
        texts.into_iter().flat_map(|t| self.words_in(t)).flat_map(|w| w.lists).copied().collect()
    }

    /// Whether a word stands inside a name of four characters or more of any item: 成效宣传 is no act of telling.
    pub fn is_in_long_name(&self, words: &[WordHit<'_>], range: &Range<usize>) -> bool {
        covering(words, range)
            .filter(|n| n.range.len() >= "包联入户".len())
            .any(|n| self.items.iter().any(|item| n.is_in(item.names)))
    }

    /// All words of all lists in a text, with the way from each list to its own.
    pub fn indexed_in(&self, normal: &str) -> Words<'_> {
        self.lexicon.indexed(normal)
    }

    /// All cues in a text whose words are known, without those that only look like one.
    pub fn cues_in(&self, letters: &Letters<'_>, words: &Words<'_>) -> Vec<CueHit> {
        self.cues.find(letters, words)
    }

    /// Whether a word that stops a cue's reach stands in the text between the cue and the act.
    pub fn is_stopped(&self, hit: &CueHit, normal: &str, between: &Range<usize>) -> bool {
        self.cues.is_stopped(hit, normal, between)
    }

    /// The items that a cell names.
    pub fn items_named(&self, normal: &str) -> Vec<usize> {
        self.named_by(&self.words_in(normal))
    }

    /// The items that a text names whose words these are.
    pub fn named_by(&self, hits: &[WordHit<'_>]) -> Vec<usize> {
        (0..self.items.len()).filter(|&i| self.is_named(hits, i, self.items[i].names)).collect()
    }

    /// The items that a heading speaks of: those it names, else those whose topics it touches.
    pub fn items_of_heading(&self, normal: &str) -> Vec<usize> {
        self.spoken_of(&self.words_in(normal))
    }

    /// The items that a heading speaks of whose words these are.
    pub fn spoken_of(&self, hits: &[WordHit<'_>]) -> Vec<usize> {
        let named = self.named_by(hits);
        let touched = |i: &usize| self.is_named(hits, *i, self.items[*i].topics);
        if named.is_empty() { (0..self.items.len()).filter(touched).collect() } else { named }
    }

    /// The items that a label speaks of: those of a heading, else the one whose name it shortens.
    pub fn items_of_label(&self, normal: &str) -> Vec<usize> {
        let items = self.items_of_heading(normal);
        if items.is_empty() { self.shortened(normal).into_iter().collect() } else { items }
    }

    /// The item whose official name ends as a label does that is nothing but its number and two characters: 3.宣传.
    pub fn shortened(&self, label: &str) -> Option<usize> {
        let word: String = label.chars().filter(|c| is_han(*c)).skip_while(|c| NUMERALS.contains(*c)).collect();
        let mut found =
            (0..self.items.len()).filter(|&i| word.chars().count() == 2 && self.items[i].name.ends_with(&word));
        found.next().filter(|_| found.next().is_none())
    }

    /// The item that a sentence begins by calling short, and the bytes of the word: 宣传没做, 入户还没去.
    pub fn called(&self, sentence: &str) -> Option<(usize, usize)> {
        /// What goes on after the word, so that it is no part of another: 宣传栏, 会议室.
        const AFTER: &str = "没未还尚暂也都已方上这那嘛呢的是因由原准计拟工情,:";
        /// The same, where a word begins that may be another.
        const AFTER_WORDS: [&str; 8] = ["一项", "一事", "我们没", "我们不", "我们还", "我校没", "我校未", "我弄"];
        self.items.iter().enumerate().find_map(|(index, item)| {
            let (at, _) = item.name.char_indices().rev().nth(1)?;
            let after = sentence.strip_prefix(&item.name[at..])?;
            let begins = AFTER_WORDS.iter().any(|w| after.starts_with(w)) || after.starts_with(|c| AFTER.contains(c));
            begins.then_some((index, item.name.len() - at))
        })
    }

    fn is_named(&self, hits: &[WordHit<'_>], item: usize, list: usize) -> bool {
        let masks = self.items[item].not_names;
        hits.iter().any(|h| h.is_in(list) && !covering(hits, &h.range).any(|m| m.is_in(masks)))
    }
}

/// Numbers the rules of all items one after the other.
fn numbered(items: &mut [Item]) -> Triggers {
    let mut triggers = Triggers::default();
    for item in items {
        item.first_rule = triggers.len();
        item.rules.iter().for_each(|rule| triggers.add(rule.betrayed_by().as_deref()));
    }
    triggers
}

fn compile_item(item: &ItemRules, shared: &BTreeMap<&str, usize>, book: &mut WordBook) -> Result<Item, EngineError> {
    let own: BTreeMap<&str, usize> = item.words.iter().map(|(name, words)| (name.as_str(), book.list(words))).collect();
    let near = |rule: &str, need: &Need| -> Result<Near, EngineError> {
        let lists = need.lists.iter().map(|name| {
            own.get(name.as_str()).or_else(|| shared.get(name.as_str())).copied().ok_or_else(|| EngineError {
                file: item.file.clone(),
                rule: rule.to_string(),
                reason: format!("[words] {name}?"),
            })
        });
        Ok(Near { lists: lists.collect::<Result<_, _>>()?, within: need.within })
    };
    let mut rules = Vec::new();
    for rule in &item.rules {
        let expression = rule.pattern.as_deref().map(|p| Expression::new(p, book)).transpose();
        rules.push(Pattern {
            id: rule.id.clone(),
            kind: rule.kind,
            needs: rule.needs.iter().map(|n| near(&rule.id, n)).collect::<Result<_, _>>()?,
            without: rule.without.iter().map(|n| near(&rule.id, n)).collect::<Result<_, _>>()?,
            expression: expression.map_err(|reason| EngineError {
                file: item.file.clone(),
                rule: rule.id.clone(),
                reason,
            })?,
            weak: rule.weak,
        });
    }
    Ok(Item {
        id: item.item.clone(),
        number: item.number as usize,
        name: item.names.first().map(|n| text::normal(n)).unwrap_or_default(),
        names: book.list(&item.names),
        not_names: book.list(&item.not_names),
        topics: book.list(&item.topics),
        papers: book.list(&item.papers),
        has_papers: !item.papers.is_empty(),
        first_rule: 0,
        rules,
    })
}

fn normal_answers(answers: &Answers) -> Answers {
    let mut normal = answers.clone();
    for word in normal.lists_mut().into_iter().flatten() {
        *word = text::normal(word);
    }
    normal
}
