use super::READER;
use crate::extract::reader::{Failure, Format};
use crate::model::document::{Body, Content};
use crate::model::place::Place;
use crate::model::problem::Problem;
use proptest::prelude::*;

const FONTS: &str = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset136 PMingLiU;}{\f3\fnil\fcharset2 Wingdings;}}";

fn body(bytes: &[u8]) -> Body {
    (READER.read)(bytes, Format::Rtf).unwrap()
}

/// Reads text of a document in GBK.
fn read(text: &str) -> Body {
    body(format!(r"{{\rtf1\ansi\ansicpg936\deff0{FONTS}{text}}}").as_bytes())
}

fn lines(text: &str) -> Vec<String> {
    read(text).plain_text().lines().map(str::to_string).collect()
}

#[test]
fn chinese_is_read_however_it_is_written() {
    assert_eq!(lines(r"\f1\'cb\'cd\'bd\'cc\par"), ["送教"]);
    assert_eq!(lines("\\f1\\'cb\n\\'cd\\'bd\r\n\\'cc\\par"), ["送教"], "halves on two lines");
    assert_eq!(lines(r"\f0\'cb\'cd\'bd\'cc\par"), ["送教"], "a Latin font over Chinese bytes");
    assert_eq!(lines(r"\f2\'b0\'65\par"), ["陸"].map(|_| encoding_rs::BIG5.decode(b"\xb0\x65").0.into_owned()));
    assert_eq!(lines(r"\uc1\u-28671?\uc2\u25945\'bd\'cc\u27425\'b4\'ce\par"), ["送教次"]);
    assert_eq!(lines(r"\loch\af0\dbch\af1\hich\f0 A\dbch\f1\'cb\'cd\par"), ["A送"]);
    // Raw bytes; the second half of 乗 is a backslash in GBK.
    let mut raw = br"{\rtf1\ansi\ansicpg936 ".to_vec();
    raw.extend(b"\x81\x5c\xcb\xcd\\par}");
    assert_eq!(body(&raw).plain_text().trim(), encoding_rs::GBK.decode(b"\x81\x5c\xcb\xcd").0);
}

#[test]
fn what_a_reader_does_not_see_is_left_out() {
    assert_eq!(
        lines(r"a{\v hidden}\v b\v0 c{\deleted gone}{\*\unknown x}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par"),
        ["aclink"]
    );
    assert_eq!(lines(r"{\pntext\f3\'b7\tab}one\par{\listtext 1.\tab}two\par"), ["one", "1. two"]);
    assert_eq!(lines(r"{\object{\*\objdata 0102}{\result shown}}\par{\loch\*\cs7 kept}\par"), ["shown", "kept"]);
    assert_eq!(lines(r"a\~b\_c\-d\line e\emdash f\{\'7d\par"), ["a\u{a0}b-cd", "e—f{}"]);
    assert_eq!(lines(r"{\f3\'fe}\u8203?yes \f3\u-3844?\par"), ["☑\u{200b}yes ✔"]);
}

#[test]
fn tables_keep_rows_cells_and_merges() {
    let body = read(
        r"\trowd\cellx1000\cellx3000\pard\intbl a\cell b\cell\row\trowd\clvmgf\cellx1000\cellx2000\cellx3000\pard\intbl c\par d\cell e\cell f\cell\row
          \trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell g\cell {\pard\intbl\itap2 h\nestcell i\nestcell{\*\nesttableprops\trowd\cellx2500\cellx3000\nestrow}{\nonesttables\par}}\pard\intbl j\cell\row\pard end\par",
    );
    let Content::Table(table) = &body.blocks[0].content else { panic!("no table") };
    let cells: Vec<(u32, u32, u32, u32, &str)> = table
        .rows
        .iter()
        .flat_map(|r| r.cells.iter().map(|c| (r.number, c.column, c.columns, c.rows, c.text.as_str())))
        .collect();
    assert_eq!(
        cells,
        [
            (1, 0, 1, 1, "a"),
            (1, 1, 2, 1, "b"),
            (2, 0, 1, 2, "c\nd"),
            (2, 1, 1, 1, "e"),
            (2, 2, 1, 1, "f"),
            (3, 1, 1, 1, "g"),
            (3, 2, 1, 1, "h\ti\nj")
        ]
    );
    assert_eq!(body.blocks[1].place, Place::Paragraph(1));
}

