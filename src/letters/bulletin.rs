//! 通报: how the reports stand, from what is confirmed and nothing else.

use crate::letters::figures::{Figures, Stand, by_township, stand};
use crate::letters::layout::lay;
use crate::letters::letter::{Letter, Row, Table};
use crate::letters::occasion;
use crate::letters::official::{numeral, rate, short_day};
use crate::letters::phrases::{gap_names, township_name, zh};
use crate::letters::record::{Matter, Record};
use crate::letters::template::{Template, Value};
use crate::model::campaign::Campaign;
use crate::model::findings::Status;
use crate::model::flag::FlagKind;
use crate::model::message::Message;
use crate::msg;

/// Kinds of gaps that a bulletin speaks of, item by item.
const OF_ITEMS: [FlagKind; 5] =
    [FlagKind::Missing, FlagKind::NotDone, FlagKind::PlannedOnly, FlagKind::Weak, FlagKind::DutyDenied];

/// The most schools that reported in time which the text names; more of them stand in the annex only.
const NAMED: usize = 60;

/// The bulletin.
pub fn letter(matter: &Matter<'_>, template: &Template) -> Letter {
    let figures = Figures::of(matter);
    let (on_time, late, missing) =
        (figures.that(Stand::OnTime), figures.that(Stand::Late), figures.that(Stand::Missing));
    let names = |records: &[&Record<'_>]| listed(records.iter().map(|r| r.school.name.to_string()).collect());
    let late_names = late.iter().map(|r| zh(&msg!("letters.late_unit", &r.school.name, r.days_late))).collect();
    let annexed = on_time.len() > NAMED && template.says("附表");
    let texts = [
        ("主送机关", addressees(matter.campaign, &figures)),
        ("应报", figures.due().to_string()),
        ("已报", figures.came().to_string()),
        ("按时", on_time.len().to_string()),
        ("迟报", late.len().to_string()),
        ("未报", missing.len().to_string()),
        ("报送率", rate(figures.came(), figures.due())),
        ("按时率", rate(on_time.len(), figures.due())),
        ("核实中", checking(&figures)),
        ("开展情况", state(matter)),
        ("按时名单", if annexed { zh(&msg!("letters.in_annex", on_time.len())) } else { names(&on_time) }),
        ("迟报名单", listed(late_names)),
        ("未报名单", names(&missing)),
    ];
    let mut values = occasion::values(matter);
    values.extend(texts.into_iter().map(|(word, text)| (word, Value::Text(text))));
    values.insert("问题", Value::Lines(problems(matter)));
    values.insert("附表", Value::Table(table(matter)));
    lay(template.fill(&values))
}

fn listed(names: Vec<String>) -> String {
    if names.is_empty() { zh(&msg!("letters.none")) } else { zh(&msg!("letters.list", names.join("、"))) }
}

/// The campaign's own words, else the kinds of schools that must report.
fn addressees(campaign: &Campaign, figures: &Figures<'_, '_>) -> String {
    if !campaign.sender.addressees.is_empty() {
        return campaign.sender.addressees.trim_end_matches(['：', ':']).to_string();
    }
    let mut kinds: Vec<String> = Vec::new();
    for stand in [Stand::OnTime, Stand::Late, Stand::TimeInDoubt, Stand::Missing, Stand::ReportInDoubt] {
        for record in figures.that(stand) {
            let kind = format!("各{}", record.school.category);
            if !record.school.category.is_empty() && !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    if kinds.is_empty() { "各单位".to_string() } else { kinds.join("、") }
}

fn checking(figures: &Figures<'_, '_>) -> String {
    match (figures.that(Stand::TimeInDoubt).len(), figures.that(Stand::ReportInDoubt).len()) {
        (0, 0) => String::new(),
        (late, 0) => zh(&msg!("letters.checking_late", late)),
        (0, missing) => zh(&msg!("letters.checking_missing", missing)),
        (late, missing) => zh(&msg!("letters.checking_both", late, missing)),
    }
}

/// Activity by activity, how many schools must do it and of how many it is told.
fn state(matter: &Matter<'_>) -> String {
    let of_activity = |id: &str, name: &str| {
        let statuses: Vec<Status> = matter.records.iter().filter_map(|r| r.item(id)).filter(|s| s.is_asked()).collect();
        // What is not due yet is nobody's matter.
        if statuses.is_empty() || statuses.contains(&Status::NotDue) {
            return None;
        }
        let done = statuses.iter().filter(|s| **s == Status::Done).count();
        Some(zh(&msg!("letters.state_item", name, statuses.len(), done)))
    };
    let items: Vec<String> = matter.campaign.activities.iter().filter_map(|a| of_activity(&a.id, &a.name)).collect();
    if items.is_empty() { String::new() } else { zh(&msg!("letters.state", items.join("；"))) }
}

fn problems(matter: &Matter<'_>) -> Vec<String> {
    let campaign = matter.campaign;
    let items = campaign.activities.iter().map(|a| (a.id.as_str(), a.name.as_str(), true));
    let items = items.chain(campaign.materials.iter().map(|m| (m.id.as_str(), m.name.as_str(), false)));
    let mut found: Vec<(Message, Vec<String>)> = Vec::new();
    for (id, name, is_activity) in items {
        for kind in OF_ITEMS {
            let with =
                matter.records.iter().filter(|r| r.standing(&[kind]).iter().any(|g| g.item.as_deref() == Some(id)));
            let with: Vec<String> = with.map(|r| r.school.name.to_string()).collect();
            let what = match (kind, is_activity) {
                (FlagKind::NotDone, true) => msg!("letters.problem_activity_not_done", name),
                (FlagKind::PlannedOnly, true) => msg!("letters.problem_activity_planned", name),
                (FlagKind::Weak, true) => msg!("letters.problem_activity_weak", name),
                (FlagKind::DutyDenied, true) => msg!("letters.problem_activity_denied", name),
                (_, true) => msg!("letters.problem_activity_missing", name),
                (FlagKind::Missing, false) => msg!("letters.problem_material_missing", name),
                (_, false) => msg!("letters.problem_material_weak", name),
            };
            found.push((what, with));
        }
    }
    let unread = matter.records.iter().filter(|r| !r.standing(&[FlagKind::UnreadableFile]).is_empty());
    found.push((msg!("letters.problem_unreadable"), unread.map(|r| r.school.name.to_string()).collect()));
    found.retain(|(_, with)| !with.is_empty());
    if found.is_empty() {
        return vec![zh(&msg!("letters.none"))];
    }
    let line = |((what, with), n): (&(Message, Vec<String>), usize)| {
        zh(&msg!("letters.problem", numeral(n), what, with.len(), with.join("、")))
    };
    found.iter().zip(1..).map(line).collect()
}

fn table(matter: &Matter<'_>) -> Table {
    let mut rows = Vec::new();
    let mut number = 0;
    for (township, records) in by_township(matter.records.iter().filter(|r| stand(r).is_some())) {
        rows.push(Row::Group(township_name(township)));
        for record in records {
            number += 1;
            let stand = stand(record).unwrap_or(Stand::ReportInDoubt);
            let word = match stand {
                Stand::OnTime => msg!("letters.status_on_time"),
                Stand::Late => msg!("letters.status_late", record.days_late),
                Stand::Missing => msg!("letters.status_missing"),
                Stand::TimeInDoubt | Stand::ReportInDoubt => msg!("letters.status_checking"),
            };
            let came = matches!(stand, Stand::OnTime | Stand::Late);
            let received = record.received.filter(|_| came).map_or_else(String::new, |at| short_day(at.date()));
            let wanting = match stand {
                Stand::Missing => zh(&msg!("letters.all_materials")),
                _ => gap_names(matter, record).join("、"),
            };
            rows.push(Row::Cells(vec![
                number.to_string(),
                record.school.name.to_string(),
                record.school.category.to_string(),
                zh(&word),
                received,
                wanting,
            ]));
        }
    }
    let columns = [
        (msg!("letters.col_index"), 40),
        (msg!("letters.col_unit"), 120),
        (msg!("letters.col_category"), 62),
        (msg!("letters.col_status"), 60),
        (msg!("letters.col_received"), 72),
        (msg!("letters.col_wanting"), 88),
    ];
    Table { columns: columns.iter().map(|(head, share)| (zh(head), *share)).collect(), rows }
}
