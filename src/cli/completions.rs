//! `abide completions` and `abide man`: made from the command line's own description.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man as Page;

use super::session::{Failure, Session};
use super::{Cli, Exit};
use crate::host::{errors, library::shown, output};

/// Write shell completions.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  abide completions bash > /etc/bash_completion.d/abide")]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

/// Write the manual pages: the main one, or all of them into a folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  abide man | man -l -\n  abide man --folder /usr/local/share/man/man1")]
pub(super) struct Man {
    /// Write a page for every verb into this folder
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Completions, session: &mut Session) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "abide", &mut script);
    session.print_bytes(&script)?;
    Ok(Exit::Good)
}

pub(super) fn man(args: &Man, session: &mut Session) -> Result<Exit, Failure> {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = &args.folder else {
        session.print_bytes(&page("abide", command).map_err(Failure::Output)?)?;
        return Ok(Exit::Good);
    };
    let verbs: Vec<_> = command.get_subcommands().map(|verb| (format!("abide-{}", verb.get_name()), verb.clone())).collect();
    for (name, command) in std::iter::once(("abide".to_owned(), command)).chain(verbs) {
        let path = folder.join(format!("{name}.1"));
        let written = page(&name, command).and_then(|text| output::write(&path, &text));
        written.map_err(|e| errors::unwritable_output(&shown(&path), &e.to_string()))?;
        session.print(&format!("{}\n", shown(&path)))?;
    }
    Ok(Exit::Good)
}

fn page(name: &str, command: clap::Command) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    Page::new(command).title(name).render(&mut text)?;
    Ok(text)
}
