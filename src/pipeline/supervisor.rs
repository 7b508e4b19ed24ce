//! The parent's side of one worker: starts it, asks it, and replaces it when it dies or falls silent.

use crate::model::limits;
use crate::model::message::Message;
use crate::model::packed::{from_bytes, to_bytes};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::reading::Reading;
use crate::model::source::SourceFile;
use crate::msg;
use crate::pipeline::examine::{Settings, failed};
use crate::pipeline::request::{READY, Request, Work, frame, greeting, line};
use crate::pipeline::text::Text;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long a worker may take until it is ready for its first file.
const START: Duration = Duration::from_secs(60);

/// How workers are started and how long they may take.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// The program: this one.
    pub program: PathBuf,
    /// The arguments that make it a worker.
    pub args: Vec<OsString>,
    /// How long a file may take.
    pub timeout: Duration,
    /// What recognises text in pictures, by name and version; none where nothing does.
    pub recogniser: Option<String>,
    greeting: Vec<u8>,
}

impl Recipe {
    /// Workers that know these settings.
    pub fn new(program: PathBuf, args: Vec<OsString>, timeout: Duration, settings: &Settings) -> io::Result<Self> {
        let greeting = greeting(&to_bytes(settings)?);
        let recogniser = settings.tesseract.as_ref().map(|t| t.version.clone());
        Ok(Recipe { program, args, timeout, recogniser, greeting })
    }

    /// How long a file may take in which so many pictures are looked at.
    fn time_of(&self, pages: usize) -> Duration {
        let pages = u32::try_from(pages).unwrap_or(u32::MAX);
        self.timeout.saturating_add(Duration::from_secs(limits::OCR_SECONDS).saturating_mul(pages))
    }

    /// All that decides what a file says, beside its content: the program, which a new build changes, and the settings.
    pub fn identity(&self) -> Vec<u8> {
        let meta = self.program.metadata();
        let built = meta.as_ref().ok().and_then(|m| m.modified().ok());
        let program = format!("{} {:?} {:?}\n", env!("CARGO_PKG_VERSION"), meta.as_ref().map_or(0, |m| m.len()), built);
        [program.as_bytes(), &self.greeting].concat()
    }
}

/// Has files examined by a worker of its own, one after the other.
pub struct Supervisor<'r> {
    recipe: &'r Recipe,
    worker: Option<Worker>,
}

impl<'r> Supervisor<'r> {
    /// The worker is started with the first file.
    pub fn new(recipe: &'r Recipe) -> Self {
        Supervisor { recipe, worker: None }
    }

    /// What a file says, as closely as `work` asks, or what its worker died of. A file that no worker survives is looked at once more from outside,
    /// so that its time of arrival is known all the same.
    ///
    /// # Errors
    /// Only where no worker can be started at all.
    pub fn examine(&mut self, work: Work, path: &Path, shown: &str) -> io::Result<Reading> {
        Ok(self.carry_out(work, path, shown, String::new())?.reading)
    }

    /// The same for any work: with what was read of the file before, or with what is read now.
    ///
    /// # Errors
    /// Only where no worker can be started at all.
    pub fn carry_out(&mut self, work: Work, path: &Path, shown: &str, transcript: String) -> io::Result<Examined> {
        let request = |work, recognise, transcript| Request {
            work,
            recognise,
            path: path.to_path_buf(),
            shown: shown.to_string(),
            transcript,
        };
        let unknown = || SourceFile { path: shown.into(), ..SourceFile::default() };
        let problem = match self.ask(&request(work, false, transcript), self.recipe.timeout)? {
            // What was read before was looked at then.
            Ok(examined) if matches!(work, Work::Look | Work::Picture | Work::Reread) => return Ok(examined),
            Ok(examined) => return self.recognise(examined, &request(work, true, String::new())),
            Err(problem) => problem,
        };
        if matches!(problem, Problem::NotOpened(_)) {
            return Ok(failed(unknown(), problem).into());
        }
        match self.ask(&request(Work::Look, false, String::new()), self.recipe.timeout)? {
            Ok(seen) => Ok(overshadowed(seen.reading, &problem).into()),
            Err(_) => Ok(failed(unknown(), problem).into()),
        }
    }

