use super::*;
use crate::extract;
use crate::model::document::Content;
use std::io::{Cursor, Write};

/// A compound file with these streams.
fn file(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (path, bytes) in streams {
        if let Some((folder, _)) = path.rsplit_once('/') {
            out.create_storage_all(folder).unwrap();
        }
        out.create_stream(path).unwrap().write_all(bytes).unwrap();
    }
    out.into_inner().into_inner()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A property stream with the time of submission, 2020-10-18T12:00:00Z.
fn properties(header: usize) -> Vec<u8> {
    let ticks = (1_603_022_400_u64 + 11_644_473_600) * 10_000_000;
    [vec![0; header], vec![0x40, 0, 0x39, 0], vec![6, 0, 0, 0], ticks.to_le_bytes().to_vec()].concat()
}

fn message() -> Vec<u8> {
    let attachment = "__attach_version1.0_#00000000";
    let inner = "__attach_version1.0_#00000001/__substg1.0_3701000D";
    let path = |folder: &str, name: &str| format!("{folder}/{name}");
    let streams: Vec<(String, Vec<u8>)> = vec![
        ("__properties_version1.0".into(), properties(32)),
        ("__substg1.0_0037001F".into(), wide("龙池镇中心校扶贫日总结")),
        ("__substg1.0_0C1A001F".into(), wide("张三")),
        ("__substg1.0_1000001F".into(), wide("10月12日召开了专题会议。\r\n\r\n龙池镇中心校\r\n")),
        (path(attachment, "__substg1.0_3707001F"), wide("总结.docx")),
        (path(attachment, "__substg1.0_37010102"), b"one".to_vec()),
        (path("__attach_version1.0_#00000001", "__substg1.0_3001001F"), wide("原件")),
        (path(inner, "__properties_version1.0"), properties(24)),
        (path(inner, "__substg1.0_0037001F"), wide("原件")),
        (path(inner, "__substg1.0_1000001E"), encoding_rs::GB18030.encode("走访了贫困户。").0.into_owned()),
        (path(&format!("{inner}/{attachment}"), "__substg1.0_3707001F"), wide("照片.jpg")),
        (path(&format!("{inner}/{attachment}"), "__substg1.0_37010102"), b"\xFF\xD8\xFF".to_vec()),
        (path("__attach_version1.0_#00000002", "__substg1.0_3707001F"), wide("云盘.docx")),
    ];
    let streams: Vec<(&str, Vec<u8>)> = streams.iter().map(|(p, b)| (p.as_str(), b.clone())).collect();
    file(&streams)
}

#[test]
fn an_outlook_message_is_its_text_its_date_and_its_attachments() {
    let bytes = message();
    let document = extract::read(&bytes);
    assert_eq!((document.format.as_str(), document.problems.as_slice()), ("msg", [].as_slice()));
    assert_eq!(document.body.plain_text(), "龙池镇中心校扶贫日总结\n10月12日召开了专题会议。\n龙池镇中心校\n");
    assert!(matches!(&document.body.blocks[0].content, Content::Heading(1, _)));
    assert_eq!(document.body.properties.sent.map(|t| t.to_string()).as_deref(), Some("2020-10-18 12:00:00"));
    let found = extract::enclosed(&bytes);
    let names: Vec<&str> = found.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["总结.docx", "原件.eml", "云盘.docx"]);
    assert_eq!(found[0].bytes.as_deref(), Ok(b"one".as_slice()));
    assert!(matches!(found[2].bytes, Err(Problem::Unsupported(_))));
}

#[test]
fn a_message_in_a_message_keeps_its_text_its_date_and_its_attachments() {
    let found = extract::enclosed(&message());
    let inner = found[1].bytes.as_deref().unwrap();
    let document = extract::read(inner);
    assert_eq!((document.format.as_str(), document.body.plain_text().as_str()), ("eml", "原件\n走访了贫困户。\n"));
    assert_eq!(document.body.properties.sent.map(|t| t.to_string()).as_deref(), Some("2020-10-18 12:00:00"));
    let inside = extract::enclosed(inner);
    assert_eq!((inside[0].name.as_str(), inside[0].bytes.as_deref()), ("照片.jpg", Ok(b"\xFF\xD8\xFF".as_slice())));
}
