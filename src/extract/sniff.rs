//! What format bytes are, by content alone: a file's name says what its sender believed.
//!
//! Tolerant of files cut off in transit: a broken `.docx` is still called that, so that its reader can say
//! "damaged" and the clerk knows what was meant to arrive.

mod compound;
mod package;
mod text;

use crate::extract::ole::SIGNATURE;
use crate::extract::reader::Format;

/// Magic numbers at the very beginning of a file.
const MAGIC: &[(&[u8], Format)] = &[
    (b"\xFF\xD8\xFF", Format::Jpeg),
    (b"\x89PNG\r\n\x1A\n", Format::Png),
    (b"GIF87a", Format::Gif),
    (b"GIF89a", Format::Gif),
    (b"II*\0", Format::Tiff),
    (b"MM\0*", Format::Tiff),
    (b"Rar!\x1A\x07", Format::Rar),
    (b"7z\xBC\xAF\x27\x1C", Format::SevenZip),
    (b"%PDF-", Format::Pdf),
    (b"\x78\x9F\x3E\x22", Format::Tnef),
];

/// Names the format of a file's bytes. Never fails; what is nothing known is [`Format::Unknown`].
pub fn sniff(bytes: &[u8]) -> Format {
    if bytes.is_empty() {
        return Format::Empty;
    }
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *format;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package::sniff(bytes);
    }
    if bytes.starts_with(&SIGNATURE) {
        return compound::sniff(bytes);
    }
    if is_bare_biff(bytes) {
        return Format::Xls;
    }
    picture_with_inner_mark(bytes).unwrap_or_else(|| match text::sniff(bytes) {
        Format::Unknown | Format::Txt if is_pdf_behind_something(bytes) => Format::Pdf,
        format => format,
    })
}

/// A PDF that a printer or a mail gateway put something before: its mark need only stand in the first 1,024 bytes (ISO
/// 32000-1, annex H, note 13). Its end tells it from a text about such files.
fn is_pdf_behind_something(bytes: &[u8]) -> bool {
    const NEAR: usize = 1024;
    let head = bytes.get(..NEAR).unwrap_or(bytes);
    let tail = bytes.get(bytes.len().saturating_sub(NEAR)..).unwrap_or(bytes);
    head.windows(5).any(|w| w == b"%PDF-") && tail.windows(9).any(|w| w == b"startxref")
}

/// A workbook stream that was never wrapped in a compound file: BIFF 2 to 8 begin with a BOF record (MS-XLS 2.4.21), whose
/// length and document type are fixed.
fn is_bare_biff(bytes: &[u8]) -> bool {
    let Some(&[id, version, length, 0, _, _, kind, kind_high]) = bytes.first_chunk::<8>() else {
        return false;
    };
    id == 0x09
        && matches!((version, length), (0x00, 4) | (0x02, 6) | (0x04, 6) | (0x08, 8 | 16))
        && matches!((kind, kind_high), (0x05 | 0x10 | 0x20 | 0x40, 0) | (0, 1))
}

/// Pictures whose mark does not stand at the beginning, or is too short to be trusted alone.
fn picture_with_inner_mark(bytes: &[u8]) -> Option<Format> {
    let head = bytes.first_chunk::<12>()?;
    if head.starts_with(b"RIFF") && head.ends_with(b"WEBP") {
        return Some(Format::Webp);
    }
    if head.get(4..8) == Some(b"ftyp") {
        let brand = head.get(8..)?;
        return [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"]
            .iter()
            .any(|b| brand == *b)
            .then_some(Format::Heic);
    }
    // "BM", the reserved words that are always zero, and a header of a known size.
    let zeros = head.get(6..10) == Some(&[0; 4]);
    let header = bytes.get(14..18).and_then(|b| b.first_chunk::<4>()).map(|b| u32::from_le_bytes(*b));
    (head.starts_with(b"BM") && zeros && header.is_none_or(|size| matches!(size, 12 | 40 | 52 | 56 | 64 | 108 | 124)))
        .then_some(Format::Bmp)
}

#[cfg(test)]
mod tests;
