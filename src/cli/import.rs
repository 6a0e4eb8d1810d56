//! `abide import`: from a spreadsheet somebody keeps to a table of a bundle. Guesses, says how sure it is, writes the guess down, and tries it.
//!
//! What a file is, is decided in [`filled_in`] and [`open`], before anything is guessed: a checklist that comes back, a workbook, a CSV text.

use std::path::{Path, PathBuf};

use super::Exit;
use super::checklist;
use super::session::{self, Failure, OwnPolicies, Rules, Session};
use crate::assess;
use crate::base::{Sources, nearest};
use crate::checklist::{MARKER, Marker};
use crate::diagnostics::render::clean;
use crate::diagnostics::{Diagnostic, Severity, catalog};
use crate::evidence::{MemoryFolder, Overlay, ReadOptions, Reader, table_paths, workbook_problem};
use crate::host::library::shown;
use crate::host::output::{self, Put};
use crate::host::{DiskFolder, errors};
use crate::import::{self, About, Outcome};
use crate::library::model::KindId;
use crate::library::{Checked, Library};
use crate::sheet::{self, Encoding, Most, Problem, Sheet, Workbook};
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Examples:
  abide import training.xlsx                              say what it is taken for, and write training.mapping.txt
  abide import training.xlsx --mapping training.mapping.txt --into .
                                                          as that file says, into the bundle in this folder
  abide import register.csv --kind training-record --into egnf
                                                          guess, and put it into a bundle at once

  abide import checklist.xlsx --into .                    what somebody filled in, into checklist.yaml of the bundle

Nothing is asked and nothing is overwritten. Exit codes: 0 every cell can be read, 1 some cannot, 2 it could not be done";

/// More diagnostics than that are told together where they say the same.
const DRAWN: usize = 8;

/// Take a spreadsheet into a bundle: say what its columns are taken for, write that down, and try it.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The spreadsheet: .xlsx, .xlsm or CSV
    file: PathBuf,
    /// What its rows are: an evidence kind (default: what fits best)
    #[arg(long, value_name = "KIND", conflicts_with = "mapping")]
    kind: Option<String>,
    /// Only this sheet (default: every visible one that fits a kind)
    #[arg(long, value_name = "NAME", conflicts_with = "mapping")]
    sheet: Option<String>,
    /// Guess nothing: read it as this mapping file says
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Put the table and its mapping into this bundle, when every cell can be read
    #[arg(long, value_name = "BUNDLE")]
    into: Option<PathBuf>,
    /// Where to write the mapping file (default: NAME.mapping.txt in this folder, or the bundle alone with --into)
    #[arg(long, short, value_name = "FILE", conflicts_with = "mapping")]
    output: Option<PathBuf>,
    /// Write nothing: only say what it is taken for
    #[arg(long, conflicts_with_all = ["into", "output", "overwrite"])]
    show: bool,
    /// Replace files that are there
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    rules: Rules,
}

/// A spreadsheet, read.
struct Opened {
    sheets: Vec<Sheet>,
    /// What was left out, and what deserves to be known.
    notes: Vec<String>,
    /// What goes into a bundle: the file itself, or its text as UTF-8.
    stored: Vec<u8>,
    /// What stands between the cells of a CSV text.
    delimiter: Option<u8>,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    let kind = args.kind.as_deref().map(|name| kind_named(&library, name)).transpose()?;
    let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = checklist::bytes(&args.file)?;
    let told = args.kind.is_none() && args.sheet.is_none() && args.mapping.is_none();
    if let Some(filled) = Some(&bytes).filter(|_| told).map(|bytes| filled_in(bytes, &shown(&args.file))).transpose()?.flatten() {
        return take_back(args, session, &library, &filled);
    }
    let opened = open(bytes, &shown(&args.file), args.sheet.as_deref())?;
    let stem = stem(&name);
    let usual = format!("tables/{stem}.{}", if opened.delimiter.is_some() { "csv" } else { extension(&name) });
    let (mapping, from) = match &args.mapping {
        Some(path) => stated(path, usual)?,
        None => {
            let about = About { name: &name, kind, delimiter: opened.delimiter };
            let outcomes: Vec<Outcome> = opened.sheets.iter().map(|sheet| import::guess(&library, sheet, about)).collect();
            let told = import::told(&library, &name, &outcomes, session.style().look().columns());
            say(session, &told)?;
            for note in &opened.notes {
                let width = session.style().look().columns();
                say(session, &format!("\n{}\n", textwrap::fill(note, width)))?;
            }
            if outcomes.iter().all(|o| matches!(o, Outcome::LeftAlone { .. })) {
                session.note("\nNothing was written: no sheet could be taken for records.");
                return Ok(Exit::Bad);
            }
            (import::mapping(&library, &name, &usual, &outcomes), usual)
        }
    };
    let trial = Trial {
        library: &library,
        mapping: &mapping,
        from: &from,
        mapping_path: format!("tables/{stem}.yaml"),
        stored: &opened.stored,
    };
    let good = tried(args, session, &trial)?;
    delivered(args, session, &trial, &stem, good)
}

