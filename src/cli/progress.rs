//! The bar: files, rate, time left. On a terminal only; scripts and schedulers see nothing of it.

use crate::model::message::{Lang, text};
use crate::pipeline::examined::Step;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::Duration;

/// The bar on standard error.
pub struct Progress(ProgressBar);

impl Progress {
    /// Not seen before the number of files is known.
    pub fn new(lang: Lang) -> Self {
        let bar = ProgressBar::with_draw_target(
            Some(0),
            if stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
        );
        // The template is a constant of the catalogue; where it does not parse the plain bar will do.
        bar.set_style(
            ProgressStyle::with_template(text("cli.progress", lang)).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Progress(bar)
    }

    /// Shows a step.
    pub fn step(&self, step: Step) {
        match step {
            Step::Found(files) => {
                self.0.set_length(files as u64);
                self.0.enable_steady_tick(Duration::from_millis(200));
            }
            Step::Examined => self.0.inc(1),
            Step::Judging => self.0.finish_and_clear(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
