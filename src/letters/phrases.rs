//! What is missing, what was seen and what could not be opened, as the letters say it: facts, no reproach.

use crate::letters::record::{Gap, Matter, Record, WANTING};
use crate::model::campaign::Campaign;
use crate::model::findings::Status;
use crate::model::flag::FlagKind;
use crate::model::message::{Lang, Message};
use crate::msg;

/// The longest quote in a letter, in characters.
const QUOTE: usize = 60;
/// The most files that a letter names.
const FILES: usize = 5;
/// Suffixes of pictures, which a letter counts and does not name.
const PICTURES: [&str; 8] = [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp"];

/// A message in the language of the letters.
pub fn zh(message: &Message) -> String {
    message.text(Lang::Zh)
}

/// A township, as tables name it; those of no township have a name too.
pub fn township_name(township: &str) -> String {
    if township.is_empty() { zh(&msg!("letters.no_township")) } else { township.to_string() }
}

/// The name of an item, or its id.
pub fn item_name<'c>(campaign: &'c Campaign, id: &'c str) -> &'c str {
    let activity = campaign.activities.iter().find(|a| a.id == id).map(|a| a.name.as_str());
    let material = || campaign.materials.iter().find(|m| m.id == id).map(|m| m.name.as_str());
    activity.or_else(material).unwrap_or(id)
}

/// The gaps of a school that stand, a sentence each; numbered where there are several.
pub fn gaps(matter: &Matter<'_>, record: &Record<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for gap in record.standing(&WANTING) {
        match gap.kind {
            FlagKind::NoSubmission => {
                lines.extend(materials(matter, record).iter().map(|m| zh(&msg!("letters.gap_no_submission", *m))));
            }
            _ => lines.extend(gap_of_item(matter.campaign, gap).map(|m| zh(&m))),
        }
    }
    if lines.len() > 1 {
        lines = lines.iter().zip(1usize..).map(|(line, n)| zh(&msg!("letters.line_numbered", n, line))).collect();
    }
    if record.standing(&[FlagKind::NoSubmission]).is_empty() {
        return lines;
    }
    let of_it = |(id, status): &(String, Status)| {
        let activity = matter.campaign.activities.iter().find(|a| a.id == *id)?;
        (status.is_asked() && *status != Status::NotDue).then_some(activity.name.as_str())
    };
    let activities: Vec<&str> = record.items.iter().filter_map(of_it).collect();
    if !activities.is_empty() {
        lines.push(zh(&msg!("letters.gap_no_submission_tell", activities.join("、"))));
    }
    lines
}

/// The same as names of items, for a text that must be short.
pub fn gap_names<'a>(matter: &'a Matter<'_>, record: &'a Record<'_>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for gap in record.standing(&WANTING) {
        let of_gap = match &gap.item {
            Some(item) => vec![item_name(matter.campaign, item)],
            None => materials(matter, record),
        };
        names.extend(of_gap);
    }
    names.dedup();
    names
}

/// The materials that the school must hand in.
pub fn materials<'a>(matter: &'a Matter<'_>, record: &Record<'_>) -> Vec<&'a str> {
    let asked = |id: &str| record.item(id).is_some_and(Status::is_asked);
    matter.campaign.materials.iter().filter(|m| asked(&m.id)).map(|m| m.name.as_str()).collect()
}

fn gap_of_item(campaign: &Campaign, gap: &Gap) -> Option<Message> {
    let id = gap.item.as_deref()?;
    let seen = gap
        .seen
        .as_ref()
        .map_or_else(String::new, |(file, quote)| zh(&msg!("letters.seen", shortened(quote.trim()), file_named(file))));
    if let Some(activity) = campaign.activities.iter().find(|a| a.id == id) {
        let (name, asked) = (&activity.name, activity.criterion.trim_end_matches('。'));
        return Some(match gap.kind {
            FlagKind::NotDone => msg!("letters.gap_activity_not_done", name, asked, seen),
            FlagKind::PlannedOnly => msg!("letters.gap_activity_planned", name, asked, seen),
            FlagKind::Weak => msg!("letters.gap_activity_weak", name, asked, seen),
            FlagKind::DutyDenied => msg!("letters.gap_activity_denied", name, asked, seen),
            _ => msg!("letters.gap_activity_missing", name, asked),
        });
    }
    let material = campaign.materials.iter().find(|m| m.id == id)?;
    let (name, asked) = (&material.name, material.criterion.trim_end_matches('。'));
    Some(match gap.kind {
        FlagKind::Missing => msg!("letters.gap_material_missing", name, asked),
        _ => msg!("letters.gap_material_weak", name, asked),
    })
}

fn shortened(quote: &str) -> String {
    let quote = quote.replace('\n', " ").replace(['“', '”'], "'");
    match quote.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("{}……", &quote[..end]),
        None => quote.trim_end_matches(['。', '；', '，']).to_string(),
    }
}

/// A file as its school knows it: its name, and the archive that it lies in.
pub fn file_named(path: &str) -> String {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_string();
    match path.split_once("!/") {
        Some((archive, _)) => zh(&msg!("letters.file_in_archive", name(path), name(archive))),
        None => zh(&msg!("letters.file_quoted", name(path))),
    }
}

/// What has come, one sentence; empty where nothing has.
pub fn received(record: &Record<'_>) -> String {
    let is_picture = |path: &&String| PICTURES.iter().any(|suffix| path.to_lowercase().ends_with(suffix));
    let (pictures, documents): (Vec<&String>, Vec<&String>) = record.files.iter().partition(is_picture);
    let named = if documents.is_empty() { pictures } else { documents };
    if named.is_empty() {
        return String::new();
    }
    let shown: String = named.iter().take(FILES).map(|path| file_named(path)).collect();
    let shown =
        if record.files.len() > named.len().min(FILES) { zh(&msg!("letters.and_more_files", shown)) } else { shown };
    zh(&msg!("letters.received_files", record.files.len(), shown))
}

/// The files that are to be sent again, a sentence each; numbered where there are several.
pub fn unread(record: &Record<'_>) -> Vec<String> {
    let line = |(path, fault): &(&str, &str)| {
        let named = file_named(path);
        zh(&match *fault {
            "encrypted" => msg!("letters.unread_encrypted", named),
            "empty" => msg!("letters.unread_empty", named),
            _ => msg!("letters.unread_damaged", named),
        })
    };
    let lines: Vec<String> = record.to_send_again().iter().map(line).collect();
    if lines.len() < 2 {
        return lines;
    }
    lines.iter().zip(1usize..).map(|(line, n)| zh(&msg!("letters.line_numbered", n, line))).collect()
}

/// The items that cannot be checked before the files come again, one sentence.
pub fn unchecked(matter: &Matter<'_>, record: &Record<'_>) -> String {
    let unread = record.items.iter().filter(|(_, status)| *status == Status::Unreadable);
    let names: Vec<&str> = unread.map(|(id, _)| item_name(matter.campaign, id)).collect();
    if names.is_empty() { String::new() } else { zh(&msg!("letters.not_checked", names.join("、"))) }
}
