//! The review comes back: what people type in the workbook, through all that they do to a workbook.

use crate::book::{Book, Shown};
use crate::folder::Folder;
use crate::office::{Orders, by_libreoffice, by_openpyxl, has_libreoffice, has_openpyxl};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const BOOK: &str = "output/汇总表.xlsx";

fn night(folder: &Folder, arguments: &[&str]) -> Shown {
    folder.shouqi(&[&["run"], arguments].concat()).ends(0);
    Shown::of(&folder.read(BOOK))
}

/// Edits the workbook in its place, or as a copy.
fn edit(folder: &Folder, to: &str, hand: impl FnOnce(&mut Book)) {
    let mut book = Book::open(&folder.read(BOOK));
    hand(&mut book);
    fs::write(folder.path().join(to), book.bytes()).unwrap();
}

fn journal(folder: &Folder) -> Vec<Value> {
    let text = fs::read_to_string(folder.path().join(".shouqi/decisions.jsonl")).unwrap_or_default();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn verdicts(folder: &Folder) -> BTreeMap<String, Value> {
    let text = String::from_utf8(folder.read("output/verdicts.jsonl")).unwrap();
    let schools = text.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    schools.map(|s| (s["school"]["name"].as_str().unwrap().to_string(), s)).collect()
}

fn status(folder: &Folder, school: &str, item: &str) -> String {
    let items = verdicts(folder)[school]["items"].as_array().unwrap().clone();
    items.iter().find(|i| i["id"] == item).unwrap()["status"].as_str().unwrap().to_string()
}

#[test]
fn a_decision_is_applied_answered_and_kept_until_the_evidence_changes() {
    let folder = Folder::new();
    let shown = night(&folder, &[]);
    let row = shown.row("荆山镇中心校", "拟");
    let id = shown.cell(row, "编号");
    edit(&folder, BOOK, |b| b.decide(row, "已做（证据在别处）", "现场看过会议记录", "王敏"));

    let shown = night(&folder, &[]);
    let row = shown.numbered(&id).unwrap();
    assert_eq!(shown.cell(row, "系统回执"), "已采纳");
    assert_eq!((shown.cell(row, "说明"), shown.cell(row, "核对人")), ("现场看过会议记录".into(), "王敏".into()));
    assert_eq!(status(&folder, "荆山镇中心校", "meeting"), "done");
    // Another night, untouched: nothing new, nothing lost.
    let shown = night(&folder, &[]);
    assert_eq!((journal(&folder).len(), shown.cell(shown.numbered(&id).unwrap(), "系统回执").as_str()), (1, "已采纳"));

    folder.replace("inbox/荆山镇中心校/安排.txt", "10月25日", "10月26日");
    let shown = night(&folder, &[]);
    let row = shown.numbered(&id).unwrap();
    let receipt = shown.cell(row, "系统回执");
    assert!(receipt.starts_with("证据已变，请再看") && receipt.contains("现场看过会议记录"), "{receipt}");
    assert_eq!(shown.cell(row, "人工结论▼"), "");
    assert_eq!(status(&folder, "荆山镇中心校", "meeting"), "planned");
    // Renamed only: the same evidence, so the decision of before holds again.
    folder.replace("inbox/荆山镇中心校/安排.txt", "10月26日", "10月25日");
    fs::rename(folder.path().join("inbox/荆山镇中心校/安排.txt"), folder.path().join("inbox/荆山镇中心校/方案.txt"))
        .unwrap();
    let shown = night(&folder, &[]);
    assert_eq!(shown.cell(shown.numbered(&id).unwrap(), "系统回执"), "已采纳");
}

#[test]
fn old_copies_go_and_one_in_which_somebody_typed_stays() {
    let folder = Folder::new();
    for day in ["20201009", "20201012", "20201013", "20201014"] {
        night(&folder, &["--as-of", &format!("{}-{}-{}T02:00", &day[..4], &day[4..6], &day[6..])]);
    }
    let copy = |day: &str| format!("output/history/汇总表-{day}-0200.xlsx");
    let is_there = |day: &str| folder.path().join(copy(day)).exists();
    let row = Shown::of(&folder.read(&copy("20201012"))).rows()[0];
    let mut book = Book::open(&folder.read(&copy("20201012")));
    book.decide(row, "存疑", "写在副本里了", "王敏");
    fs::write(folder.path().join(copy("20201012")), book.bytes()).unwrap();

    night(&folder, &["--as-of", "2020-11-20T02:00"]);
    let left: Vec<&str> =
        ["20201009", "20201012", "20201013", "20201014", "20201120"].into_iter().filter(|d| is_there(d)).collect();
    assert_eq!(left, ["20201009", "20201012", "20201014", "20201120"]);
}

#[test]
fn what_cannot_be_understood_is_told_and_carried_over() {
    let folder = Folder::new();
    let shown = night(&folder, &[]);
    let (none, plan) = (shown.row("清泉镇中心校", "应报未报"), shown.row("荆山镇中心校", "拟"));
    edit(&folder, BOOK, |b| {
        b.decide(none, "差不多了", "打过电话", "王敏");
        b.decide(plan, "不适用", "", "王敏");
    });
    let shown = night(&folder, &[]);
    let (none, plan) = (shown.row("清泉镇中心校", "应报未报"), shown.row("荆山镇中心校", "拟"));
    let receipt = shown.cell(none, "系统回执");
    assert!(
        receipt.starts_with("无法识别：") && receipt.contains("差不多了") && receipt.contains("同意延期"),
        "{receipt}"
    );
    assert_eq!((shown.cell(none, "人工结论▼"), shown.cell(none, "说明")), ("差不多了".into(), "打过电话".into()));
    assert!(shown.cell(plan, "系统回执").contains("须写说明"));
    // Put right where it stands.
    edit(&folder, BOOK, |b| {
        b.decide(none, "同意延期", "校长请假", "王敏");
        b.put(none, "新期限", "10月25日");
        b.put(plan, "说明", "没有这项任务");
    });
    let shown = night(&folder, &[]);
    assert_eq!(status(&folder, "荆山镇中心校", "meeting"), "not_applicable");
    assert_eq!(status(&folder, "清泉镇中心校", "written_report"), "extended");
    assert_eq!(shown.cell(shown.row("清泉镇中心校", "应报未报"), "系统回执"), "已采纳");
    // Past the new deadline, with nothing there, a person must look again.
    let shown = night(&folder, &["--as-of", "2020-10-26T08:00"]);
    let receipt = shown.cell(shown.row("清泉镇中心校", "应报未报"), "系统回执");
    assert!(receipt.starts_with("延期到 2020-10-25 已过"), "{receipt}");
    assert_eq!(status(&folder, "清泉镇中心校", "written_report"), "missing");
}

#[test]
fn a_sheet_that_was_sorted_whole_is_read_and_one_that_was_sorted_in_part_is_refused_row_by_row() {
    let folder = Folder::new();
    let shown = night(&folder, &[]);
    let (none, plan) = (shown.row("清泉镇中心校", "应报未报"), shown.row("荆山镇中心校", "拟"));
    edit(&folder, BOOK, |b| {
        b.decide(none, "同意机器", "", "王敏");
        b.swap(none, plan, 0, 200);
        b.delete(none); // where the plan's row stands now
        b.move_away("说明");
    });
    let shown = night(&folder, &[]);
    assert_eq!(shown.cell(shown.row("清泉镇中心校", "应报未报"), "系统回执"), "已采纳");
    assert_eq!(shown.cell(shown.row("荆山镇中心校", "拟"), "系统回执"), "");

    // Numbers and words at the left sorted, what is typed not; and the words alone.
    for (from, to, says) in [(0, 11, "只排序了一部分列"), (1, 11, "对不上")] {
        let folder = Folder::new();
        let shown = night(&folder, &[]);
        let (none, plan) = (shown.row("清泉镇中心校", "应报未报"), shown.row("荆山镇中心校", "拟"));
        edit(&folder, BOOK, |b| {
            b.decide(none, "不适用", "撤并了", "王敏");
            b.swap(none, plan, from, to);
        });
        night(&folder, &[]);
        let records = journal(&folder);
        assert_eq!(records.len(), 1, "{records:?}");
        assert!(records[0]["fate"]["misplaced"].is_object(), "{records:?}");
        assert_eq!(status(&folder, "荆山镇中心校", "meeting"), "planned");
        assert_eq!(verdicts(&folder)["清泉镇中心校"]["submission"]["status"], "missing");
        let log = Shown::sheet(&folder.read(BOOK), "记录", "系统回执");
        let row = log.rows()[0];
        assert!(log.cell(row, "系统回执").contains(says) && log.cell(row, "说明") == "撤并了");
    }
}

#[test]
fn two_people_who_disagree_are_both_named_and_neither_applies_until_they_agree() {
    let folder = Folder::new();
    let shown = night(&folder, &[]);
    let row = shown.row("荆山镇中心校", "拟");
    edit(&folder, "王.xlsx", |b| b.decide(row, "不适用", "没有任务", "王敏"));
    edit(&folder, "output/汇总表-李.xlsx", |b| b.decide(row, "退回补报", "要补会议记录", "李强"));
    let shown = night(&folder, &["--review", "王.xlsx"]);
    let row = shown.row("荆山镇中心校", "拟");
    let receipt = shown.cell(row, "系统回执");
    assert!(receipt.contains("王敏") && receipt.contains("李强") && receipt.contains("冲突"), "{receipt}");
    assert_eq!(status(&folder, "荆山镇中心校", "meeting"), "planned");
    let note = shown.cell(row, "说明");
    assert!(note.contains("没有任务") && note.contains("要补会议记录"), "{note}");
    edit(&folder, BOOK, |b| b.decide(row, "退回补报", "商定退回", "李强"));
    // The old copies are still there, and are read again.
    let shown = night(&folder, &["--review", "王.xlsx"]);
    assert_eq!(shown.cell(shown.row("荆山镇中心校", "拟"), "系统回执"), "已采纳");
    assert_eq!(journal(&folder).len(), 3);
}

#[test]
fn a_file_of_the_wrong_school_is_given_to_the_right_one_and_its_name_is_learned() {
    let folder = Folder::new();
    let report = |unit: &str| {
        format!("{unit}扶贫日活动总结\n10月13日,我校召开扶贫专题会议,教师30人参加。\n{unit}\n2020年10月18日\n")
    };
    folder.write("inbox/来件/一.txt", report("清水泉学校").as_bytes());
    let shown = night(&folder, &[]);
    let row = shown.row("", "待认领");
    edit(&folder, BOOK, |b| b.decide(row, "认错学校", "是清泉镇中心校的", "王敏"));
    folder.write("inbox/来件/二.txt", report("清水泉学校").replace("13日", "14日").as_bytes());
    let shown = night(&folder, &[]);
    let files = String::from_utf8(folder.read("output/files.jsonl")).unwrap();
    for line in files.lines().filter(|l| l.contains("来件")) {
        let file: Value = serde_json::from_str(line).unwrap();
        assert_eq!(file["schools"][0], "1003", "{line}");
    }
    assert_eq!(verdicts(&folder)["清泉镇中心校"]["submission"]["status"], "on_time");
    // The row stays to be found, and the decision can be taken back in it.
    let row = shown.row("", "待认领");
    assert!(shown.cell(row, "系统回执").starts_with("已采纳"));
    edit(&folder, BOOK, |b| b.decide(row, "", "", ""));
    night(&folder, &[]);
    assert_eq!(verdicts(&folder)["清泉镇中心校"]["submission"]["status"], "missing");
}

#[test]
fn a_night_that_was_killed_before_its_results_stood_loses_and_doubles_nothing() {
    let folder = Folder::new();
    let shown = night(&folder, &[]);
    let row = shown.row("荆山镇中心校", "拟");
    edit(&folder, BOOK, |b| b.decide(row, "不适用", "没有任务", "王敏"));
    let typed = folder.read(BOOK);
    night(&folder, &[]);
    // As if the journal had been written and then the power had gone, in the middle of a further line.
    fs::write(folder.path().join(BOOK), &typed).unwrap();
    let path = folder.path().join(".shouqi/decisions.jsonl");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [whole.as_slice(), b"{\"number\":2,\"read"].concat()).unwrap();
    let done = folder.shouqi(&["run"]).ends(0);
    assert!(done.complained().contains("第 2 行是坏的"), "{}", done.complained());
    assert_eq!(fs::read(&path).unwrap()[..whole.len()], whole);
    assert_eq!(status(&folder, "荆山镇中心校", "meeting"), "not_applicable");
    // And as if it had gone before the journal was written.
    fs::write(folder.path().join(BOOK), &typed).unwrap();
    fs::remove_file(&path).unwrap();
    night(&folder, &[]);
    assert_eq!((journal(&folder).len(), status(&folder, "荆山镇中心校", "meeting").as_str()), (1, "not_applicable"));
}

