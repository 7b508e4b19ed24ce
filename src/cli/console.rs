//! Results to standard output, complaints to standard error, in the person's language.

use crate::model::message::{Lang, Message};
use crate::msg;
use crate::pipeline::error::PipelineError;
use crate::pipeline::run::Clock;
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

/// Where a command speaks.
pub struct Console {
    /// The language.
    pub lang: Lang,
    begun: Instant,
    now: SystemTime,
}

impl Console {
    /// The process's own console.
    pub fn new(lang: Lang) -> Self {
        #[allow(clippy::disallowed_methods, reason = "cli reads the clock")]
        let (begun, now) = (Instant::now(), SystemTime::now());
        Console { lang, begun, now }
    }

    /// What a run says of itself to whoever comes second.
    pub fn owner(&self) -> String {
        let since = self.now().format("%Y-%m-%d %H:%M:%S").to_string();
        msg!("pipeline.lock_owner", std::process::id(), since).text(self.lang)
    }

    /// The moment of the start, as the clock on the wall shows it.
    pub fn now(&self) -> chrono::DateTime<chrono::FixedOffset> {
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

    /// Prints a message on a line of standard error.
    pub fn complain(&self, message: &Message) {
        self.complain_text(&(message.text(self.lang) + "\n"));
    }

    /// Prints text on standard error.
    pub fn complain_text(&self, text: &str) {
        // There is nobody left to tell when this fails.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}