#[test]
fn stories_stand_apart() {
    let body = read(
        r"{\header\pard head\par}{\headerf head\par}{\footer foot\par}x{\footnote note}y{\*\annotation remark}{\shp{\*\shpinst{\sp{\sn n}{\sv 1}}{\shptxt box\par}}{\shprslt box}}\par z\par",
    );
    let told: Vec<(Place, String)> = body
        .blocks
        .into_iter()
        .map(|b| match b.content {
            Content::Paragraph(t) => (b.place, t),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        (Place::Header(1), "head"),
        (Place::Paragraph(1), "xy"),
        (Place::TextBox(1), "box"),
        (Place::Paragraph(2), "z"),
        (Place::Footer(1), "foot"),
        (Place::Note(1), "note"),
        (Place::Comment(1), "remark"),
    ];
    assert_eq!(told, expected.map(|(p, t)| (p, t.to_string())));
}

#[test]
fn pictures_are_known_by_their_bytes_in_either_form() {
    let bytes = br"{\rtf1\ansi{\*\shppict{\pict\pngblip 30 31
32}}{\nonshppict{\pict\wmetafile8 00}}\par\qc photo\par{\pict\jpegblip\bin3 012}\par}";
    let body = body(bytes);
    let (a, b) = (&body.pictures[0], &body.pictures[1]);
    assert_eq!(
        (a.fingerprint.as_str(), a.name.as_str(), a.caption.as_deref()),
        ("d5a06ab0-00000003", "image1.png", Some("photo"))
    );
    assert_eq!((b.fingerprint.as_str(), b.name.as_str(), body.pictures.len()), ("d5a06ab0-00000003", "image2.jpeg", 2));
}

#[test]
fn properties_are_read_and_local_times_become_utc() {
    let properties = read(
        r"{\info{\title\'d7\'dc\'bd\'e1}{\author \u29579?}{\creatim\yr2020\mo10\dy19\hr7\min30}}{\*\generator WPS;}x",
    )
    .properties;
    assert_eq!(
        (properties.title.as_deref(), properties.author.as_deref(), properties.application.as_deref()),
        (Some("总结"), Some("王"), Some("WPS"))
    );
    assert_eq!(properties.created.map(|t| t.to_string()).as_deref(), Some("2020-10-18 23:30:00"));
}

#[test]
fn headings_have_their_levels() {
    let body = read(r"\pard\outlinelevel1 head\par\pard text\par");
    assert_eq!(body.blocks[0].content, Content::Heading(2, "head".into()));
    assert_eq!(body.blocks[1].content, Content::Paragraph("text".into()));
}

#[test]
fn a_file_that_breaks_off_is_read_and_says_so() {
    for text in [r"{\rtf1\ansi kept\par {\b more", r"{\rtf1\ansi kept\par more}} lost"] {
        let body = body(text.as_bytes());
        assert_eq!(body.plain_text(), "kept\nmore\n");
        assert!(matches!(body.losses.as_slice(), [Problem::LostText(_, Place::Whole)]));
    }
    assert_eq!(read(r"x\par").losses, []);
    let deep = format!("{{\\rtf1 a{}b", "{".repeat(1_000));
    assert!(body(deep.as_bytes()).losses.len() >= 2);
    assert!(matches!((READER.read)(b"plain", Format::Rtf), Err(Failure::Damaged(_))));
}

proptest! {
    #[test]
    fn no_input_makes_the_reader_panic(words in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "\\par ", "\\cell ", "\\row ", "\\trowd", "\\cellx9", "\\cellx-7", "\\intbl", "\\itap3", "\\itap99999", "\\nestcell ", "\\nestrow ",
        "{\\*\\nesttableprops", "{\\header", "{\\shptxt", "{\\pict", "{\\listtext ", "\\u55357?", "\\u-1", "\\uc9", "\\'b0", "\\'", "\\bin5", "\\f1", "\\dbch",
        "{\\fonttbl", "\\fcharset134", "{\\info{\\creatim\\yr-9\\mo99", "\\clvmgf", "\\clvmrg", "\\clmrg", "x", "文", "\\*", "\\",
    ]), 0..60)) {
        let _ = body(format!("{{\\rtf1\\ansi\\ansicpg936 {}", words.concat()).as_bytes());
    }
}
