//! Why a school has its verdict: what was found and where, what came nearest, and what of notice and roster bears on it.

use crate::folder::Folder;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[test]
fn a_verdict_is_told_with_file_place_quote_rule_and_date() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let said = folder.shouqi(&["why", "龙池", "专题"]).ends(0).said();
    assert!(said.starts_with("龙池镇中心校（1001，中心校，龙池镇）\n以 2020-10-20 08:00 为准的结果\n"), "{said}");
    assert!(said.contains("\n专题会议  ✔ 有证据\n"), "{said}");
    assert!(
        said.contains("  inbox/龙池镇中心校/总结.txt  第2行\n      10月12日,我校召开扶贫专题会议,全体教师45人参加。\n"),
        "{said}"
    );
    assert!(said.contains("✔ 专题会议 已做 2020-10-12 45人 [meeting.held]"), "{said}");
    assert!(said.contains("时段：2020-10-09 至 2020-10-31 做的算，2020-10-19 前做完（已到期）"), "{said}");
    assert!(
        said.contains("报送截止：2020-10-19 24:00 前（含当日）") && said.contains("谁来报：本校自己报送"),
        "{said}"
    );
    assert!(!said.contains("书面汇报材料"), "one item only: {said}");
}

#[test]
fn a_plan_is_told_with_the_cue_that_makes_it_one() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let said = folder.shouqi(&["why", "1002"]).ends(0).said();
    assert!(said.contains("专题会议  拟 仅计划") && said.contains("✘ 专题会议 计划：我校拟"), "{said}");
    assert!(said.contains("\n待核与线索\n  F-"), "{said}");
    assert!(said.contains("书面汇报材料"), "{said}");
}

#[test]
fn what_is_missing_has_its_nearest_sentence_and_what_it_failed() {
    let folder = Folder::new();
    folder.write(
        "inbox/清泉镇中心校/总结.txt",
        "清泉镇中心校扶贫日活动总结\n10月12日，我校召开教学推进会，全体教师参加。\n清泉镇中心校\n2020年10月18日\n"
            .as_bytes(),
    );
    folder.shouqi(&["run"]).ends(0);
    let said = folder.shouqi(&["why", "清泉镇中心校", "meeting"]).ends(0).said();
    assert!(said.contains("专题会议  ✘ 未见\n"), "{said}");
    assert!(said.contains("最近的一句：10月12日，我校召开教学推进会，全体教师参加。"), "{said}");
    assert!(said.contains("差在  缺少：事（同一句），如 扶贫、脱贫 [meeting.held]"), "{said}");
}

#[test]
fn a_school_without_files_has_no_sentence_to_look_at() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let said = folder.shouqi(&["why", "1003"]).ends(0).said();
    assert!(said.contains("报送：未报，文件 0 个\n  没有收到它的文件"), "{said}");
    assert!(!said.contains("沾边"), "{said}");
}

#[test]
fn files_that_are_gone_or_changed_are_said_to_be() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    fs::remove_file(folder.path().join("inbox/荆山镇中心校/安排.txt")).unwrap();
    let said = folder.shouqi(&["why", "荆山"]).ends(0).said();
    assert!(said.contains("收件夹里已经没有，不能重新看：inbox/荆山镇中心校/安排.txt"), "{said}");
    assert!(said.contains("我校拟于10月25日召开扶贫专题会议。"), "last night's evidence is still told: {said}");
    folder.replace("inbox/龙池镇中心校/总结.txt", "45人", "145人");
    let said = folder.shouqi(&["why", "龙池"]).ends(0).said();
    assert!(said.contains("那次运行之后改过，下面按现在的内容说：inbox/龙池镇中心校/总结.txt"), "{said}");
    folder.replace("rules/meeting.toml", "[\"扶贫\", \"脱贫\"]", "[\"扶贫\", \"脱贫\", \"助学\"]");
    assert!(folder.shouqi(&["why", "龙池"]).ends(0).said().contains("规则在那之后改过"));
}

#[test]
fn who_and_what_is_meant_must_be_clear() {
    let folder = Folder::new();
    let first = folder.shouqi(&["why", "龙池"]).ends(2).complained();
    assert!(first.contains("请先运行 shouqi run"), "{first}");
    folder.shouqi(&["run", "--out", "elsewhere"]).ends(0);
    folder.shouqi(&["why", "龙池", "--out", "elsewhere"]).ends(0);
    let several = folder.shouqi(&["why", "镇中心校", "--out", "elsewhere"]).ends(2).complained();
    assert!(several.contains("3 所学校") && several.contains("荆山镇中心校（1002，荆山镇）"), "{several}");
    let nobody = folder.shouqi(&["why", "天上小学", "--out", "elsewhere"]).ends(2).complained();
    assert!(nobody.contains("天上小学"), "{nobody}");
    let nothing = folder.shouqi(&["why", "龙池", "跳舞", "--out", "elsewhere"]).ends(2).complained();
    assert!(nothing.contains("专题会议（meeting）"), "{nothing}");
}

fn demonstration(out: &Path, arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_shouqi"));
    command.args(arguments).args(["--out", out.to_str().unwrap()]).current_dir(root).output().unwrap()
}

#[test]
fn duties_and_reporters_of_the_demonstration_are_told() {
    let out = tempfile::tempdir().unwrap();
    let state = out.path().join("state");
    assert_eq!(demonstration(out.path(), &["run", "--state", state.to_str().unwrap()]).status.code(), Some(3));
    let why = |school: &str, item: &str| {
        let output = demonstration(out.path(), &["why", school, item]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let covered = why("柳家", "三");
    assert!(covered.contains("成效宣传  — 不要求") && covered.contains("谁来报：由龙池镇中心校代报"), "{covered}");
    let not_asked = why("文澜", "home_teaching");
    assert!(not_asked.contains("— 不适用"), "{not_asked}");
    assert!(not_asked.contains("名册里本校：类别 “民办学校”、承担送教任务 “否”、特教 “否”"), "{not_asked}");
    let not_due = why("第三中学", "成效");
    assert!(not_due.contains("… 未到期") && not_due.contains("2020-10-31 前做完（未到期）"), "{not_due}");
}
