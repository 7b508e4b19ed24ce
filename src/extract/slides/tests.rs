use super::*;
use proptest::prelude::*;
use std::io::{Cursor, Write};

/// A package of these members.
fn package(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const SHAPE: &str =
    r#"<p:sp><p:nvPr><p:ph type="TYPE"/></p:nvPr><p:txBody><a:p><a:r><a:t>TEXT</a:t></a:r></a:p></p:txBody></p:sp>"#;

fn shape(kind: &str, text: &str) -> String {
    SHAPE.replace("TYPE", kind).replace("TEXT", text)
}

fn slide(content: &str) -> String {
    format!(r#"<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:sld>"#)
}

#[test]
fn a_table_behind_the_number_of_the_slide_is_read_and_only_a_date_of_today_is_not() {
    let table = "<p:graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>走访48户</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:graphicFrame>";
    let today = shape("dt", "X").replace("<a:r>", "<a:fld type=\"datetime1\">").replace("</a:r>", "</a:fld>");
    let content = shape("sldNum", "2") + table + &shape("dt", "2020年10月18日") + &today;
    let mut text = SlideText::new(Place::Slide(1), 0);
    assert!(text.read(&slide(&content)));
    let body = Body { blocks: text.blocks, ..Body::default() };
    assert_eq!(body.plain_text(), "走访48户\n2020年10月18日\n");
}

#[test]
fn slides_are_read_in_the_order_in_which_they_are_shown() {
    let relation =
        |id: &str, kind: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="x/{kind}" Target="{target}"/>"#);
    let table = "<a:tbl><a:tr><a:tc gridSpan=\"2\"><a:p><a:r><a:t>项目</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>完成</a:t></a:r></a:p></a:tc></a:tr></a:tbl>";
    let one =
        slide(&(shape("title", "教育扶贫工作汇报") + &shape("body", "10月12日召开专题会议") + &shape("sldNum", "2")));
    let two = slide(&(shape("body", "走访贫困户&amp;宣讲") + table));
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "ppt/presentation.xml",
            r#"<p:presentation xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="b"/><p:sldId id="257" r:id="a"/></p:sldIdLst></p:presentation>"#,
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            &format!(
                "<R>{}{}</R>",
                relation("a", "slide", "slides/slide1.xml"),
                relation("b", "slide", "/ppt/slides/slide2.xml")
            ),
        ),
        ("ppt/slides/slide1.xml", &two),
        ("ppt/slides/slide2.xml", &one),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            &format!("<R>{}</R>", relation("n", "notesSlide", "../notesSlides/notesSlide1.xml")),
        ),
        ("ppt/notesSlides/notesSlide1.xml", &slide(&shape("body", "讲到这里停一下"))),
        ("ppt/media/image1.png", "png"),
    ]);
    assert_eq!(crate::extract::sniff::sniff(&bytes), Format::Pptx);
    let body = read(&bytes, Format::Pptx).unwrap();
    assert_eq!(
        body.plain_text(),
        "教育扶贫工作汇报\n10月12日召开专题会议\n走访贫困户&宣讲\n项目\t完成\n讲到这里停一下\n"
    );
    let places: Vec<&Place> = body.blocks.iter().map(|b| &b.place).collect();
    assert_eq!(places, [&Place::Slide(1), &Place::Slide(1), &Place::Slide(2), &Place::Table(1), &Place::Note(1)]);
    assert!(matches!(body.blocks[0].content, Content::Heading(1, _)));
    assert_eq!((body.pictures.len(), body.losses.len()), (1, 0));
}

#[test]
fn a_slide_that_breaks_off_is_a_loss() {
    let bytes = package(&[
        ("ppt/presentation.xml", r#"<p xmlns:r="r"><p:sldId id="256" r:id="a"/><p:sldId id="257" r:id="b"/></p>"#),
        (
            "ppt/_rels/presentation.xml.rels",
            r#"<R><Relationship Id="a" Type="x/slide" Target="slides/slide1.xml"/><Relationship Id="b" Type="x/slide" Target="slides/gone.xml"/></R>"#,
        ),
        ("ppt/slides/slide1.xml", "<p:sld><a:p><a:t>会议已召开"),
    ]);
    let body = read(&bytes, Format::Pptx).unwrap();
    assert_eq!(body.plain_text(), "会议已召开\n");
    assert_eq!(body.losses.len(), 2);
}

#[test]
fn a_slide_that_cannot_be_found_is_missed() {
    let main = r#"<p xmlns:r="r"><p:sldId id="256" r:id="a"/><p:sldId id="257" r:id="nowhere"/></p>"#;
    let relations = r#"<R><Relationship Id="a" Type="x/slide" Target="slides/slide1.xml"/></R>"#;
    let bytes = package(&[
        ("ppt/presentation.xml", main),
        ("ppt/_rels/presentation.xml.rels", relations),
        ("ppt/slides/slide1.xml", &slide(&shape("body", "会议已召开"))),
    ]);
    let body = read(&bytes, Format::Pptx).unwrap();
    assert!(matches!(body.losses.as_slice(), [Problem::LostText(_, Place::Slide(2))]), "{:?}", body.losses);
}

#[test]
fn a_list_of_slides_that_breaks_off_is_a_loss() {
    let bytes = package(&[("ppt/presentation.xml", r#"<p xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="a"/><"#)]);
    let body = read(&bytes, Format::Pptx).unwrap();
    assert!(body.losses.iter().any(|l| matches!(l, Problem::LostText(_, Place::Whole))), "{:?}", body.losses);
}

proptest! {
    #[test]
    fn no_part_panics(xml in "(</?(a:p|a:t|a:tbl|a:tr|a:tc|p:sp|mc:Fallback)>|[一-龥]{1,3}|<a:br/>|<){0,40}") {
        let bytes = package(&[
            ("ppt/presentation.xml", r#"<p xmlns:r="r"><p:sldId id="256" r:id="a"/></p>"#),
            ("ppt/_rels/presentation.xml.rels", r#"<R><Relationship Id="a" Type="x/slide" Target="slides/slide1.xml"/></R>"#),
            ("ppt/slides/slide1.xml", &xml),
        ]);
        prop_assert!(read(&bytes, Format::Pptx).is_ok());
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, Format::Pptx);
    }
}
