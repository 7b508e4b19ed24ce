//! What a parent asks of a worker, and how it travels: first the settings, by their length; then two lines a file, the path
//! as the system knows it and the path as people see it; a third with what was read of it before. An answer is a frame with
//! one Reading (in bytes), and where it was asked for a second with what was read: the Transcript (JSON), empty where it is
//! not fit to be kept, or the texts (JSON).

use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// What a worker says once it has understood its settings: before that, its end is nobody's file's fault.
pub const READY: &[u8] = b"ready\n";

/// The longest frame in bytes: far more than is ever read of a file, and less than any four letters are as a length, so that
/// words in place of a frame are told at once.
const FRAME: u64 = 1 << 29;

/// What stands before the work where text is looked for in pictures.
const RECOGNISE: &[u8] = b"recognise ";

/// What is to be done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Read it.
    Examine,
    /// Read it, and give what was read too, so that it can be kept.
    Transcribe,
    /// Ask what was read of it before.
    Reread,
    /// Read it and give its text; no rule is asked.
    Read,
    /// Only look at it from outside: times, digest, members.
    Look,
    /// The same, with small pictures of its photographs.
    Picture,
    /// Read it and look closely: its text and its near misses too.
    Explain,
    /// Read it and look closely at what the rules find, without the text.
    Measure,
}

impl Work {
    const ALL: [Work; 8] = [
        Work::Examine,
        Work::Transcribe,
        Work::Reread,
        Work::Read,
        Work::Look,
        Work::Picture,
        Work::Explain,
        Work::Measure,
    ];

    /// Whether a second frame comes, with what was read.
    pub fn gives_what_was_read(self) -> bool {
        matches!(self, Work::Transcribe | Work::Read)
    }

    /// What a request begins with.
    fn word(self) -> &'static [u8] {
        match self {
            Work::Examine => b"examine ",
            Work::Transcribe => b"transcribe ",
            Work::Reread => b"reread ",
            Work::Read => b"read ",
            Work::Look => b"look ",
            Work::Picture => b"picture ",
            Work::Explain => b"explain ",
            Work::Measure => b"measure ",
        }
    }
}

/// A file to examine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be done.
    pub work: Work,
    /// Text is looked for in its pictures too.
    pub recognise: bool,
    /// The file.
    pub path: PathBuf,
    /// Its path as people see it.
    pub shown: String,
    /// What was read of it before, for [`Work::Reread`]; empty for anything else.
    pub transcript: String,
}

impl Request {
    /// The request as lines. `None` where a name cannot travel: one with a line's end in it, or on Windows one that is
    /// not Unicode.
    pub fn lines(&self) -> Option<Vec<u8>> {
        let path = path_bytes(&self.path)?;
        if path.contains(&b'\n') || self.shown.contains('\n') {
            return None;
        }
        let recognise: &[u8] = if self.recognise { RECOGNISE } else { b"" };
        let mut lines = [recognise, self.work.word(), path, b"\n", self.shown.as_bytes(), b"\n"].concat();
        if self.work == Work::Reread {
            lines.extend_from_slice(self.transcript.as_bytes());
            lines.push(b'\n');
        }
        Some(lines)
    }

