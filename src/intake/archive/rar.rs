//! RAR archives, from 1.3 to 7. Members of a solid archive unpack one after the other only, so all are taken in the archive's
//! order.

use crate::intake::budget::{Budget, broken};
use crate::intake::container::{Container, Content, Entry, Key, Opener, Take};
use crate::intake::dos_time::dos_time;
use crate::intake::names::decoded;
use crate::intake::tries::Tries;
use crate::model::limits::{ARCHIVE_MEMBERS, UNPACKING_BYTES};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use chrono::{DateTime, FixedOffset};
use rars::{
    Archive, ArchiveMember, ArchiveReadOptions, ArchiveReader, Error, ErrorKind, ExtractionDecision,
    ExtractionErrorAction, rar15_40, rar50,
};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Opens RAR archives.
pub const OPENER: Opener = Opener { format: "rar", open };

fn open<'b>(bytes: &'b [u8], key: Key<'b>) -> Option<Content<'b>> {
    if !bytes.starts_with(b"Rar!\x1A\x07") {
        return None;
    }
    let read = |password| ArchiveReader::read_with_options(bytes, options(password));
    // Names may be encrypted as well as contents.
    let archive = match read(None) {
        Err(error) if is_locked(&error) => {
            key.passwords.iter().find_map(|p| read(Some(p.as_bytes())).ok()).ok_or(Problem::Encrypted)
        }
        other => other.map_err(|e| problem(&e)),
    };
    Some(match archive {
        Ok(archive) if is_volume(&archive) => Content::Closed(Problem::SplitArchive),
        Ok(archive) => Content::Archive(Box::new(Rar::new(archive, key))),
        Err(problem) => Content::Closed(problem),
    })
}

/// Whether the block that ends an archive is missing, and members perhaps with it: the library takes what is there for all.
/// RAR 3 and later write it always, older ones never.
fn is_cut(archive: &Archive) -> bool {
    match archive {
        Archive::Rar15To40(a) => !matches!(a.blocks.last(), Some(rar15_40::Block::End(_))),
        Archive::Rar50Plus(a) => !matches!(a.blocks.last(), Some(rar50::Block::End(_))),
        _ => false,
    }
}

fn options(password: Option<&[u8]>) -> ArchiveReadOptions<'_> {
    ArchiveReadOptions::with_optional_password(password)
        .with_max_header_count(ARCHIVE_MEMBERS as u64 * 4)
        .with_max_reader_workspace_bytes(UNPACKING_BYTES)
        .with_rar50_dictionary_size_limit(UNPACKING_BYTES / 2)
}

fn is_volume(archive: &Archive) -> bool {
    match archive {
        Archive::Rar13(a) => a.main.is_volume(),
        Archive::Rar15To40(a) => a.main.is_volume(),
        Archive::Rar50Plus(a) => a.main.is_volume(),
        _ => false,
    }
}

struct Rar<'b> {
    archive: Archive,
    entries: Vec<Entry>,
    /// The place of each member among the entries; folders have none.
    numbers: Vec<Option<usize>>,
    tries: Tries<'b>,
}

impl<'b> Rar<'b> {
    fn new(archive: Archive, key: Key<'b>) -> Self {
        let mut entries = Vec::new();
        let number = |member: ArchiveMember| {
            (!member.meta.is_directory).then(|| {
                entries.push(Entry {
                    name: name(&member),
                    len: member.meta.unpacked_size,
                    modified: modified(&member, key.offset),
                });
                entries.len() - 1
            })
        };
        let numbers = archive.members().map(number).collect();
        Rar { archive, entries, numbers, tries: Tries::new(key.passwords) }
    }

    /// The password of an encrypted member, and its content.
    fn unlocked(&mut self, member: usize) -> Option<(&'b str, Vec<u8>)> {
        let Rar { archive, tries, .. } = self;
        let mut content = None;
        let password = tries.find(|password| {
            let options = options(Some(password.as_bytes())).with_max_member_output_bytes(UNPACKING_BYTES);
            content = archive.read_member_at_with_options(member, options).ok().flatten();
            content.is_some()
        })?;
        content.map(|content| (password, content))
    }
}

