//! `shouqi text`: the plain text that was read.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::subcommand::Subcommand;
use crate::model::message::Lang;
use crate::msg;
use crate::pipeline::error::PipelineError;
use crate::pipeline::examine::Settings;
use crate::pipeline::supervisor::{Recipe, Supervisor};
use clap::{ArgMatches, Command};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "text", command, run };

fn command(lang: Lang) -> Command {
    args::command("cli.about_text", "cli.usage_text", lang).arg(args::files(lang)).arg(args::ocr(lang))
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let files = args::existing(matches)?;
    let crew = args::crew(matches)?;
    // A child reads, so that no file ends the command.
    let settings = Settings { tesseract: crew.tesseract, ..Settings::default() };
    let recipe = Recipe::new(crew.program, crew.args, crew.timeout, &settings).map_err(PipelineError::Workers)?;
    let mut supervisor = Supervisor::new(&recipe);
    let mut status = 0;
    for file in &files {
        let texts = supervisor.texts(file).map_err(PipelineError::Workers)?;
        let several = files.len() > 1 || texts.len() > 1;
        for read in &texts {
            if several {
                console.say(&msg!("cli.text_of", &read.file, &read.format))?;
            }
            console.print(&read.text)?;
            for problem in &read.problems {
                console.complain(&msg!("cli.problem_of", &read.file, problem.message(), problem.advice()));
                status = if problem.is_unreadable() { 3 } else { status };
            }
        }
    }
    Ok(status)
}
