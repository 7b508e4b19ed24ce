//! Document → page: title, passages and tables laid out for the matchers, with what the whole document says of its year
//! and its subject.

use crate::detect::asks::{asks, is_question, question};
use crate::detect::assertion::{Scan, Told};
use crate::detect::dates::{Calendar, DateHit, dates, month_in};
use crate::detect::deed_days::deed_days;
use crate::detect::drawn::drawn;
use crate::detect::engine::Engine;
use crate::detect::lexicon::ListSet;
use crate::detect::moods::SetMood;
use crate::detect::passage::{Passage, PassageKind, Sentence, is_caption, label, looks_like_heading};
use crate::detect::rejoin::rejoined;
use crate::detect::replies::answer;
use crate::detect::rows::{normalised, passages_in};
use crate::detect::subject;
use crate::detect::text::{Text, normal};
use crate::model::document::{Block, Content, Document, Table};
use crate::model::place::Place;
use crate::model::rules::Category;
use chrono::{Datelike, NaiveDate};
use regex::Regex;
use std::sync::OnceLock;

/// A document as the matchers see it.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// Title lines: what stands before the first sentence.
    pub title: String,
    /// The file's name without folders and suffix, normalised.
    pub file_name: String,
    /// Text outside tables, and the running text in their cells.
    pub passages: Vec<Passage>,
    /// Tables and worksheets with their places, the texts of their cells as the rules see them.
    pub tables: Vec<(&'a Place, Table)>,
    /// Lists whose words stand in title, file name or opening: what the document is about.
    pub lists: ListSet,
    /// The year of dates without one.
    pub year: i32,
    /// The month of dates without one.
    pub month: Option<u32>,
    /// The date under the signature: what is dated after it has not happened yet.
    pub signed: Option<NaiveDate>,
    /// The mood that title or file name set for the whole document.
    pub mood: Option<SetMood>,
    /// The latest year that title and dates speak of, the signature aside; none where too few do.
    pub told_year: Option<i32>,
    /// Names of the author's unit as the masthead has it.
    masthead: String,
    /// The other matter that the document is about, if it is about another.
    pub foreign: Option<String>,
    /// Neither title nor file name says so, only its opening does: a month's report on everything that a school does.
    general: bool,
}

/// So many days before its signature a report's own deeds may lie.
const RECENT: i64 = 180;
/// The most bytes of a line that is nothing but a label.
const LABEL: usize = "会议议定事项如下:".len();
/// So many passages open a document.
pub const OPENING: usize = 5;

/// Whether a line answers after its label in words of its own: 9.入户情况:因道路塌方,本月未能进村.
fn is_filled_in(line: &str, engine: &Engine) -> bool {
    line.split_once(':').is_some_and(|(label, told)| told.contains(',') && engine.items_of_label(label).len() == 1)
}

