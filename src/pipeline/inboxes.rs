//! The inboxes of a night: where schools' files are read from, and what the paths of each begin with.

use crate::intake::{self, Found, IntakeError};
use crate::model::campaign::Campaign;
use crate::model::problem::Problem;
use crate::model::reading::Reading;
use crate::msg;
use crate::pipeline::error::PipelineError;
use crate::pipeline::results;
use std::fs;
use std::path::{Path, PathBuf};

/// An inbox: a folder on disk, a share, a mail drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    /// Where it is.
    pub folder: PathBuf,
    /// What the paths of its files begin with, as people see them; no other inbox has the same.
    pub label: String,
}

/// The inboxes that were named, else those of the campaign, else the campaign folder's own `inbox`.
///
/// # Errors
/// [`PipelineError::InboxTwice`] where one is another or lies in it: each of its files would count as its own duplicate.
pub fn of(named: &[PathBuf], folder: &Path, campaign: &Campaign) -> Result<Vec<Inbox>, PipelineError> {
    let mut wanted: Vec<(PathBuf, Option<String>)> = named.iter().map(|path| (path.clone(), None)).collect();
    if wanted.is_empty() {
        wanted = campaign.inboxes.iter().map(|i| (folder.join(&i.path), i.name.clone())).collect();
    }
    if wanted.is_empty() {
        wanted.push((folder.join("inbox"), None));
    }
    let mut inboxes: Vec<Inbox> = Vec::new();
    for (folder, name) in wanted {
        let label = unused(&name.unwrap_or_else(|| own_name(&folder)), &inboxes);
        inboxes.push(Inbox { folder, label });
    }
    let real: Vec<Option<PathBuf>> = inboxes.iter().map(|i| i.folder.canonicalize().ok()).collect();
    for (a, inner) in inboxes.iter().zip(&real) {
        for (b, outer) in inboxes.iter().zip(&real) {
            if a.label != b.label && inner.as_ref().zip(outer.as_ref()).is_some_and(|(i, o)| i.starts_with(o)) {
                return Err(PipelineError::InboxTwice(a.folder.display().to_string(), b.folder.display().to_string()));
            }
        }
    }
    Ok(inboxes)
}

/// The folder's own name; `.`, `..` and the root of a share have none of their own.
fn own_name(folder: &Path) -> String {
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned());
    let name = name.or_else(|| Some(folder.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned()));
    name.unwrap_or_else(|| "inbox".to_string())
}

/// The name, with a number where another inbox has it already.
fn unused(name: &str, inboxes: &[Inbox]) -> String {
    let numbered = (2..).map(|n| format!("{name}（{n}）"));
    let is_free = |label: &String| inboxes.iter().all(|i| i.label != *label);
    std::iter::once(name.to_string()).chain(numbered).find(is_free).unwrap_or_default()
}

/// Everything in all inboxes, by the paths that people see.
///
/// # Errors
/// [`PipelineError::Inbox`] for the first that cannot be walked, unless `missing_allowed`: it then stands for itself, by
/// its label alone and with its problem.
pub fn scan(inboxes: &[Inbox], missing_allowed: bool) -> Result<Vec<Found>, PipelineError> {
    let mut all = Vec::new();
    for inbox in inboxes {
        match intake::scan(&inbox.folder, &inbox.label) {
            Ok(found) => all.extend(found),
            Err(error) if missing_allowed => all.push(unreachable(inbox, &error)),
            Err(error) => return Err(PipelineError::Inbox(inbox.folder.display().to_string(), error)),
        }
    }
    all.sort_by(|a, b| a.shown.cmp(&b.shown).then_with(|| a.path.cmp(&b.path)));
    Ok(all)
}

/// A share that is not mounted leaves an empty folder in its place. So an inbox that had submissions in the last results
/// and has none at all now is taken for one that cannot be reached. The last results, in `out`, are looked at only then.
///
/// Where that is allowed the inbox stands for itself, as in [`scan`], and goes on doing so each night until files come
/// back; a folder that really was cleared out is accepted as soon as nobody allows it any longer.
///
/// # Errors
/// [`PipelineError::Inbox`] unless `missing_allowed`.
pub fn notice_emptied(
    found: &mut Vec<Found>,
    inboxes: &[Inbox],
    out: &Path,
    missing_allowed: bool,
) -> Result<(), PipelineError> {
    let mut last = None;
    for inbox in inboxes {
        let inside = |path: &str| rest(path, &inbox.label).is_some();
        if found.iter().any(|f| f.litter.is_none() && (inside(&f.shown) || f.shown == inbox.label)) {
            continue;
        }
        let last = last.get_or_insert_with(|| results::files(out).unwrap_or_default());
        let had = last.iter().filter(|f| f.status != "ignored" && inside(&f.path)).count();
        let stood = missing_allowed && last.iter().any(|f| f.path == inbox.label);
        if had == 0 && !stood {
            continue;
        }
        let error = IntakeError::Emptied(had);
        if !missing_allowed {
            return Err(PipelineError::Inbox(inbox.folder.display().to_string(), error));
        }
        found.push(unreachable(inbox, &error));
    }
    Ok(())
}

