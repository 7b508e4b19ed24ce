//! Files that somebody is still writing.

use crate::intake::found::Found;
use crate::model::problem::Problem;
use std::fs;
use std::time::{Duration, SystemTime};

/// A file untouched for so long is taken as finished.
pub const QUIET: Duration = Duration::from_secs(10);

/// Looks again, after one `pause`, at what was written in the last ten seconds before `now` (or after it, on a share whose
/// clock is ahead). What has changed meanwhile, or has gone, carries [`Problem::StillChanging`]; the next run reads it.
///
/// `now` is the machine's clock at the time of the walk, whatever the run is judged as of.
pub fn settle(found: &mut [Found], now: SystemTime, pause: &mut dyn FnMut()) {
    let is_fresh = |f: &Found| {
        f.problem.is_none() && f.modified.is_some_and(|m| now.duration_since(m).is_ok_and(|age| age < QUIET) || m > now)
    };
    let mut fresh: Vec<&mut Found> = found.iter_mut().filter(|f| is_fresh(f)).collect();
    if fresh.is_empty() {
        return;
    }
    pause();
    for file in &mut fresh {
        let same = fs::symlink_metadata(&file.path)
            .is_ok_and(|meta| meta.len() == file.len && meta.modified().ok() == file.modified);
        if !same {
            file.problem = Some(Problem::StillChanging);
        }
    }
}
