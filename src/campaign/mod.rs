//! The campaign folder → [`Campaign`]: `campaign.toml`, `rules/*.toml`, the roster and the receipts, read and checked
//! against each other. Everything wrong is told at once, each with file, line and remedy; then nothing is run.
//!
//! The roster and the receipts are office files. How bytes become a [`Document`] is another room's affair: the caller
//! passes it in, and digests are taken of the very bytes that were read.

mod columns;
pub mod error;
mod fields;
mod indicators;
pub mod learned;
mod meant;
mod notice;
mod receipts;
mod roster;
mod rules;
#[cfg(test)]
mod tests;

use crate::model::campaign::{Campaign, Digests, NamedFolder};
use crate::model::document::Document;
use crate::model::limits;
use crate::model::message::Message;
use crate::model::passwords::Passwords;
use crate::model::place::Place;
use crate::model::rules::Rules;
use crate::msg;
use chrono::{FixedOffset, Offset, Utc};
use error::CampaignError;
use fields::TomlText;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The file that makes a folder a campaign.
pub const NOTICE: &str = "campaign.toml";
/// The passwords to be tried on files under one.
pub const PASSWORDS: &str = "passwords.txt";
/// What a register may end in, looked for in this order.
const REGISTERS: [&str; 7] = ["xlsx", "xlsm", "xls", "et", "xlsb", "ods", "csv"];

/// Files that a person names instead of those of the folder.
#[derive(Debug, Clone, Default)]
pub struct CampaignFiles {
    /// The roster, `--roster`.
    pub roster: Option<PathBuf>,
    /// The receipts, `--receipts`. Without them the folder's own are used, unless `roster` names another roster.
    pub receipts: Option<PathBuf>,
    /// Rules to try: a folder instead of `rules/`, or a rule file instead of the one of its name.
    pub rules: Option<PathBuf>,
}

/// The inboxes that a campaign's folder names, whatever else is wrong with it: for those who cannot wait for the rest.
pub fn inboxes(folder: &Path) -> Vec<NamedFolder> {
    let content = text_file(&folder.join(NOTICE), NOTICE).unwrap_or_default();
    notice::read(&TomlText::new(NOTICE, &content)).campaign.inboxes
}

/// Reads the campaign of a folder. `read` turns the bytes of an office file into its tables.
///
/// # Errors
/// Everything that is wrong with the folder, in the order campaign.toml, roster, rules, receipts. Never empty.
pub fn load(
    folder: &Path,
    files: &CampaignFiles,
    read: &dyn Fn(&[u8]) -> Document,
) -> Result<Campaign, Vec<CampaignError>> {
    let mut errors = Vec::new();
    let mut digests = Digests::default();

    let mut notice = notice::Notice::default();
    if let Some(content) = kept(text_file(&folder.join(NOTICE), NOTICE), &mut errors) {
        digests.campaign = digest([content.as_bytes()]);
        let text = TomlText::new(NOTICE, &content);
        notice = notice::read(&text);
        errors.extend(text.into_errors());
    }

    let mut roster = roster::Roster::default();
    if let Some(found) = kept(register(folder, "roster", files.roster.as_deref()), &mut errors) {
        match found {
            Some((file, bytes)) => {
                digests.roster = digest([bytes.as_slice()]);
                let wrong;
                (roster, wrong) = roster::read(&file, &read(&bytes));
                errors.extend(wrong);
            }
            None => errors.push(CampaignError::whole(
                "roster.xlsx",
                msg!("campaign.no_roster"),
                msg!("campaign.no_roster_remedy"),
            )),
        }
    }
    if !roster.columns.is_empty() {
        errors.extend(unknown_columns(&notice.columns, &roster));
    }

    let mut rules = Rules::default();
    if let Some(texts) = kept(rule_files(&folder.join("rules"), files.rules.as_deref()), &mut errors) {
        digests.rules = rules_digest(&texts);
        let wrong;
        (rules, wrong) = rules::read(&texts, &notice.activities, NOTICE);
        errors.extend(wrong);
    }
    if let Some((name, place)) = &notice.text_file {
        let text = notice_text(&folder.join(name), name, place, read);
        let paragraphs = kept(text, &mut errors).unwrap_or_default();
        // What is masked decides what is evidence: a Reading made under another notice is of no use.
        digests.rules = digest([digests.rules.as_bytes(), paragraphs.join("\n").as_bytes()]);
        rules.context.notice.extend(paragraphs);
    }

    if !notice.campaign.indicators.is_empty() {
        // What is looked for in tables is part of a Reading too.
        let asked = format!("{:?}", notice.campaign.indicators);
        digests.rules = digest([digests.rules.as_bytes(), asked.as_bytes()]);
    }

    let mut receipts = Vec::new();
    // The folder's own register belongs to the folder's own roster: beside another roster only a named one counts.
    let has_register = files.receipts.is_some() || files.roster.is_none();
    let register = has_register.then(|| kept(register(folder, "receipts", files.receipts.as_deref()), &mut errors));
    if let Some(Some(Some((file, bytes)))) = register {
        digests.receipts = Some(digest([bytes.as_slice()]));
        let offset = FixedOffset::east_opt(notice.campaign.utc_offset_hours.saturating_mul(3600)).unwrap_or(Utc.fix());
        let calendar = receipts::Calendar { year: notice.campaign.year, offset };
        let wrong;
        (receipts, wrong) = receipts::read(&file, &read(&bytes), &roster.schools, calendar);
        errors.extend(wrong);
    }

    let passwords = kept(passwords(folder), &mut errors).unwrap_or_default();

    if errors.is_empty() {
        Ok(Campaign { passwords, schools: roster.schools, receipts, rules, digests, ..notice.campaign })
    } else {
        Err(errors)
    }
}

