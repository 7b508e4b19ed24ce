//! The demonstration campaign as a whole night, held against `expected.jsonl`: whose each file is, what became of it, and
//! what each report says of each activity.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn campaign() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chengshui-2020")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn expected() -> Vec<Value> {
    lines(&fs::read_to_string(campaign().join("expected.jsonl")).unwrap())
}

/// Runs the night into a folder of its own and reads one of its JSON files back, by the named field.
fn night(out: &Path, extra: &[&str]) -> BTreeMap<String, Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_shouqi"))
        .args(["run", campaign().to_str().unwrap(), "--out", out.to_str().unwrap()])
        .args(extra)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    let files = lines(&fs::read_to_string(out.join("files.jsonl")).unwrap());
    files.into_iter().map(|f| (f["path"].as_str().unwrap().to_string(), f)).collect()
}

#[test]
fn every_file_goes_to_its_school_and_has_its_status() {
    let out = tempfile::tempdir().unwrap();
    let files = night(out.path(), &[]);
    let mut wrong = Vec::new();
    for gold in expected() {
        let path = gold["file"].as_str().unwrap();
        let Some(found) = files.get(path) else {
            wrong.push(format!("{path}: no line"));
            continue;
        };
        if found["status"] != gold["status"] || found["schools"] != gold["schools"] {
            wrong.push(format!(
                "{path}: {} {}, wanted {} {}",
                found["status"], found["schools"], gold["status"], gold["schools"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn late_and_silent_schools_are_known_and_nothing_unread_is_called_missing() {
    let out = tempfile::tempdir().unwrap();
    let files = night(out.path(), &["-j", "2"]);
    let verdicts = lines(&fs::read_to_string(out.path().join("verdicts.jsonl")).unwrap());
    assert_eq!(verdicts.len(), 55);
    let with = |status: &str| -> Vec<&str> {
        let of = verdicts.iter().filter(|v| v["submission"]["status"] == status);
        of.map(|v| v["school"]["name"].as_str().unwrap()).collect()
    };
    assert_eq!(with("late"), ["槐院镇中心校", "城关镇第二小学", "盐池镇初级中学", "澄水县职业技术教育中心"]);
    assert_eq!(with("missing"), ["上官镇中心校", "澄水县第四中学", "澄水县第三幼儿园", "澄水县北关小学"]);
    for file in files.values().filter(|f| f["status"] == "quarantined") {
        for code in file["schools"].as_array().unwrap() {
            let school = verdicts.iter().find(|v| v["school"]["code"] == *code).unwrap();
            let missing = school["items"].as_array().unwrap().iter().any(|i| i["status"] == "missing");
            assert!(!missing, "{}: a file could not be read", school["school"]["name"]);
        }
    }
}

#[test]
fn reports_are_read_as_a_careful_reader_reads_them() {
    let gold: Vec<Value> = expected()
        .into_iter()
        .filter(|g| g.get("activities").is_some() && !g["file"].as_str().unwrap().contains("!/"))
        .collect();
    let paths: Vec<PathBuf> = gold.iter().map(|g| campaign().join(g["file"].as_str().unwrap())).collect();
    let explain = Command::new(env!("CARGO_BIN_EXE_shouqi"))
        .args(["explain", "--json", "--campaign", campaign().to_str().unwrap()])
        .args(&paths)
        .output()
        .unwrap();
    let read = lines(&String::from_utf8(explain.stdout).unwrap());
    assert_eq!(read.len(), gold.len());
    let (mut cells, mut wrong) = (0, Vec::new());
    for (gold, read) in gold.iter().zip(&read) {
        for (item, label) in gold["activities"].as_object().unwrap() {
            cells += 1;
            if read["activities"][item] != *label {
                wrong.push(format!("{}: {item} {}, wanted {label}", gold["file"], read["activities"][item]));
            }
        }
    }
    // A floor, not a gold standard: the labels are one person's, and a few texts are hard on purpose.
    assert!(wrong.len() * 100 <= cells * 3, "{} of {cells} wrong\n{}", wrong.len(), wrong.join("\n"));
}
