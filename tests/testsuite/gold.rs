//! The campaigns of `fixtures/` and the gold beside them: what a careful reader would say of each file.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A campaign's folder, by name.
pub fn campaign(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A value a line.
pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The gold of a campaign, a line a file.
pub fn expected(name: &str) -> Vec<Value> {
    lines(&fs::read_to_string(campaign(name).join("expected.jsonl")).unwrap())
}

/// The reports of a campaign that lie open in its inbox: the gold, and what they say by the rules of a campaign.
pub fn reports_of(name: &str, rules: &str) -> Vec<(Value, Value)> {
    let is_open = |g: &Value| g.get("activities").is_some() && !g["file"].as_str().unwrap().contains("!/");
    let gold: Vec<Value> = expected(name).into_iter().filter(is_open).collect();
    let explain = Command::new(env!("CARGO_BIN_EXE_shouqi"))
        .args(["explain", "--json", "--campaign", campaign(rules).to_str().unwrap()])
        .args(gold.iter().map(|g| campaign(name).join(g["file"].as_str().unwrap())))
        .output()
        .unwrap();
    let read = lines(&String::from_utf8(explain.stdout).unwrap());
    assert_eq!(read.len(), gold.len());
    gold.into_iter().zip(read).collect()
}

/// Holds the reports of a campaign against the gold, by its own rules: so many cells, and those that differ.
pub fn differences(name: &str) -> (usize, Vec<String>) {
    let (mut cells, mut wrong) = (0, Vec::new());
    for (gold, read) in reports_of(name, name) {
        for (item, label) in gold["activities"].as_object().unwrap() {
            cells += 1;
            if read["activities"][item] != *label {
                wrong.push(format!("{}: {item} {}, wanted {label}", gold["file"], read["activities"][item]));
            }
        }
    }
    (cells, wrong)
}

/// The files of a night, by path, that went to another school or got another status than the gold says.
pub fn misfiled(name: &str, files: &[Value]) -> Vec<String> {
    let mut wrong = Vec::new();
    for gold in expected(name) {
        let path = gold["file"].as_str().unwrap();
        match files.iter().find(|f| f["path"] == path) {
            None => wrong.push(format!("{path}: no line")),
            Some(f) if f["status"] != gold["status"] || f["schools"] != gold["schools"] => wrong.push(format!(
                "{path}: {} {}, wanted {} {}",
                f["status"], f["schools"], gold["status"], gold["schools"]
            )),
            Some(_) => {}
        }
    }
    wrong
}

/// Runs a night into a folder and reads one of its files of lines back.
pub fn night(name: &str, out: &Path, extra: &[&str], status: i32, wanted: &str) -> Vec<Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_shouqi"))
        .args(["run", campaign(name).to_str().unwrap(), "--out", out.to_str().unwrap()])
        .args(["--state", out.join("state").to_str().unwrap()])
        .args(extra)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(status), "{}", String::from_utf8_lossy(&run.stderr));
    lines(&fs::read_to_string(out.join(wanted)).unwrap())
}
