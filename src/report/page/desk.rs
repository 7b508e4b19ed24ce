//! What stands again and again on a part of the page stands there once, in a list, and is a number elsewhere: texts, files.
//! A county of thousands of schools stays a page that a browser opens.

use crate::model::flag::Flag;
use crate::model::message::Message;
use crate::model::sheet::{Link, Tone};
use crate::report::links;
use crate::report::page::frame::class;
use crate::report::tones;
use crate::report::view::{View, received_by};
use serde::Serialize;
use std::collections::BTreeMap;

/// A file that was received.
#[derive(Debug, Serialize)]
pub struct FileEntry {
    path: String,
    address: Option<String>,
    status: usize,
    tone: &'static str,
    received: usize,
    problems: Vec<usize>,
}

/// A gap or a hint.
#[derive(Debug, Serialize)]
pub struct FlagEntry {
    id: String,
    kind: usize,
    tone: &'static str,
    message: usize,
    open: bool,
    files: Vec<usize>,
}

/// Numbers texts and files as they come.
pub struct Desk<'v, 'a> {
    /// The findings.
    pub view: &'v View<'a>,
    texts: BTreeMap<String, usize>,
    files: BTreeMap<String, usize>,
    entries: Vec<FileEntry>,
}

impl<'v, 'a> Desk<'v, 'a> {
    /// An empty one.
    pub fn new(view: &'v View<'a>) -> Self {
        Desk { view, texts: BTreeMap::new(), files: BTreeMap::new(), entries: Vec::new() }
    }

    /// Texts and files by their numbers.
    pub fn lists(self) -> (Vec<String>, Vec<FileEntry>) {
        let mut numbered: Vec<(String, usize)> = self.texts.into_iter().collect();
        numbered.sort_unstable_by_key(|(_, n)| *n);
        (numbered.into_iter().map(|(text, _)| text).collect(), self.entries)
    }

    /// The number of a text.
    pub fn text(&mut self, text: String) -> usize {
        let next = self.texts.len();
        *self.texts.entry(text).or_insert(next)
    }

    /// The number of a message.
    pub fn say(&mut self, message: &Message) -> usize {
        let text = self.view.say(message);
        self.text(text)
    }

    /// The number of a file.
    pub fn file(&mut self, path: &str) -> usize {
        if let Some(&n) = self.files.get(path) {
            return n;
        }
        let address = self.view.file_link(path).and_then(|link| match link {
            Link::File(path) => Some(links::address(&path)),
            Link::Row(..) => None,
        });
        // The findings list files by path.
        let files = &self.view.findings.files;
        let found = files.binary_search_by(|f| f.path.as_str().cmp(path)).ok().and_then(|n| files.get(n));
        let entry = match found {
            Some(f) => {
                let by = f.received_by.map(|by| self.view.say(&received_by(by))).unwrap_or_default();
                let at = f.received_at.as_ref().map(|t| self.view.local(t).format("%Y-%m-%d %H:%M").to_string());
                FileEntry {
                    path: path.to_string(),
                    address,
                    status: self.say(&f.status.message()),
                    tone: class(tones::of_file(f.status, f.is_unread())),
                    received: self.text(format!("{} {by}", at.unwrap_or_default()).trim().to_string()),
                    problems: f.problems.iter().map(|p| self.say(&p.message())).collect(),
                }
            }
            None => FileEntry {
                path: path.to_string(),
                address,
                status: self.text(String::new()),
                tone: "plain",
                received: self.text(String::new()),
                problems: Vec::new(),
            },
        };
        self.entries.push(entry);
        self.files.insert(path.to_string(), self.entries.len() - 1);
        self.entries.len() - 1
    }

    /// A flag, with its files.
    pub fn flag(&mut self, flag: &Flag) -> FlagEntry {
        let open = self.view.review_row(&flag.id).is_some_and(|row| (row as usize) < self.view.gaps.len());
        let kind = self.view.say(&flag.kind.message());
        let item = flag.item.as_deref().map(|id| self.view.item(id).map_or(id, |item| item.name).to_string());
        let tone = if open || flag.kind.is_hint() {
            tones::of_flag(flag, self.view.school(&flag.school).map(|s| &s.submission))
        } else {
            Tone::Muted
        };
        FlagEntry {
            id: flag.id.to_string(),
            kind: self.text(item.map_or(kind.clone(), |item| format!("{kind} · {item}"))),
            tone: class(tone),
            message: self.say(&flag.message),
            open: open || flag.kind.is_hint(),
            files: flag.files.iter().map(|f| self.file(f)).collect(),
        }
    }
}