    /// The next request; `None` at the end.
    ///
    /// # Errors
    /// The stream's own, and `InvalidData` for lines that are no request.
    pub fn read(input: &mut impl BufRead) -> io::Result<Option<Self>> {
        let Some(first) = line(input)? else { return Ok(None) };
        let after = first.strip_prefix(RECOGNISE);
        let (recognise, first) = (after.is_some(), after.unwrap_or(&first));
        let asked = Work::ALL.into_iter().find_map(|work| Some((work, first.strip_prefix(work.word())?)));
        let (work, path) = asked.ok_or(io::ErrorKind::InvalidData)?;
        let shown = line(input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let text = |line: Vec<u8>| String::from_utf8_lossy(&line).into_owned();
        let transcript = match work {
            Work::Reread => text(line(input)?.ok_or(io::ErrorKind::UnexpectedEof)?),
            _ => String::new(),
        };
        Ok(Some(Request { work, recognise, path: path_of(path)?, shown: text(shown), transcript }))
    }
}

/// Puts a frame: the length of what follows in four bytes, the least first, and the bytes.
///
/// # Errors
/// What is too long for a frame.
pub fn put_frame(out: &mut Vec<u8>, bytes: &[u8]) -> io::Result<()> {
    let len = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.extend_from_slice(&len.to_le_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}

/// The next frame; `None` at the end of the stream.
///
/// # Errors
/// The stream's own, and one that ends in the middle of a frame.
pub fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    if input.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let mut len = [0; 4];
    input.read_exact(&mut len)?;
    so_many(input, u64::from(u32::from_le_bytes(len))).map(Some)
}

/// What a parent says first: a line with the length of the settings, and the settings.
pub fn greeting(settings: &[u8]) -> Vec<u8> {
    [settings.len().to_string().as_bytes(), b"\n", settings].concat()
}

/// The settings of a greeting.
///
/// # Errors
/// The stream's own, and `InvalidData` for what is no greeting.
pub fn greeted(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let len = line(input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    let len = std::str::from_utf8(&len).ok().and_then(|len| len.parse().ok());
    so_many(input, len.ok_or(io::ErrorKind::InvalidData)?)
}

fn so_many(input: &mut impl BufRead, len: u64) -> io::Result<Vec<u8>> {
    if len > FRAME {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    // As much as comes: a length alone reserves nothing.
    let read = input.take(len).read_to_end(&mut bytes)?;
    if read as u64 == len { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// The next line without its end; `None` at the end of the stream.
///
/// # Errors
/// The stream's own.
pub fn line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.ends_with(b"\n") {
        line.pop();
    }
    Ok(Some(line))
}

#[cfg(unix)]
fn path_bytes(path: &Path) -> Option<&[u8]> {
    use std::os::unix::ffi::OsStrExt;
    Some(path.as_os_str().as_bytes())
}

#[cfg(not(unix))]
fn path_bytes(path: &Path) -> Option<&[u8]> {
    path.to_str().map(str::as_bytes)
}

/// The path that a line of input names.
///
/// # Errors
/// `InvalidData` where the system has no such names: on Windows, bytes that are no UTF-8.
#[cfg(unix)]
pub fn path_of(line: &[u8]) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Ok(std::ffi::OsStr::from_bytes(line).into())
}

/// The path that a line of input names.
///
/// # Errors
/// `InvalidData` where the system has no such names: on Windows, bytes that are no UTF-8.
#[cfg(not(unix))]
pub fn path_of(line: &[u8]) -> io::Result<PathBuf> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    std::str::from_utf8(line).map(PathBuf::from).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        for (work, recognise, transcript) in
            [(Work::Look, false, ""), (Work::Examine, true, ""), (Work::Reread, false, "{\"说\":\"什么\"}")]
        {
            let sent = Request {
                work,
                recognise,
                path: "收件/ 总结 (1).docx ".into(),
                shown: "inbox/ 总结 (1).docx ".into(),
                transcript: transcript.to_string(),
            };
            let lines = sent.lines().unwrap();
            assert_eq!(Request::read(&mut lines.as_slice()).unwrap().unwrap(), sent);
        }
        assert_eq!(Request::read(&mut b"".as_slice()).unwrap(), None);
    }

    #[test]
    fn frames_come_one_by_one_and_whole_or_not_at_all() {
        let mut sent = Vec::new();
        for bytes in [b"a\nb".as_slice(), b"", "说".as_bytes()] {
            put_frame(&mut sent, bytes).unwrap();
        }
        let mut input = sent.as_slice();
        let mut next = || frame(&mut input).unwrap();
        assert_eq!([next(), next(), next(), next()], [Some(b"a\nb".to_vec()), Some(vec![]), Some("说".into()), None]);
        assert!(frame(&mut &sent[..5]).is_err());
        assert!(frame(&mut b"\xff\xff\xff\xffab".as_slice()).is_err());
        assert_eq!(greeted(&mut [greeting(b"a\nb"), b"c".to_vec()].concat().as_slice()).unwrap(), b"a\nb");
        for none in [b"".as_slice(), b"a\n", b"4\nabc", b"99999999999\n"] {
            assert!(greeted(&mut &*none).is_err(), "{none:?}");
        }
    }

    #[test]
    fn a_name_with_a_line_end_does_not_travel() {
        let sent = Request {
            work: Work::Examine,
            recognise: false,
            path: "a\nlook b".into(),
            shown: "inbox/a?".into(),
            transcript: String::new(),
        };
        assert_eq!(sent.lines(), None);
    }
}
