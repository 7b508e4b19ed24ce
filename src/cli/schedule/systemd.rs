//! A systemd timer of the person's own (systemd.timer(5), systemd.service(5)).

use crate::cli::console::Stop;
use crate::cli::outside;
use crate::cli::schedule::job::{Job, Kind, Machine, Plan, failed, text_of};
use crate::msg;
use std::fs;
use std::path::PathBuf;

/// The scheduler.
pub const KIND: Kind = Kind { name: "systemd", plan, install, remove, is_installed };

fn plan(job: &Job, machine: &Machine) -> Plan {
    let texts =
        units(job, machine).into_iter().map(|(path, text)| (msg!("schedule.file", path.display().to_string()), text));
    let timer = format!("{}.timer", job.id());
    let systemctl = |words: &[&str]| ["systemctl", "--user"].iter().chain(words).map(ToString::to_string).collect();
    Plan {
        texts: texts.collect(),
        // Restarted, so that a timer that runs already learns of another time.
        commands: vec![systemctl(&["daemon-reload"]), systemctl(&["enable", &timer]), systemctl(&["restart", &timer])],
        notes: vec![msg!("schedule.systemd_linger", &machine.user), msg!("schedule.systemd_log", job.id())],
    }
}

fn units(job: &Job, machine: &Machine) -> [(PathBuf, String); 2] {
    let (marker, about) = (job.marker(), specifiers(&job.folder));
    // The first word is the program, in which `$` means nothing.
    let words: Vec<String> = std::iter::once(quoted(&job.program))
        .chain(job.arguments.iter().map(|word| quoted(word).replace('$', "$$")))
        .collect();
    let service = format!(
        "# {marker}\n[Unit]\nDescription=shouqi 收齐 「{about}」\n\n[Service]\nType=oneshot\nExecStart={}\n\
         # 3: done, but some files could not be read.\nSuccessExitStatus=3\nTimeoutStartSec=12h\nNice=10\n",
        words.join(" ")
    );
    let timer = format!(
        "# {marker}\n[Unit]\nDescription=shouqi 收齐 「{about}」\n\n[Timer]\nOnCalendar=*-*-* {}:00\n\
         # A night that the machine slept through is made up for.\nPersistent=true\nAccuracySec=1min\n\n\
         [Install]\nWantedBy=timers.target\n",
        job.at.format("%H:%M")
    );
    let path = |suffix: &str| machine.units.join(format!("{}.{suffix}", job.id()));
    [(path("service"), service), (path("timer"), timer)]
}

/// `%` is the sign of specifiers (systemd.unit(5)).
fn specifiers(text: &str) -> String {
    text.replace('%', "%%")
}

/// A word of a command line (systemd.service(5), COMMAND LINES).
fn quoted(word: &str) -> String {
    format!("\"{}\"", specifiers(word).replace('\\', "\\\\").replace('"', "\\\""))
}

fn install(job: &Job, machine: &Machine) -> Result<(), Stop> {
    let units = units(job, machine);
    let mut before = Vec::new();
    for (path, _) in &units {
        before.push((path, ours(job, path)?));
    }
    let written = units.iter().try_for_each(|(path, text)| write(path, text));
    let done = written.and_then(|()| plan(job, machine).commands.iter().try_for_each(|command| run(command)));
    if done.is_err() {
        // As it was: half a timer is worse than none.
        for (path, text) in before {
            let _ = text.map_or_else(|| fs::remove_file(path), |text| fs::write(path, text));
        }
        let _ = outside::run("systemctl", &["--user", "daemon-reload"], b"");
    }
    done
}

fn remove(job: &Job, machine: &Machine) -> Result<bool, Stop> {
    let mut there = false;
    for (path, _) in units(job, machine) {
        there |= ours(job, &path)?.is_some();
    }
    if !there {
        return Ok(false);
    }
    let words = ["systemctl", "--user", "disable", "--now", &format!("{}.timer", job.id())];
    run(&words.map(str::to_string))?;
    for (path, _) in units(job, machine) {
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(msg!("schedule.cannot_remove", path.display().to_string(), e.to_string())));
            }
            _ => {}
        }
    }
    run(&["systemctl", "--user", "daemon-reload"].map(str::to_string))?;
    Ok(true)
}

fn is_installed(job: &Job, machine: &Machine) -> Result<bool, Stop> {
    let [_, (timer, _)] = units(job, machine);
    Ok(ours(job, &timer)?.is_some())
}

/// The text of a unit that is there and ours.
fn ours(job: &Job, path: &std::path::Path) -> Result<Option<String>, Stop> {
    let shown = path.display().to_string();
    match text_of(path) {
        Ok(Some(text)) if !text.contains(&job.mark()) => Err(failed(msg!("schedule.not_ours", shown))),
        Ok(text) => Ok(text),
        Err(error) => Err(failed(msg!("cli.cannot_open", shown, error.to_string()))),
    }
}

fn write(path: &std::path::Path, text: &str) -> Result<(), Stop> {
    let waiting = path.with_extension("shouqi-new");
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&waiting, text))
        .and_then(|()| fs::rename(&waiting, path))
        .map_err(|e| failed(msg!("schedule.cannot_write", path.display().to_string(), e.to_string())))
}

fn run(command: &[String]) -> Result<(), Stop> {
    let shown = command.join(" ");
    let (program, arguments) = command.split_first().ok_or_else(|| failed(msg!("schedule.no_program", &shown)))?;
    match outside::run(program, arguments, b"") {
        Ok(ended) if ended.good => Ok(()),
        Ok(ended) => Err(failed(msg!("schedule.systemd_failed", shown, ended.said))),
        Err(error) => Err(failed(msg!("schedule.systemd_failed", shown, error.to_string()))),
    }
}
