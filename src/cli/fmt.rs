//! `abide fmt`: formats rule files. A file with errors stays as it is.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::Exit;
use super::session::{Failure, Session};
use crate::base::{Source, Sources};
use crate::diagnostics::Diagnostic;
use crate::host::{errors, library, output};

/// Format rule files in place.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  abide fmt                    all rule files below this folder\n  abide fmt --check rules/     only say which are not formatted\n  abide fmt - < old > new      standard input to standard output"
)]
pub(super) struct Args {
    /// Files and folders (default: this folder); `-` for standard input
    path: Vec<PathBuf>,
    /// Write nothing; name the files that are not formatted, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    if args.path == [PathBuf::from("-")] {
        return standard_input(args.check, session);
    }
    let here = [PathBuf::from(".")];
    let paths = if args.path.is_empty() { &here[..] } else { &args.path };
    let mut texts = Vec::new();
    for path in paths {
        let mut files = Vec::new();
        library::rule_files(path, &mut files)
            .map_err(|(path, why)| errors::unreadable_rules(&library::shown(&path), &why.to_string()))?;
        if files.is_empty() {
            return Err(errors::no_rules(&library::shown(path)).into());
        }
        let mut diagnostics = Vec::new();
        for file in files {
            texts.extend(library::in_path(&file, &mut diagnostics).into_iter().map(|source| (file.clone(), source)));
        }
        if !diagnostics.is_empty() {
            return Err(Failure::Diagnostics(diagnostics, Sources::default()));
        }
    }
    let mut exit = Exit::Good;
    for (path, source) in texts {
        match crate::format::format(source.text()) {
            Err(diagnostics) => {
                show(session, diagnostics, source);
                exit = Exit::Unable;
            }
            Ok(formatted) if formatted == source.text() => {}
            Ok(_) if args.check => {
                session.print(&format!("not formatted: {}\n", source.name()))?;
                exit = if exit == Exit::Good { Exit::Bad } else { exit };
            }
            Ok(formatted) => write(&path, &formatted, session)?,
        }
    }
    Ok(exit)
}

fn write(path: &Path, formatted: &str, session: &mut Session) -> Result<(), Failure> {
    output::write(path, formatted.as_bytes()).map_err(|e| errors::unwritable_output(&library::shown(path), &e.to_string()))?;
    session.print(&format!("formatted: {}\n", library::shown(path)))
}

fn standard_input(check: bool, session: &mut Session) -> Result<Exit, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).map_err(|e| errors::unreadable_rules("standard input", &e.to_string()))?;
    match crate::format::format(&text) {
        Err(diagnostics) => {
            show(session, diagnostics, Source::new("standard input", text));
            Ok(Exit::Unable)
        }
        Ok(formatted) if check => {
            if formatted == text {
                return Ok(Exit::Good);
            }
            session.print("not formatted: standard input\n")?;
            Ok(Exit::Bad)
        }
        Ok(formatted) => {
            session.print(&formatted)?;
            Ok(Exit::Good)
        }
    }
}

/// The formatter reads one text: its places are of the only file there is.
fn show(session: &mut Session, diagnostics: Vec<Diagnostic>, source: Source) {
    let mut sources = Sources::default();
    sources.add(source);
    session.show(&diagnostics, &sources);
}
