//! Results into the output folder: each is written beside its place first, then all are moved there together, so that a
//! failure leaves last night's results as they were.

use crate::report::error::ReportError;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Writes a content, piece by piece.
pub type Writing<'b> = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'b>;

/// What stands in a result.
pub enum Content<'b> {
    /// What is written.
    Made(Writing<'b>),
    /// The same as in a result before it, by its path.
    Copy(PathBuf),
}

/// A result: its path from the output folder, and its content.
pub struct Result<'b> {
    /// Path from the output folder.
    pub path: PathBuf,
    /// The content.
    pub content: Content<'b>,
    /// Where it goes instead when somebody has the file open, or has changed it since it was read.
    pub otherwise: Option<PathBuf>,
    /// Digest of the file in its place as it was read; none for a file that is not read back.
    pub known: Option<String>,
}

impl<'b> Result<'b> {
    /// A result that nobody types in.
    pub fn new(path: impl Into<PathBuf>, content: Writing<'b>) -> Self {
        Result { path: path.into(), content: Content::Made(content), otherwise: None, known: None }
    }
}

/// Results that are written beside their places and wait to be moved there.
pub struct Staged<'r> {
    folder: &'r Path,
    results: Vec<Waiting>,
}

/// A result that waits.
struct Waiting {
    path: PathBuf,
    otherwise: Option<PathBuf>,
    known: Option<String>,
    place: Beside,
}

/// Writes the results beside their places.
///
/// # Errors
/// [`ReportError::Folder`], [`ReportError::Write`]; nothing is left of them then.
pub fn stage<'r>(folder: &'r Path, results: Vec<Result<'_>>) -> std::result::Result<Staged<'r>, ReportError> {
    let mut staged = Staged { folder, results: Vec::new() };
    for Result { path, content, otherwise, known } in results {
        let failed = |e| ReportError::Write(path.display().to_string(), e);
        let full = folder.join(&path);
        fs::create_dir_all(full.parent().unwrap_or(folder)).map_err(ReportError::Folder)?;
        // No file can be moved onto a folder: better known before the first is moved.
        if full.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        let place = Beside(beside(&full));
        let written = match content {
            Content::Made(content) => write_whole(&place.0, content),
            Content::Copy(of) => copy_whole(&beside(&folder.join(of)), &place.0),
        };
        written.map_err(failed)?;
        staged.results.push(Waiting { path, otherwise, known, place });
    }
    Ok(staged)
}

impl Staged<'_> {
    /// Moves the results into their places, in their order. Gives where each was put, from the output folder.
    ///
    /// # Errors
    /// [`ReportError::Write`].
    pub fn place(self) -> std::result::Result<Vec<PathBuf>, ReportError> {
        let folder = self.folder;
        let mut placed = Vec::new();
        for Waiting { path, otherwise, known, place } in &self.results {
            let failed = |e| ReportError::Write(path.display().to_string(), e);
            let to = match otherwise {
                Some(sibling) if is_open_elsewhere(&folder.join(path)) => sibling,
                Some(sibling) if has_changed(&folder.join(path), known.as_deref()) => sibling,
                _ => path,
            };
            match (move_to(&place.0, &folder.join(to)), otherwise) {
                (Ok(()), _) => placed.push(to.clone()),
                (Err(e), Some(sibling)) if is_in_use(&e) => {
                    move_to(&place.0, &folder.join(sibling)).map_err(failed)?;
                    placed.push(sibling.clone());
                }
                // It was written beside its place a moment ago: that is all that Windows can mean.
                (Err(e), _) if cfg!(windows) && is_in_use(&e) => {
                    return Err(ReportError::InUse(path.display().to_string()));
                }
                (Err(e), _) => return Err(failed(e)),
            }
        }
        Ok(placed)
    }
}

/// Moves a file that was just written. On Windows a virus scanner or an indexer may hold such a file for a moment, in which
/// nobody can move it.
///
/// # Errors
/// Those of moving, on Windows after a second of trying.
pub fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    let mut again = if cfg!(windows) { 10 } else { 0 };
    loop {
        match fs::rename(from, to) {
            Err(e) if again > 0 && is_in_use(&e) => thread::sleep(Duration::from_millis(100)),
            moved => return moved,
        }
        again -= 1;
    }
}

