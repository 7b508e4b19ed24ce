//! The property set of a compound file's summary ([MS-OLEPS] 2.21 and 2.25, [MS-OSHARED] 2.3.3.2.1).

use crate::extract::codepage;
use crate::extract::le::{i16_at, slice_at, u16_at, u32_at, u64_at, usize_at, utf16_at};
use crate::model::document::Properties;
use chrono::{DateTime, NaiveDateTime};

/// More properties than any summary has.
const PROPERTIES: usize = 1_000;
/// More characters than a title, a name or a program's name has.
const TEXT: usize = 4_096;

const CODE_PAGE: u32 = 0x01;
const TITLE: u32 = 0x02;
const AUTHOR: u32 = 0x04;
const CREATED: u32 = 0x0C;
const SAVED: u32 = 0x0D;
const APPLICATION: u32 = 0x12;

const VT_I2: u16 = 0x02;
const VT_LPSTR: u16 = 0x1E;
const VT_LPWSTR: u16 = 0x1F;
const VT_FILETIME: u16 = 0x40;

/// Reads the stream `\5SummaryInformation`.
pub fn of_summary(stream: &[u8]) -> Option<Properties> {
    let start = usize_at(stream, 44)?;
    let set = stream.get(start..)?;
    let count = usize_at(set, 4)?.min(PROPERTIES);
    let offset =
        |id: u32| (0..count).find(|i| u32_at(set, 8 + i * 8) == Some(id)).and_then(|i| usize_at(set, 12 + i * 8));
    let code_page =
        offset(CODE_PAGE).filter(|at| u16_at(set, *at) == Some(VT_I2)).and_then(|at| i16_at(set, at.checked_add(4)?));
    // The number is signed in the format; 65001 is stored as -535.
    let code_page = code_page.map_or(1252, |n| u32::from(n as u16));
    let text = |id| offset(id).and_then(|at| text_at(set, at, code_page));
    let time = |id| offset(id).and_then(|at| time_at(set, at));
    Some(Properties {
        title: text(TITLE),
        author: text(AUTHOR),
        created: time(CREATED),
        modified: time(SAVED),
        sent: None,
        application: text(APPLICATION),
    })
}

fn text_at(set: &[u8], at: usize, code_page: u32) -> Option<String> {
    let body = at.checked_add(8)?;
    let len = usize_at(set, at.checked_add(4)?)?.min(TEXT);
    let text = match u16_at(set, at)? {
        VT_LPWSTR => utf16_at(set, body, len)?,
        VT_LPSTR => {
            let encoding = codepage::of_code_page(code_page).unwrap_or(encoding_rs::WINDOWS_1252);
            encoding.decode_without_bom_handling(slice_at(set, body, len)?).0.into_owned()
        }
        _ => return None,
    };
    let text = text.split('\0').next().unwrap_or("").trim();
    (!text.is_empty()).then(|| text.to_string())
}

fn time_at(set: &[u8], at: usize) -> Option<NaiveDateTime> {
    (u16_at(set, at)? == VT_FILETIME).then(|| file_time(u64_at(set, at.checked_add(4)?)?)).flatten()
}

/// A FILETIME: tenths of microseconds since 1601 in UTC. Zero, and times before computers, mean that none was given.
pub fn file_time(ticks: u64) -> Option<NaiveDateTime> {
    const SECONDS_FROM_1601_TO_1970: i64 = 11_644_473_600;
    const NO_OFFICE_BEFORE: i64 = 315_532_800;
    let seconds = i64::try_from(ticks / 10_000_000).ok()? - SECONDS_FROM_1601_TO_1970;
    DateTime::from_timestamp(seconds, 0).filter(|_| seconds > NO_OFFICE_BEFORE).map(|t| t.naive_utc())
}
