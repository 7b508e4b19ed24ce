//! A file explained to a person: its text with the evidence marked, and for what is not there the nearest sentence and
//! the one condition that it failed.

use crate::folder::Folder;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Explains one file of a campaign whose rule also refuses parents' meetings and knows another campaign's subject.
fn explained(text: &str) -> String {
    let folder = Folder::new();
    folder.replace("rules/meeting.toml", "\"事\" =", "\"外\" = [\"家长会\"]\n\"事\" =");
    folder.replace("rules/meeting.toml", "\"事@sentence\"]", "\"事@sentence\"]\nwithout = [\"外@sentence\"]");
    folder.write("rules/00.toml", "[context]\nown = [\"扶贫\"]\nother = [\"防火\"]\n".as_bytes());
    folder.write("report.txt", text.as_bytes());
    folder.shouqi(&["explain", "report.txt"]).ends(0).said()
}

#[test]
fn each_mark_is_followed_by_item_assertion_rule_and_cue() {
    let said = explained(
        "扶贫日活动总结\n全校动员。10月12日，我校召开扶贫专题会议，45人参加。\n我校拟于下周召开扶贫推进会。\n",
    );
    assert!(said.contains("第2行  全校动员。【10月12日，我校召开扶贫专题会议，45人参加。】①\n"), "{said}");
    assert!(said.contains("① ✔ 专题会议 已做 2020-10-12 45人 [meeting.held]\n"), "{said}");
    assert!(said.contains("【我校拟于下周召开扶贫推进会。】②\n"), "{said}");
    assert!(said.contains("② ✘ 专题会议 计划：") && said.contains("拟"), "{said}");
    assert!(said.contains("\n专题会议  已做 ①②\n"), "{said}");
}

#[test]
fn the_one_list_that_is_missing_is_named_with_words_of_it() {
    let said = explained("扶贫日活动总结\n10月12日，我校召开教学推进会，45人参加。\n");
    assert!(
        said.contains("专题会议  没有提到\n    最近的一句  第2行：10月12日，我校召开教学推进会，45人参加。\n"),
        "{said}"
    );
    assert!(said.contains("差在  缺少：事（同一句），如 扶贫、脱贫 [meeting.held]"), "{said}");
}

#[test]
fn the_word_that_rules_a_sentence_out_is_named() {
    let said = explained("扶贫日活动总结\n10月12日，利用家长会召开扶贫推进会。\n");
    assert!(said.contains("差在  被排除：“家长会”，词表 外（同一句） [meeting.held]"), "{said}");
}

#[test]
fn a_plan_that_also_lacks_a_word_is_no_near_miss() {
    let said = explained("扶贫日活动总结\n我校拟于下周召开教学推进会。\n");
    assert!(said.contains("专题会议  没有提到\n    没有沾边的句子\n"), "{said}");
}

#[test]
fn another_matter_is_called_by_its_name() {
    let said = explained("扶贫日活动总结\n各班学习。10月12日召开了防火专题会议。\n");
    assert!(said.contains("差在  讲的是别的事：防火"), "{said}");
}

#[test]
fn a_script_gets_the_failed_condition_too() {
    let folder = Folder::new();
    folder.write("report.txt", "扶贫日活动总结\n10月12日，我校召开教学推进会。\n".as_bytes());
    let said = folder.shouqi(&["explain", "report.txt", "--json"]).ends(0).said();
    let line: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(line["near_misses"][0]["failed"], "missing: 事@sentence");
    assert_eq!(line["near_misses"][0]["rule"], "meeting.held");
    assert_eq!(line["near_misses"][0]["place"], "第2行");
}

#[test]
fn colour_takes_the_place_of_brackets() {
    let folder = Folder::new();
    let explain = |colour: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shouqi"));
        command.args(["explain", "inbox/龙池镇中心校/总结.txt"]).current_dir(folder.path());
        String::from_utf8(command.env("CLICOLOR_FORCE", colour).output().unwrap().stdout).unwrap()
    };
    let (coloured, plain) = (explain("1"), explain("0"));
    assert!(coloured.contains('\u{1b}') && !coloured.contains('【'), "{coloured}");
    assert!(plain.contains('【') && !plain.contains('\u{1b}'), "{plain}");
}

#[test]
fn in_the_demonstration_every_activity_without_evidence_has_its_reason() {
    let campaign = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chengshui-2020");
    let files: Vec<PathBuf> =
        ["特教学校/送教上门活动总结.docx", "双庙小学扶贫日活动总结.docx", "卤泊滩上的“开门课”（盐池初中）.docx"]
            .map(|file| campaign.join("inbox").join(file))
            .into();
    let output = Command::new(env!("CARGO_BIN_EXE_shouqi"))
        .args(["explain", "--campaign", campaign.to_str().unwrap()])
        .args(&files)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    let absent: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].ends_with("  没有提到")).collect();
    assert!(absent.len() >= 3, "{said}");
    for n in absent {
        let nearest = lines[n + 1].starts_with("    最近的一句") && lines[n + 2].starts_with("    差在");
        assert!(nearest || lines[n + 1] == "    没有沾边的句子", "{}", lines[n..].join("\n"));
    }
    assert!(said.contains("最近的一句"), "{said}");
}
