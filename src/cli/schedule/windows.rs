//! A task of the Windows Task Scheduler, by its XML ([MS-TSCH] 2.5, Task Scheduler Schema).

use crate::cli::console::Stop;
use crate::cli::outside;
use crate::cli::schedule::job::{Job, Kind, Machine, Plan, failed};
use crate::msg;
use quick_xml::escape::escape;
use std::fs;
use std::path::{Path, PathBuf};

/// The scheduler.
pub const KIND: Kind = Kind { name: "windows", plan, install, remove, is_installed };

fn plan(job: &Job, machine: &Machine) -> Plan {
    let file = file(job, machine);
    Plan {
        texts: vec![(msg!("schedule.task_file", file.display().to_string()), xml(job, machine).replace("\r\n", "\n"))],
        commands: vec![create(job, machine, &file)],
        notes: vec![msg!("schedule.windows_password", &machine.user)],
    }
}

fn file(job: &Job, machine: &Machine) -> PathBuf {
    machine.scratch.join(format!("{}.xml", job.id()))
}

fn create(job: &Job, machine: &Machine, file: &Path) -> Vec<String> {
    let file = file.display().to_string();
    // `/RP *`: schtasks asks for the password. Without one a task sees no network share, or runs only while its owner is
    // logged on, and at night nobody is.
    let words = ["schtasks", "/Create", "/F", "/TN", &job.id(), "/XML", &file, "/RU", &machine.user, "/RP", "*"];
    words.map(str::to_string).to_vec()
}

fn xml(job: &Job, machine: &Machine) -> String {
    let arguments: Vec<String> = job.arguments.iter().map(|word| quoted(word)).collect();
    let lines = [
        r#"<?xml version="1.0" encoding="UTF-16"?>"#.to_string(),
        r#"<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">"#.to_string(),
        format!("  <RegistrationInfo><Description>{}</Description></RegistrationInfo>", escape(job.marker())),
        "  <Triggers>".to_string(),
        "    <CalendarTrigger>".to_string(),
        format!("      <StartBoundary>2020-01-01T{}:00</StartBoundary>", job.at.format("%H:%M")),
        "      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>".to_string(),
        "    </CalendarTrigger>".to_string(),
        "  </Triggers>".to_string(),
        "  <Principals>".to_string(),
        r#"    <Principal id="Author">"#.to_string(),
        format!("      <UserId>{}</UserId>", escape(&machine.user)),
        "      <LogonType>Password</LogonType>".to_string(),
        "      <RunLevel>LeastPrivilege</RunLevel>".to_string(),
        "    </Principal>".to_string(),
        "  </Principals>".to_string(),
        "  <Settings>".to_string(),
        "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>".to_string(),
        "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>".to_string(),
        "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>".to_string(),
        "    <StartWhenAvailable>true</StartWhenAvailable>".to_string(),
        "    <WakeToRun>true</WakeToRun>".to_string(),
        "    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>".to_string(),
        "  </Settings>".to_string(),
        r#"  <Actions Context="Author">"#.to_string(),
        "    <Exec>".to_string(),
        format!("      <Command>{}</Command>", escape(&job.program)),
        format!("      <Arguments>{}</Arguments>", escape(arguments.join(" "))),
        "    </Exec>".to_string(),
        "  </Actions>".to_string(),
        "</Task>".to_string(),
    ];
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}

/// UTF-16, little end first, with its mark: the one encoding that schtasks takes on every Windows.
fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// A word as programs of Windows take their command line apart: backslashes count only before a quotation mark.
fn quoted(word: &str) -> String {
    if !word.is_empty() && !word.contains([' ', '\t', '"']) {
        return word.to_string();
    }
    let mut out = String::from('"');
    let mut backslashes = 0;
    for c in word.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => out.extend(std::iter::repeat_n('\\', backslashes + 1)),
            _ => {}
        }
        if c != '\\' {
            backslashes = 0;
        }
        out.push(c);
    }
    out.extend(std::iter::repeat_n('\\', backslashes));
    out.push('"');
    out
}

fn install(job: &Job, machine: &Machine) -> Result<(), Stop> {
    is_installed(job, machine)?;
    let file = file(job, machine);
    fs::write(&file, utf16(&xml(job, machine)))
        .map_err(|e| failed(msg!("schedule.cannot_write", file.display().to_string(), e.to_string())))?;
    let command = create(job, machine, &file);
    let ended = outside::run_asking("schtasks", command.get(1..).unwrap_or_default());
    // It has done its duty; what stays behind in the folder of scratch files does no harm.
    let _ = fs::remove_file(&file);
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(msg!("schedule.windows_failed", status.to_string()))),
        Err(error) => Err(failed(msg!("schedule.windows_failed", error.to_string()))),
    }
}

fn remove(job: &Job, machine: &Machine) -> Result<bool, Stop> {
    if !is_installed(job, machine)? {
        return Ok(false);
    }
    match outside::run("schtasks", &["/Delete", "/F", "/TN", &job.id()], b"") {
        Ok(ended) if ended.good => Ok(true),
        Ok(ended) => Err(failed(msg!("schedule.windows_failed", ended.said))),
        Err(error) => Err(failed(msg!("schedule.windows_failed", error.to_string()))),
    }
}

/// # Errors
/// Where a task of that name is somebody else's.
fn is_installed(job: &Job, _: &Machine) -> Result<bool, Stop> {
    let ended = outside::run("schtasks", &["/Query", "/XML", "/TN", &job.id()], b"")
        .map_err(|e| failed(msg!("schedule.windows_failed", e.to_string())))?;
    // The console's code page may garble the folder's name, but not these letters; nor do nulls of UTF-16 between them count.
    let text: String = ended.out.iter().filter(|b| **b != 0).map(|b| char::from(*b)).collect();
    match (ended.good, text.contains(&job.mark())) {
        (true, false) => Err(failed(msg!("schedule.not_ours", job.id()))),
        (is_there, _) => Ok(is_there),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_apart_again_as_they_were() {
        assert_eq!(quoted("run"), "run");
        assert_eq!(quoted(""), "\"\"");
        assert_eq!(quoted(r"D:\活动 2020"), "\"D:\\活动 2020\"");
        assert_eq!(quoted(r"D:\活动 2020\"), "\"D:\\活动 2020\\\\\"");
        assert_eq!(quoted(r#"a\"b"#), r#""a\\\"b""#);
    }

    #[test]
    fn the_file_begins_with_the_mark_of_utf16() {
        assert_eq!(utf16("<收"), [0xFF, 0xFE, b'<', 0, 0x36, 0x65]);
    }
}
