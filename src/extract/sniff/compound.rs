//! OLE compound files, told apart by the names of the streams in their root.

use crate::extract::reader::Format;
use std::io::{Cursor, Read};

/// FIB versions below this are Word 6 and 95 (MS-DOC 2.5.2: nFib of Word 97 is 0x00C1).
const WORD_97: u16 = 0x00C1;

/// The format of a compound file, whole or cut off.
pub(super) fn sniff(bytes: &[u8]) -> Format {
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        return by_names_in(bytes);
    };
    let names: Vec<String> = file.read_root_storage().map(|e| e.name().to_string()).collect();
    let has = |wanted: &str| names.iter().any(|n| n.eq_ignore_ascii_case(wanted));
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Format::Encrypted
    } else if has("WordDocument") {
        let mut fib = [0; 4];
        let read = file.open_stream("/WordDocument").and_then(|mut s| s.read_exact(&mut fib));
        if read.is_ok() && is_old_word(fib) { Format::Doc95 } else { Format::Doc }
    } else if has("Workbook") || has("Book") {
        Format::Xls
    } else if has("PowerPoint Document") {
        Format::Slides
    } else {
        Format::Ole
    }
}

fn is_old_word(fib: [u8; 4]) -> bool {
    let [_, _, low, high] = fib;
    u16::from_le_bytes([low, high]) < WORD_97
}

/// What the directory's names say, where it can no longer be walked.
fn by_names_in(bytes: &[u8]) -> Format {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if has("EncryptedPackage") {
        Format::Encrypted
    } else if has("WordDocument") {
        // The text stream usually is the first after the header sector; its first bytes are the FIB.
        match bytes.get(512..).and_then(|b| b.first_chunk::<4>()) {
            Some(fib @ [0xDC, 0xA5, ..]) if is_old_word(*fib) => Format::Doc95,
            _ => Format::Doc,
        }
    } else if has("Workbook") || has("Book") {
        Format::Xls
    } else if has("PowerPoint Document") {
        Format::Slides
    } else if bytes.get(512..514) == Some(&[0xEC, 0xA5]) {
        // The directory stands at the end and was cut off; the FIB of a Word file is still there.
        Format::Doc
    } else if bytes.get(512..516) == Some(&[0x09, 0x08, 0x10, 0x00]) {
        Format::Xls
    } else {
        Format::Ole
    }
}
