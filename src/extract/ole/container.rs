//! The container of [MS-CFB]: header, allocation tables, directory, streams. Lenient where a strict reader would refuse a file
//! that Word opens: a table with entries beyond the end, a directory with a broken branch, a last sector cut short.
//! Whatever the numbers say, no chain is followed twice through a sector.

use crate::extract::le::{slice_at, u8_at, u16_at, u32_at, u64_at, utf16_at};
use std::collections::BTreeSet;

/// The eight bytes that every compound file begins with.
pub const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The length of the header, and of a directory entry.
const HEADER: usize = 512;
const ENTRY: usize = 128;
/// The length of a sector of small streams.
const MINI_SECTOR: usize = 64;
/// More entries than any document has.
const ENTRIES: usize = 100_000;
/// No sector, no entry: numbers from here on are signs.
const SIGNS: u32 = 0xFFFF_FFFA;

/// An open container.
#[derive(Debug)]
pub struct Container<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    shift: u32,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    /// The stream of the root, which holds the small streams.
    mini: Vec<u8>,
    /// The number of its first sector.
    mini_start: u32,
    mini_cutoff: u64,
    /// The streams by path, in the directory's order.
    pub streams: Vec<Stream>,
    /// Every branch of the directory leads to an entry, and to one that no other leads to.
    pub is_whole: bool,
}

/// A stream of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// Its path, `ObjectPool/_123/Ole10Native`.
    pub path: String,
    start: u32,
    len: u64,
}

/// A directory entry.
#[derive(Debug, Default)]
struct Entry {
    name: String,
    kind: u8,
    siblings: [u32; 2],
    child: u32,
    start: u32,
    len: u64,
}

const STREAM: u8 = 2;
const ROOT: u8 = 5;

impl<'a> Container<'a> {
    /// Opens the container; `None` where header or directory cannot be made out.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(&SIGNATURE) {
            return None;
        }
        let shift = u32::from(u16_at(bytes, 0x1E)?);
        if !(7..=16).contains(&shift) || bytes.len() < HEADER {
            return None;
        }
        let mut container = Container {
            bytes,
            shift,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini: Vec::new(),
            mini_start: 0,
            mini_cutoff: u64::from(u32_at(bytes, 0x38)?),
            streams: Vec::new(),
            is_whole: false,
        };
        container.table = container.read_table()?;
        let directory = container.follow(u32_at(bytes, 0x30)?, u64::MAX);
        let long_lengths = u16_at(bytes, 0x1A)? >= 4;
        let entries: Vec<Entry> =
            directory.chunks_exact(ENTRY).take(ENTRIES).map(|e| entry(e, long_lengths).unwrap_or_default()).collect();
        let root = entries.first().filter(|e| e.kind == ROOT)?;
        container.mini_table = numbers(&container.follow(u32_at(bytes, 0x3C)?, u64::MAX)).collect();
        container.mini = container.follow(root.start, root.len);
        container.mini_start = root.start;
        (container.streams, container.is_whole) = streams(&entries);
        Some(container)
    }

    /// Puts `content` where a stream stands, in a copy of the whole file.
    pub fn overwrite(&self, stream: &Stream, content: &[u8], copy: &mut [u8]) {
        let size = 1_usize << self.shift;
        let sector = |number: u32| (number as usize).saturating_add(1).saturating_mul(size);
        let places: Vec<(usize, usize)> = if stream.len >= self.mini_cutoff {
            chain(stream.start, &self.table).map(|n| (sector(n), size)).collect()
        } else {
            let outer: Vec<u32> = chain(self.mini_start, &self.table).collect();
            let place = |n: u32| {
                let at = (n as usize).saturating_mul(MINI_SECTOR);
                Some((sector(*outer.get(at / size)?).saturating_add(at % size), MINI_SECTOR))
            };
            chain(stream.start, &self.mini_table).filter_map(place).collect()
        };
        let mut content = content.iter();
        for (at, len) in places {
            copy.iter_mut().skip(at).take(len).zip(&mut content).for_each(|(old, new)| *old = *new);
        }
    }

    /// A stream's bytes, as far as they are there and `limit` allows.
    pub fn read(&self, stream: &Stream, limit: u64) -> Vec<u8> {
        let len = stream.len.min(limit);
        if stream.len >= self.mini_cutoff {
            return self.follow(stream.start, len);
        }
        let mut out = Vec::new();
        for sector in chain(stream.start, &self.mini_table) {
            let at = (sector as usize).saturating_mul(MINI_SECTOR).min(self.mini.len());
            out.extend(self.mini.iter().skip(at).take(MINI_SECTOR));
            if out.len() as u64 >= len {
                break;
            }
        }
        out.truncate(usize::try_from(len).unwrap_or(usize::MAX));
        out
    }

    /// The allocation table, from the sectors that header and extension list.
    fn read_table(&self) -> Option<Vec<u32>> {
        const IN_HEADER: usize = 109;
        let mut listed: Vec<u32> = numbers(slice_at(self.bytes, 0x4C, IN_HEADER * 4)?).collect();
        let mut next = u32_at(self.bytes, 0x44)?;
        let mut seen = BTreeSet::new();
        while next < SIGNS && seen.insert(next) {
            let sector: Vec<u32> = numbers(self.sector(next)).collect();
            let Some((last, of)) = sector.split_last() else {
                break;
            };
            listed.extend(of);
            next = *last;
        }
        let mut seen = BTreeSet::new();
        let sectors = listed.into_iter().take_while(|s| *s < SIGNS && seen.insert(*s));
        Some(sectors.flat_map(|s| numbers(self.sector(s))).collect())
    }

    /// The bytes of a sector; fewer where the file ends in it, none beyond.
    fn sector(&self, number: u32) -> &'a [u8] {
        let size = 1_usize << self.shift;
        let at = (number as usize).saturating_add(1).saturating_mul(size).min(self.bytes.len());
        self.bytes.get(at..at.saturating_add(size).min(self.bytes.len())).unwrap_or_default()
    }

    fn follow(&self, start: u32, len: u64) -> Vec<u8> {
        let mut out = Vec::new();
        for number in chain(start, &self.table) {
            let sector = self.sector(number);
            out.extend_from_slice(sector);
            if sector.is_empty() || out.len() as u64 >= len {
                break;
            }
        }
        out.truncate(usize::try_from(len).unwrap_or(usize::MAX));
        out
    }
}

