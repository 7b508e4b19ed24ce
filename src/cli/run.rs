//! `shouqi run`: the nightly batch.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::metrics;
use crate::cli::progress::Progress;
use crate::cli::subcommand::Subcommand;
use crate::cli::summary;
use crate::model::message::Lang;
use crate::pipeline::order::{Night, Order};
use crate::pipeline::run;
use clap::{ArgMatches, Command};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "run", command, run };

fn command(lang: Lang) -> Command {
    let command =
        args::command("cli.about_run", "cli.usage_run", lang).arg(args::campaign_folder(lang)).arg(args::inbox(lang));
    command
        .args(args::results(lang))
        .args([args::allow_missing_inbox(lang), args::jobs(lang), args::no_cache(lang), args::state(lang)])
        .args([args::timeout(lang), args::ocr(lang), args::thumbnails(lang)])
        .arg(args::no_mask(lang))
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let night = night(matches, console);
    metrics::record(matches, night.as_ref(), console);
    summary::print(&night?, matches.get_flag("json"), console)
}

fn night(matches: &ArgMatches, console: &Console) -> Result<Night, Stop> {
    let order = order(matches, console)?;
    let crew = args::crew(matches)?;
    let progress = Progress::new(console);
    Ok(console.with_clock(|clock| run::run(&order, &crew, clock, &|step| progress.step(step)))?)
}

fn order(matches: &ArgMatches, console: &Console) -> Result<Order, Stop> {
    let given = args::path_of(matches, "campaign");
    let (is_given, folder) = (given.is_some(), folders::campaign(given)?);
    Ok(Order {
        registers: args::registers_of(matches),
        missing_allowed: matches.get_flag("allow-missing-inbox"),
        inboxes: args::paths_of(matches, "inbox"),
        out: folders::out(args::path_of(matches, "out"), is_given, &folder),
        state: Some(folders::state(args::path_of(matches, "state"), is_given, &folder)),
        owner: console.owner(),
        no_cache: matches.get_flag("no-cache"),
        as_of: matches.get_one("as-of").copied().unwrap_or_default(),
        reviews: args::reviews(matches)?,
        split: args::split_of(matches),
        thumbnails: matches.get_flag("thumbnails"),
        masked: !matches.get_flag("no-mask"),
        lang: console.lang,
        fail_on_gaps: matches.contains_id("fail-on"),
        folder,
    })
}
