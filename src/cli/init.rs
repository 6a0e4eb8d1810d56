//! `abide init`: a new bundle for an entity of a kind.

use std::io;
use std::path::PathBuf;

use super::Exit;
use super::session::{self, Failure, Rules, Session};
use crate::base::nearest;
use crate::host::library::shown;
use crate::host::{errors, output};
use crate::library::model::TermId;
use crate::scaffold;
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Examples:
  abide init airport             into this folder
  abide init air-carrier egnf    into the folder egnf
  abide explain entity-kind      which kinds of entities there are";

/// Begin a bundle: whom it is about, and for each kind of evidence a file that says what is asked, why, and how it is written. Nothing is overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// What the entity is, such as airport
    kind: String,
    /// The folder of the bundle; it is made when it is not there
    #[arg(default_value = ".")]
    folder: PathBuf,
    #[command(flatten)]
    rules: Rules,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    let kinds = &library.vocabulary(library.entity_kinds).terms;
    let Some(at) = kinds.iter().position(|t| t.name == args.kind) else {
        let near = nearest(&args.kind, kinds.iter().map(|t| t.name.as_str()));
        return Err(errors::no_entity_kind(&args.kind, near).into());
    };
    let kind = TermId(u32::try_from(at).unwrap_or(u32::MAX));
    let new = scaffold::start(&library, kind);
    if new.requirements == 0 {
        return Err(Failure::Usage(format!(
            "no requirement of these rules is meant for `{}`: there is nothing to show",
            args.kind
        )));
    }
    if args.folder.is_file() {
        let folder = shown(&args.folder);
        return Err(Failure::Usage(format!("`{folder}` is a file: name a folder, and it is made when it is not there")));
    }
    if session::holds_bundle(&args.folder) {
        let folder = shown(&args.folder);
        return Err(Failure::Usage(format!(
            "`{folder}` holds a bundle already, and nothing of it is overwritten: name another folder, or add to it with `abide add KIND`"
        )));
    }
    session::not_above_bundles(&args.folder)?;
    output::create(&args.folder, &new.files).map_err(|(path, error)| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let path = shown(&path);
            Failure::Usage(format!(
                "`{path}` is there already, and nothing is overwritten: nothing was written; name another folder"
            ))
        }
        _ => errors::unwritable_output(&shown(&path), &error.to_string()).into(),
    })?;
    let folder = shown(&args.folder);
    let title = kinds.get(at).map_or("", |t| t.title.as_str());
    session.print(&format!(
        "{title}: {} requirements read {} kinds of evidence.\n{} files written to {folder}. Nothing is claimed in them yet.\n\nNext\n  1. Read README.md there: it says where to begin.\n  2. Fill in bundle.yaml: your id, your name, the facts.\n  3. abide check {folder}\n",
        new.requirements,
        new.kinds,
        new.files.len(),
    ))?;
    Ok(Exit::Good)
}
