//! What sub-commands take, each defined once, and how it is read.

use crate::campaign::CampaignFiles;
use crate::cli::console::Stop;
use crate::cli::moment::moment;
use crate::cli::{outside, paths};
use crate::model::limits;
use crate::model::message::{Lang, text};
use crate::msg;
use crate::pipeline::order::{Crew, Split};
use crate::pipeline::recognition::{self, Ocr, Tesseract};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// The language that the arguments ask for, wherever it stands among them: needed before they are understood.
pub fn language(arguments: &[OsString]) -> Lang {
    if early(arguments, "--lang") == Some("en") { Lang::En } else { Lang::Zh }
}

/// Whether the arguments ask for a log of JSON lines.
pub fn wants_log(arguments: &[OsString]) -> bool {
    early(arguments, "--log") == Some("json")
}

/// The value of an option, wherever it stands before the files.
fn early<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a str> {
    let before_files = || arguments.iter().take_while(|a| *a != "--").filter_map(|a| a.to_str());
    let apart = before_files().zip(before_files().skip(1)).find_map(|(a, b)| (a == option).then_some(b));
    apart.or_else(|| before_files().find_map(|a| a.strip_prefix(option)?.strip_prefix('=')))
}

/// What every command takes, and how its help looks.
pub fn common(command: Command, lang: Lang) -> Command {
    let lang_arg = Arg::new("lang").long("lang").value_name("zh|en").help(text("cli.arg_lang", lang)).global(true);
    let log = Arg::new("log").long("log").value_name("text|json").help(text("cli.arg_log", lang)).global(true);
    let help = Arg::new("help").short('h').long("help").help(text("cli.arg_help", lang)).action(ArgAction::Help);
    let all = |arg: Arg| arg.help_heading(text("cli.heading_options", lang)).display_order(900);
    command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .help_template(text("cli.help_template", lang))
        .subcommand_help_heading(text("cli.heading_commands", lang))
        .arg(all(lang_arg.value_parser(PossibleValuesParser::new(["zh", "en"])).hide_possible_values(true)))
        .arg(all(log.value_parser(PossibleValuesParser::new(["text", "json"])).hide_possible_values(true)))
        .arg(all(help))
}

/// `--version`, of the program only.
pub fn version(lang: Lang) -> Arg {
    let arg = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    arg.help(text("cli.arg_version", lang)).help_heading(text("cli.heading_options", lang)).display_order(901)
}

/// A command with its one line of purpose and its usage.
pub fn command(about: &'static str, usage: &'static str, lang: Lang) -> Command {
    Command::new("")
        .about(text(about, lang))
        .override_usage(text(usage, lang))
        .next_help_heading(text("cli.heading_options", lang))
}

fn positional(id: &'static str, name: &'static str, help: &'static str, lang: Lang) -> Arg {
    let arg = Arg::new(id).value_name(text(name, lang)).help(text(help, lang));
    arg.help_heading(text("cli.heading_arguments", lang)).value_parser(value_parser!(PathBuf))
}

fn path(id: &'static str, name: &'static str, help: &'static str, lang: Lang) -> Arg {
    Arg::new(id).long(id).value_name(name).help(text(help, lang)).value_parser(value_parser!(PathBuf))
}

fn flag(id: &'static str, help: &'static str, lang: Lang) -> Arg {
    Arg::new(id).long(id).help(text(help, lang)).action(ArgAction::SetTrue)
}

/// CAMPAIGN, where it is what the command is about.
pub fn campaign_folder(lang: Lang) -> Arg {
    positional("campaign", "cli.name_campaign", "cli.arg_campaign", lang).display_order(2)
}

/// `--campaign DIR`, where the command is about files.
pub fn campaign(lang: Lang) -> Arg {
    path("campaign", "DIR", "cli.arg_campaign", lang)
}

/// FILE…
pub fn files(lang: Lang) -> Arg {
    positional("files", "cli.name_files", "cli.arg_files", lang).num_args(1..).required(true)
}

/// READINGS.jsonl…
pub fn readings(lang: Lang) -> Arg {
    positional("files", "cli.name_readings", "cli.arg_readings", lang).num_args(1..).required(true)
}

/// SCHOOL
pub fn school(lang: Lang) -> Arg {
    positional("school", "cli.name_school", "cli.arg_school", lang)
        .value_parser(value_parser!(String))
        .required(true)
        .display_order(1)
}

/// ITEM
pub fn item(lang: Lang) -> Arg {
    positional("item", "cli.name_item", "cli.arg_item", lang).value_parser(value_parser!(String)).display_order(2)
}

/// `--out DIR`, where last night's results are looked for.
pub fn out(lang: Lang) -> Arg {
    path("out", "DIR", "cli.arg_out_of", lang)
}

/// `--roster FILE`, `--receipts FILE`
pub fn registers(lang: Lang) -> [Arg; 2] {
    [path("roster", "FILE", "cli.arg_roster", lang), path("receipts", "FILE", "cli.arg_receipts", lang)]
}

