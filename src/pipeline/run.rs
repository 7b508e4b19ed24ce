//! The night: campaign, inbox, workers, judge, report. Nothing is written before everything is known.

use crate::campaign::{self, CampaignFiles};
use crate::extract;
use crate::intake::{self, Found};
use crate::judge;
use crate::model::campaign::Campaign;
use crate::model::findings::Findings;
use crate::model::message::Message;
use crate::model::reading::Reading;
use crate::model::shelf::Shelf;
use crate::model::spool::Spool;
use crate::model::thumbnail::Album;
use crate::pipeline::album;
use crate::pipeline::error::PipelineError;
use crate::pipeline::examine::{Settings, offset};
use crate::pipeline::examined::{self, Step};
use crate::pipeline::history;
use crate::pipeline::inboxes::{self, Inbox};
use crate::pipeline::limit;
use crate::pipeline::manifest::{Manifest, Timings};
use crate::pipeline::memory::Memory;
use crate::pipeline::order::{AsOf, Clock, Crew, Night, Order};
use crate::pipeline::readings::distinct;
use crate::pipeline::request::Work;
use crate::pipeline::reviews::Reviews;
use crate::pipeline::shelf::Remembered;
use crate::pipeline::spool::TempFile;
use crate::pipeline::standing;
use crate::pipeline::supervisor::Recipe;
use crate::pipeline::tallies::{self, Tallies};
use crate::pipeline::way::way;
use crate::report;
use crate::report::view::Layout;
use chrono::{DateTime, FixedOffset};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

/// How long files that were touched just now are watched for a change.
const PAUSE: Duration = Duration::from_millis(500);

