//! Another county's campaign of another kind, made of data alone: `fixtures/luting-2024`, on drowning. What holds for the
//! demonstration must hold here, and neither campaign may take the other's deeds for its own.

use crate::gold;
use serde_json::Value;
use std::fs;
use std::process::Command;

const CAMPAIGN: &str = "luting-2024";
const DEMONSTRATION: &str = "chengshui-2020";
/// The report on poverty relief that a school dropped into the wrong inbox.
const STRAY: &str = "inbox/县一小2024年教育帮扶工作总结.docx";

#[test]
fn its_rules_hold_for_their_own_examples() {
    let check = Command::new(env!("CARGO_BIN_EXE_shouqi"))
        .args(["check", gold::campaign(CAMPAIGN).to_str().unwrap()])
        .output()
        .unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn reports_are_read_as_a_careful_reader_reads_them() {
    let (cells, wrong) = gold::differences(CAMPAIGN);
    assert!(cells >= 120, "{cells}");
    // A floor as for the demonstration: a few sentences are hard on purpose.
    assert!(wrong.len() * 100 <= cells * 3, "{} of {cells} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_night_gives_every_file_its_place_and_every_school_its_verdicts() {
    let out = tempfile::tempdir().unwrap();
    let verdicts = gold::night(CAMPAIGN, out.path(), &[], 0, "verdicts.jsonl");
    let files = gold::lines(&fs::read_to_string(out.path().join("files.jsonl")).unwrap());
    let mut wrong = gold::misfiled(CAMPAIGN, &files);

    let path = gold::campaign(CAMPAIGN).join("expected-verdicts.csv");
    let mut table = csv::Reader::from_path(path).unwrap();
    let head = table.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), verdicts.len());
    for (row, verdict) in rows.iter().zip(&verdicts) {
        let found = |column: &str| match column {
            "school" => &verdict["school"]["name"],
            "submission" => &verdict["submission"]["status"],
            item => {
                let items = verdict["items"].as_array().unwrap();
                items.iter().find(|i| i["id"] == item).map_or(&Value::Null, |i| &i["status"])
            }
        };
        for (column, wanted) in head.iter().zip(row).filter(|(_, wanted)| !wanted.is_empty()) {
            if found(column) != wanted {
                wrong.push(format!("{}: {column} {}, wanted {wanted}", &row[0], found(column)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_report_on_poverty_relief_proves_nothing_here() {
    let reports = gold::reports_of(CAMPAIGN, CAMPAIGN);
    let (_, stray) = reports.iter().find(|(gold, _)| gold["file"] == STRAY).unwrap();
    assert_eq!(labels_but_absent(stray), Vec::<&str>::new());
    // Nor do the demonstration's. One school tells, among other things, of a meeting and a letter on drowning.
    let told = said(DEMONSTRATION, CAMPAIGN);
    let elsewhere: Vec<&String> = told.iter().filter(|t| !t.contains("防溺水专题会议")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

#[test]
fn reports_on_drowning_prove_nothing_in_the_demonstration() {
    let told = said(CAMPAIGN, DEMONSTRATION);
    let elsewhere: Vec<&String> = told.iter().filter(|t| !t.contains(STRAY)).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    // The stray report is at home there.
    assert!(told.iter().any(|t| t.contains(STRAY) && t.contains("meeting done")), "{told:#?}");
}

/// Every label but `absent` that a campaign's reports get by another's rules, with what they say for it.
fn said(name: &str, rules: &str) -> Vec<String> {
    let mut told = Vec::new();
    for (gold, read) in gold::reports_of(name, rules) {
        for item in labels_but_absent(&read) {
            let evidence = read["evidence"].as_array().unwrap().iter();
            let quotes: Vec<&str> =
                evidence.filter(|e| e["item"] == item).map(|e| e["quote"].as_str().unwrap()).collect();
            let label = read["activities"][item].as_str().unwrap();
            told.push(format!("{}: {item} {label}: {}", gold["file"], quotes.join(" / ")));
        }
    }
    told
}

fn labels_but_absent(read: &Value) -> Vec<&str> {
    let activities = read["activities"].as_object().unwrap();
    activities.iter().filter(|(_, label)| *label != "absent").map(|(item, _)| item.as_str()).collect()
}
