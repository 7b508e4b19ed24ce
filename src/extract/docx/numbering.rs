//! Automatic numbers of lists: what `numbering.xml` defines, and the counting of paragraphs (ECMA-376-1, 17.9).

use crate::extract::docx::flow::Listing;
use crate::extract::numerals::numeral;
use crate::extract::xml::{Ns, Xml};
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    definitions: BTreeMap<u32, Definition>,
    lists: BTreeMap<u32, List>,
    /// By definition: lists of one definition go on counting together.
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start has been used: it holds once.
    started: BTreeSet<(u32, usize)>,
}

/// What lists may share (`w:abstractNum`).
#[derive(Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// Another list's definition is meant (`w:numStyleLink`), by the style of that name.
    style_link: Option<String>,
    /// The style that links here.
    is_style: Option<String>,
}

/// A list (`w:num`).
#[derive(Debug, Default)]
struct List {
    definition: u32,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Box<Level>>; LEVELS],
}

#[derive(Debug, Default, Clone)]
struct Level {
    start: Option<u32>,
    format: String,
    pattern: String,
    /// What stands between number and text: a tab unless said otherwise.
    space: Option<String>,
    /// The paragraph style of this level.
    style: Option<String>,
    /// All numbers in it as plain figures (`w:isLgl`).
    plain: bool,
    /// It counts on whatever happens above it (`w:lvlRestart` 0).
    never_restarts: bool,
}

impl Numbering {
    /// Reads the part's text.
    pub fn read(text: &str) -> Self {
        let mut xml = Xml::new(text);
        let mut all = Self::default();
        if xml.child().is_none() {
            return all;
        }
        while let Some(e) = xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "abstractNum") => {
                    let id = e.attr("abstractNumId").and_then(|v| v.parse().ok());
                    let definition = Definition::read(&mut xml);
                    all.definitions.extend(id.map(|id| (id, definition)));
                }
                (Ns::W, "num") => {
                    let id = e.attr("numId").and_then(|v| v.parse().ok());
                    let list = List::read(&mut xml);
                    all.lists.extend(id.map(|id| (id, list)));
                }
                _ => xml.skip(),
            }
        }
        all.follow_style_links();
        all
    }

    /// A list whose definition only points to a list style counts by the definition of that style.
    fn follow_style_links(&mut self) {
        for list in self.lists.values_mut() {
            let link = self.definitions.get(&list.definition).and_then(|d| d.style_link.as_ref());
            let real = link.and_then(|link| self.definitions.iter().find(|(_, d)| d.is_style.as_ref() == Some(link)));
            if let Some((&id, _)) = real {
                list.definition = id;
            }
        }
    }

    /// Counts a paragraph of the given list and gives its number as shown before the text; nothing for bullets.
    ///
    /// `style` is the paragraph's own style, by which a list that came with a style knows the level.
    pub fn next(&mut self, listing: Listing, style: Option<&str>) -> Option<String> {
        let id = listing.list.filter(|id| *id != 0)?;
        let list = self.lists.get(&id)?;
        let definition = self.definitions.get(&list.definition)?;
        let by_style = || definition.levels.iter().position(|l| l.style.is_some() && l.style.as_deref() == style);
        let at = listing.level.map(usize::from).or_else(by_style).unwrap_or(0).min(LEVELS - 1);
        let level = |k: usize| list.levels.get(k).and_then(|l| l.as_deref()).or(definition.levels.get(k));
        let start = |k: usize| {
            let own = list.starts.get(k).copied().flatten();
            // A list that does not say where it starts starts at nought (17.9.25).
            own.or_else(|| level(k).and_then(|l| l.start)).unwrap_or(0)
        };

        let counts = self.counts.entry(list.definition).or_default();
        let restarts = list.starts.get(at).is_some_and(Option::is_some) && self.started.insert((id, at));
        for (k, count) in counts.iter_mut().enumerate() {
            if k < at {
                *count = Some(count.unwrap_or_else(|| start(k)));
            } else if k == at {
                let next = count.map(|c| c.saturating_add(1)).filter(|_| !restarts);
                *count = Some(next.unwrap_or_else(|| start(k)));
            } else if !level(k).is_some_and(|l| l.never_restarts) {
                *count = None;
            }
        }

        let shown = level(at)?;
        if shown.format == "bullet" {
            return None;
        }
        let number = |k: usize| {
            let format = if shown.plain { "decimal" } else { level(k).map_or("decimal", |l| l.format.as_str()) };
            counts.get(k).copied().flatten().map(|n| numeral(n, format)).unwrap_or_default()
        };
        let text = fill(&shown.pattern, number);
        let text = text.trim();
        (!text.is_empty()).then(|| format!("{text}{}", shown.gap(text)))
    }
}

