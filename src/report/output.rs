//! Results into the output folder: each is written beside its place first, then all are moved there together, so that a
//! failure leaves last night's results as they were.

use crate::report::error::ReportError;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a content, piece by piece.
pub type Content<'b> = dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'b;

/// A result: its path from the output folder, and its content.
pub struct Result<'b> {
    /// Path from the output folder.
    pub path: PathBuf,
    /// The content.
    pub content: Box<Content<'b>>,
    /// Where it goes instead when somebody has the file open, or has changed it since it was read.
    pub otherwise: Option<PathBuf>,
    /// Digest of the file in its place as it was read; none for a file that is not read back.
    pub known: Option<&'b str>,
}

impl<'b> Result<'b> {
    /// A result that nobody types in.
    pub fn new(path: impl Into<PathBuf>, content: Box<Content<'b>>) -> Self {
        Result { path: path.into(), content, otherwise: None, known: None }
    }
}

/// Results that are written beside their places and wait to be moved there.
pub struct Staged<'r, 'b> {
    folder: &'r Path,
    results: &'r [Result<'b>],
    waiting: Waiting,
}

/// Writes the results beside their places.
///
/// # Errors
/// [`ReportError::Folder`], [`ReportError::Write`]; nothing is left of them then.
pub fn stage<'r, 'b>(folder: &'r Path, results: &'r [Result<'b>]) -> std::result::Result<Staged<'r, 'b>, ReportError> {
    let mut waiting = Waiting(Vec::new());
    for result in results {
        let failed = |e| ReportError::Write(result.path.display().to_string(), e);
        let path = folder.join(&result.path);
        let beside = path.parent().unwrap_or(folder);
        fs::create_dir_all(beside).map_err(ReportError::Folder)?;
        // No file can be moved onto a folder: better known before the first is moved.
        if path.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let waits = beside.join(format!(".{name}.shouqi-new"));
        waiting.0.push(waits.clone());
        write_whole(&waits, &result.content).map_err(failed)?;
    }
    Ok(Staged { folder, results, waiting })
}

impl Staged<'_, '_> {
    /// Moves the results into their places, in their order. Gives where each was put, from the output folder.
    ///
    /// # Errors
    /// [`ReportError::Write`].
    pub fn place(self) -> std::result::Result<Vec<PathBuf>, ReportError> {
        let folder = self.folder;
        let mut placed = Vec::new();
        for (result, waits) in self.results.iter().zip(&self.waiting.0) {
            let failed = |e| ReportError::Write(result.path.display().to_string(), e);
            let path = match &result.otherwise {
                Some(sibling) if is_open_elsewhere(&folder.join(&result.path)) => sibling,
                Some(sibling) if has_changed(&folder.join(&result.path), result.known) => sibling,
                _ => &result.path,
            };
            match (fs::rename(waits, folder.join(path)), &result.otherwise) {
                (Ok(()), _) => placed.push(path.clone()),
                (Err(e), Some(sibling)) if is_in_use(&e) => {
                    fs::rename(waits, folder.join(sibling)).map_err(failed)?;
                    placed.push(sibling.clone());
                }
                (Err(e), _) => return Err(failed(e)),
            }
        }
        Ok(placed)
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
    let Ok(bytes) = fs::read(folder.join(workbook)) else { return Ok(None) };
    let history = folder.join(kept).parent().map_or_else(|| folder.to_path_buf(), Path::to_path_buf);
    let copies = fs::read_dir(&history).into_iter().flatten().flatten();
    let is_copy = |copy: &fs::DirEntry| {
        copy.metadata().is_ok_and(|m| m.len() == bytes.len() as u64) && fs::read(copy.path()).is_ok_and(|b| b == bytes)
    };
    if copies.into_iter().any(|copy| is_copy(&copy)) {
        return Ok(None);
    }
    fs::create_dir_all(&history).map_err(ReportError::Folder)?;
    let stem = kept.with_extension("").to_string_lossy().into_owned();
    let names = std::iter::once(kept.to_path_buf()).chain((2..1000).map(|n| PathBuf::from(format!("{stem}-{n}.xlsx"))));
    for name in names {
        let place = folder.join(&name);
        if !place.exists() {
            // Half a copy would pass for what the person had.
            let waiting = Waiting(vec![place.with_extension("shouqi-new")]);
            for waits in &waiting.0 {
                write_whole(waits, &whole(&bytes)).and_then(|()| fs::rename(waits, &place)).map_err(failed)?;
            }
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// A content that is in memory.
pub fn whole(bytes: &[u8]) -> Box<Content<'_>> {
    Box::new(move |out| out.write_all(bytes))
}

/// Writes a file and waits until the disk has it.
fn write_whole(path: &Path, content: &Content<'_>) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 18, File::create(path)?);
    content(&mut file)?;
    file.into_inner()?.sync_all()
}

/// What a content is known by.
pub fn content_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether somebody saved the file after it was read: what was typed meanwhile is read the next night.
fn has_changed(path: &Path, known: Option<&str>) -> bool {
    known.is_some_and(|known| fs::read(path).is_ok_and(|bytes| content_of(&bytes) != known))
}

/// Files that wait to be moved; what still waits at the end is cleared away.
struct Waiting(Vec<PathBuf>);

impl Drop for Waiting {
    fn drop(&mut self) {
        for path in &self.0 {
            // Most have been moved by now; one that cannot be removed does no harm under its name.
            let _ = fs::remove_file(path);
        }
    }
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
        Result { path: path.into(), content: whole(bytes), otherwise: Some("汇总表-夜.xlsx".into()), known: None }
    }

    #[test]
    fn a_workbook_that_somebody_has_open_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("汇总表.xlsx"), "typed").unwrap();
        fs::write(folder.path().join("~$汇总表.xlsx"), "").unwrap();
        let placed = stage(folder.path(), &[result("汇总表.xlsx", b"new")]).unwrap().place().unwrap();
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
            let results = [Result { known: Some(&read), ..result("汇总表.xlsx", b"new") }];
            assert_eq!(stage(folder.path(), &results).unwrap().place().unwrap(), [PathBuf::from(put)]);
        }
        assert_eq!(fs::read(folder.path().join("汇总表.xlsx")).unwrap(), b"typed since");
    }

    #[test]
    fn what_cannot_be_written_leaves_the_last_results_and_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("汇总表.xlsx"), "good").unwrap();
        fs::write(folder.path().join("history"), "a file where a folder should be").unwrap();
        let results = [result("汇总表.xlsx", b"new"), result("history/x.xlsx", b"new")];
        assert!(matches!(stage(folder.path(), &results), Err(ReportError::Folder(_))));
        assert_eq!(fs::read(folder.path().join("汇总表.xlsx")).unwrap(), b"good");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_refusal_of_windows_means_that_the_file_is_open() {
        assert!(is_in_use(&io::Error::from(io::ErrorKind::PermissionDenied)));
        assert!(!is_in_use(&io::Error::from(io::ErrorKind::StorageFull)));
    }
}
