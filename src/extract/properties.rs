//! What a package says of itself: `docProps/core.xml` and `docProps/app.xml` of Office Open XML (ECMA-376 part 2, 11), or
//! `meta.xml` of OpenDocument (ODF 1.2 part 1, 4.3).

use crate::extract::encoding;
use crate::extract::xml_text::push_text;
use crate::model::document::Properties;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Properties from the members' bytes, `meta.xml` counting as core; a missing or broken one gives nothing.
pub fn properties(core: Option<&[u8]>, app: Option<&[u8]>) -> Properties {
    let mut found = Properties::default();
    for (name, value) in core.into_iter().chain(app).flat_map(leaves) {
        match name.as_str() {
            "title" => found.title = Some(value),
            "creator" | "initial-creator" => found.author = Some(value),
            "created" | "creation-date" => found.created = moment(&value),
            "modified" | "date" => found.modified = moment(&value),
            "Application" | "generator" => found.application = Some(value),
            _ => {}
        }
    }
    found
}

/// Local names and texts of elements that hold text.
fn leaves(bytes: &[u8]) -> Vec<(String, String)> {
    /// No such file has more; a hostile one may.
    const MOST: usize = 1000;
    let (xml, _) = encoding::decode(bytes, None);
    let mut reader = Reader::from_str(&xml);
    let (mut found, mut name, mut text) = (Vec::new(), String::new(), String::new());
    while found.len() < MOST {
        match reader.read_event() {
            Ok(Event::Start(e)) => {
                name = e.local_name().as_ref().to_string();
                text.clear();
            }
            Ok(Event::End(_)) => {
                if !name.is_empty() && !text.trim().is_empty() {
                    found.push((std::mem::take(&mut name), text.trim().to_string()));
                }
                name.clear();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(event) => push_text(&mut text, &event),
        }
    }
    found
}

/// W3CDTF, in UTC; one without a zone is taken as UTC, as all programs write it. Files of machines without a clock carry
/// 1601 or 1970: no time at all.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let zoned = DateTime::parse_from_rfc3339(text).map(|t| t.naive_utc());
    let plain = || text.trim_end_matches('Z').parse();
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|d| d.and_time(NaiveTime::MIN));
    let moment = zoned.or_else(|_| plain()).or_else(|_| day()).ok()?;
    (moment.and_utc().timestamp() > 86_400).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_utc() {
        let shown = |t: &str| moment(t).map(|m| m.to_string());
        assert_eq!(shown("2020-10-18T01:12:00Z").as_deref(), Some("2020-10-18 01:12:00"));
        assert_eq!(shown("2020-10-18T09:12:00+08:00").as_deref(), Some("2020-10-18 01:12:00"));
        assert_eq!(shown("2020-10-18").as_deref(), Some("2020-10-18 00:00:00"));
        assert_eq!(shown("yesterday"), None);
    }

    #[test]
    fn both_parts_are_read_and_times_are_in_utc() {
        let core = br#"<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title>A &amp; B</dc:title><dc:creator/>
            <dcterms:created>2020-10-12T09:30:00+08:00</dcterms:created><dcterms:modified>1601-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>"#;
        let app = b"<Properties><Application>WPS</Application></Properties>";
        let found = properties(Some(core), Some(app));
        assert_eq!(
            (found.title.as_deref(), found.author, found.application.as_deref()),
            (Some("A & B"), None, Some("WPS"))
        );
        assert_eq!(found.created.map(|t| t.to_string()).as_deref(), Some("2020-10-12 01:30:00"));
        assert_eq!((found.modified, properties(Some(b"<a"), None)), (None, Properties::default()));
    }
}
