//! The contract of the schedulers: what is to be run each night, and what a scheduler must know of the machine.

use crate::cli::console::Stop;
use crate::model::message::Message;
use chrono::NaiveTime;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// What is to be run each night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// This program.
    pub program: String,
    /// Its arguments, every path in them absolute: a scheduler starts it in a folder of its own choice.
    pub arguments: Vec<String>,
    /// The campaign folder, by its absolute path.
    pub folder: String,
    /// The time of day, by the machine's clock.
    pub at: NaiveTime,
}

impl Job {
    /// What the scheduler knows it by: the same for the same folder, so that installing twice replaces.
    pub fn id(&self) -> String {
        let digest = Sha256::digest(self.folder.as_bytes());
        digest.iter().take(4).fold("shouqi-".to_string(), |id, byte| format!("{id}{byte:02x}"))
    }

    /// The words by which a later command knows that an entry is of this program and this folder.
    pub fn marker(&self) -> String {
        format!("{} 「{}」", self.mark(), self.folder)
    }

    /// The part of the marker that survives any encoding.
    pub fn mark(&self) -> String {
        self.id().replacen('-', " schedule ", 1)
    }
}

/// What a scheduler must know of the machine and the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// Where the person's systemd units are.
    pub units: PathBuf,
    /// The person's name; on Windows with the domain's.
    pub user: String,
    /// A folder for a file that lives for a moment.
    pub scratch: PathBuf,
}

/// What installing would do, for a person to read first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is written: where it goes, and the text.
    pub texts: Vec<(Message, String)>,
    /// What is then run.
    pub commands: Vec<Vec<String>>,
    /// What the person must know or do beside.
    pub notes: Vec<Message>,
}

/// A scheduler.
pub struct Kind {
    /// Its word on the command line.
    pub name: &'static str,
    /// What installing would do. Pure.
    pub plan: fn(&Job, &Machine) -> Plan,
    /// Does it.
    pub install: fn(&Job, &Machine) -> Result<(), Stop>,
    /// Removes what was installed for this folder, and nothing else; whether there was anything.
    pub remove: fn(&Job, &Machine) -> Result<bool, Stop>,
    /// Whether something is installed for this folder.
    pub is_installed: fn(&Job, &Machine) -> Result<bool, Stop>,
}

/// A failure with a sentence for a person.
pub fn failed(message: Message) -> Stop {
    Stop { status: 1, messages: vec![message] }
}

/// A file's text where there is such a file.
///
/// # Errors
/// Where it is there and cannot be read.
pub fn text_of(path: &Path) -> std::io::Result<Option<String>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