/// The numbers of a chain's sectors. One that leads back to itself ends there: what goes round is nobody's text.
fn chain(start: u32, table: &[u32]) -> impl Iterator<Item = u32> {
    let mut seen = vec![false; table.len()];
    let next = |n: &u32| table.get(*n as usize).copied();
    let numbers = std::iter::successors(Some(start), next).take_while(|n| *n < SIGNS);
    // A sector beyond the table is the last of its chain.
    numbers.take_while(move |n| seen.get_mut(*n as usize).is_none_or(|seen| !std::mem::replace(seen, true)))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
}

fn entry(bytes: &[u8], long_lengths: bool) -> Option<Entry> {
    let chars = usize::from(u16_at(bytes, 0x40)?).min(64) / 2;
    let name = utf16_at(bytes, 0, chars.saturating_sub(1))?;
    let len = if long_lengths { u64_at(bytes, 0x78)? } else { u64::from(u32_at(bytes, 0x78)?) };
    Some(Entry {
        name,
        kind: u8_at(bytes, 0x42)?,
        siblings: [u32_at(bytes, 0x44)?, u32_at(bytes, 0x48)?],
        child: u32_at(bytes, 0x4C)?,
        start: u32_at(bytes, 0x74)?,
        len,
    })
}

/// The streams that the directory's tree leads to, and whether it is whole; where a branch is broken, the other streams by
/// their bare names.
fn streams(entries: &[Entry]) -> (Vec<Stream>, bool) {
    let mut paths: Vec<Option<String>> = vec![None; entries.len()];
    let mut broken = false;
    let mut open: Vec<(u32, String)> = entries.first().map(|root| (root.child, String::new())).into_iter().collect();
    while let Some((number, parent)) = open.pop() {
        if number >= SIGNS {
            continue;
        }
        let (Some(entry), Some(path)) = (entries.get(number as usize), paths.get_mut(number as usize)) else {
            broken = true;
            continue;
        };
        if path.is_some() || number == 0 {
            broken = true;
            continue;
        }
        let own = format!("{parent}{}", entry.name);
        if own.len() < 4_096 && entry.kind != STREAM {
            open.push((entry.child, format!("{own}/")));
        }
        open.extend(entry.siblings.iter().map(|s| (*s, parent.clone())));
        *path = Some(own);
    }
    let found = entries.iter().zip(paths).filter(|(e, _)| e.kind == STREAM);
    let found = found.filter_map(|(e, path)| {
        Some(Stream { path: path.or_else(|| broken.then(|| e.name.clone()))?, start: e.start, len: e.len })
    });
    (found.collect(), !broken)
}
