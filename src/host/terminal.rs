//! What the terminal can show. Output that does not go to a terminal never depends on the machine: 100 columns, no colour, all characters.

use std::io::IsTerminal;

use anstream::{AutoStream, ColorChoice};

use crate::report::Style;

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal that has them, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The width of output that does not go to a terminal.
pub const WIDTH: usize = 100;
const NARROWEST: usize = 40;
/// Lines longer than this are hard to read, however wide the window.
const WIDEST: usize = 140;

/// Whether somebody looks at standard output.
#[must_use]
pub fn is_watched() -> bool {
    std::io::stdout().is_terminal()
}

/// How standard output should look.
#[must_use]
pub fn standard_output(colour: Colour, width: Option<usize>) -> Style {
    let stream = std::io::stdout();
    style(stream.is_terminal(), AutoStream::choice(&stream), colour, width)
}

/// How standard error should look.
#[must_use]
pub fn standard_error(colour: Colour, width: Option<usize>) -> Style {
    let stream = std::io::stderr();
    style(stream.is_terminal(), AutoStream::choice(&stream), colour, width)
}

/// How a file should look: the same on every machine.
#[must_use]
pub fn file(width: Option<usize>) -> Style {
    Style { width: width.unwrap_or(WIDTH).max(NARROWEST), ..Style::default() }
}

fn style(terminal: bool, detected: ColorChoice, colour: Colour, width: Option<usize>) -> Style {
    let plain = file(width);
    let colour = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => !matches!(detected, ColorChoice::Never),
    };
    if !terminal {
        return Style { colour, ..plain };
    }
    let window = terminal_size::terminal_size().map_or(WIDTH, |(w, _)| usize::from(w.0).min(WIDEST));
    Style { width: width.unwrap_or(window).max(NARROWEST), colour, unicode: unicode(), ..Style::default() }
}

/// Whether the terminal says that it shows more than ASCII.
fn unicode() -> bool {
    if cfg!(windows) {
        return true;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|v| std::env::var(v).ok().filter(|v| !v.is_empty()));
    locale.is_some_and(|l| l.to_ascii_lowercase().replace('-', "").contains("utf8"))
}
