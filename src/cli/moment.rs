//! Moments as a person types them.

use crate::pipeline::order::AsOf;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// `2020-10-20`, `2020-10-20T08:00`, `2020-10-20 08:00:30`, each with or without an offset (`+08:00`, `Z`). A day alone is
/// its first moment.
pub fn moment(given: &str) -> Result<AsOf, String> {
    let text = given.trim().replace(' ', "T");
    for form in ["%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%dT%H:%M%:z"] {
        let zoned = text.strip_suffix('Z').map_or(text.clone(), |t| format!("{t}+00:00"));
        if let Ok(time) = DateTime::parse_from_str(&zoned, form) {
            return Ok(AsOf::Exact(time));
        }
    }
    for form in ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(&text, form) {
            return Ok(AsOf::Local(time));
        }
    }
    NaiveDate::parse_from_str(&text, "%Y-%m-%d")
        .map(|day| AsOf::Local(day.and_time(NaiveTime::MIN)))
        .map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_every_form_that_the_help_names() {
        let local = |h, m| AsOf::Local(NaiveDate::from_ymd_opt(2020, 10, 20).unwrap().and_hms_opt(h, m, 0).unwrap());
        assert_eq!(moment("2020-10-20"), Ok(local(0, 0)));
        assert_eq!(moment("2020-10-20T08:00"), Ok(local(8, 0)));
        assert_eq!(moment("2020-10-20 08:00:00"), Ok(local(8, 0)));
        let exact = AsOf::Exact(DateTime::parse_from_rfc3339("2020-10-20T08:00:00+08:00").unwrap());
        assert_eq!(moment("2020-10-20T08:00:00+08:00"), Ok(exact));
        assert_eq!(moment("2020-10-20T08:00+08:00"), Ok(exact));
        assert_eq!(moment("2020-10-20T00:00Z"), Ok(exact));
        assert!(moment("2020-02-30").is_err());
        assert!(moment("明天").is_err());
    }
}
