use super::*;
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const LONG: &str = "扶贫日活动";

fn package(wide: bool) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().large_file(wide);
    zip.start_file("word/document.xml", options.compression_method(CompressionMethod::Deflated)).unwrap();
    zip.write_all(LONG.repeat(500).as_bytes()).unwrap();
    zip.start_file("word/Media/图1.png", options.compression_method(CompressionMethod::Stored)).unwrap();
    zip.write_all(b"pixels").unwrap();
    zip.finish().unwrap().into_inner()
}

/// Where the directory's entry of the `n`th member stands.
fn entry_at(bytes: &[u8], n: usize) -> usize {
    let signatures = bytes.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02");
    signatures.map(|(at, _)| at).nth(n).unwrap()
}

#[test]
fn members_are_listed_and_read_whatever_the_case_and_the_slashes() {
    for wide in [false, true] {
        let bytes = package(wide);
        let package = Package::open(&bytes).unwrap();
        assert_eq!(package.members().len(), 2);
        let picture = package.member("/WORD\\media/图1.PNG").unwrap();
        assert_eq!((picture.crc32, picture.len), (libdeflater::crc32(b"pixels"), 6));
        assert_eq!(package.read("word/media/图1.png").unwrap(), b"pixels");
        assert_eq!(package.read("word/document.xml").unwrap(), LONG.repeat(500).as_bytes());
        assert_eq!(package.read("nothing"), Err(PackageError::Missing("nothing".into())));
    }
}

#[test]
fn something_before_or_after_the_package_does_no_harm() {
    let bytes = [b"#! a self-extracting head".as_slice(), &package(false), b"tail"].concat();
    assert_eq!(Package::open(&bytes).unwrap().read("word/media/图1.png").unwrap(), b"pixels");
}

#[test]
fn a_file_that_was_cut_short_has_no_directory() {
    let bytes = package(false);
    for len in [0, 10, 21, 60, bytes.len() - 30, bytes.len() - 1] {
        assert_eq!(Package::open(&bytes[..len]).unwrap_err(), PackageError::NoDirectory, "{len}");
    }
    assert!(matches!(Failure::from(PackageError::NoDirectory), Failure::Damaged(_)));
}

#[test]
fn bytes_that_the_directory_does_not_vouch_for_are_refused() {
    let mut bytes = package(false);
    let at = bytes.windows(6).position(|w| w == b"pixels").unwrap();
    bytes[at] = b'q';
    let package = Package::open(&bytes).unwrap();
    assert!(matches!(package.read("word/media/图1.png"), Err(PackageError::Broken(_))));
    assert!(package.read("word/document.xml").is_ok(), "the other members are still good");
}

#[test]
fn a_member_under_a_password_or_of_another_method_is_told_apart() {
    let mut bytes = package(false);
    let at = entry_at(&bytes, 0);
    bytes[at + 8] |= 1;
    let error = Package::open(&bytes).unwrap().read("word/document.xml").unwrap_err();
    assert_eq!(Failure::from(error), Failure::Encrypted);
    bytes[at + 8] &= !1;
    bytes[at + 10] = 14;
    let error = Package::open(&bytes).unwrap().read("word/document.xml").unwrap_err();
    assert_eq!(error, PackageError::Method("word/document.xml".into(), 14));
}

#[test]
fn a_member_that_claims_to_inflate_beyond_the_limits_is_not_inflated() {
    let mut bytes = package(false);
    let at = entry_at(&bytes, 0);
    bytes[at + 24..at + 28].copy_from_slice(&(200u32 << 20).to_le_bytes());
    let error = Package::open(&bytes).unwrap().read("word/document.xml").unwrap_err();
    assert!(matches!(Failure::from(error), Failure::TooLarge(_)));
}

#[test]
fn members_that_share_bytes_are_refused() {
    let mut bytes = package(false);
    let (first, second) = (entry_at(&bytes, 0), entry_at(&bytes, 1));
    let offset: [u8; 4] = bytes[first + 42..first + 46].try_into().unwrap();
    bytes[second + 42..second + 46].copy_from_slice(&offset);
    assert!(matches!(Package::open(&bytes), Err(PackageError::Overlap(_))));
}

#[test]
fn a_member_outside_the_file_costs_itself() {
    let mut bytes = package(false);
    let at = entry_at(&bytes, 1);
    bytes[at + 42..at + 46].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
    let package = Package::open(&bytes).unwrap();
    assert!(matches!(package.read("word/media/图1.png"), Err(PackageError::Broken(_))));
    assert!(package.read("word/document.xml").is_ok());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(wide: bool, edits in proptest::collection::vec((0.0..1.0f64, any::<u8>()), 0..16), cut in 0.0..=1.0f64) {
        let mut bytes = package(wide);
        for (at, value) in edits {
            let at = (bytes.len() as f64 * at) as usize;
            bytes[at] = value;
        }
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        if let Ok(package) = Package::open(&bytes) {
            for member in package.members() {
                let _ = package.read(&member.name);
            }
        }
    }
}
