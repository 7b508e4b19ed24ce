//! The lines that may say whose a document is, and the date under the signature.

use crate::detect::dates::{Calendar, DateHit, dates};
use crate::detect::passage::number_length;
use crate::detect::text::normal;
use crate::model::document::{Content, Document, Table};
use crate::model::place::{Line, Place};
use crate::model::reading::Masthead;
use chrono::NaiveDate;

/// Lines longer than this are running text.
const LINE: usize = 60;
/// Signatures are shorter.
const SIGNATURE: usize = 36;
/// The head of a document has so many lines.
const HEAD: usize = 6;
/// The colon in all its forms.
const COLONS: [char; 4] = [':', '：', '﹕', '︓'];
/// Labels before a school's name.
const LABELS: [&str; 12] = [
    "填报单位",
    "报送单位",
    "填报学校",
    "报送学校",
    "上报单位",
    "学校名称",
    "单位名称",
    "填表单位",
    "学校",
    "单位",
    "校名",
    "汇报单位",
];

/// The day on which a document was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The day.
    pub day: NaiveDate,
    /// The line that says nothing else: what is dated there is no deed. Minutes are dated by their meeting.
    pub place: Option<Place>,
}

/// Reads the masthead, and the date of the signature completed with `year`.
pub fn masthead(document: &Document, year: i32) -> (Masthead, Option<Signature>) {
    let mut head = Masthead::default();
    // The lines of the text itself, normalised only where they are looked at.
    let mut body: Vec<(&Place, &str)> = Vec::new();
    for block in &document.body.blocks {
        match &block.content {
            Content::Table(table) => units_in_table(table, &block.place, &mut head),
            Content::Heading(_, text) | Content::Paragraph(text) => match block.place {
                Place::Header(_) => {
                    push_short(&mut head.titles, Line { place: block.place.clone(), text: normal(text) });
                }
                Place::MailHead => push_short(&mut head.titles, Line { place: Place::MailHead, text: normal(text) }),
                Place::Paragraph(_) | Place::Line(_) | Place::PageLine(..) | Place::Slide(_) | Place::TextBox(_) => {
                    body.push((&block.place, text))
                }
                _ => {}
            },
            Content::Caption(_) => {}
        }
    }
    let line = |(place, text): &(&Place, &str)| Line { place: (*place).clone(), text: normal(text) };
    let first: Vec<Line> = body.iter().map(line).filter(|l| !l.text.is_empty()).take(HEAD).collect();
    for line in first.iter().take(4) {
        push_short(&mut head.titles, line.clone());
        // A news report names its school in the first words: 龙池初中讯, 本网讯(龙池初中 李某).
        if let Some(start) =
            line.text.split('。').next().filter(|s| s.contains("讯") && line.text.chars().count() > LINE)
        {
            head.titles.push(Line { place: line.place.clone(), text: start.chars().take(LINE).collect() });
        }
    }
    for written in body.iter().filter(|(_, text)| text.contains(COLONS)) {
        let Line { place, text } = line(written);
        head.units.extend(unit_after_label(&text).map(|unit| Line { place, text: unit }));
    }
    let mut signed = None;
    let mut told = false;
    for line in body.iter().rev().map(line).filter(|l| !l.text.is_empty()).take(5) {
        if line.text.chars().count() > SIGNATURE || line.text.contains(['。', '!']) {
            told = true;
            continue;
        }
        let found = dates(&line.text, Calendar { year, ..Calendar::default() });
        // Without a year only a line that ends with its day is a signature, and not above running text: 10月18日 星期日
        // heads a day of a diary, 3.10月17日入户 is a point of a list.
        let short = |d: &&DateHit| !told && line.text.get(d.end..).is_some_and(|rest| rest.chars().count() <= 2);
        let lone = number_length(&line.text).is_none();
        let date = found.iter().find(|d| d.has_year).or(found.first().filter(|d| lone && short(d)));
        signed = signed.or(date.map(|d| Signature { day: d.date, place: apart(&line, d) }));
        if !head.titles.contains(&line) {
            head.signatures.push(line.clone());
        }
    }
    head.signatures.reverse();
    let signed = signed
        .or_else(|| signed_in_head(&first, year))
        .or_else(|| signed_in_tables(document, year).map(|day| Signature { day, place: None }));
    (head, signed)
}

/// The date in the head of what bears none at its end: `填报日期:2020.10.18`, the line under the number of a bulletin, the
/// 会议时间 of minutes.
fn signed_in_head(first: &[Line], year: i32) -> Option<Signature> {
    first.iter().find_map(|line| {
        let found = dates(&line.text, Calendar { year, ..Calendar::default() });
        let last = found.last().filter(|d| d.has_year && line.text.chars().count() <= LINE)?;
        let place = apart(line, last);
        let ends = line.text.len() == last.end && !line.text.contains(['。', '至']);
        (place.is_none() || ends).then_some(Signature { day: last.date, place })
    })
}

