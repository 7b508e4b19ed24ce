//! `shouqi check`: does the campaign folder hold together, and do its rules find what their examples say?

use crate::campaign::CampaignFiles;
use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::misses;
use crate::cli::subcommand::Subcommand;
use crate::model::message::Lang;
use crate::msg;
use crate::pipeline::run;
use clap::{ArgMatches, Command};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "check", command, run };

fn command(lang: Lang) -> Command {
    args::command("cli.about_check", "cli.usage_check", lang).arg(args::campaign_folder(lang))
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let folder = folders::campaign(args::path_of(matches, "campaign"))?;
    let campaign = run::load(&folder, &CampaignFiles::default())?;
    let Some(examples) = misses::none(&campaign, console)? else { return Ok(2) };
    let rules: usize = campaign.rules.items.iter().map(|i| i.rules.len()).sum();
    console.say(&msg!(
        "cli.check_good",
        &campaign.title,
        campaign.schools.len(),
        campaign.activities.len(),
        campaign.materials.len(),
        rules,
        examples
    ))?;
    Ok(0)
}