/// `--kind reminder|upcoming|bulletin|all`
pub fn kind(lang: Lang) -> Arg {
    let kind = Arg::new("kind").long("kind").value_name("KIND").help(text("cli.arg_kind", lang));
    let words = PossibleValuesParser::new(["reminder", "upcoming", "bulletin", "all"]);
    kind.value_parser(words).hide_possible_values(true)
}

/// `--templates`
pub fn templates(lang: Lang) -> Arg {
    flag("templates", "cli.arg_templates", lang)
}

/// `--json`, with a help of its own.
pub fn json(help: &'static str, lang: Lang) -> Arg {
    flag("json", help, lang)
}

/// `--no-mask`
pub fn no_mask(lang: Lang) -> Arg {
    flag("no-mask", "cli.arg_no_mask", lang)
}

/// `--inbox DIR`, as often as there are inboxes.
pub fn inbox(lang: Lang) -> Arg {
    path("inbox", "DIR", "cli.arg_inbox", lang).action(ArgAction::Append)
}

/// `--allow-missing-inbox`
pub fn allow_missing_inbox(lang: Lang) -> Arg {
    flag("allow-missing-inbox", "cli.arg_allow_missing_inbox", lang)
}

/// What `run` and `judge` take alike: registers, output, time, reviewed workbooks.
pub fn results(lang: Lang) -> [Arg; 9] {
    let fail_on = Arg::new("fail-on").long("fail-on").value_name("gaps").help(text("cli.arg_fail_on", lang));
    let [roster, receipts] = registers(lang);
    [
        roster,
        receipts,
        path("out", "DIR", "cli.arg_out", lang),
        as_of(lang),
        review(lang),
        split(lang),
        fail_on.value_parser(PossibleValuesParser::new(["gaps"])).hide_possible_values(true),
        json("cli.arg_json_manifest", lang),
        path("metrics", "FILE", "cli.arg_metrics", lang),
    ]
}

/// `--review FILE…`
pub fn review(lang: Lang) -> Arg {
    path("review", "FILE", "cli.arg_review", lang).num_args(1..).action(ArgAction::Append)
}

/// `--split township|centre`
pub fn split(lang: Lang) -> Arg {
    let arg = Arg::new("split").long("split").value_name("township|centre").help(text("cli.arg_split", lang));
    arg.value_parser(PossibleValuesParser::new(["township", "centre"])).hide_possible_values(true)
}

/// `--thumbnails`
pub fn thumbnails(lang: Lang) -> Arg {
    flag("thumbnails", "cli.arg_thumbnails", lang)
}

/// The reviewed workbooks that were named, all of which exist and none of which is a folder: a campaign folder after them would
/// pass for one of them, and another campaign be run.
///
/// # Errors
/// [`Stop`] that names what is none; nothing is read then.
pub fn reviews(matches: &ArgMatches) -> Result<Vec<PathBuf>, Stop> {
    let named = there(paths_of(matches, "review"))?;
    let folders = named.iter().filter(|path| path.is_dir());
    let messages: Vec<_> = folders.map(|path| msg!("cli.review_folder", path.display().to_string())).collect();
    if messages.is_empty() { Ok(named) } else { Err(Stop { status: 2, messages }) }
}

/// How the county is to be split.
pub fn split_of(matches: &ArgMatches) -> Option<Split> {
    match matches.get_one::<String>("split").map(String::as_str) {
        Some("township") => Some(Split::Township),
        Some(_) => Some(Split::Centre),
        None => None,
    }
}

/// `--timeout S`
pub fn timeout(lang: Lang) -> Arg {
    Arg::new("timeout")
        .long("timeout")
        .value_name("S")
        .help(text("cli.arg_timeout", lang))
        .value_parser(value_parser!(u64).range(1..=86_400))
}

/// `--ocr auto|off|require`
pub fn ocr(lang: Lang) -> Arg {
    let ocr = Arg::new("ocr").long("ocr").value_name("auto|off|require").help(text("cli.arg_ocr", lang));
    ocr.value_parser(PossibleValuesParser::new(["auto", "off", "require"])).hide_possible_values(true)
}

/// What recognises text in pictures: the program that is installed, where it may be used.
///
/// # Errors
/// Where it is required and cannot be used; nothing is read then.
pub fn tesseract(matches: &ArgMatches) -> Result<Option<Tesseract>, Stop> {
    let given = matches.try_get_one::<String>("ocr").ok().flatten().map(String::as_str);
    let ocr = match given {
        Some("off") => Ocr::Off,
        Some("require") => Ocr::Require,
        _ => Ocr::Auto,
    };
    let found = if ocr == Ocr::Off { None } else { outside::tesseract() };
    recognition::tesseract(ocr, found.as_deref()).map_err(|message| Stop { status: 2, messages: vec![message] })
}

/// `--jobs N`
pub fn jobs(lang: Lang) -> Arg {
    let jobs = Arg::new("jobs").short('j').long("jobs").value_name("N").help(text("cli.arg_jobs", lang));
    jobs.value_parser(value_parser!(u16).range(1..=1024))
}

