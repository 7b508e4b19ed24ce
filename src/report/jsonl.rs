//! `verdicts.jsonl` and `files.jsonl`: a line a school, a line a file, for scripts. Names of fields are a contract; they
//! may only grow in number.

use crate::model::findings::{
    Citations, Cited, FileFindings, Findings, ItemKind, ReceivedBy, ReportedFigure, SchoolFindings, SubmissionStatus,
    Verdict,
};
use crate::model::flag::{Flag, Severity, Spot};
use crate::model::message::Lang;
use crate::model::packed::{grown, shrunk};
use crate::model::problem::Problem;
use crate::model::reading::Count;
use crate::model::ruling::{Conclusion, Outcome};
use crate::model::shelf::{Closed, whole};
use crate::model::source::Sighting;
use crate::report::view::View;
use chrono::{DateTime, FixedOffset, NaiveDate};
use ecow::EcoString;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The file of the lines of schools.
pub const VERDICTS: &str = "verdicts.jsonl";
/// The file of the lines of files.
pub const FILES: &str = "files.jsonl";
/// The lines of so many schools are made at a time.
const AT_ONCE: usize = 128;

#[derive(Serialize)]
struct SchoolLine<'a> {
    school: Named<'a>,
    submission: Arrival<'a>,
    items: Vec<ItemEntry<'a>>,
    flags: Vec<FlagEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<FigureEntry<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    code: &'a str,
    name: &'a str,
    category: &'a str,
}

#[derive(Serialize)]
struct Arrival<'a> {
    status: SubmissionStatus,
    received_at: Option<String>,
    received_by: Option<ReceivedBy>,
    days_late: u32,
    files: &'a [EcoString],
    must_report: bool,
    unreadable: bool,
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    id: &'a str,
    kind: ItemKind,
    status: &'a str,
    why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<Conclusion>,
    evidence: Vec<EvidenceEntry<'a>>,
}

#[derive(Serialize)]
struct EvidenceEntry<'a> {
    file: &'a str,
    place: String,
    quote: &'a str,
    date: Option<NaiveDate>,
    counts: &'a [Count],
    amounts: &'a [Count],
    rule: &'a str,
    /// Confidence in percent, where the words were recognised in a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    ocr: Option<u8>,
}

#[derive(Serialize)]
struct FigureEntry<'a> {
    item: Option<&'a str>,
    indicator: &'a str,
    value: f64,
    file: &'a str,
    place: String,
}

#[derive(Serialize)]
struct FlagEntry<'a> {
    id: &'a str,
    kind: &'a str,
    item: Option<&'a str>,
    severity: Severity,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<Conclusion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shared: Vec<[SpotEntry<'a>; 2]>,
}

#[derive(Serialize)]
struct SpotEntry<'a> {
    file: &'a str,
    place: String,
    text: &'a str,
}

#[derive(Serialize)]
struct FileLine<'a> {
    path: &'a str,
    format: &'a str,
    bytes: u64,
    status: &'a str,
    school: Option<Named<'a>>,
    schools: &'a [EcoString],
    why: String,
    problem: Option<String>,
    problems: Vec<&'static str>,
    advice: Option<String>,
    received_at: Option<String>,
    received_by: Option<ReceivedBy>,
    other: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    digest: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<Sighting>,
}

/// Writes `verdicts.jsonl`: a line a school, in the roster's order. Lines are kept, for nothing of the night itself stands in them.
///
/// # Errors
/// The writer's own.
pub fn verdicts(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (findings, lang) = (view.findings, view.layout.lang);
    let mut flags: BTreeMap<&str, Vec<&Flag>> = BTreeMap::new();
    for flag in &findings.flags {
        flags.entry(&flag.school).or_default().push(flag);
    }
    let mut figures: BTreeMap<&str, Vec<&ReportedFigure>> = BTreeMap::new();
    for figure in &findings.figures {
        figures.entry(&figure.school).or_default().push(figure);
    }
    let none = Vec::new();
    let holds = findings.rulings.iter().filter(|r| r.outcome == Outcome::Stands);
    let decided = holds.map(|r| (r.ruling.flag.as_str(), r.ruling.conclusion)).collect();
    let flags = |s: &SchoolFindings| flags.get(s.school.code.as_str()).unwrap_or(&none).as_slice();
    let figures = |s: &SchoolFindings| {
        figures.get(s.school.code.as_str()).into_iter().flatten().map(|f| figure(f, lang)).collect()
    };
    let line = |s: &SchoolFindings| {
        let said = s.citations();
        line(&SchoolLine { figures: figures(s), ..school_line(s, &said, flags(s), &decided, lang) })
    };
    for (number, schools) in findings.schools.chunks(AT_ONCE).enumerate() {
        let make = || schools.par_iter().map(line).collect::<Vec<_>>().concat().into_bytes();
        let lines = view.kept.schools.or_make(
            &format!("{VERDICTS}/{number}"),
            |b| grown(&whole(b)?),
            make,
            |lines| shrunk(lines).map(Closed::bytes),
        );
        out.write_all(&lines)?;
    }
    Ok(())
}

