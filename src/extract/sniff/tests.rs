use super::*;
use proptest::prelude::*;
use std::io::{Cursor, Write};

fn package(names: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in names {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, stored).expect("a member");
        zip.write_all(content.as_bytes()).expect("a member");
    }
    zip.finish().expect("a package").into_inner()
}

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
    for (name, content) in streams {
        file.create_stream(name).expect("a stream").write_all(content).expect("a stream");
    }
    file.flush().expect("a compound file");
    file.into_inner().into_inner()
}

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

#[test]
fn packages_by_their_members_whole_or_cut() {
    let padding = "x".repeat(500);
    for (names, format) in [
        (vec![TYPES, ("word/document.xml", &*padding)], Format::Docx),
        (vec![TYPES, ("word\\document.xml", &padding)], Format::Docx),
        (vec![TYPES, ("xl/workbook.xml", &padding)], Format::Xlsx),
        (vec![TYPES, ("xl/workbook.bin", &padding)], Format::Xlsb),
        (vec![TYPES, ("ppt/presentation.xml", &padding)], Format::Pptx),
        (vec![("OFD.xml", &padding)], Format::Ofd),
        (vec![("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &padding)], Format::Ods),
        (vec![("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &padding)], Format::Odt),
        (vec![("word/会议.txt", &padding), ("总结.docx", &padding)], Format::Zip),
    ] {
        let bytes = package(&names);
        assert_eq!(sniff(&bytes), format, "{names:?}");
        // The central directory is lost, and some of the last member with it.
        let directory = bytes.windows(4).position(|w| w == b"PK\x01\x02").expect("a directory");
        assert_eq!(sniff(&bytes[..directory - 100]), format, "{names:?} cut");
    }
}

#[test]
fn an_open_document_that_somebody_packed_again_is_still_one() {
    let text = ("mimetype", "application/vnd.oasis.opendocument.text");
    assert_eq!(sniff(&package(&[("content.xml", "<x/>"), text])), Format::Odt);
    assert_eq!(sniff(&package(&[("总结.txt", "x"), ("mimetype", "text/plain")])), Format::Zip);
}

#[test]
fn a_docx_stored_in_an_archive_does_not_make_it_a_docx() {
    let inner = package(&[TYPES, ("word/document.xml", "x")]);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("总结.docx", stored).expect("a member");
    zip.write_all(&inner).expect("a member");
    let bytes = zip.finish().expect("a package").into_inner();
    assert_eq!(sniff(&bytes), Format::Zip);
    let end = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").expect("a directory");
    assert_eq!(sniff(&bytes[..end]), Format::Zip);
}

#[test]
fn compound_files_by_their_streams_whole_or_cut() {
    let word = |version: u8| [&[0xEC, 0xA5, version, 0][..], &[0; 5000]].concat();
    for (name, content, format) in [
        ("WordDocument", word(0xC1), Format::Doc),
        ("WordDocument", word(0x68), Format::Doc95),
        ("Workbook", word(0), Format::Xls),
        ("Book", word(0), Format::Xls),
        ("EncryptedPackage", word(0), Format::Encrypted),
        ("PowerPoint Document", word(0), Format::Ppt),
        ("__properties_version1.0", word(0), Format::Msg),
        ("CONTENTS", word(0), Format::Ole),
    ] {
        let bytes = compound(&[(name, &content)]);
        assert_eq!(sniff(&bytes), format, "{name}");
        if format != Format::Doc95 {
            assert_eq!(sniff(&bytes[..bytes.len() - 2000]), format, "{name} cut");
        }
    }
}

#[test]
fn pictures_archives_and_old_workbooks_by_their_first_bytes() {
    let bmp = [&b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..], &[0; 40]].concat();
    for (bytes, format) in [
        (&b"\xFF\xD8\xFF\xE0\0\x10JFIF"[..], Format::Jpeg),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Format::Webp),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", Format::Heic),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp41", Format::Unknown),
        (&bmp, Format::Bmp),
        (b"Rar!\x1A\x07\x01\0", Format::Rar),
        (b"7z\xBC\xAF\x27\x1C\0\x04", Format::SevenZip),
        (b"%PDF-1.4\n", Format::Pdf),
        (b"\x78\x9F\x3E\x22\0\0", Format::Tnef),
        (b"\x09\x08\x08\0\0\x05\x05\0\0\0\0\0", Format::Xls),
        (b"\x09\x04\x06\0\0\0\x10\0\0\0", Format::Xls),
        (b"", Format::Empty),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0", Format::Unknown),
    ] {
        assert_eq!(sniff(bytes), format, "{bytes:?}");
    }
}

#[test]
fn text_formats_in_every_encoding() {
    let prose = "龙池镇中心校关于开展扶贫日活动的汇报\n10月12日,我校召开了专题会议,全体教师参加。\n会后开展了家访。\n";
    for (text, format) in [
        ("\u{feff} {\\rtf1\\ansi", Format::Rtf),
        ("\r\n<!-- 导出 --><!DOCTYPE html><html><p>汇报", Format::Html),
        ("<html xmlns:x=\"urn:schemas-microsoft-com:office:spreadsheet\"><table><tr><td>学校", Format::Html),
        ("<?xml version=\"1.0\"?><!DOCTYPE html><html><body>汇报", Format::Html),
        ("<TABLE border=1><tr><td>学校</td>", Format::Html),
        ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>", Format::SheetXml),
        ("<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", Format::SheetXml),
        ("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument>", Format::Unknown),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", Format::Mhtml),
        ("From: a@b.example\r\nTo: c@d.example\r\nSubject: 汇报\r\n\r\n正文", Format::Mail),
        ("Received: by mail.example;\r\n Mon, 19 Oct 2020\r\nDate: x\r\nFrom: a@b.example\r\n\r\n正文", Format::Mail),
        ("学校,人数,日期\n城关小学,45,10月12日\n龙池小学,3,10月13日\n", Format::Csv),
        ("学校统计表\n学校\t人数\n城关小学\t45\n龙池小学\t3\n柳湾小学\t5\n", Format::Csv),
        (prose, Format::Txt),
        ("<!-- 文件名:总结.docx -->\n\n龙池镇中心校召开了专题会议。", Format::Txt),
        ("<<关于开展扶贫日活动的通知>>\n各校:", Format::Txt),
    ] {
        let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(sniff(text.as_bytes()), format, "{text}");
        assert_eq!(sniff(&gbk), format, "{text} in GBK");
        assert_eq!(sniff(&wide), format, "{text} in UTF-16");
    }
}

proptest! {
    #[test]
    fn whatever_the_bytes_it_never_panics(magic in 0usize..6, bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let starts: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"<", b"BM", b"PK\x05\x06"];
        sniff(&[starts[magic], &bytes].concat());
    }
}

#[test]
fn a_pdf_is_one_whatever_was_put_before_it() {
    let end = "\nstartxref\n9\n%%EOF\n";
    let ticket = "\u{1b}%-12345X@PJL SET COPIES=1\r\n";
    for before in [ticket, "\u{feff}", "\n\n", ""] {
        assert_eq!(sniff(format!("{before}%PDF-1.4\n{end}").as_bytes()), Format::Pdf, "{before:?}");
    }
    assert_eq!(sniff("文件以“%PDF-”开头的，请转成 Word 再报。".as_bytes()), Format::Txt);
}
