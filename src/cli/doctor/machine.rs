//! The machine's clock and its disks.

use crate::cli::doctor::check::{Case, Line, bad, good, watch};
use crate::msg;
use crate::pipeline::inboxes::scan;
use chrono::{DateTime, Local, Offset};
use std::path::Path;
use std::time::Duration;

/// A share's clock may be so far ahead of ours.
const AHEAD: Duration = Duration::from_secs(3600);
/// Below so many bytes a night may fail.
const LEAST: u64 = 200 << 20;
/// Below so many bytes somebody should make room.
const LITTLE: u64 = 2 << 30;

/// The clock: not before the notice, not before the newest file, and in the campaign's time zone.
pub fn clock(case: &Case<'_>) -> Vec<Line> {
    let Ok(campaign) = case.campaign else { return Vec::new() };
    let now = DateTime::<Local>::from(case.now);
    let shown = now.format("%Y-%m-%d %H:%M:%S %:z").to_string();
    if campaign.notice_date.is_some_and(|notice| now.date_naive() < notice) {
        let notice = campaign.notice_date.unwrap_or_default();
        return vec![bad(msg!("doctor.clock_before_notice", shown, notice), msg!("doctor.clock_remedy"))];
    }
    let times = case.inboxes().iter().filter_map(|inbox| scan(std::slice::from_ref(inbox), false).ok()).flatten();
    let newest = times.filter_map(|f| Some((f.modified?, f.shown))).max();
    if let Some((newest, path)) = newest.filter(|(newest, _)| *newest > case.now + AHEAD) {
        let newest = DateTime::<Local>::from(newest).format("%Y-%m-%d %H:%M").to_string();
        return vec![watch(msg!("doctor.clock_behind", shown, path, newest), msg!("doctor.clock_remedy"))];
    }
    if now.offset().fix().local_minus_utc() != campaign.utc_offset_hours.saturating_mul(3600) {
        let what = msg!("doctor.clock_zone", shown, campaign.utc_offset_hours);
        return vec![watch(what, msg!("doctor.clock_zone_remedy"))];
    }
    vec![good(msg!("doctor.clock", shown))]
}

/// Room for the results, and for scratch files.
pub fn space(case: &Case<'_>) -> Vec<Line> {
    [case.standing(), std::env::temp_dir()].iter().map(|folder| room(folder)).collect()
}

fn room(folder: &Path) -> Line {
    let shown = folder.display().to_string();
    match fs4::available_space(folder) {
        Ok(bytes) => {
            let gigabytes = format!("{}.{}", bytes >> 30, ((bytes % (1 << 30)) * 10) >> 30);
            let what = msg!("doctor.space", shown, gigabytes);
            match bytes {
                ..LEAST => bad(what, msg!("doctor.space_remedy")),
                LEAST..LITTLE => watch(what, msg!("doctor.space_remedy")),
                _ => good(what),
            }
        }
        Err(error) => watch(msg!("doctor.space_unknown", shown, error.to_string()), msg!("doctor.space_remedy")),
    }
}
