//! How far long work has come, on standard error; only where that is a terminal.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar, or nothing.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Starts at none of so many.
    #[must_use]
    pub fn new(of: usize, what: &str) -> Self {
        let bar = ProgressBar::new(of as u64);
        bar.set_draw_target(if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        });
        if let Ok(style) = ProgressStyle::with_template("{msg} {pos} of {len}, {eta} left") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Self(bar)
    }

    /// One more is done.
    pub fn step(&self) {
        self.0.inc(1);
    }

    /// All is done: the bar goes.
    pub fn finish(self) {
        self.0.finish_and_clear();
    }
}
