//! The nightly job: what is installed runs, and what is removed is only ours. The schedulers are played by small scripts.
#![cfg(unix)]

use crate::folder::Folder;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

/// A crontab in a file, and a systemctl that writes down what it is told.
struct Machine {
    home: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Machine { home: tempfile::tempdir().unwrap() };
        machine.program(
            "crontab",
            "case $1 in -l) cat \"$HOME/tab\" 2>/dev/null || { echo 'no crontab for zhang' >&2; exit 1; };; -) cat > \"$HOME/tab\";; esac",
        );
        machine.program("systemctl", "echo \"$@\" >> \"$HOME/told\"; ! test -e \"$HOME/refuse\"");
        machine.program("logger", "cat > \"$HOME/logged\"");
        machine
    }

    fn program(&self, name: &str, script: &str) {
        let path = self.home.path().join("bin").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let path = format!("{}:/usr/bin:/bin", self.home.path().join("bin").display());
        command.env("PATH", path).env("HOME", self.home.path()).env_remove("XDG_CONFIG_HOME").env("USER", "zhang");
        command
    }

    fn shouqi(&self, folder: &Path, arguments: &[&str]) -> Output {
        self.command(env!("CARGO_BIN_EXE_shouqi")).current_dir(folder).args(arguments).output().unwrap()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.home.path().join(name)).unwrap_or_default()
    }
}

#[track_caller]
fn good(output: Output) -> String {
    let (out, errors) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{out}\n{errors}");
    out
}

/// The small campaign under a name that no shell likes.
fn odd(folder: &Folder) -> std::path::PathBuf {
    let odd = folder.path().join("扶贫日 100% \"定稿\" $HOME's");
    fs::create_dir(&odd).unwrap();
    for name in ["campaign.toml", "rules", "roster.csv", "inbox"] {
        fs::rename(folder.path().join(name), odd.join(name)).unwrap();
    }
    odd
}

#[test]
fn the_line_of_cron_runs_the_night_and_other_lines_stay() {
    let (folder, machine) = (Folder::new(), Machine::new());
    let odd = odd(&folder);
    let mine = "MAILTO=zhang\n0 3 * * * backup # 备份\n";
    fs::write(machine.home.path().join("tab"), mine).unwrap();
    let install = ["schedule", "install", "--kind", "cron", "--at", "02:30", "--", "--out", "结果 1"];
    let said = good(machine.shouqi(&odd, &install));
    let tab = machine.read("tab");
    let line = tab.lines().find(|l| l.contains("shouqi") && !l.starts_with('#')).unwrap();
    assert!(said.contains(line) && line.starts_with("30 2 * * * "), "{said}");
    good(machine.shouqi(&odd, &install));
    assert_eq!(machine.read("tab"), tab, "twice is once");

    // As cron does it: the command ends at a bare %, and \% is %.
    let command = line.strip_prefix("30 2 * * * ").unwrap().replace("\\%", "%");
    good(machine.command("sh").arg("-c").arg(command).current_dir("/").output().unwrap());
    assert!(machine.read("logged").contains("汇总表.xlsx"), "{}", machine.read("logged"));
    assert!(odd.join("结果 1/汇总表.xlsx").is_file());

    good(machine.shouqi(&odd, &["schedule", "remove", "--kind", "cron"]));
    assert_eq!(machine.read("tab"), mine);
    assert!(good(machine.shouqi(&odd, &["schedule", "remove", "--kind", "cron"])).contains("没有装过"));
}

#[test]
fn a_crontab_that_cannot_be_read_is_not_written_over() {
    let (folder, machine) = (Folder::new(), Machine::new());
    machine.program("crontab", "test \"$1\" = -l && { echo 'cannot open spool' >&2; exit 1; }; cat > \"$HOME/tab\"");
    let output = machine.shouqi(folder.path(), &["schedule", "install", "--kind", "cron"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot open spool"));
    assert_eq!(machine.read("tab"), "");
}

#[test]
fn a_timer_of_systemd_comes_and_goes_and_a_refusal_leaves_nothing() {
    let (folder, machine) = (Folder::new(), Machine::new());
    let units = machine.home.path().join(".config/systemd/user");
    let count = || fs::read_dir(&units).map_or(0, Iterator::count);
    fs::write(machine.home.path().join("refuse"), "").unwrap();
    let install = ["schedule", "install", "--kind", "systemd"];
    assert_eq!(machine.shouqi(folder.path(), &install).status.code(), Some(1));
    assert_eq!(count(), 0, "half a timer is worse than none");
    fs::remove_file(machine.home.path().join("refuse")).unwrap();
    good(machine.shouqi(folder.path(), &install));
    good(machine.shouqi(folder.path(), &install));
    assert_eq!(count(), 2);
    assert!(machine.read("told").contains("enable shouqi-"), "{}", machine.read("told"));
    good(machine.shouqi(folder.path(), &["schedule", "remove", "--kind", "systemd"]));
    assert_eq!(count(), 0);
}

#[test]
fn what_somebody_else_put_there_is_left_alone() {
    let (folder, machine) = (Folder::new(), Machine::new());
    let install = ["schedule", "install", "--kind", "systemd"];
    good(machine.shouqi(folder.path(), &install));
    let units = machine.home.path().join(".config/systemd/user");
    let timer = fs::read_dir(&units).unwrap().map(|e| e.unwrap().path()).find(|p| p.extension().unwrap() == "timer");
    let timer = timer.unwrap();
    fs::write(&timer, "[Timer]\nOnCalendar=hourly\n").unwrap();
    for arguments in [&install[..], &["schedule", "remove", "--kind", "systemd"]] {
        assert_eq!(machine.shouqi(folder.path(), arguments).status.code(), Some(1));
        assert_eq!(fs::read_to_string(&timer).unwrap(), "[Timer]\nOnCalendar=hourly\n");
    }
}

#[test]
fn showing_does_nothing_and_wrong_options_are_told_by_day() {
    let (folder, machine) = (Folder::new(), Machine::new());
    for kind in ["systemd", "cron", "windows"] {
        let said = good(machine.shouqi(folder.path(), &["schedule", "show", "--kind", kind, "--at", "03:15"]));
        assert!(said.contains("什么也没有装"), "{said}");
    }
    assert_eq!((machine.read("tab"), machine.read("told")), (String::new(), String::new()));
    let wrong = machine.shouqi(folder.path(), &["schedule", "install", "--", "--jobz"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("--jobz"));
    assert_eq!(machine.shouqi(folder.path(), &["schedule", "show", "--at", "25:00"]).status.code(), Some(2));
}

#[test]
fn the_doctor_sees_what_is_installed() {
    let (folder, machine) = (Folder::new(), Machine::new());
    let said = good(machine.shouqi(folder.path(), &["doctor"]));
    assert!(said.contains("没有装") && said.contains("shouqi schedule install"), "{said}");
    good(machine.shouqi(folder.path(), &["schedule", "install", "--kind", "cron"]));
    let said = good(machine.shouqi(folder.path(), &["doctor"]));
    assert!(said.contains("已装（cron）"), "{said}");
}
