//! What of a package nobody asks for who only wants to know what it says: the pictures of an office file, which its
//! directory fingerprints.

use crate::extract::package::Package;
use crate::extract::parts::is_picture;
use std::ops::Range;

/// What a package begins with (APPNOTE.TXT 4.3.7).
const BEGINNING: &[u8] = b"PK\x03\x04";
/// Fewer bytes than this are read as fast as passed over.
const LEAST: usize = 32 << 10;
/// What every Office Open XML file has (ECMA-376-2, 6.3), and every OpenDocument file (part 2, 3.2).
const MARKS: [&str; 2] = ["[Content_Types].xml", "META-INF/manifest.xml"];
/// Where office programs keep the pictures of a text, a workbook, slides, an OpenDocument file.
const FOLDERS: [&str; 4] = ["word/media/", "xl/media/", "ppt/media/", "pictures/"];

/// The stretches of a file that hold nothing but pictures of an office file, in order; none in any other file. Of the bytes
/// only those at the start and those of the directory at the end need be there: what is not leads to no stretch.
pub fn needless(bytes: &[u8]) -> Vec<Range<usize>> {
    let package = Some(bytes).filter(|b| b.starts_with(BEGINNING)).and_then(|bytes| Package::open(bytes).ok());
    let Some(package) = package.filter(|p| MARKS.iter().any(|mark| p.member(mark).is_some())) else {
        return Vec::new();
    };
    let pictures = package.members().iter().filter(|m| FOLDERS.iter().any(|folder| is_picture(m, folder)));
    let mut needless: Vec<Range<usize>> = pictures.filter_map(|m| package.stretch_of(m)).collect();
    needless.retain(|stretch| stretch.len() >= LEAST);
    needless.sort_by_key(|stretch| stretch.start);
    needless
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    const TOLD: &str = "扶贫日活动";

    /// An office file, or an archive where it has no part that says so, with a picture of so many bytes between its texts.
    fn with_picture(mark: &str, picture: usize) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, content) in [
            (mark, b"mark".to_vec()),
            ("word/document.xml", TOLD.repeat(500).into_bytes()),
            ("word/Media/照片1.JPG", vec![7; picture]),
            ("word/media/说明.bin", vec![8; 100_000]),
            ("word/footnotes.xml", TOLD.into()),
        ] {
            zip.start_file(name, stored).unwrap();
            zip.write_all(&content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn only_the_larger_pictures_of_an_office_file_are_needless() {
        for mark in ["[Content_Types].xml", "META-INF/manifest.xml"] {
            let mut bytes = with_picture(mark, 200_000);
            let whole = bytes.clone();
            let needless = needless(&bytes);
            assert!(matches!(needless.as_slice(), [one] if (199_900..=200_000).contains(&one.len())), "{needless:?}");
            bytes[needless[0].clone()].fill(0);
            let (spared, whole) = (Package::open(&bytes).unwrap(), Package::open(&whole).unwrap());
            for member in whole.members() {
                let same = spared.read(&member.name) == whole.read(&member.name);
                assert_eq!(same, member.name != "word/Media/照片1.JPG", "{}", member.name);
            }
            assert_eq!(super::needless(&bytes), needless, "it is told by the file's ends alone");
        }
        assert!(needless(&with_picture("[Content_Types].xml", 1000)).is_empty());
        assert!(needless(&with_picture("总结.docx", 200_000)).is_empty(), "an archive's members are all read");
        let bytes = with_picture("[Content_Types].xml", 200_000);
        assert!(needless(&bytes[..bytes.len() - 30]).is_empty(), "without its directory nothing is known of it");
        assert!(needless(&[b"head".as_slice(), &bytes].concat()).is_empty());
    }
}