#[test]
fn workbooks_of_townships_are_read_back_and_those_of_another_campaign_are_not() {
    let folder = Folder::new();
    night(&folder, &["--split", "township"]);
    let part = "output/分册/荆山镇.xlsx";
    let shown = Shown::of(&folder.read(part));
    assert!(shown.rows().iter().all(|row| shown.cell(*row, "学校") == "荆山镇中心校"));
    let row = shown.row("荆山镇中心校", "拟");
    let id = shown.cell(row, "编号");
    let mut book = Book::open(&folder.read(part));
    book.decide(row, "不适用", "没有任务", "周老师");
    fs::write(folder.path().join(part), book.bytes()).unwrap();
    let other = Folder::new();
    other.replace("campaign.toml", "small-2020", "other-2020");
    night(&other, &[]);
    fs::write(folder.path().join("别的.xlsx"), other.read(BOOK)).unwrap();
    let done = folder.shouqi(&["run", "--split", "township", "--review", "别的.xlsx"]).ends(0);
    assert!(done.complained().contains("另一个活动（other-2020）"), "{}", done.complained());
    let shown = Shown::of(&folder.read(BOOK));
    let row = shown.numbered(&id).unwrap();
    assert_eq!((shown.cell(row, "系统回执"), shown.cell(row, "核对人")), ("已采纳".into(), "周老师".into()));
    folder.shouqi(&["run", "--review", "没有.xlsx"]).ends(2);
    let script = folder.shouqi(&["run", "--json", "--review", "别的.xlsx"]).ends(0);
    assert!(script.complained().contains("另一个活动（other-2020）"), "a script hears of it too");
    let said = folder.shouqi(&["run", "--review", "别的.xlsx", "."]).ends(2).complained();
    assert!(said.contains("是文件夹，不是填好的汇总表"), "{said}");
}

