//! 预催名单: before the deadline, who has not yet reported or finished, by township.

use crate::letters::figures::by_township;
use crate::letters::layout::lay;
use crate::letters::letter::{Letter, Row, Table};
use crate::letters::occasion;
use crate::letters::phrases::{item_name, materials, township_name, zh};
use crate::letters::record::{Matter, Record};
use crate::letters::template::{Template, Value};
use crate::model::findings::{Status, SubmissionStatus};
use crate::msg;

/// What is still expected of a school by the deadline; nothing where all has come.
pub fn expected(matter: &Matter<'_>, record: &Record<'_>) -> Vec<String> {
    if record.must_report && record.status == SubmissionStatus::Missing {
        return materials(matter, record).into_iter().map(str::to_string).collect();
    }
    let deadline = matter.campaign.deadline.shifted_to;
    let later = |id: &str| matter.campaign.activities.iter().any(|a| a.id == id && a.due > deadline);
    let open = record.items.iter().filter(|(id, status)| *status == Status::NotDue && !later(id));
    let mut expected: Vec<String> = open.map(|(id, _)| item_name(matter.campaign, id).to_string()).collect();
    if !record.to_send_again().is_empty() {
        expected.push(zh(&msg!("letters.send_again")));
    }
    expected
}

/// The schools of which something is expected.
pub fn waiting<'m, 'a>(matter: &'m Matter<'a>) -> Vec<&'m Record<'a>> {
    matter.records.iter().filter(|r| !expected(matter, r).is_empty()).collect()
}

/// The list.
pub fn letter(matter: &Matter<'_>, template: &Template) -> Letter {
    let waiting = waiting(matter);
    let mut values = occasion::values(matter);
    values.insert("单位数", Value::Text(waiting.len().to_string()));
    let mut rows = Vec::new();
    let mut number = 0;
    for (township, records) in by_township(waiting.into_iter()) {
        rows.push(Row::Group(township_name(township)));
        for record in records {
            number += 1;
            rows.push(Row::Cells(vec![
                number.to_string(),
                record.school.name.to_string(),
                record.school.contact.to_string(),
                record.school.phone.to_string(),
                expected(matter, record).join("、"),
            ]));
        }
    }
    let columns = [
        (msg!("letters.col_index"), 40),
        (msg!("letters.col_unit"), 126),
        (msg!("letters.col_contact"), 54),
        (msg!("letters.col_phone"), 84),
        (msg!("letters.col_expected"), 142),
    ];
    let columns = columns.iter().map(|(head, share)| (zh(head), *share)).collect();
    values.insert("名单", Value::Table(Table { columns, rows }));
    lay(template.fill(&values))
}
