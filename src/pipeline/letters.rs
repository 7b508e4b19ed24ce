//! Letters from last night's results into `letters/` of the output folder. What was there before is moved whole into
//! `history/`: somebody may have edited it, and what no longer holds must not lie among the new ones.

use crate::extract;
pub use crate::letters::Kind;
use crate::letters::form::FORMS;
use crate::letters::record::Matter;
use crate::letters::{Piece, Set, Templates, compose, reply_by as day_to_reply};
use crate::model::campaign::Campaign;
use crate::model::document::Document;
use crate::model::message::Message;
use crate::msg;
use crate::pipeline::inboxes;
use crate::pipeline::order::Order;
use crate::pipeline::records;
use crate::pipeline::results::Results;
use crate::pipeline::run;
use crate::report::xlsx::{Imprint, workbook_bytes};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of letters, in the output folder.
const LETTERS: &str = "letters";
/// The folder of templates, in the campaign folder.
const TEMPLATES: &str = "letters";

/// What became of a kind.
#[derive(Debug)]
pub struct Written {
    /// The kind.
    pub kind: Kind,
    /// What was composed.
    pub set: Set,
    /// Where it stands; none where nothing is written.
    pub folder: Option<PathBuf>,
    /// Whether the very same files stood there already.
    pub unchanged: bool,
    /// Where the ones before were moved.
    pub kept: Option<PathBuf>,
}

/// Why no letters are written: messages, and whether what was given is at fault.
#[derive(Debug)]
pub struct NotWritten {
    /// A sentence each.
    pub messages: Vec<Message>,
    /// Whether what was given is at fault; else the system.
    pub is_input: bool,
}

impl NotWritten {
    fn input(messages: Vec<Message>) -> Self {
        NotWritten { messages, is_input: true }
    }
}

/// Writes the letters of these kinds, all or none.
///
/// # Errors
/// [`NotWritten`]; everything is then as it was.
pub fn write(
    order: &Order,
    campaign: &Campaign,
    results: &Results,
    kinds: &[Kind],
) -> Result<Vec<Written>, NotWritten> {
    if let Some(changed) = changed(results, campaign) {
        return Err(NotWritten::input(vec![msg!("pipeline.letters_stale", changed)]));
    }
    let templates = templates(&order.folder)?;
    let matter = records::matter(results, campaign);
    let sets = kinds.iter().map(|kind| Ok((*kind, files(compose(*kind, &matter, &templates)?, &matter)?)));
    let sets: Result<Vec<(Kind, Set)>, Vec<Message>> = sets.collect();
    place(&order.out, sets.map_err(NotWritten::input)?, &matter)
}

/// Until when the letters ask for what is missing, as they write it.
pub fn reply_by(campaign: &Campaign, results: &Results) -> String {
    day_to_reply(&records::matter(results, campaign))
}

/// What a person should know beside: files that came since.
pub fn notices(order: &Order, campaign: &Campaign, results: &Results) -> Vec<Message> {
    let found = match run::inboxes(order, campaign).and_then(|inboxes| inboxes::scan(&inboxes, true)) {
        Ok(found) => found,
        Err(error) => return error.messages(),
    };
    let known = |shown: &str, len: u64| results.files.iter().any(|f| f.path == shown && f.bytes == len);
    let unknown =
        |shown: &str| !results.files.iter().any(|f| f.path.strip_prefix(shown).is_some_and(|r| r.starts_with("!/")));
    let new = found.iter().filter(|f| f.litter.is_none() && !known(&f.shown, f.len) && unknown(&f.shown)).count();
    if new == 0 { Vec::new() } else { vec![msg!("pipeline.letters_new_files", new)] }
}

/// Puts the built-in templates into the campaign folder. Gives those that were not there before.
///
/// # Errors
/// The file, and what the system says.
pub fn put_templates(folder: &Path) -> Result<(PathBuf, Vec<PathBuf>), Message> {
    let home = folder.join(TEMPLATES);
    let failed = |path: &Path, e: io::Error| msg!("pipeline.letters_failed", path.display().to_string(), e.to_string());
    fs::create_dir_all(&home).map_err(|e| failed(&home, e))?;
    let mut put = Vec::new();
    for form in FORMS {
        let path = home.join(format!("{}.txt", form.name));
        if path.exists() || home.join(format!("{}.docx", form.name)).exists() {
            continue;
        }
        // Lines end as the Notepad of every Windows shows them.
        let text = format!("\u{feff}{}", form.built_in.replace('\n', "\r\n"));
        fs::write(&path, text).map_err(|e| failed(&path, e))?;
        put.push(path);
    }
    Ok((home, put))
}

/// What has changed since the results were made.
fn changed(results: &Results, campaign: &Campaign) -> Option<String> {
    let (then, now) = (&results.digests, &campaign.digests);
    let pairs = [
        ("campaign.toml", then.campaign == now.campaign),
        ("rules/", then.rules == now.rules),
        ("roster", then.roster == now.roster),
        ("receipts", then.receipts == now.receipts),
    ];
    let changed: Vec<&str> = pairs.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect();
    (!changed.is_empty()).then(|| changed.join("、"))
}