/// The kind that was asked for.
fn kind_named(library: &Library, name: &str) -> Result<KindId, Failure> {
    library.names.kinds.get(name).copied().ok_or_else(|| {
        let near = nearest(name, library.names.kinds.keys().map(String::as_str));
        errors::unknown_id(name, "evidence kind", near).into()
    })
}

/// The sheets of a workbook that is a checklist, and what it was made from.
fn filled_in(bytes: &[u8], name: &str) -> Result<Option<(Vec<crate::checklist::Sheet>, Marker)>, Failure> {
    let is_marked = sheet::looks_like_one(bytes)
        && Workbook::open(bytes, Most::default()).is_ok_and(|book| book.tabs.iter().any(|tab| tab.name == MARKER));
    if !is_marked {
        return Ok(None);
    }
    let sheets = checklist::open(bytes, name)?;
    Ok(Marker::of(&sheets).map(|marker| (sheets, marker)))
}

/// Takes a checklist back into its bundle, as `export --back` does.
fn take_back(
    args: &Args,
    session: &mut Session,
    library: &Checked<Library>,
    (sheets, marker): &(Vec<crate::checklist::Sheet>, Marker),
) -> Result<Exit, Failure> {
    let file = shown(&args.file);
    let what = format!(
        "{file} is the checklist of {} for {}, as `abide export` writes it.",
        clean::line(&marker.entity),
        clean::line(&marker.date)
    );
    let Some(folder) = args.into.as_deref().filter(|_| !args.show) else {
        say(session, &format!("{what}\nWhat was filled in is taken back with `abide import {file} --into BUNDLE`.\n"))?;
        return Ok(Exit::Good);
    };
    say(session, &format!("{what}\n"))?;
    let policies = session.policies(&OwnPolicies::default())?;
    let bundle = session.bundle(library, folder, None, None)?;
    let date = session::assessment_date(None, &bundle)?;
    let assessment = assess::assess(library, &bundle, date, &policies);
    checklist::take_back(session, library, &bundle, &assessment, &checklist::Filled { sheets, folder })
}

/// Decides what a file is, and reads the sheets that are meant.
fn open(bytes: Vec<u8>, name: &str, wanted: Option<&str>) -> Result<Opened, Failure> {
    let problem = |problem: &Problem| Failure::from(workbook_problem(name, problem));
    if !sheet::looks_like_one(&bytes) {
        // What is called a workbook and is no text either was one once.
        let damaged = is_called_workbook(name) && sheet::decode(&bytes).is_err();
        return if damaged {
            Err(problem(&Problem::Damaged("it does not begin as a workbook does".to_owned())))
        } else {
            text(bytes, name, wanted)
        };
    }
    let (mut sheets, mut notes) = (Vec::new(), Vec::new());
    let mut workbook = Workbook::open(&bytes, Most::default()).map_err(|p| problem(&p))?;
    if workbook.macros {
        notes.push("The workbook holds macros. They are not run: cells count as they were last saved.".to_owned());
    }
    for tab in workbook.tabs.clone() {
        match wanted {
            Some(wanted) if wanted != tab.name => {}
            None if !tab.visible => {
                notes.push(format!("Sheet {} is hidden and was left alone: name it with `--sheet` if it is meant.", tab.name))
            }
            _ => sheets.push(workbook.read(&tab.name).map_err(|p| problem(&p))?),
        }
    }
    if let (Some(_), true) = (wanted, sheets.is_empty()) {
        return Err(problem(&Problem::NoSheet(workbook.tabs.iter().map(|t| t.name.clone()).collect())));
    }
    drop(workbook);
    Ok(Opened { sheets, notes, stored: bytes, delimiter: None })
}

