//! Letters to single schools: what is missing (催报函), or which files cannot be opened (重报函).

use crate::letters::form::{self, Form};
use crate::letters::layout::lay;
use crate::letters::letter::Letter;
use crate::letters::occasion;
use crate::letters::phrases;
use crate::letters::record::{Matter, Record};
use crate::letters::template::{Template, Value};

/// The form of a school's letter; none where nothing stands that a letter could speak of.
pub fn form_of(matter: &Matter<'_>, record: &Record<'_>) -> Option<&'static Form> {
    if !phrases::gaps(matter, record).is_empty() {
        return Some(&form::REMINDER);
    }
    (!record.to_send_again().is_empty()).then_some(&form::RESEND)
}

/// A school's letter, by a template of [`form_of`] it.
pub fn letter(matter: &Matter<'_>, record: &Record<'_>, template: &Template) -> Letter {
    let mut values = occasion::values(matter);
    values.insert("学校", Value::Text(record.school.name.to_string()));
    values.insert("缺项", Value::Lines(phrases::gaps(matter, record)));
    values.insert("已收到", Value::Text(phrases::received(record)));
    values.insert("读不了的文件", Value::Lines(phrases::unread(record)));
    values.insert("暂不能核对", Value::Text(phrases::unchecked(matter, record)));
    lay(template.fill(&values))
}
