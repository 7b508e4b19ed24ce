use super::READER;
use crate::extract::reader::{Failure, Format};
use crate::model::document::{Block, Body, Content};
use crate::model::place::Place;
use crate::model::problem::Problem;
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};

const REPORT: &[u8] = include_bytes!("../../../fixtures/formats/report.doc");
const PHOTOS: &[u8] = include_bytes!("../../../fixtures/formats/photos.wps");

fn read(bytes: &[u8]) -> Result<Body, Failure> {
    (READER.read)(bytes, Format::Doc)
}

/// The file with a stream changed.
fn with_stream(path: &str, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(REPORT.to_vec())).unwrap();
    let mut bytes = Vec::new();
    file.open_stream(path).unwrap().read_to_end(&mut bytes).unwrap();
    change(&mut bytes);
    file.create_stream(path).unwrap().write_all(&bytes).unwrap();
    file.into_inner().into_inner()
}

fn block<'a>(body: &'a Body, place: &Place) -> Option<&'a Content> {
    body.blocks.iter().find(|b: &&Block| b.place == *place).map(|b| &b.content)
}

#[test]
fn every_story_is_read_once_and_stands_at_its_place() {
    let body = read(REPORT).unwrap();
    let text = |t: &str| Some(Content::Paragraph(t.to_string()));
    assert_eq!(block(&body, &Place::Paragraph(1)), Some(&Content::Heading(1, "溪口小学扶贫日活动总结".into())));
    for (place, expected) in [
        (Place::Header(1), "澄水县溪口镇溪口小学"),
        (Place::Paragraph(3), "一、政策宣讲：向家长发放明白纸三百份。"),
        (Place::Paragraph(4), "二、入户走访：走访结对农户十九户。"),
        (Place::Paragraph(5), "活动数据见下表，详情见学校简报。"),
        (Place::TextBox(1), "简报第三期"),
        (Place::Paragraph(8), "2020年10月18日"),
        (Place::Footer(1), "第1页"),
        (Place::Note(1), "签到册存教导处。"),
        (Place::Comment(1), "人数请再核一遍。"),
    ] {
        assert_eq!(block(&body, &place), text(expected).as_ref(), "{place:?}");
    }
    assert_eq!(body.plain_text().matches("简报第三期").count(), 1);
    assert_eq!(body.losses, []);
}

#[test]
fn deleted_and_hidden_text_is_left_out() {
    let body = read(REPORT).unwrap();
    assert_eq!(
        block(&body, &Place::Paragraph(2)),
        Some(&Content::Paragraph("10月14日下午，我校召开扶贫工作专题会议，四十二名教师参加。".into()))
    );
}

#[test]
fn merged_cells_stand_once_and_a_table_in_a_cell_is_kept() {
    let body = read(REPORT).unwrap();
    let Some(Content::Table(table)) = block(&body, &Place::Table(1)) else { panic!("no table") };
    let cells: Vec<(u32, u32, u32, u32, &str)> = table
        .rows
        .iter()
        .flat_map(|r| r.cells.iter().map(|c| (r.number, c.column, c.columns, c.rows, c.text.as_str())))
        .collect();
    assert_eq!(
        cells,
        [
            (1, 0, 3, 1, "活动统计"),
            (2, 0, 1, 2, "入户走访"),
            (2, 1, 1, 1, "教师"),
            (2, 2, 1, 1, "12人"),
            (3, 1, 1, 1, "农户"),
            (3, 2, 1, 1, "19户"),
            (4, 0, 1, 1, "备注"),
            (4, 1, 2, 1, "甲村\t十户\n乙村\t九户\n以村委会登记为准"),
        ]
    );
}

#[test]
fn pictures_have_the_fingerprints_of_their_files_and_their_captions() {
    let pictures = |bytes| {
        read(bytes)
            .unwrap()
            .pictures
            .into_iter()
            .map(|p| (p.fingerprint, p.caption.unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    // CRC-32 and length of the image files that were put in.
    assert_eq!(pictures(REPORT), [("d57d29bd-00000099".to_string(), "教师走访农户".to_string())]);
    let wps =
        [("40ed66f8-0000028c", "图1 上门送教"), ("f1f084ae-0000028c", "宣传栏前"), ("7278df2a-0000028d", "家长会上")];
    assert_eq!(pictures(PHOTOS), wps.map(|(f, c)| (f.to_string(), c.to_string())));
    assert_eq!(block(&read(REPORT).unwrap(), &Place::Paragraph(6)), Some(&Content::Caption("教师走访农户".into())));
}

#[test]
fn properties_are_read() {
    let properties = read(REPORT).unwrap().properties;
    assert_eq!(properties.title.as_deref(), Some("溪口小学扶贫日活动总结"));
    assert_eq!(properties.author.as_deref(), Some("溪口小学办公室"));
    assert_eq!(properties.created.map(|t| t.to_string()).as_deref(), Some("2020-10-18 09:30:00"));
}

#[test]
fn a_password_and_an_old_version_are_told_apart_from_damage() {
    let encrypted = with_stream("/WordDocument", |word| word[11] |= 1);
    assert_eq!(read(&encrypted), Err(Failure::Encrypted));
    let word_95 = with_stream("/WordDocument", |word| word[2..4].copy_from_slice(&[0x68, 0]));
    assert!(matches!(read(&word_95), Err(Failure::Unsupported(_))));
    let empty = with_stream("/WordDocument", Vec::clear);
    assert!(matches!(read(&empty), Err(Failure::Damaged(_))));
    assert!(matches!(read(b"no compound file"), Err(Failure::Damaged(_))));
}

#[test]
fn less_text_than_the_file_declares_is_a_loss() {
    let longer = with_stream("/WordDocument", |word| word[0x4E] = 1);
    let body = read(&longer).unwrap();
    assert!(matches!(body.losses.as_slice(), [Problem::LostText(_, Place::Whole)]), "{:?}", body.losses);
}

#[test]
fn bytes_in_pairs_of_the_language_are_read_as_such() {
    let clx = |cps: u32| {
        let mut clx = vec![2, 16, 0, 0, 0, 0, 0, 0, 0];
        clx.extend(cps.to_le_bytes());
        clx.extend([0, 0]);
        clx.extend((1_u32 << 30).to_le_bytes());
        clx.extend([0, 0]);
        clx
    };
    let text = |bytes: &[u8], language| {
        let text = super::pieces::Text::read(&clx(u32::try_from(bytes.len()).unwrap()), bytes, language).unwrap();
        String::from_utf16_lossy(&text.units.into_iter().filter(|u| *u != 0).collect::<Vec<_>>())
    };
    assert_eq!(text(b"\xCB\xCD\xBD\xCC12\xB4\xCE", 0x0804), "送教12次");
    assert_eq!(text(b"caf\xE9 \x93x\x94", 0x0409), "café “x”");
}

/// Bytes of a file overwritten at some places, and cut off.
fn damaged(of: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    (prop::collection::vec((0..of.len(), any::<u8>()), 0..48), 0..=of.len() / 4).prop_map(move |(changes, cut)| {
        let mut bytes = of.to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes.truncate(of.len() - cut);
        bytes
    })
}

proptest! {
    #[test]
    fn no_damage_makes_the_reader_panic(bytes in prop_oneof![damaged(REPORT), damaged(PHOTOS)]) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_damage_inside_a_stream_makes_the_reader_panic(
        stream in prop::sample::select(vec!["/WordDocument", "/1Table", "/Data"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24),
    ) {
        let bytes = with_stream(stream, |bytes| {
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        });
        let _ = read(&bytes);
    }
}
