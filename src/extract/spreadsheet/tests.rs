use super::*;
use crate::extract::sniff::sniff;
use crate::model::document::{Cell, Content, Table, picture_fingerprint};
use crate::model::limits::SHEET_CELLS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use proptest::prelude::*;
use rust_xlsxwriter::{Format as Style, Formula, Image, Note, Shape, Workbook};

fn sheet<'a>(body: &'a Body, name: &str) -> &'a Table {
    let block = body.blocks.iter().find(|b| b.place == Place::Sheet(name.into())).expect("the sheet");
    match &block.content {
        Content::Table(table) => table,
        other => panic!("{other:?}"),
    }
}

fn cell(column: u32, columns: u32, rows: u32, text: &str) -> Cell {
    Cell { column, columns, rows, text: text.into() }
}

/// A picture of one point.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn statistics() -> Vec<u8> {
    let mut book = Workbook::new();
    let one = book.add_worksheet().set_name("统计").expect("a name");
    one.merge_range(0, 0, 1, 2, "活动统计表", &Style::new()).expect("a merge");
    one.write_number_with_format(2, 0, 44118, &Style::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""))
        .expect("a cell");
    one.write_number_with_format(2, 1, 44_118.395_833_333_336, &Style::new().set_num_format_index(22)).expect("a cell");
    one.write_number_with_format(2, 2, 44118, &Style::new().set_num_format_index(31)).expect("a cell");
    one.write_number_with_format(2, 3, 0.95, &Style::new().set_num_format("0%")).expect("a cell");
    one.write_number(2, 4, 45.0).expect("a cell");
    one.write_string_with_format(2, 5, "00371", &Style::new().set_num_format("@")).expect("a cell");
    one.write_boolean(2, 6, true).expect("a cell");
    one.write_formula(2, 7, Formula::new("=1/0").set_result("#DIV/0!")).expect("a cell");
    one.write_formula(2, 8, Formula::new("=\"已\"&\"完成\"").set_result("已完成")).expect("a cell");
    one.write_blank(3, 0, &Style::new().set_bold()).expect("a cell");
    one.insert_note(2, 4, &Note::new("待核").add_author_prefix(false)).expect("a note");
    one.insert_shape(8, 0, &Shape::textbox().set_text("注:人次\n按签到计")).expect("a text box");
    one.insert_image(12, 0, &Image::new_from_buffer(GIF).expect("an image")).expect("a picture");
    let two = book.add_worksheet().set_name("底稿").expect("a name");
    two.write(1, 1, "备注").expect("a cell").set_hidden(true);
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn an_xlsx_reads_as_it_is_shown() {
    let bytes = statistics();
    assert_eq!(sniff(&bytes), Format::Xlsx);
    let body = read(&bytes, Format::Xlsx).expect("a workbook");
    let table = sheet(&body, "统计");
    assert_eq!(table.rows[0].cells, [cell(0, 3, 2, "活动统计表")]);
    let texts: Vec<&str> = table.rows[1].cells.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(
        texts,
        ["2020-10-14", "2020-10-14 09:30", "2020-10-14", "95%", "45", "00371", "TRUE", "#DIV/0!", "已完成"]
    );
    assert_eq!((table.rows.len(), table.rows[1].number, table.hidden), (2, 3, false));
    assert!(sheet(&body, "底稿").hidden);
    assert_eq!(body.blocks[2].place, Place::TextBox(1));
    assert_eq!(body.blocks[2].content, Content::Paragraph("注:人次\n按签到计".into()));
    assert_eq!(
        (&body.blocks[3].place, &body.blocks[3].content),
        (&Place::Comment(1), &Content::Paragraph("待核".into()))
    );
    assert_eq!(body.pictures[0].fingerprint, picture_fingerprint(libdeflater::crc32(GIF), GIF.len() as u64));
    assert!(body.properties.created.is_some());
    assert_eq!(body.losses, []);
}

fn package(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        std::io::Write::write_all(&mut zip, content.as_bytes()).expect("a member");
    }
    zip.finish().expect("a package").into_inner()
}

