//! The matrix, as the page's script reads it: names and signs. What stands behind a sign is in the blocks.

use crate::model::findings::{SchoolFindings, Status};
use crate::model::flag::Flag;
use crate::msg;
use crate::report::page::desk::{Desk, FileEntry, FlagEntry};
use crate::report::page::frame::{ItemEntry, StatusEntry, class, figures, items, labels, notes, statuses};
use crate::report::page::plan::{BLOCK, Plan};
use crate::report::phrases;
use crate::report::tally::Reports;
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything that the page shows before anything is opened.
#[derive(Serialize)]
pub struct Data {
    /// The page's title.
    pub title: String,
    notes: Vec<String>,
    /// Word and number.
    figures: Vec<(String, u32)>,
    labels: BTreeMap<&'static str, String>,
    items: Vec<ItemEntry>,
    statuses: Vec<StatusEntry>,
    townships: Vec<String>,
    /// What the cells of the matrix may show.
    signs: Vec<Sign>,
    schools: Vec<SchoolEntry>,
    /// How many schools stand in a block.
    block: usize,
    /// Flags of no school.
    loose: Vec<FlagEntry>,
    files: Vec<FileEntry>,
    texts: Vec<String>,
}

#[derive(Serialize)]
struct SchoolEntry {
    code: String,
    name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
    /// An item each: a sign, or none.
    verdicts: Vec<Option<usize>>,
}

#[derive(Serialize, PartialEq)]
struct Sign {
    status: usize,
    symbol: String,
    tone: &'static str,
}

impl Data {
    /// Gathers it.
    pub fn new(plan: &Plan<'_, '_>) -> Self {
        let view = plan.view;
        let findings = view.findings;
        let mut desk = Desk::new(view);
        let mut signs = Vec::new();
        let schools = plan.schools.iter().map(|(s, n)| entry(&mut desk, &mut signs, plan, s, *n)).collect();
        let nobody: Vec<&Flag> = findings.flags.iter().filter(|f| view.school(&f.school).is_none()).collect();
        let loose: Vec<FlagEntry> = nobody.into_iter().map(|f| desk.flag(f)).collect();
        let unnamed = view.say(&msg!("report.no_township"));
        let named = |name: &&str| if name.is_empty() { unnamed.clone() } else { name.to_string() };
        let (texts, files) = desk.lists();
        Data {
            title: view.say(&msg!("report.title", msg!("report.title_matrix"), &findings.campaign.title)),
            notes: notes(view),
            figures: figures(view),
            labels: labels(view, loose.len()),
            items: items(view),
            statuses: statuses(view),
            townships: plan.townships.iter().map(named).collect(),
            signs,
            schools,
            block: BLOCK,
            loose,
            files,
            texts,
        }
    }
}

fn entry(
    desk: &mut Desk<'_, '_>,
    signs: &mut Vec<Sign>,
    plan: &Plan<'_, '_>,
    school: &SchoolFindings,
    township: usize,
) -> SchoolEntry {
    let view = plan.view;
    let (arrival, tone) = phrases::arrival(view, school);
    let reports = Reports::of(std::iter::once(school));
    let mut sign = |id: &str| {
        let verdict = school.verdicts.iter().find(|v| v.item == id)?;
        let (symbol, tone) = phrases::symbol(verdict, &school.submission);
        let status = Status::ALL.iter().position(|s| *s == verdict.status).unwrap_or_default();
        let sign = Sign { status, symbol, tone: class(tone) };
        Some(signs.iter().position(|s| *s == sign).unwrap_or_else(|| {
            signs.push(sign);
            signs.len() - 1
        }))
    };
    let verdicts = view.items.iter().map(|item| sign(item.id)).collect();
    let awaits = |f: &&Flag| view.review_row(&f.id).is_some_and(|row| (row as usize) < view.gaps.len());
    SchoolEntry {
        code: school.school.code.to_string(),
        name: school.school.name.to_string(),
        aliases: school.school.aliases.iter().map(ToString::to_string).collect(),
        category: desk.text(school.school.category.to_string()),
        township,
        arrival: desk.text(arrival),
        tone: class(tone),
        open: view.open(&school.school.code),
        todo: plan.flags(&school.school.code).iter().any(|f| awaits(f) || f.kind.is_hint()),
        due: reports.due > 0,
        came: reports.came > 0,
        verdicts,
    }
}