    /// The text of a file and of its members, or what its worker died of. Whatever goes wrong over pictures costs nothing of
    /// what is read without them.
    ///
    /// # Errors
    /// Only where no worker can be started at all.
    pub fn texts(&mut self, path: &Path) -> io::Result<Vec<Text>> {
        let shown = path.to_string_lossy().replace('\\', "/");
        let request = |recognise| Request {
            work: Work::Read,
            recognise,
            path: path.to_path_buf(),
            shown: shown.clone(),
            transcript: String::new(),
        };
        // How many of its pictures may be pages is not known before it is read.
        let pages = if self.recipe.recogniser.is_some() { limits::OCR_PAGES } else { 0 };
        let (read, lost) = match self.ask(&request(pages > 0), self.recipe.time_of(pages))? {
            Err(problem) if pages > 0 => {
                let lost = Problem::NotRecognised(problem.message(), Place::Whole);
                (self.ask(&request(false), self.recipe.timeout)?, Some(lost))
            }
            read => (read, None),
        };
        let nonsense = || Problem::Crashed(msg!("pipeline.ended_unknown"));
        let texts = |read: Examined| {
            let texts: Option<Vec<Text>> = read.transcript.and_then(|texts| serde_json::from_str(&texts).ok());
            texts.ok_or_else(nonsense)
        };
        Ok(match read.and_then(texts) {
            Ok(mut texts) => {
                texts.iter_mut().take(1).for_each(|own| own.problems.extend(lost.clone()));
                texts
            }
            Err(problem) => {
                vec![Text { file: shown, format: String::new(), text: String::new(), problems: vec![problem] }]
            }
        })
    }

    /// Has text recognised in the pictures of a file that has been read, where some may be pages. A second question with
    /// more time, so that whatever goes wrong over pictures costs nothing of what was read without them.
    fn recognise(&mut self, examined: Examined, request: &Request) -> io::Result<Examined> {
        let pages = examined.reading.unread_pages();
        if self.recipe.recogniser.is_none() || pages == 0 {
            return Ok(examined);
        }
        Ok(self.ask(request, self.recipe.time_of(pages))?.unwrap_or_else(|problem| {
            let mut reading = examined.reading;
            reading.problems.push(Problem::NotRecognised(problem.message(), Place::Whole));
            reading.into()
        }))
    }

    fn ask(&mut self, request: &Request, time: Duration) -> io::Result<Result<Examined, Problem>> {
        let Some(lines) = request.lines() else {
            return Ok(Err(Problem::NotOpened(msg!("pipeline.name_cannot_travel"))));
        };
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => Worker::start(self.recipe)?,
        };
        match worker.ask(&lines, request.work, time) {
            Answer::Examined(examined) => {
                self.worker = Some(worker);
                Ok(Ok(*examined))
            }
            Answer::Silence => Ok(Err(Problem::TimedOut(time.as_secs()))),
            Answer::Death => Ok(Err(worker.post_mortem())),
        }
    }
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Examined {
    /// What it says.
    pub reading: Reading,
    /// What was read of it (JSON), where that was asked for; none where it is not fit to be kept.
    pub transcript: Option<String>,
}

impl From<Reading> for Examined {
    fn from(reading: Reading) -> Self {
        Examined { reading, transcript: None }
    }
}

/// What was seen from outside, with the problem that kept the content from being read. Nobody knows which member of an
/// archive did it: none may be called read.
fn overshadowed(mut reading: Reading, problem: &Problem) -> Reading {
    if reading.source.litter.is_none() && !reading.problems.contains(problem) {
        reading.problems.insert(0, problem.clone());
    }
    reading.members = reading.members.into_iter().map(|m| overshadowed(m, problem)).collect();
    reading
}

/// A running child.
struct Worker {
    process: Child,
    requests: ChildStdin,
    answers: Receiver<Vec<u8>>,
    /// Reads what the child complains of to its end; gives the last line.
    complaint: Option<JoinHandle<String>>,
}

