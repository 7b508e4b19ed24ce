//! Numbers that schools reported in tables: whose each is, which sheets only repeat others, where a report and a spreadsheet
//! disagree, and where what stands there is doubtful.

use crate::judge::flags::flag::Draft;
use crate::judge::names::Names;
use crate::judge::paper::{Paper, Standing};
use crate::judge::roster::Roster;
use crate::judge::testimony::{Weight, owners};
use crate::model::campaign::Campaign;
use crate::model::findings::ReportedFigure;
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::reading::{Doubt, FigureDoubt};
use crate::msg;
use ecow::EcoString;
use std::collections::BTreeMap;

/// The name of a sheet that sums up the others.
const SUMMARY: [&str; 4] = ["汇总", "总表", "合计", "总计"];

/// What all papers that count report.
#[derive(Debug, Default)]
pub struct Reported {
    /// Figures, in file order. A row of a file of several schools that names none is nobody's.
    pub figures: Vec<ReportedFigure>,
    doubts: Vec<Doubted>,
}

/// A doubtful place of a file: whose it is.
#[derive(Debug)]
struct Doubted {
    school: usize,
    file: EcoString,
    doubt: FigureDoubt,
}

/// Collects them. The papers give them away: there are several a school.
pub fn reported(papers: &mut [Paper], names: &Names, roster: &Roster<'_>) -> Reported {
    let used = papers.iter().filter(|p| p.standing == Standing::Used);
    // Most are of one school. A list that grows stands in memory twice.
    let most = used.map(|p| p.reading.figures.len()).sum();
    let mut all = Reported { figures: Vec::with_capacity(most), doubts: Vec::new() };
    for paper in papers.iter_mut().filter(|p| p.standing == Standing::Used) {
        let given = std::mem::take(&mut paper.reading.figures);
        if given.is_empty() && paper.reading.figure_doubts.is_empty() {
            continue;
        }
        let whose = |unit: Option<&str>| owners(&paper.claim.schools, unit, names, roster);
        let file = paper.path();
        let mut figures = Vec::new();
        for figure in given {
            for (school, _) in whose(figure.unit.as_deref()).into_iter().filter(|(_, w)| *w == Weight::Counts) {
                figures.push(ReportedFigure {
                    school: roster.code(school).into(),
                    file: file.clone(),
                    from_sheet: paper.is_sheet(),
                    figure: figure.clone(),
                });
            }
        }
        for doubt in &paper.reading.figure_doubts {
            // Nobody's row, or a total over several schools: whoever sent the file may be asked.
            let school = whose(doubt.unit.as_deref()).first().map(|(school, _)| *school);
            let Some(school) = school.or_else(|| paper.claim.schools.first().copied()) else { continue };
            all.doubts.push(Doubted { school, file: file.clone(), doubt: doubt.clone() });
        }
        let told = |figure: &ReportedFigure, told, sum| Doubted {
            school: paper.claim.schools.first().copied().unwrap_or_default(),
            file: file.clone(),
            doubt: FigureDoubt {
                item: figure.figure.item.clone(),
                indicator: figure.figure.indicator.clone(),
                place: figure.figure.place.clone(),
                unit: None,
                doubt: Doubt::Total { told, sum },
            },
        };
        let (kept, wrong) = once(figures);
        all.doubts.extend(wrong.iter().map(|(figure, sum)| told(figure, figure.figure.value, *sum)));
        all.figures.extend(kept);
    }
    all
}

/// The table that a figure stands in.
fn table(place: &Place) -> Place {
    match place {
        Place::SheetCell(name, ..) | Place::SheetRow(name, _) => Place::Sheet(name.clone()),
        Place::TableRow(table, _) => Place::Table(*table),
        other => other.clone(),
    }
}

/// The figures of a file without those that another of its tables sums up, and the summaries that do not, each with the sum of
/// the rest.
fn once(figures: Vec<ReportedFigure>) -> (Vec<ReportedFigure>, Vec<(ReportedFigure, f64)>) {
    let mut sums: BTreeMap<(EcoString, EcoString, EcoString), BTreeMap<Place, f64>> = BTreeMap::new();
    let key = |f: &ReportedFigure| (f.school.clone(), f.figure.item.clone(), f.figure.indicator.clone());
    for f in &figures {
        *sums.entry(key(f)).or_default().entry(table(&f.figure.place)).or_default() += f.figure.value;
    }
    let summary = |tables: &BTreeMap<Place, f64>| {
        let whole: f64 = tables.values().sum();
        let is_named = |place: &Place| matches!(place, Place::Sheet(name) if SUMMARY.iter().any(|w| name.contains(w)));
        let named = tables.iter().find(|(place, _)| tables.len() > 1 && is_named(place));
        // Two equal numbers may be two deeds; of three one that is the sum of the others is hardly chance.
        let found = named.or_else(|| tables.iter().find(|(_, sum)| tables.len() > 2 && equal(**sum, whole - **sum)));
        found.map(|(place, sum)| (place.clone(), whole - sum, equal(*sum, whole - sum)))
    };
    let summaries: BTreeMap<_, _> = sums.iter().filter_map(|(key, t)| Some((key.clone(), summary(t)?))).collect();
    let (mut kept, mut wrong) = (Vec::new(), Vec::new());
    for f in figures {
        let Some((place, rest, agrees)) = summaries.get(&key(&f)) else {
            kept.push(f);
            continue;
        };
        if table(&f.figure.place) == *place {
            if !agrees {
                wrong.push((f.clone(), *rest));
            }
            kept.push(f);
        }
    }
    (kept, wrong)
}

fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

/// All hints on numbers.
pub fn hints(reported: &Reported, campaign: &Campaign, papers: &[Paper], roster: &Roster<'_>) -> Vec<Flag> {
    let mut flags = disagreements(&reported.figures, campaign, papers, roster);
    flags.extend(doubts(&reported.doubts, campaign, papers, roster));
    flags
}

/// A flag for the doubtful places of an indicator of a school: one for words, one for totals.
fn doubts(doubts: &[Doubted], campaign: &Campaign, papers: &[Paper], roster: &Roster<'_>) -> Vec<Flag> {
    let mut by_indicator: BTreeMap<(usize, &str, &str, FlagKind), Vec<&Doubted>> = BTreeMap::new();
    for d in doubts {
        let kind = match d.doubt.doubt {
            Doubt::NotANumber(_) => FlagKind::NotANumber,
            Doubt::Total { .. } => FlagKind::TotalsDisagree,
        };
        by_indicator.entry((d.school, &d.doubt.item, &d.doubt.indicator, kind)).or_default().push(d);
    }
    let flag = |((school, item, indicator, kind), doubts): ((usize, &str, &str, FlagKind), Vec<&Doubted>)| {
        let said: Vec<String> = doubts.iter().map(|d| format!("{:?}", d.doubt.doubt)).collect();
        let mut files: Vec<EcoString> = doubts.iter().map(|d| d.file.clone()).collect();
        files.dedup();
        let place = doubts.first().map(|d| in_words(&d.doubt)).unwrap_or_default();
        let places = if doubts.len() > 1 { msg!("judge.doubts_more", place, doubts.len() - 1) } else { place };
        let name = roster.name(school);
        let message = match kind {
            FlagKind::NotANumber => msg!("judge.hint_not_a_number", name, indicator, places),
            _ => msg!("judge.hint_totals", name, indicator, places),
        };
        Draft {
            kind,
            severity: Severity::Low,
            school: roster.code(school),
            item: Some(item).filter(|i| !i.is_empty()),
            subject: indicator,
            message,
            files,
            said: said.iter().map(String::as_str).collect(),
        }
        .raise(&campaign.id, papers)
    };
    by_indicator.into_iter().map(flag).collect()
}

fn in_words(doubt: &FigureDoubt) -> Message {
    match &doubt.doubt {
        Doubt::NotANumber(text) => msg!("judge.doubt_words", doubt.place.message(), text),
        Doubt::Total { told, sum } => {
            msg!("judge.doubt_total", doubt.place.message(), told.to_string(), sum.to_string())
        }
    }
}

/// Sums by file: of text documents, of spreadsheets.
type Sums<'f> = [BTreeMap<&'f str, f64>; 2];

/// A flag for each indicator whose sum in no report equals the sum in a spreadsheet.
fn disagreements(figures: &[ReportedFigure], campaign: &Campaign, papers: &[Paper], roster: &Roster<'_>) -> Vec<Flag> {
    // A school at a time: there are half a million.
    let mut by_school: Vec<&ReportedFigure> = figures.iter().collect();
    by_school.sort_by_key(|f| &f.school);
    by_school
        .chunk_by(|a, b| a.school == b.school)
        .flat_map(|figures| disagreements_of_school(figures, campaign, papers, roster))
        .collect()
}

fn disagreements_of_school(
    figures: &[&ReportedFigure],
    campaign: &Campaign,
    papers: &[Paper],
    roster: &Roster<'_>,
) -> Vec<Flag> {
    let mut sums: BTreeMap<(&str, &str), Sums<'_>> = BTreeMap::new();
    for f in figures {
        let entry = sums.entry((&f.figure.item, &f.figure.indicator)).or_default();
        if let Some(side) = entry.get_mut(usize::from(f.from_sheet)) {
            *side.entry(&f.file).or_default() += f.figure.value;
        }
    }
    let school = figures.first().map_or("", |f| f.school.as_str());
    let flag = |((item, indicator), [texts, sheets]): ((&str, &str), Sums<'_>)| {
        if texts.values().any(|a| sheets.values().any(|b| equal(*a, *b))) {
            return None;
        }
        let ((text, a), (sheet, b)) = (texts.first_key_value()?, sheets.first_key_value()?);
        let name = roster.by_code(school).map_or("", |s| roster.name(s));
        let activity = campaign.activities.iter().find(|a| a.id == item).map_or(item, |a| a.name.as_str());
        let (a, b) = (a.to_string(), b.to_string());
        let message = match activity {
            "" => msg!("judge.hint_figures_of_none", name, indicator, a.as_str(), b.as_str()),
            _ => msg!("judge.hint_figures", name, activity, indicator, a.as_str(), b.as_str()),
        };
        let draft = Draft {
            kind: FlagKind::FiguresDisagree,
            severity: Severity::Low,
            school,
            item: Some(item).filter(|i| !i.is_empty()),
            subject: indicator,
            message,
            files: vec![(*text).into(), (*sheet).into()],
            said: vec![&a, &b],
        };
        Some(draft.raise(&campaign.id, papers))
    };
    sums.into_iter().filter_map(flag).collect()
}