#[test]
fn a_formula_that_was_never_calculated_is_a_loss_at_its_cell() {
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", &relation("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"7\"><c r=\"A7\"><f>1+1</f><v>2</v></c><c r=\"B7\"><f>IF(A7>1,A7,0)</f></c><c r=\"C7\"/>\
             <c r=\"D7\" t=\"str\"><f>IF(A1,1,\"\")</f><v></v></c><c r=\"E7\"><f>SUM(A7:A7,B8)+1</f></c></row></sheetData></worksheet>",
        ),
    ]);
    let body = read(&bytes, Format::Xlsx).expect("a workbook");
    let lost = Problem::LostText(msg!("extract.sheet_formula_without_value"), Place::SheetCell("表".into(), 1, 7));
    assert_eq!(body.losses, [lost]);
    assert_eq!(sheet(&body, "表").rows[0].cells, [cell(0, 1, 1, "2"), cell(4, 1, 1, "3")]);
}

#[test]
fn a_sheet_of_macros_does_not_cost_the_others() {
    let relations = |each: &[(&str, &str)]| {
        let each = each.iter().zip(1..).map(|((kind, target), n)| {
            format!("<Relationship Id=\"rId{n}\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\"/>")
        });
        let each: String = each.collect();
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{each}</Relationships>"
        )
    };
    for kind in ["xlMacrosheet", "xlIntlMacrosheet"] {
        let sheets = [(kind, "macrosheets/sheet1.xml"), ("worksheet", "worksheets/sheet1.xml")];
        let bytes = package(&[
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", &relations(&[("officeDocument", "xl/workbook.xml")])),
            ("xl/_rels/workbook.xml.rels", &relations(&sheets)),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Macro1\" state=\"veryHidden\" r:id=\"rId1\"/>\
                 <sheet name=\"统计\" r:id=\"rId2\"/></sheets></workbook>",
            ),
            ("xl/macrosheets/sheet1.xml", "<xm:macrosheet xmlns:xm=\"x\"><sheetData/></xm:macrosheet>"),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>走访48户</t></is></c></row></sheetData></worksheet>",
            ),
        ]);
        let body = read(&bytes, Format::Xlsx).expect("a workbook");
        assert_eq!((body.blocks.len(), body.plain_text().trim()), (1, "走访48户"), "{kind}");
        assert_eq!(body.losses, []);
    }
}

#[test]
fn cells_in_far_corners_cost_no_memory() {
    let mut book = Workbook::new();
    let one = book.add_worksheet();
    one.write(0, 0, "始").expect("a cell").write(1_048_575, 16_383, "终").expect("a cell");
    let body = read(&book.save_to_buffer().expect("a workbook"), Format::Xlsx).expect("a workbook");
    assert_eq!(sheet(&body, "Sheet1").rows[1].cells, [cell(16_383, 1, 1, "终")]);
    let far = [record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]), number(65_535, 65_535, 7.0), record(0x0A, &[])].concat();
    assert_eq!(sheet(&read(&far, Format::Xls).expect("a workbook"), "Sheet1").rows[0].cells, [cell(65_535, 1, 1, "7")]);
}

/// The workbooks of `fixtures/formats`: what another program wrote of one table.
#[test]
fn xls_et_and_ods_of_the_same_table_read_the_same() {
    let xls: &[u8] = include_bytes!("../../../fixtures/formats/sheet-statistics.xls");
    let ods: &[u8] = include_bytes!("../../../fixtures/formats/sheet-statistics.ods");
    let et: &[u8] = include_bytes!("../../../fixtures/formats/sheet-wps.et");
    for (bytes, format) in [(xls, Format::Xls), (et, Format::Xls), (ods, Format::Ods)] {
        assert_eq!(sniff(bytes), format);
        let body = read(bytes, format).expect("a workbook");
        let table = sheet(&body, "活动统计");
        assert_eq!(table.rows[0].cells, [cell(0, 5, 1, "澄水县扶贫日活动统计表")]);
        assert_eq!(table.rows[1].cells[..2], [cell(0, 1, 2, "学校"), cell(1, 2, 1, "活动")]);
        let row = |n: u32| -> Vec<&str> {
            let row = table.rows.iter().find(|r| r.number == n).expect("a row");
            row.cells.iter().map(|c| c.text.as_str()).collect()
        };
        assert_eq!(row(4), ["柳湾镇中心校", "2", "45人", "2020-10-14", "95%"]);
        assert_eq!(row(5), ["青石坡小学", "1", "12.5", "2020-10-15 09:30", "100%"]);
        assert_eq!(row(7), ["合计", "3", "已完成", "TRUE"]);
        assert_eq!(row(9), ["代码", "00371", "00371", "#DIV/0!"]);
        assert!(sheet(&body, "隐藏表").hidden);
        assert_eq!(body.blocks[2].content, Content::Paragraph("数字待核".into()));
        assert_eq!(body.losses, []);
    }
}