/// A small generator, so that a year is the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

#[test]
fn thirty_nights_lose_no_decision_misapply_none_and_answer_every_entry() {
    let folder = Folder::new();
    let schools: Vec<String> =
        ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"].map(|n| format!("{n}河镇中心校")).into();
    let rows = schools.iter().enumerate().map(|(i, s)| format!("20{i:02},{s},,{}镇,中心校,小学\n", &s[..6]));
    let roster = String::from_utf8(folder.read("roster.csv")).unwrap() + &rows.collect::<String>();
    folder.write("roster.csv", roster.as_bytes());
    let words = ["同意机器", "已做(证据在别处)", "不适用", "零上报", "退回补报", "存疑", "不知道"];
    let mut dice = Dice(2020);
    let mut typed: BTreeMap<String, (String, String)> = BTreeMap::new();
    for n in 1..=30u32 {
        let day = format!("2020-11-{n:02}T08:00");
        let shown = night(&folder, &["--as-of", &day]);
        let records = journal(&folder);
        // Every entry is in the journal, about the row that it was typed in, and has its answer.
        let known: BTreeSet<&str> = records.iter().filter_map(|r| r["typed"]["note"].as_str()).collect();
        let log = Shown::sheet(&folder.read(BOOK), "记录", "系统回执");
        assert!(log.rows().iter().all(|row| !log.cell(*row, "系统回执").is_empty()));
        for (note, (id, school)) in &typed {
            assert!(known.contains(note.as_str()), "night {n}: {note} is lost");
            let record = records.iter().find(|r| r["typed"]["note"] == note.as_str()).unwrap();
            assert_eq!(
                (record["flag"].as_str(), record["about"]["school"].as_str()),
                (Some(id.as_str()), Some(school.as_str()))
            );
        }
        // What is in force is what was typed last, and nothing else is.
        for (school, line) in verdicts(&folder) {
            for flag in line["flags"].as_array().unwrap().iter().filter(|f| f["decided"].is_string()) {
                let last =
                    records.iter().rev().find(|r| r["flag"] == flag["id"] && r["fate"]["taken"].is_object()).unwrap();
                assert_eq!(
                    (&last["fate"]["taken"]["conclusion"], &last["about"]["school"]),
                    (&flag["decided"], &Value::from(school.clone()))
                );
            }
        }
        // The inbox changes.
        let school = &schools[dice.roll(schools.len())];
        let text = match dice.roll(3) {
            0 => format!("{school}\n10月{}日,我校召开扶贫专题会议,教师30人参加。\n{school}\n", 10 + dice.roll(8)),
            1 => format!("{school}\n我校拟于11月{}日召开扶贫专题会议。\n{school}\n", 10 + dice.roll(8)),
            _ => format!("{school}\n我校没有召开扶贫专题会议。{}\n{school}\n", dice.roll(9)),
        };
        folder.write(&format!("inbox/{school}/总结.txt"), text.as_bytes());
        // People decide, sort, and work on copies.
        let rows = shown.rows();
        let to = if dice.roll(3) == 0 { format!("output/汇总表-副本{n}.xlsx") } else { BOOK.to_string() };
        let mut orders = Orders::default();
        let mut taken = BTreeSet::new();
        for k in 0..3 {
            let row = rows[dice.roll(rows.len())];
            let (word, note) = (words[dice.roll(words.len())], format!("第{n}夜第{k}条"));
            if taken.insert(row) {
                for (head, text) in [("人工结论▼", word), ("说明", &note), ("核对人", "王敏")] {
                    orders.puts.push((row, head.to_string(), text.to_string()));
                }
                typed.insert(note, (shown.cell(row, "编号"), shown.cell(row, "学校")));
            }
        }
        let (a, b) = (rows[dice.roll(rows.len())], rows[dice.roll(rows.len())]);
        if a != b {
            orders.swaps.push((a, b));
        }
        by_hand(&folder, n, &to, &orders);
    }
    assert!(typed.len() > 60);
}

