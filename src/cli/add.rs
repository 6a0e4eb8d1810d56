//! `abide add`: one more item in a bundle, with the fields of its kind, in the file where its like are.

use std::path::PathBuf;

use super::Exit;
use super::session::{self, Failure, Rules, Session};
use crate::base::nearest;
use crate::evidence::{Bundle, Folder, FolderError, Listing, ReadOptions, ReadOutcome, Reader};
use crate::host::library::shown;
use crate::host::{DiskFolder, errors, output};
use crate::library::model::{Common, KindId, TableId};
use crate::library::{Checked, Library};
use crate::scaffold;
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Examples:
  abide add training-record                      into the bundle in this folder
  abide add incident --into egnf --id INC-14     into another, with an id of your own
  abide explain training-record                  what its fields mean";

/// Add an item to a bundle, with the fields of its kind. What is needed is left blank for you to fill in; what may be missing is a comment.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The kind of evidence, such as training-record
    kind: String,
    /// The bundle: a folder, or one file
    #[arg(long, value_name = "BUNDLE", default_value = ".")]
    into: PathBuf,
    /// Its id (default: the kind and the next number that is free)
    #[arg(long)]
    id: Option<String>,
    #[command(flatten)]
    rules: Rules,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    let Some(kind) = library.names.kinds.get(&args.kind).copied() else {
        let near = nearest(&args.kind, library.names.kinds.keys().map(String::as_str));
        return Err(errors::no_evidence_kind(&args.kind, near).into());
    };
    session::not_above_bundles(&args.into)?;
    let options = ReadOptions::default();
    let folder = DiskFolder::open(&args.into, options.limits.file_bytes)?;
    let ReadOutcome { bundle, diagnostics, sources } = Reader::new(&library).read(&folder, &options);
    // Warnings are what `check` is for; a bundle that cannot be read is not added to.
    let bundle = bundle.ok_or(Failure::Diagnostics(diagnostics, sources))?;
    let adding = Adding {
        library: &library,
        bundle: &bundle,
        folder: &folder,
        kind,
        id: id(&library, &bundle, kind, args.id.as_deref())?,
    };
    let is_folder = args.into.is_dir();
    let (name, old, text) = match adding.to_a_file() {
        Some(found) => found,
        None if is_folder => adding.to_a_new_file(),
        None => {
            let message = format!(
                "`{}` is not written one item below the other, so nothing can be added to it: add it by hand, or put the bundle into a folder",
                shown(&args.into)
            );
            return Err(Failure::Usage(message));
        }
    };
    let path = if is_folder { args.into.join(&name) } else { args.into.clone() };
    let unwritable = |why: std::io::Error| Failure::from(errors::unwritable_output(&shown(&path), &why.to_string()));
    if old {
        output::write(&path, text.as_bytes()).map_err(unwritable)?;
    } else {
        output::create(&args.into, &[(name, text.clone())]).map_err(|(_, why)| unwritable(why))?;
    }
    let line = text.lines().position(|l| l.contains(&format!("- id: {}", adding.written_id()))).map_or(1, |at| at + 1);
    session.print(&format!("{} added: {}:{line}\n{}", adding.id, shown(&path), adding.needed()))?;
    Ok(Exit::Good)
}

/// An id that no item has.
fn id(library: &Library, bundle: &Bundle, kind: KindId, asked: Option<&str>) -> Result<String, Failure> {
    let kinds = || (0u32..).map(KindId).take(library.kinds.len());
    let taken = |id: &str| kinds().any(|k| (0..bundle.rows(TableId(k.0)).len).any(|row| bundle.item_id(k, row) == id));
    match asked {
        Some(id) if id.trim().is_empty() || id.chars().any(char::is_control) => {
            Err(Failure::Usage("an id is a text on one line, and not an empty one".to_owned()))
        }
        Some(id) if taken(id) => Err(Failure::Usage(format!("an item has the id `{id}` already: each has one of its own"))),
        Some(id) => Ok(id.to_owned()),
        None => {
            let name = &library.kind(kind).name;
            let free = (1u32..).map(|n| format!("{name}-{n}")).find(|id| !taken(id));
            free.ok_or_else(|| Failure::Usage("no id is free: name one with `--id`".to_owned()))
        }
    }
}

struct Adding<'a> {
    library: &'a Checked<Library>,
    bundle: &'a Bundle,
    folder: &'a DiskFolder,
    kind: KindId,
    id: String,
}