fn record(id: u16, data: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    let words: Vec<u8> = [row, column, 0].iter().flat_map(|w| w.to_le_bytes()).collect();
    record(0x0203, &[&words[..], &value.to_le_bytes()].concat())
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// A workbook of Excel 5 with one sheet, as old systems still export it.
fn excel_5(page: u16) -> Vec<u8> {
    let name = gbk("统计");
    let label = gbk("龙池镇中心校");
    let head = [record(0x0809, &[0, 5, 5, 0, 0, 0, 0, 0]), record(0x42, &page.to_le_bytes())].concat();
    let offset = (head.len() + 4 + 7 + name.len() + 4) as u32;
    let bound = [&offset.to_le_bytes()[..], &[0, 0, name.len() as u8], &name].concat();
    let cell = [&[1, 0, 0, 0, 0, 0][..], &(label.len() as u16).to_le_bytes(), &label].concat();
    let sheet =
        [record(0x0809, &[0, 5, 0x10, 0, 0, 0, 0, 0]), record(0x0204, &cell), number(1, 1, 45.0), record(0x0A, &[])]
            .concat();
    [head, record(0x85, &bound), record(0x0A, &[]), sheet].concat()
}

#[test]
fn excel_5_in_chinese_whatever_code_page_it_declares() {
    for page in [936, 1252] {
        let bytes = excel_5(page);
        assert_eq!(sniff(&bytes), Format::Xls);
        let body = read(&bytes, Format::Xls).expect("a workbook");
        assert_eq!(sheet(&body, "统计").rows[0].cells, [cell(0, 1, 1, "龙池镇中心校"), cell(1, 1, 1, "45")]);
    }
}

#[test]
fn a_shared_string_goes_on_in_a_continuation_of_another_width() {
    let wide: Vec<u8> = "会议".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let table = [&[1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 1][..], &wide].concat();
    let sst = [record(0xFC, &table), record(0x3C, b"\x00ab")].concat();
    let head = record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]);
    let bytes = [head, sst, record(0xFD, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), record(0x0A, &[])].concat();
    assert_eq!(sheet(&read(&bytes, Format::Xls).expect("a workbook"), "Sheet1").rows[0].cells[0].text, "会议ab");
}

/// An OfficeArt record; a container where its version says so.
fn drawn(head: u16, kind: u16, body: &[u8]) -> Vec<u8> {
    [&head.to_le_bytes()[..], &kind.to_le_bytes(), &(body.len() as u32).to_le_bytes(), body].concat()
}

/// An entry of the store of pictures with a picture inside it.
fn stored(image: &[u8], references: u8) -> Vec<u8> {
    let picture = drawn(0x6E00, 0xF01E, &[&[7; 17][..], image].concat());
    let mut entry = [0; 36];
    entry[24] = references;
    drawn(0x0062, 0xF007, &[&entry[..], &picture].concat())
}

#[test]
fn pictures_of_an_xls_are_known_by_their_own_bytes_wherever_a_record_is_parted() {
    let store = drawn(0x001F, 0xF001, &[stored(GIF, 1), stored(b"deleted", 0), stored(b"pixels", 2)].concat());
    let group = drawn(0x000F, 0xF000, &store);
    let head = record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]);
    let parted = [record(0xEB, &group[..50]), record(0x3C, &group[50..90]), record(0xEB, &group[90..])].concat();
    let body = read(&[head, parted, number(0, 0, 1.0), record(0x0A, &[])].concat(), Format::Xls).expect("a workbook");
    let found: Vec<(&str, &str)> = body.pictures.iter().map(|p| (p.name.as_str(), p.fingerprint.as_str())).collect();
    let print = |bytes: &[u8]| picture_fingerprint(libdeflater::crc32(bytes), bytes.len() as u64);
    assert_eq!(found, [("image1.png", print(GIF).as_str()), ("image2.png", print(b"pixels").as_str())]);
}

