//! Other programs of the machine, run without a shell and not for ever.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
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
pub fn run<S: AsRef<OsStr>>(program: &str, arguments: &[S], input: &[u8]) -> io::Result<Ended> {
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

fn one_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    lines.join("; ").chars().take(300).collect()
}
