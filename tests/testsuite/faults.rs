//! A disk that is full, a place that cannot be written, a share that goes away: at whatever point a write fails the last good
//! results stand as they were, and the next run does as if nothing had been.
//!
//! The long form tries every length of a file up to so many blocks of 512 bytes: `SHOUQI_BLOCKS=400 cargo test --test testsuite faults`

#![allow(
    clippy::disallowed_methods,
    reason = "the environment says how long the test is; the clock, how long a run takes"
)]

use crate::book::{Book, Shown};
use crate::folder::Folder;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const REPORT: &str = "清泉镇中心校扶贫日活动总结\n10月13日,我校召开扶贫专题会议。\n清泉镇中心校\n2020年10月19日\n";
const BOOK: &str = "output/汇总表.xlsx";

/// A campaign in its second night: last night's results stand, a person has decided, a report has come.
fn second_night() -> Folder {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let mut book = Book::open(&folder.read(BOOK));
    let row = Shown::of(&folder.read(BOOK)).row("荆山镇中心校", "拟");
    book.decide(row, "已做（证据在别处）", "现场看过会议记录", "王敏");
    fs::write(folder.path().join(BOOK), book.bytes()).unwrap();
    folder.write("inbox/清泉镇中心校/总结.txt", REPORT.as_bytes());
    folder
}

const SECOND: [&str; 3] = ["run", "--as-of", "2020-10-21 08:00"];

/// All files under a folder, by their paths in it; of the manifest what is neither a duration nor a count of new decisions.
fn tree(folder: &Folder, under: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = folder.files(under);
    for (_, bytes) in found.iter_mut().filter(|(path, _)| path.file_name().is_some_and(|n| n == "run.json")) {
        let mut manifest: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        manifest["timings"].take();
        // A decision counts as new in the night that first has it in the journal, and that may be the failed one.
        manifest["counts"]["review"].take();
        *bytes = manifest.to_string().into_bytes();
    }
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            let to = to.join(entry.file_name());
            fs::copy(entry.path(), &to).unwrap();
            let time = entry.metadata().unwrap().modified().unwrap();
            fs::File::options().write(true).open(&to).unwrap().set_modified(time).unwrap();
        }
    }
}

fn journal(folder: &Folder) -> String {
    fs::read_to_string(folder.path().join(".shouqi/decisions.jsonl")).unwrap_or_default()
}

/// What the next night makes of it, and what the night would have made of it undisturbed.
fn assert_made_good(folder: &Folder, calm: &Folder, what: &str) {
    folder.shouqi(&SECOND).ends(0);
    let (made, wanted) = (tree(folder, "output"), tree(calm, "output"));
    assert_eq!(made.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>(), "{what}");
    for (path, bytes) in &wanted {
        assert!(made[path] == *bytes, "{what}: {} is another than after a calm night", path.display());
    }
    assert_eq!(journal(folder), journal(calm), "{what}");
}

#[test]
#[cfg(unix)]
fn a_disk_that_is_full_at_whatever_point_leaves_the_last_results_and_the_next_night_is_whole() {
    /// No file may grow beyond so many blocks; a write that would is refused.
    fn limited(folder: &Folder, blocks: u64) -> std::process::Output {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_shouqi")]).args(SECOND).current_dir(folder.path());
        command.output().unwrap()
    }

    let before = second_night();
    let calm = Folder::empty();
    copy(before.path(), calm.path());
    calm.shouqi(&SECOND).ends(0);
    let asked: u64 = std::env::var("SHOUQI_BLOCKS").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let blocks: Vec<u64> =
        if asked > 0 { (0..=asked).collect() } else { vec![0, 1, 2, 4, 8, 20, 40, 60, 80, 120, 250, 500] };
    let (mut failed, mut passed) = (0, 0);
    for blocks in blocks {
        let folder = Folder::empty();
        copy(before.path(), folder.path());
        let last = tree(&folder, "output");
        let done = limited(&folder, blocks);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let what = format!("{blocks} blocks: {said}");
        match done.status.code() {
            Some(1) => {
                failed += 1;
                assert!(tree(&folder, "output") == last, "{what}: the last results are not what they were");
                assert!(["没有动", "没有改动", "剩余空间", "权限"].iter().any(|w| said.contains(w)), "{what}");
            }
            Some(0) => passed += 1,
            other => panic!("{other:?} {what}"),
        }
        assert_made_good(&folder, &calm, &what);
    }
    assert!(failed > 0 && passed > 0, "{failed} failed, {passed} passed");
}

#[test]
fn something_that_stands_where_a_result_goes_ends_the_night_before_any_result_is_moved() {
    let before = second_night();
    let calm = Folder::empty();
    copy(before.path(), calm.path());
    calm.shouqi(&SECOND).ends(0);
    for name in [
        "output/verdicts.jsonl",
        "output/files.jsonl",
        "output/run.json",
        "output/history",
        "output/history/汇总表-20201021-0800.xlsx",
        ".shouqi/decisions.jsonl",
    ] {
        let folder = Folder::empty();
        copy(before.path(), folder.path());
        let path = folder.path().join(name);
        let aside = folder.path().join("aside");
        let stood = path.exists();
        if stood {
            fs::rename(&path, &aside).unwrap();
        }
        // A folder where a file goes, a file where a folder goes.
        if name.ends_with("history") {
            fs::write(&path, "x").unwrap()
        } else {
            fs::create_dir_all(&path).unwrap()
        }
        let last = tree(&folder, "output");
        let done = folder.shouqi(&SECOND).ends(1);
        assert!(tree(&folder, "output") == last, "{name}: the last results are not what they were");
        assert!(!done.complained().trim().is_empty());
        if path.is_dir() {
            fs::remove_dir(&path).unwrap()
        } else {
            fs::remove_file(&path).unwrap()
        }
        if stood {
            fs::rename(&aside, &path).unwrap();
        }
        assert_made_good(&folder, &calm, name);
    }
}

#[test]
fn a_share_that_goes_away_while_it_is_read_makes_nobody_red() {
    let folder = Folder::new();
    for n in 0..20 {
        let name = format!("inbox/龙池镇中心校/{n}.txt");
        folder.write(&name, format!("龙池镇中心校第{n}期简报\n").as_bytes());
    }
    let begun = std::time::Instant::now();
    folder.shouqi(&["run", "--state", "calm-state", "--out", "calm"]).ends(0);
    let takes = begun.elapsed();
    folder.shouqi(&["run", "--no-cache"]).ends(0);
    let last = tree(&folder, "output");
    let (inbox, gone) = (folder.path().join("inbox"), folder.path().join("gone"));
    for part in 1..=8 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shouqi"));
        command.args(["run", "--no-cache"]).current_dir(folder.path());
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
        let child = command.spawn().unwrap();
        // The moment is what is tested: there is nothing to wait for.
        std::thread::sleep(takes.mul_f64(f64::from(part) / 9.0));
        fs::rename(&inbox, &gone).unwrap();
        // What a share leaves behind that is no longer connected.
        if part % 2 == 0 {
            fs::create_dir(&inbox).unwrap();
        }
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        match done.status.code() {
            // Over before, or it had read everything.
            Some(0) => {}
            Some(1) => assert!(said.replace('\\', "/").contains("收件夹 ./inbox："), "{said}"),
            other => panic!("{other:?} {said}"),
        }
        assert!(tree(&folder, "output") == last, "part {part}: {said}");
        if part % 2 == 0 {
            fs::remove_dir(&inbox).unwrap();
        }
        fs::rename(&gone, &inbox).unwrap();
    }
}