impl<'a> Page<'a> {
    /// Lays out a document.
    pub fn new(document: &'a Document, path: &str, engine: &Engine) -> Self {
        let mut page = Page { file_name: file_stem(path), ..Page::default() };
        let mut heading = String::new();
        // What the heading asks, where it does: 问:会开了没有?
        let mut asked = false;
        let blocks = &document.body.blocks;
        let mut lines: Vec<Option<&str>> = blocks.iter().map(line_of).collect();
        let mut drawn = drawn(blocks).into_iter().peekable();
        for table in drawn.clone() {
            lines[table.blocks].fill(None);
        }
        for (at, (block, line)) in blocks.iter().zip(rejoined(&lines)).enumerate() {
            if let Some(table) = drawn.next_if(|d| d.blocks.start == at) {
                page.passages.extend(passages_in(&block.place, &table.table, engine));
                page.tables.push((&block.place, normalised(&table.table, engine)));
            }
            match &block.content {
                Content::Table(table) => {
                    page.tables.push((&block.place, normalised(table, engine)));
                    page.passages.extend(passages_in(&block.place, table, engine));
                }
                // A reviewer's remark is not the author's report.
                _ if matches!(block.place, Place::Comment(_)) => {}
                Content::Caption(text) => page.passages.push(Passage::new(
                    block.place.clone(),
                    PassageKind::Caption,
                    engine.text(text),
                    &heading,
                )),
                Content::Heading(_, text) | Content::Paragraph(text) => {
                    let paragraph = matches!(block.content, Content::Paragraph(_));
                    let Some(text) = line.or((!paragraph).then_some(text.as_str().into())) else { continue };
                    let parted = question(&text, &|word| answer(word, engine).is_some())
                        .map(|(asked, answered)| (engine.text(asked), engine.text(answered)));
                    if let Some((asked, answered)) = parted.filter(|(q, _)| asks(&q.normal, &[], engine)) {
                        let replies = |(l, _): &(String, usize)| engine.answers().replies.contains(l);
                        let length = label(&answered.normal).filter(replies).map_or(0, |(_, length)| length);
                        let (place, question) = (block.place.clone(), asked.normal.clone());
                        page.passages.push(Passage::new(place.clone(), PassageKind::Heading, asked, &question));
                        page.passages.push(Passage::answer(place, answered, &question, length));
                        continue;
                    }
                    let text = engine.text(&text);
                    let styled = !paragraph;
                    let asks = asks(&text.normal, lines.get(at + 1..).unwrap_or_default(), engine);
                    let label = label(&text.normal).filter(|(l, _)| asked && engine.answers().replies.contains(l));
                    if let Some((_, length)) = label {
                        page.passages.push(Passage::answer(block.place.clone(), text, &heading, length));
                    } else if let Some(remark) = remark(&text.normal) {
                        let text = engine.text(remark);
                        page.passages.push(Passage::new(block.place.clone(), PassageKind::Heading, text, ""));
                    } else if asks
                        || is_question(&text.normal, engine)
                        || !is_filled_in(&text.normal, engine) && looks_like_heading(&text.normal, styled)
                        || is_label(&text.normal) && engine.moods.is_bare_heading(&heading)
                        || engine.moods.is_bare_heading(&text.normal) && !is_shelf(&text.normal, lines.get(at + 1..))
                    {
                        asked = asks;
                        heading = text.normal.clone();
                        page.passages.push(Passage::new(block.place.clone(), PassageKind::Heading, text, &heading));
                    } else if is_caption(&text.normal) {
                        page.passages.push(Passage::new(block.place.clone(), PassageKind::Caption, text, &heading));
                    } else if !text.normal.is_empty() {
                        page.passages.push(Passage::new(block.place.clone(), PassageKind::Prose, text, &heading));
                    }
                }
            }
        }
        page.title = title(&page.passages);
        // What the document is about stands in its title, its name and its opening, not in any one sentence.
        let opening = page.passages.iter().take(OPENING).map(|p| p.text.normal.as_str());
        page.lists = engine.lists_in(opening.chain([page.title.as_str(), page.file_name.as_str()]));
        page.mood = engine
            .moods
            .of_title(&page.title)
            .or_else(|| if page.title.is_empty() { engine.moods.of_title(&page.file_name) } else { None })
            .or_else(|| page.passages.iter().take(OPENING).find_map(|p| engine.moods.of_opening(&p.text.normal)));
        page.masthead = masthead(&page);
        page.foreign = page.other_matter(engine);
        page.general = [&page.title, &page.file_name].iter().all(|t| subject::of_text(t, engine).other.is_none());
        let found = page.found(engine.year);
        (page.year, page.month, page.signed) = page.dated(&found, engine.year, engine.month);
        // A date with its year is the same whatever completes others, but for the year that 20年 is near.
        let found = if page.year == engine.year { found } else { page.found(page.year) };
        page.told_year = page.told_year(&found);
        let calendar = page.calendar();
        page.passages.iter_mut().for_each(|p| p.days = deed_days(&p.text.normal, &p.sentences, calendar));
        page
    }

