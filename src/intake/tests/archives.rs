use super::*;
use crate::model::source::Litter;
use encoding_rs::GB18030;
use proptest::prelude::*;

#[test]
fn an_archive_is_itself_and_its_members_with_names_in_gbk_and_utf_8() {
    let bytes = zip_of(&[
        entry(GB18030.encode("龙池中心校/总结.docx").0, "甲"),
        entry("龙池中心校/图片/1.jpg", "乙"),
        entry("龙池中心校/", ""),
        entry("__MACOSX/._总结.docx", "丙"),
    ]);
    let node = opened_bytes(&bytes);
    assert!(node.archive == Some("zip") && node.problems.is_empty());
    assert_eq!((node.source.len, node.bytes.as_deref()), (bytes.len() as u64, Some(bytes.as_slice())));
    assert_eq!(
        node.lines(),
        [
            "inbox/a.zip",
            "inbox/a.zip!/__MACOSX/._总结.docx",
            "inbox/a.zip!/龙池中心校/图片/1.jpg",
            "inbox/a.zip!/龙池中心校/总结.docx"
        ]
    );
    let [litter, _, report] = node.members.as_slice() else { panic!("three members") };
    assert_eq!((litter.source.litter, &litter.bytes), (Some(Litter::System), &None));
    assert_eq!((report.bytes.as_deref(), report.source.len), (Some("甲".as_bytes()), 3));
    // SHA-256 of 甲 in UTF-8, as sha256sum gives it.
    assert_eq!(report.source.digest, "33e3580c093111e1c4cac922872c40371f7896bb3fa4e23be5840bd1834fc622");
}

#[test]
fn the_name_in_the_unicode_path_field_goes_before_the_others() {
    let raw = b"??.docx";
    let mut field = vec![1];
    field.extend(libdeflater::crc32(raw).to_le_bytes());
    field.extend("总结.docx".as_bytes());
    let mut extra = 0x7075_u16.to_le_bytes().to_vec();
    extra.extend((field.len() as u16).to_le_bytes());
    extra.extend(field);
    let node = opened_bytes(&zip_of(&[Entry { extra, ..entry(raw, "x") }]));
    assert_eq!(node.lines(), ["inbox/a.zip", "inbox/a.zip!/总结.docx"]);
}

#[test]
fn office_packages_are_files_even_when_cut_off() {
    for name in ["[Content_Types].xml", "mimetype", "OFD.xml"] {
        let package = zip_of(&[entry(name, "<x/>"), entry("word/document.xml", "<x/>")]);
        for bytes in [package.as_slice(), &package[..package.len() - 30]] {
            let node = opened_bytes(bytes);
            assert!(node.archive.is_none() && node.members.is_empty() && node.problems.is_empty(), "{name}");
        }
    }
}

#[test]
fn archives_in_archives_are_opened_to_a_depth() {
    let mut inner = zip_of(&[entry("总结.docx", "x")]);
    for _ in 0..5 {
        inner = zip_of(&[entry("内.zip", &inner)]);
    }
    let lines = opened_bytes(&inner).lines();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[4], "inbox/a.zip!/内.zip!/内.zip!/内.zip!/内.zip: 超出限额：压缩包套了 4 层以上，里层没有打开");
}

#[test]
fn bombs_are_stopped_whatever_they_declare() {
    let boaster = Entry { deflated: true, declared: Some(2 << 20), ..entry("a.txt", [0; 9999]) };
    let liar = Entry { deflated: true, declared: Some(10), ..entry("b.txt", [0; 9999]) };
    let giant = Entry { declared: Some(300 << 20), ..entry("d.txt", "x".repeat(400_000)) };
    let node = opened_bytes(&zip_of(&[boaster, liar, entry("c.txt", "good"), giant]));
    let lines = node.lines();
    assert!(lines[1].starts_with("inbox/a.zip!/a.txt: 超出限额：解压后大了 1000 倍以上"), "{lines:?}");
    assert!(lines[2].starts_with("inbox/a.zip!/b.txt: "), "{lines:?}");
    assert_eq!(lines[4], "inbox/a.zip!/d.txt: 超出限额：解压后大于 256 MB");
    assert_eq!((node.members[1].bytes.as_ref(), node.members[2].bytes.as_deref()), (None, Some(b"good".as_slice())));
}

