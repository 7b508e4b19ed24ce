//! What rules are worth, and whose verdict other rules would change.

use crate::folder::Folder;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A second rule that hits only where the first one does, and a third that never does.
const MORE: &str = r#"
[[rule]]
id = "meeting.close"
needs = ["开", "会", "事"]
must_match = ["召开扶贫推进会。"]
must_not_match = ["召开推进会，学习扶贫政策。"]

[[rule]]
id = "meeting.never"
needs = ["开", "火星"]
must_match = ["在火星召开扶贫会议。"]
must_not_match = ["召开扶贫会议。"]

[[example]]
text = "10月12日,我校召开扶贫专题会议。"
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.replace("rules/meeting.toml", "\"事\" =", "\"火星\" = [\"火星\"]\n\"事\" =");
    folder.replace("rules/meeting.toml", "\n[[example]]\ntext = \"10月12日,我校召开扶贫专题会议。\"\n", MORE);
    folder.write(
        "inbox/清泉镇中心校/总结.txt",
        "清泉镇中心校总结\n10月12日，我校召开推进会，学习脱贫政策。\n".as_bytes(),
    );
    folder
}

#[test]
fn rules_are_measured_against_labels_and_wrong_cells_have_their_sentence() {
    let folder = folder();
    let labels = r#"{"id":"A","file":"龙池镇中心校/总结.txt","activities":{"meeting":"done"}}
{"id":"B","file":"荆山镇中心校/安排.txt","activities":{"meeting":"done"}}
{"id":"C","file":"荆山镇中心校/空谈.txt","activities":{"meeting":"not_done"}}
{"id":"D","file":"荆山镇中心校/空谈.txt","activities":{"meeting":"planned"},"borderline":["meeting"]}
"#;
    folder.write("gold.jsonl", labels.as_bytes());
    folder.write("inbox/荆山镇中心校/空谈.txt", "荆山镇中心校总结\n10月12日，我校召开教学推进会。\n".as_bytes());
    let said = folder.shouqi(&["rules", "test", "--labels", "gold.jsonl", "inbox"]).ends(0).said();
    assert!(said.starts_with("例句 8 条，全部符合\n"), "{said}");
    assert!(said.contains("材料 3 份，3 格"), "{said}");
    let row = |name: &str| -> Vec<String> {
        let line = said.lines().find(|l| l.trim_start().starts_with(name)).unwrap_or_else(|| panic!("{name}\n{said}"));
        line.split_whitespace().skip(1).map(str::to_string).collect()
    };
    assert_eq!(row("专题会议 "), ["2", "1", "1.000", "0.500", "0.667"]);
    assert_eq!(row("已做"), ["1", "1", "·", "·", "·"], "one right, one taken for a plan");
    assert_eq!(row("否定"), ["·", "·", "·", "·", "1"]);
    assert!(said.contains("判错 2 格，共 3 格"), "{said}");
    assert!(
        said.contains("B  专题会议：标注 已做，得出 计划\n      第2行  我校拟于10月25日召开扶贫专题会议。\n"),
        "{said}"
    );
    assert!(
        said.contains("C  专题会议：标注 否定，得出 没有提到\n      最近的一句  第2行：10月12日，我校召开教学推进会。"),
        "{said}"
    );
}

#[test]
fn idle_and_needless_rules_are_listed_over_the_inbox() {
    let folder = folder();
    let said = folder.shouqi(&["rules", "test"]).ends(0).said();
    assert!(
        said.contains("从未命中的规则：1 条（共 3 条") && said.contains("\n  meeting.never  rules/meeting.toml 第"),
        "{said}"
    );
    assert!(said.contains("meeting.close：命中 2 句，全在 meeting.held 命中的 3 句里"), "{said}");
    assert!(!said.contains("meeting.held：命中"), "{said}");
    fs::remove_dir_all(folder.path().join("inbox")).unwrap();
    assert!(folder.shouqi(&["rules", "test", "."]).ends(0).said().contains("没有收件夹"));
}

#[test]
fn an_example_that_fails_and_labels_that_are_wrong_are_told() {
    let folder = folder();
    folder.write("gold.jsonl", "{\"id\":\"A\",\"file\":\"无.txt\",\"activities\":{\"meet\":\"dun\"}}\n{\n".as_bytes());
    let wrong = folder.shouqi(&["rules", "test", "--labels", "gold.jsonl", "inbox"]).ends(2).complained();
    for part in ["没有 meet 这一项", "不认识的标签 dun", "无.txt", "gold.jsonl 第2行"] {
        assert!(wrong.contains(part), "{part}: {wrong}");
    }
    folder.replace("rules/meeting.toml", "label = \"planned\"", "label = \"absent\"");
    let done = folder.shouqi(&["rules", "test"]).ends(2);
    assert!(done.complained().contains("8 条例句里有 1 条不符") && done.said().contains("从未命中"), "{}", done.said());
}