/// Keeps a workbook that somebody has changed since it was written, under `kept`: one that equals none of the dated copies
/// in its `history`. Gives where it was put.
///
/// # Errors
/// [`ReportError::Write`].
pub fn keep_if_changed(
    folder: &Path,
    workbook: &Path,
    kept: &Path,
) -> std::result::Result<Option<PathBuf>, ReportError> {
    let failed = |e| ReportError::Write(kept.display().to_string(), e);
    let changed = folder.join(workbook);
    // There is none, or a program that has it open lets nobody read it: that is no reason for a night to end.
    let Ok(content) = content_of_file(&changed) else { return Ok(None) };
    let history = folder.join(kept).parent().map_or_else(|| folder.to_path_buf(), Path::to_path_buf);
    let mut copies = fs::read_dir(&history).into_iter().flatten().flatten();
    let len = |path: &Path| path.metadata().map(|m| m.len()).ok();
    let is_copy = |copy: &Path| len(copy) == len(&changed) && content_of_file(copy).is_ok_and(|c| c == content);
    if copies.any(|copy| is_copy(&copy.path())) {
        return Ok(None);
    }
    fs::create_dir_all(&history).map_err(ReportError::Folder)?;
    let stem = kept.with_extension("").to_string_lossy().into_owned();
    let names = std::iter::once(kept.to_path_buf()).chain((2..1000).map(|n| PathBuf::from(format!("{stem}-{n}.xlsx"))));
    for name in names {
        let place = folder.join(&name);
        if !place.exists() {
            // Half a copy would pass for what the person had.
            let waits = Beside(place.with_extension("shouqi-new"));
            copy_whole(&changed, &waits.0).and_then(|()| move_to(&waits.0, &place)).map_err(failed)?;
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// A content that is in memory.
pub fn whole(bytes: Vec<u8>) -> Writing<'static> {
    Box::new(move |out| out.write_all(&bytes))
}

/// Writes a file and waits until the disk has it.
fn write_whole(path: &Path, content: Writing<'_>) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 18, File::create(path)?);
    content(&mut file)?;
    file.into_inner()?.sync_all()
}

/// Copies a file and waits until the disk has it.
fn copy_whole(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    write_whole(to, Box::new(move |out| io::copy(&mut from, out).map(drop)))
}

/// What a content is known by.
pub fn content_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// What the content of a file is known by.
///
/// # Errors
/// Those of reading.
pub fn content_of_file(path: &Path) -> io::Result<String> {
    let (mut file, mut hasher, mut bytes) = (File::open(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        let count = file.read(&mut bytes)?;
        hasher.update(bytes.get(..count).unwrap_or_default());
        if count == 0 {
            return Ok(hexadecimal(&hasher.finalize()));
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether somebody saved the file after it was read: what was typed meanwhile is read the next night.
fn has_changed(path: &Path, known: Option<&str>) -> bool {
    known.is_some_and(|known| content_of_file(path).is_ok_and(|content| content != known))
}

/// A file that waits to be moved to its place beside it; what still waits at the end is cleared away.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        // Most have been moved by now; one that cannot be removed does no harm under its name.
        let _ = fs::remove_file(&self.0);
    }
}

/// Where a file waits.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.shouqi-new"))
}

/// Whether an office program has left its owner file beside the workbook. On a shared folder it is the only sign: the
/// move would succeed, and the person's next save would undo it or lose what was typed.
pub fn is_open_elsewhere(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|n| n.to_string_lossy().into_owned()) else { return false };
    let owner_files = [format!("~${name}"), format!(".~{name}"), format!(".~lock.{name}#")];
    owner_files.iter().any(|owner| path.with_file_name(owner).exists())
}

/// Whether Windows refuses because a program holds the file: access denied (5), sharing violation (32), lock (33).
fn is_in_use(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied
        || (cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result<'b>(path: &str, bytes: &'b [u8]) -> Result<'b> {
        Result { otherwise: Some("汇总表-夜.xlsx".into()), ..Result::new(path, whole(bytes.to_vec())) }
    }

    #[test]
    fn a_workbook_that_somebody_has_open_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("汇总表.xlsx"), "typed").unwrap();
        fs::write(folder.path().join("~$汇总表.xlsx"), "").unwrap();
        let placed = stage(folder.path(), vec![result("汇总表.xlsx", b"new")]).unwrap().place().unwrap();
        assert_eq!(placed, [PathBuf::from("汇总表-夜.xlsx")]);
        assert_eq!(fs::read(folder.path().join("汇总表.xlsx")).unwrap(), b"typed");
        assert_eq!(fs::read(folder.path().join("汇总表-夜.xlsx")).unwrap(), b"new");
    }

    #[test]
    fn a_workbook_that_was_saved_after_it_was_read_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let read = content_of(b"read");
        for (there, put) in [("read", "汇总表.xlsx"), ("typed since", "汇总表-夜.xlsx")] {
            fs::write(folder.path().join("汇总表.xlsx"), there).unwrap();
            let results = vec![Result { known: Some(read.clone()), ..result("汇总表.xlsx", b"new") }];
            assert_eq!(stage(folder.path(), results).unwrap().place().unwrap(), [PathBuf::from(put)]);
        }
        assert_eq!(fs::read(folder.path().join("汇总表.xlsx")).unwrap(), b"typed since");
    }

    #[test]
    fn what_cannot_be_written_leaves_the_last_results_and_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("汇总表.xlsx"), "good").unwrap();
        fs::write(folder.path().join("history"), "a file where a folder should be").unwrap();
        let results = vec![result("汇总表.xlsx", b"new"), result("history/x.xlsx", b"new")];
        assert!(matches!(stage(folder.path(), results), Err(ReportError::Folder(_))));
        assert_eq!(fs::read(folder.path().join("汇总表.xlsx")).unwrap(), b"good");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    /// Holds a file as a program does that shares it with nobody, for so many milliseconds.
    #[cfg(windows)]
    fn held(path: &Path, milliseconds: u64) -> thread::JoinHandle<()> {
        use std::os::windows::fs::OpenOptionsExt;
        let file = File::options().read(true).share_mode(0).open(path).unwrap();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(milliseconds));
            drop(file);
        })
    }

    #[test]
    #[cfg(windows)]
    fn what_a_scanner_holds_for_a_moment_is_moved_when_it_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let staged = stage(folder.path(), vec![Result::new("verdicts.jsonl", whole(b"new".to_vec()))]).unwrap();
        let scanner = held(&folder.path().join(".verdicts.jsonl.shouqi-new"), 300);
        assert_eq!(staged.place().unwrap(), [PathBuf::from("verdicts.jsonl")]);
        scanner.join().unwrap();
        assert_eq!(fs::read(folder.path().join("verdicts.jsonl")).unwrap(), b"new");
    }

    #[test]
    #[cfg(windows)]
    fn a_workbook_that_a_program_holds_is_left_alone_and_any_other_result_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["汇总表.xlsx", "verdicts.jsonl"] {
            fs::write(folder.path().join(name), "old").unwrap();
            let program = held(&folder.path().join(name), 3_000);
            let placed = match name {
                "汇总表.xlsx" => stage(folder.path(), vec![result(name, b"new")]).unwrap().place(),
                _ => stage(folder.path(), vec![Result::new(name, whole(b"new".to_vec()))]).unwrap().place(),
            };
            match placed {
                Ok(placed) => assert_eq!(placed, [PathBuf::from("汇总表-夜.xlsx")]),
                Err(ReportError::InUse(held)) => {
                    assert_eq!((held.as_str(), name), ("verdicts.jsonl", "verdicts.jsonl"))
                }
                Err(other) => panic!("{other}"),
            }
            program.join().unwrap();
            assert_eq!(fs::read(folder.path().join(name)).unwrap(), b"old");
        }
    }

    #[test]
    fn a_refusal_of_windows_means_that_the_file_is_open() {
        assert!(is_in_use(&io::Error::from(io::ErrorKind::PermissionDenied)));
        assert!(!is_in_use(&io::Error::from(io::ErrorKind::StorageFull)));
    }
}
