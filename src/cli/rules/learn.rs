//! `shouqi rules learn`: takes from labelled reports what no rule says. Only the file that is named is written.

use crate::campaign::learned::FILE;
use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::progress::Progress;
use crate::cli::rules::test::{read_labels, read_reports};
use crate::cli::subcommand::Subcommand;
use crate::model::learned::Learned;
use crate::model::message::{Lang, text};
use crate::msg;
use crate::pipeline::learning::{learn, write};
use crate::pipeline::order::Order;
use crate::pipeline::run;
use clap::{Arg, ArgMatches, Command, value_parser};
use std::path::PathBuf;

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "learn", command, run };

fn command(lang: Lang) -> Command {
    let labels = Arg::new("labels").long("labels").num_args(2).value_names(["GOLD.jsonl", "DIR"]).required(true);
    let labels = labels.help(text("cli.arg_labels_learn", lang)).value_parser(value_parser!(PathBuf));
    let to = Arg::new("to").long("to").value_name("FILE").help(text("cli.arg_to_learned", lang));
    let to = to.value_parser(value_parser!(PathBuf));
    let command =
        args::command("cli.about_rules_learn", "cli.usage_rules_learn", lang).arg(args::campaign_folder(lang));
    command.args([labels, to, args::jobs(lang), args::timeout(lang)])
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let order = Order { folder: folders::campaign(args::path_of(matches, "campaign"))?, ..Order::default() };
    let campaign = run::load(&order.folder, &order.registers)?;
    let paths = args::paths_of(matches, "labels");
    let [gold, folder] = paths.as_slice() else { return Ok(2) };
    let labelled = read_labels(gold, folder, &campaign)?;
    let crew = args::crew(matches)?;
    let recipe = run::recipe(&campaign, &crew, true)?;
    let progress = Progress::new(console);
    let readings = read_reports(&labelled, folder, crew.jobs, &recipe, &|step| progress.step(step))?;
    drop(progress);
    let items: Vec<String> = campaign.rules.items.iter().map(|item| item.item.clone()).collect();
    let learned = learn(&labelled, &readings, &items);
    if learned.deeds == 0 {
        return Err(Stop::misuse(msg!("cli.learn_nothing", gold.display().to_string())));
    }
    let out = args::path_of(matches, "to").unwrap_or_else(|| FILE.into());
    let shown = out.display().to_string();
    write(&learned, &out).map_err(|e| Stop::misuse(msg!("cli.learn_not_written", &shown, e.to_string())))?;
    let Learned { reports, sentences, deeds, .. } = learned;
    let stretches = learned.sentence.len() + learned.heading.len();
    console.say(&msg!("cli.learned", reports, sentences, deeds, stretches, &shown))?;
    console.say(&msg!("cli.learned_next", order.folder.join("rules").display().to_string(), shown))?;
    Ok(0)
}