/// Writes `files.jsonl`: a line a file received, by path.
///
/// # Errors
/// The writer's own.
pub fn files(findings: &Findings, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let schools = findings.schools.iter().map(|s| (s.school.code.as_str(), s)).collect();
    findings.files.iter().try_for_each(|f| out.write_all(line(&file_line(f, &schools, lang)).as_bytes()))
}

/// A value as a line. Serialising these types into memory cannot fail: no map keys, no foreign writer.
fn line<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).map(|line| line + "\n").unwrap_or_default()
}

fn school_line<'a>(
    s: &'a SchoolFindings,
    said: &'a Citations,
    flags: &[&'a Flag],
    decided: &BTreeMap<&str, Conclusion>,
    lang: Lang,
) -> SchoolLine<'a> {
    SchoolLine {
        school: named(s),
        submission: Arrival {
            status: s.submission.status,
            received_at: s.submission.received_at.map(moment),
            received_by: s.submission.received_by,
            days_late: s.submission.days_late,
            files: &s.submission.files,
            must_report: s.submission.must_report,
            unreadable: s.submission.unreadable,
        },
        items: s.verdicts.iter().map(|v| item(v, said, lang)).collect(),
        flags: flags
            .iter()
            .map(|f| FlagEntry { decided: decided.get(f.id.as_str()).copied(), ..flag(f, lang) })
            .collect(),
        figures: Vec::new(),
    }
}

fn figure(reported: &ReportedFigure, lang: Lang) -> FigureEntry<'_> {
    let figure = &reported.figure;
    FigureEntry {
        item: Some(figure.item.as_str()).filter(|item| !item.is_empty()),
        indicator: &figure.indicator,
        value: figure.value,
        file: &reported.file,
        place: figure.place.text(lang),
    }
}

fn named(s: &SchoolFindings) -> Named<'_> {
    Named { code: &s.school.code, name: &s.school.name, category: &s.school.category }
}

fn moment(time: DateTime<FixedOffset>) -> String {
    time.to_rfc3339()
}

fn item<'a>(v: &'a Verdict, said: &'a Citations, lang: Lang) -> ItemEntry<'a> {
    ItemEntry {
        id: &v.item,
        kind: v.kind,
        status: v.status.word(),
        why: v.why.text(lang),
        decided: v.ruled,
        evidence: said.bearing(v).map(|c| evidence(c, lang)).collect(),
    }
}

fn evidence(cited: &Cited, lang: Lang) -> EvidenceEntry<'_> {
    let e = &cited.evidence;
    EvidenceEntry {
        file: &cited.file,
        place: e.place.text(lang),
        quote: &e.quote,
        date: e.date,
        counts: &e.counts,
        amounts: &e.amounts,
        rule: &e.rule,
        ocr: e.ocr,
    }
}

fn flag(f: &Flag, lang: Lang) -> FlagEntry<'_> {
    FlagEntry {
        id: &f.id,
        kind: f.kind.word(),
        item: f.item.as_deref(),
        severity: f.severity,
        message: f.message.text(lang),
        decided: None,
        shared: f.shared.iter().map(|s| [spot(&s.one, lang), spot(&s.other, lang)]).collect(),
    }
}

fn spot(spot: &Spot, lang: Lang) -> SpotEntry<'_> {
    SpotEntry { file: &spot.file, place: spot.place.text(lang), text: &spot.text }
}

fn file_line<'a>(f: &'a FileFindings, schools: &BTreeMap<&str, &'a SchoolFindings>, lang: Lang) -> FileLine<'a> {
    let joined = |texts: Vec<String>| Some(texts.join("; ")).filter(|t| !t.is_empty());
    FileLine {
        path: &f.path,
        format: &f.format,
        bytes: f.bytes,
        status: f.status.word(),
        school: f.schools.first().and_then(|code| schools.get(code.as_str())).map(|s| named(s)),
        schools: &f.schools,
        why: f.why.text(lang),
        problem: joined(f.problems.iter().map(|p| p.message().text(lang)).collect()),
        problems: f.problems.iter().map(Problem::word).collect(),
        advice: joined(f.advice().iter().map(|a| a.text(lang)).collect()),
        received_at: f.received_at.map(moment),
        received_by: f.received_by,
        other: f.other.as_deref(),
        digest: &f.digest,
        seen: f.seen,
    }
}
