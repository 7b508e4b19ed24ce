use super::*;
use proptest::prelude::*;

/// A PDF of these pages, each the operators of its content; text is set in a Chinese font that is not embedded, by its
/// UCS-2 codes, and `/I` is a grey picture.
fn pdf(pages: &[String]) -> Vec<u8> {
    pdf_with(pages, "")
}

/// The same with the picture said to be packed in some way.
fn pdf_with(pages: &[String], packed: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 7 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>".into(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 5 0 R >>".into(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>".into(),
        format!("<< /Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8 {packed} /Length 4096 >>\nstream\n{}\nendstream", "A".repeat(4096)),
    ];
    for (n, content) in pages.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> /XObject << /I 6 0 R >> >> /Contents {} 0 R >>", 8 + 2 * n));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut out = "%PDF-1.4\n".to_string();
    let mut places = Vec::new();
    for (object, n) in objects.iter().zip(1..) {
        places.push(out.len());
        out += &format!("{n} 0 obj\n{object}\nendobj\n");
    }
    let start = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out += &format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

fn page_of(lines: &[&str]) -> String {
    let line = |(n, line): (usize, &&str)| {
        let codes: String = line.encode_utf16().map(|c| format!("{c:04X}")).collect();
        format!("BT /F 12 Tf 72 {} Td <{codes}> Tj ET\n", 760 - 20 * n)
    };
    lines.iter().enumerate().map(line).collect()
}

const PICTURE: &str = "q 595 0 0 842 0 0 cm /I Do Q";

#[test]
fn a_text_layer_is_read_line_by_line() {
    let bytes = pdf(&[page_of(&["龙池镇中心校", "十月十二日召开专题会议。"]), page_of(&["走访贫困户四十八户。"])]);
    let body = read(&bytes, Format::Pdf).unwrap();
    assert_eq!(body.plain_text(), "龙池镇中心校\n十月十二日召开专题会议。\n走访贫困户四十八户。\n");
    let places: Vec<&Place> = body.blocks.iter().map(|b| &b.place).collect();
    assert_eq!(places, [&Place::PageLine(1, 1), &Place::PageLine(1, 2), &Place::PageLine(2, 1)]);
    assert!(body.losses.is_empty(), "{:?}", body.losses);
}

#[test]
fn a_row_that_did_not_fit_into_one_line_is_one_row() {
    let cell = |column, text: &str| Cell { column, columns: 1, rows: 1, text: text.into() };
    let mut row =
        Row { number: 1, cells: vec![cell(0, "10月13日"), cell(1, "核对学生和村"), cell(2, "完成")] };
    assert!(goes_on(&[cell(1, "上户口册")], &row));
    assert!(!goes_on(&[cell(0, "10月14日")], &row) && !goes_on(&[], &row));
    append(&mut row, vec![cell(1, "上户口册")]);
    assert_eq!(row.cells[1].text, "核对学生和村上户口册");
}

#[test]
fn pages_that_are_pictures_are_a_scan() {
    let scan = read(&pdf(&[PICTURE.into(), PICTURE.into()]), Format::Pdf).unwrap();
    assert_eq!((scan.losses.as_slice(), scan.pictures.len()), (&[Problem::Scanned(2)][..], 2));
    assert!(scan.losses.iter().all(Problem::is_unreadable));
    let mixed = read(&pdf(&[page_of(&["活动总结"]), PICTURE.into()]), Format::Pdf).unwrap();
    assert!(matches!(mixed.losses.as_slice(), [Problem::LostText(_, Place::Page(2))]));
    assert!(!mixed.losses.iter().any(Problem::is_unreadable));
}

#[test]
fn a_scan_is_known_whatever_its_picture_is_packed_by() {
    for filter in ["/JBIG2Decode", "/CCITTFaxDecode", "/JPXDecode", "/DCTDecode"] {
        let scan = read(&pdf_with(&[PICTURE.into()], &format!("/Filter {filter}")), Format::Pdf).unwrap();
        assert!(scan.losses.contains(&Problem::Scanned(1)), "{filter}: {:?}", scan.losses);
    }
}

#[test]
fn a_page_number_does_not_make_a_scan_a_text() {
    let numbered = |n: &str| format!("{PICTURE}\n{}", page_of(&[n]));
    let scan = read(&pdf(&[numbered("第1页"), numbered("第2页")]), Format::Pdf).unwrap();
    assert_eq!(scan.losses, [Problem::Scanned(2)]);
    assert_eq!(scan.plain_text(), "第1页\n第2页\n");
    // A photograph with its caption, and a text on a coloured ground, are no scans.
    let photograph = format!("q 200 0 0 150 72 400 cm /I Do Q\n{}", page_of(&["教师入户走访"]));
    let ground = format!("{PICTURE}\n{}", page_of(&["十月十二日召开教育扶贫专题会议,全体教师参加,会后走访贫困户。"]));
    for page in [photograph, ground] {
        assert!(read(&pdf(&[page]), Format::Pdf).unwrap().losses.is_empty());
    }
}

#[test]
fn an_empty_page_is_no_scan() {
    let body = read(&pdf(&[page_of(&["活动总结"]), String::new()]), Format::Pdf).unwrap();
    assert!(body.losses.is_empty(), "{:?}", body.losses);
}

#[test]
fn what_is_cut_off_is_damaged() {
    let bytes = pdf(&[page_of(&["活动总结"])]);
    assert!(matches!(read(&bytes[..9], Format::Pdf), Err(Failure::Damaged(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_makes_the_reader_panic(at in 0usize..6000, byte in any::<u8>(), cut in 0usize..6000) {
        let mut bytes = pdf(&[page_of(&["龙池镇中心校", "已召开会议"]), PICTURE.into()]);
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % length);
        let _ = read(&bytes, Format::Pdf);
    }
}

#[test]
fn more_pictures_on_a_page_than_are_counted_do_no_harm() {
    let many =
        "q 9 0 0 9 72 400 cm /I Do Q\n".repeat(limits::PDF_PICTURES + 1) + &page_of(&["教师入户走访贫困户四十八户"]);
    let body = read(&pdf(&[many]), Format::Pdf).unwrap();
    assert_eq!((body.pictures.len(), body.plain_text().trim()), (limits::PDF_PICTURES, "教师入户走访贫困户四十八户"));
}
