//! The seam to the program, played by a script that answers with a table, and what becomes of a document.

use super::*;
use crate::model::document::{Body, Picture};
use crate::model::message::Lang;
use crate::model::reading::Reading;
use std::path::{Path, PathBuf};

fn stub(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tesseract").join(name);
    folder.join(if cfg!(windows) { "tesseract.cmd" } else { "tesseract" })
}

/// Paper with rows of dark strokes, or without.
fn paper(inked: bool) -> Raster {
    let mut rgb = vec![240; 620 * 877 * 3];
    for (n, pixel) in rgb.chunks_exact_mut(3).enumerate() {
        let (x, y) = (n % 620, n / 620);
        if inked && (100..700).contains(&y) && (60..560).contains(&x) && y % 30 < 14 && x % 4 == 0 {
            pixel.fill(20);
        }
    }
    Raster { width: 620, height: 877, rgb }
}

/// A classroom: wall and floor, people in coloured coats.
fn photograph() -> Raster {
    let mut rgb = vec![0; 400 * 300 * 3];
    for (n, pixel) in rgb.chunks_exact_mut(3).enumerate() {
        let (x, y) = (n % 400, n / 400);
        let coat = [60 + (x / 20 * 37 % 150) as u8, 90, 40 + (x / 20 * 91 % 170) as u8];
        pixel.copy_from_slice(&if y < 120 {
            [190, 170, 120]
        } else if x / 20 % 3 == 0 {
            coat
        } else {
            [110, 80, 60]
        });
    }
    Raster { width: 400, height: 300, rgb }
}

fn scan(pages: u32) -> Document {
    let pictures = (1..=pages).map(|n| Picture { fingerprint: n.to_string(), ..Picture::default() }).collect();
    let body = Body { pictures, losses: vec![Problem::Scanned(pages)], ..Body::default() };
    Document { format: "pdf".into(), reader: "pdf/2".into(), body, ..Document::default() }
}

fn page(n: u32, raster: Raster) -> PagePicture {
    PagePicture { place: Place::Page(n), fingerprint: n.to_string(), scanned: true, raster: Ok(raster) }
}

fn recognised(name: &str, mut document: Document, pictures: Vec<PagePicture>) -> Document {
    let tesseract = Tesseract::ask(&stub(name)).unwrap();
    let mut recogniser = Recogniser::new(&tesseract);
    pictures.into_iter().for_each(|picture| recogniser.take(picture));
    recogniser.finish(&mut document);
    document
}

#[test]
fn the_program_says_what_it_is() {
    assert_eq!(Tesseract::ask(&stub("works")).unwrap().version, "tesseract 5.9.9 chi_sim");
    let nothing = Tesseract::ask(Path::new("no such program")).unwrap_err().text(Lang::Zh);
    assert!(nothing.contains("no such program"), "{nothing}");
}

#[test]
fn the_lines_of_a_scan_stand_in_its_place() {
    let pages = vec![page(1, paper(true)), page(2, paper(false)), page(3, paper(true))];
    let document = recognised("works", scan(3), pages);
    let text = document.body.plain_text();
    assert!(
        text.starts_with("龙池镇中心校扶贫日活动总结\n10月12日,我校召开扶贫专题会议,全体教师45人参加。\n"),
        "{text}"
    );
    let places: Vec<&Place> = document.body.blocks.iter().map(|b| &b.place).collect();
    assert_eq!(
        (places[0], places[4], places[5]),
        (&Place::PageLine(1, 1), &Place::PageLine(1, 5), &Place::PageLine(3, 1))
    );
    assert_eq!(places.len(), 10, "a border is no line");
    // The page without ink is empty, and no loss.
    assert_eq!(document.body.losses, [Problem::Recognised(2, 93)]);
    assert!(!document.body.losses.iter().any(Problem::is_unreadable));
    assert_eq!(document.reader, "pdf/2+tesseract 5.9.9 chi_sim/1");
    let left: Vec<&str> = document.body.pictures.iter().map(|p| p.fingerprint.as_str()).collect();
    assert_eq!(left, ["2"], "a page of text is no photograph");
}

#[test]
fn a_program_that_fails_leaves_the_scan_a_scan() {
    let document = recognised("fails", scan(2), vec![page(1, paper(true)), page(2, paper(true))]);
    assert!(matches!(
        document.body.losses.as_slice(),
        [Problem::Scanned(2), Problem::NotRecognised(_, Place::Page(1))]
    ));
    assert_eq!((document.reader.as_str(), document.body.blocks.len()), ("pdf/2", 0));
}

#[test]
fn a_page_that_cannot_be_unpacked_is_named_beside_those_that_can() {
    let broken = PagePicture { raster: Err(msg!("ocr.no_text")), ..page(2, Raster::default()) };
    let document = recognised("works", scan(2), vec![page(1, paper(true)), broken]);
    assert!(
        matches!(document.body.losses.as_slice(), [Problem::LostText(_, Place::Page(2)), Problem::Recognised(1, 93)]),
        "{:?}",
        document.body.losses
    );
}

#[test]
fn a_photograph_is_not_handed_to_the_program_and_stays_one() {
    let photo = |raster| PagePicture { place: Place::Whole, scanned: false, ..page(1, raster) };
    let picture = Document {
        format: "jpeg".into(),
        reader: "image/2".into(),
        body: Body { losses: Vec::new(), ..scan(1).body },
        ..Document::default()
    };
    let document = recognised("works", picture.clone(), vec![photo(photograph())]);
    assert_eq!(document, picture);
    // A picture of a page is a document, and its lines are named as such.
    let document = recognised("works", picture, vec![photo(paper(true))]);
    assert_eq!((document.body.pictures.len(), &document.body.blocks[1].place), (0, &Place::Line(2)));
}

#[test]
fn a_page_number_in_the_text_layer_is_not_told_twice() {
    let mut scan = scan(2);
    let number = |n| Block { place: Place::PageLine(n, 1), content: Content::Paragraph(format!("第{n}页")) };
    scan.body.blocks = vec![number(1), number(2)];
    let document = recognised("works", scan, vec![page(1, paper(true))]);
    let text = document.body.plain_text();
    assert!(!text.contains("第1页") && text.ends_with("2020年10月18日\n第2页\n"), "{text}");
}

#[test]
fn only_what_may_be_a_page_is_asked_about() {
    let reading = |problems, pictures, chars| Reading {
        problems,
        pictures: vec![Picture::default(); pictures],
        chars,
        ..Reading::default()
    };
    assert_eq!(reading(vec![Problem::Scanned(3)], 3, 0).unread_pages(), 3);
    assert_eq!(reading(vec![], 4, 12).unread_pages(), 4, "photographs with a caption, or a scan");
    assert_eq!(reading(vec![], 4, 800).unread_pages(), 0, "a report with pictures");
    let archive = Reading { members: vec![reading(vec![], 1, 0), reading(vec![], 2, 500)], ..Reading::default() };
    assert_eq!(archive.unread_pages(), 1);
}