/// Puts the numbers in the places of `%1` to `%9`.
fn fill(pattern: &str, number: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    let mut signs = pattern.chars().peekable();
    while let Some(c) = signs.next() {
        match signs.peek().and_then(|d| d.to_digit(10)) {
            Some(d @ 1..) if c == '%' => {
                signs.next();
                out.push_str(&number(d as usize - 1));
            }
            _ => out.push(c),
        }
    }
    out
}

impl Level {
    /// A tab or space is shown as a space, so that 1. and 10月 do not read as one number; the signs of Chinese
    /// numbering need none.
    fn gap(&self, number: &str) -> &'static str {
        let parted = number.ends_with(['、', '）', '．', '。', '：', '】', '〕']);
        if parted || self.space.as_deref() == Some("nothing") { "" } else { " " }
    }

    fn read(xml: &mut Xml<'_>) -> Self {
        let mut level = Self::default();
        level.properties(xml);
        level
    }

    fn properties(&mut self, xml: &mut Xml<'_>) {
        while let Some(e) = xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "start") => self.start = e.number(),
                (Ns::W, "numFmt") => self.format = e.val().unwrap_or_default(),
                (Ns::W, "lvlText") => self.pattern = e.val().unwrap_or_default(),
                (Ns::W, "suff") => self.space = e.val(),
                (Ns::W, "pStyle") => self.style = e.val(),
                (Ns::W, "isLgl") => self.plain = e.is_on(),
                (Ns::W, "lvlRestart") => self.never_restarts = e.number() == Some(0),
                // A format of newer programs and its substitute: the last one, the substitute, is one we know.
                (Ns::Mc, _) => {
                    self.properties(xml);
                    continue;
                }
                _ => {}
            }
            xml.skip();
        }
    }
}

impl Definition {
    fn read(xml: &mut Xml<'_>) -> Self {
        let mut definition = Self::default();
        while let Some(e) = xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "lvl") => {
                    let at = e.attr("ilvl").and_then(|v| v.parse::<usize>().ok());
                    let level = Level::read(xml);
                    if let Some(slot) = at.and_then(|at| definition.levels.get_mut(at)) {
                        *slot = level;
                    }
                    continue;
                }
                (Ns::W, "numStyleLink") => definition.style_link = e.val(),
                (Ns::W, "styleLink") => definition.is_style = e.val(),
                _ => {}
            }
            xml.skip();
        }
        definition
    }
}

impl List {
    fn read(xml: &mut Xml<'_>) -> Self {
        let mut list = Self::default();
        while let Some(e) = xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "abstractNumId") => list.definition = e.number().unwrap_or_default(),
                (Ns::W, "lvlOverride") => {
                    let at = e.attr("ilvl").and_then(|v| v.parse::<usize>().ok()).unwrap_or(LEVELS);
                    list.change(xml, at);
                    continue;
                }
                _ => {}
            }
            xml.skip();
        }
        list
    }

    /// Reads what a list changes at one level.
    fn change(&mut self, xml: &mut Xml<'_>, at: usize) {
        while let Some(e) = xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "startOverride") => {
                    if let Some(slot) = self.starts.get_mut(at) {
                        *slot = e.number();
                    }
                    xml.skip();
                }
                (Ns::W, "lvl") => {
                    let level = Level::read(xml);
                    if let Some(slot) = self.levels.get_mut(at) {
                        *slot = Some(Box::new(level));
                    }
                }
                _ => xml.skip(),
            }
        }
    }
}
