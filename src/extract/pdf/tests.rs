use super::*;
use proptest::prelude::*;

/// A PDF of these pages, each the operators of its content; text is set in a Chinese font that is not embedded, by its
/// UCS-2 codes, and `/I` is a grey picture.
fn pdf(pages: &[String]) -> Vec<u8> {
    pdf_with(pages, "")
}

/// The same with the picture said to be packed in some way.
fn pdf_with(pages: &[String], packed: &str) -> Vec<u8> {
    pdf_of(pages, packed, "A".repeat(4096).as_bytes())
}

/// The same with these bytes for a picture.
fn pdf_of(pages: &[String], packed: &str, picture: &[u8]) -> Vec<u8> {
    pdf_made(pages, packed, picture, &[])
}

/// One page with these fields of a form, each an annotation's entries.
fn form(page: String, fields: &[&str]) -> Vec<u8> {
    pdf_made(&[page], "", b"A", fields)
}

fn pdf_made(pages: &[String], packed: &str, picture: &[u8], fields: &[&str]) -> Vec<u8> {
    let first = 7 + 2 * pages.len();
    let annotations: String = (0..fields.len()).map(|n| format!("{} 0 R ", first + n)).collect();
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 7 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>".into(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 5 0 R >>".into(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>".into(),
        format!("<< /Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8 {packed} /Length {} >>\nstream\n\u{1}\nendstream", picture.len()),
    ];
    for (n, content) in pages.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> /XObject << /I 6 0 R >> >> /Annots [{annotations}] /Contents {} 0 R >>", 8 + 2 * n));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    objects.extend(fields.iter().map(|field| format!("<< /Type /Annot /Subtype /Widget {field} >>")));
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, n) in objects.iter().zip(1..) {
        places.push(out.len());
        out.extend(format!("{n} 0 obj\n").bytes());
        // The picture's bytes are no text.
        out.extend(object.bytes().flat_map(|b| if b == 1 { picture.to_vec() } else { vec![b] }));
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.extend(end.bytes());
    out
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

/// The left half of 64 by 64 pixels black, as a JBIG2 stream: a page and a region coded like a fax (ITU-T T.88, 6.2.6).
fn half_jbig2() -> Vec<u8> {
    let long = |n: u32| n.to_be_bytes();
    let size = [long(64), long(64)].concat();
    // The first row: no white, 32 black, white to its end; each after it is the same as the one above.
    let bits = "001".to_string() + "00110101" + "000001101010" + "1" + &"111".repeat(63) + "000000000001000000000001";
    let fax = bits.as_bytes().chunks(8).map(|b| b.iter().zip(0..).map(|(b, n)| (b & 1) << (7 - n)).sum::<u8>());
    let page = [size.clone(), vec![0; 11]].concat();
    let region = [size, vec![0; 9], vec![1]].concat().into_iter().chain(fax).collect::<Vec<u8>>();
    let segment = |n, kind, data: &[u8]| [&long(n)[..], &[kind, 0, 1], &long(data.len() as u32), data].concat();
    [segment(0, 48, &page), segment(1, 38, &region)].concat()
}

/// The same picture in JPEG 2000, without loss.
const HALF_JPEG_2000: &str = "\
    ff4fff510029000000000040000000400000000000000000000000400000004000000000000000000001070101ff52000c000000010005040400\
    01ff5c00134040484850484850484850484850484850ff90000a0000000000730001ff93df802809408dcd88c7da08000819c24dc7da1200172a\
    e13318315268e7c7da2000216df18ebf75b311da21f8eca930b07fcfc05c35f23fe38a5b0691c20000000a2cb102d3e5e60b1b72f2c7da2c005e\
    fac53f9bf41be00c23f9084480d1d847fe0a88ff7fffd9";

fn bytes_of(hex: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digits).collect()
}

/// How dark the page is left and right, where it can be unpacked.
fn halves(packed: &str, picture: &[u8]) -> Result<(u8, u8), crate::model::message::Message> {
    let mut found = Vec::new();
    pages(&pdf_of(&[PICTURE.into()], packed, picture), &mut |page| found.push(page));
    assert_eq!((found.len(), &found[0].place), (1, &Place::Page(1)));
    let raster = found.remove(0).raster?;
    assert_eq!((raster.width, raster.height), (64, 64));
    Ok((raster.rgb[0], raster.rgb[63 * 3]))
}

