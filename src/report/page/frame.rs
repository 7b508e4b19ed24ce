//! What frames the matrix: the page's own words, its legend and its columns.

use crate::model::findings::{Status, Submission};
use crate::model::sheet::Tone;
use crate::msg;
use crate::report::tally::Reports;
use crate::report::tones;
use crate::report::view::{Item, View};
use serde::Serialize;
use std::collections::BTreeMap;

/// The class of a tone in the page's style.
pub fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Doubtful => "doubtful",
        Tone::Bad => "bad",
        Tone::Unreadable => "unreadable",
        Tone::Muted => "muted",
        Tone::Human => "human",
        _ => "plain",
    }
}

/// An activity or a material.
#[derive(Serialize)]
pub struct ItemEntry {
    id: String,
    name: String,
    criterion: String,
}

/// A status of the legend.
#[derive(Serialize)]
pub struct StatusEntry {
    word: &'static str,
    symbol: &'static str,
    name: String,
    tone: &'static str,
    asked: bool,
}

/// As of when, and the deadline.
pub fn notes(view: &View<'_>) -> Vec<String> {
    let campaign = &view.findings.campaign;
    let deadline = &campaign.deadline;
    let day = if deadline.includes_day {
        msg!("report.deadline_with_day", deadline.shifted_to)
    } else {
        msg!("report.deadline_without_day", deadline.shifted_to)
    };
    let shift = if deadline.shifted_to == deadline.date {
        msg!("report.deadline_not_shifted")
    } else {
        msg!("report.deadline_shifted_from", deadline.date)
    };
    let dated = campaign.notice_date.map_or_else(String::new, |d| d.to_string());
    vec![
        view.say(&msg!("report.start_notice", view.as_of(), &campaign.issuer, dated)),
        view.say(&msg!("report.start_deadline", day, shift)),
    ]
}

/// Four figures: must report, reported, on time, to be decided.
pub fn figures(view: &View<'_>) -> Vec<(String, u32)> {
    let r = Reports::of(view.findings.schools.iter());
    let open = u32::try_from(view.gaps.len()).unwrap_or(u32::MAX);
    [
        (msg!("report.figure_due"), r.due),
        (msg!("report.figure_came"), r.came),
        (msg!("report.figure_on_time"), r.on_time),
        (msg!("report.figure_open"), open),
    ]
    .map(|(caption, n)| (view.say(&caption), n))
    .into()
}

/// The columns.
pub fn items(view: &View<'_>) -> Vec<ItemEntry> {
    let entry =
        |i: &Item<'_>| ItemEntry { id: i.id.to_string(), name: i.name.to_string(), criterion: i.criterion.to_string() };
    view.items.iter().map(entry).collect()
}

/// The legend.
pub fn statuses(view: &View<'_>) -> Vec<StatusEntry> {
    let entry = |status: Status| StatusEntry {
        word: status.word(),
        symbol: status.symbol(),
        name: view.say(&status.message()),
        tone: class(tones::of_status(status, &Submission::default())),
        asked: status.is_asked(),
    };
    Status::ALL.into_iter().map(entry).collect()
}

/// The words of the page itself.
pub fn labels(view: &View<'_>, loose: usize) -> BTreeMap<&'static str, String> {
    [
        ("township", msg!("report.col_township")),
        ("school", msg!("report.col_school")),
        ("category", msg!("report.col_category")),
        ("submission", msg!("report.col_submission")),
        ("done", msg!("report.col_done_of_asked")),
        ("completion", msg!("report.col_completion")),
        ("open", msg!("report.col_open")),
        ("whole", msg!("report.whole_county")),
        ("came", msg!("report.came_of_due", "{0}", "{1}")),
        ("human", msg!("report.legend_human")),
        ("search", msg!("report.page_search")),
        ("allTownships", msg!("report.page_all_townships")),
        ("allStatuses", msg!("report.page_all_statuses")),
        ("allItems", msg!("report.page_all_items")),
        ("todo", msg!("report.page_todo")),
        ("clear", msg!("report.page_clear")),
        ("shown", msg!("report.page_shown", "{0}", "{1}")),
        ("none", msg!("report.page_none")),
        ("keys", msg!("report.page_keys")),
        ("close", msg!("report.page_close")),
        ("legend", msg!("report.page_legend")),
        ("why", msg!("report.page_why")),
        ("evidence", msg!("report.page_evidence")),
        ("evidenceNone", msg!("report.page_evidence_none")),
        ("more", msg!("report.page_more", "{0}")),
        ("flags", msg!("report.page_flags")),
        ("settled", msg!("report.page_settled")),
        ("files", msg!("report.page_files")),
        ("filesNone", msg!("report.page_files_none")),
        ("received", msg!("report.page_received")),
        ("loose", msg!("report.page_loose", loose)),
        ("rule", msg!("report.page_rule")),
        ("documents", msg!("report.page_documents")),
        ("photographs", msg!("report.page_photographs")),
        ("cut", msg!("report.page_cut")),
        ("opening", msg!("report.page_opening")),
        ("tooOld", msg!("report.page_too_old")),
        ("inText", msg!("report.page_in_text")),
    ]
    .into_iter()
    .map(|(key, message)| (key, view.say(&message)))
    .collect()
}
