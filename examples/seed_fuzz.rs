//! `cargo run --example seed_fuzz [FOLDER…]`: lays out the corpus of every fuzz target (`fuzz/`) from the project's fixtures, or from
//! other folders of documents. A file goes to the target of its reader.
//!
//! It stands here and not in `fuzz/`, whose programs are all built for the fuzzer.

use anyhow::Result;
use shouqi::extract::{self, READERS};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;
use zip::ZipArchive;

/// Larger files make a fuzzer slow and find nothing more.
const LARGEST: usize = 200_000;

#[allow(clippy::disallowed_methods, reason = "an example is a program of its own")]
fn main() -> Result<()> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        folders.push(home.join("fixtures"));
    }
    for entry in folders.iter().flat_map(WalkDir::new) {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = fs::read(entry.path())?;
        for (target, seed) in seeds(&bytes).into_iter().filter(|(_, seed)| seed.len() <= LARGEST) {
            let folder = home.join("fuzz/corpus").join(target);
            fs::create_dir_all(&folder)?;
            // The same content is the same seed.
            fs::write(folder.join(format!("seed-{:08x}-{}", libdeflater::crc32(&seed), seed.len())), seed)?;
        }
    }
    Ok(())
}

/// The targets that a file is a seed of, and what it is to them.
fn seeds(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let document = extract::read(bytes);
    let mut seeds = Vec::new();
    if bytes.len() < 20_000 {
        seeds.push(("sniff", bytes.to_vec()));
    }
    let text = document.body.plain_text();
    if !text.is_empty() && text.len() < 10_000 {
        seeds.push(("detect", text.into_bytes()));
    }
    let reader = document.reader.split('/').next().unwrap_or_default();
    match (document.format.as_str(), reader) {
        ("zip", _) => seeds.push(("archive", bytes.to_vec())),
        ("xls", _) => seeds.push(("xls", bytes.to_vec())),
        ("xlsx", _) => seeds.extend(parts("xlsx", bytes)),
        ("xlsb", _) => seeds.extend(parts("xlsb", bytes)),
        ("ods", _) => seeds.extend(parts("ods", bytes)),
        (_, "docx") => seeds.extend(parts("docx", bytes)),
        (_, "odt") => seeds.extend(parts("odt", bytes)),
        (_, "slides") => seeds.extend(parts("slides", bytes)),
        (_, "csv") => seeds.extend([("csv", bytes.to_vec()), ("roster", bytes.to_vec())]),
        (_, name) => seeds.extend(READERS.iter().find(|r| r.name == name).map(|r| (r.name, bytes.to_vec()))),
    }
    seeds
}

/// A package as its targets take it: of each part a line `@@ name`, then what it holds. Packed, a changed byte would break a
/// checksum and nothing else would be tried.
fn parts(target: &'static str, package: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(package)).ok()?;
    let mut text = Vec::new();
    for n in 0..zip.len() {
        let mut part = zip.by_index(n).ok()?;
        text.extend(format!("\n@@ {}\n", part.name().ok()?).bytes());
        part.read_to_end(&mut text).ok()?;
    }
    Some((target, text))
}
