//! A line in the person's crontab (crontab(5)), between two lines that say whose it is.

use crate::cli::console::Stop;
use crate::cli::outside;
use crate::cli::schedule::job::{Job, Kind, Machine, Plan, failed};
use crate::msg;
use std::io::ErrorKind;

/// The scheduler.
pub const KIND: Kind = Kind { name: "cron", plan, install, remove, is_installed };

fn plan(job: &Job, _: &Machine) -> Plan {
    let text = block(job).iter().map(|line| format!("{line}\n")).collect();
    Plan {
        texts: vec![(msg!("schedule.crontab"), text)],
        commands: vec![vec!["crontab".to_string(), "-".to_string()]],
        notes: vec![msg!("schedule.cron_missed"), msg!("schedule.cron_log")],
    }
}

/// The lines of the entry. What the program says goes to the system's log: few machines have mail for cron to send.
fn block(job: &Job) -> [String; 3] {
    let words: Vec<String> = std::iter::once(&job.program).chain(&job.arguments).map(|word| quoted(word)).collect();
    // An unescaped `%` ends the command for cron, whatever the shell's quotes say.
    let command = words.join(" ").replace('%', "\\%");
    let (begin, end) = fence(job);
    [begin, format!("{} * * * {command} 2>&1 | logger -t shouqi", job.at.format("%-M %-H")), end]
}

fn fence(job: &Job) -> (String, String) {
    (format!("# >>> {}", job.marker()), format!("# <<< {}", job.marker()))
}

/// A word for the shell that cron calls (POSIX Shell Command Language 2.2.2).
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '=' | ',' | ':');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn install(job: &Job, _: &Machine) -> Result<(), Stop> {
    let (before, _) = without(job, &crontab()?)?;
    let block: String = block(job).iter().map(|line| format!("{line}\n")).collect();
    write([before.as_slice(), block.as_bytes()].concat())
}

fn remove(job: &Job, _: &Machine) -> Result<bool, Stop> {
    let (without, was_there) = without(job, &crontab()?)?;
    if was_there {
        write(without)?;
    }
    Ok(was_there)
}

fn is_installed(job: &Job, _: &Machine) -> Result<bool, Stop> {
    Ok(without(job, &crontab()?)?.1)
}

/// A crontab without the entry of this folder, every other byte of it kept; and whether it had one.
///
/// # Errors
/// Where an entry has no end: somebody has edited it, and what else belongs to it cannot be told.
fn without(job: &Job, crontab: &[u8]) -> Result<(Vec<u8>, bool), Stop> {
    let (begin, end) = fence(job);
    let (mut kept, mut inside, mut found) = (Vec::new(), false, false);
    for line in crontab.split_inclusive(|b| *b == b'\n') {
        let text = line.trim_ascii();
        if text == begin.as_bytes() {
            (inside, found) = (true, true);
        }
        if !inside {
            kept.extend_from_slice(line);
        }
        if text == end.as_bytes() {
            inside = false;
        }
    }
    if inside {
        return Err(failed(msg!("schedule.cron_torn", begin, end)));
    }
    if kept.last().is_some_and(|b| *b != b'\n') {
        kept.push(b'\n');
    }
    Ok((kept, found))
}

/// The person's crontab; empty where there is none yet. Any other refusal is an error: writing would lose what is there.
fn crontab() -> Result<Vec<u8>, Stop> {
    match outside::run("crontab", &["-l"], b"") {
        Ok(ended) if ended.good => Ok(ended.out),
        Ok(ended) if ["no crontab", "No such file"].iter().any(|none| ended.said.contains(none)) => Ok(Vec::new()),
        Ok(ended) => Err(failed(msg!("schedule.cron_failed", ended.said))),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(failed(msg!("schedule.no_program", "crontab"))),
        Err(error) => Err(failed(msg!("schedule.cron_failed", error.to_string()))),
    }
}

fn write(crontab: Vec<u8>) -> Result<(), Stop> {
    match outside::run("crontab", &["-"], &crontab) {
        Ok(ended) if ended.good => Ok(()),
        Ok(ended) => Err(failed(msg!("schedule.cron_failed", ended.said))),
        Err(error) => Err(failed(msg!("schedule.cron_failed", error.to_string()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveTime;

    fn job(folder: &str) -> Job {
        let at = NaiveTime::from_hms_opt(2, 0, 0).unwrap();
        Job {
            program: "/usr/bin/shouqi".into(),
            arguments: vec!["run".into(), folder.into()],
            folder: folder.into(),
            at,
        }
    }

    #[test]
    fn only_the_entry_of_this_folder_goes_and_everything_else_stays_byte_for_byte() {
        let (one, other) = (job("/srv/扶贫日"), job("/srv/防溺水"));
        let entry = |job: &Job| block(job).join("\n");
        let crontab = format!("# \u{9}mine\n{}\n0 3 * * * backup\n{}\nlast", entry(&one), entry(&other));
        let (left, was_there) = without(&one, crontab.as_bytes()).unwrap();
        assert!(was_there);
        let left = String::from_utf8(left).unwrap();
        assert_eq!(left, format!("# \u{9}mine\n0 3 * * * backup\n{}\nlast\n", entry(&other)));
        assert_eq!(without(&one, left.as_bytes()).unwrap(), (left.clone().into_bytes(), false));
        assert_eq!(without(&one, b"\xff legacy\n").unwrap(), (b"\xff legacy\n".to_vec(), false));
    }

    #[test]
    fn an_entry_without_its_end_is_not_guessed_at() {
        let one = job("/srv/扶贫日");
        let torn = format!("{}\n0 3 * * * backup\n", fence(&one).0);
        assert!(without(&one, torn.as_bytes()).is_err());
    }
}
