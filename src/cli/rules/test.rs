//! `shouqi rules test`: the rules on their examples, on labelled reports, and which of them do nothing.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::measures;
use crate::cli::misses;
use crate::cli::progress::Progress;
use crate::cli::subcommand::Subcommand;
use crate::model::campaign::Campaign;
use crate::model::message::{Lang, text};
use crate::model::reading::Reading;
use crate::msg;
use crate::pipeline::coverage::coverage;
use crate::pipeline::error::PipelineError;
use crate::pipeline::examined::{self, Step};
use crate::pipeline::labels::{self, Labelled, WrongLabels};
use crate::pipeline::order::Order;
use crate::pipeline::pool::Task;
use crate::pipeline::request::Work;
use crate::pipeline::run;
use crate::pipeline::supervisor::Recipe;
use clap::{Arg, ArgMatches, Command, value_parser};
use std::fs;
use std::path::{Path, PathBuf};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "test", command, run };

fn command(lang: Lang) -> Command {
    let labels = Arg::new("labels").long("labels").num_args(2).value_names(["GOLD.jsonl", "DIR"]);
    let labels = labels.help(text("cli.arg_labels", lang)).value_parser(value_parser!(PathBuf));
    let command = args::command("cli.about_rules_test", "cli.usage_rules_test", lang).arg(args::campaign_folder(lang));
    command.arg(labels).args([args::inbox(lang), args::jobs(lang), args::timeout(lang), args::no_mask(lang)])
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let order = Order {
        folder: folders::campaign(args::path_of(matches, "campaign"))?,
        inboxes: args::paths_of(matches, "inbox"),
        ..Order::default()
    };
    let campaign = run::load(&order.folder, &order.registers)?;
    let paths = args::paths_of(matches, "labels");
    let labelled = match paths.as_slice() {
        [gold, folder] => Some((read_labels(gold, folder, &campaign)?, folder)),
        _ => None,
    };
    let examples = misses::none(&campaign, console)?;
    if let Some(examples) = examples {
        console.say(&msg!("cli.rules_examples_good", examples))?;
    }

    let crew = args::crew(matches)?;
    let recipe = run::recipe(&campaign, &crew, !matches.get_flag("no-mask"))?;
    let progress = Progress::new(console);
    let step = |step| progress.step(step);
    let inboxes = run::inboxes(&order, &campaign)?;
    let readings = match &labelled {
        Some((labelled, folder)) => read_reports(labelled, folder, crew.jobs, &recipe, &step)?,
        None if inboxes.iter().all(|inbox| !inbox.folder.is_dir()) => Vec::new(),
        None => {
            let found = console.with_clock(|clock| run::walk(&inboxes, false, clock))?;
            examined::all(found, Work::Measure, crew.jobs, &recipe, None, &step)?
        }
    };
    drop(progress);
    if let Some((labelled, _)) = &labelled {
        console.print(&measures::scores(&labels::cells(labelled, &readings), &campaign, console.lang))?;
    }
    if readings.is_empty() {
        console.say(&msg!("cli.rules_nothing_read"))?;
    } else {
        console.print(&measures::coverage(&coverage(&campaign, &readings), labelled.is_some(), console.lang))?;
    }
    Ok(match (examples.is_some(), readings.iter().any(is_unreadable)) {
        (false, _) => 2,
        (_, true) => 3,
        _ => 0,
    })
}

fn is_unreadable(reading: &Reading) -> bool {
    reading.is_unreadable() || reading.members.iter().any(is_unreadable)
}

pub(super) fn read_labels(gold: &Path, folder: &Path, campaign: &Campaign) -> Result<Vec<Labelled>, Stop> {
    let name = gold.display().to_string();
    let text = fs::read_to_string(gold).map_err(|e| Stop::misuse(msg!("cli.cannot_open", &name, e.to_string())))?;
    let items = campaign.activities.iter().map(|a| a.id.as_str()).collect();
    labels::read(&text, &name, folder, &items).map_err(|WrongLabels(messages)| Stop { status: 2, messages })
}

pub(super) fn read_reports(
    labelled: &[Labelled],
    folder: &Path,
    jobs: usize,
    recipe: &Recipe,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Vec<Reading>, PipelineError> {
    let task = |report: &Labelled| {
        let path = labels::path(report, folder);
        // Large files are begun first; one whose length is not known will do at any time.
        let len = path.metadata().map_or(0, |m| m.len());
        Task { work: Work::Measure, path, shown: report.file.clone(), len }
    };
    let readings = examined::tasks(&labelled.iter().map(task).collect::<Vec<_>>(), jobs, recipe, progress);
    progress(Step::Judging);
    readings
}
