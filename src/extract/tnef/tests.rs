use super::*;
use crate::extract;
use crate::model::document::Content;

/// An attribute as the standard writes it.
fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
    let sum = data.iter().fold(0, |sum: u16, b| sum.wrapping_add(u16::from(*b)));
    let len = u32::try_from(data.len()).unwrap();
    [&[level][..], &id.to_le_bytes(), &len.to_le_bytes(), data, &sum.to_le_bytes()].concat()
}

fn envelope(attributes: &[Vec<u8>]) -> Vec<u8> {
    [&[0x78, 0x9F, 0x3E, 0x22, 7, 0][..], &attributes.concat()].concat()
}

/// A list of properties that are of variable length.
fn list(properties: &[(u16, u16, Vec<u8>)]) -> Vec<u8> {
    let mut out = u32::try_from(properties.len()).unwrap().to_le_bytes().to_vec();
    for (id, kind, value) in properties {
        out.extend([kind.to_le_bytes(), id.to_le_bytes()].concat());
        if *id >= 0x8000 {
            // A name of its own: whose it is, that it is a text, and the text, filled up to four.
            out.extend([vec![9; 16], vec![1, 0, 0, 0], vec![6, 0, 0, 0], wide("甲乙丙"), vec![0; 2]].concat());
        }
        if *kind == 0x0040 {
            out.extend(value);
            continue;
        }
        out.extend([1_u32.to_le_bytes(), u32::try_from(value.len()).unwrap().to_le_bytes()].concat());
        out.extend(value);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

/// 2020-10-18T12:00:00Z.
fn time() -> Vec<u8> {
    ((1_603_022_400_u64 + 11_644_473_600) * 10_000_000).to_le_bytes().to_vec()
}

fn begins() -> Vec<u8> {
    attribute(2, ATTACHMENT_BEGINS, &[0; 14])
}

fn packed(rtf: &[u8]) -> Vec<u8> {
    // Nothing but single bytes: a control byte of zero before each eight.
    let content: Vec<u8> = rtf.chunks(8).flat_map(|c| [&[0][..], c].concat()).collect();
    let len = |n: usize| u32::try_from(n).unwrap().to_le_bytes().to_vec();
    [len(content.len() + 12), len(rtf.len()), b"LZFu".to_vec(), vec![0; 4], content].concat()
}

fn inner() -> Vec<u8> {
    let rtf = b"{\\rtf1\\ansi\\ansicpg936 \\'d7\\'df\\'b7\\'c3\\'c1\\'cb\\'c6\\'b6\\'c0\\'a7\\'bb\\'a7.\\par}";
    envelope(&[attribute(1, MESSAGE, &list(&[(mapi::RICH, 0x0102, packed(rtf))]))])
}

fn message() -> Vec<u8> {
    envelope(&[
        attribute(1, CODE_PAGE, &[0xA8, 3, 0, 0, 0, 0, 0, 0]),
        attribute(1, SUBJECT, &gbk("龙池镇中心校扶贫日总结\0")),
        attribute(
            1,
            MESSAGE,
            &list(&[
                (0x8001, 0x001F, wide("不相干")),
                (mapi::SENDER, 0x001E, gbk("张三\0")),
                (mapi::PLAIN, 0x001F, wide("10月12日召开了专题会议。\r\n\r\n龙池镇中心校\r\n")),
                (mapi::SUBMITTED, 0x0040, time()),
            ]),
        ),
        begins(),
        attribute(2, ATTACHMENT_TITLE, &gbk("总结~1.DOC\0")),
        attribute(2, ATTACHMENT_DATA, b"one"),
        attribute(2, ATTACHMENT, &list(&[(mapi::NAMES[0], 0x001F, wide("总结.docx\0"))])),
        begins(),
        attribute(
            2,
            ATTACHMENT,
            &list(&[
                (mapi::NAMES[2], 0x001F, wide("原件")),
                (mapi::DATA, 0x000D, [&MESSAGE_INTERFACE[..], &inner()].concat()),
            ]),
        ),
        begins(),
        attribute(2, ATTACHMENT_TITLE, &gbk("云盘.docx\0")),
    ])
}

#[test]
fn an_envelope_is_its_text_its_date_and_its_attachments() {
    let bytes = message();
    let document = extract::read(&bytes);
    assert_eq!((document.format.as_str(), document.problems.as_slice()), ("tnef", [].as_slice()));
    assert_eq!(document.body.losses, []);
    assert_eq!(document.body.plain_text(), "龙池镇中心校扶贫日总结\n10月12日召开了专题会议。\n龙池镇中心校\n");
    assert!(matches!(&document.body.blocks[0].content, Content::Heading(1, _)));
    assert_eq!(document.body.properties.sent.map(|t| t.to_string()).as_deref(), Some("2020-10-18 12:00:00"));
    let found = extract::enclosed(&bytes);
    let names: Vec<&str> = found.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["总结.docx", "原件.dat", "云盘.docx"]);
    assert_eq!(found[0].bytes.as_deref(), Ok(b"one".as_slice()));
    assert!(matches!(found[2].bytes, Err(Problem::Unsupported(_))));
}

#[test]
fn a_message_in_an_envelope_is_an_envelope_and_its_packed_text_is_read() {
    let found = extract::enclosed(&message());
    let document = extract::read(found[1].bytes.as_deref().unwrap());
    assert_eq!((document.format.as_str(), document.body.plain_text().as_str()), ("tnef", "走访了贫困户.\n"));
    assert_eq!((document.problems.as_slice(), document.body.losses.as_slice()), ([].as_slice(), [].as_slice()));
}

#[test]
fn an_envelope_that_is_cut_or_changed_says_so_and_never_panics() {
    let whole = message();
    let doubtful = |bytes: &[u8]| {
        let document = extract::read(bytes);
        !document.problems.is_empty() || !document.body.losses.is_empty()
    };
    // Between two attributes nothing tells that more was to come.
    for cut in (7..whole.len()).filter(|cut| Attributes::new(&whole[..*cut]).by_ref().count() > 0) {
        let mut attributes = Attributes::new(&whole[..cut]);
        attributes.by_ref().for_each(drop);
        assert!(attributes.is_whole() || doubtful(&whole[..cut]), "cut at {cut}");
        extract::enclosed(&whole[..cut]);
    }
    for at in 6..whole.len() {
        for change in [0x01, 0x80, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            extract::read(&bytes);
            extract::enclosed(&bytes);
        }
    }
    // Lengths and counts that promise more than any memory holds.
    let absurd = list(&[(mapi::PLAIN, 0x001F, wide("甲"))]);
    for at in [0, 8, 12] {
        let mut data = absurd.clone();
        data[at..at + 4].fill(0xFF);
        assert!(doubtful(&envelope(&[attribute(1, MESSAGE, &data)])), "{at}");
    }
}
