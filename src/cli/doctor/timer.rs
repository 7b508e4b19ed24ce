//! Will the night be run by itself?

use crate::cli::doctor::check::{Case, Line, good, watch};
use crate::cli::schedule;
use crate::msg;
use std::path::Path;

/// The nightly job.
pub fn check(case: &Case<'_>) -> Vec<Line> {
    let kinds = match schedule::installed(case.folder) {
        Ok(kinds) => kinds,
        Err(stop) => {
            return stop.messages.into_iter().map(|what| watch(what, msg!("doctor.timer_remedy"))).collect();
        }
    };
    let mut lines = Vec::new();
    let there: Vec<&str> =
        kinds.iter().filter(|(_, there)| there.as_ref().is_ok_and(|there| *there)).map(|(name, _)| *name).collect();
    match there.as_slice() {
        [] => lines.push(watch(msg!("doctor.timer_none"), msg!("doctor.timer_remedy"))),
        [one] => lines.push(good(msg!("doctor.timer", *one))),
        [one, other, ..] => {
            lines.push(watch(msg!("doctor.timer_twice", *one, *other), msg!("doctor.timer_twice_remedy")))
        }
    }
    if there.contains(&"systemd") && !lingers() {
        lines.push(watch(msg!("doctor.linger"), msg!("doctor.linger_remedy")));
    }
    lines
}

/// Whether the person's timers run while nobody is logged in (logind.conf(5), loginctl(1) enable-linger).
fn lingers() -> bool {
    std::env::var_os("USER").is_some_and(|user| Path::new("/var/lib/systemd/linger").join(user).exists())
}
