//! What the page knows, as its script reads it. Texts that come again and again stand once, in `texts`, and are numbers
//! elsewhere: a county of thousands of schools stays a file that a browser opens.

use crate::model::findings::{Citations, Cited, SchoolFindings, Status, Submission, Verdict};
use crate::model::flag::Flag;
use crate::model::message::Message;
use crate::model::sheet::{Link, Tone};
use crate::msg;
use crate::report::groups::townships;
use crate::report::links;
use crate::report::page::frame::{ItemEntry, StatusEntry, class, figures, items, labels, notes, statuses};
use crate::report::phrases;
use crate::report::tally::Reports;
use crate::report::tones;
use crate::report::view::{View, received_by};
use serde::Serialize;
use std::collections::BTreeMap;

/// The most pieces of evidence that a verdict shows; all of them stand on 证据明细.
const SHOWN: usize = 3;
/// With more schools than this a quote stands alone, without the words around it, so that a browser opens the page at once.
const SURROUNDED: usize = 2_000;

/// Everything.
#[derive(Serialize)]
pub struct Data {
    pub title: String,
    notes: Vec<String>,
    /// Word and number.
    figures: Vec<(String, u32)>,
    labels: BTreeMap<&'static str, String>,
    items: Vec<ItemEntry>,
    statuses: Vec<StatusEntry>,
    townships: Vec<String>,
    schools: Vec<SchoolEntry>,
    /// Flags of no school.
    loose: Vec<FlagEntry>,
    files: Vec<FileEntry>,
    texts: Vec<String>,
}

#[derive(Serialize)]
struct FileEntry {
    path: String,
    address: Option<String>,
    status: usize,
    tone: &'static str,
    received: usize,
    problems: Vec<usize>,
}

#[derive(Serialize)]
struct SchoolEntry {
    code: String,
    name: String,
    aliases: Vec<String>,
    category: usize,
    township: usize,
    arrival: usize,
    tone: &'static str,
    /// How many of its items await a person.
    open: u32,
    /// Whether anything does.
    todo: bool,
    due: bool,
    came: bool,
    verdicts: Vec<Option<VerdictEntry>>,
    flags: Vec<FlagEntry>,
    files: Vec<usize>,
}

#[derive(Serialize)]
struct VerdictEntry {
    status: usize,
    symbol: String,
    tone: &'static str,
    why: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<EvidenceEntry>,
    #[serde(skip_serializing_if = "is_zero")]
    more: usize,
}

#[derive(Serialize)]
struct EvidenceEntry {
    judged: usize,
    tone: &'static str,
    quote: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    before: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    after: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why_not: Option<usize>,
    /// Date and numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<usize>,
    file: usize,
    place: usize,
    rule: usize,
}

#[derive(Serialize)]
struct FlagEntry {
    id: String,
    kind: usize,
    tone: &'static str,
    message: usize,
    open: bool,
    files: Vec<usize>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl Data {
    /// Gathers it.
    pub fn new(view: &View<'_>) -> Self {
        let mut desk = Desk { view, texts: BTreeMap::new(), files: BTreeMap::new(), entries: Vec::new() };
        let findings = view.findings;
        let groups = townships(view);
        let mut flags: BTreeMap<&str, Vec<&Flag>> = BTreeMap::new();
        findings.flags.iter().for_each(|f| flags.entry(&f.school).or_default().push(f));
        let mut schools = Vec::new();
        for (township, n) in groups.iter().zip(0..) {
            for school in township.schools() {
                let of_school = flags.get(school.school.code.as_str()).map_or(&[][..], Vec::as_slice);
                schools.push(desk.school(school, n, of_school));
            }
        }
        let nobody: Vec<&Flag> = findings.flags.iter().filter(|f| view.school(&f.school).is_none()).collect();
        let loose: Vec<FlagEntry> = nobody.into_iter().map(|f| desk.flag(f)).collect();
        let unnamed = view.say(&msg!("report.no_township"));
        let named = |name: &str| if name.is_empty() { unnamed.clone() } else { name.to_string() };
        let files = std::mem::take(&mut desk.entries);
        let mut numbered: Vec<(String, usize)> = desk.texts.into_iter().collect();
        numbered.sort_unstable_by_key(|(_, n)| *n);
        let texts: Vec<String> = numbered.into_iter().map(|(text, _)| text).collect();
        Data {
            title: view.say(&msg!("report.title", msg!("report.title_matrix"), &findings.campaign.title)),
            notes: notes(view),
            figures: figures(view),
            labels: labels(view, loose.len()),
            items: items(view),
            statuses: statuses(view),
            townships: groups.iter().map(|t| named(t.name)).collect(),
            schools,
            loose,
            files,
            texts,
        }
    }
}

/// Numbers texts and files as they come.
struct Desk<'v, 'a> {
    view: &'v View<'a>,
    texts: BTreeMap<String, usize>,
    files: BTreeMap<String, usize>,
    entries: Vec<FileEntry>,
}

impl<'a> Desk<'_, 'a> {
    fn text(&mut self, text: String) -> usize {
        let next = self.texts.len();
        *self.texts.entry(text).or_insert(next)
    }

    fn say(&mut self, message: &Message) -> usize {
        let text = self.view.say(message);
        self.text(text)
    }

