use super::*;
use crate::model::document::{Block, Cell, Content, Table, picture_fingerprint};
use proptest::prelude::*;

fn page(html: &str) -> Body {
    read(html.as_bytes(), Format::Html).expect("a page")
}

fn paragraph(n: u32, text: &str) -> Block {
    Block { place: Place::Paragraph(n), content: Content::Paragraph(text.into()) }
}

fn tables(body: &Body) -> Vec<&Table> {
    body.blocks.iter().filter_map(|b| if let Content::Table(t) = &b.content { Some(t) } else { None }).collect()
}

fn cell(column: u32, columns: u32, rows: u32, text: &str) -> Cell {
    Cell { column, columns, rows, text: text.into() }
}

#[test]
fn headings_paragraphs_and_numbered_lists() {
    let body = page(
        "<html><head><title>汇报</title><style>p{}</style></head><body><h2>一、专题会议</h2><p>我校于\n10月12日<br>召开了 meeting\nof staff。</p>\
         <ol start=3><li>宣讲&nbsp;政策<li value=7>家访</ol><ul><li>其他</ul><div style='display: none'>看不见</div><script>no()</script>尾</body></html>",
    );
    assert_eq!(body.properties.title.as_deref(), Some("汇报"));
    assert_eq!(
        body.blocks[0],
        Block { place: Place::Paragraph(1), content: Content::Heading(2, "一、专题会议".into()) }
    );
    assert_eq!(
        body.blocks[1..],
        [
            paragraph(2, "我校于10月12日\n召开了 meeting of staff。"),
            paragraph(3, "3. 宣讲 政策"),
            paragraph(4, "7. 家访"),
            paragraph(5, "其他"),
            paragraph(6, "尾"),
        ]
    );
}

#[test]
fn spans_push_the_cells_of_later_rows_aside() {
    let body = page(
        "<table><tr><th rowspan=2>项目<th colspan=2>次数<tr><td>上<td>下<tr><td><p>会议</p><p>例会</p><td>1<td>2</table>",
    );
    let rows = &tables(&body)[0].rows;
    assert_eq!(rows[0].cells, [cell(0, 1, 2, "项目"), cell(1, 2, 1, "次数")]);
    assert_eq!(rows[1].cells, [cell(1, 1, 1, "上"), cell(2, 1, 1, "下")]);
    assert_eq!(rows[2].cells, [cell(0, 1, 1, "会议\n例会"), cell(1, 1, 1, "1"), cell(2, 1, 1, "2")]);
}

#[test]
fn layout_tables_vanish_and_small_tables_stay_in_their_cell() {
    let inner = "<table><tr><td>项目<td>已完成<tr><td>家访<td>未开展</table>";
    let body = page(&format!("<table><tr><td>导航<td>{inner}</table>"));
    assert_eq!(body.blocks[0], paragraph(1, "导航"));
    assert_eq!(tables(&body)[0].rows[1].cells, [cell(0, 1, 1, "家访"), cell(1, 1, 1, "未开展")]);
    let body =
        page(&format!("<table><tr><td>这一格的文字比里面的表格多得多,所以外面这张是真正的表格<td>{inner}</table>"));
    assert_eq!(tables(&body).len(), 1);
    assert_eq!(tables(&body)[0].rows[0].cells[1].text, "项目 已完成\n家访 未开展");
}

#[test]
fn word_and_excel_exports_lose_their_scaffolding() {
    let body = page(
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->\
         <p class=MsoTitle>总结<o:p></o:p></p><p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>开会<o:p></o:p></p>\
         <table><tr height=0 style='display:none'><td>宽</td></tr><tr><td x:num>45</td><td x:str>人</td></tr></table>",
    );
    assert_eq!(body.blocks[0].content, Content::Heading(1, "总结".into()));
    assert_eq!(body.blocks[1], paragraph(2, "1. 开会"));
    assert_eq!(tables(&body)[0].rows[0].cells, [cell(0, 1, 1, "45"), cell(1, 1, 1, "人")]);
}

#[test]
fn pictures_inside_have_prints_and_links_are_counted() {
    let body = page(
        "<figure><img src='data:image/png;base64,Zm9vYmFy' alt='x'><figcaption>入户走访</figcaption></figure>\
         <img src='https://example.org/p/会议.jpg?x=1' alt='会议照片'><img src=dot.gif width=1 height=1>",
    );
    assert_eq!(body.pictures.len(), 2);
    assert_eq!(body.pictures[0].fingerprint, picture_fingerprint(libdeflater::crc32(b"foobar"), 6));
    assert_eq!(body.pictures[0].caption.as_deref(), Some("入户走访"));
    assert_eq!((body.pictures[1].name.as_str(), body.pictures[1].fingerprint.as_str()), ("会议.jpg", ""));
    assert_eq!(body.blocks[0].content, Content::Caption("入户走访".into()));
}

#[test]
fn gbk_with_and_without_a_declaration() {
    for head in ["<meta charset=gb2312>", ""] {
        let bytes =
            encoding_rs::GB18030.encode(&format!("<html><head>{head}</head><p>镕基小学</p></html>")).0.into_owned();
        assert_eq!(read(&bytes, Format::Html).expect("a page").blocks, [paragraph(1, "镕基小学")]);
    }
}

/// `fixtures/formats`: a sheet that another program exported.
#[test]
fn an_exported_sheet_under_another_name() {
    let bytes: &[u8] = include_bytes!("../../../fixtures/formats/sheet-html-inside.xls");
    assert_eq!(crate::extract::sniff::sniff(bytes), Format::Html);
    let body = read(bytes, Format::Html).expect("a page");
    let rows = &tables(&body)[0].rows;
    assert_eq!(rows[0].cells[0].columns, 5);
    assert_eq!(rows[1].cells[..2], [cell(0, 1, 2, "学校"), cell(1, 2, 1, "活动")]);
    assert_eq!(rows[2].cells, [cell(1, 1, 1, "场次"), cell(2, 1, 1, "人数")]);
    assert_eq!((rows[3].cells[0].text.as_str(), rows[3].cells[4].text.as_str()), ("数字待核\n柳湾镇中心校", "95%"));
}

#[test]
fn depth_costs_no_stack() {
    let deep = format!("{}底{}", "<div>".repeat(3_000), "</div>".repeat(3_000));
    assert_eq!(page(&deep).blocks, [paragraph(1, "底")]);
    let hostile = "<div>".repeat(100_000);
    assert!(matches!(read(hostile.as_bytes(), Format::Html), Err(Failure::TooLarge(_))));
}

proptest! {
    #[test]
    fn tag_soup_never_panics(parts in proptest::collection::vec(prop_oneof![
        Just("<table>"), Just("</table>"), Just("<tr>"), Just("<td rowspan=9 colspan=3>"), Just("</td>"), Just("<td colspan=99999999999>"), Just("<ol><li>"),
        Just("</ol>"), Just("<figure><img src='data:,x'>"), Just("</figure>"), Just("<p>字"), Just("<h1>"), Just("<caption>"), Just("<pre>\n"), Just("<!--"), Just("-->"),
    ], 0..40)) {
        page(&parts.concat());
    }
}