/// A CSV text.
fn text(bytes: Vec<u8>, name: &str, wanted: Option<&str>) -> Result<Opened, Failure> {
    if wanted.is_some() {
        return Err(Failure::Usage(format!("`{name}` is no workbook and has no sheets: leave out `--sheet`")));
    }
    let decoded = sheet::decode(&bytes).map_err(|problem| Failure::from(errors::no_text(name, problem)))?;
    let mut notes = Vec::new();
    let stored = match decoded.encoding {
        Encoding::Utf8 => bytes,
        Encoding::Utf16 => {
            notes.push("The file is UTF-16 text. In a bundle it is kept as UTF-8.".to_owned());
            decoded.text.clone().into_bytes()
        }
        Encoding::Windows1252 => {
            notes.push(format!(
                "The file is not UTF-8 (first seen on line {}). It was read as Windows-1252, as older spreadsheets write: look at names with accents and at currency signs. In a bundle it is kept as UTF-8.",
                decoded.line
            ));
            decoded.text.clone().into_bytes()
        }
    };
    let delimiter = import::delimiter(&decoded.text);
    Ok(Opened { sheets: vec![Sheet::csv(decoded.text, delimiter)], notes, stored, delimiter: Some(delimiter) })
}

/// A mapping file, and the path it gives the table.
fn stated(path: &Path, usual: String) -> Result<(String, String), Failure> {
    let bytes = checklist::bytes(path)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Usage(format!("the mapping file `{}` is not UTF-8 text: save it as UTF-8", shown(path))))?;
    let mut paths = table_paths(&text);
    paths.sort();
    paths.dedup();
    match paths.as_slice() {
        [] => Ok((text, usual)),
        [one] => Ok((text.clone(), one.clone())),
        many => Err(Failure::Usage(format!(
            "the mapping file `{}` is of {} files ({}), and one is imported at a time",
            shown(path),
            many.len(),
            many.join(", ")
        ))),
    }
}

/// A mapping and its table, as they would stand in a bundle.
struct Trial<'a> {
    library: &'a Checked<Library>,
    mapping: &'a str,
    mapping_path: String,
    from: &'a str,
    stored: &'a [u8],
}

/// Reads the table as a bundle would, and says what is wrong. Whether nothing is.
fn tried(args: &Args, session: &mut Session, trial: &Trial<'_>) -> Result<bool, Failure> {
    let mine = [(trial.mapping_path.clone(), trial.mapping.as_bytes().to_vec()), (trial.from.to_owned(), trial.stored.to_vec())];
    let reader = Reader::new(trial.library);
    let options = ReadOptions::default();
    let alone = format!("abide: 1\nentity: {{ id: import, kind: {} }}\n", first_kind(trial.library));
    let outcome = match &args.into {
        Some(bundle) => {
            let disk = DiskFolder::open(bundle, options.limits.file_bytes)?;
            if disk.only().is_some() {
                return Err(Failure::Usage(format!("`{}` is a file: --into needs the folder of a bundle", shown(bundle))));
            }
            reader.read(&Overlay { under: &disk, over: MemoryFolder::new(mine) }, &options)
        }
        None => {
            reader.read(&MemoryFolder::new(mine.into_iter().chain([("bundle.yaml".to_owned(), alone.into_bytes())])), &options)
        }
    };
    let is_mine = |d: &Diagnostic| {
        let file = d.at.as_ref().and_then(|at| outcome.sources.get(at.span.file)).map(|s| s.name());
        file.is_some_and(|name| name == trial.from || name == trial.mapping_path)
    };
    // Whether the people of a register are in the bundle can only be said where there is a bundle.
    let dangling = catalog::evidence::DANGLING_REFERENCE;
    let (own, others): (Vec<Diagnostic>, Vec<Diagnostic>) = outcome.diagnostics.into_iter().partition(is_mine);
    let (own, unmet): (Vec<Diagnostic>, Vec<Diagnostic>) =
        own.into_iter().partition(|d| args.into.is_some() || d.code != dangling);
    let sources = renamed(&outcome.sources, args, trial);
    let errors = own.iter().filter(|d| d.severity() == Severity::Error).count();
    session.print("\n")?;
    if own.len() > DRAWN {
        let width = session.style().look().columns();
        say(session, &by_message(&own, &sources, width))?;
    } else {
        session.show(&own, &sources);
    }
    let warnings = own.len() - errors;
    say(session, &verdict(errors, warnings, unmet.len(), args.into.is_some()))?;
    let other_errors = others.iter().filter(|d| d.severity() == Severity::Error).count();
    if args.into.is_some() && other_errors > 0 {
        let others = if other_errors == 1 { "1 other error".to_owned() } else { format!("{other_errors} other errors") };
        say(session, &format!("The bundle has {others}, which `abide check` shows.\n"))?;
    }
    Ok(errors == 0)
}

