//! Numbers that schools reported in tables, and where a report and a spreadsheet disagree.

use crate::judge::flags::flag::Draft;
use crate::judge::names::Names;
use crate::judge::paper::{Paper, Standing};
use crate::judge::roster::Roster;
use crate::judge::testimony::{Weight, owners};
use crate::model::campaign::Campaign;
use crate::model::findings::ReportedFigure;
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::msg;
use std::collections::BTreeMap;

/// All figures of papers that count, in file order. A row of a file of several schools that names none is nobody's.
pub fn reported(papers: &[Paper], names: &Names, roster: &Roster<'_>) -> Vec<ReportedFigure> {
    let mut figures = Vec::new();
    for paper in papers.iter().filter(|p| p.standing == Standing::Used) {
        for figure in &paper.reading.figures {
            for (school, weight) in owners(&paper.claim.schools, figure.unit.as_deref(), names, roster) {
                if weight == Weight::Counts {
                    figures.push(ReportedFigure {
                        school: roster.code(school).to_string(),
                        file: paper.path().to_string(),
                        from_sheet: paper.is_sheet(),
                        figure: figure.clone(),
                    });
                }
            }
        }
    }
    figures
}

/// Sums by file: of text documents, of spreadsheets.
type Sums<'f> = [BTreeMap<&'f str, f64>; 2];

/// A flag for each indicator whose sum in no report equals the sum in a spreadsheet.
pub fn disagreements(
    figures: &[ReportedFigure],
    campaign: &Campaign,
    papers: &[Paper],
    roster: &Roster<'_>,
) -> Vec<Flag> {
    let mut sums: BTreeMap<(&str, &str, &str), Sums<'_>> = BTreeMap::new();
    for f in figures {
        let entry = sums.entry((&f.school, &f.figure.item, &f.figure.indicator)).or_default();
        if let Some(side) = entry.get_mut(usize::from(f.from_sheet)) {
            *side.entry(&f.file).or_default() += f.figure.value;
        }
    }
    sums.into_iter()
        .filter_map(|((school, item, indicator), [texts, sheets])| {
            let equal = |a: f64, b: f64| (a - b).abs() < 1e-6;
            if texts.values().any(|a| sheets.values().any(|b| equal(*a, *b))) {
                return None;
            }
            let ((text, a), (sheet, b)) = (texts.first_key_value()?, sheets.first_key_value()?);
            let name = roster.by_code(school).map_or("", |s| roster.name(s));
            let activity = campaign.activities.iter().find(|a| a.id == item).map_or(item, |a| a.name.as_str());
            let (a, b) = (a.to_string(), b.to_string());
            let message = msg!("judge.hint_figures", name, activity, indicator, a.as_str(), b.as_str());
            Some(
                Draft {
                    kind: FlagKind::FiguresDisagree,
                    severity: Severity::Low,
                    school,
                    item: Some(item),
                    subject: indicator,
                    message,
                    files: vec![(*text).to_string(), (*sheet).to_string()],
                    said: vec![&a, &b],
                }
                .raise(&campaign.id, papers),
            )
        })
        .collect()
}
