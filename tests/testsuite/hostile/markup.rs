//! XML, HTML and RTF that expand, reach outside or nest without end.

use super::zip::{docx_of, entry, inline, open_document, paragraph, word, xlsx_of};
use super::{Night, SENTENCE};
use std::net::TcpListener;

/// Ten entities, each ten times the one before.
fn laughs(root: &str) -> String {
    let mut entities = "<!ENTITY l0 \"哈哈哈哈哈哈哈哈哈哈\">".to_string();
    for n in 1..10 {
        entities += &format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    }
    format!("<!DOCTYPE {root} [{entities}]>")
}

const TEXT: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"";

fn odt_of(before: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?>{before}<office:document-content {TEXT}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    open_document("text", &content)
}

#[test]
fn entities_are_not_expanded_and_the_text_around_them_is_read() {
    let said = format!("{SENTENCE}&l9;");
    let night = Night::ending(
        0,
        &[
            ("甲.docx", docx_of(&word(&laughs("w:document"), &paragraph(&said)), Vec::new())),
            ("乙.odt", odt_of(&laughs("office:document-content"), &format!("<text:p>{said}</text:p>"))),
            ("丙.html", format!("{}<html><body><p>{said}</p></body></html>", laughs("html")).into_bytes()),
        ],
    );
    let quotes = night.written().matches("召开扶贫专题会议").count();
    assert!(quotes >= 3, "the sentence is read in each");
    assert!(!night.written().contains("哈哈哈哈哈哈哈哈哈哈哈"));
}

#[test]
fn nothing_outside_a_file_is_fetched() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let url = format!("http://{}/secret", server.local_addr().unwrap());
    let folder = crate::folder::Folder::new();
    let secret = folder.write("secret.txt", "机密口令".as_bytes());
    let file = format!("file://{}", secret.display());
    let entity = |root: &str, at: &str| format!("<!DOCTYPE {root} SYSTEM \"{url}\" [<!ENTITY x SYSTEM \"{at}\">]>");
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"t1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"{url}\" TargetMode=\"External\"/>\
         <Relationship Id=\"i1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"{file}\" TargetMode=\"External\"/>\
         </Relationships>"
    );
    let drawing = "<w:p><w:r><w:drawing><a:blip xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" r:link=\"i1\"/></w:drawing></w:r></w:p>";
    for at in [&url, &file] {
        let main = word(&entity("w:document", at), &(paragraph(&format!("{SENTENCE}&x;")) + drawing));
        let parts =
            vec![entry("word/_rels/document.xml.rels", &relations), entry("word/_rels/settings.xml.rels", &relations)];
        let name = if *at == url { "网" } else { "盘" };
        let put = |suffix: &str, bytes: &[u8]| folder.write(&format!("{}/{name}.{suffix}", super::SCHOOL), bytes);
        put("docx", &docx_of(&main, parts));
        put("odt", &odt_of(&entity("office:document-content", at), &format!("<text:p>{SENTENCE}&x;</text:p>")));
        put(
            "xlsx",
            &xlsx_of(&format!("<sheetData><row r=\"1\">{}</row></sheetData>", inline("A1", SENTENCE)), Vec::new()),
        );
        put("html", format!("<html><head><link rel=stylesheet href=\"{at}\"><base href=\"{at}\"></head><body><p>{SENTENCE}</p><img src=\"{at}\">\
            <iframe src=\"{at}\"></iframe><object data=\"{at}\"></object></body></html>").as_bytes());
        put("rtf", format!("{{\\rtf1\\ansi {{\\field{{\\*\\fldinst INCLUDETEXT \"{at}\"}}{{\\fldrslt x}}}}{{\\*\\template {at}}} text}}").as_bytes());
    }
    let night = Night::of(folder, 0);
    assert!(!night.written().contains("机密口令"), "a file outside was read");
    assert!(server.accept().is_err(), "a connection was made");
}

#[test]
fn elements_that_nest_without_end_are_left_out_and_told() {
    let nested = |open: &str, close: &str| format!("{}{SENTENCE}{}", open.repeat(100_000), close.repeat(100_000));
    let deep = nested("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
    let sheet = format!("<sheetData><row r=\"1\">{}</row></sheetData>", nested("<c>", "</c>"));
    let table = nested(
        "<table:table><table:table-row><table:table-cell>",
        "</table:table-cell></table:table-row></table:table>",
    );
    let ods = format!(
        "<office:document-content {TEXT}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    let night = Night::over(&[
        ("甲.docx", docx_of(&word("", &(paragraph("荆山镇中心校总结") + &deep)), Vec::new())),
        (
            "乙.odt",
            odt_of(
                "",
                &format!(
                    "<text:p>荆山镇中心校总结</text:p>{}",
                    nested("<text:section><text:p><text:span>", "</text:span></text:p></text:section>")
                ),
            ),
        ),
        ("丙.html", format!("<html><body><p>荆山镇中心校总结</p>{}", nested("<div>", "</div>")).into_bytes()),
        (
            "丁.html",
            format!("<html><body><p>荆山镇中心校总结</p>{}", nested("<table><tr><td>", "</td></tr></table>"))
                .into_bytes(),
        ),
        ("戊.rtf", format!("{{\\rtf1\\ansi report {}", nested("{\\b ", "}")).into_bytes()),
        ("己.xlsx", xlsx_of(&sheet, Vec::new())),
        ("庚.ods", open_document("spreadsheet", &ods)),
        ("辛.txt", nested("[{\"a\":", "}]").into_bytes()),
    ]);
    for name in ["甲.docx", "戊.rtf"] {
        night.says(name, "嵌套");
    }
    night.takes("乙.odt");
    night.takes("辛.txt");
}
