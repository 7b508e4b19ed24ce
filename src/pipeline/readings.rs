//! Readings that were made anywhere, a line each.

use crate::model::reading::Reading;
use crate::pipeline::error::PipelineError;
use std::collections::BTreeMap;
use std::io::BufRead;

/// Reads Readings of one stream after the other; `name` is for messages. Empty lines are passed over.
///
/// # Errors
/// [`PipelineError::Readings`] for the first line that is none.
pub fn read(name: &str, input: impl BufRead) -> Result<Vec<Reading>, PipelineError> {
    let mut readings = Vec::new();
    for (line, number) in input.split(b'\n').zip(1..) {
        let wrong = |why: String| PipelineError::Readings(name.to_string(), number, why);
        let line = line.map_err(|e| wrong(e.to_string()))?;
        if !line.trim_ascii().is_empty() {
            readings.push(serde_json::from_slice(&line).map_err(|e| wrong(e.to_string()))?);
        }
    }
    Ok(readings)
}

/// By path, whatever order they were made in. A file that was examined twice counts once; two files whose names are no
/// Unicode may be shown alike, and differ in their digests.
pub fn distinct(readings: Vec<Reading>) -> Vec<Reading> {
    let key = |r: &Reading| (r.source.path.clone(), r.source.digest.clone());
    let by_key: BTreeMap<_, Reading> = readings.into_iter().map(|r| (key(&r), r)).collect();
    by_key.into_values().collect()
}