/// `--state DIR`
pub fn state(lang: Lang) -> Arg {
    path("state", "DIR", "cli.arg_state", lang)
}

/// `--no-cache`
pub fn no_cache(lang: Lang) -> Arg {
    flag("no-cache", "cli.arg_no_cache", lang)
}

/// `--as-of TIME`
pub fn as_of(lang: Lang) -> Arg {
    Arg::new("as-of").long("as-of").value_name("TIME").help(text("cli.arg_as_of", lang)).value_parser(moment)
}

/// A B: the nights to compare.
pub fn nights(lang: Lang) -> [Arg; 2] {
    let night = |id, name, help| positional(id, name, help, lang).value_parser(moment);
    [
        night("earlier", "cli.name_earlier", "cli.arg_earlier").display_order(1),
        night("later", "cli.name_later", "cli.arg_later").display_order(2),
    ]
}

/// NEW_RULES
pub fn new_rules(lang: Lang) -> Arg {
    positional("rules", "cli.name_new_rules", "cli.arg_new_rules", lang).required(true).display_order(1)
}

/// FILE…, files of the inbox by name.
pub fn names(lang: Lang) -> Arg {
    let names = positional("names", "cli.name_files", "cli.arg_names", lang).value_parser(value_parser!(String));
    names.num_args(1..)
}

/// `--by NAME`
pub fn by(lang: Lang) -> Arg {
    words("by", "NAME", "cli.arg_by", lang).required(true)
}

/// `--note TEXT`
pub fn note(lang: Lang) -> Arg {
    words("note", "TEXT", "cli.arg_note", lang)
}

fn words(id: &'static str, name: &'static str, help: &'static str, lang: Lang) -> Arg {
    path(id, name, help, lang).value_parser(value_parser!(String))
}

/// The texts that were given.
pub fn texts_of(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches.get_many::<String>(id).into_iter().flatten().cloned().collect()
}

/// A path that was given, or not.
pub fn path_of(matches: &ArgMatches, id: &str) -> Option<PathBuf> {
    matches.get_one::<PathBuf>(id).cloned()
}

/// A text that was given; empty where it was not.
pub fn text_of(matches: &ArgMatches, id: &str) -> String {
    matches.get_one::<String>(id).cloned().unwrap_or_default()
}

/// The registers that were given instead of the campaign folder's own.
pub fn registers_of(matches: &ArgMatches) -> CampaignFiles {
    CampaignFiles { roster: path_of(matches, "roster"), receipts: path_of(matches, "receipts"), rules: None }
}

/// The paths that were given.
pub fn paths_of(matches: &ArgMatches, id: &str) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>(id).into_iter().flatten().cloned().collect()
}

/// The files that were given, all of which exist.
///
/// # Errors
/// [`Stop`] that names those that do not; nothing is read then.
pub fn existing(matches: &ArgMatches) -> Result<Vec<PathBuf>, Stop> {
    there(paths_of(matches, "files"))
}

fn there(files: Vec<PathBuf>) -> Result<Vec<PathBuf>, Stop> {
    let files: Vec<PathBuf> = files.into_iter().flat_map(paths::meant).collect();
    let missing: Vec<_> = files
        .iter()
        .filter(|f| f.symlink_metadata().is_err())
        .map(|f| msg!("cli.no_such_file", f.display().to_string()))
        .collect();
    if missing.is_empty() { Ok(files) } else { Err(Stop { status: 2, messages: missing }) }
}

/// Workers: this program, as many as there are cores unless `--jobs` says otherwise.
///
/// # Errors
/// Where the system will not say which program this is.
pub fn crew(matches: &ArgMatches) -> Result<Crew, Stop> {
    let given = |id: &str| matches.try_contains_id(id).unwrap_or(false);
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = given("jobs").then(|| matches.get_one::<u16>("jobs").copied()).flatten().map_or_else(cores, usize::from);
    let seconds = given("timeout")
        .then(|| matches.get_one::<u64>("timeout").copied())
        .flatten()
        .unwrap_or(limits::SECONDS_PER_FILE);
    Ok(Crew { tesseract: tesseract(matches)?, ..workers(jobs, Duration::from_secs(seconds))? })
}

/// So many workers that may take so long for a file.
///
/// # Errors
/// Where the system will not say which program this is.
pub fn workers(jobs: usize, timeout: Duration) -> Result<Crew, Stop> {
    let program = std::env::current_exe()
        .map_err(|e| Stop { status: 1, messages: vec![msg!("pipeline.workers", e.to_string())] })?;
    let args = vec!["examine".into(), "--worker".into()];
    Ok(Crew { program, args, jobs, timeout, tesseract: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_may_stand_anywhere_before_the_files() {
        let lang = |arguments: &[&str]| language(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(lang(&["shouqi", "--lang", "en", "run"]), Lang::En);
        assert_eq!(lang(&["shouqi", "run", "--lang=en"]), Lang::En);
        assert_eq!(lang(&["shouqi", "text", "--", "--lang=en"]), Lang::Zh);
        assert_eq!(lang(&["shouqi", "run"]), Lang::Zh);
    }
}
