//! Cell values as calamine hands them over.

use crate::extract::number_format::general;
use calamine::DataRef;

/// Values that look the same under every format; numbers without any.
pub fn plain(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) | DataRef::DateTimeIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_string(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => general(*n),
        DataRef::DateTime(moment) => general(moment.as_f64()),
    }
}
