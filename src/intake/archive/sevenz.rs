//! 7z archives. Members share blocks that unpack from the beginning only, so they are taken in the archive's order.

use crate::intake::budget::{Budget, broken};
use crate::intake::container::{Container, Content, Entry, Key, Opener, Take};
use crate::intake::tries::Tries;
use crate::model::limits::UNPACKING_BYTES;
use crate::model::problem::Problem;
use crate::msg;
use chrono::{DateTime, FixedOffset};
use sevenz_rust2::{Archive, ArchiveEntry, BlockDecoder, EncoderMethod, Error, Password};
use std::io::{Cursor, Read};
use std::time::SystemTime;

/// Opens 7z archives.
pub const OPENER: Opener = Opener { format: "7z", open };

const SIGNATURE: &[u8] = b"7z\xBC\xAF\x27\x1C";
/// The memory of a dictionary, in the library's unit.
const MEMORY: usize = (UNPACKING_BYTES >> 10) as usize;

fn open<'b>(bytes: &'b [u8], key: Key<'b>) -> Option<Content<'b>> {
    if !bytes.starts_with(SIGNATURE) {
        return None;
    }
    let read = |password: &Password| Archive::read_with_memory_limit(&mut Cursor::new(bytes), password, MEMORY);
    // Names may be encrypted as well as contents.
    let archive = match read(&Password::empty()) {
        Err(Error::PasswordRequired | Error::MaybeBadPassword(_)) => {
            let opened = key.passwords.iter().find_map(|p| read(&Password::from(p.as_str())).ok());
            opened.ok_or(Problem::Encrypted)
        }
        other => other.map_err(|e| closed(&e)),
    };
    Some(match archive {
        Ok(archive) => Content::Archive(Box::new(SevenZ::new(archive, bytes, key))),
        Err(problem) => Content::Closed(problem),
    })
}

struct SevenZ<'b> {
    archive: Archive,
    bytes: &'b [u8],
    entries: Vec<Entry>,
    /// The place of each of the archive's files among the entries; folders have none.
    numbers: Vec<Option<usize>>,
    tries: Tries<'b>,
}

impl<'b> SevenZ<'b> {
    fn new(archive: Archive, bytes: &'b [u8], key: Key<'b>) -> Self {
        let mut entries = Vec::new();
        let number = |file: &ArchiveEntry| {
            (!file.is_directory && !file.is_anti_item).then(|| {
                entries.push(Entry {
                    name: file.name.clone(),
                    len: file.size,
                    modified: file.has_last_modified_date.then(|| modified(file, key.offset)),
                });
                entries.len() - 1
            })
        };
        let numbers = archive.files.iter().map(number).collect();
        SevenZ { archive, bytes, entries, numbers, tries: Tries::new(key.passwords) }
    }

    /// The password of a block, which another need not have.
    fn password(&mut self, block: usize) -> Option<Password> {
        if !self.is_locked(block) {
            return Some(Password::empty());
        }
        let SevenZ { archive, bytes, tries, .. } = self;
        let opens = |password: &str| {
            let mut first = Err(Error::PasswordRequired);
            let (password, mut source) = (Password::from(password), Cursor::new(*bytes));
            let read = decoder(archive, block, &password, &mut source).for_each_entries(&mut |_, content| {
                let mut content = content.take(UNPACKING_BYTES);
                first = std::io::copy(&mut content, &mut std::io::sink()).map_err(Error::from);
                // An empty member proves nothing.
                Ok(matches!(first, Ok(0)))
            });
            read.is_ok() && first.is_ok()
        };
        tries.find(opens).map(Password::from)
    }

    fn is_locked(&self, block: usize) -> bool {
        let coders = self.archive.blocks.get(block).into_iter().flat_map(|b| &b.coders);
        coders.into_iter().any(|c| c.encoder_method_id() == EncoderMethod::ID_AES256_SHA256)
    }

    fn unpack_block(
        &self,
        block: usize,
        password: &Password,
        wanted: &[bool],
        budget: &mut Budget,
        take: &mut Take<'_>,
    ) -> Result<(), Problem> {
        let stored = self.bytes.len() as u64;
        // All of a block is unpacked for its last member: it must fit as a whole.
        budget.check_whole(self.archive.blocks.get(block).map_or(0, sevenz_rust2::Block::get_unpack_size), stored)?;
        let first = self.archive.stream_map.block_first_file_index.get(block).copied().unwrap_or(usize::MAX);
        let mut numbers = self.numbers.iter().skip(first);
        let mut source = Cursor::new(self.bytes);
        let outcome = decoder(&self.archive, block, password, &mut source).for_each_entries(&mut |file, content| {
            if let Some(number) = numbers.next().copied().flatten().filter(|n| wanted.get(*n) == Some(&true)) {
                let bytes = budget.read(content, file.size, stored, &broken);
                take(number, bytes, budget);
            }
            Ok(true)
        });
        outcome.map(|_| ()).map_err(|e| closed(&e))
    }
}

fn decoder<'a, 'b>(
    archive: &'a Archive,
    block: usize,
    password: &'a Password,
    source: &'a mut Cursor<&'b [u8]>,
) -> BlockDecoder<'a, Cursor<&'b [u8]>> {
    BlockDecoder::new_with_memory_limit(1, MEMORY, block, archive, password, source)
}

impl Container for SevenZ<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn unpack(&mut self, wanted: &[bool], budget: &mut Budget, take: &mut Take<'_>) -> Option<Problem> {
        let blocks: Vec<Option<usize>> = self.archive.stream_map.file_block_index.clone();
        let numbers = self.numbers.clone();
        let of = |block: Option<usize>| {
            let all =
                blocks.iter().zip(&numbers).filter(move |(at, _)| **at == block).filter_map(|(_, number)| *number);
            all.filter(|n| wanted.get(*n) == Some(&true))
        };
        for block in 0..self.archive.blocks.len() {
            let outcome = match self.password(block) {
                None => Err(Problem::Encrypted),
                Some(password) => self.unpack_block(block, &password, wanted, budget, take),
            };
            if let Err(problem) = outcome {
                of(Some(block)).for_each(|n| take(n, Err(problem.clone()), budget));
            }
        }
        // Empty members lie in no block.
        of(None).for_each(|n| take(n, Ok(Vec::new()), budget));
        None
    }
}

fn closed(error: &Error) -> Problem {
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => Problem::Encrypted,
        Error::MaxMemLimited { .. } => Problem::TooLarge(msg!("intake.unpacking_memory", UNPACKING_BYTES >> 20)),
        Error::UnsupportedCompressionMethod(method) => Problem::Unsupported(msg!("intake.member_method", method)),
        Error::Unsupported(what) | Error::Other(what) => Problem::Damaged(msg!("intake.archive_broken", what.as_ref())),
        other => Problem::Damaged(msg!("intake.archive_broken", other.to_string())),
    }
}

fn modified(file: &ArchiveEntry, offset: FixedOffset) -> DateTime<FixedOffset> {
    DateTime::<chrono::Utc>::from(SystemTime::from(file.last_modified_date)).with_timezone(&offset)
}