#[test]
fn an_xls_says_when_it_was_saved() {
    let body = read(include_bytes!("../../../fixtures/formats/sheet-statistics.xls"), Format::Xls).expect("a workbook");
    assert!(body.properties.author.is_some() && body.properties.modified.is_some());
}

#[test]
fn an_xls_cut_short_gives_its_beginning_and_says_so() {
    let rows = (0..2000).flat_map(|row| number(row, 0, 7.0));
    let stream: Vec<u8> = record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]).into_iter().chain(rows).collect();
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a compound file");
    let mut workbook = file.create_stream("/Workbook").expect("a stream");
    std::io::Write::write_all(&mut workbook, &[stream, record(0x0A, &[])].concat()).expect("a stream");
    drop(workbook);
    let whole = file.into_inner().into_inner();
    let rows = |bytes: &[u8]| {
        assert_eq!(sniff(bytes), Format::Xls);
        let body = read(bytes, Format::Xls).expect("a workbook");
        (sheet(&body, "Sheet1").rows.len(), body.losses)
    };
    let lost = Problem::LostText(msg!("extract.sheet_broken_off"), Place::Sheet("Sheet1".into()));
    assert_eq!(rows(&whole), (2000, vec![]));
    let (read, losses) = rows(&whole[..whole.len() / 2]);
    assert!((500..1500).contains(&read), "{read}");
    assert_eq!(losses, [lost]);
}

#[test]
fn a_password_and_a_broken_end_are_told_apart() {
    let locked = [record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]), record(0x2F, &[1, 0])].concat();
    assert_eq!(read(&locked, Format::Xls), Err(Failure::Encrypted));
    let whole = excel_5(936);
    let body = read(&whole[..whole.len() - 10], Format::Xls).expect("the beginning");
    assert_eq!(body.losses, [Problem::LostText(msg!("extract.sheet_broken_off"), Place::Sheet("统计".into()))]);
    let xlsx = statistics();
    assert!(matches!(read(&xlsx[..xlsx.len() / 2], Format::Xlsx), Err(Failure::Damaged(_))));
}

#[test]
fn repeated_cells_of_an_ods_end_with_the_limit() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="S">
        <table:table-row table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-repeated="4000000000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>
        </table:table></office:document-content>"#;
    let bytes = package(&[("content.xml", content)]);
    let body = read(&bytes, Format::Ods).expect("a workbook");
    assert_eq!(body.losses, [Problem::LostText(msg!("extract.sheet_too_many_cells", SHEET_CELLS), Place::Whole)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_xls_never_panics(cut in 0usize..7680, at in proptest::collection::vec((512usize..7680, any::<u8>()), 0..24)) {
        let mut bytes = include_bytes!("../../../fixtures/formats/sheet-statistics.xls").to_vec();
        for (position, byte) in at {
            if let Some(b) = bytes.get_mut(position) {
                *b = byte;
            }
        }
        let _ = read(&bytes, Format::Xls);
        bytes.truncate(bytes.len() - cut.min(bytes.len()));
        sniff(&bytes);
        let _ = read(&bytes, Format::Xls);
    }

    #[test]
    fn damaged_records_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64), at in 0usize..150) {
        let mut stream = excel_5(936);
        for (b, new) in stream.iter_mut().skip(at).zip(bytes) {
            *b = new;
        }
        let _ = read(&stream, Format::Xls);
    }

    #[test]
    fn damaged_packages_never_panic(at in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>()) {
        let ods = include_bytes!("../../../fixtures/formats/sheet-statistics.ods").to_vec();
        for (mut bytes, format) in [(statistics(), Format::Xlsx), (ods, Format::Ods)] {
            for (index, byte) in &at {
                let index = index.index(bytes.len());
                bytes[index] = *byte;
            }
            let _ = read(&bytes, format);
            bytes.truncate(cut.index(bytes.len()));
            sniff(&bytes);
            let _ = read(&bytes, format);
        }
    }
}
