//! The local times of MS-DOS, which zip and old RAR archives keep.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// A date and a time as FAT stores them, somebody's local time: the campaign's, as far as one can know. DOS time begins in
/// 1980, and programs without a clock write its first moment.
pub fn dos_time(date: u16, time: u16, offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    let (date, time) = (u32::from(date), u32::from(time));
    let day = NaiveDate::from_ymd_opt(1980 + i32::try_from(date >> 9).ok()?, date >> 5 & 0xF, date & 0x1F)?;
    let moment = day.and_hms_opt(time >> 11, time >> 5 & 0x3F, (time & 0x1F) * 2)?;
    let begun = NaiveDate::from_ymd_opt(1980, 1, 1)?.and_hms_opt(0, 0, 0)?;
    (moment > begun).then(|| moment.and_local_timezone(offset).single()).flatten()
}
