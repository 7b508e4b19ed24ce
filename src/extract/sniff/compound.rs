//! OLE compound files, told apart by the names of the streams in their root.

use crate::extract::le::u16_at;
use crate::extract::ole::{Compound, Kind};
use crate::extract::reader::Format;

/// FIB versions below this are Word 6 and 95 (MS-DOC 2.5.2: nFib of Word 97 is 0x00C1).
const WORD_97: u16 = 0x00C1;

/// The format of a compound file, whole or cut off.
pub fn sniff(bytes: &[u8]) -> Format {
    let Ok(file) = Compound::open(bytes) else {
        return by_names_in(bytes);
    };
    match file.kind() {
        Kind::Encrypted => Format::Encrypted,
        Kind::Word if file.beginning("WordDocument", 4).is_some_and(|fib| is_old_word(&fib)) => Format::Doc95,
        Kind::Word => Format::Doc,
        Kind::Workbook => Format::Xls,
        Kind::Slides => Format::Ppt,
        Kind::Message => Format::Msg,
        Kind::Other if file.is_whole() => Format::Ole,
        Kind::Other => by_names_in(bytes),
    }
}

/// By the beginning of the stream `WordDocument`.
fn is_old_word(fib: &[u8]) -> bool {
    u16_at(fib, 2).is_some_and(|version| version < WORD_97)
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
        match bytes.get(512..) {
            Some(fib @ [0xDC, 0xA5, ..]) if is_old_word(fib) => Format::Doc95,
            _ => Format::Doc,
        }
    } else if has("Workbook") || has("Book") {
        Format::Xls
    } else if has("PowerPoint Document") {
        Format::Ppt
    } else if bytes.get(512..514) == Some(&[0xEC, 0xA5]) {
        // The directory stands at the end and was cut off; the FIB of a Word file is still there.
        Format::Doc
    } else if bytes.get(512..516) == Some(&[0x09, 0x08, 0x10, 0x00]) {
        Format::Xls
    } else {
        Format::Ole
    }
}
