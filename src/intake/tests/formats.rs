//! Archives that are no zip, and those under a password.

use super::foreign::*;
use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::Write;

fn opened_as(name: &str, bytes: &[u8], passwords: &str) -> Node {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("file");
    fs::write(&path, bytes).unwrap();
    opened_by(&path, &format!("inbox/{name}"), passwords)
}

fn foreign(name: &str, encoded: &str, passwords: &str) -> Node {
    opened_as(name, &STANDARD.decode(encoded).unwrap(), passwords)
}

const REPORT: &str = "已召开专题会议。\n已召开专题会议。\n已召开专题会议。\n";

/// What every one of them holds, under this path.
fn assert_whole(node: &Node) {
    let outer = &node.source.path;
    let [photo, report, empty] = node.members.as_slice() else { panic!("three members: {:?}", node.lines()) };
    assert_eq!(node.lines().len(), 4, "{:?}", node.lines());
    assert_eq!(photo.source.path, format!("{outer}!/图.jpg"));
    assert_eq!(photo.bytes.as_deref(), Some(b"\xFF\xD8\xFF photo".as_slice()));
    assert_eq!(
        (empty.source.path.as_str(), empty.bytes.as_deref()),
        (format!("{outer}!/龙池中心校/空.txt").as_str(), Some(b"".as_slice()))
    );
    assert_eq!(
        (report.source.path.as_str(), report.bytes.as_deref()),
        (format!("{outer}!/龙池中心校/总结.txt").as_str(), Some(REPORT.as_bytes()))
    );
    assert!(node.lines().iter().all(|l| !l.contains(": ")), "{:?}", node.lines());
}

fn archive_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mtime(1_603_000_000);
        tar.append_data(&mut header, name, content.as_bytes()).unwrap();
    }
    tar.into_inner().unwrap()
}

