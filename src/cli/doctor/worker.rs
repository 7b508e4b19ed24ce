//! Does a worker start, read a file, and keep within its memory?

use crate::campaign::NOTICE;
use crate::cli::args;
use crate::cli::doctor::check::{Case, Line, bad, good};
use crate::cli::examine::LIMIT_HOLDS;
use crate::cli::outside;
use crate::model::campaign::Campaign;
use crate::model::limits;
use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::msg;
use crate::pipeline::request::Work;
use crate::pipeline::run;
use crate::pipeline::supervisor::Supervisor;
use std::time::Duration;

/// The worker, tried on the campaign's own settings file.
pub fn check(case: &Case<'_>) -> Vec<Line> {
    let Ok(campaign) = case.campaign else { return Vec::new() };
    vec![match trial(case, campaign) {
        Ok(()) => good(msg!("doctor.worker", limits::WORKER_BYTES >> 20, limits::SECONDS_PER_FILE)),
        Err(why) => bad(msg!("doctor.worker_wrong", why), msg!("doctor.worker_remedy")),
    }]
}

fn trial(case: &Case<'_>, campaign: &Campaign) -> Result<(), Message> {
    let first = |messages: Vec<Message>| messages.into_iter().next().unwrap_or_default();
    let crew = args::workers(1, Duration::from_secs(limits::SECONDS_PER_FILE)).map_err(|stop| first(stop.messages))?;
    let recipe = run::recipe(campaign, &crew, true).map_err(|error| first(error.messages()))?;
    let file = case.folder.join(NOTICE);
    let reading = Supervisor::new(&recipe)
        .examine(Work::Examine, &file, NOTICE)
        .map_err(|error| msg!("pipeline.workers", error.to_string()))?;
    if let Some(problem) = reading.problems.iter().find(|p| matches!(p, Problem::Crashed(_) | Problem::TimedOut(_))) {
        return Err(problem.message());
    }
    let program = crew.program.display().to_string();
    match outside::run(&program, &["examine", "--probe"], b"") {
        Ok(ended) if ended.good && ended.out.starts_with(LIMIT_HOLDS.as_bytes()) => Ok(()),
        Ok(ended) => Err(msg!("doctor.limit_wrong", ended.said)),
        Err(error) => Err(msg!("doctor.limit_wrong", error.to_string())),
    }
}
