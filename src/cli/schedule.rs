//! `shouqi schedule`: the night is run by the system's own scheduler, and nobody has to remember it.
//!
//! What is written is made by pure functions, a file a scheduler (`KINDS`), and shown before anything is done.

mod cron;
pub mod job;
mod systemd;
mod windows;

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::cli::misuse;
use crate::cli::run;
use crate::cli::subcommand::{Subcommand, group, run_one};
use crate::model::message::{Lang, text};
use crate::msg;
use crate::pipeline::way::without_mark;
use chrono::NaiveTime;
use clap::builder::PossibleValuesParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use job::{Job, Kind, Machine, Plan};
use std::any::TypeId;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

/// The sub-command.
pub const COMMAND: Subcommand = Subcommand { name: "schedule", command, run };

/// What can be done, in the order of the help.
const COMMANDS: &[Subcommand] = &[
    Subcommand { name: "install", command: install_command, run: install },
    Subcommand { name: "show", command: show_command, run: show },
    Subcommand { name: "remove", command: remove_command, run: remove },
];

/// All schedulers.
const KINDS: &[Kind] = &[systemd::KIND, cron::KIND, windows::KIND];

/// The time of day unless `--at` says otherwise: nobody works, and backups mostly run later.
const AT: NaiveTime = match NaiveTime::from_hms_opt(2, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

fn command(lang: Lang) -> Command {
    group(COMMANDS, "schedule.about", "schedule.usage", lang)
}

fn run(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    run_one(COMMANDS, matches, console)
}

fn install_command(lang: Lang) -> Command {
    with_job(args::command("schedule.about_install", "schedule.usage_install", lang), lang)
}

fn show_command(lang: Lang) -> Command {
    with_job(args::command("schedule.about_show", "schedule.usage_show", lang), lang)
}

fn remove_command(lang: Lang) -> Command {
    let command = args::command("schedule.about_remove", "schedule.usage_remove", lang);
    command.arg(args::campaign_folder(lang)).arg(kind_arg(lang))
}

fn with_job(command: Command, lang: Lang) -> Command {
    let at = Arg::new("at").long("at").value_name("HH:MM").help(text("schedule.arg_at", lang)).value_parser(time);
    let options = Arg::new("options").value_name(text("schedule.name_options", lang)).num_args(0..).last(true);
    let options = options.help(text("schedule.arg_options", lang)).value_parser(value_parser!(OsString));
    let options = options.help_heading(text("cli.heading_arguments", lang)).display_order(3);
    command.arg(args::campaign_folder(lang)).args([at, kind_arg(lang), options])
}

fn kind_arg(lang: Lang) -> Arg {
    let kind = Arg::new("kind").long("kind").value_name("systemd|cron|windows").help(text("schedule.arg_kind", lang));
    kind.value_parser(PossibleValuesParser::new(KINDS.iter().map(|k| k.name))).hide_possible_values(true)
}

fn time(given: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(given.trim(), "%H:%M").map_err(|e| e.to_string())
}

fn show(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let (job, machine) = (asked_job(matches, console)?, machine());
    let plan = (kind(matches).plan)(&job, &machine);
    console.print(&layout(&plan, console.lang))?;
    console.say(&msg!("schedule.nothing_done"))?;
    Ok(0)
}

fn install(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    let (job, machine, kind) = (asked_job(matches, console)?, machine(), kind(matches));
    console.print(&layout(&(kind.plan)(&job, &machine), console.lang))?;
    (kind.install)(&job, &machine)?;
    console.say(&msg!("schedule.installed", job.at.format("%H:%M").to_string(), &job.folder))?;
    Ok(0)
}

fn remove(matches: &ArgMatches, console: &Console) -> Result<u8, Stop> {
    // A folder that was moved or deleted meanwhile is known by the path that it had.
    let folder = match args::path_of(matches, "campaign") {
        Some(given) => given,
        None => folders::campaign(None)?,
    };
    let job = job(&folder, Vec::new(), AT)?;
    let was_there = (kind(matches).remove)(&job, &machine())?;
    console.say(&if was_there { msg!("schedule.removed", &job.folder) } else { msg!("schedule.none", &job.folder) })?;
    Ok(0)
}

/// A kind of schedule by name, and whether it is installed, as far as that could be seen.
pub type Looked = (&'static str, Result<bool, Stop>);

/// The schedulers of this system that know of the folder, and those that could not be asked, with the reason.
pub fn installed(folder: &Path) -> Result<Vec<Looked>, Stop> {
    let (job, machine) = (job(folder, Vec::new(), AT)?, machine());
    let here = KINDS.iter().filter(|k| cfg!(windows) == (k.name == windows::KIND.name));
    Ok(here.map(|kind| (kind.name, (kind.is_installed)(&job, &machine))).collect())
}

fn kind(matches: &ArgMatches) -> &'static Kind {
    let usual = match (cfg!(windows), Path::new("/run/systemd/system").exists()) {
        (true, _) => &windows::KIND,
        (false, true) => &systemd::KIND,
        (false, false) => &cron::KIND,
    };
    let asked = matches.get_one::<String>("kind");
    KINDS.iter().find(|k| asked.is_some_and(|asked| k.name == asked)).unwrap_or(usual)
}

fn asked_job(matches: &ArgMatches, console: &Console) -> Result<Job, Stop> {
    let folder = folders::campaign(args::path_of(matches, "campaign"))?;
    let options: Vec<OsString> = matches.get_many::<OsString>("options").into_iter().flatten().cloned().collect();
    let at = matches.get_one::<NaiveTime>("at").copied().unwrap_or(AT);
    job(&folder, run_options(&options, console.lang)?, at)
}

fn job(folder: &Path, options: Vec<String>, at: NaiveTime) -> Result<Job, Stop> {
    let program = std::env::current_exe().map_err(|e| job::failed(msg!("pipeline.workers", e.to_string())))?;
    let program = writable(absolute(&program))?;
    let folder = writable(absolute(folder))?;
    let arguments = ["run".to_string(), folder.clone()].into_iter().chain(options).collect();
    Ok(Job { program, arguments, folder, at })
}

/// A path that can be written into a unit, a crontab or a task.
fn writable(path: PathBuf) -> Result<String, Stop> {
    let text = path.to_str().filter(|text| !text.chars().any(char::is_control));
    let odd = || Stop::misuse(msg!("schedule.odd_path", path.display().to_string()));
    text.map(str::to_string).ok_or_else(odd)
}

fn absolute(path: &Path) -> PathBuf {
    let mut real = fs::canonicalize(path).ok();
    if cfg!(windows) {
        // A share by its own name: the letter of a drive that a person connected is theirs, and at night nobody is there.
        real = real.as_deref().and_then(Path::to_str).map(|text| without_mark(text).into());
    }
    real.or_else(|| std::path::absolute(path).ok()).unwrap_or_else(|| path.to_path_buf())
}

/// The options of `shouqi run`, tried now and not at two in the morning, each path absolute.
fn run_options(options: &[OsString], lang: Lang) -> Result<Vec<String>, Stop> {
    let mut command = args::common((run::COMMAND.command)(lang).name(run::COMMAND.name), lang);
    let given = [OsStr::new(run::COMMAND.name)].into_iter().chain(options.iter().map(OsString::as_os_str));
    let matches = command
        .try_get_matches_from_mut(given)
        .map_err(|error| Stop { status: 2, messages: vec![misuse::message(&error), misuse::hint(&error)] })?;
    let mut words = Vec::new();
    for arg in command.get_arguments() {
        let id = arg.get_id().as_str();
        if matches.value_source(id) != Some(ValueSource::CommandLine) {
            continue;
        }
        let Some(long) = arg.get_long() else {
            return Err(Stop::misuse(msg!("schedule.folder_before", "--")));
        };
        if matches!(arg.get_action(), ArgAction::SetTrue) {
            words.push(format!("--{long}"));
            continue;
        }
        let is_path = arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
        for value in matches.get_raw(id).into_iter().flatten() {
            let value = if is_path { absolute(Path::new(value)) } else { PathBuf::from(value) };
            words.extend([format!("--{long}"), writable(value)?]);
        }
    }
    if lang == Lang::En && !words.iter().any(|w| w == "--lang") {
        words.extend(["--lang".to_string(), "en".to_string()]);
    }
    Ok(words)
}

fn machine() -> Machine {
    let said = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let name = |names: [&str; 2]| names.into_iter().find_map(said).unwrap_or_default().to_string_lossy().into_owned();
    let home = said("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let config = said("XDG_CONFIG_HOME").map_or_else(|| home.join(".config"), PathBuf::from);
    let user = name(["USER", "USERNAME"]);
    let domain = if cfg!(windows) { name(["USERDOMAIN", "COMPUTERNAME"]) } else { String::new() };
    Machine {
        units: config.join("systemd").join("user"),
        user: if domain.is_empty() { user } else { format!("{domain}\\{user}") },
        scratch: std::env::temp_dir(),
    }
}

fn layout(plan: &Plan, lang: Lang) -> String {
    let mut out = String::new();
    for (place, text) in &plan.texts {
        out += &format!("== {}\n{text}\n", place.text(lang));
    }
    out += &format!("== {}\n", text("schedule.then_run", lang));
    for command in &plan.commands {
        let shown = |word: &String| if word.contains(' ') { format!("\"{word}\"") } else { word.clone() };
        out += &format!("{}\n", command.iter().map(shown).collect::<Vec<_>>().join(" "));
    }
    out.push('\n');
    plan.notes.iter().for_each(|note| out += &format!("{}\n", note.text(lang)));
    out
}

#[cfg(test)]
mod tests;
