use super::{Made, lines, losses, p};
use crate::extract::reader::Failure;

fn reference(kind: &str, id: &str) -> String {
    format!("<w:sectPr><w:{kind}Reference w:type=\"default\" r:id=\"{id}\"/></w:sectPr>")
}

#[test]
fn headers_come_first_footers_notes_and_comments_last_each_once() {
    let body = p("正文") + &reference("header", "h1") + &reference("header", "h1") + &reference("footer", "f1");
    let note = |kind: &str, text: &str| format!("<w:footnote w:type=\"{kind}\">{}</w:footnote>", p(text));
    let made = Made::new(&body)
        .part(
            "c1",
            "comments",
            "comments.xml",
            "w:comments",
            &format!("<w:comment w:id=\"0\">{}</w:comment>", p("批注")),
        )
        .part("n1", "footnotes", "footnotes.xml", "w:footnotes", &(note("separator", "——") + &note("normal", "脚注")))
        .part(
            "n2",
            "endnotes",
            "endnotes.xml",
            "w:endnotes",
            &format!("<w:endnote w:id=\"2\">{}</w:endnote>", p("尾注")),
        )
        .part("f1", "footer", "footer1.xml", "w:ftr", &p("电话 1234"))
        .part("h1", "header", "header1.xml", "w:hdr", &p("龙池镇中心校"));
    let expected = ["页眉1 龙池镇中心校", "第1段 正文", "页脚1 电话 1234", "脚注1 脚注", "脚注2 尾注", "批注1 批注"];
    assert_eq!(lines(&made.read()), expected);
}

#[test]
fn headers_come_in_the_order_of_sections() {
    let body = p("正文") + &reference("header", "h2") + &reference("header", "h1");
    let made = Made::new(&body).part("h1", "header", "header1.xml", "w:hdr", &p("后")).part(
        "h2",
        "header",
        "header2.xml",
        "w:hdr",
        &p("先"),
    );
    assert_eq!(lines(&made.read()), ["页眉1 先", "页眉2 后", "第1段 正文"]);
}

#[test]
fn margins_with_nothing_but_the_page_are_left_out() {
    let margin = |made: Made, n: u32, text: &str| {
        made.part(&format!("f{n}"), "footer", &format!("footer{n}.xml"), "w:ftr", &p(text))
    };
    let made = ["- 3 -", "第 1 页 共 3 页", "Page 2 of 9"]
        .iter()
        .zip(1..)
        .fold(Made::new(&p("正文")), |m, (t, n)| margin(m, n, t));
    assert_eq!(lines(&margin(made, 9, "校办 第1页").read()), ["第1段 正文", "页脚1 校办 第1页"]);
}

#[test]
fn pictures_of_a_letterhead_are_not_the_documents() {
    let logo = "<w:p><w:r><w:pict><v:shape><v:imagedata r:id=\"x1\"/></v:shape></w:pict></w:r></w:p>";
    let made = Made::new(&p("正文")).part("h1", "header", "header1.xml", "w:hdr", logo);
    let body = made.read();
    assert_eq!((body.pictures.len(), body.losses.len()), (0, 0));
}

#[test]
fn the_main_part_is_found_where_the_package_says_or_where_it_always_is() {
    let main = format!("<w:document{}><w:body>{}</w:body></w:document>", super::NAMES, p("别处"));
    let root = r#"<Relationships><Relationship Id="r" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/Text/main.xml"/></Relationships>"#;
    let made = Made {
        parts: vec![("_rels/.rels".into(), root.into()), ("text\\Main.xml".into(), main.into())],
        relations: String::new(),
    };
    assert_eq!(made.read().plain_text(), "别处\n");
    let mut made = Made::new(&p("老地方"));
    made.parts.retain(|(name, _)| name == "word/document.xml");
    assert_eq!(made.read().plain_text(), "老地方\n");
    made.parts.clear();
    assert!(matches!(made.try_read(), Err(Failure::Damaged(_))));
}

#[test]
fn properties_are_read_with_times_in_utc() {
    let root = r#"<Relationships><Relationship Id="1" Type="x/officeDocument" Target="word/document.xml"/>
        <Relationship Id="2" Type="x/metadata/core-properties" Target="docProps/core.xml"/>
        <Relationship Id="3" Type="x/extended-properties" Target="docProps/app.xml"/></Relationships>"#;
    let core = "<cp:coreProperties><dc:title>总结</dc:title><dc:creator>校办</dc:creator>\
                <dcterms:created>2020-10-18T09:12:00+08:00</dcterms:created><dcterms:modified>2020-10-19T01:00:00Z</dcterms:modified></cp:coreProperties>";
    let app = "<Properties><Template>Normal</Template><Application>WPS Office</Application></Properties>";
    let mut made =
        Made::new(&p("正文")).member("docProps/core.xml", core.as_bytes()).member("docProps/app.xml", app.as_bytes());
    made.parts[0].1 = root.into();
    let properties = made.read().properties;
    assert_eq!(properties.title.as_deref(), Some("总结"));
    assert_eq!(properties.author.as_deref(), Some("校办"));
    assert_eq!(properties.application.as_deref(), Some("WPS Office"));
    assert_eq!(properties.created.map(|t| t.to_string()).as_deref(), Some("2020-10-18 01:12:00"));
    assert_eq!(properties.modified.map(|t| t.to_string()).as_deref(), Some("2020-10-19 01:00:00"));
}

#[test]
fn a_missing_part_is_a_loss_and_the_rest_is_read() {
    let made = Made::new(&p("正文")).related("h1", "header", "header1.xml").related("s1", "styles", "styles.xml");
    let body = made.read();
    assert_eq!(body.plain_text(), "正文\n");
    assert_eq!(losses(&body).len(), 2);
    assert!(losses(&body).iter().any(|l| l.contains("word/header1.xml")), "{:?}", losses(&body));
}