/// The passwords that schools told, where there are any.
fn passwords(folder: &Path) -> Result<Passwords, Vec<CampaignError>> {
    let path = folder.join(PASSWORDS);
    if !path.exists() {
        return Ok(Passwords::default());
    }
    let passwords = Passwords::of_lines(&text_file(&path, PASSWORDS)?);
    if passwords.all().len() > limits::PASSWORDS {
        let (what, remedy) =
            (msg!("campaign.many_passwords", limits::PASSWORDS), msg!("campaign.many_passwords_remedy"));
        return Err(vec![CampaignError::whole(PASSWORDS, what, remedy)]);
    }
    Ok(passwords)
}

fn kept<T>(result: Result<T, Vec<CampaignError>>, errors: &mut Vec<CampaignError>) -> Option<T> {
    result.map_err(|wrong| errors.extend(wrong)).ok()
}

/// SHA-256 in hexadecimal.
fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    parts.into_iter().for_each(|part| hash.update(part));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Of name and text of every rule file, the house's own included: Readings made under another are of no use.
fn rules_digest(files: &[(String, String)]) -> String {
    let files = std::iter::once(rules::LANGUAGE).chain(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    digest(files.flat_map(|(name, text)| [name.as_bytes(), &[0], text.as_bytes(), &[0]]))
}

/// Conditions may look at columns that the roster has and at those that every roster may have.
fn unknown_columns(asked: &[(String, Place)], roster: &roster::Roster) -> Vec<CampaignError> {
    let unknown = asked.iter().filter(|(c, _)| columns::of_roster(c).is_none() && !roster.columns.contains(c));
    let has: Vec<&str> = roster.columns.iter().map(String::as_str).collect();
    let error = |(column, place): &(String, Place)| CampaignError {
        file: NOTICE.to_string(),
        place: place.clone(),
        what: msg!("campaign.column_unknown", column),
        remedy: msg!("campaign.column_unknown_remedy", has.join("、")),
    };
    unknown.map(error).collect()
}

/// A text file in UTF-8, with or without the mark that Windows puts before it.
fn text_file(path: &Path, shown: &str) -> Result<String, Vec<CampaignError>> {
    let bytes = fs::read(path).map_err(|e| not_read(shown, &e))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes().iter().take(e.utf8_error().valid_up_to()).filter(|b| **b == b'\n').count() + 1;
        let (what, remedy) = (msg!("campaign.not_utf8"), msg!("campaign.not_utf8_remedy"));
        vec![CampaignError {
            file: shown.to_string(),
            place: Place::Line(u32::try_from(line).unwrap_or(u32::MAX)),
            what,
            remedy,
        }]
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}

/// The notice, paragraph by paragraph: any document that a reader can read.
fn notice_text(
    path: &Path,
    name: &str,
    place: &Place,
    read: &dyn Fn(&[u8]) -> Document,
) -> Result<Vec<String>, Vec<CampaignError>> {
    let wrong = |why: Message| {
        let (what, remedy) = (msg!("campaign.notice_not_read", name, why), msg!("campaign.notice_not_read_remedy"));
        vec![CampaignError { file: NOTICE.to_string(), place: place.clone(), what, remedy }]
    };
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => wrong(msg!("campaign.not_found")),
        _ => wrong(msg!("campaign.not_opened", error.to_string())),
    })?;
    let document = read(&bytes);
    if let Some(problem) = document.problems.iter().find(|p| p.is_unreadable()) {
        return Err(wrong(problem.message()));
    }
    let text = document.body.plain_text();
    Ok(text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_string).collect())
}

