//! How far a night is: a bar on a terminal; lines of the log where that is for programs. Schedulers see nothing else of it.

use crate::cli::console::{Console, Level};
use crate::model::message::text;
use crate::pipeline::examined::Step;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::{IsTerminal, stderr};
use std::time::Duration;

/// The bar on standard error, or the log.
pub struct Progress<'c> {
    bar: ProgressBar,
    console: &'c Console,
}

impl<'c> Progress<'c> {
    /// Not seen before the number of files is known.
    pub fn new(console: &'c Console) -> Self {
        let is_seen = stderr().is_terminal() && !console.is_log();
        let bar = ProgressBar::with_draw_target(
            Some(0),
            if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
        );
        // The template is a constant of the catalogue; where it does not parse the plain bar will do.
        bar.set_style(
            ProgressStyle::with_template(text("cli.progress", console.lang))
                .unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Progress { bar, console }
    }

    /// Shows a step.
    pub fn step(&self, step: Step) {
        match step {
            Step::Found(files) => {
                self.bar.set_length(files as u64);
                self.bar.enable_steady_tick(Duration::from_millis(200));
                self.console.log(Level::Info, "found", json!({ "files": files }));
            }
            Step::Examined => self.bar.inc(1),
            Step::Judging => {
                self.bar.finish_and_clear();
                self.console.log(Level::Info, "examined", json!({}));
            }
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
