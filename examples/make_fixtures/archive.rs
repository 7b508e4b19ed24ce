//! Zip files: Office packages with fixed times, and archives as Chinese Windows makes them, with names in GBK.

use anyhow::Result;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// Packs parts in the given order. The time of every part is the zip epoch, so the bytes depend on the parts only.
pub fn pack(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The parts of a package, folders left out.
pub fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))?;
    let mut parts = Vec::new();
    for i in 0..zip.len() {
        let mut part = zip.by_index(i)?;
        if part.is_file() {
            let mut content = Vec::new();
            part.read_to_end(&mut content)?;
            parts.push((part.name()?.into_owned(), content));
        }
    }
    Ok(parts)
}

/// An archive with names in GBK and the UTF-8 flag unset. No crate writes such names, hence by hand; stored, not
/// compressed. APPNOTE.TXT 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end record).
pub fn pack_gbk(members: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    // 2020-10-18 17:26:00 in MS-DOS form.
    const TIME: u16 = (17 << 11) | (26 << 5);
    const DATE: u16 = (40 << 9) | (10 << 5) | 18;
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let (name, ..) = encoding_rs::GBK.encode(name);
        let offset = u32::try_from(out.len())?;
        let size = u32::try_from(content.len())?.to_le_bytes();
        let mut common = Vec::new();
        for field in [20_u16, 0, 0, TIME, DATE] {
            common.extend(field.to_le_bytes());
        }
        common.extend(crc32(content).to_le_bytes());
        common.extend(size);
        common.extend(size);
        common.extend(u16::try_from(name.len())?.to_le_bytes());
        common.extend([0; 2]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.iter());
        out.extend(content);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.iter());
    }
    let count = u16::try_from(members.len())?.to_le_bytes();
    let start = u32::try_from(out.len())?;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(u32::try_from(directory.len())?.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    Ok(out)
}

/// CRC-32 of ISO 3309, bit by bit: the members are small.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}
