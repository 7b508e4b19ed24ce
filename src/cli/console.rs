//! Results to standard output, complaints to standard error, in the person's language.

use crate::model::message::{Lang, Message};
use crate::msg;
use crate::pipeline::error::PipelineError;
use crate::pipeline::order::Clock;
use chrono::{DateTime, Local, SecondsFormat};
use serde_json::{Value, json};
use std::io::{self, ErrorKind, Write};
use std::time::{Duration, Instant, SystemTime};

/// The exit status where another run holds the lock.
const LOCKED: u8 = 11;

/// Why a command ends early.
#[derive(Debug)]
pub struct Stop {
    /// The exit status.
    pub status: u8,
    /// What to say.
    pub messages: Vec<Message>,
}

impl Stop {
    /// What was given is at fault; nothing was read.
    pub fn misuse(message: Message) -> Self {
        Stop { status: 2, messages: vec![message] }
    }
}

impl From<PipelineError> for Stop {
    fn from(error: PipelineError) -> Self {
        let status = match &error {
            PipelineError::Locked(_) => LOCKED,
            error if error.is_input() => 2,
            _ => 1,
        };
        Stop { status, messages: error.messages() }
    }
}

/// How much a line of the log matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// As it should be.
    Info,
    /// Something was lost, or somebody should look.
    Warn,
    /// The command has failed.
    Error,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// Where a command speaks.
pub struct Console {
    /// The language.
    pub lang: Lang,
    log: bool,
    begun: Instant,
    now: SystemTime,
}

impl Console {
    /// The process's own console; with `log`, standard error is JSON lines for programs.
    pub fn new(lang: Lang, log: bool) -> Self {
        #[allow(clippy::disallowed_methods, reason = "cli reads the clock")]
        let (begun, now) = (Instant::now(), SystemTime::now());
        Console { lang, log, begun, now }
    }

    /// The moment of the start.
    pub fn now(&self) -> SystemTime {
        self.now
    }

    /// The time, in seconds since 1970.
    pub fn seconds_since_1970(&self) -> f64 {
        (self.now + self.elapsed()).duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64()
    }

    /// What a run says of itself to whoever comes second.
    pub fn owner(&self) -> String {
        let since = self.local().format("%Y-%m-%d %H:%M:%S").to_string();
        msg!("pipeline.lock_owner", std::process::id(), since).text(self.lang)
    }

    /// The moment of the start, as the clock on the wall shows it.
    pub fn local(&self) -> chrono::DateTime<chrono::FixedOffset> {
        chrono::DateTime::<chrono::Local>::from(self.now).fixed_offset()
    }

    /// How long it has been since the start.
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Calls `with` with the clock.
    pub fn with_clock<T>(&self, with: impl FnOnce(&Clock<'_>) -> T) -> T {
        with(&Clock { now: self.now, elapsed: &|| self.elapsed(), pause: &std::thread::sleep })
    }

    /// Prints text as it is.
    ///
    /// # Errors
    /// A [`Stop`] of status 0 where nobody reads on (`| head`), which is no failure; one of status 1 for anything else.
    pub fn print(&self, text: &str) -> Result<(), Stop> {
        self.print_bytes(text.as_bytes())
    }

    /// Prints a message on a line of its own.
    ///
    /// # Errors
    /// As [`Console::print`].
    pub fn say(&self, message: &Message) -> Result<(), Stop> {
        self.print(&(message.text(self.lang) + "\n"))
    }

    /// Prints bytes and flushes.
    ///
    /// # Errors
    /// As [`Console::print`].
    pub fn print_bytes(&self, bytes: &[u8]) -> Result<(), Stop> {
        let mut out = io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush()).map_err(|e| match e.kind() {
            ErrorKind::BrokenPipe => Stop { status: 0, messages: Vec::new() },
            _ => Stop { status: 1, messages: vec![msg!("cli.cannot_print", e.to_string())] },
        })
    }

    /// Says on standard error why the command fails.
    pub fn complain(&self, message: &Message) {
        self.tell(Level::Error, message);
    }

    /// Says on standard error what somebody should know of.
    pub fn warn(&self, message: &Message) {
        self.tell(Level::Warn, message);
    }

    fn tell(&self, level: Level, message: &Message) {
        let text = message.text(self.lang);
        if self.log {
            self.log(level, message.key(), json!({ "message": text }));
        } else {
            write_error(&(text + "\n"));
        }
    }

    /// Prints text on standard error.
    pub fn complain_text(&self, text: &str) {
        if self.log {
            self.log(Level::Error, "cli.usage", json!({ "message": text.trim_end() }));
        } else {
            write_error(text);
        }
    }

    /// Whether standard error is the log of programs.
    pub fn is_log(&self) -> bool {
        self.log
    }

    /// A line of the log: time, level, event, then the fields. Nothing without `--log json`.
    pub fn log(&self, level: Level, event: &str, fields: Value) {
        if !self.log {
            return;
        }
        let time = DateTime::<Local>::from(self.now + self.elapsed());
        let ts = time.to_rfc3339_opts(SecondsFormat::Millis, false);
        let mut line = format!("{{\"ts\":{},\"level\":{},\"event\":{}", json!(ts), json!(level.word()), json!(event));
        for (name, value) in fields.as_object().into_iter().flatten() {
            line += &format!(",{}:{value}", json!(name));
        }
        write_error(&(line + "}\n"));
    }
}

fn write_error(text: &str) {
    // There is nobody left to tell when this fails.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
