//! The roster: every school once, with what the conditions of `campaign.toml` look at.

use crate::campaign::columns::{self, Entry};
use crate::campaign::error::CampaignError;
use crate::campaign::meant::{Meant, joined};
use crate::model::document::Document;
use crate::model::message::Message;
use crate::model::moments;
use crate::model::place::Place;
use crate::model::school::School;
use crate::msg;
use chrono::NaiveDate;
use ecow::EcoString;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A roster as it was read.
#[derive(Debug, Default)]
pub struct Roster {
    /// The schools in the roster's order.
    pub schools: Vec<Arc<School>>,
    /// Every column that has a heading, by canonical name or own heading.
    pub columns: BTreeSet<String>,
}

/// Reads the roster. Where something is wrong the errors come with whatever schools could be read all the same, so that
/// other files can still be checked against them.
pub fn read(file: &str, document: &Document) -> (Roster, Vec<CampaignError>) {
    let register = match columns::read(file, document, columns::ROSTER, "name", &["code", "name", "aliases"]) {
        Ok(register) => register,
        Err(errors) => return (Roster::default(), errors),
    };
    let mut reading = Reading { file, errors: Vec::new(), seen: BTreeMap::new() };
    if !register.columns.contains("code") {
        let error = CampaignError::whole(file, msg!("campaign.no_code_column"), msg!("campaign.no_code_column_remedy"));
        return (Roster { columns: register.columns, ..Roster::default() }, vec![error]);
    }
    let mut rows: Vec<(School, Place)> = Vec::new();
    // All schools share the names of the columns.
    let columns: Vec<EcoString> = register.columns.iter().map(|column| column.as_str().into()).collect();
    for entry in &register.entries {
        if let Some(school) = reading.school(entry, &columns) {
            rows.push((school, entry.place.clone()));
        }
    }
    if rows.is_empty() && reading.errors.is_empty() {
        reading.errors.push(CampaignError::whole(file, msg!("campaign.no_school"), msg!("campaign.no_school_remedy")));
    }
    reading.resolve_reports_via(&mut rows);
    // Not in the room of the rows, which is much larger.
    let mut schools = Vec::with_capacity(rows.len());
    schools.extend(rows.into_iter().map(|(school, _)| Arc::new(school)));
    (Roster { schools, columns: register.columns }, reading.errors)
}

struct Reading<'f> {
    file: &'f str,
    errors: Vec<CampaignError>,
    /// Codes and names that stand already, with their places.
    seen: BTreeMap<(&'static str, EcoString), Place>,
}