    fn file(&mut self, path: &str) -> usize {
        if let Some(&n) = self.files.get(path) {
            return n;
        }
        let address = self.view.file_link(path).and_then(|link| match link {
            Link::File(path) => Some(links::address(&path)),
            Link::Row(..) => None,
        });
        // The findings list files by path.
        let files = &self.view.findings.files;
        let found = files.binary_search_by(|f| f.path.as_str().cmp(path)).ok().and_then(|n| files.get(n));
        let entry = match found {
            Some(f) => {
                let by = f.received_by.map(|by| self.view.say(&received_by(by))).unwrap_or_default();
                let at = f.received_at.as_ref().map(|t| self.view.local(t).format("%Y-%m-%d %H:%M").to_string());
                FileEntry {
                    path: path.to_string(),
                    address,
                    status: self.say(&f.status.message()),
                    tone: class(tones::of_file(f.status, f.is_unread())),
                    received: self.text(format!("{} {by}", at.unwrap_or_default()).trim().to_string()),
                    problems: f.problems.iter().map(|p| self.say(&p.message())).collect(),
                }
            }
            None => FileEntry {
                path: path.to_string(),
                address,
                status: self.text(String::new()),
                tone: "plain",
                received: self.text(String::new()),
                problems: Vec::new(),
            },
        };
        self.entries.push(entry);
        self.files.insert(path.to_string(), self.entries.len() - 1);
        self.entries.len() - 1
    }

    fn school(&mut self, school: &'a SchoolFindings, township: usize, flags: &[&'a Flag]) -> SchoolEntry {
        let (arrival, tone) = phrases::arrival(self.view, school);
        let said = school.citations();
        let submission = &school.submission;
        let reports = Reports::of(std::iter::once(school));
        let of_item = |id: &str| school.verdicts.iter().find(|v| v.item == id);
        let verdicts: Vec<Option<&Verdict>> = self.view.items.iter().map(|item| of_item(item.id)).collect();
        let flags: Vec<FlagEntry> = flags.iter().map(|f| self.flag(f)).collect();
        SchoolEntry {
            code: school.school.code.clone(),
            name: school.school.name.clone(),
            aliases: school.school.aliases.clone(),
            category: self.text(school.school.category.clone()),
            township,
            arrival: self.text(arrival),
            tone: class(tone),
            open: phrases::open(self.view, school),
            todo: flags.iter().any(|f| f.open),
            due: reports.due > 0,
            came: reports.came > 0,
            verdicts: verdicts.into_iter().map(|v| v.map(|v| self.verdict(v, &said, submission))).collect(),
            flags,
            files: submission.files.iter().map(|f| self.file(f)).collect(),
        }
    }

    fn verdict(&mut self, verdict: &Verdict, said: &Citations, submission: &Submission) -> VerdictEntry {
        let (symbol, tone) = phrases::symbol(verdict, submission);
        let bearing = said.bearing(verdict).map(|cited| (cited, true));
        let mut cited: Vec<(&Cited, bool)> = bearing.chain(said.nearest(verdict).map(|c| (c, false))).collect();
        for other in said.all().iter().filter(|c| c.evidence.item == verdict.item) {
            if !cited.iter().any(|(c, _)| *c == other) {
                cited.push((other, false));
            }
        }
        VerdictEntry {
            status: Status::ALL.iter().position(|s| *s == verdict.status).unwrap_or_default(),
            symbol,
            tone: class(tone),
            why: self.say(&verdict.why),
            more: cited.len().saturating_sub(SHOWN),
            evidence: cited.into_iter().take(SHOWN).map(|(c, bears)| self.evidence(c, bears)).collect(),
        }
    }

    fn evidence(&mut self, cited: &Cited, bears: bool) -> EvidenceEntry {
        let e = &cited.evidence;
        let (judged, tone) = phrases::judgement(self.view, e, bears);
        let why_not = phrases::why_not(self.view, e);
        let counts = e.counts.iter().chain(&e.amounts).map(|c| format!("{}{}", c.n, c.unit));
        let facts: Vec<String> = e.date.iter().map(ToString::to_string).chain(counts).collect();
        let facts = facts.join(&self.view.say(&msg!("report.list_comma")));
        let around = if self.view.findings.schools.len() > SURROUNDED { Default::default() } else { e.around.clone() };
        EvidenceEntry {
            judged: self.text(judged),
            tone: class(tone),
            quote: e.quote.clone(),
            before: around.before,
            after: around.after,
            cue: e.cue.clone(),
            why_not: Some(why_not).filter(|w| !w.is_empty()).map(|w| self.text(w)),
            facts: Some(facts).filter(|f| !f.is_empty()).map(|f| self.text(f)),
            file: self.file(&cited.file),
            place: self.say(&e.place_message()),
            rule: self.text(e.rule.clone()),
        }
    }

    fn flag(&mut self, flag: &'a Flag) -> FlagEntry {
        let open = self.view.review_row(&flag.id).is_some_and(|row| (row as usize) < self.view.gaps.len());
        let item = flag.item.as_deref().map(|id| self.view.item_name(id).to_string());
        let kind = self.view.say(&flag.kind.message());
        let tone = if open || flag.kind.is_hint() {
            tones::of_flag(flag, self.view.school(&flag.school).map(|s| &s.submission))
        } else {
            Tone::Muted
        };
        FlagEntry {
            id: flag.id.clone(),
            kind: self.text(item.map_or(kind.clone(), |item| format!("{kind} · {item}"))),
            tone: class(tone),
            message: self.say(&flag.message),
            open: open || flag.kind.is_hint(),
            files: flag.files.iter().map(|f| self.file(f)).collect(),
        }
    }
}
