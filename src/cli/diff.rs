//! `shouqi diff`: what is different between two nights.

use crate::campaign::CampaignFiles;
use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::subcommand::Subcommand;
use crate::model::campaign::Campaign;
use crate::model::changes::{Gap, Turn, Turned};
use crate::model::message::{Lang, text};
use crate::msg;
use crate::pipeline::diff::{self, Diff, NoDiff};
use crate::pipeline::examine::offset;
use crate::pipeline::run;
use crate::pipeline::why::asked;
use clap::{ArgMatches, Command};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "diff", command, run };

fn command(lang: Lang) -> Command {
    let command = args::command("cli.about_diff", "cli.usage_diff", lang);
    let command = command.args(args::nights(lang)).arg(args::campaign(lang)).arg(args::state(lang));
    command.arg(args::json("cli.arg_json_diff", lang))
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let given = args::path_of(matches, "campaign");
    let (is_given, folder) = (given.is_some(), folders::campaign(given)?);
    let state = folders::state(args::path_of(matches, "state"), is_given, &folder);
    let campaign = run::load(&folder, &CampaignFiles::default())?;
    let night = |id: &str| matches.get_one(id).copied();
    let zone = offset(campaign.utc_offset_hours);
    let diff = diff::diff(&state, night("earlier"), night("later"), zone)
        .map_err(|NoDiff(message)| Stop { status: 2, messages: vec![message] })?;
    if matches.get_flag("json") {
        let failed = |e: serde_json::Error| Stop { status: 1, messages: vec![msg!("cli.cannot_print", e.to_string())] };
        console.print(&(serde_json::to_string_pretty(&diff.changes).map_err(failed)? + "\n"))?;
    } else {
        console.print(&layout(&diff, &campaign, console.lang))?;
    }
    Ok(0)
}

/// The changes for a person: who has reported since, what is gone, what is new, what stands on other evidence, what turned.
fn layout(diff: &Diff, campaign: &Campaign, lang: Lang) -> String {
    let moment = |t: &chrono::DateTime<chrono::FixedOffset>| t.format("%Y-%m-%d %H:%M").to_string();
    let since = diff.changes.since.as_ref().map_or_else(String::new, moment);
    let mut out = msg!("cli.diff_title", &campaign.title, since, moment(&diff.until)).text(lang) + "\n";
    let words = Words { campaign, lang };
    let c = &diff.changes;
    let came: Vec<String> = c.turned.iter().filter(|t| t.has_come()).map(|t| words.school(&t.school)).collect();
    let turned: Vec<String> = c.turned.iter().filter(|t| !t.has_come()).map(|t| words.turn(t)).collect();
    let gaps = |gaps: &[Gap]| gaps.iter().map(|g| words.gap(g)).collect::<Vec<_>>();
    let parts = [
        ("cli.diff_came", came),
        ("cli.diff_gone", gaps(&c.gone)),
        ("cli.diff_new", gaps(&c.new)),
        ("cli.diff_altered", gaps(&c.altered)),
        ("cli.diff_turned", turned),
    ];
    for (head, lines) in parts.iter().filter(|(_, lines)| !lines.is_empty()) {
        out += &format!("\n{} {}\n", text(head, lang), lines.len());
        lines.iter().for_each(|line| out += &format!("  {line}\n"));
    }
    if parts.iter().all(|(_, lines)| lines.is_empty()) {
        out += &format!("\n{}\n", text("cli.diff_none", lang));
    }
    out
}

struct Words<'c> {
    campaign: &'c Campaign,
    lang: Lang,
}

impl Words<'_> {
    fn school(&self, code: &str) -> String {
        let school = self.campaign.schools.iter().find(|s| s.code == code);
        school.map_or_else(|| code.to_string(), |s| s.name.to_string())
    }

    fn gap(&self, gap: &Gap) -> String {
        let (kind, what) = (gap.kind.message().text(self.lang), gap.message.text(self.lang));
        format!("{} {} {kind}: {what}", gap.id, self.school(&gap.school))
    }

    fn turn(&self, turn: &Turn) -> String {
        let unknown = || text("cli.diff_unknown", self.lang).to_string();
        let (what, from, to) = match &turn.what {
            Turned::Submission(from, to) => (
                text("cli.diff_submission", self.lang).to_string(),
                from.map(|s| s.message().text(self.lang)),
                to.message().text(self.lang),
            ),
            Turned::Verdict(item, from, to) => (
                asked(self.campaign).iter().find(|a| a.id == item).map_or_else(|| item.clone(), |a| a.name.to_string()),
                from.map(|s| s.message().text(self.lang)),
                to.message().text(self.lang),
            ),
        };
        format!("{} {what}: {} → {to}", self.school(&turn.school), from.unwrap_or_else(unknown))
    }
}
