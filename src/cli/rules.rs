//! `shouqi rules`: what the rules are worth, and what other rules would change.

mod preview;
mod test;

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::subcommand::Subcommand;
use crate::model::message::Lang;
use clap::{ArgMatches, Command};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "rules", command, run };

/// What can be done with rules, in the order of the help.
const COMMANDS: &[Subcommand] = &[test::COMMAND, preview::COMMAND];

fn command(lang: Lang) -> Command {
    let below = COMMANDS.iter().map(|c| args::common((c.command)(lang).name(c.name), lang));
    args::command("cli.about_rules", "cli.usage_rules", lang)
        .subcommands(below)
        .subcommand_required(true)
        .arg_required_else_help(true)
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let asked = matches.subcommand();
    let command = asked.and_then(|(name, matches)| Some((COMMANDS.iter().find(|c| c.name == name)?, matches)));
    command.map_or(Ok(2), |(command, matches)| (command.run)(matches, console))
}
