//! What cells look like in the finished workbook: each wears the format that its meaning asks for, whoever numbered it.

use super::part;
use crate::model::sheet::{Cell, Column, Sheet, Tone};
use crate::report::look;
use crate::report::xlsx::{Imprint, workbook_bytes};
use chrono::{NaiveDate, NaiveTime};
use regex::Regex;

/// The colour of a cell's letters and its ground, as the parts of the package lead to them.
fn colours(bytes: &[u8], cell: &str) -> (String, Option<String>) {
    let (sheet, styles) = (part(bytes, "xl/worksheets/sheet1.xml"), part(bytes, "xl/styles.xml"));
    let style: usize =
        Regex::new(&format!(r#"<c r="{cell}" s="(\d+)""#)).unwrap().captures(&sheet).unwrap()[1].parse().unwrap();
    let all = |within: &str, element: &str| -> Vec<String> {
        let list = Regex::new(&format!(r"(?s)<{within} count.*?</{within}>"))
            .unwrap()
            .find(&styles)
            .unwrap()
            .as_str()
            .to_string();
        let one = Regex::new(&format!(r"(?s)<{element}>.*?</{element}>")).unwrap();
        one.find_iter(&list).map(|m| m.as_str().to_string()).collect()
    };
    let xfs = Regex::new(r"<xf [^>]*>").unwrap();
    let list = Regex::new(r"(?s)<cellXfs.*?</cellXfs>").unwrap().find(&styles).unwrap().as_str();
    let xf = xfs.find_iter(list).nth(style).unwrap().as_str();
    let id = |of: &str| -> usize {
        Regex::new(&format!(r#"{of}="(\d+)""#)).unwrap().captures(xf).unwrap()[1].parse().unwrap()
    };
    let colour = |text: &str| {
        Regex::new(r#"(?:<color|fgColor) rgb="FF(\w+)""#).unwrap().captures(text).map(|c| c[1].to_string())
    };
    (colour(&all("fonts", "font")[id("fontId")]).unwrap_or_default(), colour(&all("fills", "fill")[id("fillId")]))
}

#[test]
fn each_cell_looks_like_what_it_means() {
    let tones = [Tone::Good, Tone::Bad, Tone::Doubtful, Tone::Muted, Tone::Unreadable, Tone::Total];
    let row = |tones: &[Tone]| tones.iter().map(|t| Cell::text("×").tone(*t)).collect::<Vec<_>>();
    let sheet = Sheet {
        name: "表".into(),
        columns: tones.iter().map(|_| Column::new("列", 8.0)).collect(),
        rows: vec![row(&tones), tones.iter().rev().flat_map(|t| row(&[*t])).collect()],
        ..Sheet::default()
    };
    let made = NaiveDate::from_ymd_opt(2020, 10, 20).unwrap().and_time(NaiveTime::MIN);
    let bytes = workbook_bytes(vec![sheet], &Imprint { title: "表".into(), made, pages: String::new() }).unwrap();
    for (at, tone) in tones.iter().enumerate() {
        let expected = look::of(*tone);
        let ground = expected.ground.map(|g| format!("{g:06X}"));
        let letter = |at: usize| char::from(b'A' + at as u8);
        for cell in [format!("{}2", letter(at)), format!("{}3", letter(tones.len() - 1 - at))] {
            assert_eq!(colours(&bytes, &cell), (format!("{:06X}", expected.ink), ground.clone()), "{cell} {tone:?}");
        }
    }
}

#[test]
fn schools_fold_under_their_township_and_the_sheet_says_how_deep() {
    let sheet = crate::report::tests::part(&crate::report::tests::bytes(), "xl/worksheets/sheet3.xml");
    assert!(sheet.contains("outlineLevelRow=\"2\""));
    assert!(sheet.contains("outlineLevel=\"1\""));
}
