//! The program: whether it can be used, and a page handed to it. No shell, no file: the picture goes in on its standard
//! input, the table comes out on its standard output.

use crate::model::limits;
use crate::model::message::Message;
use crate::msg;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// The language that pages are recognised in: simplified Chinese, which knows figures and Latin letters too.
const LANGUAGE: &str = "chi_sim";
/// How long the program may take to say what it is.
const ASKING: Duration = Duration::from_secs(20);
/// The longest answer that is kept, in bytes; a full page takes a hundredth of it.
const ANSWER: u64 = 16 << 20;

/// An installed Tesseract that reads Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tesseract {
    /// The program.
    pub program: PathBuf,
    /// What it calls itself and the language, `tesseract 5.3.0 chi_sim`: a part of the cache's key.
    pub version: String,
}

impl Tesseract {
    /// Asks the program what it is.
    ///
    /// # Errors
    /// Why it cannot be used, and what to do.
    pub fn ask(program: &Path) -> Result<Self, Message> {
        let shown = || program.display().to_string();
        let answer = |question| {
            let answered = run(Command::new(program).arg(question), Vec::new(), ASKING);
            answered.map_err(|e| msg!("ocr.does_not_start", shown(), e.to_string()))
        };
        let said = answer("--version")?.1;
        let version = said.lines().next().unwrap_or_default().trim();
        let number = version.strip_prefix("tesseract ").ok_or_else(|| msg!("ocr.not_tesseract", shown()))?;
        // Before 4 there was no such recognition of Chinese.
        let major = number.trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
        if major.is_none_or(|n| n < 4) {
            return Err(msg!("ocr.too_old", shown(), number));
        }
        let version = format!("{version} {LANGUAGE}");
        if !answer("--list-langs")?.1.lines().any(|line| line.trim() == LANGUAGE) {
            return Err(msg!("ocr.no_chinese", shown(), LANGUAGE));
        }
        Ok(Tesseract { program: program.to_path_buf(), version })
    }

    /// The table of words of a page.
    ///
    /// # Errors
    /// Why there is none.
    pub fn recognise(&self, page: &[u8]) -> Result<String, Message> {
        let mut command = Command::new(&self.program);
        command.args(["stdin", "stdout", "-l", LANGUAGE, "--dpi", "300", "-c", "tessedit_create_tsv=1"]);
        // Files are read side by side already; threads of its own only get in each other's way.
        command.env("OMP_THREAD_LIMIT", "1");
        match run(&mut command, page.to_vec(), Duration::from_secs(limits::OCR_SECONDS)) {
            Ok((status, table)) if status.success() => Ok(table),
            Ok((status, _)) => Err(msg!("ocr.failed", status.to_string())),
            Err(e) if e.kind() == io::ErrorKind::TimedOut => Err(msg!("ocr.too_slow", limits::OCR_SECONDS)),
            Err(e) => Err(msg!("ocr.failed", e.to_string())),
        }
    }
}

/// Runs a program that gets `input` and may take so long. What it complains of is not kept.
fn run(command: &mut Command, input: Vec<u8>, time: Duration) -> io::Result<(ExitStatus, String)> {
    let process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut process = Ended(process);
    let (Some(mut stdin), Some(stdout)) = (process.0.stdin.take(), process.0.stdout.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    // A program that is stopped closes both streams, so neither thread outlives it.
    thread::spawn(move || stdin.write_all(&input));
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut answer = Vec::new();
        let read = stdout.take(ANSWER).read_to_end(&mut answer).map(|_| answer);
        sender.send(read)
    });
    let answer = receiver.recv_timeout(time).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    if answer.len() as u64 == ANSWER {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    // It has closed its output and ends by itself.
    Ok((process.0.wait()?, String::from_utf8_lossy(&answer).into_owned()))
}

/// A process that is stopped when nobody wants it any more.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
