//! Each command: what it says, what it leaves, its exit status.

use crate::folder::Folder;
use serde_json::Value;
use std::path::Path;

#[test]
fn a_night_leaves_the_workbook_the_lines_and_the_manifest() {
    let folder = Folder::new();
    let said = folder.shouqi(&["run"]).ends(0).said();
    assert_eq!(said.lines().count(), 10, "{said}");
    assert!(said.contains("汇总表.xlsx") && said.contains("小活动"), "{said}");
    assert!(folder.read("output/汇总表.xlsx").starts_with(b"PK"));
    assert_eq!(String::from_utf8(folder.read("output/verdicts.jsonl")).unwrap().lines().count(), 3);
    assert_eq!(String::from_utf8(folder.read("output/files.jsonl")).unwrap().lines().count(), 4);
    let manifest = String::from_utf8(folder.read("output/run.json")).unwrap();
    assert!(manifest.find("\"timings\"") > manifest.find("\"exit_status\""), "timings stand last");
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["as_of"], "2020-10-20T08:00:00+08:00");
    assert_eq!(manifest["counts"]["files"]["received"], 4);
    assert_eq!(manifest["counts"]["files"]["ignored"], 1);
}

#[test]
fn a_script_gets_the_manifest_and_its_own_idea_of_failure() {
    let folder = Folder::new();
    let manifest: Value =
        serde_json::from_str(&folder.shouqi(&["run", "--json", "--as-of", "2020-10-21"]).ends(0).said()).unwrap();
    assert_eq!(manifest["as_of"], "2020-10-21T00:00:00+08:00");
    assert_eq!(manifest["exit_status"], 0);
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_costs_nothing_else() {
    let folder = Folder::new();
    folder.write("inbox/清泉镇中心校/总结.pdf", b"%PDF-1.4 scan");
    folder.write("inbox/清泉镇中心校/空.docx", b"");
    let said = folder.shouqi(&["run", "--lang", "en"]).ends(3).said();
    assert!(said.contains("2 files could not be read"), "{said}");
    let files = String::from_utf8(folder.read("output/files.jsonl")).unwrap();
    assert_eq!(files.lines().count(), 6);
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let folder = Folder::new();
    for n in 0..12 {
        folder.write(&format!("inbox/散件/{n}.txt"), format!("清泉镇中心校\n10月{n}日召开扶贫推进会。").as_bytes());
    }
    folder.shouqi(&["run", "-j1", "--out", "one"]).ends(0);
    folder.shouqi(&["--lang", "zh", "run", "--jobs", "8", "--out", "eight"]).ends(0);
    for name in ["汇总表.xlsx", "verdicts.jsonl", "files.jsonl"] {
        assert!(folder.read(&format!("one/{name}")) == folder.read(&format!("eight/{name}")), "{name}");
    }
}

#[test]
fn what_was_examined_elsewhere_is_judged_alike() {
    let folder = Folder::new();
    folder.write("inbox/清泉镇中心校/空.docx", b"");
    folder.shouqi(&["run"]).ends(3);
    let inbox = [
        "荆山镇中心校/安排.txt",
        "龙池镇中心校/总结.txt",
        "清泉镇中心校/空.docx",
        "荆山镇中心校/~$安排.docx",
        "龙池镇中心校/统计 (1).csv",
    ];
    let absolute = folder.path().join("inbox").join(inbox[0]);
    let mut paths = format!("{}\n", absolute.display());
    inbox[1..].iter().for_each(|path| paths += &format!("inbox/{path}\n"));
    let readings = folder.shouqi_given(&["examine", "--campaign", "."], paths.as_bytes()).ends(0).said();
    assert_eq!(readings.lines().count(), 5);
    assert!(readings.starts_with(r#"{"source":{"path":"inbox/荆山镇中心校/安排.txt""#), "{readings}");
    folder.write("readings.jsonl", readings.as_bytes());
    folder.shouqi(&["judge", "readings.jsonl", "--campaign", ".", "--out", "output2"]).ends(3);
    folder.shouqi_given(&["judge", "-", "readings.jsonl", "--out", "output3"], readings.as_bytes()).ends(3);
    for name in ["汇总表.xlsx", "汇总表.html", "verdicts.jsonl", "files.jsonl"] {
        assert!(folder.read(&format!("output/{name}")) == folder.read(&format!("output2/{name}")), "{name}");
        assert!(
            folder.read(&format!("output/{name}")) == folder.read(&format!("output3/{name}")),
            "{name}: twice the same"
        );
    }
}

#[test]
fn a_file_is_explained_to_a_script() {
    let folder = Folder::new();
    let files = ["inbox/龙池镇中心校/总结.txt", "inbox/荆山镇中心校/安排.txt"];
    let said = folder.shouqi(&["explain", files[0], files[1], "--json"]).ends(0).said();
    let lines: Vec<Value> = said.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let [report, plan] = lines.as_slice() else { panic!("{said}") };
    assert_eq!(report["file"], files[0]);
    assert_eq!(report["format"], "txt");
    assert_eq!(report["signed"], "2020-10-18");
    assert_eq!(report["activities"]["meeting"], "done");
    assert_eq!(report["evidence"][0]["date"], "2020-10-12");
    assert_eq!(report["evidence"][0]["counts"][0], serde_json::json!({"n": 45, "unit": "人", "of": "教师"}));
    assert_eq!(report["dates"][0], "2020-10-12");
    assert_eq!(report["counts"][0]["n"], 45);
    assert_eq!(plan["activities"]["meeting"], "planned");
    assert_eq!(plan["near_misses"][0]["failed"], "planned: 我校拟");
}

#[test]
fn a_file_is_explained_to_a_person() {
    let folder = Folder::new();
    let said = folder.shouqi(&["explain", "inbox/荆山镇中心校/安排.txt"]).ends(0).said();
    assert!(said.contains("专题会议  计划") && said.contains("计划：我校拟"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colour in a file");
}

#[test]
fn text_is_shown_of_whatever_stands_beside_a_file_that_ends_its_reader() {
    let folder = Folder::new();
    let (open, close) = ("[".repeat(200_000), "]".repeat(200_000));
    let kids = "2 0 obj<</Type/Catalog/Pages 3 0 R>>endobj 3 0 obj<</Type/Pages/Kids[1 0 R]/Count 1>>endobj";
    let nested = format!("%PDF-1.4\n1 0 obj\n{open}{close}\nendobj\n{kids}\ntrailer<</Root 2 0 R/Size 4>>\n");
    folder.write("inbox/深.pdf", nested.as_bytes());
    let done = folder.shouqi(&["text", "inbox/深.pdf", "inbox/龙池镇中心校/统计 (1).csv"]).ends(3);
    assert!(done.said().contains("龙池镇中心校\t已召开"), "{}", done.said());
    assert!(done.complained().starts_with("inbox/深.pdf：读取这个文件时程序中断"), "{}", done.complained());
}

#[test]
fn text_is_shown_as_it_was_read() {
    let folder = Folder::new();
    let said = folder.shouqi(&["text", "inbox/龙池镇中心校/统计 (1).csv"]).ends(0).said();
    assert_eq!(said, "学校名称\t专题会议\n龙池镇中心校\t已召开\n");
    let done = folder.shouqi(&["text", "inbox/龙池镇中心校/总结.txt", "inbox/荆山镇中心校/~$安排.docx"]);
    assert!(done.said().starts_with("==> inbox/龙池镇中心校/总结.txt（txt）<==\n"), "{}", done.said());
}

#[test]
fn rules_are_tried_on_their_examples() {
    let folder = Folder::new();
    assert!(folder.shouqi(&["check"]).ends(0).said().contains("例句 4 条"));
    folder.replace("rules/meeting.toml", "label = \"planned\"", "label = \"absent\"");
    let complained = folder.shouqi(&["check", "."]).ends(2).complained();
    assert!(
        complained.contains("rules/meeting.toml 第20行")
            && complained.contains("absent")
            && complained.contains("planned"),
        "{complained}"
    );
}

#[test]
fn nobody_reading_on_is_no_failure() {
    use std::process::{Command, Stdio};
    let folder = Folder::new();
    let long = folder.write("long.txt", "一行\n".repeat(200_000).as_bytes());
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_shouqi")).arg("text").arg(long).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn an_inbox_by_another_name_is_linked_to() {
    let folder = Folder::new();
    folder.write("elsewhere/收件/龙池镇中心校.txt", "龙池镇中心校\n10月12日召开扶贫专题会议。\n".as_bytes());
    folder.shouqi(&["run", ".", "--inbox", "elsewhere/收件", "--out", "new/out"]).ends(0);
    let files = String::from_utf8(folder.read("new/out/files.jsonl")).unwrap();
    assert!(files.contains(r#""path":"收件/龙池镇中心校.txt""#), "{files}");
    assert!(!Path::new(&folder.path().join("output")).exists());
}

#[test]
fn a_workbook_that_somebody_changed_is_kept() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let workbook = folder.path().join("output/汇总表.xlsx");
    let kept = || {
        let history = std::fs::read_dir(folder.path().join("output/history")).unwrap();
        history.filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().contains("已填写")).count()
    };
    folder.shouqi(&["run"]).ends(0);
    assert_eq!(kept(), 0, "nobody changed anything");
    let mut bytes = std::fs::read(&workbook).unwrap();
    bytes.push(0);
    std::fs::write(&workbook, bytes).unwrap();
    let complained = folder.shouqi(&["run"]).ends(0).complained();
    assert!(kept() == 1 && complained.contains("已填写"), "{complained}");
}

#[test]
fn an_inbox_without_a_single_file_is_said_to_be_suspicious() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("none")).unwrap();
    let complained = folder.shouqi(&["run", "--inbox", "none"]).ends(0).complained();
    assert!(complained.contains("一个文件也没有"), "{complained}");
    let complained = folder.shouqi(&["run"]).ends(0).complained();
    assert!(!complained.contains("一个文件也没有"), "{complained}");
}
