//! Photographs on 证据明细 and on the page, where a person asks for them.

use super::*;
use crate::model::document::Picture;
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::thumbnail::{Album, Small, Thumbnail};
use image::{ImageFormat, Rgb, RgbImage};
use std::sync::Arc;

fn small(shade: u8) -> Small {
    let mut jpeg = Cursor::new(Vec::new());
    RgbImage::from_pixel(160, 120, Rgb([shade, 90, 90])).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
    Small { width: 160, height: 120, jpeg: jpeg.into_inner() }
}

/// Two photographs of one school, one of them also another's, and one that cannot be shown.
fn with_photographs() -> Layout {
    let taken = NaiveDate::from_ymd_opt(2020, 10, 15).unwrap().and_hms_opt(9, 30, 0);
    let photo = |n: u32, small: Result<Small, Message>| {
        let caption = Some(format!("图{n}专题会议现场"));
        Arc::new(Thumbnail {
            of: Picture { place: Some(Place::Picture(n)), caption, taken, ..Picture::default() },
            small,
        })
    };
    let files = [
        ("inbox/城关一小.zip!/材料/照片.docx", vec![photo(1, Ok(small(10))), photo(2, Ok(small(200)))]),
        ("inbox/特教/总结#1.docx", vec![photo(1, Ok(small(10))), photo(2, Err(msg!("extract.picture_broken")))]),
    ];
    let files = files.into_iter().map(|(file, all)| (file.to_string(), all)).collect();
    Layout { album: Some(Arc::new(Album { files, left_out: 7 })), ..layout() }
}

/// The findings with the files of the photographs among those of their schools.
fn findings() -> Findings {
    let mut findings = sample::findings();
    for file in findings.files.clone() {
        for school in findings.schools.iter_mut().filter(|s| file.schools.contains(&s.school.code)) {
            if !school.submission.files.iter().any(|f| **f == *file.path) {
                school.submission.files.push(file.path.as_str().into());
            }
        }
    }
    findings
}

#[test]
fn a_photograph_lies_in_a_row_of_its_school_with_what_is_known_of_it() {
    let (findings, layout) = (findings(), with_photographs());
    let sheet = sheets(&findings, &layout).remove(4);
    let photos: Vec<&Vec<Cell>> =
        sheet.rows.iter().filter(|row| row.iter().any(|c| matches!(c.value, Value::Picture(_)))).collect();
    assert_eq!(photos.len(), 3);
    let school = findings.schools.iter().find(|s| s.school.code.ends_with("05")).unwrap();
    assert_eq!(photos[0][0].value, Value::Text(school.school.name.to_string()));
    assert_eq!(photos[0][4].value, Value::Text("照片.docx · 图1 · 图1专题会议现场 · 2020-10-15 09:30 拍摄".into()));
    assert_eq!(photos[0][6].value, Value::Date(NaiveDate::from_ymd_opt(2020, 10, 15).unwrap()));
    assert!(photos[0][8].link.is_some());
    let said = as_text(&sheet);
    assert!(said.contains("图像损坏，展不开") && said.contains("另有 7 张"), "what is not shown is told: {said}");
}

#[test]
fn signs_lead_to_their_evidence_with_photographs_between() {
    let (findings, layout) = (findings(), with_photographs());
    let view = View::new(&findings, &layout);
    let sheet = sheets(&findings, &layout).remove(4);
    let mut seen = 0;
    for school in &findings.schools {
        for verdict in &school.verdicts {
            let Some(row) = view.trail.best(&school.school.code, &verdict.item) else { continue };
            let cells = &sheet.rows[row as usize];
            let wanted = [school.school.name.as_str(), view.item_name(&verdict.item)].map(|t| Value::Text(t.into()));
            assert_eq!([cells[0].value.clone(), cells[1].value.clone()], wanted);
            seen += 1;
        }
    }
    assert!(seen > 5);
}

#[test]
fn the_workbook_holds_each_picture_once_and_each_lies_within_its_row() {
    let bytes = workbook(&findings(), &with_photographs()).unwrap();
    let all = names(&bytes);
    assert_eq!(all.iter().filter(|n| n.starts_with("xl/media/")).count(), 2, "{all:?}");
    let drawing = all.iter().filter(|n| n.starts_with("xl/drawings/drawing")).map(|n| part(&bytes, n));
    let drawing = drawing.into_iter().find(|d| d.contains("<xdr:pic>")).unwrap();
    let rows: Vec<&str> = drawing.split("<xdr:row>").skip(1).map(|r| r.split('<').next().unwrap()).collect();
    assert_eq!(rows.len(), 6);
    assert!(rows.chunks(2).all(|ends| ends[0] == ends[1]), "each begins and ends in one row: {rows:?}");
    assert!(!drawing.contains("editAs=\"oneCell\"") && drawing.contains("图1专题会议现场"));
    assert_eq!(bytes, workbook(&findings(), &with_photographs()).unwrap());
    assert!(names(&workbook(&findings(), &layout()).unwrap()).iter().all(|n| !n.starts_with("xl/media/")));
}

fn names(book: &[u8]) -> Vec<String> {
    zip::ZipArchive::new(Cursor::new(book)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect()
}
