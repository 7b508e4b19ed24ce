//! What those rely on who would rather look than open a workbook.

use super::*;
use crate::model::place::Line;
use crate::report::page;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use libdeflater::Decompressor;
use sha2::{Digest, Sha256};
use std::sync::Arc;

fn made(findings: &Findings, lang: Lang) -> String {
    let mut page = Vec::new();
    page::write(&View::new(findings, &Layout { lang, ..layout() }), &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

/// What the script unpacks when a school is opened: the block, and the school in it.
fn behind(page: &str, code: &str) -> (serde_json::Value, serde_json::Value) {
    let data = data(page);
    let at = data["schools"].as_array().unwrap().iter().position(|s| s["code"] == code).unwrap();
    let of = data["block"].as_u64().unwrap() as usize;
    let (_, rest) =
        page.split_once(&format!("<script id=\"block-{}\" type=\"application/octet-stream\">", at / of)).unwrap();
    let packed = STANDARD.decode(rest.split_once("</script>").unwrap().0).unwrap();
    let mut json = vec![0; 1 << 24];
    let len = Decompressor::new().zlib_decompress(&packed, &mut json).unwrap();
    let block: serde_json::Value = serde_json::from_slice(&json[..len]).unwrap();
    let school = block["schools"][at % of].clone();
    (block, school)
}

/// What the page's script reads.
fn data(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("type=\"application/json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn every_school_every_verdict_and_its_words_are_in_the_page() {
    let findings = sample::findings();
    let page = made(&findings, Lang::Zh);
    let data = data(&page);
    let schools = data["schools"].as_array().unwrap();
    assert_eq!(schools.len(), findings.schools.len());
    for school in &findings.schools {
        let entry = schools.iter().find(|s| s["code"] == school.school.code.as_str()).unwrap();
        assert_eq!(entry["name"], school.school.name.as_str());
        let said = school.citations();
        let (block, part) = behind(&page, &school.school.code);
        let text = |n: &serde_json::Value| block["texts"][n.as_u64().unwrap() as usize].as_str().unwrap().to_string();
        for verdict in &school.verdicts {
            let column = data["items"].as_array().unwrap().iter().position(|i| i["id"] == verdict.item.as_str());
            let sign = &data["signs"][entry["verdicts"][column.unwrap()].as_u64().unwrap() as usize];
            let shown = &part["verdicts"][column.unwrap()];
            let status = &data["statuses"][sign["status"].as_u64().unwrap() as usize];
            assert_eq!(status["word"], verdict.status.word());
            assert_eq!(text(&shown["why"]), verdict.why.text(Lang::Zh));
            for (cited, n) in said.bearing(verdict).take(3).zip(0_usize..) {
                let quoted = &part["evidence"][shown["evidence"][n].as_u64().unwrap() as usize];
                assert_eq!(quoted["quote"], cited.evidence.quote.as_str());
                assert_eq!(text(&quoted["place"]), cited.evidence.place.text(Lang::Zh));
                let file = &block["files"][quoted["file"].as_u64().unwrap() as usize];
                assert_eq!(file["path"], cited.file.as_str());
            }
        }
    }
    let loose = findings.flags.iter().filter(|f| f.school.is_empty()).count();
    assert_eq!(data["loose"].as_array().unwrap().len(), loose, "what is nobody's is not forgotten");
}

#[test]
fn what_schools_write_is_never_markup() {
    const HOSTILE: &str = "</script><script>alert('甲')</script><!--\"{{script}}&<img src=x onerror=alert(1)>";
    let mut findings = sample::findings();
    findings.campaign.title = HOSTILE.to_string();
    for school in &mut findings.schools {
        Arc::make_mut(&mut school.school).name = HOSTILE.into();
        for cited in &mut school.handed_in {
            cited.evidence.quote = HOSTILE.to_string();
        }
    }
    let page = made(&findings, Lang::Zh);
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("</script").count(), 3);
    assert!(!page.contains("<img") && !page.contains("<!--"));
    assert_eq!(data(&page)["schools"][0]["name"], HOSTILE, "and is there all the same");
}

#[test]
fn a_document_is_shown_with_its_evidence_marked_in_place() {
    let mut findings = sample::findings();
    let school = findings.schools.iter().find(|s| !s.citations().all().is_empty()).unwrap();
    let (said, code) = (school.citations(), school.school.code.clone());
    let first = &said.all()[0];
    let line = |text: &str| Line { place: first.evidence.place.clone(), text: text.to_string() };
    let file = findings.files.iter_mut().find(|f| f.path == first.file).unwrap();
    file.text = vec![line("标题"), line(&format!("开头。{}结尾。", first.evidence.quote))].into();
    let (block, part) = behind(&made(&findings, Lang::Zh), &code);
    let document = &part["documents"][0];
    assert_eq!(block["files"][document["file"].as_u64().unwrap() as usize]["path"], first.file.as_str());
    assert_eq!((&document["cut"], &document["lines"][0][1]), (&false.into(), &serde_json::json!(["标题"])));
    let pieces = &document["lines"][1][1];
    assert_eq!((&pieces[0], &pieces[2]), (&"开头。".into(), &"结尾。".into()));
    assert_eq!(pieces[1][0], first.evidence.quote.as_str());
    let marked = &part["evidence"][pieces[1][1][0].as_u64().unwrap() as usize];
    assert_eq!((&marked["quote"], &marked["marked"]), (&first.evidence.quote.as_str().into(), &true.into()));
}

#[test]
fn the_page_asks_nothing_of_any_network() {
    let page = made(&sample::findings(), Lang::Zh);
    // A school may write an address into its report; it stays a text among the data.
    let (before, rest) = page.split_once("type=\"application/json\">").unwrap();
    let own = [before, rest.split_once("</script>").unwrap().1].concat();
    for way in ["http:", "https:", "@import", "url(", "src=", "<link", "fetch(", "XMLHttpRequest", "innerHTML"] {
        assert!(!own.contains(way), "{way}");
    }
    assert!(page.contains("content=\"default-src 'none'; img-src data:; style-src 'sha256-"), "all else is forbidden");
    for (begin, end) in [("<style>", "</style>"), ("\n<script>", "</script>")] {
        let inline = page.split_once(begin).unwrap().1.split_once(end).unwrap().0;
        let digest = STANDARD.encode(Sha256::digest(inline));
        assert!(page.contains(&format!("'sha256-{digest}'")), "the policy lets its own {begin} through");
    }
}

#[test]
fn the_page_is_the_same_twice_and_speaks_english_where_asked() {
    let findings = sample::findings();
    assert_eq!(made(&findings, Lang::Zh), made(&findings, Lang::Zh));
    let english = data(&made(&findings, Lang::En));
    assert_eq!(english["labels"]["close"], "Close");
}
