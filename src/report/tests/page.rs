//! What those rely on who would rather look than open a workbook.

use super::*;
use crate::model::reading::Around;
use crate::report::page::page;
use base64::Engine;
use sha2::{Digest, Sha256};

fn made(findings: &Findings, lang: Lang) -> String {
    page(&View::new(findings, &Layout { lang, ..layout() }))
}

/// What the page's script reads.
fn data(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("type=\"application/json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn every_school_every_verdict_and_its_words_are_in_the_page() {
    let findings = sample::findings();
    let data = data(&made(&findings, Lang::Zh));
    let schools = data["schools"].as_array().unwrap();
    assert_eq!(schools.len(), findings.schools.len());
    let text = |n: &serde_json::Value| data["texts"][n.as_u64().unwrap() as usize].as_str().unwrap().to_string();
    for school in &findings.schools {
        let entry = schools.iter().find(|s| s["code"] == school.school.code.as_str()).unwrap();
        assert_eq!(entry["name"], school.school.name.as_str());
        let said = school.citations();
        for verdict in &school.verdicts {
            let column = data["items"].as_array().unwrap().iter().position(|i| i["id"] == verdict.item.as_str());
            let shown = &entry["verdicts"][column.unwrap()];
            let status = &data["statuses"][shown["status"].as_u64().unwrap() as usize];
            assert_eq!(status["word"], verdict.status.word());
            assert_eq!(text(&shown["why"]), verdict.why.text(Lang::Zh));
            for (cited, n) in said.bearing(verdict).take(3).zip(0..) {
                let quoted = &shown["evidence"][n];
                assert_eq!(quoted["quote"], cited.evidence.quote.as_str());
                assert_eq!(text(&quoted["place"]), cited.evidence.place.text(Lang::Zh));
                let file = &data["files"][quoted["file"].as_u64().unwrap() as usize];
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
        school.school.name = HOSTILE.to_string();
        for cited in &mut school.handed_in {
            cited.evidence.quote = HOSTILE.to_string();
            cited.evidence.around = Around { before: HOSTILE.to_string(), after: HOSTILE.to_string() };
        }
    }
    let page = made(&findings, Lang::Zh);
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script").count(), 2);
    assert!(!page.contains("<img") && !page.contains("<!--"));
    assert_eq!(data(&page)["schools"][0]["name"], HOSTILE, "and is there all the same");
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
        let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(inline));
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