fn templates(folder: &Path) -> Result<Templates, NotWritten> {
    let home = folder.join(TEMPLATES);
    let Ok(entries) = fs::read_dir(&home) else { return Ok(Templates::default()) };
    let failed = |e: io::Error| {
        NotWritten::input(vec![msg!(
            "campaign.error_file",
            TEMPLATES,
            msg!("campaign.not_opened", e.to_string()),
            msg!("campaign.not_found_remedy")
        )])
    };
    let mut files: Vec<(String, Document)> = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && !name.starts_with(['.', '~']) {
            files.push((format!("{TEMPLATES}/{name}"), extract::read(&fs::read(entry.path()).map_err(failed)?)));
        }
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    Templates::of(&files).map_err(|wrong| NotWritten::input(wrong.iter().map(|e| e.message()).collect()))
}

/// The set with its workbook as a file.
fn files(mut set: Set, matter: &Matter<'_>) -> Result<Set, Vec<Message>> {
    if let Some((name, sheets)) = set.workbook.take() {
        let title = matter.campaign.title.clone();
        let imprint = Imprint { title, made: matter.as_of, pages: "&P / &N".to_string() };
        let bytes = workbook_bytes(sheets, &imprint).map_err(|e| vec![e.message()])?;
        set.pieces.push(Piece { name, bytes });
    }
    Ok(set)
}

/// Writes every set into a folder beside its place, then moves all.
fn place(out: &Path, sets: Vec<(Kind, Set)>, matter: &Matter<'_>) -> Result<Vec<Written>, NotWritten> {
    let home = out.join(LETTERS);
    let mut waiting = Waiting(Vec::new());
    let mut placed = Vec::new();
    for (kind, set) in sets {
        let (place, waits) = (home.join(kind.folder()), home.join(format!(".{}.shouqi-new", kind.folder())));
        let unchanged = !set.pieces.is_empty() && stands(&place, &set);
        if !unchanged {
            if let Some(open) = open_in(&place) {
                let shown = place.display().to_string();
                return Err(NotWritten { messages: vec![msg!("pipeline.letters_open", shown, open)], is_input: false });
            }
            waiting.0.push(waits.clone());
            // Left by a run that was ended half way.
            let _ = fs::remove_dir_all(&waits);
            write_into(&waits, &set)?;
        }
        placed.push((Written { kind, set, folder: None, unchanged, kept: None }, place, waits));
    }
    let stamp = matter.as_of.format("%Y%m%d-%H%M");
    let mut written = Vec::new();
    for (mut one, place, waits) in placed {
        if !one.unchanged && place.exists() {
            let history = out.join("history");
            let kept = free(&history, &format!("{LETTERS}-{}-{stamp}", one.kind.folder()));
            fs::create_dir_all(&history).map_err(|e| failed(&history, &e))?;
            fs::rename(&place, &kept).map_err(|e| failed(&place, &e))?;
            one.kept = Some(kept);
        }
        if !one.unchanged
            && waits.exists()
            && let Err(e) = fs::rename(&waits, &place)
        {
            // Back where they were: better the old letters than none.
            let back = one.kept.as_ref().map_or(Ok(()), |kept| fs::rename(kept, &place));
            return Err(failed(&place, &back.err().unwrap_or(e)));
        }
        one.folder = (!one.set.pieces.is_empty()).then_some(place);
        written.push(one);
    }
    Ok(written)
}

/// Writes the files into a folder of their own; none where there are none.
fn write_into(folder: &Path, set: &Set) -> Result<(), NotWritten> {
    if set.pieces.is_empty() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    for piece in &set.pieces {
        let path = folder.join(&piece.name);
        fs::write(&path, &piece.bytes).map_err(|e| failed(&path, &e))?;
    }
    Ok(())
}

fn failed(path: &Path, e: &io::Error) -> NotWritten {
    NotWritten {
        messages: vec![msg!("pipeline.letters_failed", path.display().to_string(), e.to_string())],
        is_input: false,
    }
}

/// Folders that wait to be moved; what still waits at the end is cleared away.
struct Waiting(Vec<PathBuf>);

impl Drop for Waiting {
    fn drop(&mut self) {
        for folder in &self.0 {
            // Most have been moved by now; one that cannot be removed does no harm under its name.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Whether the folder holds these files, and nothing else.
fn stands(folder: &Path, set: &Set) -> bool {
    let count = fs::read_dir(folder).map_or(0, Iterator::count);
    count == set.pieces.len()
        && set.pieces.iter().all(|p| fs::read(folder.join(&p.name)).is_ok_and(|bytes| bytes == p.bytes))
}

/// A file that an office program holds open: it leaves its owner's file beside it.
fn open_in(folder: &Path) -> Option<String> {
    let names = fs::read_dir(folder).ok()?.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let owners = names.filter(|name| name.starts_with("~$") || name.starts_with(".~"));
    owners.min()
}

/// A path that nothing stands at.
fn free(folder: &Path, name: &str) -> PathBuf {
    let names = std::iter::once(name.to_string()).chain((2..).map(|n| format!("{name}-{n}")));
    names.map(|name| folder.join(name)).find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}