enum Answer {
    Examined(Box<Examined>),
    Silence,
    Death,
}

impl Worker {
    fn start(recipe: &Recipe) -> io::Result<Self> {
        let mut process = Command::new(&recipe.program)
            .args(&recipe.args)
            // A backtrace would stand where the last words are looked for.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pipes = (process.stdin.take(), process.stdout.take(), process.stderr.take());
        let (Some(mut requests), Some(output), Some(errors)) = pipes else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, answers) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            // That it is ready is a line, so that words of another program are told from it.
            let mut next = line(&mut output);
            while let Ok(Some(answer)) = next {
                if sender.send(answer).is_err() {
                    break;
                }
                next = frame(&mut output);
            }
        });
        let complaint = thread::spawn(move || last_line(BufReader::new(errors)));
        // A child that is already dead is noticed when it does not say that it is ready.
        let _ = requests.write_all(&recipe.greeting);
        let mut worker = Worker { process, requests, answers, complaint: Some(complaint) };
        if worker.answers.recv_timeout(START) != Ok(READY.trim_ascii().to_vec()) {
            worker.ended();
            return Err(io::Error::other(worker.last_words()));
        }
        Ok(worker)
    }

    fn ask(&mut self, lines: &[u8], work: Work, timeout: Duration) -> Answer {
        if self.requests.write_all(lines).and_then(|()| self.requests.flush()).is_err() {
            return Answer::Death;
        }
        let next = || self.answers.recv_timeout(timeout);
        let answer = || -> Result<Option<Examined>, RecvTimeoutError> {
            let reading = from_bytes(&next()?);
            let transcript = match (work, &reading) {
                (work, Some(_)) if work.gives_what_was_read() => {
                    String::from_utf8(next()?).ok().filter(|text| !text.is_empty())
                }
                _ => None,
            };
            Ok(reading.map(|reading| Examined { reading, transcript }))
        };
        match answer() {
            Ok(Some(examined)) => Answer::Examined(Box::new(examined)),
            Ok(None) => Answer::Death,
            Err(RecvTimeoutError::Timeout) => Answer::Silence,
            Err(RecvTimeoutError::Disconnected) => Answer::Death,
        }
    }

    /// What the child died of. One that lives and talks nonsense is ended.
    fn post_mortem(mut self) -> Problem {
        // It has closed its output, so it ends by itself in a moment; how it ends is what we want to know.
        let status = self.ended();
        let last = self.last_words();
        if last.starts_with("memory allocation of ") {
            return Problem::TooLarge(msg!("pipeline.memory", limits::WORKER_BYTES >> 20));
        }
        let how = status.map_or(msg!("pipeline.ended_unknown"), |status| ending(&status));
        Problem::Crashed(if last.is_empty() { how } else { msg!("pipeline.ended_saying", how, last) })
    }

    /// To be asked once it has ended: its complaints are then complete.
    fn last_words(&mut self) -> String {
        self.complaint.take().and_then(|c| c.join().ok()).unwrap_or_default()
    }

    fn ended(&mut self) -> Option<ExitStatus> {
        for _ in 0..200 {
            if let Ok(Some(status)) = self.process.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.process.kill().ok()?;
        self.process.wait().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Idle, silent or dead: in each case nothing more is wanted of it, and none may stay behind.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(unix)]
fn ending(status: &ExitStatus) -> Message {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => msg!("pipeline.ended_code", code),
        (None, Some(signal)) => msg!("pipeline.ended_signal", signal),
        (None, None) => msg!("pipeline.ended_unknown"),
    }
}

#[cfg(not(unix))]
fn ending(status: &ExitStatus) -> Message {
    status.code().map_or(msg!("pipeline.ended_unknown"), |code| msg!("pipeline.ended_code", code))
}

/// The last line that says something. Lines that begin with "note:" are advice for programmers.
fn last_line(input: impl BufRead) -> String {
    let mut last = String::new();
    for line in input.split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() && !line.starts_with("note:") {
            last = line.trim().chars().take(200).collect();
        }
    }
    last
}
