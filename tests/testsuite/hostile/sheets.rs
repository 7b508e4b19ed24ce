//! Workbooks that claim more rows, cells and merges than there are.

use super::zip::{inline, open_document, xlsx_of};
use super::{Night, SENTENCE};

#[test]
fn two_cells_in_far_corners_are_two_cells() {
    let far = format!(
        "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\">{}</row><row r=\"1048576\">{}</row></sheetData>",
        inline("A1", SENTENCE),
        inline("XFD1048576", "角")
    );
    Night::ending(0, &[("统计.xlsx", xlsx_of(&far, Vec::new()))]).takes("统计.xlsx");
}

#[test]
fn cells_outside_any_sheet_do_no_harm() {
    let outside = format!(
        "<dimension ref=\"A1:ZZZZZZ4294967295\"/><sheetData><row r=\"4294967295\">{}</row><row r=\"1\">{}</row></sheetData>",
        inline("ZZZZZZZ99999999999", "外"),
        inline("A1", SENTENCE)
    );
    let folder = crate::folder::Folder::new();
    folder.write(&format!("{}/统计.xlsx", super::SCHOOL), &xlsx_of(&outside, Vec::new()));
    folder.shouqi(&["run"]);
    assert!(String::from_utf8(folder.read("output/files.jsonl")).unwrap().contains("统计.xlsx"));
}

#[test]
fn rows_and_columns_repeated_to_billions_cost_what_stands_in_them() {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet><table:table table:name=\"一\">\
         <table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell table:number-columns-repeated=\"4294967295\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"100\"><table:table-cell table:number-columns-repeated=\"100\"><text:p>{SENTENCE}</text:p></table:table-cell></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let night = Night::ending(0, &[("统计.ods", open_document("spreadsheet", &content))]);
    assert_eq!(night.file("统计.ods")["status"], "used");
}

#[test]
fn a_hundred_thousand_merges_of_whole_sheets_take_no_night() {
    let mut sheet = "<sheetData>".to_string();
    for row in 1..=20_000 {
        sheet += &format!("<row r=\"{row}\">{}</row>", inline(&format!("A{row}"), "行"));
    }
    sheet += &format!("<row r=\"20001\">{}</row></sheetData><mergeCells>", inline("B20001", SENTENCE));
    for n in 0..100_000 {
        sheet += &format!("<mergeCell ref=\"C{}:XFD1048576\"/>", n % 7 + 1);
    }
    let night = Night::ending(0, &[("统计.xlsx", xlsx_of(&(sheet + "</mergeCells>"), Vec::new()))]);
    assert_eq!(night.file("统计.xlsx")["status"], "used");
}
