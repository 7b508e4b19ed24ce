//! `shouqi rules`: what the rules are worth, and what other rules would change.

mod learn;
mod preview;
mod test;

use crate::cli::console::{Console, Stop};
use crate::cli::subcommand::{Subcommand, group, run_one};
use crate::model::message::Lang;
use clap::{ArgMatches, Command};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "rules", command, run };

/// What can be done with rules, in the order of the help.
const COMMANDS: &[Subcommand] = &[test::COMMAND, preview::COMMAND, learn::COMMAND];

fn command(lang: Lang) -> Command {
    group(COMMANDS, "cli.about_rules", "cli.usage_rules", lang)
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    run_one(COMMANDS, matches, console)
}
