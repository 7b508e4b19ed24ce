//! What a package says of itself: `docProps/core.xml` (ECMA-376-2, 8) and `docProps/app.xml`.

use crate::extract::docx::xml::Xml;
use crate::model::document::Properties;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// Puts in what the core properties say.
pub fn read_core(text: &str, properties: &mut Properties) {
    let mut xml = Xml::new(text);
    if xml.child().is_none() {
        return;
    }
    while let Some(e) = xml.child() {
        let value = Some(xml.text().trim().to_string()).filter(|v| !v.is_empty());
        match e.name() {
            "title" => properties.title = value,
            "creator" => properties.author = value,
            "created" => properties.created = value.as_deref().and_then(moment),
            "modified" => properties.modified = value.as_deref().and_then(moment),
            _ => {}
        }
    }
}

/// Puts in which program wrote the document.
pub fn read_app(text: &str, properties: &mut Properties) {
    let mut xml = Xml::new(text);
    if xml.child().is_none() {
        return;
    }
    while let Some(e) = xml.child() {
        let value = xml.text().trim().to_string();
        if e.name() == "Application" && !value.is_empty() {
            properties.application = Some(value);
        }
    }
}

/// A W3C date and time in UTC; one without a zone is taken as UTC, as all programs write it.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let zoned = DateTime::parse_from_rfc3339(text).map(|t| t.naive_utc());
    let plain = || NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y-%m-%dT%H:%M:%S%.f");
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|d| d.and_time(NaiveTime::MIN));
    zoned.or_else(|_| plain()).or_else(|_| day()).ok()
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments_are_read_in_utc() {
        let shown = |t: &str| moment(t).map(|m| m.to_string());
        assert_eq!(shown("2020-10-18T01:12:00Z").as_deref(), Some("2020-10-18 01:12:00"));
        assert_eq!(shown("2020-10-18T09:12:00+08:00").as_deref(), Some("2020-10-18 01:12:00"));
        assert_eq!(shown("2020-10-18").as_deref(), Some("2020-10-18 00:00:00"));
        assert_eq!(shown("yesterday"), None);
    }
}
