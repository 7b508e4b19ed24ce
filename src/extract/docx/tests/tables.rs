use super::{Made, lines, p, text};
use crate::model::document::{Body, Cell, Content, Table};

fn tables(body: &Body) -> Vec<&Table> {
    let blocks = body.blocks.iter();
    blocks.filter_map(|b| if let Content::Table(table) = &b.content { Some(table) } else { None }).collect()
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn at(column: u32, columns: u32, rows: u32, text: &str) -> Cell {
    Cell { column, columns, rows, text: text.into() }
}

#[test]
fn merged_cells_stand_once_with_their_spans() {
    let down = |v: &str| format!("<w:vMerge{v}/>");
    let rows = [
        row(&[cell("<w:gridSpan w:val=\"3\"/>", "统计表")]),
        row(&[cell(&down(" w:val=\"restart\""), "会议"), cell("", "时间"), cell("", "10月12日")]),
        row(&[cell(&down(""), ""), cell("", "人数"), cell("", "45")]),
        row(&[cell(&down(" w:val=\"continue\""), ""), cell("", ""), cell("", "")]),
        row(&[cell("", "备注"), cell("", ""), cell("", "无")]),
    ];
    let body = Made::new(&format!("<w:tbl>{}</w:tbl>", rows.concat())).read();
    let table = tables(&body)[0];
    let numbers: Vec<u32> = table.rows.iter().map(|r| r.number).collect();
    assert_eq!(numbers, [1, 2, 3, 5]);
    assert_eq!(table.rows[0].cells, [at(0, 3, 1, "统计表")]);
    assert_eq!(table.rows[1].cells, [at(0, 1, 3, "会议"), at(1, 1, 1, "时间"), at(2, 1, 1, "10月12日")]);
    assert_eq!(table.rows[2].cells, [at(1, 1, 1, "人数"), at(2, 1, 1, "45")]);
    assert_eq!(table.rows[3].cells, [at(0, 1, 1, "备注"), at(2, 1, 1, "无")]);
}

#[test]
fn a_row_may_begin_in_a_later_column_and_cells_be_merged_to_the_left() {
    let before = format!("<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>{}</w:tr>", cell("", "合计"));
    let merged = row(&[cell("<w:hMerge w:val=\"restart\"/>", "甲"), cell("<w:hMerge/>", ""), cell("", "乙")]);
    let body = Made::new(&format!("<w:tbl>{before}{merged}</w:tbl>")).read();
    assert_eq!(tables(&body)[0].rows[0].cells, [at(2, 1, 1, "合计")]);
    assert_eq!(tables(&body)[0].rows[1].cells, [at(0, 2, 1, "甲"), at(2, 1, 1, "乙")]);
}

#[test]
fn a_continued_cell_with_nothing_above_is_a_cell() {
    let body = Made::new(&format!("<w:tbl>{}</w:tbl>", row(&[cell("<w:vMerge/>", "甲")]))).read();
    assert_eq!(tables(&body)[0].rows[0].cells, [at(0, 1, 1, "甲")]);
}

#[test]
fn paragraphs_of_a_cell_are_parted_by_line_ends() {
    let body = format!("<w:tbl><w:tr><w:tc>{}<w:p/>{}</w:tc></w:tr></w:tbl>", p("一"), p("二"));
    let body = Made::new(&body).read();
    assert_eq!(tables(&body)[0].rows[0].cells[0].text, "一\n二");
}

#[test]
fn a_table_in_a_cell_follows_its_table_and_is_said_once() {
    let inner = format!("<w:tbl>{}</w:tbl>", row(&[cell("", "内1"), cell("", "内2")]));
    let outer = format!("<w:tbl><w:tr><w:tc>{}{inner}<w:p/></w:tc></w:tr></w:tbl>", p("外"));
    let body = Made::new(&(outer + &p("后"))).read();
    assert_eq!(lines(&body), ["表1", "表2", "第1段 后"]);
    assert_eq!(body.plain_text(), "外\n内1\t内2\n后\n");
}

#[test]
fn deleted_rows_and_cells_are_gone() {
    let gone = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("", "删"));
    let kept = row(&[cell("", "甲"), cell("<w:cellDel/>", "删"), cell("", "乙")]);
    assert_eq!(text(&format!("<w:tbl>{gone}{kept}</w:tbl>")), "甲\t乙\n");
}

#[test]
fn rows_and_cells_in_content_controls_are_read() {
    let wrapped = |inner: String| format!("<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>");
    let body = format!("<w:tbl>{}</w:tbl>", wrapped(row(&[cell("", "甲"), wrapped(cell("", "乙"))])));
    assert_eq!(text(&body), "甲\t乙\n");
}