impl Adding<'_> {
    /// The id as a bundle writes it: quoted unless it is plainly a text.
    fn written_id(&self) -> String {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        let plain = self.id.starts_with(|c: char| c.is_ascii_alphabetic()) && self.id.chars().all(word);
        let reserved =
            matches!(self.id.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
        if plain && !reserved { self.id.clone() } else { serde_json::Value::from(self.id.as_str()).to_string() }
    }

    fn item(&self, indent: usize, names_kind: bool) -> String {
        scaffold::item(self.library, self.kind, &self.written_id(), indent, names_kind)
    }

    /// The keys under which such an item may stand.
    fn keys(&self) -> &'static [&'static str] {
        if self.kind == self.library.person { &["people", "evidence"] } else { &["evidence"] }
    }

    /// A file in which such items are, or that is called after them, with the new item; the first in which it can be done for sure.
    fn to_a_file(&self) -> Option<(String, bool, String)> {
        let name = &self.library.kind(self.kind).name;
        let mut files: Vec<(usize, &str, usize)> = Vec::new();
        for (at, tree) in self.bundle.trees.iter().enumerate() {
            let Some(source) = self.bundle.sources.get(crate::base::FileId(tree.file)) else { continue };
            let path = source.name();
            if !(path.ends_with(".yaml") || path.ends_with(".yml")) {
                continue;
            }
            let items = self.bundle.rows(TableId(self.kind.0)).nodes.iter().filter(|n| n.tree as usize == at).count();
            let stem = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or_default();
            let called = stem == name || (self.kind == self.library.person && stem == "people");
            let only = self.bundle.trees.len() == 1;
            if items > 0 || called || only {
                files.push((items, path, at));
            }
        }
        files.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        files.into_iter().find_map(|(_, path, at)| {
            let tree = self.bundle.trees.get(at)?;
            let old = self.bundle.sources.get(crate::base::FileId(tree.file))?.text();
            self.keys().iter().find_map(|key| {
                let text = scaffold::insert(old, tree, key, |indent| self.item(indent, *key == "evidence"))?;
                let read = self.read_with(path, &text)?;
                let new = read
                    .trees
                    .iter()
                    .find(|t| read.sources.get(crate::base::FileId(t.file)).is_some_and(|s| s.name() == path))?;
                scaffold::added_only((old, tree), (&text, new), key).then(|| (path.to_owned(), true, text))
            })
        })
    }

    /// A file of its own.
    fn to_a_new_file(&self) -> (String, bool, String) {
        let person = self.kind == self.library.person;
        let (stem, key) = if person { ("people", "people") } else { (self.library.kind(self.kind).name.as_str(), "evidence") };
        let names = (1u32..).map(|n| if n == 1 { format!("{stem}.yaml") } else { format!("{stem}-{n}.yaml") });
        let there = self.folder.files().files;
        let free = names.into_iter().find(|name| there.iter().all(|f| f.path != *name)).unwrap_or_else(|| format!("{stem}.yaml"));
        (free, false, format!("{key}:\n{}", self.item(2, !person)))
    }

    /// The bundle as it would be with another text in one file; nothing when it could not be read, or has not one more item.
    fn read_with(&self, path: &str, text: &str) -> Option<Bundle> {
        let folder = Changed { folder: self.folder, path, text };
        let read = Reader::new(self.library).read(&folder, &ReadOptions::default()).bundle?;
        let kinds = self.library.kinds.len();
        (read.items(kinds) == self.bundle.items(kinds) + 1).then_some(read)
    }

    /// What is left to fill in.
    fn needed(&self) -> String {
        let shape = self.library.table_of(self.kind);
        let columns =
            shape.columns.iter().skip(Common::ALL.len()).filter(|c| !c.optional && !c.name.contains('.')).map(|c| &c.name);
        let lists = shape.lists.iter().filter(|l| !l.optional).map(|l| &l.name);
        let names: Vec<String> = columns.chain(lists).map(|n| format!("`{n}`")).collect();
        if names.is_empty() {
            return "Nothing of it is needed; state what you know.\n".to_owned();
        }
        format!("To fill in: {}. Until then, `abide check` says what is missing.\n", names.join(", "))
    }
}

/// A folder with another text in one of its files.
struct Changed<'a> {
    folder: &'a DiskFolder,
    path: &'a str,
    text: &'a str,
}

impl Folder for Changed<'_> {
    fn files(&self) -> Listing {
        self.folder.files()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        if path == self.path { Ok(self.text.as_bytes().to_vec()) } else { self.folder.read(path) }
    }

    fn sha256(&self, path: &str) -> Result<[u8; 32], FolderError> {
        self.folder.sha256(path)
    }
}