/// Carries out orders on the night's workbook: on most nights by another library, on a few LibreOffice saves what came of it.
fn by_hand(folder: &Folder, night: u32, to: &str, orders: &Orders) {
    let to = folder.path().join(to);
    if has_openpyxl() && !night.is_multiple_of(3) {
        by_openpyxl(&folder.path().join(BOOK), &to, orders);
    } else {
        let mut book = Book::open(&folder.read(BOOK));
        orders.puts.iter().for_each(|(row, head, text)| book.put(*row, head, text));
        orders.swaps.iter().for_each(|(a, b)| book.swap(*a, *b, 0, 300));
        fs::write(&to, book.bytes()).unwrap();
    }
    if has_libreoffice() && night % 10 == 5 {
        let saved = tempfile::tempdir().unwrap();
        fs::copy(by_libreoffice(&to, "xlsx", saved.path()), &to).unwrap();
    }
}

#[test]
fn a_workbook_that_was_saved_in_an_old_format_is_read_too() {
    if !has_libreoffice() {
        return;
    }
    for format in ["xls", "ods"] {
        let folder = Folder::new();
        let shown = night(&folder, &[]);
        let row = shown.row("荆山镇中心校", "拟");
        let id = shown.cell(row, "编号");
        edit(&folder, "王敏.xlsx", |b| b.decide(row, "不适用", "没有任务", "王敏"));
        let saved = by_libreoffice(&folder.path().join("王敏.xlsx"), format, folder.path());
        let shown = night(&folder, &["--review", saved.to_str().unwrap()]);
        assert_eq!(shown.cell(shown.numbered(&id).unwrap(), "系统回执"), "已采纳", "{format}");
        assert_eq!(status(&folder, "荆山镇中心校", "meeting"), "not_applicable");
    }
}
