//! `abide completions` and `abide man`: made from the command line's own description.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man as Page;

use super::session::{Failure, Form, Rules, Session};
use super::{Cli, Exit};
use crate::diagnostics::catalog;
use crate::host::{errors, library::shown, output};
use crate::syntax::Tests;

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
    script.extend_from_slice(names_in(args.shell).as_bytes());
    session.print_bytes(&script)?;
    Ok(Exit::Good)
}

/// What is added to a shell's script, so that it completes names of the library too: it asks `abide complete-ids`.
fn names_in(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("completions/names.bash"),
        Shell::Zsh => include_str!("completions/names.zsh"),
        Shell::Fish => include_str!("completions/names.fish"),
        // Their scripts complete verbs and options.
        _ => "",
    }
}

/// Print the names that begin so, one a line, for shells.
#[derive(Debug, clap::Args)]
pub(super) struct Ids {
    /// Names of what
    what: What,
    /// How they begin
    #[arg(default_value = "", allow_hyphen_values = true)]
    prefix: String,
    #[command(flatten)]
    rules: Rules,
}

/// Which names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Requirements.
    Requirement,
    /// Requirements, headings of the strategy and provisions: what `--only` takes.
    Only,
    /// Kinds of evidence: what `add` and `import --kind` take.
    Kind,
    /// Kinds of entities: what `init` takes.
    Entity,
    /// Whatever is declared.
    Any,
}

pub(super) fn ids(args: &Ids, session: &mut Session) -> Result<Exit, Failure> {
    // A shell shows what it is given: where the rules are broken, that is nothing.
    session.form = Form::Silent;
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    let names = &library.names;
    let mut all: Vec<&str> = match args.what {
        What::Requirement | What::Only | What::Any => names.requirements.keys().map(String::as_str).collect(),
        What::Kind => names.kinds.keys().map(String::as_str).collect(),
        What::Entity => library.vocabulary(library.entity_kinds).terms.iter().map(|t| t.name.as_str()).collect(),
    };
    if matches!(args.what, What::Only | What::Any) {
        all.extend(names.strategy.keys().chain(names.provisions.keys()).map(String::as_str));
    }
    if args.what == What::Any {
        all.extend(names.instruments.keys().chain(names.kinds.keys()).map(String::as_str));
        all.extend(names.vocabularies.keys().chain(names.facts.keys()).map(String::as_str));
        all.extend(library.parameters.iter().map(|p| p.name.as_str()));
        all.extend(catalog::all().map(|entry| entry.code.name()));
    }
    all.retain(|name| name.starts_with(&args.prefix));
    all.sort_unstable();
    all.dedup();
    session.print(&all.iter().map(|name| format!("{name}\n")).collect::<String>())?;
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
