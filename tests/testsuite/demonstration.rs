//! The demonstration campaign as a whole night, held against `expected.jsonl`: whose each file is, what became of it, and
//! what each report says of each activity.

use crate::gold;
use serde_json::Value;
use std::fs;

const CAMPAIGN: &str = "chengshui-2020";
/// Done, but some files could not be read: there are such on purpose.
const STATUS: i32 = 3;

#[test]
fn every_file_goes_to_its_school_and_has_its_status() {
    let out = tempfile::tempdir().unwrap();
    let files = gold::night(CAMPAIGN, out.path(), &[], STATUS, "files.jsonl");
    let wrong = gold::misfiled(CAMPAIGN, &files);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn late_and_silent_schools_are_known_and_nothing_unread_is_called_missing() {
    let out = tempfile::tempdir().unwrap();
    let files = gold::night(CAMPAIGN, out.path(), &["-j", "2"], STATUS, "files.jsonl");
    let verdicts = gold::lines(&fs::read_to_string(out.path().join("verdicts.jsonl")).unwrap());
    assert_eq!(verdicts.len(), 55);
    let with = |status: &str| -> Vec<&str> {
        let of = verdicts.iter().filter(|v| v["submission"]["status"] == status);
        of.map(|v| v["school"]["name"].as_str().unwrap()).collect()
    };
    assert_eq!(with("late"), ["槐院镇中心校", "城关镇第二小学", "盐池镇初级中学", "澄水县职业技术教育中心"]);
    assert_eq!(with("missing"), ["上官镇中心校", "澄水县第四中学", "澄水县第三幼儿园", "澄水县北关小学"]);
    for file in files.iter().filter(|f| f["status"] == "quarantined") {
        for code in file["schools"].as_array().unwrap() {
            let school = verdicts.iter().find(|v| v["school"]["code"] == *code).unwrap();
            let missing = school["items"].as_array().unwrap().iter().any(|i: &Value| i["status"] == "missing");
            assert!(!missing, "{}: a file could not be read", school["school"]["name"]);
        }
    }
}

#[test]
fn reports_are_read_as_a_careful_reader_reads_them() {
    let (cells, wrong) = gold::differences(CAMPAIGN);
    // A floor, not a gold standard: the labels are one person's, and a few texts are hard on purpose.
    assert!(wrong.len() * 100 <= cells * 3, "{} of {cells} wrong\n{}", wrong.len(), wrong.join("\n"));
}
