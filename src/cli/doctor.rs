//! `shouqi doctor`: would the night run here, and what must be done so that it does?

mod campaign;
mod check;
mod inboxes;
mod machine;
mod output;
mod programs;
mod timer;
mod worker;

use crate::campaign::CampaignFiles;
use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::subcommand::Subcommand;
use crate::model::message::Lang;
use crate::msg;
use crate::pipeline::order::Order;
use crate::pipeline::run;
use check::{Case, Line, Mark};
use clap::{ArgMatches, Command};
use console::style;

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "doctor", command, run };

/// All checks, in the order of the report.
const CHECKS: &[fn(&Case<'_>) -> Vec<Line>] = &[
    campaign::check,
    inboxes::check,
    output::check,
    output::last,
    machine::clock,
    machine::space,
    worker::check,
    programs::ocr,
    programs::fonts,
    timer::check,
];

fn command(lang: Lang) -> Command {
    let command = args::command("doctor.about", "doctor.usage", lang).arg(args::campaign_folder(lang));
    command.args([args::inbox(lang), args::out(lang)])
}

/// 0 where nothing is wrong that keeps a night from running, else 1.
fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let given = args::path_of(matches, "campaign");
    let (is_given, folder) = (given.is_some(), folders::campaign(given)?);
    let out = folders::out(args::path_of(matches, "out"), is_given, &folder);
    let order = Order { folder, inboxes: args::paths_of(matches, "inbox"), ..Order::default() };
    let loaded = run::load(&order.folder, &CampaignFiles::default());
    let inboxes = loaded.as_ref().ok().map(|campaign| run::inboxes(&order, campaign));
    let now = console.now();
    let case = Case { folder: &order.folder, out: &out, campaign: loaded.as_ref(), inboxes, now };

    let lines: Vec<Line> = CHECKS.iter().flat_map(|check| check(&case)).collect();
    let mut text = String::new();
    for line in &lines {
        let (mark, what) = (line.mark, line.what.text(console.lang));
        let mark = match mark {
            Mark::Good => style("✔").green(),
            Mark::Watch => style("△").yellow(),
            Mark::Bad => style("✘").red(),
        };
        text += &format!("{mark} {what}\n");
        if let Some(remedy) = &line.remedy {
            text += &format!("    → {}\n", remedy.text(console.lang));
        }
    }
    console.print(&text)?;
    let count = |mark| lines.iter().filter(|l| l.mark == mark).count();
    let (bad, watch) = (count(Mark::Bad), count(Mark::Watch));
    console.say(&match (bad, watch) {
        (0, 0) => msg!("doctor.sum_good"),
        (0, watch) => msg!("doctor.sum_watch", watch),
        (bad, watch) => msg!("doctor.sum_bad", bad, watch),
    })?;
    Ok(u8::from(bad > 0))
}