#[test]
fn a_preview_tells_whose_verdict_would_change_and_writes_nothing() {
    let folder = folder();
    let rules = String::from_utf8(folder.read("rules/meeting.toml")).unwrap();
    let narrower = rules.replace("[\"扶贫\", \"脱贫\"]", "[\"扶贫\"]");
    folder.write("new/meeting.toml", narrower.as_bytes());
    let before = listing(folder.path());
    for new in ["new", "new/meeting.toml"] {
        let said = folder.shouqi(&["rules", "preview", new]).ends(0).said();
        assert!(said.contains("清泉镇中心校（1003）\n  专题会议  ✔ 有证据 → ✘ 未见\n"), "{said}");
        assert!(
            said.contains("原来：10月12日，我校召开推进会，学习脱贫政策。（inbox/清泉镇中心校/总结.txt，第2行）"),
            "{said}"
        );
        assert!(
            said.contains("改后：这一句不再算\n        差在  缺少：事（同一句），如 扶贫 [meeting.held]"),
            "{said}"
        );
        assert!(said.contains("结论改变 1 项（1 所学校）；不变 5 项"), "{said}");
        assert!(!said.contains("龙池镇中心校"), "{said}");
    }
    assert_eq!(listing(folder.path()), before, "nothing is written");
    let same = folder.shouqi(&["rules", "preview", "rules", "."]).ends(0).said();
    assert!(same.contains("没有学校的结论会变") && same.contains("不变 6 项"), "{same}");
}

#[test]
fn new_rules_that_do_not_hold_are_refused_by_their_own_name() {
    let folder = folder();
    folder.write("new/meting.toml", &folder.read("rules/meeting.toml"));
    let unknown = folder.shouqi(&["rules", "preview", "new/meting.toml"]).ends(2).complained();
    assert!(unknown.contains("new/meting.toml") && unknown.contains("现有：meeting.toml"), "{unknown}");
    folder.write("new/meting.toml", b"item = \"meeting\"\nversion = \"one\"\n");
    let wrong = folder.shouqi(&["rules", "preview", "new"]).ends(2).complained();
    assert!(wrong.contains("new/meting.toml 第2行"), "{wrong}");
    folder.shouqi(&["rules", "preview", "nowhere"]).ends(2);
    folder.shouqi(&["rules"]).ends(2);
}

#[test]
fn the_demonstration_against_its_own_labels() {
    let campaign = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chengshui-2020");
    let out = tempfile::tempdir().unwrap();
    let expected = fs::read_to_string(campaign.join("expected.jsonl")).unwrap();
    let mut labels = String::new();
    for line in expected.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = line["file"].as_str().unwrap();
        if !file.contains("!/") && line.get("activities").is_some() {
            labels += &serde_json::json!({"id": file, "file": file, "activities": line["activities"]}).to_string();
            labels.push('\n');
        }
    }
    fs::write(out.path().join("gold.jsonl"), &labels).unwrap();
    let test = Command::new(env!("CARGO_BIN_EXE_shouqi"))
        .args(["--lang", "en", "rules", "test"])
        .arg(&campaign)
        .arg("--labels")
        .args([&out.path().join("gold.jsonl"), &campaign])
        .output()
        .unwrap();
    let said = String::from_utf8(test.stdout).unwrap();
    assert!(said.contains(&format!("against the labels: {} reports", labels.lines().count())), "{said}");
    let mean = said.lines().find(|l| l.trim_start().starts_with("mean ")).unwrap();
    let f1: f64 = mean.split_whitespace().last().unwrap().parse().unwrap();
    assert!(f1 > 0.9, "{said}");
}

/// All files of a folder with their lengths, without the test's own.
fn listing(folder: &Path) -> Vec<(String, u64)> {
    let mut waiting = vec![folder.to_path_buf()];
    let mut files = Vec::new();
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => waiting.push(entry.path()),
                false => files.push((entry.path().display().to_string(), entry.metadata().unwrap().len())),
            }
        }
    }
    files.retain(|(name, _)| !name.ends_with(".input"));
    files.sort();
    files
}
