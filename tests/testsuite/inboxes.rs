//! Several inboxes: a share, a mail drop, a scanner's folder; and one that cannot be reached.

use crate::folder::Folder;
use serde_json::Value;
use std::fs;

const LATE_COMER: &str =
    "清泉镇中心校扶贫日活动总结\n10月13日,我校召开扶贫专题会议,全体教师30人参加。\n清泉镇中心校\n2020年10月18日\n";

/// The small campaign with a mail drop beside its inbox, both listed in campaign.toml.
fn with_mail() -> Folder {
    let folder = Folder::new();
    folder.replace(
        "campaign.toml",
        "issuer =",
        "inboxes = [\"inbox\", { path = \"别处/邮件 附件\", name = \"邮箱\" }]\nissuer =",
    );
    folder.write("别处/邮件 附件/清泉镇中心校/总结.txt", LATE_COMER.as_bytes());
    folder
}

fn lines(folder: &Folder, name: &str) -> Vec<Value> {
    let text = String::from_utf8(folder.read(&format!("output/{name}"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn statuses(folder: &Folder, school: &str) -> Vec<String> {
    let of = |line: &Value| line["school"]["name"] == school;
    let line = lines(folder, "verdicts.jsonl").into_iter().find(of).unwrap();
    line["items"].as_array().unwrap().iter().map(|i| i["status"].as_str().unwrap().to_string()).collect()
}

#[test]
fn files_of_all_inboxes_count_and_say_where_they_lie() {
    let folder = with_mail();
    folder.shouqi(&["run"]).ends(0);
    let paths: Vec<Value> = lines(&folder, "files.jsonl").into_iter().map(|f| f["path"].clone()).collect();
    assert!(paths.contains(&"邮箱/清泉镇中心校/总结.txt".into()), "{paths:?}");
    assert!(paths.contains(&"inbox/龙池镇中心校/总结.txt".into()), "{paths:?}");
    assert_eq!(statuses(&folder, "清泉镇中心校"), ["done", "done"]);
    let why = folder.shouqi(&["why", "清泉镇中心校", "meeting"]).ends(0).said();
    assert!(why.contains("邮箱/清泉镇中心校/总结.txt"), "{why}");
    let explained = folder.shouqi(&["explain", "--json", "别处/邮件 附件/清泉镇中心校/总结.txt"]).ends(0).said();
    assert!(explained.contains("\"meeting\":\"done\""), "{explained}");
    let read = folder.shouqi_given(&["examine"], "别处/邮件 附件/清泉镇中心校/总结.txt\n".as_bytes()).ends(0).said();
    assert!(read.contains(r#""path":"邮箱/清泉镇中心校/总结.txt""#), "{read}");
}

#[test]
fn inboxes_that_are_named_stand_instead_of_those_of_the_campaign_and_are_told_apart() {
    let folder = with_mail();
    folder.write("b/inbox/清泉镇中心校/总结.txt", LATE_COMER.as_bytes());
    folder.shouqi(&["run", "--inbox", "inbox", "--inbox", "b/inbox"]).ends(0);
    let paths: Vec<Value> = lines(&folder, "files.jsonl").into_iter().map(|f| f["path"].clone()).collect();
    assert!(paths.contains(&"inbox（2）/清泉镇中心校/总结.txt".into()), "{paths:?}");
    assert!(!paths.iter().any(|p| p.as_str().unwrap().starts_with("邮箱")), "{paths:?}");
}

#[test]
fn the_same_file_in_two_inboxes_counts_once() {
    let folder = with_mail();
    folder.write("inbox/清泉镇中心校/总结.txt", LATE_COMER.as_bytes());
    folder.shouqi(&["run"]).ends(0);
    let of = |line: &Value| line["path"].as_str().unwrap().ends_with("清泉镇中心校/总结.txt");
    let mut words: Vec<String> =
        lines(&folder, "files.jsonl").iter().filter(|l| of(l)).map(|l| l["status"].to_string()).collect();
    words.sort();
    assert_eq!(words, ["\"duplicate\"", "\"used\""]);
}

#[test]
fn an_inbox_that_cannot_be_reached_ends_the_night_and_the_last_workbook_stays() {
    let folder = with_mail();
    folder.shouqi(&["run"]).ends(0);
    let (good, manifest) = (folder.read("output/汇总表.xlsx"), folder.read("output/run.json"));
    let mail = folder.path().join("别处/邮件 附件");
    fs::remove_dir_all(&mail).unwrap();
    let complained = folder.shouqi(&["run"]).ends(1).complained();
    assert!(complained.contains("邮件 附件") && complained.contains("--inbox"), "{complained}");
    // A share that is not mounted is an empty folder.
    fs::create_dir_all(&mail).unwrap();
    let complained = folder.shouqi(&["run"]).ends(1).complained();
    assert!(complained.contains("邮件 附件") && complained.contains("--allow-missing-inbox"), "{complained}");
    assert!(folder.read("output/汇总表.xlsx") == good && folder.read("output/run.json") == manifest);
}

#[test]
fn an_inbox_that_may_be_missing_makes_nobody_red() {
    let folder = with_mail();
    folder.shouqi(&["run"]).ends(0);
    let mail = folder.path().join("别处/邮件 附件");
    for gone in [true, false, false] {
        fs::remove_dir_all(&mail).unwrap();
        if !gone {
            fs::create_dir_all(&mail).unwrap();
        }
        let said = folder.shouqi(&["run", "--allow-missing-inbox"]).ends(3).said();
        assert!(said.contains("1 个文件读不了"), "{said}");
        assert_eq!(statuses(&folder, "清泉镇中心校"), ["unreadable", "unreadable"]);
        assert_eq!(statuses(&folder, "龙池镇中心校"), ["done", "done"], "what was seen still counts");
        let row = lines(&folder, "files.jsonl").into_iter().find(|f| f["path"] == "邮箱").unwrap();
        assert_eq!(row["status"], "quarantined");
        assert!(row["problem"].as_str().unwrap().contains("没有接通"), "{row}");
        let flags = lines(&folder, "verdicts.jsonl").into_iter().flat_map(|l| l["flags"].as_array().unwrap().clone());
        assert!(flags.filter(|f| f["kind"] == "no_submission").all(|f| f["severity"] != "high"));
        fs::create_dir_all(&mail).unwrap();
    }
    // Nobody allows it any longer: the folder really is empty.
    folder.shouqi(&["run"]).ends(0);
    assert_eq!(statuses(&folder, "清泉镇中心校"), ["missing", "missing"]);
}

#[test]
fn inboxes_written_wrongly_are_told_with_their_lines() {
    let folder = with_mail();
    folder.replace("campaign.toml", "name = \"邮箱\" }", "name = \"邮/箱\", nam = 1 }, 3, \"inbox\"");
    let complained = folder.shouqi(&["check"]).ends(2).complained();
    assert_eq!(complained.matches("campaign.toml 第3行").count(), 4, "{complained}");
    let folder = with_mail();
    let complained = folder.shouqi(&["run", "--inbox", ".", "--inbox", "inbox"]).ends(2).complained();
    assert!(complained.contains("读两遍"), "{complained}");
}
