use super::{Compound, Kind};
use crate::extract::reader::Failure;
use proptest::prelude::*;
use std::io::{Cursor, Write};

/// A compound file with these streams.
fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (path, bytes) in streams {
        if let Some((storage, _)) = path.rsplit_once('/') {
            file.create_storage_all(format!("/{storage}")).unwrap();
        }
        file.create_stream(format!("/{path}")).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A summary with a code page, a title, an author in UTF-16 and a time.
fn summary(code_page: i16, title: &[u8]) -> Vec<u8> {
    let author: Vec<u8> = "王老师\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes().to_vec();
    let values: Vec<(u32, Vec<u8>)> = vec![
        (1, [long(2), code_page.to_le_bytes().to_vec(), vec![0, 0]].concat()),
        (2, [long(0x1E), long(title.len()), title.to_vec()].concat()),
        (4, [long(0x1F), long(author.len() / 2), author].concat()),
        (13, [long(0x40), 132_474_582_000_000_000_u64.to_le_bytes().to_vec()].concat()),
    ];
    let mut head = [long(0), long(values.len())].concat();
    let mut body = Vec::new();
    for (id, value) in &values {
        head.extend(id.to_le_bytes());
        head.extend(long(8 + values.len() * 8 + body.len()));
        body.extend(value);
    }
    [vec![0xFE, 0xFF], vec![0; 42], long(48), head, body].concat()
}

#[test]
fn streams_small_and_large_are_read_whole_wherever_they_lie() {
    let large: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    let bytes = container(&[("small", b"abc"), ("Large", &large), ("ObjectPool/_1/inner", &[7; 5_000])]);
    let file = Compound::open(&bytes).unwrap();
    let mut names: Vec<&str> = file.0.streams.iter().map(|s| s.path.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Large", "ObjectPool/_1/inner", "small"]);
    assert_eq!(file.read("small").as_deref(), Some(&b"abc"[..]));
    assert!(file.read("LARGE").is_some_and(|b| b == large));
    assert_eq!(file.read("ObjectPool/_1/inner"), Some(vec![7; 5_000]));
    assert_eq!(file.read("none"), None);
}

#[test]
fn the_streams_tell_the_kind() {
    let kind = |streams: &[(&str, &[u8])]| Compound::open(&container(streams)).unwrap().kind();
    assert_eq!(kind(&[("WordDocument", b"x")]), Kind::Word);
    assert_eq!(kind(&[("Book", b"x")]), Kind::Workbook);
    assert_eq!(kind(&[("Workbook", b"x")]), Kind::Workbook);
    assert_eq!(kind(&[("PowerPoint Document", b"x")]), Kind::Slides);
    assert_eq!(kind(&[("EncryptedPackage", b"x"), ("EncryptionInfo", b"x")]), Kind::Encrypted);
    assert_eq!(kind(&[("Contents", b"x")]), Kind::Other);
}

#[test]
fn a_last_sector_cut_short_costs_only_what_is_gone() {
    let large = vec![9; 5_000];
    let bytes = container(&[("a", &large)]);
    let cut = &bytes[..bytes.len() - 100];
    let kept = Compound::open(cut).unwrap().read("a").unwrap();
    assert!(kept.len() >= large.len() - 512, "{}", kept.len());
}

#[test]
fn what_is_no_container_is_damaged() {
    assert!(matches!(Compound::open(b"PK"), Err(Failure::Damaged(_))));
    assert!(matches!(Compound::open(&super::SIGNATURE), Err(Failure::Damaged(_))));
}

#[test]
fn properties_are_read_in_their_code_page() {
    let title = "石桥小学总结";
    let (gbk, _, _) = encoding_rs::GBK.encode(title);
    for (code_page, bytes) in [(936, gbk.as_ref()), (-535, title.as_bytes())] {
        let bytes = container(&[("\u{5}SummaryInformation", &summary(code_page, bytes))]);
        let properties = Compound::open(&bytes).unwrap().properties();
        assert_eq!(properties.title.as_deref(), Some(title));
        assert_eq!(properties.author.as_deref(), Some("王老师"));
        assert_eq!(properties.modified.map(|t| t.to_string()).as_deref(), Some("2020-10-18 01:30:00"));
        assert_eq!(properties.created, None);
    }
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic_or_go_round(changes in prop::collection::vec((0_usize..3_000, any::<u8>()), 0..32), cut in 0_usize..2_000) {
        let mut bytes = container(&[("WordDocument", &[1; 5_000]), ("\u{5}SummaryInformation", &summary(936, b"x"))]);
        for (at, byte) in changes {
            if let Some(b) = bytes.get_mut(at) {
                *b = byte;
            }
        }
        bytes.truncate(bytes.len() - cut);
        if let Ok(file) = Compound::open(&bytes) {
            let _ = file.properties();
            for stream in &file.0.streams {
                let _ = file.read(&stream.path);
            }
        }
    }
}
