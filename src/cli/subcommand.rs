//! The contract between the room's door and its sub-commands.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::model::message::Lang;
use clap::{ArgMatches, Command};

/// A sub-command.
pub struct Subcommand {
    /// Its name.
    pub name: &'static str,
    /// What it takes; what all sub-commands take is added to it.
    pub command: fn(Lang) -> Command,
    /// Does it. Gives the exit status.
    pub run: fn(&ArgMatches, &Console) -> Result<u8, Stop>,
}

/// A command that does nothing but through one of those below it.
pub fn group(below: &[Subcommand], about: &'static str, usage: &'static str, lang: Lang) -> Command {
    let below = below.iter().map(|c| args::common((c.command)(lang).name(c.name), lang));
    args::command(about, usage, lang).subcommands(below).subcommand_required(true).arg_required_else_help(true)
}

/// Does what was asked of a group.
///
/// # Errors
/// Those of the one that was asked.
pub fn run_one(below: &[Subcommand], matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let asked = matches.subcommand();
    let command = asked.and_then(|(name, matches)| Some((below.iter().find(|c| c.name == name)?, matches)));
    command.map_or(Ok(2), |(command, matches)| (command.run)(matches, console))
}
