//! `shouqi judge`: Readings that were made anywhere → the results of `run`.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::metrics;
use crate::cli::subcommand::Subcommand;
use crate::cli::summary;
use crate::model::message::Lang;
use crate::msg;
use crate::pipeline::order::{Night, Order};
use crate::pipeline::readings;
use crate::pipeline::run;
use clap::{ArgMatches, Command};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "judge", command, run };

fn command(lang: Lang) -> Command {
    let command =
        args::command("cli.about_judge", "cli.usage_judge", lang).arg(args::readings(lang)).arg(args::campaign(lang));
    command.arg(args::inbox(lang)).args(args::results(lang)).arg(args::state(lang))
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let night = night(matches, console);
    metrics::record(matches, night.as_ref(), console);
    summary::print(&night?, matches.get_flag("json"), console)
}

fn night(matches: &ArgMatches, console: &Console) -> Result<Night, Stop> {
    let given = args::path_of(matches, "campaign");
    let (is_given, folder) = (given.is_some(), folders::campaign(given)?);
    let order = Order {
        registers: args::registers_of(matches),
        inboxes: args::paths_of(matches, "inbox"),
        out: folders::out(args::path_of(matches, "out"), is_given, &folder),
        state: Some(folders::state(args::path_of(matches, "state"), is_given, &folder)),
        owner: console.owner(),
        no_cache: false,
        as_of: matches.get_one("as-of").copied().unwrap_or_default(),
        missing_allowed: false,
        reviews: args::reviews(matches)?,
        split: args::split_of(matches),
        thumbnails: false,
        masked: true,
        lang: console.lang,
        fail_on_gaps: matches.contains_id("fail-on"),
        folder,
    };
    let mut all = Vec::new();
    for file in args::paths_of(matches, "files") {
        let name = file.display().to_string();
        all.extend(if file == Path::new("-") {
            readings::read(&name, io::stdin().lock())?
        } else {
            let opened = File::open(&file).map_err(|e| Stop::misuse(msg!("cli.cannot_open", &name, e.to_string())))?;
            readings::read(&name, BufReader::new(opened))?
        });
    }
    Ok(console.with_clock(|clock| run::judge_readings(&order, all, clock))?)
}
