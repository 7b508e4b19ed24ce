//! Night after night: what is remembered, what it saves, and what losing it costs.

use crate::folder::Folder;
use serde_json::Value;
use std::fs;

const RESULTS: [&str; 3] = ["汇总表.xlsx", "verdicts.jsonl", "files.jsonl"];

fn results(folder: &Folder) -> Vec<Vec<u8>> {
    RESULTS.iter().map(|name| folder.read(&format!("output/{name}"))).collect()
}

fn lines(folder: &Folder, name: &str) -> Vec<Value> {
    let text = String::from_utf8(folder.read(&format!("output/{name}"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn file(folder: &Folder, path: &str) -> Value {
    lines(folder, "files.jsonl").into_iter().find(|f| f["path"] == path).unwrap()
}

#[test]
fn an_unchanged_folder_is_not_read_again_and_says_the_same() {
    let folder = Folder::new();
    let first = folder.shouqi(&["run"]).ends(0).said();
    assert!(!first.contains("没有重读"), "{first}");
    let before = results(&folder);
    let second = folder.shouqi(&["run"]).ends(0).said();
    assert!(second.contains("4 个文件、活动和填写都与上次相同，上次的结果照旧"), "{second}");
    assert!(results(&folder) == before);
    let all = folder.shouqi(&["run", "--no-cache"]).ends(0).said();
    assert!(!all.contains("没有重读"), "{all}");
    assert!(results(&folder) == before);
}

#[test]
fn results_stand_only_while_nothing_that_they_are_made_from_has_changed_and_all_of_them_are_there() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let before = results(&folder);
    let page = folder.read("output/汇总表.html");
    let stands = |more: &[&str]| folder.shouqi(&[&["run"], more].concat()).ends(0).said().contains("照旧");
    let output = |name: &str| folder.path().join("output").join(name);
    let mine = output("汇总表-王.xlsx");
    type Change<'c> = (&'c str, &'c dyn Fn());
    let changes: [Change<'_>; 6] = [
        ("a page that is gone", &|| fs::remove_file(output("汇总表.html")).unwrap()),
        ("lines that somebody changed", &|| drop(folder.write("output/files.jsonl", b""))),
        ("the dated copy", &|| fs::remove_dir_all(output("history")).unwrap()),
        ("the workbook", &|| drop(folder.write("output/汇总表.xlsx", &before[0]))),
        ("a copy to type in", &|| assert!(fs::copy(output("汇总表.xlsx"), &mine).is_ok())),
        ("and gone again", &|| fs::remove_file(&mine).unwrap()),
    ];
    // Windows shows no time of change: what is written over with the old time looks as it did.
    let write_over = || drop(folder.write("inbox/荆山镇中心校/~$安排.docx", b"owner"));
    let rewritten: Option<Change<'_>> = cfg!(unix).then_some(("a file of the same length and time", &write_over));
    assert!(stands(&[]));
    for (change, make) in changes.into_iter().chain(rewritten) {
        make();
        assert!(!stands(&[]), "{change}");
        assert!(results(&folder) == before && folder.read("output/汇总表.html") == page, "{change}");
        assert!(stands(&[]) || mine.exists(), "the night after {change}");
    }
    assert!(!stands(&["--no-cache"]));
    // What is read of a file anew is not known from last night.
    folder.write("inbox/清泉镇中心校/坏.docx", b"PK\x03\x04 and nothing more");
    folder.shouqi(&["run"]).ends(3);
    assert!(folder.shouqi(&["run"]).ends(3).said().contains("照旧"), "it is as unreadable as before");
    folder.shouqi(&["quarantine", "retry", "坏"]).ends(0);
    assert!(!folder.shouqi(&["run"]).ends(3).said().contains("照旧"));
    folder.shouqi(&["quarantine", "accept", "坏", "--by", "甲"]).ends(0);
    assert!(!stands(&[]), "a file was accepted");
    assert!(stands(&[]));
    let later = ["--as-of", "2020-10-20T08:01"];
    assert!(!stands(&later) && stands(&later), "another moment");
    assert!(!stands(&[]), "the results are those of another moment");
}

#[test]
fn only_what_changed_is_read_again() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    folder.write("inbox/清泉镇中心校/总结.txt", "清泉镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    folder.replace("inbox/荆山镇中心校/安排.txt", "10月25日", "10月26日");
    let said = folder.shouqi(&["run"]).ends(0).said();
    assert!(said.contains("3 个文件与上次相同"), "{said}");
    assert_eq!(lines(&folder, "files.jsonl").len(), 5);
}

#[test]
fn another_deadline_or_roster_reads_nothing_and_other_rules_read_the_texts_again() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    folder.replace("campaign.toml", "date = 2020-10-19", "date = 2020-10-16");
    folder.replace("roster.csv", "清泉镇中心校,,", "清泉镇中心校,清泉中心校,");
    let said = folder.shouqi(&["run"]).ends(0).said();
    assert!(said.contains("4 个文件与上次相同"), "{said}");
    assert_eq!(lines(&folder, "verdicts.jsonl")[0]["submission"]["status"], "late");

    folder.replace("rules/meeting.toml", r#""专题会议", "推进会""#, r#""推进会""#);
    folder.replace(
        "rules/meeting.toml",
        r#"must_match = ["召开扶贫专题会议。"]"#,
        r#"must_match = ["召开扶贫推进会。"]"#,
    );
    folder.replace(
        "rules/meeting.toml",
        r#"text = "10月12日,我校召开扶贫专题会议。""#,
        r#"text = "10月12日,我校召开扶贫推进会。""#,
    );
    folder.replace(
        "rules/meeting.toml",
        r#"text = "我校拟于下周召开扶贫专题会议。""#,
        r#"text = "我校拟于下周召开扶贫推进会。""#,
    );
    let by_memory = folder.shouqi(&["run"]);
    let (status, said) = (by_memory.status(), by_memory.said());
    assert!(!said.contains("与上次相同"), "{status}: {said}");
    let remembered = results(&folder);
    folder.shouqi(&["run", "--no-cache"]).ends(status);
    assert!(results(&folder) == remembered, "texts from memory and from the files say the same");
}

#[test]
fn files_of_one_content_keep_their_own_names_and_times_when_other_rules_read_it_again() {
    let folder = Folder::new();
    // Whose each is its folder alone tells.
    let text = "扶贫日活动总结\n10月13日,我校召开扶贫推进会。\n";
    folder.write("inbox/荆山镇中心校/活动.txt", text.as_bytes());
    let later = folder.write("inbox/清泉镇中心校/总结.txt", text.as_bytes());
    // 2020-10-20T09:12:00+08:00, a day late.
    let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_603_156_320);
    fs::File::options().write(true).open(&later).unwrap().set_modified(time).unwrap();
    let run = |arguments: &[&str]| {
        let all = [&["run", "--as-of", "2020-10-20T20:00"], arguments].concat();
        folder.shouqi(&all).ends(0);
        results(&folder)
    };
    let before = run(&[]);
    let file = file(&folder, "inbox/清泉镇中心校/总结.txt");
    assert_eq!((&file["schools"][0], &file["received_at"]), (&"1003".into(), &"2020-10-20T09:12:00+08:00".into()));
    folder.replace("rules/meeting.toml", "version = 1", "version = 2");
    let again = run(&[]);
    assert!(again[1..] == before[1..], "{}", String::from_utf8_lossy(&again[2]));
    assert!(again == run(&["--no-cache"]));
}

#[test]
fn what_quiet_nights_take_from_the_night_before_is_what_they_would_make() {
    let folder = Folder::new();
    let report = |held: &str| {
        let text = format!("清泉镇中心校扶贫日活动总结\n10月13日,我校{held}。\n");
        folder.write("inbox/清泉镇中心校/总结.txt", text.as_bytes());
    };
    let night = |day: u32| {
        let run = |more: &[&str]| {
            let as_of = format!("2020-10-{day}T02:00");
            folder.shouqi(&[&["run", "--as-of", &as_of], more].concat());
            results(&folder)
        };
        let made = run(&[]);
        assert!(run(&[]) == made, "night {day} once more");
        assert!(run(&["--no-cache"]) == made, "night {day} made anew");
        made
    };
    report("拟召开扶贫推进会");
    let nights = [14, 15].map(night);
    assert!(nights[0] != nights[1], "another moment, and gaps stand for the second night");
    report("召开扶贫推进会");
    let mended = night(16);
    assert!(mended[1] != nights[1][1], "what has changed is made again");
    assert!(night(17)[1] == mended[1], "and stands");
}

#[test]
fn a_lost_or_damaged_memory_costs_time_and_no_arrival() {
    let folder = Folder::new();
    folder.write("inbox/清泉镇中心校/总结.txt", "清泉镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    folder.shouqi(&["run", "--as-of", "2020-10-17T02:00"]).ends(0);
    folder.write("inbox/荆山镇中心校/总结.txt", "荆山镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    folder.shouqi(&["run", "--as-of", "2020-10-18T02:00"]).ends(0);
    let path = "inbox/荆山镇中心校/总结.txt";
    let before = file(&folder, path);
    assert_eq!(before["seen"]["first"], "2020-10-18T02:00:00+08:00");
    assert_eq!(before["received_by"], "first_seen", "{before}");

    fs::write(folder.path().join(".shouqi/state.sqlite"), "nothing but noise ".repeat(300)).unwrap();
    let complained = folder.shouqi(&["run", "--as-of", "2020-10-19T02:00"]).ends(0).complained();
    assert!(complained.contains("已损坏") && complained.contains("首次见到"), "{complained}");
    assert_eq!(file(&folder, path)["seen"], before["seen"]);

    fs::remove_dir_all(folder.path().join(".shouqi")).unwrap();
    let complained = folder.shouqi(&["run", "--as-of", "2020-10-20T02:00"]).ends(0).complained();
    assert!(!complained.contains("已损坏") && complained.contains("首次见到"), "{complained}");
    assert_eq!(file(&folder, path)["seen"], before["seen"]);
}

#[test]
fn a_report_that_is_mended_after_the_deadline_was_still_handed_in_before_it() {
    let folder = Folder::new();
    folder.shouqi(&["run", "--as-of", "2020-10-18T20:00"]).ends(0);
    folder.write("inbox/清泉镇中心校/总结.txt", "清泉镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    folder.shouqi(&["run", "--as-of", "2020-10-19T20:00"]).ends(0);
    let submission = |folder: &Folder| lines(folder, "verdicts.jsonl")[2]["submission"].clone();
    assert_eq!(submission(&folder)["status"], "on_time");
    folder.replace("inbox/清泉镇中心校/总结.txt", "扶贫推进会", "扶贫专题会议");
    folder.shouqi(&["run", "--as-of", "2020-10-25T20:00"]).ends(0);
    let mended = submission(&folder);
    assert_eq!((mended["status"].as_str(), mended["received_by"].as_str()), (Some("on_time"), Some("first_seen")));
    // What first came after the deadline came late, whatever its own times say.
    folder.write("inbox/荆山镇中心校/总结.txt", "荆山镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    folder.shouqi(&["run", "--as-of", "2020-10-26T20:00"]).ends(0);
    let late = file(&folder, "inbox/荆山镇中心校/总结.txt");
    assert_eq!(
        (late["received_by"].as_str(), late["received_at"].as_str()),
        (Some("first_seen"), Some("2020-10-26T20:00:00+08:00"))
    );
}

#[test]
fn the_workbook_says_what_changed_and_for_how_many_nights() {
    let folder = Folder::new();
    let start = |folder: &Folder| folder.shouqi(&["text", "output/汇总表.xlsx"]).ends(0).said();
    folder.shouqi(&["run", "--as-of", "2020-10-20T02:00"]).ends(0);
    assert!(start(&folder).contains("这是第一晚"));
    folder.shouqi(&["run", "--as-of", "2020-10-21T02:00"]).ends(0);
    folder.write("inbox/清泉镇中心校/总结.txt", "清泉镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    folder.shouqi(&["run", "--as-of", "2020-10-22T02:00"]).ends(0);
    let said = start(&folder);
    assert!(said.contains("与上一晚（2020-10-21 02:00）相比") && said.contains("新报送 1 所学校"), "{said}");
    assert!(said.contains("新报送：清泉镇中心校") && said.contains("连续 3 晚"), "{said}");
    let gap = said.lines().find(|l| l.starts_with("F-") && l.contains("荆山镇中心校")).unwrap();
    assert!(gap.contains("仍在\t3"), "{gap}");
}

#[test]
fn a_second_run_is_kept_out_and_told_who_is_at_work() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let before = results(&folder);
    folder.write("inbox/清泉镇中心校/总结.txt", "清泉镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    fs::write(folder.path().join(".shouqi/lock-owner"), "进程号 4711，开始于 02:00").unwrap();
    let lock = fs::File::options().write(true).open(folder.path().join(".shouqi/lock")).unwrap();
    lock.lock().unwrap();
    let complained = folder.shouqi(&["run"]).ends(11).complained();
    assert!(complained.contains("4711"), "{complained}");
    assert!(results(&folder) == before);
    drop(lock);
    folder.shouqi(&["run"]).ends(0);
}

#[test]
fn a_memory_that_cannot_be_had_is_done_without_and_said() {
    let folder = Folder::new();
    fs::write(folder.path().join("taken"), "a file where a folder should be").unwrap();
    let night = folder.shouqi(&["run", "--state", "taken/state"]).ends(0);
    assert!(night.complained().contains("不能使用夜间记忆"), "{}", night.complained());
    assert_eq!(lines(&folder, "files.jsonl").len(), 4);
}

#[test]
fn the_quarantine_is_listed_read_again_and_accepted() {
    let folder = Folder::new();
    folder.write("inbox/清泉镇中心校/坏.docx", b"PK\x03\x04 and nothing more");
    folder.write("inbox/清泉镇中心校/总结.txt", "清泉镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    folder.shouqi(&["run", "--as-of", "2020-10-20T02:00"]).ends(3);
    folder.shouqi(&["run", "--as-of", "2020-10-21T02:00"]).ends(3);
    let listed = folder.shouqi(&["quarantine", "list"]).ends(0).said();
    assert!(listed.contains("inbox/清泉镇中心校/坏.docx（连续 2 晚）") && listed.contains("→"), "{listed}");

    let known = |said: String, n: u32| assert!(said.contains(&format!("{n} 个文件与上次相同")), "{said}");
    known(folder.shouqi(&["run", "--as-of", "2020-10-22T02:00"]).ends(3).said(), 6);
    folder.shouqi(&["quarantine", "retry", "坏"]).ends(0);
    known(folder.shouqi(&["run", "--as-of", "2020-10-22T02:00"]).ends(3).said(), 5);

    let complained = folder.shouqi(&["quarantine", "accept", "没有这个", "--by", "甲"]).ends(2).complained();
    assert!(complained.contains("没有这个"), "{complained}");
    folder.shouqi(&["quarantine", "accept", "坏", "--by", "甲", "--note", "与本次活动无关"]).ends(0);
    folder.shouqi(&["run", "--as-of", "2020-10-23T02:00"]).ends(0);
    assert_eq!(file(&folder, "inbox/清泉镇中心校/坏.docx")["status"], "ignored");
    // What a person typed does not stand or fall with the database.
    fs::remove_file(folder.path().join(".shouqi/state.sqlite")).unwrap();
    folder.shouqi(&["run", "--as-of", "2020-10-24T02:00"]).ends(0);
    folder.write("inbox/清泉镇中心校/坏.docx", b"PK\x03\x04 another one");
    folder.shouqi(&["run", "--as-of", "2020-10-25T02:00"]).ends(3);
    assert_eq!(folder.shouqi(&["quarantine", "list"]).ends(0).said().matches("坏.docx").count(), 1);
}

#[test]
fn any_two_nights_can_be_compared() {
    let folder = Folder::new();
    assert!(folder.shouqi(&["diff"]).ends(2).complained().contains("还没有夜间记忆"));
    folder.shouqi(&["run", "--as-of", "2020-10-20T02:00"]).ends(0);
    assert!(folder.shouqi(&["diff"]).ends(2).complained().contains("只记得 1 晚"));
    folder.write("inbox/清泉镇中心校/总结.txt", "清泉镇中心校\n10月13日,我校召开扶贫推进会。\n".as_bytes());
    folder.shouqi(&["run", "--as-of", "2020-10-21T02:00"]).ends(0);
    folder.shouqi(&["run", "--as-of", "2020-10-22T02:00"]).ends(0);
    let said = folder.shouqi(&["diff"]).ends(0).said();
    assert!(said.contains("2020-10-22 02:00 与 2020-10-21 02:00 相比") && said.contains("没有变化"), "{said}");
    let said = folder.shouqi(&["diff", "2020-10-20", "2020-10-22"]).ends(0).said();
    assert!(said.contains("新报送 1\n  清泉镇中心校") && said.contains("专题会议: 未见 → 有证据"), "{said}");
    let said = folder.shouqi(&["diff", "--json", "2020-10-20T03:00", "2020-10-21"]).ends(0).said();
    let json: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(json["since"], "2020-10-20T02:00:00+08:00");
    assert!(folder.shouqi(&["diff", "2019-01-01"]).ends(2).complained().contains("2020-10-20 02:00、2020-10-21 02:00"));
}
