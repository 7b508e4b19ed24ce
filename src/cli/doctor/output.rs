//! Can results be written, and when were they last?

use crate::cli::doctor::check::{Case, Line, Mark, bad, good, watch};
use crate::cli::schedule;
use crate::msg;
use crate::pipeline::results;
use std::fs;
use std::time::Duration;

/// After so long a night has been missed: a day, and two hours for one that takes longer.
const MISSED: Duration = Duration::from_secs(26 * 3600);

/// The output folder, and whether the workbook is open.
pub fn check(case: &Case<'_>) -> Vec<Line> {
    let (folder, shown) = (case.standing(), case.out.display().to_string());
    let trial = folder.join(format!(".shouqi-doctor-{}", std::process::id()));
    let written = fs::write(&trial, b"shouqi doctor").and_then(|()| fs::remove_file(&trial));
    if let Err(error) = written {
        return vec![bad(msg!("doctor.output_closed", shown, error.to_string()), msg!("doctor.output_remedy"))];
    }
    if results::workbook_is_open(case.out) {
        return vec![watch(msg!("doctor.workbook_open", shown), msg!("doctor.workbook_open_remedy"))];
    }
    vec![good(msg!("doctor.output", shown))]
}

/// The last run that left results.
pub fn last(case: &Case<'_>) -> Vec<Line> {
    let Ok(written) = fs::metadata(case.out.join("run.json")).and_then(|meta| meta.modified()) else {
        return vec![watch(msg!("doctor.never"), msg!("doctor.never_remedy"))];
    };
    let age = case.now.duration_since(written).unwrap_or_default();
    let when = chrono::DateTime::<chrono::Local>::from(written).format("%Y-%m-%d %H:%M").to_string();
    if let Err(results::NoResults(why)) = results::read(case.out) {
        return vec![bad(why, msg!("doctor.results_remedy"))];
    }
    if age <= MISSED {
        return vec![good(msg!("doctor.last", when))];
    }
    // Where nobody has asked for every night, an old success is no failure.
    let is_nightly = schedule::installed(case.folder)
        .is_ok_and(|kinds| kinds.iter().any(|(_, there)| there.as_ref().is_ok_and(|there| *there)));
    let hours = age.as_secs() / 3600;
    let line = watch(msg!("doctor.missed", when, hours), msg!("doctor.missed_remedy"));
    vec![Line { mark: if is_nightly { Mark::Bad } else { line.mark }, ..line }]
}
