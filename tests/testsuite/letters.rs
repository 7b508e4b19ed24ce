//! Letters from last night's results, as a clerk gets them.

use crate::folder::Folder;
use shouqi::extract;
use std::fs;

const REMINDER: &str = "output/letters/催报函/催报函-清泉镇中心校.docx";

fn text(folder: &Folder, name: &str) -> String {
    extract::read(&folder.read(name)).body.plain_text()
}

fn files(folder: &Folder, name: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join(name)).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn who_sent_nothing_gets_a_letter_and_a_plan_alone_waits_for_a_person() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let done = folder.shouqi(&["letters"]);
    assert_eq!(done.status(), 0, "{}", done.complained());
    assert!(done.said().contains("催报函：1 份") && done.said().contains("通报：1 份"), "{}", done.said());
    assert!(done.said().contains("预催名单：报送期限 2020-10-19 已过"), "{}", done.said());
    assert!(done.complained().contains("没有写 contact"), "{}", done.complained());
    assert_eq!(files(&folder, "output/letters"), ["催报函", "通报"]);
    let names = ["催报函-清泉镇中心校.docx", "微信催报.txt", "微信催报.xlsx"];
    assert_eq!(files(&folder, "output/letters/催报函"), names);
    let said = text(&folder, REMINDER);
    assert!(said.contains("清泉镇中心校：") && said.contains("书面汇报材料：尚未收到。"), "{said}");
    assert!(said.contains("请于2020年10月23日前补报"), "{said}");
    let bulletin = text(&folder, "output/letters/通报/通报稿.docx");
    assert!(bulletin.contains("四、未报送的单位\n清泉镇中心校。"), "{bulletin}");
    assert!(bulletin.contains("五、存在的问题\n无。"), "a plan is not confirmed: {bulletin}");
}

#[test]
fn before_the_deadline_there_is_only_the_list_of_who_is_expected() {
    let folder = Folder::new();
    folder.shouqi(&["run", "--as-of", "2020-10-19T08:00"]).ends(0);
    folder.shouqi(&["letters"]).ends(0);
    assert_eq!(files(&folder, "output/letters"), ["预催"]);
    let said = text(&folder, "output/letters/预催/预催名单.docx");
    assert!(said.contains("清泉镇中心校") && !said.contains("龙池镇中心校"), "{said}");
}

#[test]
fn a_letter_that_was_edited_is_kept_and_one_that_no_longer_holds_is_gone() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    folder.shouqi(&["letters"]).ends(0);
    let before = folder.read(REMINDER);
    assert!(folder.shouqi(&["letters"]).ends(0).said().contains("没有动"), "the same letters are left alone");
    assert!(before == folder.read(REMINDER), "the same bytes");
    fs::write(folder.path().join(REMINDER), b"edited").unwrap();
    folder.write(
        "inbox/清泉镇中心校/总结.txt",
        "清泉镇中心校总结\n10月12日,我校召开扶贫专题会议。\n清泉镇中心校\n".as_bytes(),
    );
    let complained = folder.shouqi(&["letters"]).complained();
    assert!(complained.contains("1 个文件是上次 run 之后来的"), "{complained}");
    fs::write(folder.path().join(REMINDER), b"edited").unwrap();
    folder.shouqi(&["run"]).ends(0);
    let said = folder.shouqi(&["letters"]).ends(0).said();
    assert!(said.contains("移到"), "{said}");
    assert!(!folder.path().join(REMINDER).exists(), "no letter for a school that has reported");
    let kept: Vec<String> = files(&folder, "output/history").into_iter().filter(|n| n.contains("催报函")).collect();
    assert!(
        kept.iter().any(|k| folder.read(&format!("output/history/{k}/催报函-清泉镇中心校.docx")) == b"edited"),
        "{kept:?}"
    );
}

#[test]
fn an_open_letter_stops_all_and_nothing_is_half_written() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    folder.shouqi(&["letters"]).ends(0);
    folder.write("output/letters/通报/~$通报稿.docx", b"owner");
    let before = folder.read(REMINDER);
    fs::write(folder.path().join(REMINDER), b"edited").unwrap();
    let complained = folder.shouqi(&["letters"]).ends(1).complained();
    assert!(complained.contains("~$通报稿.docx"), "{complained}");
    assert_eq!(folder.read(REMINDER), b"edited");
    assert_eq!(files(&folder, "output/letters"), ["催报函", "通报"]);
    drop(before);
}

#[test]
fn old_results_are_refused_and_so_is_a_template_with_a_mistake() {
    let folder = Folder::new();
    assert!(folder.shouqi(&["letters"]).ends(2).complained().contains("shouqi run"));
    folder.shouqi(&["run"]).ends(0);
    folder.write("letters/催报函.txt", "关于补报的函\r\n{学校名}：\r\n{缺项}\r\n".as_bytes());
    let complained = folder.shouqi(&["letters"]).ends(2).complained();
    assert!(complained.contains("letters/催报函.txt 第2行") && complained.contains("{学校}"), "{complained}");
    fs::remove_file(folder.path().join("letters/催报函.txt")).unwrap();
    folder.replace("roster.csv", "1003,清泉镇中心校", "1003,清泉乡中心校");
    assert!(folder.shouqi(&["letters"]).ends(2).complained().contains("roster"));
    assert!(!folder.path().join("output/letters").exists());
}

#[test]
fn the_templates_are_put_where_they_can_be_edited() {
    let folder = Folder::new();
    let said = folder.shouqi(&["letters", "--templates"]).ends(0).said();
    assert_eq!(said.lines().count(), 7, "{said}");
    let own = folder.read("letters/通报.txt");
    assert!(own.starts_with(b"\xEF\xBB\xBF") && own.windows(2).any(|w| w == b"\r\n"));
    folder.shouqi(&["run"]).ends(0);
    folder.replace("letters/催报函.txt", "特此函告。", "谢谢配合。");
    folder.shouqi(&["letters", "--kind", "reminder"]).ends(0);
    assert!(text(&folder, REMINDER).contains("谢谢配合。"));
    assert_eq!(files(&folder, "output/letters"), ["催报函"]);
    assert!(folder.shouqi(&["letters", "--templates"]).ends(0).said().contains("都已经有了"));
}

#[test]
fn what_a_person_decided_goes_before_the_machine() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let decided = |kind: &str, word: &str| {
        let (old, new) = (format!(r#""kind":"{kind}""#), format!(r#""kind":"{kind}","decided":"{word}""#));
        folder.replace("output/verdicts.jsonl", &old, &new);
    };
    decided("no_submission", "doubtful");
    decided("planned_only", "agree");
    folder.shouqi(&["letters"]).ends(0);
    let names = ["催报函-荆山镇中心校.docx", "微信催报.txt", "微信催报.xlsx"];
    assert_eq!(files(&folder, "output/letters/催报函"), names);
    let said = text(&folder, "output/letters/催报函/催报函-荆山镇中心校.docx");
    assert!(said.contains("专题会议：材料中只有计划安排") && said.contains("我校拟于10月25日"), "{said}");
    let bulletin = text(&folder, "output/letters/通报/通报稿.docx");
    assert!(bulletin.contains("四、未报送的单位\n无。"), "{bulletin}");
}
