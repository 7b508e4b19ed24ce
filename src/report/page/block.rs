//! What stands behind the signs of a few schools: verdicts with their reasons and evidence, flags, files, and the text of
//! each document with its evidence marked in place.

use crate::model::findings::{Citations, Cited, SchoolFindings, Verdict};
use crate::model::reading::Evidence;
use crate::model::thumbnail::Thumbnail;
use crate::msg;
use crate::report::page::desk::{Desk, FileEntry, FlagEntry};
use crate::report::page::document::{Stretch, laid};
use crate::report::page::frame::class;
use crate::report::page::plan::Plan;
use crate::report::phrases;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most pieces of evidence that a verdict shows; all of them stand on 证据明细.
const SHOWN: usize = 3;

/// A few schools.
#[derive(Debug, Serialize)]
pub struct Block {
    texts: Vec<String>,
    files: Vec<FileEntry>,
    schools: Vec<SchoolPart>,
}

#[derive(Debug, Serialize)]
struct SchoolPart {
    verdicts: Vec<Option<VerdictPart>>,
    evidence: Vec<EvidencePart>,
    documents: Vec<DocumentPart>,
    flags: Vec<FlagEntry>,
    files: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    photographs: Vec<PhotographPart>,
}

#[derive(Debug, Serialize)]
struct PhotographPart {
    file: usize,
    said: String,
    /// The JPEG in base64, or why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    jpeg: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<usize>,
}

#[derive(Debug, Serialize)]
struct VerdictPart {
    why: usize,
    /// Numbers of the school's evidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<usize>,
    #[serde(skip_serializing_if = "is_zero")]
    more: usize,
}

#[derive(Debug, Serialize)]
struct EvidencePart {
    item: Option<usize>,
    judged: usize,
    tone: &'static str,
    quote: String,
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
    /// Whether it is marked in its document.
    marked: bool,
}

