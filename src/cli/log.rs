//! The log of a night for programs (`--log json`): what the night found and how long its stages took. Every line goes
//! through [`Console::log`]; without `--log json` nothing is said here.

use crate::cli::console::{Console, Level};
use crate::model::problem::Problem;
use crate::pipeline::order::Night;
use serde_json::{Value, json};

/// A line for each problem of each file, for each stage, and one for the whole.
pub fn tell(night: &Night, console: &Console) {
    if !console.is_log() {
        return;
    }
    for file in &night.troubled {
        for problem in &file.problems {
            let level = if problem.is_unreadable() { Level::Warn } else { Level::Info };
            let fields = json!({
                "path": file.path,
                "problem": word(problem),
                "message": problem.message().text(console.lang),
                "status": file.status,
                "schools": file.schools,
            });
            console.log(level, "problem", fields);
        }
    }
    if let Ok(Value::Object(timings)) = serde_json::to_value(night.manifest.timings) {
        for (stage, ms) in timings {
            console.log(Level::Info, "stage", json!({ "stage": stage, "ms": ms }));
        }
    }
    let fields = json!({
        "campaign": night.manifest.campaign,
        "as_of": night.manifest.as_of,
        "exit_status": night.manifest.exit_status,
        "workbook": night.written.workbook.display().to_string(),
        "counts": night.manifest.counts,
    });
    console.log(Level::Info, "done", fields);
}

/// The problem's word, as in the Readings: `encrypted`, `too_large`.
fn word(problem: &Problem) -> String {
    match serde_json::to_value(problem) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(detailed)) => detailed.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}
