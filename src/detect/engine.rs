//! The rules, compiled: one automaton over all words, one regular expression a cue.

use crate::detect::mend::Mender;
use crate::detect::text::{self, Text};
use crate::model::campaign::Campaign;
use crate::model::rules::{Category, Cue, Direction, ItemRules, Mood, Need, RuleKind, Rules, Scope};
use aho_corasick::AhoCorasick;
use regex::Regex;
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
    /// The year that a date without a year belongs to.
    pub year: i32,
    /// Words that show a text to be about this campaign.
    pub own: Vec<String>,
    /// Words that show a text to be about another matter.
    pub other: Vec<String>,
    words: AhoCorasick,
    mender: Mender,
    /// For each word of the automaton: the lists it stands in.
    lists_of: Vec<Vec<usize>>,
    cues: Vec<CompiledCue>,
    moods: Vec<Mood>,
}

/// The rules of one item, compiled.
#[derive(Debug)]
pub struct Item {
    /// Id of the activity.
    pub id: String,
    /// List of its names.
    pub names: usize,
    /// List of sayings in which a name is none.
    pub not_names: usize,
    /// List of words that make a heading speak of it.
    pub topics: usize,
    /// Its rules.
    pub rules: Vec<Pattern>,
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
    pub regex: Option<Regex>,
    /// The evidence bears little.
    pub weak: bool,
}

/// Lists and how near one of their words must stand.
#[derive(Debug, Clone)]
pub struct Near {
    /// Ids of the lists.
    pub lists: Vec<usize>,
    /// How near.
    pub within: Scope,
}

#[derive(Debug)]
struct CompiledCue {
    cue: Cue,
    regex: Regex,
    until: Vec<String>,
}

/// A word of a list, found.
#[derive(Debug, Clone)]
pub struct WordHit {
    /// The lists that it stands in.
    pub lists: Vec<usize>,
    /// Where, in the normalised text.
    pub range: Range<usize>,
}

/// A cue, found.
#[derive(Debug, Clone)]
pub struct CueHit {
    /// What it says.
    pub category: Category,
    /// Where, in the normalised text.
    pub range: Range<usize>,
    /// Which way it reaches.
    pub direction: Direction,
    /// How far.
    pub scope: Scope,
    /// The most characters it reaches; 0 for no limit.
    pub reach: u32,
    cue: usize,
}

impl Engine {
    /// Compiles the rules of a campaign.
    ///
    /// # Errors
    /// The first rule or cue whose regular expression or list does not hold.
    pub fn new(campaign: &Campaign) -> Result<Self, EngineError> {
        Engine::compile(&campaign.rules, campaign.year)
    }

    fn compile(rules: &Rules, year: i32) -> Result<Self, EngineError> {
        let mut book = WordBook::default();
        let shared: BTreeMap<&str, usize> =
            rules.words.iter().map(|(name, words)| (name.as_str(), book.list(words))).collect();
        let mut items = Vec::new();
        for item in &rules.items {
            items.push(compile_item(item, &shared, &mut book)?);
        }
        let cues = rules.cues.iter().map(compile_cue).collect::<Result<_, _>>()?;
        let error = |reason: String| EngineError { file: "rules".into(), rule: "words".into(), reason };
        let spoken =
            rules.context.own.iter().chain(&rules.context.other).chain(rules.cues.iter().flat_map(|c| &c.words));
        let spoken: Vec<String> = spoken.map(|w| text::normal(w)).collect();
        let vocabulary = book.words.iter().chain(&spoken).map(String::as_str);
        let mender = Mender::new(vocabulary).map_err(|e| error(e.to_string()))?;
        Ok(Engine {
            items,
            mender,
            year,
            own: rules.context.own.iter().map(|w| text::normal(w)).collect(),
            other: rules.context.other.iter().map(|w| text::normal(w)).collect(),
            words: AhoCorasick::new(&book.words).map_err(|e| error(e.to_string()))?,
            lists_of: book.lists_of,
            cues,
            moods: rules.moods.iter().map(normal_mood).collect(),
        })
    }

    /// A text, normalised, and its damaged words mended.
    pub fn text(&self, original: &str) -> Text {
        self.mender.mend(Text::new(original))
    }

    /// All words of all lists in a text.
    pub fn words_in(&self, normal: &str) -> Vec<WordHit> {
        self.words
            .find_overlapping_iter(normal)
            .map(|m| WordHit { lists: self.lists_of[m.pattern().as_usize()].clone(), range: m.range() })
            .collect()
    }

    /// Whether a word stands inside a name of four characters or more of any item: 成效宣传 is no act of telling.
    pub fn is_in_long_name(&self, words: &[WordHit], range: &Range<usize>) -> bool {
        let long =
            |n: &WordHit| n.range.len() >= "包联入户".len() && n.range.start <= range.start && range.end <= n.range.end;
        words.iter().any(|n| long(n) && self.items.iter().any(|item| n.lists.contains(&item.names)))
    }

    /// All cues in a text, without those that only look like one.
    pub fn cues_in(&self, normal: &str) -> Vec<CueHit> {
        let mut hits = Vec::new();
        for (i, compiled) in self.cues.iter().enumerate() {
            hits.extend(compiled.regex.find_iter(normal).map(|m| CueHit {
                category: compiled.cue.category,
                range: m.range(),
                direction: compiled.cue.direction,
                scope: compiled.cue.scope,
                reach: compiled.cue.reach,
                cue: i,
            }));
        }
        let pseudo: Vec<Range<usize>> =
            hits.iter().filter(|h| h.category == Category::Pseudo).map(|h| h.range.clone()).collect();
        hits.retain(|h| {
            h.category != Category::Pseudo
                && !pseudo
                    .iter()
                    .any(|p| p.start <= h.range.start && h.range.end <= p.end || p.contains(&h.range.start))
        });
        hits
    }

