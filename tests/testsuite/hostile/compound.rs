//! Compound files (MS-CFB) whose chains go round in circles.

use super::Night;

/// A Word file of before 2007, of the project's fixtures.
fn doc() -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/report.doc");
    std::fs::read(path).unwrap()
}

fn long_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

/// Where a sector of 512 bytes begins.
fn sector(number: u32) -> usize {
    (number as usize + 1) * 512
}

/// Where an entry of the directory stands (2.6.1), by its name.
fn entry_of(bytes: &[u8], name: &str) -> usize {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    (512..bytes.len()).step_by(128).find(|at| bytes[*at..].starts_with(&name)).expect("the entry")
}

/// Where the allocation table says what follows a sector (2.3).
fn link_of(bytes: &[u8], number: u32) -> usize {
    let table = long_at(bytes, 0x4C + 4 * (number as usize / 128));
    sector(table) + 4 * (number as usize % 128)
}

#[test]
fn a_stream_that_leads_back_to_itself_ends() {
    let mut bytes = doc();
    let start = long_at(&bytes, entry_of(&bytes, "WordDocument") + 0x74);
    let link = link_of(&bytes, start);
    put(&mut bytes, link, start);
    let night = Night::over(&[("总结.doc", bytes)]);
    night.says("总结.doc", "");
    assert!(!night.written().contains("慃汯湡"), "what goes round is no text");
}

#[test]
fn a_directory_that_leads_back_to_itself_ends() {
    let mut bytes = doc();
    let entry = entry_of(&bytes, "WordDocument");
    let own = ((entry - sector(long_at(&bytes, 0x30))) / 128) as u32;
    // Left and right sibling, and child (2.6.1): itself.
    for at in [0x44, 0x48, 0x4C] {
        put(&mut bytes, entry + at, own);
    }
    let first = long_at(&bytes, 0x30);
    let link = link_of(&bytes, first);
    put(&mut bytes, link, first);
    let night = Night::over(&[("总结.doc", bytes)]);
    night.refuses("总结.doc", "");
}

#[test]
fn small_streams_that_go_round_in_a_circle_end() {
    let mut bytes = doc();
    let table = sector(long_at(&bytes, 0x3C));
    for n in 0..128 {
        put(&mut bytes, table + 4 * n, 0);
    }
    // The formatting of this file is such a stream; without it nobody knows where its text is.
    Night::over(&[("总结.doc", bytes)]).refuses("总结.doc", "");
}

#[test]
fn a_list_of_tables_that_goes_round_in_a_circle_ends() {
    let mut bytes = doc();
    let last = (bytes.len() / 512 - 2) as u32;
    // First sector of the list's extension, and how many there are (2.2).
    put(&mut bytes, 0x44, last);
    put(&mut bytes, 0x48, u32::MAX);
    let end = sector(last) + 508;
    put(&mut bytes, end, last);
    let folder = crate::folder::Folder::new();
    folder.write(&format!("{}/总结.doc", super::SCHOOL), &bytes);
    assert!([0, 3].contains(&folder.shouqi(&["run"]).status()));
}
