//! Many files examined at once, each by a worker that it may kill without harm to the others.

use crate::model::reading::Reading;
use crate::pipeline::request::Work;
use crate::pipeline::supervisor::{Examined, Recipe, Supervisor};
use rayon::ThreadPoolBuilder;
use rayon::iter::{ParallelBridge, ParallelIterator};
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A file to be examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is to be done with it.
    pub work: Work,
    /// Where it is on disk.
    pub path: PathBuf,
    /// How people see it.
    pub shown: String,
    /// Its length in bytes.
    pub len: u64,
}

/// Whoever hands out the files and takes what comes of them.
pub trait Desk: Sync {
    /// What was read of a file before, for [`Work::Reread`]. Where it is no longer known the file is read again.
    fn transcript(&self, _task: &Task) -> Option<String> {
        None
    }

    /// A file is done.
    fn done(&self, task: &Task, examined: &mut Examined);
}

/// Examines the files with `jobs` workers at a time. The Readings come in the order of the tasks, whatever the number of
/// workers.
///
/// # Errors
/// Only where no worker can be started at all.
pub fn examine(tasks: &[Task], jobs: usize, recipe: &Recipe, desk: &dyn Desk) -> io::Result<Vec<Reading>> {
    // Large files first, so that none of them is begun when all others are done.
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(tasks.get(*n).map_or(0, |t| t.len)));

    let idle: Mutex<Vec<Supervisor<'_>>> = Mutex::new(Vec::new());
    let examine = |n: usize| -> Option<io::Result<(usize, Reading)>> {
        let task = tasks.get(n)?;
        let (work, transcript) = match task.work {
            Work::Reread => desk.transcript(task).map_or((Work::Transcribe, String::new()), |t| (Work::Reread, t)),
            work => (work, String::new()),
        };
        let mut supervisor = hold(&idle).pop().unwrap_or_else(|| Supervisor::new(recipe));
        let examined = supervisor.carry_out(work, &task.path, &task.shown, transcript);
        hold(&idle).push(supervisor);
        Some(examined.map(|mut examined| {
            desk.done(task, &mut examined);
            (n, examined.reading)
        }))
    };
    let threads = ThreadPoolBuilder::new().num_threads(jobs.max(1)).build().map_err(io::Error::other)?;
    // par_bridge hands the files out one at a time and in their order, which halving the list would not.
    let readings: io::Result<Vec<(usize, Reading)>> =
        threads.install(|| order.into_iter().par_bridge().filter_map(examine).collect());
    let mut readings = readings?;
    readings.sort_by_key(|(n, _)| *n);
    Ok(readings.into_iter().map(|(_, reading)| reading).collect())
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked left a list of idle supervisors, which is whole at any time.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