    /// Lays out an example of a rule: a sentence or two of a report that is about the campaign.
    pub fn of_example(document: &'a Document, engine: &Engine) -> Self {
        Page { foreign: None, ..Page::new(document, "", engine) }
    }

    /// What the document's incomplete dates are completed with.
    pub fn calendar(&self) -> Calendar {
        Calendar { year: self.year, month: self.month, signed: self.signed }
    }

    /// Whether a day lies in a year before the document's own, and not just before its signature: in January a report
    /// tells of December.
    pub fn is_past(&self, day: NaiveDate) -> bool {
        let recent = self.signed.is_some_and(|signed| (signed - day).num_days() <= RECENT);
        day.year() < self.year && !recent
    }

    /// Whether a day lies after the signature: what is dated so has not happened yet.
    pub fn is_later(&self, day: NaiveDate) -> bool {
        self.signed.is_some_and(|signed| day > signed)
    }

    /// Whether a worksheet's name speaks of a year before the document's own.
    pub fn is_of_past_year(&self, place: &Place) -> bool {
        match place {
            Place::Sheet(name) => year_in(&normal(name)).is_some_and(|year| year < self.year),
            _ => false,
        }
    }

    /// The words that show a sentence to be about another matter: its own, those of the heading above it, those of the
    /// sentences before it, or those of the document's title.
    pub fn other_subject(&self, scan: &Scan<'_>, sentence: &Sentence, engine: &Engine) -> Option<String> {
        let Told { said, before } = scan.subject(sentence, engine);
        let heading = scan.above.subject;
        if let Some(foreign) = &self.foreign {
            // Every campaign looks after poor families: that alone does not make it this one's.
            let is_own = said.named || heading.named || self.general && said.own && (heading.own || heading.related);
            return (!is_own || said.other.is_some()).then(|| foreign.clone());
        }
        if said.own || said.related || heading.own {
            return None;
        }
        let other = said.other.or(heading.other.filter(|_| !heading.related));
        if other.is_some() || heading.related {
            return other.map(str::to_string);
        }
        before.other.filter(|_| !before.own && !before.related).map(str::to_string)
    }

    /// Whether what its sentences name is planned or asked for: a plan, a speech.
    pub fn is_to_come(&self) -> bool {
        let to_come = |m: &SetMood| matches!(m.category, Category::Planned | Category::Instructed);
        self.mood.as_ref().is_some_and(to_come)
    }

    /// Whether it is a plan throughout: what its headings and its points name is planned, told or not.
    pub fn is_plan(&self) -> bool {
        self.mood.as_ref().is_some_and(|m| m.category == Category::Planned)
    }

    /// Another unit that a clause names before the act, as in 县第一小学介绍了…. A 中心校 speaks for the schools of its
    /// township, so that nothing is another unit's in its report.
    pub fn other_unit(&self, before: &str, clause: &str) -> Option<String> {
        let mut units = units_in(before).peekable();
        units.peek()?;
        let ours = ["我校", "本校", "我园", "我镇", "我们", "全校", "我点"].iter().any(|w| clause.contains(w));
        let for_many = ["中心校", "中心学校"].iter().any(|w| self.masthead.contains(w));
        if ours || for_many || self.masthead.is_empty() {
            return None;
        }
        let own = |name: &str| {
            let core: String = name.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
            // 桐河镇中心校 and 桐河镇中心小学 are one.
            let place = ["中心学校", "中心小学", "中心校"].iter().find_map(|w| name.strip_suffix(w));
            let same = place.is_some_and(|p| self.masthead.contains(&format!("{p}中心")));
            self.masthead.contains(&core) || self.masthead.contains(name) || same
        };
        units.find(|name| !own(name)).map(str::to_string)
    }

    fn other_matter(&self, engine: &Engine) -> Option<String> {
        let passages = || self.passages.iter().map(|p| p.text.normal.as_str());
        let cells = self.tables.iter().flat_map(|(_, t)| &t.rows).flat_map(|r| &r.cells);
        let rest = passages().skip(OPENING).chain(cells.map(|c| c.text.as_str()));
        let opening: Vec<&str> = passages().take(OPENING).collect();
        subject::other_matter([&self.title, &self.file_name], &opening, rest, engine)
    }

