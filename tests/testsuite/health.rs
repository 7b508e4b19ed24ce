//! What the bureau's IT colleague relies on: doctor, the log for programs, the metrics.

#![allow(clippy::disallowed_methods, reason = "a file of tomorrow needs to know what is today")]

use crate::folder::Folder;
use serde_json::Value;
use std::fs;

fn log(complained: &str) -> Vec<Value> {
    complained.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

#[test]
fn the_doctor_finds_nothing_wrong_where_the_night_would_run() {
    let folder = Folder::new();
    let said = folder.shouqi(&["doctor"]).ends(0).said();
    for good in ["✔ 活动", "✔ 收件夹", "✔ 输出", "✔ 子进程"] {
        assert!(said.contains(good), "{good}: {said}");
    }
    assert!(said.contains("还没有过"), "{said}");
    assert!(!folder.path().join("output").exists(), "a doctor leaves nothing behind");
    folder.shouqi(&["run"]).ends(0);
    let said = folder.shouqi(&["doctor", "--lang", "en"]).ends(0).said();
    assert!(said.contains("✔ last success"), "{said}");
}

#[test]
fn the_doctor_names_what_would_stop_the_night() {
    let folder = Folder::new();
    fs::rename(folder.path().join("inbox"), folder.path().join("elsewhere")).unwrap();
    folder.write("output", b"a file where the folder should be");
    let said = folder.shouqi(&["doctor", "--out", "output/x"]).ends(1).said();
    assert!(said.contains("✘ 收件夹") && said.contains("✘ 输出") && said.contains("    → "), "{said}");
    folder.replace("campaign.toml", "title = ", "titel = ");
    let said = folder.shouqi(&["doctor"]).ends(1).said();
    assert!(said.contains("✘ 活动") && said.contains("titel"), "{said}");
    folder.shouqi(&["doctor", "nowhere"]).ends(2);
}

#[test]
fn the_doctor_sees_an_open_workbook_and_a_clock_that_is_behind() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    folder.write("output/~$汇总表.xlsx", b"");
    let ahead = fs::File::options().write(true).open(folder.path().join("inbox/荆山镇中心校/安排.txt")).unwrap();
    ahead.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(864_000)).unwrap();
    let said = folder.shouqi(&["doctor"]).ends(0).said();
    assert!(said.contains("△ 输出") && said.contains("△ 时钟"), "{said}");
}

#[test]
fn the_log_is_json_lines_with_every_problem_and_stage() {
    let folder = Folder::new();
    folder.write("inbox/清泉镇中心校/空.docx", b"");
    let done = folder.shouqi(&["run", "--log", "json"]).ends(3);
    assert!(done.said().contains("汇总表.xlsx"), "what a person reads stays where it was");
    let lines = log(&done.complained());
    let of = |event: &str| lines.iter().filter(|l| l["event"] == event).collect::<Vec<_>>();
    assert!(lines.iter().all(|l| l["ts"].is_string() && l["level"].is_string()), "{lines:?}");
    let problem = of("problem");
    assert_eq!(problem.len(), 1);
    assert_eq!(problem[0]["path"], "inbox/清泉镇中心校/空.docx");
    assert_eq!((&problem[0]["problem"], &problem[0]["level"]), (&"empty".into(), &"warn".into()));
    let stages: Vec<&str> = of("stage").iter().map(|l| l["stage"].as_str().unwrap()).collect();
    for stage in ["campaign", "intake", "examine", "judge", "report"] {
        assert!(stages.contains(&stage), "{stages:?}");
    }
    assert!(of("found")[0]["files"].is_u64() && of("done")[0]["exit_status"] == 3, "{lines:?}");
}

#[test]
fn a_failure_is_a_line_of_the_log_with_its_key() {
    let folder = Folder::new();
    let lines = log(&folder.shouqi(&["run", "--inbox", "nowhere", "--log=json"]).ends(1).complained());
    let last = lines.last().unwrap();
    assert_eq!((&last["event"], &last["level"]), (&"pipeline.inbox".into(), &"error".into()));
    assert!(last["message"].as_str().unwrap().contains("nowhere"));
    let lines = log(&folder.shouqi(&["run", "--jobz", "--log", "json"]).ends(2).complained());
    assert_eq!(lines[0]["event"], "cli.unknown_argument");
}

#[test]
fn a_night_and_a_failed_night_stand_in_the_metrics() {
    let folder = Folder::new();
    folder.shouqi(&["run", "--metrics", "m.prom"]).ends(0);
    let text = |name: &str| String::from_utf8(folder.read(name)).unwrap();
    let good = text("m.prom");
    let value = |text: &str, name: &str| {
        let line = text.lines().find(|l| l.starts_with(name)).unwrap_or_else(|| panic!("{name}: {text}"));
        line.rsplit(' ').next().unwrap().to_string()
    };
    assert_eq!(value(&good, "shouqi_exit_status"), "0");
    assert_eq!(text("m.prom").lines().filter(|l| l.contains("status=\"ignored\"} 1")).count(), 1);
    folder.shouqi(&["run", "--metrics", "m.prom", "--inbox", "nowhere"]).ends(1);
    let bad = text("m.prom");
    assert_eq!(value(&bad, "shouqi_exit_status"), "1");
    assert_eq!(value(&bad, "shouqi_last_success"), value(&good, "shouqi_last_success"));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("shouqi-new")), "{left:?}");

    folder.write("notes.txt", b"mine");
    let done = folder.shouqi(&["run", "--metrics", "notes.txt"]).ends(0);
    assert!(done.complained().contains("notes.txt"), "{}", done.complained());
    assert_eq!(folder.read("notes.txt"), b"mine", "somebody else's file is left alone");
}