/// What a member is unpacked into, up to its bounds.
#[derive(Clone, Default)]
struct Sink(Rc<RefCell<(Vec<u8>, u64)>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (content, room) = &mut *self.0.borrow_mut();
        if content.len() as u64 + bytes.len() as u64 > *room {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        content.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Container for Rar<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn problems(&self) -> Vec<Problem> {
        let cut = || Problem::LostText(msg!("intake.archive_no_end"), Place::Whole);
        is_cut(&self.archive).then(cut).into_iter().collect()
    }

    fn unpack(&mut self, wanted: &[bool], budget: &mut Budget, take: &mut Take<'_>) -> Option<Problem> {
        let sink = Sink::default();
        let first = self.archive.members().position(|m| m.meta.is_encrypted && !m.meta.is_directory);
        let password = first.and_then(|first| self.unlocked(first)).map(|(password, _)| password.as_bytes());
        // Members with another password are left for a second look.
        let locked = RefCell::new(Vec::new());
        // The member that is being unpacked is whole when the next one begins.
        let open = RefCell::new((None::<(usize, usize, bool)>, &mut *take, &mut *budget));
        let solid = self.archive.members().any(|m| m.is_solid());
        let give = |outcome: Result<(), Problem>| {
            let (current, take, budget) = &mut *open.borrow_mut();
            if let Some((n, member, encrypted)) = current.take() {
                let content = std::mem::take(&mut sink.0.borrow_mut().0);
                if encrypted && !solid && matches!(outcome, Err(Problem::Encrypted | Problem::Damaged(_))) {
                    return locked.borrow_mut().push((n, member));
                }
                budget.spend(content.len() as u64);
                take(n, outcome.map(|()| content), budget);
            }
        };
        let mut numbers = self.numbers.iter().enumerate();
        let outcome = self.archive.extract_with_control_and_errors(
            options(password),
            |member| {
                give(Ok(()));
                let (at, number) = numbers.next().map_or((0, None), |(at, number)| (at, *number));
                let number = number.filter(|n| wanted.get(*n) == Some(&true));
                let passed_over = || {
                    if solid { ExtractionDecision::Extract(Box::new(io::sink())) } else { ExtractionDecision::Skip }
                };
                if member.meta.is_directory || member.meta.is_redirection {
                    return Ok(ExtractionDecision::Skip);
                }
                let Some(number) = number else { return Ok(passed_over()) };
                let (len, stored) = (member.meta.unpacked_size, member.meta.packed_size);
                let mut open = open.borrow_mut();
                let (current, take, budget) = &mut *open;
                // Each member of a solid archive costs what stands before it.
                let fits = if solid { budget.check_whole(len, u64::MAX) } else { budget.check(len, stored) };
                if let Err(problem) = fits {
                    take(number, Err(problem), budget);
                    return Ok(if solid { ExtractionDecision::Stop } else { ExtractionDecision::Skip });
                }
                *current = Some((number, at, member.meta.is_encrypted));
                *sink.0.borrow_mut() = (Vec::new(), len);
                Ok(ExtractionDecision::Extract(Box::new(sink.clone())))
            },
            |_, error| {
                give(Err(problem(error)));
                Ok(ExtractionErrorAction::Continue)
            },
        );
        let wrong = outcome.err().map(|e| problem(&e));
        give(wrong.clone().map_or(Ok(()), Err));
        for (n, member) in locked.into_inner() {
            let content = self.unlocked(member).map(|(_, content)| content).ok_or(Problem::Encrypted);
            budget.spend(content.as_ref().map_or(0, |content| content.len() as u64));
            take(n, content, budget);
        }
        wrong
    }
}

fn problem(error: &Error) -> Problem {
    let root = error.root_cause();
    match root.kind() {
        _ if is_locked(error) => Problem::Encrypted,
        ErrorKind::ResourceLimit => Problem::TooLarge(msg!("intake.unpacking_memory", UNPACKING_BYTES >> 20)),
        _ => broken(root),
    }
}

fn is_locked(error: &Error) -> bool {
    matches!(error.root_cause(), Error::NeedPassword | Error::WrongPasswordOrCorruptData)
}

/// The name: Unicode where the archive has it, else in the code page of the writer's system.
fn name(member: &ArchiveMember) -> String {
    match member.decoded_name(None) {
        Ok(name) => decoded(&name),
        Err(_) => decoded(member.meta.name_bytes()),
    }
}

/// Times of RAR 5 are exact; older ones are somebody's local time, the campaign's as far as one can know.
fn modified(member: &ArchiveMember, offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    let raw = member.meta.file_time?;
    match member.detail {
        rars::ArchiveMemberDetail::Rar50Plus { .. } => {
            Some(DateTime::from_timestamp(i64::from(raw), 0)?.with_timezone(&offset))
        }
        _ => dos_time((raw >> 16) as u16, raw as u16, offset),
    }
}