#[test]
fn pages_in_the_packings_of_scanners_are_unpacked() {
    assert_eq!(halves("/Filter /JBIG2Decode", &half_jbig2()), Ok((0, 255)));
    assert_eq!(halves("/Filter /JBIG2Decode /Decode [1 0]", &half_jbig2()), Ok((255, 0)));
    assert_eq!(halves("/Filter /JPXDecode", &bytes_of(HALF_JPEG_2000)), Ok((20, 255)));
    let hex: String = half_jbig2().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(halves("/Filter [/ASCIIHexDecode /JBIG2Decode]", hex.as_bytes()), Ok((0, 255)));
}

#[test]
fn what_scanners_packed_and_is_damaged_is_said_to_be() {
    let broken = Err(msg!("extract.picture_broken"));
    for (filter, picture) in [("JBIG2Decode", half_jbig2()), ("JPXDecode", bytes_of(HALF_JPEG_2000))] {
        let filter = format!("/Filter /{filter}");
        assert_eq!(halves(&filter, &picture[..20]), broken, "{filter}");
        assert_eq!(halves(&filter, b"no picture at all"), broken, "{filter}");
    }
    // What several pages share stands in a stream of its own: here in the second page's, a dictionary of no length.
    let shared = "/Filter /JBIG2Decode /DecodeParms << /JBIG2Globals 10 0 R >>";
    let dictionary = "\0".repeat(6) + "\0\0\0\0\0";
    let mut found = Vec::new();
    pages(&pdf_of(&[PICTURE.into(), dictionary], shared, &half_jbig2()), &mut |page| found.push(page.raster));
    assert_eq!(found, [Err(msg!("extract.picture_broken"))]);
}

#[test]
fn a_page_that_claims_more_pixels_than_there_is_room_for_is_not_unpacked() {
    let too_many = Err(msg!("extract.picture_pixels", limits::PICTURE_PIXELS));
    let mut jbig2 = half_jbig2();
    jbig2[11..19].copy_from_slice(&[0, 0, 0xFF, 0, 0, 0, 0xFF, 0]);
    assert_eq!(halves("/Filter /JBIG2Decode", &jbig2), too_many);
    let mut jpeg = bytes_of(HALF_JPEG_2000);
    jpeg[8..16].copy_from_slice(&[0, 0, 0xFF, 0, 0, 0, 0xFF, 0]);
    jpeg[24..32].copy_from_slice(&[0, 0, 0xFF, 0, 0, 0, 0xFF, 0]);
    assert_eq!(halves("/Filter /JPXDecode", &jpeg), too_many);
}

#[test]
fn what_was_typed_into_a_form_stands_where_it_was_typed() {
    // 龙池镇中心校, as forms hold it.
    let fields = [
        "/FT /Tx /V <FEFF9F996C609547 4E2D5FC36821> /Rect [150 757 300 773]",
        "/FT /Tx /V (48) /Rect [100 737 214 753]",
        "/FT /Btn /AS /Yes /Rect [58 717 70 733]",
        "/FT /Btn /AS /Off /Rect [130 717 142 733]",
        "/FT /Ch /V (2) /Opt [[(1) (first)] [(2) (second)]] /Rect [72 600 300 616]",
        "/FT /Tx /V (one\\ntwo) /Rect [72 560 300 590]",
        "/FT /Tx /V (hidden) /F 2 /Rect [72 500 300 516]",
        "/FT /Tx /Ff 8192 /V (secret) /Rect [72 450 300 466]",
        "/FT /Tx /V () /Rect [72 400 300 416]",
        "/Parent 9 0 R /Rect [72 300 300 316]",
    ];
    let page = page_of(&["学校名称：", "走访          户", "已开展", "填表说明"]);
    let body = read(&form(page, &fields), Format::Pdf).unwrap();
    let text = "学校名称： 龙池镇中心校\n走访48户\n☑已开展 ☐\n填表说明\nsecond\none\ntwo\n龙池镇中心校\n";
    assert_eq!(body.plain_text(), text);
}