/// Many diagnostics: each message once, with every place that it is of.
fn by_message(diagnostics: &[Diagnostic], sources: &Sources, width: usize) -> String {
    let mut groups: Vec<(&Diagnostic, Vec<String>)> = Vec::new();
    for d in diagnostics {
        let address = d.at.as_ref().and_then(|at| Some(sources.get(at.span.file)?.address(at.span.start)));
        match groups.iter_mut().find(|(first, _)| first.code == d.code && first.message == d.message) {
            Some((_, places)) => places.extend(address),
            None => groups.push((d, address.into_iter().collect())),
        }
    }
    let mut out = String::new();
    for (first, places) in groups {
        let file = first.at.as_ref().and_then(|at| sources.get(at.span.file)).map_or("", |s| s.name());
        out.push_str(&format!("{}[{}]: {}\n", first.severity().word(), first.code, first.message));
        let head = if places.len() > 1 { format!("{} places in {file}: ", places.len()) } else { format!("{file}:") };
        out.push_str(&fill(&format!("{head}{}", places.join(", ")), width));
        if let Some(help) = &first.help {
            out.push_str(&fill(&format!("help: {help}"), width));
        }
    }
    out.push('\n');
    out
}

/// A text in indented lines.
fn fill(text: &str, width: usize) -> String {
    let options = textwrap::Options::new(width).initial_indent("  ").subsequent_indent("    ").break_words(false);
    textwrap::fill(text, options) + "\n"
}

fn verdict(errors: usize, warnings: usize, unmet: usize, into: bool) -> String {
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut text = match errors {
        0 => "Every cell that is mapped can be read.\n".to_owned(),
        n => format!("{} above: these cells cannot be read as mapped.\n", count(n, "error", "errors")),
    };
    if warnings > 0 {
        text.push_str(&format!("{} above: they do not stop anything.\n", count(warnings, "warning", "warnings")));
    }
    if unmet > 0 && !into {
        // Of one table no more than a thousand are told.
        let cells =
            if unmet > 1_000 { "More than 1,000 cells refer".to_owned() } else { count(unmet, "cell refers", "cells refer") };
        text.push_str(&format!("{cells} to people or things that are not in this file; --into checks them against a bundle.\n"));
    }
    text
}

/// The texts under the names that were given on the command line.
fn renamed(sources: &Sources, args: &Args, trial: &Trial<'_>) -> Sources {
    let mut renamed = Sources::default();
    for (_, source) in sources.iter() {
        let name = match (&args.mapping, source.name()) {
            (_, name) if name == trial.from => shown(&args.file),
            (Some(mapping), name) if name == trial.mapping_path => shown(mapping),
            (None, name) if name == trial.mapping_path => "the proposed mapping".to_owned(),
            (_, name) => name.to_owned(),
        };
        renamed.add(source.rewritten(name, source.text()));
    }
    renamed
}

