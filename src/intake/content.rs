//! The bytes of a file, as far as anybody asks for them, and what they are known by.

use crate::intake::found::refusal;
use crate::model::limits::FILE_BYTES;
use crate::model::problem::Problem;
use crate::msg;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

/// Tells what of a file nobody asks for who wants its text, by its first and last bytes: stretches in order, none
/// overlapping. Those bytes need not have been read.
pub type Needless<'n> = dyn Fn(&[u8]) -> Vec<Range<usize>> + 'n;

/// The bytes at the start of a file that tell its format.
const HEAD: usize = 4 << 10;
/// The bytes at its end that hold the directory of most packages.
const TAIL: usize = 32 << 10;
/// A smaller file is read whole, and so is a larger one than this: room for it must be asked for with care.
const SPARED: Range<u64> = 128 << 10..32 << 20;

/// A file's bytes. Where `needless` is given, what it names is not read, and is zeros.
///
/// # Errors
/// What keeps it from being read; [`Problem::StillChanging`] where it changed meanwhile.
pub fn content(path: &Path, len: u64, needless: Option<&Needless<'_>>) -> Result<Vec<u8>, Problem> {
    let too_large = || Problem::TooLarge(msg!("intake.file_bytes", FILE_BYTES >> 20));
    if len > FILE_BYTES {
        return Err(too_large());
    }
    let file = File::open(path).map_err(|e| not_opened(&e))?;
    let before = file.metadata().map_err(|e| not_opened(&e))?;
    let bytes = match needless.filter(|_| SPARED.contains(&len)) {
        Some(needless) => spared(&file, usize::try_from(len).map_err(|_| too_large())?, needless)?,
        None => {
            let mut bytes = Vec::new();
            bytes.try_reserve(usize::try_from(len).unwrap_or(0)).map_err(|_| too_large())?;
            (&file).take(FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|e| not_opened(&e))?;
            bytes
        }
    };
    if bytes.len() as u64 > FILE_BYTES {
        return Err(too_large());
    }
    // Half of the old and half of the new is neither: the next run reads it.
    let after = file.metadata().map_err(|e| not_opened(&e))?;
    let same = after.len() == bytes.len() as u64 && after.modified().ok() == before.modified().ok();
    if same { Ok(bytes) } else { Err(Problem::StillChanging) }
}

/// Reads the start and the end, and then what lies between but for what nobody asks for.
fn spared(file: &File, len: usize, needless: &Needless<'_>) -> Result<Vec<u8>, Problem> {
    let mut bytes = vec![0; len];
    let read = |bytes: &mut [u8], range: Range<usize>| {
        let mut file = file;
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(bytes.get_mut(range).unwrap_or_default())
    };
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::UnexpectedEof => Problem::StillChanging,
        _ => not_opened(&error),
    };
    let (head, tail) = (HEAD.min(len), len.saturating_sub(TAIL));
    read(&mut bytes, 0..head).map_err(failed)?;
    read(&mut bytes, tail..len).map_err(failed)?;
    let holes = needless(&bytes);
    for wanted in around(&holes, head..tail.max(head)) {
        read(&mut bytes, wanted).map_err(failed)?;
    }
    Ok(bytes)
}

/// What of a stretch lies around holes.
fn around(holes: &[Range<usize>], whole: Range<usize>) -> Vec<Range<usize>> {
    let mut from = whole.start;
    let mut wanted = Vec::new();
    for hole in holes {
        wanted.push(from..hole.start.min(whole.end));
        from = from.max(hole.end);
    }
    wanted.push(from..whole.end);
    wanted.retain(|range| range.start < range.end);
    wanted
}

/// What the content of a file is known by: SHA-256 of all that its readers may ask for. The pictures of an office file stand
/// in it by length and CRC-32, as its directory has them; so it is the same whether they were read or not.
pub fn digest(bytes: &[u8], needless: &Needless<'_>) -> String {
    let mut hash = Sha256::new();
    for wanted in around(&needless(bytes), 0..bytes.len()) {
        hash.update(bytes.get(wanted).unwrap_or_default());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Why a file was not opened.
pub fn not_opened(error: &io::Error) -> Problem {
    Problem::NotOpened(refusal(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    /// Names everything between the marks `<` and `>`, which stand at the file's ends.
    fn marked(bytes: &[u8]) -> Vec<Range<usize>> {
        let at = |mark: u8, found: Option<usize>| found.filter(|at| bytes[*at] == mark);
        let start = at(b'<', bytes.iter().position(|b| *b == b'<'));
        let end = at(b'>', bytes.iter().rposition(|b| *b == b'>'));
        start.zip(end).map(|(start, end)| start + 1..end).into_iter().collect()
    }

    #[test]
    fn what_nobody_asks_for_is_not_read_and_the_file_is_known_all_the_same() {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("a");
        let whole = [&b"begin<"[..], &vec![7; 300_000], b">", &vec![8; 1000], b"end"].concat();
        fs::write(&path, &whole).unwrap();
        let len = whole.len() as u64;
        let read = content(&path, len, None).unwrap();
        assert_eq!(read, whole);
        let spared = content(&path, len, Some(&marked)).unwrap();
        assert_eq!((spared.len(), &spared[..6], &spared[300_006..]), (whole.len(), &whole[..6], &whole[300_006..]));
        // Beyond what was read to know the file all of it is left out.
        assert!(spared[HEAD..whole.len() - TAIL].iter().all(|b| *b == 0));
        assert_eq!(digest(&spared, &marked), digest(&whole, &marked));
        assert_ne!(digest(&whole, &marked), digest(&whole, &|_| Vec::new()));
        let other = [&whole[..whole.len() - 1], b"!"].concat();
        assert_ne!(digest(&other, &marked), digest(&whole, &marked));
    }

    #[test]
    fn a_file_that_was_cut_off_meanwhile_is_read_another_time() {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("a");
        fs::write(&path, vec![1; 200_000]).unwrap();
        assert_eq!(content(&path, 300_000, Some(&marked)), Err(Problem::StillChanging));
        assert_eq!(content(&path, 300_000, None).unwrap().len(), 200_000);
    }

    #[test]
    fn what_lies_around_holes() {
        let lie = |holes: &[Range<usize>]| around(holes, 4..10).iter().map(|r| (r.start, r.end)).collect::<Vec<_>>();
        assert_eq!(lie(&[]), [(4, 10)]);
        assert_eq!(lie(&[2..5, 7..8]), [(5, 7), (8, 10)]);
        assert_eq!(lie(&[2..5, 7..12]), [(5, 7)]);
    }
}
