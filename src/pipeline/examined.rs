//! All files of a night examined: those that are known from another night are not read again.

use crate::intake::Found;
use crate::model::packed::{from_bytes, grown, shrunk, to_bytes};
use crate::model::reading::Reading;
use crate::model::source::SourceFile;
use crate::model::spool::Spool;
use crate::pipeline::error::PipelineError;
use crate::pipeline::examine::failed;
use crate::pipeline::memory::{self, Memory, outside};
use crate::pipeline::pool::{self, Desk, Task};
use crate::pipeline::request::Work;
use crate::pipeline::supervisor::{Examined, Recipe};
use crate::store::cache::{Cache, Known, Outside};
use crate::store::error::StoreError;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// How far a night is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many files will be examined.
    Found(usize),
    /// One of them is done.
    Examined,
    /// All are; what follows takes no time to speak of.
    Judging,
}

/// The Readings of what was found, as close as `work` asks, by path; what they say waits in a spool, where there is one.
///
/// # Errors
/// [`PipelineError::Workers`].
pub fn all(
    found: Vec<Found>,
    work: Work,
    jobs: usize,
    recipe: &Recipe,
    spool: Option<&Arc<dyn Spool>>,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Vec<Reading>, PipelineError> {
    let (mut readings, files) = sorted_out(found);
    let files: Vec<Task> = files.into_iter().map(|f| task(f, work)).collect();
    progress(Step::Found(files.len()));
    let desk = Counting { progress, spool };
    readings.extend(pool::examine(&files, jobs, recipe, &desk).map_err(PipelineError::Workers)?);
    Ok(by_path(readings))
}

/// The Readings of files that need no looking for, in their order.
///
/// # Errors
/// [`PipelineError::Workers`].
pub fn tasks(
    tasks: &[Task],
    jobs: usize,
    recipe: &Recipe,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Vec<Reading>, PipelineError> {
    progress(Step::Found(tasks.len()));
    let desk = Counting { progress, spool: None };
    pool::examine(tasks, jobs, recipe, &desk).map_err(PipelineError::Workers)
}

/// The same with what is known from other nights, and kept for the next. Gives how many files were known, too.
///
/// # Errors
/// [`PipelineError::Workers`].
pub fn remembered(
    found: Vec<Found>,
    jobs: usize,
    recipe: &Recipe,
    memory: &mut Memory,
    now: SystemTime,
    spool: Option<&Arc<dyn Spool>>,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<(Vec<Reading>, usize), PipelineError> {
    let Some(mut store) = memory.store.take() else {
        return Ok((all(found, Work::Examine, jobs, recipe, spool, progress)?, 0));
    };
    let (mut readings, files) = sorted_out(found);
    let identity = Sha256::digest(recipe.identity()).to_vec();
    let mut cache = Cache::new(&mut store, identity, readers(recipe));
    let (known, tasks, before) = cache.at_once(|| recalled(&cache, files, now, spool));
    progress(Step::Found(tasks.len()));
    let reused = known.len();
    readings.extend(known);
    let desk = Remembering { cache: Mutex::new((&mut cache, None)), before, progress, spool };
    let examined = pool::examine(&tasks, jobs, recipe, &desk);
    let (cache, failed) = desk.cache.into_inner().unwrap_or_else(PoisonError::into_inner);
    let failed = failed.or_else(|| cache.settle().err());
    readings.extend(examined.map_err(PipelineError::Workers)?);
    let readings = by_path(readings);
    let failed = failed.or_else(|| {
        store.forget_all_but(readings.iter().map(|r| (r.source.path.as_str(), r.source.digest.as_str()))).err()
    });
    match failed {
        Some(error) => memory.without(&error),
        None => memory.store = Some(store),
    }
    Ok((readings, reused))
}

/// What decides what is read of a content.
fn readers(recipe: &Recipe) -> Vec<u8> {
    Sha256::digest(memory::readers(recipe.recogniser.as_deref())).to_vec()
}

/// Readings of what no worker need be asked about, and the files that one must.
fn sorted_out(found: Vec<Found>) -> (Vec<Reading>, Vec<Found>) {
    let (mut readings, mut files) = (Vec::new(), Vec::new());
    for file in found {
        match file.problem {
            Some(problem) => {
                let source =
                    SourceFile { path: file.shown.into(), len: file.len, litter: file.litter, ..SourceFile::default() };
                readings.push(failed(source, problem));
            }
            None => files.push(file),
        }
    }
    (readings, files)
}

fn task(file: Found, work: Work) -> Task {
    Task { work, path: file.path, shown: file.shown, len: file.len }
}

fn by_path(mut readings: Vec<Reading>) -> Vec<Reading> {
    readings.sort_by(|a, b| (&a.source.path, &a.source.digest).cmp(&(&b.source.path, &b.source.digest)));
    readings
}

/// So many kept Readings are opened at a time.
const AT_ONCE: usize = 128;

/// What a file looked like when the run began, and the content it is known to have.
struct Before {
    outside: Option<Outside>,
    content: Option<String>,
}

/// The Readings that are known, and tasks for all other files. Where the memory fails a file is read.
fn recalled(
    cache: &Cache<'_>,
    files: Vec<Found>,
    now: SystemTime,
    spool: Option<&Arc<dyn Spool>>,
) -> (Vec<Reading>, Vec<Task>, BTreeMap<String, Before>) {
    type Kept = (Found, Option<Outside>, Vec<u8>);
    let (mut rest, mut kept) = (Vec::new(), Vec::new());
    let opened = Mutex::new((Vec::new(), Vec::new()));
    let open = |kept: Vec<Kept>| {
        let mut readings: Vec<Reading> = Vec::with_capacity(kept.len());
        let mut damaged = Vec::new();
        for (file, outside, bytes) in kept {
            match from_bytes::<Reading>(&bytes) {
                Some(mut reading) => {
                    put_away(&mut reading, spool);
                    readings.push(reading);
                }
                None => damaged.push((file, Before { outside, content: None })),
            }
        }
        let mut opened = opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.0.append(&mut readings);
        opened.1.append(&mut damaged);
    };
    // Some are opened while the next are looked up.
    rayon::in_place_scope(|scope| {
        for file in files {
            let outside = outside(&file, now);
            match outside.as_ref().and_then(|o| cache.known(o).ok().flatten()) {
                Some(Known::Reading(reading)) => kept.push((file, outside, reading)),
                Some(Known::Content(content)) => rest.push((file, Before { outside, content: Some(content) })),
                None => rest.push((file, Before { outside, content: None })),
            }
            if kept.len() == AT_ONCE {
                let kept = std::mem::take(&mut kept);
                scope.spawn(|_| open(kept));
            }
        }
        open(kept);
    });
    let (readings, damaged) = opened.into_inner().unwrap_or_else(PoisonError::into_inner);
    rest.extend(damaged);
    let work = |before: &Before| if before.content.is_some() { Work::Reread } else { Work::Transcribe };
    let (tasks, before): (Vec<Task>, Vec<_>) = rest
        .into_iter()
        .map(|(file, before)| {
            let shown = file.shown.clone();
            (task(file, work(&before)), (shown, before))
        })
        .unzip();
    (readings, tasks, before.into_iter().collect())
}

fn put_away(reading: &mut Reading, spool: Option<&Arc<dyn Spool>>) {
    if let Some(spool) = spool {
        reading.put_away(spool);
    }
}

/// A desk that only counts.
struct Counting<'p> {
    progress: &'p (dyn Fn(Step) + Sync),
    spool: Option<&'p Arc<dyn Spool>>,
}

impl Desk for Counting<'_> {
    fn done(&self, _: &Task, examined: &mut Examined) {
        (self.progress)(Step::Examined);
        put_away(&mut examined.reading, self.spool);
    }
}

/// A desk that keeps what comes of the files, and has what was read before at hand.
struct Remembering<'d, 's> {
    cache: Mutex<(&'d mut Cache<'s>, Option<StoreError>)>,
    before: BTreeMap<String, Before>,
    progress: &'d (dyn Fn(Step) + Sync),
    spool: Option<&'d Arc<dyn Spool>>,
}

impl Desk for Remembering<'_, '_> {
    fn transcript(&self, task: &Task) -> Option<String> {
        let content = self.before.get(&task.shown)?.content.as_ref()?;
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let packed = cache.0.transcript(content).ok().flatten()?;
        drop(cache);
        String::from_utf8(grown(&packed)?).ok()
    }

    fn done(&self, task: &Task, examined: &mut Examined) {
        (self.progress)(Step::Examined);
        self.keep(task, examined);
        put_away(&mut examined.reading, self.spool);
    }
}

impl Remembering<'_, '_> {
    fn keep(&self, task: &Task, examined: &Examined) {
        let outside = self.before.get(&task.shown).and_then(|b| b.outside.as_ref());
        if examined.reading.is_passing() || outside.is_none() && examined.transcript.is_none() {
            return;
        }
        let Ok(reading) = to_bytes(&examined.reading) else { return };
        let packed = examined.transcript.as_deref().and_then(|text| shrunk(text.as_bytes()));
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        // A memory that fails once is not asked again in this run.
        if cache.1.is_none() {
            cache.1 = cache.0.keep(outside, &examined.reading.source.digest, &reading, packed.as_deref()).err();
        }
    }
}