/// The place of a line that only dates the document. Minutes and speeches are dated by their deed: 会议时间:…, a date in
/// brackets under the title.
fn apart(line: &Line, day: &DateHit) -> Option<Place> {
    let of_meeting = ["时间:", "会议时间", "日期:", "会议日期"].iter().any(|w| line.text.starts_with(w))
        || line.text.starts_with('(') && line.text.get(day.end..).is_some_and(|rest| rest.starts_with(')'));
    (!of_meeting).then(|| line.place.clone())
}

fn push_short(lines: &mut Vec<Line>, line: Line) {
    let length = line.text.chars().count();
    if (2..=LINE).contains(&length) && !lines.iter().any(|l| l.text == line.text) {
        lines.push(line);
    }
}

/// What stands after `填报单位:`.
fn unit_after_label(text: &str) -> Option<String> {
    if !text.contains(':') {
        return None;
    }
    let (label, rest) = LABELS.iter().find_map(|l| text.find(l).map(|at| (at + l.len(), &text[at + l.len()..])))?;
    let named = rest.strip_prefix('(').and_then(|r| r.split_once(')')).map_or(rest, |(_, r)| r);
    let unit = named.strip_prefix(':')?;
    // 龙池镇中心校(含下坡小学): the bracket names whom the unit speaks for, not who speaks.
    let unit = ["(含", "(包括", "(下辖", "(辖"].iter().find_map(|w| unit.split_once(w)).map_or(unit, |(own, _)| own);
    let unit: String = unit.chars().take_while(|c| !matches!(c, ',' | ';' | '。' | ' ')).take(40).collect();
    let unit = ["填报", "填表", "报送", "联系", "负责", "日期", "时间"]
        .iter()
        .find_map(|w| unit.find(w))
        .map_or(unit.clone(), |at| unit[..at].to_string());
    (label < 60 && unit.chars().count() >= 2).then_some(unit)
}

/// Cells beside or below 学校名称, and 填报单位:… inside a cell.
fn units_in_table(table: &Table, place: &Place, head: &mut Masthead) {
    for (at, row) in table.rows.iter().enumerate() {
        for (n, cell) in row.cells.iter().enumerate() {
            let text = normal(&cell.text);
            let mut found = |text: String, row: u32| {
                let place = place.row(row);
                if text.chars().count() >= 3 && head.units.len() < 200 && !head.units.iter().any(|u| u.text == text) {
                    head.units.push(Line { place, text });
                }
            };
            if let Some(unit) = unit_after_label(&text) {
                found(unit, row.number);
            } else if LABELS.contains(&text.trim_end_matches(':')) {
                let below: Vec<(String, u32)> = table.rows[at + 1..]
                    .iter()
                    .filter_map(|r| {
                        r.cells.iter().find(|c| c.column == cell.column).map(|c| (normal(&c.text), r.number))
                    })
                    .collect();
                let beside = row.cells.get(n + 1).map(|c| normal(&c.text)).unwrap_or_default();
                if is_name(&beside) {
                    found(beside, row.number);
                } else {
                    below.into_iter().filter(|(t, _)| is_name(t)).for_each(|(t, r)| found(t, r));
                }
            } else if at < 3 && (6..=LINE).contains(&text.chars().count()) {
                // The first rows of a form are its title.
                let line = Line { place: place.row(row.number), text };
                if head.titles.len() < 6 {
                    push_short(&mut head.titles, line);
                }
            }
        }
    }
}

/// Whether a cell may hold the name of a school.
fn is_name(text: &str) -> bool {
    (3..=30).contains(&text.chars().count())
        && ["学", "校", "园", "中心", "教学点", "小", "中"].iter().any(|w| text.contains(w))
        && !["情况", "人数", "次数", "合计", "时间", "内容", "备注"].iter().any(|w| text.contains(w))
}

/// 填表日期 in a form.
fn signed_in_tables(document: &Document, year: i32) -> Option<NaiveDate> {
    let tables = document.body.blocks.iter().filter_map(|b| match &b.content {
        Content::Table(table) => Some(table),
        _ => None,
    });
    let cells = tables.flat_map(|t| &t.rows).flat_map(|r| &r.cells);
    // However it is spaced out, it asks for a time or a day.
    let asking = cells.filter(|c| c.text.contains(['时', '時', '期'])).map(|c| normal(&c.text));
    let labelled = asking.filter(|t| {
        ["填报时间", "填表时间", "填报日期", "填表日期", "上报时间", "报送时间"].iter().any(|w| t.contains(w))
    });
    labelled.flat_map(|t| dates(&t, Calendar { year, ..Calendar::default() })).map(|d| d.date).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_after_a_label_is_the_unit() {
        assert_eq!(unit_after_label("填报单位:龙池镇中心校填报时间:2020年10月18日").as_deref(), Some("龙池镇中心校"));
        assert_eq!(unit_after_label("填报单位(盖章):石桥镇初级中学").as_deref(), Some("石桥镇初级中学"));
        assert_eq!(unit_after_label("填报单位:龙池镇中心校(含下坡小学)").as_deref(), Some("龙池镇中心校"));
        assert_eq!(unit_after_label("学校召开会议"), None);
    }
}
