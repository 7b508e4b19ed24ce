//! `shouqi quarantine`: the files that a person must look at.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::subcommand::{Subcommand, group, run_one};
use crate::model::message::Lang;
use crate::msg;
use crate::pipeline::quarantine::{self, Quarantined, Refused};
use crate::pipeline::results::{self, NoResults, Results};
use clap::{ArgMatches, Command};
use std::path::PathBuf;

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "quarantine", command, run };

/// What can be done with the files, in the order of the help.
const COMMANDS: &[Subcommand] = &[
    Subcommand { name: "list", command: list_command, run: list },
    Subcommand { name: "retry", command: retry_command, run: retry },
    Subcommand { name: "accept", command: accept_command, run: accept },
];

fn command(lang: Lang) -> Command {
    group(COMMANDS, "cli.about_quarantine", "cli.usage_quarantine", lang)
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    run_one(COMMANDS, matches, console)
}

fn common(command: Command, lang: Lang) -> Command {
    command.args([args::campaign(lang), args::out(lang), args::state(lang)])
}

fn list_command(lang: Lang) -> Command {
    common(args::command("cli.about_quarantine_list", "cli.usage_quarantine_list", lang), lang)
}

fn retry_command(lang: Lang) -> Command {
    let command = args::command("cli.about_quarantine_retry", "cli.usage_quarantine_retry", lang);
    common(command.arg(args::names(lang)), lang)
}

fn accept_command(lang: Lang) -> Command {
    let command = args::command("cli.about_quarantine_accept", "cli.usage_quarantine_accept", lang);
    let command = command.arg(args::names(lang).required(true)).args([args::by(lang), args::note(lang)]);
    common(command, lang)
}

/// Where the results and the memory are.
struct Place {
    results: Results,
    state: PathBuf,
}

fn place(matches: &ArgMatches) -> Result<Place, Stop> {
    let given = args::path_of(matches, "campaign");
    let (is_given, folder) = (given.is_some(), folders::campaign(given)?);
    let out = folders::out(args::path_of(matches, "out"), is_given, &folder);
    let results = results::read(&out).map_err(|NoResults(why)| Stop::misuse(why))?;
    Ok(Place { results, state: folders::state(args::path_of(matches, "state"), is_given, &folder) })
}

fn list(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let place = place(matches)?;
    let all = quarantine::list(&place.results.files, &place.state);
    if all.is_empty() {
        console.say(&msg!("cli.quarantine_none"))?;
    }
    for Quarantined { line, nights } in &all {
        let what = line.problem.as_deref().unwrap_or(&line.why);
        console.say(&match nights {
            0 | 1 => msg!("cli.quarantine_line", &line.path, what),
            n => msg!("cli.quarantine_line_nights", &line.path, what, *n),
        })?;
        if let Some(advice) = &line.advice {
            console.say(&msg!("cli.quarantine_advice", advice))?;
        }
    }
    Ok(0)
}

fn refused(Refused(message): Refused) -> Stop {
    Stop::misuse(message)
}

fn retry(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let place = place(matches)?;
    let all = quarantine::list(&place.results.files, &place.state);
    let files = quarantine::meant(&all, &args::texts_of(matches, "names")).map_err(refused)?;
    quarantine::retry(&files, &place.state).map_err(refused)?;
    console.say(&msg!("cli.quarantine_retry", files.len()))?;
    Ok(0)
}

fn accept(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let place = place(matches)?;
    let all = quarantine::list(&place.results.files, &place.state);
    let files = quarantine::meant(&all, &args::texts_of(matches, "names")).map_err(refused)?;
    let (by, note) = (args::text_of(matches, "by"), args::text_of(matches, "note"));
    quarantine::accept(&files, &place.state, &by, &note, console.local()).map_err(refused)?;
    for file in &files {
        console.say(&msg!("cli.quarantine_accepted", &file.line.path))?;
    }
    Ok(0)
}
