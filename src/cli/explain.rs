//! `shouqi explain`: what one file says.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::explanation;
use crate::cli::folders;
use crate::cli::paths;
use crate::cli::subcommand::Subcommand;
use crate::model::message::Lang;
use crate::msg;
use crate::pipeline::explain::explain;
use crate::pipeline::inboxes::Shown;
use crate::pipeline::order::{AsOf, Order};
use crate::pipeline::request::Work;
use crate::pipeline::run;
use crate::pipeline::supervisor::Supervisor;
use clap::{ArgMatches, Command};
use std::io;

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "explain", command, run };

fn command(lang: Lang) -> Command {
    let command =
        args::command("cli.about_explain", "cli.usage_explain", lang).arg(args::files(lang)).arg(args::campaign(lang));
    command.arg(args::json("cli.arg_json_line", lang)).args([args::timeout(lang), args::ocr(lang), args::no_mask(lang)])
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let order = Order { folder: folders::campaign(args::path_of(matches, "campaign"))?, ..Order::default() };
    let files = args::existing(matches)?;
    let campaign = run::load(&order.folder, &order.registers)?;
    let as_of = console.with_clock(|clock| run::as_of(AsOf::Campaign, &campaign, clock.now));
    let recipe = run::recipe(&campaign, &args::crew(matches)?, !matches.get_flag("no-mask"))?;
    let shown = Shown::new(&run::inboxes(&order, &campaign)?);
    let mut supervisor = Supervisor::new(&recipe);
    let failed = |e: io::Error| Stop { status: 1, messages: vec![msg!("pipeline.workers", e.to_string())] };
    let mut status = 0;
    for file in &files {
        let reading = supervisor.examine(Work::Explain, file, &shown.of(file)).map_err(failed)?;
        for (reading, explained) in explain(&reading, &paths::told(file), &campaign, as_of, console.lang) {
            if matches.get_flag("json") {
                console.print(&(serde_json::to_string(&explained).map_err(|e| failed(e.into()))? + "\n"))?;
            } else {
                console.print(&explanation::layout(reading, &explained, &campaign, console.lang))?;
            }
            status = if reading.is_unreadable() { 3 } else { status };
        }
    }
    Ok(status)
}
