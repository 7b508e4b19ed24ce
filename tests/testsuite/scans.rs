//! Scans and photographs, through the whole night: what is recognised, what it is worth, what is said where nothing is.

use crate::folder::Folder;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// A page of rows of dark strokes, as a PNG: what it says is up to the program that stands for Tesseract.
fn page() -> Vec<u8> {
    let ink = |x: u32, y: u32| (100..700).contains(&y) && (60..560).contains(&x) && y % 30 < 14 && x.is_multiple_of(4);
    let page = image::GrayImage::from_fn(620, 877, |x, y| image::Luma([if ink(x, y) { 20 } else { 240 }]));
    let mut bytes = Cursor::new(Vec::new());
    page.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A folder whose only report is a picture of a page.
fn folder() -> Folder {
    let folder = Folder::new();
    std::fs::remove_dir_all(folder.path().join("inbox/龙池镇中心校")).unwrap();
    folder.write("inbox/龙池镇中心校/总结.png", &page());
    folder
}

fn stub(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tesseract").join(name)
}

fn line_of<'t>(text: &'t str, word: &str) -> &'t str {
    text.lines().find(|l| l.contains(word)).unwrap_or_else(|| panic!("no {word} in {text}"))
}

#[test]
fn a_picture_of_a_page_is_read_and_its_evidence_says_so() {
    let folder = folder();
    folder.shouqi_on(&stub("works"), &["run"]).ends(0);
    let verdicts = String::from_utf8(folder.read("output/verdicts.jsonl")).unwrap();
    let school = line_of(&verdicts, "龙池镇中心校");
    assert!(school.contains(r#""id":"meeting","kind":"activity","status":"done""#), "{school}");
    assert!(school.contains(r#""place":"第2行""#) && school.contains(r#""ocr":93"#), "{school}");
    let files = String::from_utf8(folder.read("output/files.jsonl")).unwrap();
    let file = line_of(&files, "总结.png");
    assert!(file.contains(r#""status":"used""#) && file.contains("由OCR识别") && file.contains("Word 原件"), "{file}");
}

#[test]
fn without_the_program_it_is_a_photograph_and_nothing_is_red() {
    let folder = folder();
    folder.shouqi_on(&stub("works"), &["run", "--ocr", "off"]).ends(0);
    let verdicts = String::from_utf8(folder.read("output/verdicts.jsonl")).unwrap();
    let school = line_of(&verdicts, "龙池镇中心校");
    assert!(school.contains(r#""id":"meeting","kind":"activity","status":"unreadable""#), "{school}");
}

#[test]
fn a_program_that_fails_leaves_the_photograph_and_is_asked_again_the_next_night() {
    let folder = folder();
    folder.shouqi_on(&stub("fails"), &["run"]).ends(0);
    let files = String::from_utf8(folder.read("output/files.jsonl")).unwrap();
    let file = line_of(&files, "总结.png");
    assert!(file.contains(r#""status":"used""#) && file.contains("没有识别"), "{file}");
    let verdicts = String::from_utf8(folder.read("output/verdicts.jsonl")).unwrap();
    assert!(line_of(&verdicts, "龙池镇中心校").contains(r#""status":"unreadable""#), "{verdicts}");
    folder.shouqi_on(&stub("works"), &["run"]).ends(0);
    let verdicts = String::from_utf8(folder.read("output/verdicts.jsonl")).unwrap();
    assert!(line_of(&verdicts, "龙池镇中心校").contains(r#""ocr":93"#), "{verdicts}");
    // What was recognised is remembered.
    folder.shouqi_on(&stub("works"), &["run"]).ends(0);
    assert!(String::from_utf8(folder.read("output/verdicts.jsonl")).unwrap().contains(r#""ocr":93"#));
}

#[test]
fn a_program_that_is_required_and_missing_is_an_error_before_anything_is_read() {
    let folder = folder();
    let nowhere = folder.path().join("inbox");
    let complained = folder.shouqi_at(&nowhere, &["run", "--ocr", "require"]).ends(2).complained();
    assert!(complained.contains("tesseract") && complained.contains("--ocr auto"), "{complained}");
    assert!(!folder.path().join("output").exists());
    folder.shouqi_at(&nowhere, &["run"]).ends(0);
}

#[test]
fn text_and_explain_show_what_was_recognised() {
    let folder = folder();
    let file = "inbox/龙池镇中心校/总结.png";
    let text = folder.shouqi_on(&stub("works"), &["text", file]).ends(0).said();
    assert!(text.contains("10月12日,我校召开扶贫专题会议,全体教师45人参加。"), "{text}");
    let explained = folder.shouqi_on(&stub("works"), &["explain", file, "--campaign", ".", "--json"]).ends(0).said();
    assert!(explained.contains(r#""meeting":"done""#) && explained.contains(r#""ocr":93"#), "{explained}");
}

/// The one test that asks Tesseract itself, where it is installed.
#[test]
fn a_stamped_page_is_recognised_by_tesseract_itself() {
    if which::which("tesseract").is_err() {
        println!("skipped: tesseract is not installed");
        return;
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tesseract/page.png");
    let folder = Folder::new();
    let text = folder.shouqi(&["text", page.to_str().unwrap(), "--ocr", "require"]).ends(0).said();
    for words in ["扶贫专题会议", "全体教师45人参加", "2020年10月18日"] {
        assert!(text.contains(words), "{words} in: {text}");
    }
}

/// A Word file that is nothing but the picture of a page, too large to be read where nobody asks for pictures.
fn scanned_word_file() -> Vec<u8> {
    let mut noise = 1u32;
    let mut dice = || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    // What follows the end of a picture is no part of it.
    let picture: Vec<u8> = page().into_iter().chain(std::iter::repeat_with(&mut dice).take(200_000)).collect();
    let picture = docx_rs::Pic::new_with_dimensions(picture, 620, 877);
    let run = docx_rs::Run::new().add_image(picture);
    let mut bytes = Cursor::new(Vec::new());
    docx_rs::Docx::new().add_paragraph(docx_rs::Paragraph::new().add_run(run)).build().pack(&mut bytes).unwrap();
    bytes.into_inner()
}

#[test]
fn a_page_in_a_word_file_is_passed_over_or_read_and_the_file_is_known_as_the_same() {
    let folder = folder();
    std::fs::remove_file(folder.path().join("inbox/龙池镇中心校/总结.png")).unwrap();
    folder.write("inbox/龙池镇中心校/总结.docx", &scanned_word_file());
    let night = |args: &[&str]| {
        folder.shouqi_on(&stub("works"), args).ends(0);
        let read = |name: &str| String::from_utf8(folder.read(name)).unwrap();
        let (files, verdicts) = (read("output/files.jsonl"), read("output/verdicts.jsonl"));
        let digest = line_of(&files, "总结.docx").split(r#""digest":""#).nth(1).unwrap()[..64].to_string();
        (digest, line_of(&verdicts, "龙池镇中心校").to_string())
    };
    let (passed_over, unread) = night(&["run", "--no-cache", "--ocr", "off"]);
    let (asked_for, read) = night(&["run", "--no-cache"]);
    assert!(unread.contains(r#""id":"meeting","kind":"activity","status":"unreadable""#), "{unread}");
    assert!(read.contains(r#""id":"meeting","kind":"activity","status":"done""#), "{read}");
    assert_eq!(passed_over, asked_for);
}
