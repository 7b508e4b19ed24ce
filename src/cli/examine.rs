//! `shouqi examine`: paths on standard input, a Reading a line on standard output.
//!
//! Each file is examined by a child (`--worker`) that may die of it; so the command survives any file, and answers every
//! path with one line, in the order of the paths, before it reads the next.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::subcommand::Subcommand;
use crate::model::limits;
use crate::model::message::Lang;
use crate::msg;
use crate::pipeline::inboxes::Shown;
use crate::pipeline::limit::limit_memory;
use crate::pipeline::order::Order;
use crate::pipeline::request::{Work, line, path_of};
use crate::pipeline::run;
use crate::pipeline::supervisor::Supervisor;
use crate::pipeline::worker;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::io;

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "examine", command, run };

fn command(lang: Lang) -> Command {
    let command =
        args::command("cli.about_examine", "cli.usage_examine", lang).arg(args::campaign(lang)).arg(args::inbox(lang));
    let worker = Arg::new("worker").long("worker").action(ArgAction::SetTrue).hide(true);
    let probe = Arg::new("probe").long("probe").action(ArgAction::SetTrue).hide(true);
    command.args([args::timeout(lang), args::ocr(lang), args::no_mask(lang), worker, probe])
}

/// What `--probe` says where the limit of memory holds.
pub const LIMIT_HOLDS: &str = "limit holds";

/// Whether this process is a worker: its parent takes care of interrupts.
pub fn is_worker(name: &str, matches: &ArgMatches) -> bool {
    name == COMMAND.name && matches.get_flag("worker")
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    if matches.get_flag("worker") {
        return serve();
    }
    if matches.get_flag("probe") {
        return probe(console);
    }
    let order = Order {
        folder: folders::campaign(args::path_of(matches, "campaign"))?,
        inboxes: args::paths_of(matches, "inbox"),
        ..Order::default()
    };
    let campaign = run::load(&order.folder, &order.registers)?;
    let recipe = run::recipe(&campaign, &args::crew(matches)?, !matches.get_flag("no-mask"))?;
    let shown = Shown::new(&run::inboxes(&order, &campaign)?);
    let mut supervisor = Supervisor::new(&recipe);
    let failed = |e: io::Error| Stop { status: 1, messages: vec![msg!("pipeline.workers", e.to_string())] };
    let mut input = io::stdin().lock();
    while let Some(path) = line(&mut input).map_err(failed)? {
        if path.is_empty() {
            continue;
        }
        let path = path_of(&path).map_err(|e| Stop::misuse(msg!("cli.wrong_path", e.to_string())))?;
        let reading = supervisor.examine(Work::Examine, &path, &shown.of(&path)).map_err(failed)?;
        let mut answer = serde_json::to_vec(&reading).map_err(|e| failed(e.into()))?;
        answer.push(b'\n');
        console.print_bytes(&answer)?;
    }
    Ok(0)
}

/// Whether a worker's limit of memory holds on this machine: what is more is refused and kills nobody.
fn probe(console: &Console) -> Result<u8, Stop> {
    limit_memory(limits::WORKER_BYTES);
    // What was taken before the limit was set and is given back by now, in another thread too, is room beside it.
    const BEFORE: usize = 64 << 20;
    let more = usize::try_from(limits::WORKER_BYTES).unwrap_or(usize::MAX >> 1).saturating_add(BEFORE);
    let refused = Vec::<u8>::new().try_reserve_exact(more).is_err();
    console.print(if refused { LIMIT_HOLDS } else { "no limit" })?;
    Ok(0)
}

fn serve() -> Result<u8, Stop> {
    limit_memory(limits::WORKER_BYTES);
    let failed = |e: io::Error| Stop { status: 1, messages: vec![msg!("cli.worker_failed", e.to_string())] };
    worker::serve(io::stdin().lock(), io::stdout()).map(|()| 0).map_err(failed)
}
