//! Other programs of the machine, run without a shell and not for ever.

use encoding_rs::GB18030;
use std::borrow::Cow;
use std::env;
use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// How long such a program may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Whether it says that it succeeded.
    pub good: bool,
    /// Its standard output.
    pub out: Vec<u8>,
    /// What it complained of, else what it said, in one line: for a person.
    pub said: String,
}

/// Runs a program to its end; `input` is its standard input. Its words are English, so that they can be told apart.
///
/// # Errors
/// `NotFound` where there is no such program; `TimedOut` where it had to be stopped.
pub fn run<S: AsRef<OsStr>>(program: impl AsRef<OsStr>, arguments: &[S], input: &[u8]) -> io::Result<Ended> {
    let mut command = Command::new(program);
    command.args(arguments).env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(mut stdout), Some(mut stderr)) = pipes else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let given = input.to_vec();
    // One that does not read all of its input says so by its end.
    thread::spawn(move || stdin.write_all(&given));
    let out = thread::spawn(move || all(&mut stdout));
    let errors = thread::spawn(move || all(&mut stderr));
    let status = wait(&mut child)?;
    let out = out.join().unwrap_or_default();
    let errors = errors.join().unwrap_or_default();
    let said = [&errors, &out].into_iter().map(|bytes| one_line(bytes)).find(|line| !line.is_empty());
    Ok(Ended { good: status.success(), out, said: said.unwrap_or_else(|| status.to_string()) })
}

/// Runs a program that may ask the person something, on the person's own terminal.
///
/// # Errors
/// `NotFound` where there is no such program.
pub fn run_asking<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> io::Result<ExitStatus> {
    Command::new(program).args(arguments).status()
}

/// Where Tesseract stands, if it does: in the search path, which its installer for Windows does not add it to, or where that
/// installer puts it, for everybody or for one person.
pub fn tesseract() -> Option<PathBuf> {
    let places = [("ProgramFiles", ""), ("ProgramFiles(x86)", ""), ("LOCALAPPDATA", "Programs")];
    let folder = |(name, under): (&str, &str)| Some(PathBuf::from(env::var_os(name)?).join(under));
    let installed = |folder: PathBuf| folder.join("Tesseract-OCR").join("tesseract.exe");
    let usual = || places.into_iter().filter_map(folder).map(installed).find(|program| program.is_file());
    which::which("tesseract").ok().or_else(|| if cfg!(windows) { usual() } else { None })
}

fn all(input: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before it broke off is all that there is.
    let _ = input.read_to_end(&mut bytes);
    bytes
}

fn wait(child: &mut Child) -> io::Result<ExitStatus> {
    let glances = PATIENCE.as_millis() / GLANCE.as_millis();
    for _ in 0..glances {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        thread::sleep(GLANCE);
    }
    child.kill()?;
    child.wait()?;
    Err(io::ErrorKind::TimedOut.into())
}

/// Programs of a Chinese Windows write GBK to what is no console.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| GB18030.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}

fn one_line(bytes: &[u8]) -> String {
    let text = decoded(bytes);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    lines.join("; ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_says_is_read_in_the_encoding_of_its_system() {
        assert_eq!(one_line("错误: 拒绝访问。\r\n".as_bytes()), "错误: 拒绝访问。");
        assert_eq!(one_line(b"\xb4\xed\xce\xf3: \xbe\xdc\xbe\xf8\xb7\xc3\xce\xca\xa1\xa3\r\n"), "错误: 拒绝访问。");
    }
}
