//! `shouqi why`: why a school has the verdicts of last night.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::subcommand::Subcommand;
use crate::cli::verdict::{Case, layout};
use crate::model::campaign::Campaign;
use crate::model::message::{Lang, Message};
use crate::model::school::School;
use crate::msg;
use crate::pipeline::order::Order;
use crate::pipeline::results::{self, NoResults};
use crate::pipeline::run;
use crate::pipeline::supervisor::Supervisor;
use crate::pipeline::why::{Asked, again, asked, items, schools};
use clap::{ArgMatches, Command};
use std::io;

/// The most schools that are listed where several may be meant.
const LISTED: usize = 20;

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "why", command, run };

fn command(lang: Lang) -> Command {
    let command = args::command("cli.about_why", "cli.usage_why", lang).args([args::school(lang), args::item(lang)]);
    let command = command.args([args::campaign(lang), args::out(lang), args::inbox(lang)]);
    command.arg(args::timeout(lang)).arg(args::no_mask(lang))
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let given = args::path_of(matches, "campaign");
    let (is_given, folder) = (given.is_some(), folders::campaign(given)?);
    let out = folders::out(args::path_of(matches, "out"), is_given, &folder);
    let order = Order { folder, inboxes: args::paths_of(matches, "inbox"), ..Order::default() };
    let campaign = run::load(&order.folder, &order.registers)?;
    let results = results::read(&out).map_err(|NoResults(why)| Stop::misuse(why))?;

    let everything = asked(&campaign);
    let school = one_school(&args::text_of(matches, "school"), &campaign)?;
    let items = match args::text_of(matches, "item").as_str() {
        "" => everything.iter().collect(),
        said => vec![one_item(said, &everything)?],
    };
    let Some(line) = results.schools.iter().find(|s| s.school.code == school.code) else {
        return Err(Stop::misuse(msg!("cli.why_not_judged", &school.name)));
    };

    let recipe = run::recipe(&campaign, &args::crew(matches)?, !matches.get_flag("no-mask"))?;
    let inboxes = run::inboxes(&order, &campaign)?;
    let failed = |e: io::Error| Stop { status: 1, messages: vec![msg!("pipeline.workers", e.to_string())] };
    let files = again(&results, line, &inboxes, &mut Supervisor::new(&recipe)).map_err(failed)?;
    let case = Case { campaign: &campaign, results: &results, school, line, items, files: &files };
    console.print(&layout(&case, console.lang))?;
    let unread = files.iter().any(|f| f.reading.as_ref().is_some_and(|r| r.is_unreadable()));
    Ok(if unread { 3 } else { 0 })
}

fn one_school<'c>(said: &str, campaign: &'c Campaign) -> Result<&'c School, Stop> {
    let found = schools(said, campaign);
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Stop::misuse(msg!("cli.why_no_school", said))),
        several => {
            let listed = several.iter().take(LISTED).map(|s| msg!("cli.why_candidate", &s.name, &s.code, &s.township));
            let more = several.len().saturating_sub(LISTED);
            let more = (more > 0).then(|| msg!("cli.why_more_schools", more));
            Err(which(msg!("cli.why_which_school", said, several.len()), listed.chain(more)))
        }
    }
}

fn one_item<'a, 'c>(said: &str, everything: &'a [Asked<'c>]) -> Result<&'a Asked<'c>, Stop> {
    let found = items(said, everything);
    let listed = |items: &[&Asked<'_>]| -> Vec<Message> {
        items.iter().map(|a| msg!("cli.why_item_candidate", a.name, a.id)).collect()
    };
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(which(msg!("cli.why_no_item", said), listed(&everything.iter().collect::<Vec<_>>()))),
        several => Err(which(msg!("cli.why_which_item", said), listed(several))),
    }
}

fn which(question: Message, candidates: impl IntoIterator<Item = Message>) -> Stop {
    Stop { status: 2, messages: std::iter::once(question).chain(candidates).collect() }
}
