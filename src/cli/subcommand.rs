//! The contract between the room's door and its sub-commands.

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
