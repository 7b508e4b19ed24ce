//! `shouqi rules preview`: whose verdict other rules would change, before they count. Nothing is written.

use crate::campaign::CampaignFiles;
use crate::cli::args;
use crate::cli::changes;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::progress::Progress;
use crate::cli::subcommand::Subcommand;
use crate::model::campaign::Campaign;
use crate::model::message::Lang;
use crate::model::reading::Reading;
use crate::msg;
use crate::pipeline::check;
use crate::pipeline::error::PipelineError;
use crate::pipeline::examined;
use crate::pipeline::order::{AsOf, Order};
use crate::pipeline::preview::{judge, near_misses, preview};
use crate::pipeline::request::Work;
use crate::pipeline::results;
use crate::pipeline::run;
use clap::{ArgMatches, Command};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "preview", command, run };

fn command(lang: Lang) -> Command {
    let command = args::command("cli.about_rules_preview", "cli.usage_rules_preview", lang);
    let command = command.args([args::new_rules(lang), args::campaign_folder(lang), args::out(lang)]);
    command.args([args::inbox(lang), args::as_of(lang), args::jobs(lang), args::timeout(lang), args::no_mask(lang)])
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let given = args::path_of(matches, "campaign");
    let (is_given, folder) = (given.is_some(), folders::campaign(given)?);
    let out = folders::out(args::path_of(matches, "out"), is_given, &folder);
    let order = Order { folder, inboxes: args::paths_of(matches, "inbox"), ..Order::default() };
    let new_rules = args::path_of(matches, "rules").filter(|path| path.exists());
    let Some(new_rules) = new_rules else {
        let said = args::path_of(matches, "rules").unwrap_or_default().display().to_string();
        return Err(Stop::misuse(msg!("cli.no_such_file", said)));
    };
    let old = run::load(&order.folder, &order.registers)?;
    let new = run::load(&order.folder, &CampaignFiles { rules: Some(new_rules), ..CampaignFiles::default() })?;
    let (examples, misses) = check::check(&new).map_err(PipelineError::from)?;
    if !misses.is_empty() {
        console.warn(&msg!("cli.preview_examples", misses.len(), examples));
    }

    // Last night's moment, so that nothing but the rules makes a difference.
    let last = results::read(&out).ok().map(|last| AsOf::Exact(last.as_of));
    let when = matches.get_one("as-of").copied().or(last).unwrap_or_default();
    let as_of = console.with_clock(|clock| run::as_of(when, &old, clock.now));
    let inboxes = run::inboxes(&order, &old)?;
    let progress = Progress::new(console);
    let readings = |campaign: &Campaign, work: Work| -> Result<Vec<Reading>, Stop> {
        let crew = args::crew(matches)?;
        let recipe = run::recipe(campaign, &crew, !matches.get_flag("no-mask"))?;
        let found = console.with_clock(|clock| run::walk(&inboxes, false, clock))?;
        let step = |step| progress.step(step);
        Ok(examined::all(found, work, crew.jobs, &recipe, None, &step)?)
    };
    let before = judge(readings(&old, Work::Examine)?, &old, as_of);
    // A closer look, since what no longer counts will be asked about.
    let closely = readings(&new, Work::Measure)?;
    let near = near_misses(&closely);
    let after = judge(closely, &new, as_of);
    drop(progress);
    console.print(&changes::layout(&preview(&before, &after), &after, &near, console.lang))?;
    let unread = after.files.iter().any(|f| f.problems.iter().any(|p| p.is_unreadable()));
    Ok(if unread { 3 } else { 0 })
}