fn not_read(shown: &str, error: &std::io::Error) -> Vec<CampaignError> {
    let what: Message = match error.kind() {
        ErrorKind::NotFound => msg!("campaign.not_found"),
        _ => msg!("campaign.not_opened", error.to_string()),
    };
    vec![CampaignError::whole(shown, what, msg!("campaign.not_found_remedy"))]
}

/// The rule files, and what was learned beside them, by the order of their names, name and text; `tried` is a folder
/// instead, or a file instead of one.
fn rule_files(folder: &Path, tried: Option<&Path>) -> Result<Vec<(String, String)>, Vec<CampaignError>> {
    let (folder, shown) = match tried.filter(|path| path.is_dir()) {
        Some(tried) => (tried, tried.display().to_string()),
        None => (folder, "rules".to_string()),
    };
    let no_rules = || vec![CampaignError::whole(&shown, msg!("campaign.no_rules"), msg!("campaign.no_rules_remedy"))];
    let mut paths = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(|_| no_rules())? {
        let entry = entry.map_err(|e| not_read("rules", &e))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if (name.ends_with(".toml") || name == learned::FILE) && !name.starts_with(['.', '~']) {
            let shown = format!("{shown}/{name}");
            paths.insert(name, (shown, entry.path()));
        }
    }
    if let Some(file) = tried.filter(|path| !path.is_dir()) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name == learned::FILE {
            paths.entry(name.to_string()).or_default();
        }
        let known: Vec<String> = paths.keys().cloned().collect();
        let Some(place) = paths.get_mut(&*name) else {
            let remedy = msg!("campaign.rule_file_unknown_remedy", known.join("、"));
            return Err(vec![CampaignError::whole(
                &file.display().to_string(),
                msg!("campaign.rule_file_unknown"),
                remedy,
            )]);
        };
        *place = (file.display().to_string(), file.to_path_buf());
    }
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for (shown, path) in paths.into_values() {
        texts.extend(kept(text_file(&path, &shown), &mut errors).map(|text| (shown, text)));
    }
    match (texts.is_empty(), errors.is_empty()) {
        (_, false) => Err(errors),
        (true, true) => Err(no_rules()),
        (false, true) => Ok(texts),
    }
}

/// A register's name to show and its bytes: the file that was named, else the one of that name in the folder.
fn register(folder: &Path, stem: &str, named: Option<&Path>) -> Result<Option<(String, Vec<u8>)>, Vec<CampaignError>> {
    let there: Vec<PathBuf> = match named {
        Some(path) => vec![path.to_path_buf()],
        None => REGISTERS.iter().map(|suffix| folder.join(format!("{stem}.{suffix}"))).filter(|p| p.exists()).collect(),
    };
    let shown = |path: &Path| match named {
        Some(path) => path.display().to_string(),
        None => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    match there.as_slice() {
        [] => Ok(None),
        [path] => match fs::read(path) {
            Ok(bytes) => Ok(Some((shown(path), bytes))),
            Err(error) => Err(not_read(&shown(path), &error)),
        },
        [one, other, ..] => {
            let what = msg!("campaign.register_twice", shown(other));
            Err(vec![CampaignError::whole(&shown(one), what, msg!("campaign.register_twice_remedy", stem))])
        }
    }
}
