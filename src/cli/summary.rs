//! The ten lines at the end of a night.

use crate::cli::console::{Console, Stop};
use crate::cli::log;
use crate::model::message::Message;
use crate::msg;
use crate::pipeline::order::Night;

/// Prints the manifest for a script, or the ten lines for a person, and what should be known besides. Gives the exit status.
///
/// # Errors
/// Where it cannot be printed.
pub fn print(night: &Night, json: bool, console: &Console) -> Result<u8, Stop> {
    log::tell(night, console);
    if json {
        let failed = |e: serde_json::Error| Stop { status: 1, messages: vec![msg!("cli.cannot_print", e.to_string())] };
        console.print(&night.manifest.json().map_err(failed)?)?;
    } else {
        let lines: String = lines(night, console).iter().map(|line| line.text(console.lang) + "\n").collect();
        console.print(&lines)?;
    }
    warnings(night).iter().for_each(|warning| console.warn(warning));
    Ok(night.manifest.exit_status)
}

/// What a person should know besides, who may have asked through a script.
fn warnings(night: &Night) -> Vec<Message> {
    let mut warnings = Vec::new();
    if night.manifest.counts.files.received == 0 {
        warnings.push(msg!("cli.sum_empty_inbox"));
    }
    let r = &night.manifest.counts.review;
    if r.entries + r.reopened > 0 {
        warnings.push(msg!("cli.sum_review", r.entries, r.taken, r.refused, r.conflicts, r.reopened));
    }
    warnings.extend(night.notes.iter().cloned());
    warnings.extend(night.written.kept.iter().map(|kept| msg!("cli.sum_kept", kept.display().to_string())));
    warnings
}

fn lines(night: &Night, console: &Console) -> [Message; 10] {
    let (manifest, written) = (&night.manifest, &night.written);
    let counts = &manifest.counts;
    let balance = &counts.files;
    let as_of = manifest.as_of.format("%Y-%m-%d %H:%M").to_string();
    [
        msg!("cli.sum_title", &manifest.title, as_of),
        msg!("cli.sum_schools", counts.schools, counts.must_report),
        msg!("cli.sum_reported", counts.reported, counts.on_time, counts.late),
        msg!("cli.sum_missing", counts.missing),
        msg!(
            "cli.sum_balance",
            balance.received,
            balance.used,
            balance.superseded,
            balance.duplicate,
            balance.quarantined,
            balance.ignored
        ),
        if counts.unreadable == 0 {
            msg!("cli.sum_all_readable")
        } else {
            msg!("cli.sum_unreadable", counts.unreadable)
        },
        msg!("cli.sum_gaps", counts.gaps, counts.hints),
        if written.beside { msg!("cli.sum_beside") } else { msg!("cli.sum_start") },
        msg!("cli.sum_workbook", written.workbook.display().to_string()),
        match (format!("{:.1}", console.elapsed().as_secs_f64()), night.known) {
            (seconds, known) if night.stands => msg!("cli.sum_time_stands", seconds, known),
            (seconds, 0) => msg!("cli.sum_time", seconds),
            (seconds, known) => msg!("cli.sum_time_known", seconds, known),
        },
    ]
}
