//! Links to files, in the form that Excel, WPS and LibreOffice follow: a percent-encoded relative path as target of an
//! external relationship; to another drive or a share of Windows an absolute one. Chinese letters stay as they are, as Excel
//! itself writes them.

use std::io::{Cursor, Read, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Characters that must be encoded but that `rust_xlsxwriter` 0.102 would take for the start of an anchor (`#`) or encode
/// a second time. Each travels as a private character and is put right in the finished package.
const STAND_INS: [(char, char, &str); 3] =
    [('#', '\u{F023}', "%23"), ('?', '\u{F03F}', "%3F"), ('\\', '\u{F05C}', "%5C")];

/// The longest link that Excel accepts, in UTF-16 units.
const UNITS: usize = 2_000;

/// The target of a link to a file by its path, none where no program would follow it.
pub fn target(path: &str) -> Option<String> {
    let absolute = is_absolute(path);
    let mut out = String::with_capacity(path.len() + 8);
    for c in path.chars() {
        match c {
            // As Excel writes paths of Windows, whose names hold no backslash.
            '/' if absolute => out.push('\\'),
            ' ' => out.push_str("%20"),
            '%' => out.push_str("%25"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            '^' => out.push_str("%5E"),
            '`' => out.push_str("%60"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            c if c.is_control() || ('\u{F000}'..='\u{F0FF}').contains(&c) || c == '\u{FFFD}' => return None,
            c => out.push(STAND_INS.iter().find(|(real, ..)| *real == c).map_or(c, |(_, stand_in, _)| *stand_in)),
        }
    }
    (out.encode_utf16().count() <= UNITS).then_some(out)
}

/// Whether the path begins at a drive or a share of Windows.
fn is_absolute(path: &str) -> bool {
    let mut signs = path.chars();
    path.starts_with("//") || signs.next().is_some_and(|c| c.is_ascii_alphabetic()) && signs.as_str().starts_with(":/")
}

/// Whether a target holds a stand-in, so that the package must be put right.
pub fn has_stand_in(target: &str) -> bool {
    STAND_INS.iter().any(|(_, stand_in, _)| target.contains(*stand_in))
}

/// The package with every stand-in of its relationships replaced by the encoded character; all else stays byte for byte.
pub fn without_stand_ins(package: Vec<u8>) -> ZipResult<Vec<u8>> {
    let mut source = ZipArchive::new(Cursor::new(package))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for i in 0..source.len() {
        let mut file = source.by_index(i)?;
        let name = file.name()?.to_string();
        if !name.ends_with(".rels") {
            out.raw_copy_file(file)?;
            continue;
        }
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        for (_, stand_in, encoded) in STAND_INS {
            text = text.replace(stand_in, encoded);
        }
        out.start_file(name, options)?;
        out.write_all(text.as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::{has_stand_in, target};

    #[test]
    fn only_what_must_be_is_encoded() {
        assert_eq!(target("../澄水/inbox/总结(1).docx").as_deref(), Some("../澄水/inbox/总结(1).docx"));
        assert_eq!(target("inbox/50% 完成.docx").as_deref(), Some("inbox/50%25%20完成.docx"));
        assert!(has_stand_in(&target("inbox/1#楼.docx").unwrap()));
        assert_eq!(target("inbox/a\u{1}.docx"), None);
        assert_eq!(target("D:/收件 夹/a.docx").as_deref(), Some(r"D:\收件%20夹\a.docx"));
        assert_eq!(target("//nas/报送/a.docx").as_deref(), Some(r"\\nas\报送\a.docx"));
    }
}