impl Reading<'_> {
    fn complain(&mut self, place: &Place, what: Message, remedy: Message) {
        self.errors.push(CampaignError { file: self.file.to_string(), place: place.clone(), what, remedy });
    }

    /// The school of a row; `None` for a row that is none, or cannot be taken for one.
    fn school(&mut self, entry: &Entry, columns: &[EcoString]) -> Option<School> {
        let (code, name) = (EcoString::from(joined(entry.get("code"))), EcoString::from(joined(entry.get("name"))));
        if is_footer(&code, &name) {
            return None;
        }
        for (missing, column) in
            [(code.is_empty(), msg!("campaign.column_code")), (name.is_empty(), msg!("campaign.column_name"))]
        {
            if missing {
                let there = if code.is_empty() { &name } else { &code };
                self.complain(
                    &entry.place,
                    msg!("campaign.school_lacks", there, &column),
                    msg!("campaign.school_lacks_remedy", &column),
                );
            }
        }
        for (kind, value) in [("code", &code), ("name", &name)] {
            let Some(first) =
                (!value.is_empty()).then(|| self.seen.insert((kind, value.clone()), entry.place.clone())).flatten()
            else {
                continue;
            };
            self.complain(
                &entry.place,
                msg!("campaign.school_twice", value, first.message()),
                msg!("campaign.school_twice_remedy"),
            );
        }
        let (from, to) = (self.date(entry, "from"), self.date(entry, "to"));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.complain(
                &entry.place,
                msg!("campaign.days_reversed", from, to),
                msg!("campaign.days_reversed_remedy"),
            );
        }
        if code.is_empty() || name.is_empty() {
            return None;
        }
        let text = |column: &str| EcoString::from(entry.get(column));
        let cell = |column: &EcoString| match column.as_str() {
            "code" => code.clone(),
            "name" => name.clone(),
            other => text(other),
        };
        let columns = columns.iter().map(|column| (column.clone(), cell(column)));
        let columns = columns.filter(|(_, cell)| !cell.is_empty()).collect();
        Some(School {
            aliases: split(entry.get("aliases")).filter(|a| *a != name).map(EcoString::from).collect(),
            code,
            name,
            from,
            to,
            columns,
            township: text("township"),
            category: text("category"),
            reports_via: Some(joined(entry.get("reports_via")).into()).filter(|v: &EcoString| !v.is_empty()),
            contact: text("contact"),
            phone: text("phone"),
        })
    }

    fn date(&mut self, entry: &Entry, column: &str) -> Option<NaiveDate> {
        let text = entry.get(column);
        if text.is_empty() {
            return None;
        }
        let date = moments::date(text, None);
        if date.is_none() {
            self.complain(&entry.place, msg!("campaign.no_date", text), msg!("campaign.no_date_remedy"));
        }
        date
    }

    /// Turns names into codes, and refuses circles.
    fn resolve_reports_via(&mut self, rows: &mut [(School, Place)]) {
        let meant = Meant::new(rows.iter().map(|(school, _)| school));
        let via =
            |school: &School| school.reports_via.as_ref().map(|via| meant.find(via).map(|other| other.code.clone()));
        let found: Vec<Option<Result<EcoString, Message>>> = rows.iter().map(|(school, _)| via(school)).collect();
        for ((school, place), found) in rows.iter_mut().zip(found) {
            school.reports_via = None;
            match found {
                None => {}
                Some(Ok(code)) => school.reports_via = Some(code),
                Some(Err(what)) => self.complain(
                    place,
                    msg!("campaign.reports_via_wrong", &school.name, what),
                    msg!("campaign.reports_via_wrong_remedy"),
                ),
            }
        }
        let via: BTreeMap<&str, &str> =
            rows.iter().filter_map(|(s, _)| Some((s.code.as_str(), s.reports_via.as_deref()?))).collect();
        let circular = |start: &str| {
            let mut at = start;
            for _ in 0..=via.len() {
                match via.get(at) {
                    Some(next) if *next == start => return true,
                    Some(next) => at = next,
                    None => return false,
                }
            }
            false
        };
        let in_circles: Vec<_> = rows
            .iter()
            .filter(|(s, _)| s.reports_via.is_some() && circular(&s.code))
            .map(|(s, p)| (s.name.clone(), p.clone()))
            .collect();
        for (name, place) in in_circles {
            self.complain(
                &place,
                msg!("campaign.reports_via_circle", name),
                msg!("campaign.reports_via_circle_remedy"),
            );
        }
    }
}

/// Several aliases in one cell.
fn split(cell: &str) -> impl Iterator<Item = String> {
    cell.split([';', '\u{ff1b}', '、', ',', '\u{ff0c}']).map(joined).filter(|a| !a.is_empty())
}

/// Blank template rows, totals and notes below the last school.
fn is_footer(code: &str, name: &str) -> bool {
    const BEGINS: [&str; 8] = ["合计", "总计", "小计", "备注", "说明", "注:", "注\u{ff1a}", "填表"];
    let begins = |text: &str| BEGINS.iter().any(|b| text.starts_with(b));
    match (code.is_empty(), name.is_empty()) {
        (true, true) => true,
        (false, true) => begins(code),
        (true, false) => begins(name),
        (false, false) => false,
    }
}