fn gzip(name: Option<&str>, content: &[u8]) -> Vec<u8> {
    let builder = flate2::GzBuilder::new();
    let builder = name.into_iter().fold(builder, |b, name| b.filename(name.as_bytes()));
    let mut packer = builder.write(Vec::new(), flate2::Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

#[test]
fn seven_z_and_rar_are_opened_member_by_member() {
    for (format, name, encoded) in [("7z", "a.7z", SEVEN_Z), ("rar", "a.rar", RAR_5_SOLID), ("rar", "b.rar", RAR_4)] {
        let node = foreign(name, encoded, "");
        assert_eq!(node.archive, Some(format));
        assert_whole(&node);
    }
}

#[test]
fn a_time_that_is_exact_is_given_in_the_campaigns_zone() {
    for (name, encoded) in [("a.7z", SEVEN_Z), ("a.rar", RAR_5_SOLID)] {
        let node = foreign(name, encoded, "");
        let time = node.members[0].source.stamps.modified.map(|t| t.to_rfc3339());
        assert_eq!(time.as_deref(), Some("2020-10-18T13:46:40+08:00"), "{name}");
    }
}

#[test]
fn the_passwords_of_the_list_are_tried() {
    let list = "错的\n密码2020\nlc2020\n";
    let sevens = [("a.7z", SEVEN_Z_LOCKED), ("b.7z", SEVEN_Z_NAMES_LOCKED)];
    let rars = [
        ("a.rar", RAR_5_LOCKED),
        ("b.rar", RAR_5_NAMES_LOCKED),
        ("c.rar", RAR_4_LOCKED),
        ("d.rar", RAR_4_NAMES_LOCKED),
    ];
    for (name, encoded) in sevens.into_iter().chain(rars) {
        assert_whole(&foreign(name, encoded, list));
    }
    for (name, encoded) in [("crypto.zip", ZIP_CRYPTO), ("aes.zip", ZIP_AES)] {
        let node = foreign(name, encoded, list);
        assert_eq!(node.lines(), [format!("inbox/{name}"), format!("inbox/{name}!/总结.txt")]);
        assert_eq!(node.members[0].bytes.as_deref(), Some(REPORT.as_bytes()));
    }
}

#[test]
fn without_the_password_a_file_is_encrypted_and_nothing_else() {
    for list in ["", "错的\n"] {
        for (name, encoded) in [("a.7z", SEVEN_Z_LOCKED), ("a.rar", RAR_5_LOCKED), ("b.rar", RAR_4_LOCKED)] {
            let node = foreign(name, encoded, list);
            let report = &node.members[1];
            assert_eq!(report.problems, [Problem::Encrypted], "{name}: {:?}", node.lines());
        }
        let nameless = [("b.7z", SEVEN_Z_NAMES_LOCKED), ("b.rar", RAR_5_NAMES_LOCKED), ("c.rar", RAR_4_NAMES_LOCKED)];
        for (name, encoded) in nameless {
            let node = foreign(name, encoded, list);
            assert_eq!((node.problems.as_slice(), node.members.len()), ([Problem::Encrypted].as_slice(), 0), "{name}");
        }
        for (name, encoded) in [("aes.zip", ZIP_AES), ("crypto.zip", ZIP_CRYPTO)] {
            assert_eq!(foreign(name, encoded, list).members[0].problems, [Problem::Encrypted], "{name}");
        }
    }
}

/// A RAR 5 archive whose first encrypted member has another salt, so that no password of the list is its own.
fn first_locked_otherwise(encoded: &str) -> Vec<u8> {
    let mut bytes = STANDARD.decode(encoded).unwrap();
    let record = [0x30, 1, 0, 3, 15];
    let salt = bytes.windows(record.len()).position(|w| w == record).unwrap() + record.len();
    bytes[salt] ^= 0x55;
    // Its block begins before: a checksum of what follows up to the block's data, and how long that is.
    let whole = STANDARD.decode(encoded).unwrap();
    let block = |at: usize| {
        let low = usize::from(whole[at + 4] & 0x7F);
        let (len, width) = if whole[at + 4] < 0x80 { (low, 1) } else { (low + 128 * usize::from(whole[at + 5]), 2) };
        let sum = libdeflater::crc32(whole.get(at + 4..at + 4 + width + len)?).to_le_bytes();
        (whole[at..at + 4] == sum).then_some((at, at + 4 + width + len))
    };
    let (header, end) = (8..salt).rev().find_map(block).unwrap();
    let sum = libdeflater::crc32(&bytes[header + 4..end]);
    bytes[header..header + 4].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn each_member_may_have_a_password_of_its_own() {
    let node = foreign("a.7z", SEVEN_Z_SEVERAL, "错的\nqsc-7\nlc2020\n");
    let lines = ["inbox/a.7z", "inbox/a.7z!/丙.txt: 文件设了密码", "inbox/a.7z!/乙.txt", "inbox/a.7z!/甲.txt"];
    assert_eq!(node.lines(), lines);
    let mut zip = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, password) in [("甲.txt", "lc2020"), ("乙.txt", "qsc-7"), ("丙.txt", "没人知道")] {
        let options = ::zip::write::SimpleFileOptions::default();
        zip.start_file(name, options.with_aes_encryption(::zip::AesMode::Aes256, password)).unwrap();
        std::io::Write::write_all(&mut zip, name.as_bytes()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let node = opened_as("a.zip", &zip, "错的\nqsc-7\nlc2020\n");
    assert_eq!(node.lines(), lines.map(|line| line.replace(".7z", ".zip")));
    let node = opened_as("a.rar", &first_locked_otherwise(RAR_5_LOCKED), "密码2020");
    let problems: Vec<_> = node.members.iter().map(|m| m.problems.clone()).collect();
    assert_eq!(problems.iter().filter(|p| p.is_empty()).count(), 2, "{:?}", node.lines());
    assert!(problems.contains(&vec![Problem::Encrypted]), "{:?}", node.lines());
}

#[test]
fn a_tar_in_a_gzip_is_an_archive_in_an_archive() {
    let tar = archive_of(&[("龙池/总结.txt", "甲"), ("b.txt", "乙")]);
    let node = opened_as("a.tgz", &gzip(Some("a.tar"), &tar), "");
    assert_eq!(
        node.lines(),
        ["inbox/a.tgz", "inbox/a.tgz!/a.tar", "inbox/a.tgz!/a.tar!/b.txt", "inbox/a.tgz!/a.tar!/龙池/总结.txt"]
    );
    assert_eq!((node.archive, node.members[0].archive), (Some("gz"), Some("tar")));
    assert_eq!(node.members[0].members[1].bytes.as_deref(), Some("甲".as_bytes()));
    // Cut off, what stood before the cut is there.
    let cut = opened_as("a.tar", &tar[..1200], "");
    assert!(!cut.problems.is_empty() || cut.members.iter().any(|m| !m.problems.is_empty()), "{:?}", cut.lines());
}

#[test]
fn a_bomb_is_stopped_in_every_format() {
    let node = opened_as("a.gz", &gzip(None, &vec![0; 9 << 20]), "");
    assert_eq!(node.lines()[1], "inbox/a.gz!/#1: 超出限额：解压后大了 1000 倍以上，疑似压缩炸弹");
}

#[test]
fn a_volume_of_a_split_archive_is_named_as_one() {
    let split = "分卷压缩包中的一卷，单独打不开";
    let volume = foreign("a.rar", RAR_VOLUME, "");
    assert_eq!(volume.lines(), [format!("inbox/a.rar: {split}")]);
    for (name, bytes) in [
        ("甲.7z.002", b"anything".as_slice()),
        ("甲.z01", b"PK\x07\x08PK\x03\x04"),
        ("甲.7z.001", b"7z\xBC\xAF\x27\x1C\0\x04"),
    ] {
        let node = opened_as(name, bytes, "");
        assert_eq!(node.lines(), [format!("inbox/{name}: {split}")]);
        assert!(node.archive.is_some());
    }
    // The last volume of a split zip carries the directory.
    let mut last = zip_of(&[entry("a.txt", "x")]);
    let disk = last.len() - 18;
    last[disk] = 1;
    assert_eq!(opened_as("甲.zip", &last, "").lines(), [format!("inbox/甲.zip: {split}")]);
}

#[test]
fn an_archive_that_ends_between_two_members_is_said_to_be_cut() {
    // The block that ends it is 8 bytes long in RAR 5, 7 bytes before.
    for (encoded, end) in [(RAR_5_SOLID, 8), (RAR_5_LOCKED, 8), (RAR_4, 7), (RAR_4_LOCKED, 7)] {
        let whole = STANDARD.decode(encoded).unwrap();
        let node = opened_as("a.rar", &whole[..whole.len() - end], "密码2020");
        let lines = node.lines();
        assert!(lines[0].contains("没有写到结尾") && lines.len() == 4, "{lines:?}");
    }
}

#[test]
fn broken_archives_are_damaged_and_none_makes_it_panic() {
    let open = [("a.7z", SEVEN_Z, 7), ("a.rar", RAR_5_SOLID, 7), ("b.rar", RAR_4, 7)];
    // Each try costs the key of the password.
    let locked = [("c.7z", SEVEN_Z_LOCKED, 31), ("c.rar", RAR_4_LOCKED, 31), ("d.rar", RAR_5_LOCKED, 31)];
    for (name, encoded, step) in open.into_iter().chain(locked) {
        let whole = STANDARD.decode(encoded).unwrap();
        for at in (8..whole.len()).step_by(step) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            opened_as(name, &bytes, "密码2020");
            let cut = opened_as(name, &whole[..at], "密码2020");
            let unread = |n: &Node| !n.problems.is_empty();
            assert!(unread(&cut) || cut.members.iter().any(unread), "{name} cut at {at}: {:?}", cut.lines());
        }
    }
}
