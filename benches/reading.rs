//! How many bytes a second one core reads, format by format: bytes → Document, with the demonstration's own files and those
//! of fixtures/formats.
//!
//! ```text
//! cargo bench --bench reading
//! ```
#![allow(clippy::panic, reason = "a benchmark without its fixtures has nothing to say")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use shouqi::extract;
use std::collections::BTreeMap;
use std::path::Path;

fn main() {
    divan::main();
}

/// All files of the fixtures by their format, as the content shows it.
fn files() -> BTreeMap<String, Vec<Vec<u8>>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let files = walkdir::WalkDir::new(fixtures).sort_by_file_name().into_iter().flatten();
    let mut by_format: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for bytes in files.filter_map(|file| std::fs::read(file.path()).ok()) {
        by_format.entry(extract::read(&bytes).format).or_default().push(bytes);
    }
    by_format
}

/// The formats, but for what no reader knows.
fn formats() -> Vec<String> {
    files().into_keys().filter(|format| !format.is_empty()).collect()
}

#[divan::bench(args = formats())]
fn format(bencher: Bencher<'_, '_>, format: &String) {
    let files = files().remove(format).unwrap_or_default();
    let bytes: usize = files.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for file in &files {
            black_box(extract::read(file));
        }
    });
}