    /// Whether a word that stops a cue's reach stands in the text between the cue and the act.
    pub fn is_stopped(&self, hit: &CueHit, between: &str) -> bool {
        self.cues[hit.cue].until.iter().any(|u| between.contains(u.as_str()))
    }

    /// The mood that a heading sets.
    pub fn heading_mood(&self, heading: &str) -> Option<(Category, String)> {
        self.mood(heading, |m| &m.headings)
    }

    /// The mood that a title sets for the whole document, whichever of its lines does.
    pub fn title_mood(&self, title: &str) -> Option<(Category, String)> {
        title.lines().find_map(|line| self.mood(line, |m| &m.titles))
    }

    fn mood(&self, line: &str, words: fn(&Mood) -> &Vec<String>) -> Option<(Category, String)> {
        self.moods
            .iter()
            .filter(|m| !m.unless.iter().any(|u| line.contains(u.as_str())))
            .find_map(|m| words(m).iter().find(|w| is_about(line, w)).map(|w| (m.category, w.clone())))
    }

    /// The items that a cell names.
    pub fn items_named(&self, normal: &str) -> Vec<usize> {
        let hits = self.words_in(normal);
        (0..self.items.len()).filter(|&i| self.is_named(&hits, i, self.items[i].names)).collect()
    }

    /// The items that a heading speaks of: those it names, else those whose topics it touches.
    pub fn items_of_heading(&self, normal: &str) -> Vec<usize> {
        let hits = self.words_in(normal);
        let of = |list: fn(&Item) -> usize| -> Vec<usize> {
            (0..self.items.len()).filter(|&i| self.is_named(&hits, i, list(&self.items[i]))).collect()
        };
        let named = of(|item| item.names);
        if named.is_empty() { of(|item| item.topics) } else { named }
    }

    fn is_named(&self, hits: &[WordHit], item: usize, list: usize) -> bool {
        let masks = self.items[item].not_names;
        let masked = |r: &Range<usize>| {
            hits.iter().any(|m| m.lists.contains(&masks) && m.range.start <= r.start && r.end <= m.range.end)
        };
        hits.iter().any(|h| h.lists.contains(&list) && !masked(&h.range))
    }
}

/// Whether a word is what a line says, and not one word among many: 对照活动要求逐条落实 sets no mood.
fn is_about(line: &str, word: &str) -> bool {
    /// So many characters may stand around the word: a number, a year, the unit's name.
    const AROUND: usize = 24;
    line.contains(word) && (line.ends_with(word) || line.chars().count() <= word.chars().count() + AROUND)
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
        let regex = rule.pattern.as_deref().map(Regex::new).transpose();
        rules.push(Pattern {
            id: rule.id.clone(),
            kind: rule.kind,
            needs: rule.needs.iter().map(|n| near(&rule.id, n)).collect::<Result<_, _>>()?,
            without: rule.without.iter().map(|n| near(&rule.id, n)).collect::<Result<_, _>>()?,
            regex: regex.map_err(|e| EngineError {
                file: item.file.clone(),
                rule: rule.id.clone(),
                reason: e.to_string(),
            })?,
            weak: rule.weak,
        });
    }
    Ok(Item {
        id: item.item.clone(),
        names: book.list(&item.names),
        not_names: book.list(&item.not_names),
        topics: book.list(&item.topics),
        rules,
    })
}

fn compile_cue(cue: &Cue) -> Result<CompiledCue, EngineError> {
    let words = cue.words.iter().map(|w| regex::escape(&text::normal(w)));
    let all: Vec<String> = words.chain(cue.patterns.iter().cloned()).collect();
    let regex = Regex::new(&all.join("|")).map_err(|e| EngineError {
        file: "cues".into(),
        rule: format!("{:?}", cue.category).to_lowercase(),
        reason: e.to_string(),
    })?;
    Ok(CompiledCue { cue: cue.clone(), regex, until: cue.until.iter().map(|w| text::normal(w)).collect() })
}

fn normal_mood(mood: &Mood) -> Mood {
    let normal = |words: &[String]| words.iter().map(|w| text::normal(w)).collect();
    Mood {
        category: mood.category,
        headings: normal(&mood.headings),
        titles: normal(&mood.titles),
        unless: normal(&mood.unless),
    }
}

/// Collects the words of all lists for one automaton.
#[derive(Default)]
struct WordBook {
    words: Vec<String>,
    lists_of: Vec<Vec<usize>>,
    index: BTreeMap<String, usize>,
    lists: usize,
}

impl WordBook {
    fn list(&mut self, words: &[String]) -> usize {
        let list = self.lists;
        self.lists += 1;
        for word in words.iter().map(|w| text::normal(w)).filter(|w| !w.is_empty()) {
            let at = *self.index.entry(word.clone()).or_insert_with(|| {
                self.words.push(word);
                self.lists_of.push(Vec::new());
                self.words.len() - 1
            });
            self.lists_of[at].push(list);
        }
        list
    }
}