/// A share that goes away while it is read leaves files that cannot be opened, and perhaps others that were never seen. So
/// where one could not be opened each inbox must still be there, and not be empty.
///
/// # Errors
/// [`PipelineError::Inbox`] unless `missing_allowed`: the files then stand for themselves.
pub fn notice_lost(readings: &[Reading], inboxes: &[Inbox], missing_allowed: bool) -> Result<(), PipelineError> {
    let not_opened = |r: &&Reading| r.problems.iter().any(|p| matches!(p, Problem::NotOpened(_)));
    let lost: Vec<&Reading> = readings.iter().filter(not_opened).collect();
    for inbox in inboxes {
        let inside = lost.iter().filter(|r| rest(&r.source.path, &inbox.label).is_some()).count();
        let is_there =
            || fs::read_dir(&inbox.folder).is_ok_and(|mut entries| entries.next().is_some_and(|e| e.is_ok()));
        if inside > 0 && !missing_allowed && !is_there() {
            return Err(PipelineError::Inbox(inbox.folder.display().to_string(), IntakeError::Lost(inside)));
        }
    }
    Ok(())
}

fn unreachable(inbox: &Inbox, error: &IntakeError) -> Found {
    let why = msg!("pipeline.inbox", inbox.folder.display().to_string(), error.message());
    Found {
        path: inbox.folder.clone(),
        shown: inbox.label.clone(),
        len: 0,
        modified: None,
        changed: 0,
        litter: None,
        problem: Some(Problem::InboxMissing(why)),
    }
}

/// Where a file is on disk that people see by this path.
pub fn on_disk(shown: &str, inboxes: &[Inbox]) -> Option<PathBuf> {
    inboxes.iter().find_map(|i| Some(i.folder.join(rest(shown, &i.label)?)))
}

fn rest<'s>(shown: &'s str, label: &str) -> Option<&'s str> {
    shown.strip_prefix(label)?.strip_prefix('/')
}

/// How paths are shown: by the label of the inbox that they lie in, as given for anything else.
pub struct Shown(Vec<(PathBuf, String)>);

impl Shown {
    /// For these inboxes.
    pub fn new(inboxes: &[Inbox]) -> Self {
        Shown(inboxes.iter().filter_map(|i| Some((i.folder.canonicalize().ok()?, i.label.clone()))).collect())
    }

    /// A path as people see it, `/` between names.
    pub fn of(&self, path: &Path) -> String {
        // Only the folder is resolved: a link in the inbox is shown as it stands there.
        let real = path.parent().zip(path.file_name()).and_then(|(folder, name)| {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            Some(folder.canonicalize().ok()?.join(name))
        });
        let inside = |(inbox, label): &(PathBuf, String)| {
            let inside = real.as_deref()?.strip_prefix(inbox).ok()?;
            let names = inside.components().map(|name| name.as_os_str().to_string_lossy());
            Some(names.fold(label.clone(), |shown, name| format!("{shown}/{name}")))
        };
        self.0.iter().find_map(inside).unwrap_or_else(|| path.to_string_lossy().replace('\\', "/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::campaign::NamedFolder;

    fn labels(named: &[&str], campaign: &Campaign) -> Vec<String> {
        let named: Vec<PathBuf> = named.iter().map(PathBuf::from).collect();
        of(&named, Path::new("活动"), campaign).unwrap().into_iter().map(|i| i.label).collect()
    }

    #[test]
    fn each_inbox_has_a_label_of_its_own() {
        let mail = NamedFolder { path: "/mnt/mail".into(), name: Some("邮箱".into()) };
        let share = NamedFolder { path: "共享".into(), name: None };
        let campaign = Campaign { inboxes: vec![mail, share], ..Campaign::default() };
        assert_eq!(labels(&[], &campaign), ["邮箱", "共享"]);
        assert_eq!(labels(&["/a/inbox", "/b/inbox", "/c/inbox"], &campaign), ["inbox", "inbox（2）", "inbox（3）"]);
        assert_eq!(labels(&[], &Campaign::default()), ["inbox"]);
        let inboxes = of(&[], Path::new("活动"), &campaign).unwrap();
        assert_eq!(inboxes[1].folder, Path::new("活动/共享"));
        assert_eq!(on_disk("邮箱/a.zip", &inboxes), Some("/mnt/mail/a.zip".into()));
        assert_eq!(on_disk("邮箱二/a.zip", &inboxes), None);
    }

    #[test]
    fn an_inbox_in_another_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("收件/邮箱")).unwrap();
        let named = |names: [&str; 2]| names.map(|n| dir.path().join(n));
        for names in [["收件", "收件/邮箱"], ["收件/邮箱", "收件"], ["收件", "收件/../收件"]] {
            assert!(matches!(of(&named(names), dir.path(), &Campaign::default()), Err(PipelineError::InboxTwice(..))));
        }
    }
}
