use super::*;
use crate::model::document::{Content, Table};
use proptest::prelude::*;
use std::io::{Cursor, Write};

const NAMESPACES: &str =
    r#"xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d" xmlns:style="s" xmlns:dc="c""#;

/// A document of this text, with a page header and list styles.
fn document(kind: &str, text: &str) -> Vec<u8> {
    let styles = format!(
        r#"<office:document-styles {NAMESPACES}><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-prefix="(" style:num-format="1" style:num-suffix=")"/></text:list-style><style:header><text:p>龙池镇中心校</text:p></style:header></office:document-styles>"#
    );
    let content = format!(
        "<office:document-content {NAMESPACES}><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let mimetype = format!("application/vnd.oasis.opendocument.{kind}");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in
        [("mimetype", mimetype.as_str()), ("content.xml", &content), ("styles.xml", &styles), ("Pictures/1.jpg", "jpg")]
    {
        zip.start_file(name, stored).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn body(text: &str) -> Body {
    let bytes = document("text", text);
    assert_eq!(crate::extract::sniff::sniff(&bytes), Format::Odt);
    read(&bytes, Format::Odt).unwrap()
}

#[test]
fn a_text_is_read_as_it_is_shown() {
    let body = body(concat!(
        r#"<text:tracked-changes><text:deletion><text:p>删去的话</text:p></text:deletion></text:tracked-changes>"#,
        r#"<text:h text:outline-level="2">活动总结</text:h>"#,
        r#"<text:list text:style-name="L"><text:list-item><text:p>专题会议</text:p><text:list><text:list-item><text:p>10月12日召开</text:p></text:list-item></text:list></text:list-item>"#,
        r#"<text:list-item><text:p>政策宣讲</text:p></text:list-item></text:list>"#,
        r#"<text:p>走访<text:s text:c="2"/>48户<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>据统计表</text:p></text:note-body></text:note>。<draw:frame><draw:text-box><text:p>框内文字</text:p></draw:text-box></draw:frame><office:annotation><dc:creator>某</dc:creator><text:p>请核对</text:p></office:annotation></text:p>"#,
    ));
    assert_eq!(
        body.plain_text(),
        "龙池镇中心校\n活动总结\n一、专题会议\n(1)10月12日召开\n二、政策宣讲\n走访  48户。\n框内文字\n据统计表\n请核对\n"
    );
    assert!(matches!(&body.blocks[1].content, Content::Heading(2, t) if t == "活动总结"));
    let places: Vec<Place> = body.blocks.iter().map(|b| b.place.clone()).collect();
    assert_eq!(
        (&places[0], &places[5], &places[6..]),
        (&Place::Header(1), &Place::Paragraph(5), &[Place::TextBox(1), Place::Note(1), Place::Comment(1)][..])
    );
    assert_eq!((body.pictures.len(), body.losses.len()), (1, 0));
}

#[test]
fn a_table_keeps_its_cells_and_spans() {
    let body = body(concat!(
        r#"<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>活动统计</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>状态</text:p></table:table-cell></table:table-row>"#,
        r#"<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>已完成</text:p><table:table><table:table-row><table:table-cell><text:p>内表</text:p></table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>"#,
    ));
    let Content::Table(Table { rows, .. }) = &body.blocks[1].content else { panic!("{body:#?}") };
    let cells: Vec<(u32, u32, u32, &str)> =
        rows.iter().flat_map(|r| r.cells.iter().map(|c| (r.number, c.column, c.columns, c.text.as_str()))).collect();
    assert_eq!(cells, [(1, 0, 2, "活动统计"), (1, 2, 1, "状态"), (2, 2, 1, "已完成\n内表")]);
}

#[test]
fn a_presentation_is_told_slide_by_slide() {
    let page = |text: &str| {
        format!(
            "<draw:page><draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></draw:page>"
        )
    };
    let bytes = document("presentation", &(page("封面") + &page("专题会议已召开")));
    assert_eq!(crate::extract::sniff::sniff(&bytes), Format::Odp);
    let body = read(&bytes, Format::Odp).unwrap();
    assert_eq!(body.blocks.last().map(|b| b.place.clone()), Some(Place::Slide(2)));
}

#[test]
fn what_breaks_off_is_read_as_far_as_it_goes() {
    let bytes = document("text", "<text:p>第一段</text:p><text:p>第二段</office:wrong");
    let body = read(&bytes, Format::Odt).unwrap();
    assert!(body.plain_text().contains("第一段\n第二段"));
    assert_eq!(body.losses.len(), 1);
}

proptest! {
    #[test]
    fn no_text_panics(xml in "(</?(text:p|text:h|text:list|text:list-item|table:table|table:table-row|table:table-cell|text:note-body|draw:text-box|text:tracked-changes)>|[一-龥]{1,3}|<text:s/>|<){0,60}") {
        let _ = read(&document("text", &xml), Format::Odt);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, Format::Odt);
    }
}