/// Writes what there is to write.
fn delivered(args: &Args, session: &mut Session, trial: &Trial<'_>, stem: &str, good: bool) -> Result<Exit, Failure> {
    let exit = if good { Exit::Good } else { Exit::Bad };
    if args.show {
        return Ok(exit);
    }
    let written = match (&args.mapping, &args.output, &args.into) {
        (Some(path), ..) => Some(path.clone()),
        (None, None, Some(_)) if good => None,
        (None, output, _) => {
            let path = output.clone().unwrap_or_else(|| PathBuf::from(format!("{stem}.mapping.txt")));
            put(&path, trial.mapping.as_bytes(), args.overwrite)?;
            say(session, &format!("Written: {}\n", shown(&path)))?;
            Some(path)
        }
    };
    let Some(bundle) = &args.into else {
        let mapping = written.map(|p| shown(&p)).unwrap_or_default();
        let next = format!("abide import {} --mapping {mapping} --into BUNDLE", shown(&args.file));
        say(session, &format!("Next: look through {mapping}, change what is wrong, then\n  {next}\n"))?;
        return Ok(exit);
    };
    if !good {
        let mapping = written.map(|p| shown(&p)).unwrap_or_default();
        say(
            session,
            &format!(
                "Nothing was put into {}. Mend the cells or {mapping}, then import it with --mapping {mapping}.\n",
                shown(bundle)
            ),
        )?;
        return Ok(exit);
    }
    let files = [(trial.from, trial.stored), (trial.mapping_path.as_str(), trial.mapping.as_bytes())];
    if !args.overwrite
        && let Some((path, _)) = files.iter().find(|(path, bytes)| output::taken(&bundle.join(path), bytes))
    {
        return Err(occupied(&bundle.join(path)));
    }
    for (path, bytes) in files {
        output::put(bundle, path, bytes)
            .map_err(|e| Failure::from(errors::unwritable_output(&shown(&bundle.join(path)), &e.to_string())))?;
    }
    let paths = format!("{} and {}", trial.from, trial.mapping_path);
    say(session, &format!("Put into {}: {paths}\nNext: abide check {}\n", shown(bundle), shown(bundle)))?;
    Ok(exit)
}

/// Writes a file that is not there yet, or may be replaced.
fn put(path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), Failure> {
    let done = if overwrite { output::write(path, bytes).map(|()| Put::Written) } else { output::write_new(path, bytes) };
    match done {
        Ok(Put::Written) => Ok(()),
        Ok(Put::Taken) => Err(occupied(path)),
        Err(error) => Err(errors::unwritable_output(&shown(path), &error.to_string()).into()),
    }
}

fn occupied(path: &Path) -> Failure {
    Failure::Usage(format!("`{}` is there already and was left as it is: say --overwrite to replace it", shown(path)))
}

fn first_kind(library: &Library) -> String {
    let kinds = library.vocabulary(library.entity_kinds);
    kinds.terms.first().map(|t| t.name.clone()).unwrap_or_default()
}

/// Text that holds what files say: nothing in it may command a terminal.
fn say(session: &mut Session, text: &str) -> Result<(), Failure> {
    let unicode = session.style().unicode;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        out.push_str(&clean::line(line.trim_end_matches('\n')));
        if line.ends_with('\n') {
            out.push('\n');
        }
    }
    if !unicode {
        out = out.replace('\u{2192}', "->").replace('\u{2013}', "-").replace('\u{2026}', "...");
    }
    session.print(&out)
}

/// What a file is called in a bundle: without what paths and shells trip over.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let kept: String = stem.chars().map(|c| if c.is_alphanumeric() || matches!(c, '_' | '.') { c } else { '-' }).collect();
    let mut parts: Vec<&str> = kept.split('-').filter(|p| !p.is_empty()).collect();
    parts.retain(|p| !p.chars().all(|c| c == '.'));
    let joined = parts.join("-").trim_matches('.').to_owned();
    if joined.is_empty() { "table".to_owned() } else { joined }
}

fn is_called_workbook(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xlsx", ".xlsm"].iter().any(|end| name.ends_with(end))
}

fn extension(name: &str) -> &'static str {
    if name.to_lowercase().ends_with(".xlsm") { "xlsm" } else { "xlsx" }
}