    /// The latest year that is named outside the signature, where the title names one or two full dates do. One date of
    /// another year may be background; a document of last year has all of them there.
    fn told_year(&self, found: &[Vec<DateHit>]) -> Option<i32> {
        let signature =
            self.passages.iter().rposition(|p| p.kind == PassageKind::Prose).filter(|_| self.signed.is_some());
        let texts =
            || self.passages.iter().enumerate().filter(|(n, _)| Some(*n) != signature).map(|(_, p)| &p.text.normal);
        let titled = year_in(&self.title).or_else(|| year_in(&self.file_name));
        let found = found.iter().enumerate().filter(|(n, _)| Some(*n) != signature).flat_map(|(_, days)| days);
        let dated: Vec<i32> = found.filter(|d| d.has_year).map(|d| d.date.year()).collect();
        let named = texts().filter_map(|t| years_in(t).max());
        (titled.is_some() || dated.len() >= 2)
            .then(|| titled.into_iter().chain(dated.iter().copied()).chain(named).max())
            .flatten()
    }

    /// The dates of each passage, as far as they are known before the document's calendar is.
    fn found(&self, year: i32) -> Vec<Vec<DateHit>> {
        let calendar = Calendar { year, ..Calendar::default() };
        self.passages.iter().map(|p| dates(&p.text.normal, calendar)).collect()
    }

    /// The year that the document speaks of (signature, title, first full date; else the campaign's) and the month that
    /// its dates mostly fall in.
    fn dated(&self, found: &[Vec<DateHit>], year: i32, usual: Option<u32>) -> (i32, Option<u32>, Option<NaiveDate>) {
        let last = self.passages.iter().rposition(|p| p.kind == PassageKind::Prose);
        let signed = last.and_then(|n| found.get(n)).and_then(|days| days.iter().find(|d| d.has_year));
        let is_whole = |d: &&DateHit| last.is_some_and(|n| !has_lost_a_figure(&self.passages[n].text, d));
        let titled = year_in(&self.title).or_else(|| year_in(&self.file_name));
        let dated = found.iter().flatten().find(|d| d.has_year).map(|d| d.date.year());
        let mut months = [0u32; 13];
        for hit in found.iter().flatten() {
            months[hit.date.month() as usize] += 1;
        }
        let month = (1..=12u32).max_by_key(|&m| months[m as usize]).filter(|&m| months[m as usize] > 0);
        // 十月工作随记 has the month of its days in its title.
        let month = month.or_else(|| self.passages.iter().find_map(|p| month_in(&p.text.normal))).or(usual);
        (
            signed.map(|d| d.date.year()).or(titled).or(dated).unwrap_or(year),
            month,
            signed.filter(is_whole).map(|d| d.date),
        )
    }
}

/// Whether a day lost a character where a blank stands, 十月十 日: it bounds nothing.
fn has_lost_a_figure(text: &Text, day: &DateHit) -> bool {
    text.gaps.iter().filter(|gap| (day.start..day.end).contains(gap)).any(|gap| {
        let (before, after) = text.normal.split_at(*gap);
        before.ends_with('十') && after.starts_with(['日', '号'])
    })
}

/// Whether a line is nothing but a few words and a colon: 安排: ends what 各校汇报: has begun.
fn is_label(text: &str) -> bool {
    text.len() <= LABEL && text.ends_with(':')
}

/// Whether a line is where a page stands on its site, as the line below it says: 首页>工作计划.
fn is_shelf(text: &str, next: Option<&[Option<&str>]>) -> bool {
    let mut lines = next.unwrap_or_default().iter().flatten();
    lines.find(|l| !l.trim().is_empty()).is_some_and(|l| l.contains('>') && l.contains(text))
}

