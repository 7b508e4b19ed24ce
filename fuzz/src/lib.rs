//! What the fuzz targets do with their bytes, and how an office package is written so that a fuzzer can change it.
//!
//! A package's parts are packed and vouched for by a checksum: a changed byte would break the checksum and nothing else would be
//! tried. So the targets of packages take the parts as plain text and pack them themselves ([`package`]).

use shouqi::campaign::{self, CampaignFiles};
use shouqi::detect::{self, engine::Engine};
use shouqi::extract::reader::Format;
use shouqi::extract::{self, READERS};
use shouqi::intake::{self, Manner};
use shouqi::model::document::{Block, Body, Content, Document};
use shouqi::model::passwords::Passwords;
use shouqi::model::place::Place;
use shouqi::model::source::SourceFile;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What stands before a part's name; its line ends the name.
const MARK: &[u8] = b"\n@@ ";

/// The reader of that name, for each format it lists.
pub fn reader(name: &str, bytes: &[u8]) {
    let reader = READERS.iter().find(|r| r.name == name).expect("a reader of that name");
    for format in reader.formats {
        self::format(name, *format, bytes);
    }
}

/// The reader of that name, for one format.
pub fn format(name: &str, format: Format, bytes: &[u8]) {
    only_our_panics();
    let reader = READERS.iter().find(|r| r.name == name).expect("a reader of that name");
    if let Ok(body) = (reader.read)(bytes, format) {
        // What is read must be fit to be looked through.
        std::hint::black_box(body.plain_text());
    }
}

/// Whatever the bytes are.
pub fn sniff(bytes: &[u8]) {
    only_our_panics();
    std::hint::black_box(extract::read(bytes));
}

/// An archive's list and members.
pub fn archive(bytes: &[u8]) {
    only_our_panics();
    let path = scratch().join("a.zip");
    std::fs::write(&path, bytes).expect("a scratch file");
    let offset = chrono::FixedOffset::east_opt(8 * 3600).expect("a zone");
    let passwords = Passwords::default();
    let manner = Manner { offset, passwords: &passwords, enclosed: &extract::enclosed };
    intake::open(&path, "inbox/a.zip", manner, &mut |opened, members: Vec<usize>| {
        assert!(opened.source.path.split('/').all(|name| name != ".."), "leads out: {}", opened.source.path);
        members.iter().sum::<usize>() + 1
    });
}

/// A text, by the demonstration's rules; lines with tabs are tables.
pub fn detect(bytes: &[u8]) {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/chengshui-2020");
        let campaign = campaign::load(&folder, &CampaignFiles::default(), &extract::read).expect("the demonstration");
        Engine::new(&campaign).expect("the demonstration's rules compile")
    });
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().filter(|line| !line.contains('\t'));
    let paragraphs = lines.zip(1..).map(|(line, n)| Block {
        place: Place::Paragraph(n),
        content: Content::Paragraph(line.to_string()),
    });
    let rows: Vec<&str> = text.lines().filter(|line| line.contains('\t')).collect();
    let tables = extract::read(rows.join("\n").as_bytes()).body.blocks;
    let body = Body { blocks: paragraphs.chain(tables).collect(), ..Body::default() };
    std::hint::black_box(detect::detect(SourceFile::default(), Document { body, ..Document::default() }, engine, true));
}

/// A roster, and the same file as receipts.
pub fn roster(bytes: &[u8]) {
    only_our_panics();
    let register = scratch().join("roster.csv");
    std::fs::write(&register, bytes).expect("a scratch file");
    let files =
        CampaignFiles { roster: Some(register.clone()), receipts: Some(register), ..CampaignFiles::default() };
    let _ = campaign::load(&scratch(), &files, &extract::read);
}

/// The package of parts that `examples/seed_fuzz.rs` has written as text: of each a line `@@ name`, then what it holds.
pub fn package(parts: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let marks: Vec<usize> = (0..parts.len()).filter(|at| parts[*at..].starts_with(MARK)).collect();
    for (n, at) in marks.iter().enumerate() {
        let part = &parts[at + MARK.len()..marks.get(n + 1).copied().unwrap_or(parts.len())];
        let (name, bytes) = part.split_at(part.iter().position(|b| *b == b'\n').unwrap_or(part.len()));
        if zip.start_file(String::from_utf8_lossy(name), stored).is_ok() {
            let _ = zip.write_all(bytes.get(1..).unwrap_or_default());
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A third party's parser may panic where its reader is prepared for that; a panic of ours is always a finding.
fn only_our_panics() {
    static SET: OnceLock<()> = OnceLock::new();
    SET.get_or_init(|| {
        let finding = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !panic.location().is_some_and(|at| at.file().contains("registry")) {
                finding(panic);
            }
        }));
    });
}

/// A folder with a small campaign, for what can only be tried on files.
fn scratch() -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a scratch folder");
        std::fs::write(folder.path().join("campaign.toml"), include_str!("campaign.toml")).expect("a scratch file");
        std::fs::create_dir(folder.path().join("rules")).expect("a scratch folder");
        folder
    });
    folder.path().to_path_buf()
}