/// The nightly batch.
///
/// # Errors
/// [`PipelineError`]; the last good results are then untouched.
pub fn run(
    order: &Order,
    crew: &Crew,
    clock: &Clock<'_>,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Night, PipelineError> {
    limit::give_memory_back();
    let mut watch = Watch { clock, last: Duration::ZERO };
    let ahead = walk_ahead(order);
    let campaign = load(&order.folder, &order.registers)?;
    let mut timings = Timings { campaign: watch.lap(), ..Timings::default() };
    let recipe = recipe(&campaign, crew, order.masked)?;
    let (mut memory, inboxes, mut found) = begin(order, &campaign, clock, ahead)?;
    timings.intake = watch.lap();
    let as_of = as_of(order.as_of, &campaign, clock.now);
    memory.made_by = (!order.no_cache).then(|| recipe.identity());
    let inputs = memory
        .made_by
        .as_ref()
        .and_then(|by| standing::inputs(order, &campaign, (&inboxes, &found), by, as_of, clock.now));
    if let Some(night) = inputs.as_ref().and_then(|inputs| standing::last(inputs, order, &mut memory)) {
        let manifest = Manifest { timings, ..night.manifest };
        manifest.reserve(&order.out)?.fill(&manifest)?;
        return Ok(Night { manifest, known: found.len(), ..night });
    }
    inboxes::notice_emptied(&mut found, &inboxes, &order.out, order.missing_allowed)?;
    // What reading the campaign took would stand beside the workers while these are at their work.
    limit::give_back_of_all_threads();
    let spool = TempFile::new().map(Arc::new);
    let waiting = spool.clone().map(|spool| spool as Arc<dyn Spool>);
    let (readings, known) = match order.no_cache {
        true => (examined::all(found, Work::Examine, crew.jobs, &recipe, waiting.as_ref(), progress)?, 0),
        false => examined::remembered(found, crew.jobs, &recipe, &mut memory, clock.now, waiting.as_ref(), progress)?,
    };
    inboxes::notice_lost(&readings, &inboxes, order.missing_allowed)?;
    timings.examine = watch.lap();
    progress(Step::Judging);
    let album = |findings: &Findings| album::gather(findings, &inboxes, crew.jobs, &recipe);
    let album = order.thumbnails.then_some(&album as &Photographer<'_>);
    let inputs = inputs.filter(|_| standing::is_settled(&readings));
    let night = finish(order, campaign, Read { readings, spool }, &mut memory, album, timings, &mut watch)?;
    if let Some(inputs) = inputs {
        standing::keep(&inputs, order, &night, &mut memory);
    }
    Ok(Night { known, ..night })
}

/// Inboxes, and what lies in them.
type Walked = (Vec<Inbox>, Result<Vec<Found>, PipelineError>);

/// Goes through the inboxes while the campaign is read, as far as its folder says by itself where they are. Nobody waits for
/// it where the campaign cannot be read.
fn walk_ahead(order: &Order) -> Option<JoinHandle<Option<Walked>>> {
    let (named, folder, missing_allowed) = (order.inboxes.clone(), order.folder.clone(), order.missing_allowed);
    let walk = move || {
        let campaign = Campaign { inboxes: campaign::inboxes(&folder), ..Campaign::default() };
        let inboxes = inboxes::of(&named, &folder, &campaign).ok()?;
        let found = inboxes::scan(&inboxes, missing_allowed);
        Some((inboxes, found))
    };
    thread::Builder::new().spawn(walk).ok()
}

/// The memory, the inboxes, and what lies in them.
fn begin(
    order: &Order,
    campaign: &Campaign,
    clock: &Clock<'_>,
    ahead: Option<JoinHandle<Option<Walked>>>,
) -> Result<(Memory, Vec<Inbox>, Vec<Found>), PipelineError> {
    let memory = Memory::open(order.state.as_deref(), &order.owner, &order.out)?;
    let inboxes = inboxes(order, campaign)?;
    let walked = ahead.and_then(|ahead| ahead.join().ok().flatten());
    let mut found = match walked.filter(|(of, _)| *of == inboxes) {
        Some((_, found)) => found?,
        None => inboxes::scan(&inboxes, order.missing_allowed)?,
    };
    settle(&mut found, clock);
    Ok((memory, inboxes, found))
}

/// What lies in the inboxes, files that are still being written set aside.
///
/// # Errors
/// [`PipelineError::Inbox`].
pub fn walk(inboxes: &[Inbox], missing_allowed: bool, clock: &Clock<'_>) -> Result<Vec<Found>, PipelineError> {
    let mut found = inboxes::scan(inboxes, missing_allowed)?;
    settle(&mut found, clock);
    Ok(found)
}

fn settle(found: &mut [Found], clock: &Clock<'_>) {
    intake::settle(found, clock.now, &mut || (clock.pause)(PAUSE));
}

/// What was read, and where what it says waits.
struct Read {
    readings: Vec<Reading>,
    spool: Option<Arc<TempFile>>,
}

/// The second half of a night, for Readings that were made elsewhere: the same results, byte for byte.
///
/// # Errors
/// [`PipelineError`]; the last good results are then untouched.
pub fn judge_readings(order: &Order, readings: Vec<Reading>, clock: &Clock<'_>) -> Result<Night, PipelineError> {
    limit::give_memory_back();
    let mut watch = Watch { clock, last: Duration::ZERO };
    let timings = Timings { examine: watch.lap(), ..Timings::default() };
    let campaign = load(&order.folder, &order.registers)?;
    let mut memory = Memory::open(order.state.as_deref(), &order.owner, &order.out)?;
    let timings = Timings { campaign: watch.lap(), ..timings };
    let read = Read { readings: distinct(readings), spool: None };
    finish(order, campaign, read, &mut memory, None, timings, &mut watch)
}

/// The campaign of a folder.
///
/// # Errors
/// [`PipelineError::Campaign`]: everything that is wrong with it.
pub fn load(folder: &Path, registers: &CampaignFiles) -> Result<Campaign, PipelineError> {
    campaign::load(folder, registers, &extract::read_register).map_err(PipelineError::Campaign)
}

/// How workers for a campaign are started. They compile its rules, each for itself: whatever can be wrong with one was
/// said when the campaign was read.
///
/// # Errors
/// [`PipelineError::Workers`].
pub fn recipe(campaign: &Campaign, crew: &Crew, masked: bool) -> Result<Recipe, PipelineError> {
    let settings = Settings { tesseract: crew.tesseract.clone(), ..Settings::new(campaign, masked) };
    Recipe::new(crew.program.clone(), crew.args.clone(), crew.timeout, &settings).map_err(PipelineError::Workers)
}

/// The moment to judge as of.
pub fn as_of(order: AsOf, campaign: &Campaign, now: SystemTime) -> DateTime<FixedOffset> {
    let zone = offset(campaign.utc_offset_hours);
    match order {
        AsOf::Exact(time) => time,
        AsOf::Local(time) => time.and_local_timezone(zone).single().unwrap_or_default(),
        AsOf::Campaign => campaign.as_of.unwrap_or_else(|| DateTime::<chrono::Utc>::from(now).with_timezone(&zone)),
    }
}

/// Where the files of an order come from.
///
/// # Errors
/// [`PipelineError::InboxTwice`].
pub fn inboxes(order: &Order, campaign: &Campaign) -> Result<Vec<Inbox>, PipelineError> {
    inboxes::of(&order.inboxes, &order.folder, campaign)
}

/// Has the photographs of a night made small.
type Photographer<'p> = dyn Fn(&Findings) -> Result<Album, Message> + 'p;

fn finish(
    order: &Order,
    campaign: Campaign,
    read: Read,
    memory: &mut Memory,
    album: Option<&Photographer<'_>>,
    mut timings: Timings,
    watch: &mut Watch<'_>,
) -> Result<Night, PipelineError> {
    let as_of = as_of(order.as_of, &campaign, watch.clock.now);
    let Read { mut readings, spool } = read;
    let waiting = spool.clone().map(|spool| spool as Arc<dyn Spool>);
    let sound = || if spool.as_ref().is_some_and(|s| s.has_lost()) { Err(PipelineError::Spool) } else { Ok(()) };
    memory.set_aside(&mut readings);
    memory.recall(&mut readings, as_of);
    let state = order.state.as_deref();
    let mut reviews = Reviews::gather(state, &order.out, &order.reviews, &campaign, as_of)?;
    reviews.name_files(&readings, &campaign, as_of);
    limit::give_back_of_all_threads();
    let mut findings = judge::judge(readings, &campaign, &reviews.rulings(), as_of);
    findings.changes = memory.changes(&findings);
    let balance = findings.balance;
    let files = u32::try_from(findings.files.len()).unwrap_or(u32::MAX);
    if !balance.holds() || files != balance.received {
        return Err(PipelineError::Unbalanced(balance.received, files));
    }
    timings.judge = watch.lap();
    sound()?;

    let docket = reviews.answer(state, &findings)?;
    let album = album.map(|album| album(&findings)).transpose();
    let unseen = album.as_ref().err().cloned();
    let album = album.ok().flatten().map(Arc::new);
    let layout = Layout { lang: order.lang, roots: roots(order, &campaign)?, docket, album, part: String::new() };
    let counts = Tallies { review: reviews.tally(&findings), ..tallies::count(&findings) };
    let exit_status = exit_status(&counts, order.fail_on_gaps);
    let manifest = Manifest::new(&campaign, as_of, counts, exit_status);
    let room = manifest.reserve(&order.out)?;
    limit::give_back_of_all_threads();
    let shelf = Remembered::of(memory, spool.as_deref());
    let shelf = shelf.as_ref().map(|shelf| shelf as &dyn Shelf);
    let ready = report::stage(&findings, &layout, order.split, &reviews.read, &order.out, shelf, waiting.as_ref())?;
    sound()?;
    let written = ready.place()?;
    timings.report = watch.lap();

    let workbook =
        written.workbook.strip_prefix(&order.out).unwrap_or(&written.workbook).to_string_lossy().into_owned();
    let manifest =
        Manifest { workbook, workbook_digest: written.digest.clone(), beside: written.beside, timings, ..manifest };
    room.fill(&manifest)?;
    // Last, so that a night is remembered only when its results stand.
    memory.remember(&findings);
    let today = as_of.with_timezone(&offset(findings.campaign.utc_offset_hours)).date_naive();
    let kept = history::prune(&order.out, &findings.campaign, today);
    let notes = std::mem::take(&mut memory.notes).into_iter().chain(reviews.notes).chain(kept).chain(unseen).collect();
    let mut troubled = findings.files;
    troubled.retain(|file| !file.problems.is_empty());
    // What they say stands in the results.
    troubled.iter_mut().for_each(|file| file.text = Vec::new().into());
    Ok(Night { troubled, written, manifest, known: 0, stands: false, notes })
}

/// 0 done; 1 gaps, where a script asked for it; 3 done, but some files could not be read.
fn exit_status(counts: &Tallies, fail_on_gaps: bool) -> u8 {
    match (fail_on_gaps && counts.gaps > 0, counts.unreadable > 0) {
        (true, _) => 1,
        (_, true) => 3,
        _ => 0,
    }
}

/// The ways from the workbook to the inboxes, each with the label that it stands for.
fn roots(order: &Order, campaign: &Campaign) -> Result<Vec<(String, String)>, PipelineError> {
    let real = |path: &Path| {
        fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
    };
    // The output folder may be made only when the results are.
    let _ = fs::create_dir_all(&order.out);
    let from = real(&order.out);
    Ok(inboxes(order, campaign)?.into_iter().map(|i| (i.label, way(&from, &real(&i.folder)))).collect())
}

struct Watch<'c> {
    clock: &'c Clock<'c>,
    last: Duration,
}

impl Watch<'_> {
    /// Milliseconds since the last lap.
    fn lap(&mut self) -> u64 {
        let now = (self.clock.elapsed)();
        let lap = now.saturating_sub(self.last);
        self.last = now;
        u64::try_from(lap.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_a_failure_only_where_a_script_asks() {
        let counts = Tallies { gaps: 2, unreadable: 1, ..Tallies::default() };
        assert_eq!((exit_status(&counts, false), exit_status(&counts, true)), (3, 1));
        assert_eq!(exit_status(&Tallies { gaps: 2, ..Tallies::default() }, false), 0);
    }
}
