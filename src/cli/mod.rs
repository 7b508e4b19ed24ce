//! Talks to a person: the only room that prints, reads the arguments, the environment or the clock.
//!
//! A sub-command is a file with a `COMMAND` and a line in `COMMANDS`. What it does stands in `pipeline`; here is what it
//! takes and what it says. Exit statuses: 0 done; 1 failed; 2 bad arguments or campaign, nothing was read; 3 done, but
//! some files could not be read; 130 interrupted.

mod args;
mod changes;
mod check;
mod console;
mod diff;
mod doctor;
mod examine;
mod explain;
mod explanation;
mod folders;
mod judge;
mod letters;
mod log;
mod marks;
mod measures;
mod metrics;
mod misses;
mod misuse;
mod moment;
mod nearest;
mod outside;
mod paths;
mod progress;
mod quarantine;
mod rules;
mod run;
mod schedule;
mod subcommand;
mod summary;
mod text;
mod verdict;
mod why;

use crate::model::limits::STACK_BYTES;
use crate::model::message::{Lang, text as words};
use clap::Command;
use clap::error::ErrorKind;
use console::Console;
use std::ffi::OsString;
use std::process::ExitCode;
use std::thread;
use subcommand::Subcommand;

/// All sub-commands, in the order of the help.
const COMMANDS: &[Subcommand] = &[
    run::COMMAND,
    check::COMMAND,
    explain::COMMAND,
    why::COMMAND,
    diff::COMMAND,
    quarantine::COMMAND,
    letters::COMMAND,
    text::COMMAND,
    rules::COMMAND,
    schedule::COMMAND,
    doctor::COMMAND,
    examine::COMMAND,
    judge::COMMAND,
];

/// The exit status of a run that was interrupted: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// The exit status of a program that panicked, as Rust has it.
const PANICKED: u8 = 101;

/// Runs the program. Registers, reviewed workbooks and what `text` shows are read without a worker, for which the megabyte of
/// stack that Windows gives to `main` is little.
pub fn main() -> ExitCode {
    let thread = thread::Builder::new().name("main".to_string()).stack_size(STACK_BYTES).spawn(asked);
    ExitCode::from(thread.map_or_else(|_| asked(), |thread| thread.join().unwrap_or(PANICKED)))
}

/// Does what the arguments ask for. Gives the exit status.
fn asked() -> u8 {
    #[allow(clippy::disallowed_methods, reason = "cli reads the arguments")]
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let console = Console::new(args::language(&arguments), args::wants_log(&arguments));
    done(&arguments, &console)
}

/// The exit status.
fn done(arguments: &[OsString], console: &Console) -> u8 {
    let matches = match command(console.lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return console.print(&error.to_string()).map_or_else(|stop| stop.status, |()| 0);
        }
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            console.complain_text(&error.to_string());
            return 2;
        }
        Err(error) => {
            console.complain(&misuse::message(&error));
            console.complain(&misuse::hint(&error));
            return 2;
        }
    };
    let Some((name, matches)) = matches.subcommand() else { return 2 };
    let Some(subcommand) = COMMANDS.iter().find(|c| c.name == name) else { return 2 };
    if !examine::is_worker(name, matches) {
        end_when_interrupted();
    }
    match (subcommand.run)(matches, console) {
        Ok(status) => status,
        Err(stop) => {
            stop.messages.iter().for_each(|message| console.complain(message));
            stop.status
        }
    }
}

fn command(lang: Lang) -> Command {
    let command = Command::new("shouqi").version(env!("CARGO_PKG_VERSION")).arg_required_else_help(true);
    let command = command
        .override_usage(words("cli.usage", lang))
        .about(words("cli.about", lang))
        .after_help(words("cli.after_help", lang));
    let subcommands = COMMANDS.iter().map(|c| args::common((c.command)(lang).name(c.name), lang));
    args::common(command, lang).arg(args::version(lang)).subcommands(subcommands)
}

/// Ctrl-C ends the process at once with the contract's status, on every system. Workers see their input end and follow.
/// Results are written beside their places and moved at the very end, so that none is ever half there.
fn end_when_interrupted() {
    #[allow(
        clippy::disallowed_methods,
        reason = "an interrupt ends the process where it stands; main cannot return for it"
    )]
    let ended = ctrlc::set_handler(|| std::process::exit(INTERRUPTED));
    // Without a handler Ctrl-C still ends the process, with the system's own status.
    drop(ended);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn help_is_in_one_language_only() {
        for command in command(Lang::Zh).get_subcommands_mut() {
            let help = command.render_help().to_string();
            for english in ["Usage", "Options", "Arguments", "Print", "default", "possible"] {
                assert!(!help.contains(english), "{english} in: {help}");
            }
        }
        for command in command(Lang::En).get_subcommands_mut() {
            let help = command.render_help().to_string();
            assert!(
                !help.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"汇总表".contains(c)),
                "{help}"
            );
        }
    }
}