/// What a remark says that a line is, which is no part of the text, `<!-- file: 总结.docx -->`: it may name the document, and
/// tells nothing.
fn remark(text: &str) -> Option<&str> {
    let said = text.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let named = said.split_once(':').map_or(said, |(_, name)| name.trim());
    Some(named.rsplit_once('.').map_or(named, |(stem, suffix)| if suffix.len() <= 5 { stem } else { named }))
}

/// A line that may go on in the next one.
fn line_of(block: &Block) -> Option<&str> {
    match &block.content {
        Content::Paragraph(text) if !matches!(block.place, Place::Comment(_)) => Some(text),
        _ => None,
    }
}

/// The year in a title: 2019年扶贫日活动总结.
fn year_in(text: &str) -> Option<i32> {
    years_in(text).next()
}

/// The years that a text names: 20 and two figures before 年, and no figure before them.
fn years_in(text: &str) -> impl Iterator<Item = i32> {
    text.match_indices('年').filter_map(|(at, _)| {
        let figures = text.get(at.checked_sub(4)?..at).filter(|f| f.starts_with("20"))?;
        let longer = text[..at - 4].ends_with(|c: char| c.is_ascii_digit());
        if longer { None } else { figures.bytes().all(|b| b.is_ascii_digit()).then(|| figures.parse().ok())? }
    })
}

/// The name of a file without folders, archive and suffix.
fn file_stem(path: &str) -> String {
    let name = path.rsplit(['/', '!']).next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, suffix)| if suffix.len() <= 5 { stem } else { name });
    normal(stem)
}

/// Title, file name and the last lines: where the author's unit stands. News may name it in the first sentences only.
fn masthead(page: &Page<'_>) -> String {
    let prose = page.passages.iter().rev().filter(|p| p.kind == PassageKind::Prose);
    let last = prose.take(3).map(|p| p.text.normal.as_str()).filter(|t| t.chars().count() <= 36 && !t.contains('。'));
    let masthead =
        [page.title.as_str(), page.file_name.as_str()].into_iter().chain(last).collect::<Vec<_>>().join("\n");
    let opening = || page.passages.iter().take(OPENING).find_map(|p| units_in(&p.text.normal).next());
    let is_named = ["小学", "中学", "初中", "高中", "中心校", "幼儿园", "学校"].iter().any(|w| masthead.contains(w));
    let named = if is_named { None } else { opening() };
    named.map_or(masthead.clone(), |name| format!("{masthead}\n{name}"))
}

/// The schools of a county, a town or a district that a text names.
fn units_in(text: &str) -> impl Iterator<Item = &str> {
    static UNIT: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = r"[\p{Han}]{0,2}[县镇乡市区](?:第[一二三四五六七八九十]|[\p{Han}]{0,4}?)(?:小学|中学|初中|高中|中心校|幼儿园|学校)";
    let unit = UNIT.get_or_init(|| Regex::new(pattern).ok()).as_ref();
    let unit = unit.filter(|_| text.contains(['县', '镇', '乡', '市', '区']));
    unit.into_iter().flat_map(move |unit| unit.find_iter(text)).map(|m| m.as_str())
}

/// The first short lines, up to the first running text.
fn title(passages: &[Passage]) -> String {
    // 名称:专题会议 is the first field of a form, 02 专题会现场 the second of a list.
    let is_point =
        |text: &str| label(text).is_some() || text.starts_with(|c: char| c.is_ascii_digit()) && !text.starts_with("20");
    let lines = passages
        .iter()
        .filter(|p| !matches!(p.kind, PassageKind::Caption | PassageKind::Row))
        .take(4)
        .take_while(|p| p.text.normal.chars().count() <= 50 && !p.text.normal.contains('。'))
        .filter(|p| !p.text.normal.ends_with([':', '?', '】']) && !p.text.normal.contains(','))
        .enumerate()
        .filter(|(at, p)| *at == 0 || !is_point(&p.text.normal))
        .map(|(_, p)| p);
    lines.map(|l| format!("{}\n", l.text.normal)).collect()
}
