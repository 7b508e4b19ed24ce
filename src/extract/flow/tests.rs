use super::Flow;
use super::line::{Align, CellMerge, End, Line, Merge, RowShape};
use crate::model::document::{Content, Picture};
use crate::model::place::Place;

fn text(text: &str) -> Line {
    Line { text: text.to_string(), ..Line::default() }
}

fn picture() -> Line {
    Line { pictures: vec![0], ..Line::default() }
}

fn in_table(t: &str, depth: usize, end: End) -> Line {
    Line { depth, end, ..text(t) }
}

/// Whether the paragraph after a picture is taken for its caption.
fn is_captioned(line: Line) -> bool {
    let mut pictures = vec![Picture::default()];
    let mut flow = Flow::main();
    flow.line(picture(), &mut pictures);
    let words = line.text.clone();
    flow.line(line, &mut pictures);
    let blocks = flow.finish(&mut pictures);
    assert_eq!(pictures[0].caption.is_some(), blocks[0].content == Content::Caption(words));
    pictures[0].caption.is_some()
}

#[test]
fn a_caption_is_labelled_or_centred_and_no_sentence() {
    let centred = |t: &str| Line { align: Align::Centre, ..text(t) };
    assert!(is_captioned(text("图1 上门送教")));
    assert!(is_captioned(centred("教师走访农户")));
    assert!(!is_captioned(text("石桥小学")), "a signature under the last picture");
    assert!(!is_captioned(centred("我校召开了会议。")));
    assert!(!is_captioned(centred(&"长".repeat(41))));
    assert!(!is_captioned(Line { heading: Some(1), ..centred("二、入户走访") }));
}

#[test]
fn empty_paragraphs_and_tables_do_not_count_as_paragraphs() {
    let mut flow = Flow::main();
    for line in [
        text("甲"),
        text("　 "),
        in_table("格", 1, End::Cell),
        in_table("", 1, End::Row(RowShape::default())),
        text("乙"),
    ] {
        flow.line(line, &mut []);
    }
    let places: Vec<Place> = flow.finish(&mut []).into_iter().map(|b| b.place).collect();
    assert_eq!(places, [Place::Paragraph(1), Place::Table(1), Place::Paragraph(2)]);
}

#[test]
fn text_is_kept_whatever_the_shape_of_the_row_says() {
    let covered = CellMerge { vertical: Merge::Continued, horizontal: Merge::Continued };
    let wrong = RowShape { edges: vec![0, 100], merges: vec![covered; 2] };
    let mut flow = Flow::main();
    for line in [
        in_table("一", 1, End::Cell),
        in_table("二", 1, End::Cell),
        in_table("尾", 1, End::Row(wrong)),
        in_table("未完", 1, End::Paragraph),
    ] {
        flow.line(line, &mut []);
    }
    let blocks = flow.finish(&mut []);
    let Content::Table(table) = &blocks[0].content else { panic!("no table") };
    let texts: Vec<&str> = table.rows.iter().flat_map(|r| &r.cells).map(|c| c.text.as_str()).collect();
    assert_eq!(texts, ["一", "二", "尾", "未完"]);
}

#[test]
fn edges_that_nearly_meet_are_one_column() {
    let shape = |edges: &[i32]| End::Row(RowShape { edges: edges.to_vec(), merges: Vec::new() });
    let mut flow = Flow::main();
    for (cells, row) in
        [(vec!["总", "计"], shape(&[0, 1_000, 3_000])), (vec!["甲", "乙", "丙"], shape(&[10, 1_008, 2_000, 2_990]))]
    {
        for cell in cells {
            flow.line(in_table(cell, 1, End::Cell), &mut []);
        }
        flow.line(in_table("", 1, row), &mut []);
    }
    let blocks = flow.finish(&mut []);
    let Content::Table(table) = &blocks[0].content else { panic!("no table") };
    let spans: Vec<(u32, u32)> = table.rows.iter().flat_map(|r| &r.cells).map(|c| (c.column, c.columns)).collect();
    assert_eq!(spans, [(0, 1), (1, 2), (0, 1), (1, 1), (2, 1)]);
}