#[test]
fn more_members_than_the_limit_are_counted_as_lost() {
    let many: Vec<Entry> = (0..10_002).map(|n| entry(format!("{n:05}.txt"), "")).collect();
    let node = opened_bytes(&zip_of(&many));
    assert_eq!(node.members.len(), 10_000);
    assert_eq!(node.lines()[0], "inbox/a.zip: 超出限额：压缩包里的文件多于 10000 个，其余没有读");
}

#[test]
fn names_that_lead_out_stay_inside_and_apart() {
    let node = opened_bytes(&zip_of(&[
        entry("../../a.docx", "1"),
        entry("/a.docx", "2"),
        entry("C:\\报送\\b.docx", "3"),
        entry("..\\..", "4"),
    ]));
    assert_eq!(
        node.lines(),
        ["inbox/a.zip", "inbox/a.zip!/#4", "inbox/a.zip!/a(2).docx", "inbox/a.zip!/a.docx", "inbox/a.zip!/报送/b.docx"]
    );
}

#[test]
fn encrypted_broken_and_linked_members_cost_themselves_only() {
    let mut bytes = zip_of(&[
        Entry { flags: 1, ..entry("密.docx", "secret") },
        entry("坏.docx", "broken content"),
        entry("好.docx", "good"),
    ]);
    let at = bytes.windows(14).position(|w| w == b"broken content").unwrap();
    bytes[at] ^= 1;
    let node = opened_bytes(&bytes);
    let lines = node.lines();
    assert_eq!(lines[0..2], ["inbox/a.zip", "inbox/a.zip!/坏.docx: 文件损坏或不完整：解压出错（Invalid checksum）"]);
    assert_eq!(lines[2..], ["inbox/a.zip!/好.docx", "inbox/a.zip!/密.docx: 文件设了密码"]);
}

#[test]
fn an_archive_without_a_directory_is_damaged_and_an_empty_one_says_so() {
    let whole = zip_of(&[entry("总结.docx", "x".repeat(100))]);
    let node = opened_bytes(&whole[..80]);
    assert!(node.archive == Some("zip") && node.members.is_empty());
    assert!(matches!(node.problems.as_slice(), [Problem::Damaged(_)]), "{:?}", node.lines());
    assert_eq!(opened_bytes(&zip_of(&[entry("空/", "")])).lines(), ["inbox/a.zip: 文件损坏或不完整：压缩包里没有文件"]);
}

#[test]
fn members_with_one_name_are_not_lost_in_silence() {
    let node = opened_bytes(&zip_of(&[entry("a.docx", "1"), entry("a.docx", "2")]));
    assert_eq!(
        node.lines(),
        [
            "inbox/a.zip: 有内容没有读出：压缩包里有同名文件，每个名字只读出了最后一个（整个文件）",
            "inbox/a.zip!/a.docx"
        ]
    );
}

#[test]
fn a_members_time_is_local_dos_time_or_the_exact_stamp() {
    let date = ((2020 - 1980) << 9) | (10 << 5) | 18;
    let mut extra = b"UT\x05\x00\x01".to_vec();
    extra.extend(1_602_983_520_u32.to_le_bytes());
    let node = opened_bytes(&zip_of(&[
        Entry { dos: (date, (9 << 11) | (12 << 5)), ..entry("a", "1") },
        Entry { dos: (date, 0), extra, ..entry("b", "2") },
        Entry { dos: (0b10_0001, 0), ..entry("c", "3") },
    ]));
    let times: Vec<_> = node.members.iter().map(|m| m.source.stamps.modified.map(|t| t.to_rfc3339())).collect();
    assert_eq!(
        times,
        [Some("2020-10-18T09:12:00+08:00".to_string()), Some("2020-10-18T09:12:00+08:00".to_string()), None]
    );
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(at in 0_usize..400, byte in any::<u8>(), cut in 0_usize..400) {
        let inner = zip_of(&[entry("b.txt", "b")]);
        let mut bytes = zip_of(&[entry("a.txt", "a"), Entry { deflated: true, ..entry("c.txt", "cccccccccccc") }, entry("i.zip", inner)]);
        if let Some(b) = bytes.get_mut(at) {
            *b = byte;
        }
        bytes.truncate(cut.max(20));
        opened_bytes(&bytes);
    }
}