#[derive(Debug, Serialize)]
struct DocumentPart {
    file: usize,
    cut: bool,
    /// Place and pieces; none where lines are left out.
    lines: Vec<Option<(usize, Vec<Piece>)>>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Piece {
    Plain(String),
    /// With the numbers of its evidence.
    Marked(String, Vec<usize>),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl Block {
    /// Gathers it.
    pub fn new(plan: &Plan<'_, '_>, schools: &[(&SchoolFindings, usize)]) -> Self {
        let mut desk = Desk::new(plan.view);
        let schools = schools.iter().map(|(school, _)| part(&mut desk, plan, school)).collect();
        let (texts, files) = desk.lists();
        Block { texts, files, schools }
    }
}

fn part(desk: &mut Desk<'_, '_>, plan: &Plan<'_, '_>, school: &SchoolFindings) -> SchoolPart {
    let said = school.citations();
    let mut pieces = Pieces {
        bearing: school.verdicts.iter().flat_map(|v| v.evidence.iter().map(|at| *at as usize)).collect(),
        numbers: BTreeMap::new(),
        parts: Vec::new(),
        said: &said,
    };
    let documents = documents(desk, &mut pieces, plan.most);
    let of_item = |id: &str| school.verdicts.iter().find(|v| v.item == id);
    let verdicts: Vec<Option<&Verdict>> = plan.view.items.iter().map(|item| of_item(item.id)).collect();
    let flags = plan.flags(&school.school.code).iter().map(|f| desk.flag(f)).collect();
    SchoolPart {
        verdicts: verdicts.into_iter().map(|v| v.map(|v| verdict(desk, &mut pieces, v))).collect(),
        evidence: pieces.parts,
        documents,
        flags,
        photographs: plan.view.layout.photographs(school).map(|(file, one)| photograph(desk, file, one)).collect(),
        files: school.submission.files.iter().map(|f| desk.file(f)).collect(),
    }
}

fn photograph(desk: &mut Desk<'_, '_>, file: &str, one: &Thumbnail) -> PhotographPart {
    PhotographPart {
        file: desk.file(file),
        said: phrases::photograph(desk.view, file, &one.of),
        jpeg: one.small.as_ref().ok().map(|small| STANDARD.encode(&small.jpeg)),
        why: one.small.as_ref().err().map(|why| desk.say(why)),
    }
}

/// The documents that evidence stands in, in the order of the school's evidence.
fn documents(desk: &mut Desk<'_, '_>, pieces: &mut Pieces<'_>, most: usize) -> Vec<DocumentPart> {
    let all = pieces.said.all();
    let mut by_file: Vec<(&str, Vec<&Evidence>)> = Vec::new();
    for cited in all {
        match by_file.iter_mut().find(|(file, _)| *file == cited.file) {
            Some((_, evidence)) => evidence.push(&cited.evidence),
            None => by_file.push((&cited.file, vec![&cited.evidence])),
        }
    }
    let mut documents = Vec::new();
    for (file, evidence) in by_file {
        let Some(lines) = desk.view.file(file).map(|f| f.text.open()) else { continue };
        let Some(laid) = laid(&lines, &evidence, most) else { continue };
        let mut shown = Vec::new();
        for line in laid.lines {
            shown.push(line.map(|(n, stretches)| {
                let place = lines.get(n).map(|line| line.place.message()).unwrap_or_default();
                (desk.say(&place), stretches.into_iter().map(|s| pieces.piece(desk, s)).collect())
            }));
        }
        documents.push(DocumentPart { file: desk.file(file), cut: laid.cut, lines: shown });
    }
    documents
}

fn verdict(desk: &mut Desk<'_, '_>, pieces: &mut Pieces<'_>, verdict: &Verdict) -> VerdictPart {
    let all = pieces.said.all();
    let mut cited: Vec<usize> = verdict.evidence.iter().chain(&verdict.nearest).map(|at| *at as usize).collect();
    cited.retain(|at| *at < all.len());
    for (at, other) in all.iter().enumerate().filter(|(_, c)| c.evidence.item == verdict.item) {
        if !cited.iter().any(|at| all.get(*at) == Some(other)) {
            cited.push(at);
        }
    }
    VerdictPart {
        why: desk.say(&verdict.why),
        more: cited.len().saturating_sub(SHOWN),
        evidence: cited.into_iter().take(SHOWN).filter_map(|at| pieces.number(desk, at, false)).collect(),
    }
}

/// The evidence of a school that is shown somewhere.
struct Pieces<'s> {
    said: &'s Citations,
    /// Positions in it that a verdict rests on.
    bearing: BTreeSet<usize>,
    /// Position → number.
    numbers: BTreeMap<usize, usize>,
    parts: Vec<EvidencePart>,
}

impl Pieces<'_> {
    fn piece(&mut self, desk: &mut Desk<'_, '_>, stretch: Stretch<'_>) -> Piece {
        let at = |e: &&Evidence| self.said.all().iter().position(|c| std::ptr::eq(&raw const c.evidence, *e));
        let positions: Vec<usize> = stretch.evidence.iter().filter_map(at).collect();
        let numbers: Vec<usize> = positions.into_iter().filter_map(|at| self.number(desk, at, true)).collect();
        if numbers.is_empty() { Piece::Plain(stretch.text) } else { Piece::Marked(stretch.text, numbers) }
    }

    /// The number of a piece of evidence by its position.
    fn number(&mut self, desk: &mut Desk<'_, '_>, at: usize, marked: bool) -> Option<usize> {
        if let Some(number) = self.numbers.get(&at) {
            return Some(*number);
        }
        let cited = self.said.all().get(at)?;
        self.parts.push(evidence(desk, cited, self.bearing.contains(&at), marked));
        self.numbers.insert(at, self.parts.len() - 1);
        Some(self.parts.len() - 1)
    }
}

fn evidence(desk: &mut Desk<'_, '_>, cited: &Cited, bears: bool, marked: bool) -> EvidencePart {
    let (view, e) = (desk.view, &cited.evidence);
    let (judged, tone) = phrases::judgement(view, e, bears);
    let why_not = phrases::why_not(view, e);
    let counts = e.counts.iter().chain(&e.amounts).map(|c| format!("{}{}", c.n, c.unit));
    let facts: Vec<String> = e.date.iter().map(ToString::to_string).chain(counts).collect();
    let facts = facts.join(&view.say(&msg!("report.list_comma")));
    EvidencePart {
        item: view.items.iter().position(|item| item.id == e.item),
        judged: desk.text(judged),
        tone: class(tone),
        quote: e.quote.clone(),
        cue: e.cue.clone(),
        why_not: Some(why_not).filter(|w| !w.is_empty()).map(|w| desk.text(w)),
        facts: Some(facts).filter(|f| !f.is_empty()).map(|f| desk.text(f)),
        file: desk.file(&cited.file),
        place: desk.say(&e.place_message()),
        rule: desk.text(e.rule.to_string()),
        marked,
    }
}
