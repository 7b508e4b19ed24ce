//! `shouqi letters`: reminders, the list of who is expected, a bulletin, from last night's results.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::subcommand::Subcommand;
use crate::model::message::Lang;
use crate::msg;
use crate::pipeline::letters::{self, Kind, NotWritten, Written};
use crate::pipeline::order::Order;
use crate::pipeline::results::{self, NoResults};
use crate::pipeline::run;
use clap::{ArgMatches, Command};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "letters", command, run };

fn command(lang: Lang) -> Command {
    let command = args::command("cli.about_letters", "cli.usage_letters", lang).arg(args::campaign_folder(lang));
    let command = command.args([args::kind(lang), args::out(lang), args::inbox(lang), args::templates(lang)]);
    command.args(args::registers(lang))
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let given = args::path_of(matches, "campaign");
    let (is_given, folder) = (given.is_some(), folders::campaign(given)?);
    if matches.get_flag("templates") {
        return templates(&folder, console);
    }
    let order = Order {
        registers: args::registers_of(matches),
        inboxes: args::paths_of(matches, "inbox"),
        out: folders::out(args::path_of(matches, "out"), is_given, &folder),
        folder,
        ..Order::default()
    };
    let campaign = run::load(&order.folder, &order.registers)?;
    let results = results::read(&order.out).map_err(|NoResults(why)| Stop::misuse(why))?;
    let word = args::text_of(matches, "kind");
    let kinds: Vec<Kind> =
        Kind::ALL.into_iter().filter(|k| matches!(word.as_str(), "" | "all") || k.word() == word).collect();
    let failed = |e: NotWritten| Stop { status: if e.is_input { 2 } else { 1 }, messages: e.messages };
    let written = letters::write(&order, &campaign, &results, &kinds).map_err(failed)?;
    for one in &written {
        tell(one, console)?;
    }
    if written.iter().any(|one| one.folder.is_some()) {
        let sender = &campaign.sender;
        if sender.reply_by.is_none() {
            console.say(&msg!("cli.letters_reply_by", letters::reply_by(&campaign, &results)))?;
        }
        if sender.contact.is_empty() && sender.phone.is_empty() {
            console.complain(&msg!("cli.letters_no_contact"));
        }
    }
    letters::notices(&order, &campaign, &results).iter().for_each(|notice| console.complain(notice));
    Ok(0)
}

fn tell(one: &Written, console: &Console) -> Result<(), Stop> {
    let (name, letters) = (one.kind.folder(), one.set.letters);
    match &one.folder {
        Some(folder) if one.unchanged => {
            console.say(&msg!("cli.letters_unchanged", name, letters, folder.display().to_string()))?;
        }
        Some(folder) => console.say(&msg!("cli.letters_written", name, letters, folder.display().to_string()))?,
        None => {}
    }
    if let Some(none) = &one.set.none {
        console.say(none)?;
    }
    if one.set.held > 0 && one.folder.is_some() {
        console.say(&msg!("cli.letters_held", one.set.held))?;
    }
    if let Some(kept) = &one.kept {
        console.say(&msg!("cli.letters_kept", kept.display().to_string()))?;
    }
    Ok(())
}

fn templates(folder: &std::path::Path, console: &Console) -> Result<u8, Stop> {
    let (home, put) = letters::put_templates(folder).map_err(|e| Stop { status: 1, messages: vec![e] })?;
    if put.is_empty() {
        console.say(&msg!("cli.letters_templates_all", home.display().to_string()))?;
    }
    for path in put {
        console.say(&msg!("cli.letters_template", path.display().to_string()))?;
    }
    Ok(0)
}
