//! `--metrics FILE`: a night in numbers, for the textfile collector of Prometheus' node_exporter (text exposition format
//! 0.0.4). The file is written whole beside its place and moved there, so that none is ever read half.

use crate::cli::args;
use crate::cli::console::{Console, Stop};
use crate::cli::folders;
use crate::msg;
use crate::pipeline::manifest::Manifest;
use crate::pipeline::order::Night;
use clap::ArgMatches;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A family of series: name, and what it tells.
type Family = (&'static str, &'static str);

const LAST_RUN: Family = ("shouqi_last_run_timestamp_seconds", "End of the last run, in seconds since 1970.");
const EXIT_STATUS: Family = (
    "shouqi_exit_status",
    "Exit status of the last run: 0 done, 3 done but some files could not be read, else failed.",
);
const LAST_SUCCESS: Family =
    ("shouqi_last_success_timestamp_seconds", "End of the last run that left results, in seconds since 1970.");
const FILES: Family = ("shouqi_files", "Files received, by what became of them.");
const UNREADABLE: Family = ("shouqi_files_unreadable", "Files that could not be read.");
const SCHOOLS: Family = ("shouqi_schools", "Schools by how they reported.");
const GAPS: Family = ("shouqi_gaps", "Rows of the sheet of gaps.");
const DURATION: Family = ("shouqi_duration_seconds", "How long each stage took.");

/// What the first line of such a file begins with.
const OURS: &str = "# HELP shouqi_";

/// Writes the numbers of a night that left results, or the exit status of one that did not: then everything else stays as
/// it was. A file that cannot be written is told, and is no failure of the night.
pub fn record(matches: &ArgMatches, night: Result<&Night, &Stop>, console: &Console) {
    let Some(file) = args::path_of(matches, "metrics") else { return };
    // The campaign's own id is not known where its folder is at fault; its path always is.
    let given = args::path_of(matches, "campaign");
    let folder = folders::campaign(given.clone()).ok().or(given).unwrap_or_else(|| PathBuf::from("."));
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    let manifest = night.map(|night| &night.manifest);
    if let Err(error) = write(&file, &folder, manifest, console.seconds_since_1970()) {
        console.warn(&msg!("cli.metrics_failed", file.display().to_string(), error.to_string()));
    }
}

fn write(file: &Path, campaign: &Path, night: Result<&Manifest, &Stop>, now: f64) -> io::Result<()> {
    let before = match fs::read_to_string(file) {
        Ok(text) if text.is_empty() || text.starts_with(OURS) => text,
        Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let text = text(&before, &campaign.to_string_lossy(), night.map_err(|stop| stop.status), now);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // The collector reads what ends in .prom, and so not this.
    let waiting = file.with_file_name(format!(".{name}.shouqi-new"));
    fs::write(&waiting, text).and_then(|()| fs::rename(&waiting, file))
}

/// The text of the file; `before` is what it held.
fn text(before: &str, campaign: &str, night: Result<&Manifest, u8>, now: f64) -> String {
    let status = match night {
        Ok(manifest) => manifest.exit_status,
        Err(status) => status,
    };
    let mut page = Page { campaign: escaped(campaign), text: String::new() };
    page.family(LAST_RUN, &[("", format!("{now:.0}"))]);
    page.family(EXIT_STATUS, &[("", status.to_string())]);
    let Ok(manifest) = night else {
        let retold = [LAST_RUN.0, EXIT_STATUS.0];
        let stays = |line: &&str| !retold.iter().any(|name| words(line).any(|word| word == *name));
        before.lines().filter(stays).for_each(|line| page.text += &format!("{line}\n"));
        return page.text;
    };
    let (counts, files, timings) = (&manifest.counts, &manifest.counts.files, &manifest.timings);
    page.family(LAST_SUCCESS, &[("", format!("{now:.0}"))]);
    page.family(
        FILES,
        &[
            ("status=\"used\"", files.used.to_string()),
            ("status=\"superseded\"", files.superseded.to_string()),
            ("status=\"duplicate\"", files.duplicate.to_string()),
            ("status=\"quarantined\"", files.quarantined.to_string()),
            ("status=\"ignored\"", files.ignored.to_string()),
        ],
    );
    page.family(UNREADABLE, &[("", counts.unreadable.to_string())]);
    page.family(
        SCHOOLS,
        &[
            ("status=\"on_time\"", counts.on_time.to_string()),
            ("status=\"late\"", counts.late.to_string()),
            ("status=\"missing\"", counts.missing.to_string()),
            ("status=\"not_required\"", counts.schools.saturating_sub(counts.must_report).to_string()),
        ],
    );
    page.family(GAPS, &[("", counts.gaps.to_string())]);
    let seconds = |ms: u64| format!("{}.{:03}", ms / 1000, ms % 1000);
    page.family(
        DURATION,
        &[
            ("stage=\"campaign\"", seconds(timings.campaign)),
            ("stage=\"intake\"", seconds(timings.intake)),
            ("stage=\"examine\"", seconds(timings.examine)),
            ("stage=\"judge\"", seconds(timings.judge)),
            ("stage=\"report\"", seconds(timings.report)),
        ],
    );
    page.text
}

struct Page {
    campaign: String,
    text: String,
}

impl Page {
    fn family(&mut self, (name, help): Family, series: &[(&str, String)]) {
        self.text += &format!("# HELP {name} {help}\n# TYPE {name} gauge\n");
        for (label, value) in series {
            let comma = if label.is_empty() { "" } else { "," };
            self.text += &format!("{name}{{campaign=\"{}\"{comma}{label}}} {value}\n", self.campaign);
        }
    }
}

/// A label's value.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::campaign::Campaign;
    use crate::model::findings::Balance;
    use crate::pipeline::manifest::Timings;
    use crate::pipeline::tallies::Tallies;

    fn night() -> Manifest {
        let files = Balance { received: 5, used: 3, quarantined: 2, ..Balance::default() };
        let counts = Tallies {
            schools: 4,
            must_report: 3,
            on_time: 2,
            missing: 1,
            files,
            unreadable: 2,
            gaps: 7,
            ..Tallies::default()
        };
        let timings = Timings { examine: 12_034, ..Timings::default() };
        let as_of = chrono::DateTime::parse_from_rfc3339("2020-10-20T08:00:00+08:00").unwrap();
        Manifest { timings, ..Manifest::new(&Campaign::default(), as_of, counts, 3) }
    }

    #[test]
    fn a_night_in_numbers() {
        insta::assert_snapshot!(text("", r#"/srv/扶贫日 "2020""#, Ok(&night()), 1_603_152_000.4));
    }

    #[test]
    fn a_failure_keeps_the_last_success_and_tells_its_status() {
        let good = text("", "/srv/a", Ok(&night()), 1_603_152_000.0);
        let bad = text(&good, "/srv/a", Err(1), 1_603_238_400.0);
        assert!(bad.contains("shouqi_exit_status{campaign=\"/srv/a\"} 1\n"), "{bad}");
        assert!(bad.contains("shouqi_last_run_timestamp_seconds{campaign=\"/srv/a\"} 1603238400\n"), "{bad}");
        assert!(bad.contains("shouqi_last_success_timestamp_seconds{campaign=\"/srv/a\"} 1603152000\n"), "{bad}");
        assert_eq!(bad.lines().count(), good.lines().count());
        assert_eq!(text(&bad, "/srv/a", Ok(&night()), 1_603_152_000.0), good);
    }
}
