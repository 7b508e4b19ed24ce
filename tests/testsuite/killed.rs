//! A run that is killed at whatever moment leaves the last good results, and the next run does as if nothing had been.
//!
//! The long form, a hundred kills over three hundred schools:
//! `SHOUQI_KILLS=100 SHOUQI_SCHOOLS=300 cargo test --release --test testsuite killed -- --nocapture`

#![allow(
    clippy::disallowed_methods,
    reason = "the environment says how long the test is; the clock, how long a run takes"
)]

use crate::folder::Folder;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

/// A number that the environment may set.
fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// A county of so many schools; nine of ten have reported, every tenth in Word.
fn county(schools: u64) -> Folder {
    let folder = Folder::new();
    let word = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/report.doc");
    let word = fs::read(word).unwrap();
    let mut roster = "学校代码,学校名称,简称,乡镇,类别,学段\n".to_string();
    for n in 0..schools {
        let name = format!("澄水县第{}实验小学", numeral(n));
        roster += &format!("{},{name},,城关镇,中心校,小学\n", 2000 + n);
        match n % 10 {
            0 => {}
            1 => drop(folder.write(&format!("inbox/{name}/总结.doc"), &word)),
            _ => {
                let text = format!("{name}扶贫日活动总结\n10月{}日,我校召开扶贫专题会议。\n", 10 + n % 9);
                folder.write(&format!("inbox/{name}/总结.txt"), (text.repeat(20) + &name).as_bytes());
            }
        }
    }
    folder.write("roster.csv", roster.as_bytes());
    folder
}

/// 三百零七 and the like, digit by digit.
fn numeral(n: u64) -> String {
    n.to_string().chars().filter_map(|d| "〇一二三四五六七八九".chars().nth(d.to_digit(10)? as usize)).collect()
}

fn run(folder: &Folder, out: &str, state: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shouqi"));
    command.args(["run", "--out", out, "--state", state]).current_dir(folder.path());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// All results by their paths, but for the timings of the manifest.
fn results(folder: &Folder, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = folder.files(out);
    found.retain(|path, _| path.file_name().is_none_or(|name| name != "run.json"));
    found
}

#[test]
fn a_run_that_is_killed_at_whatever_moment_is_made_good_by_the_next() {
    let folder = county(asked("SHOUQI_SCHOOLS", 30));
    let begun = Instant::now();
    assert!(run(&folder, "calm", "calm-state").status().unwrap().success());
    let takes = begun.elapsed();
    let calm = results(&folder, "calm");

    let kills = asked("SHOUQI_KILLS", 5);
    let mut by_chance: u64 = 20_201_017;
    let mut finished = 0;
    for _ in 0..kills {
        by_chance = by_chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = run(&folder, "output", "state").spawn().unwrap();
        // The moment is what is tested: there is nothing to wait for.
        sleep(takes.mul_f64((by_chance >> 33) as f64 / f64::from(u32::MAX >> 1)));
        finished += u64::from(child.try_wait().unwrap().is_some());
        let _ = child.kill();
        child.wait().unwrap();
        let left = results(&folder, "output");
        for (path, bytes) in left.iter().filter(|(path, _)| !path.to_string_lossy().ends_with(".shouqi-new")) {
            assert!(calm.get(path) == Some(bytes), "half a result, or another: {}", path.display());
        }
    }
    assert!(run(&folder, "output", "state").status().unwrap().success());
    assert_eq!(results(&folder, "output").keys().collect::<Vec<_>>(), calm.keys().collect::<Vec<_>>());
    assert!(results(&folder, "output") == calm, "the same bytes as a run that nobody disturbed");
    println!("{kills} kills, {finished} of them after the end, within {takes:?}");
}
