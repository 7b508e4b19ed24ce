//! The limit of memory for unpacking, which no other file of this folder runs into.

use super::{Night, SENTENCE};

/// A 7z archive of one member, stored by LZMA2 with a dictionary as long as that byte says (7zFormat.txt; the last of them is
/// 4 GB).
fn seven_z(dictionary: u8) -> Vec<u8> {
    let content = SENTENCE.as_bytes();
    let length = u8::try_from(content.len()).unwrap();
    let packed = [&[1, 0, length - 1], content, &[0]].concat();
    let name: Vec<u8> = "总结.txt\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let stored = [4, 6, 0, 1, 9, packed.len() as u8, 0, 7, 11, 1, 0, 1, 0x21, 0x21, 1, dictionary, 12, length, 0];
    let streams = [stored.as_slice(), &[8, 10, 1], &libdeflater::crc32(content).to_le_bytes(), &[0, 0]].concat();
    let files = [&[5, 1, 17, name.len() as u8 + 1, 0], name.as_slice(), &[0]].concat();
    let header = [&[1], streams.as_slice(), &files, &[0]].concat();
    let long = |n: usize| (n as u64).to_le_bytes();
    let sum = |bytes: &[u8]| libdeflater::crc32(bytes).to_le_bytes();
    let start = [&long(packed.len())[..], &long(header.len()), &sum(&header)].concat();
    [b"7z\xBC\xAF\x27\x1C\0\x04", &sum(&start)[..], &start, &packed, &header].concat()
}

#[test]
fn an_archive_that_asks_for_more_memory_than_there_is_is_refused() {
    Night::ending(0, &[("材料.7z", seven_z(20))]).takes("材料.7z!/总结.txt");
    Night::over(&[("材料.7z", seven_z(40))]).refuses("材料.7z!/总结.txt", "512 MB");
}
