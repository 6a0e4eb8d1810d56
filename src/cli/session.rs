//! What every verb needs: where to write, how it should look, the rules, the bundle.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::base::{Date, DateError, Sources};
use crate::diagnostics::render::clean;
use crate::diagnostics::{Code, Diagnostic, Severity, catalog, render};
use crate::evidence::{Bundle, ReadOptions, Reader};
use crate::host::library::{Choice, Loaded};
use crate::host::progress::{Progress, Told};
use crate::host::terminal::Colour;
use crate::host::{DiskFolder, clock, errors, library, output, policies, progress, terminal};
use crate::library::{Checked, Library};
use crate::policy::{Audience, Policies};
use crate::report::Style;
use crate::syntax::Tests;

/// Why a verb could not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something is written wrong.
    Diagnostics(Vec<Diagnostic>, Sources),
    /// Something is wrong with the command line.
    Usage(String),
    /// Standard output cannot be written to.
    Output(io::Error),
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Diagnostics(vec![diagnostic], Sources::default())
    }
}

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Form {
    #[default]
    Terminal,
    Concise,
    Narrated,
    /// To standard output, where a program expects its answer.
    Json,
    /// Not at all: a shell that completes a word has no place for them.
    Silent,
}

/// Which rules.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// Rules to use instead of those built in: a folder or a file; may be given again
    #[arg(long, value_name = "DIR")]
    library: Vec<PathBuf>,
    /// Add the rules of --library to those built in
    #[arg(long, requires = "library")]
    extend: bool,
}

impl Rules {
    pub(super) fn choice(&self) -> Choice {
        Choice { paths: self.library.clone(), extend: self.extend }
    }
}

/// Which policies.
#[derive(Debug, Default, Args)]
pub(super) struct OwnPolicies {
    /// Add the Cedar policies in this folder or file to those built in; may be given again
    #[arg(long, value_name = "DIR")]
    policies: Vec<PathBuf>,
}

/// Where to write and how it should look.
pub(super) struct Session {
    out: BufWriter<io::Stdout>,
    /// Nobody reads standard output any more.
    closed: bool,
    colour: Colour,
    width: Option<usize>,
    /// How diagnostics are written.
    pub(super) form: Form,
}

impl Session {
    pub(super) fn new(colour: Colour, width: Option<usize>) -> Self {
        Self { out: BufWriter::new(io::stdout()), closed: false, colour, width, form: Form::default() }
    }

    /// How standard output should look.
    pub(super) fn style(&self) -> Style {
        terminal::standard_output(self.colour, self.width)
    }

    /// How a file should look.
    pub(super) fn file_style(&self) -> Style {
        terminal::file(self.width)
    }

    /// Writes to standard output. A reader that has gone away (`| head`) is no error.
    pub(super) fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.print_bytes(text.as_bytes())
    }

    pub(super) fn print_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let written = self.out.write_all(bytes);
        self.settle(written).map_err(Failure::Output)
    }

    /// Sends what was written on its way. `false` when nobody reads it any more.
    pub(super) fn flush(&mut self) -> Result<bool, Failure> {
        let flushed = if self.closed { Ok(()) } else { self.out.flush() };
        self.settle(flushed).map_err(Failure::Output)?;
        Ok(!self.closed)
    }

    /// Writes to a file, or to standard output when none is named.
    pub(super) fn deliver(&mut self, bytes: &[u8], to: Option<&Path>) -> Result<(), Failure> {
        match to {
            Some(path) => {
                output::write(path, bytes).map_err(|e| errors::unwritable_output(&library::shown(path), &e.to_string()).into())
            }
            None => self.print_bytes(bytes),
        }
    }

    /// Writes what is left. `Err` when it could not be written and somebody was waiting for it.
    pub(super) fn finish(&mut self) -> Result<(), ()> {
        let flushed = if self.closed { Ok(()) } else { self.out.flush() };
        self.settle(flushed).map_err(|e| self.report(&Failure::Output(e)))
    }

    fn settle(&mut self, written: io::Result<()>) -> io::Result<()> {
        match written {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => other,
        }
    }

    /// Says what went wrong.
    pub(super) fn report(&mut self, failure: &Failure) {
        match failure {
            Failure::Diagnostics(diagnostics, sources) if self.form == Form::Json => {
                let style = terminal::standard_error(self.colour, self.width);
                // No report follows. A failure to write shows when the session ends.
                let _ = self.print(&render::json(diagnostics, sources, style.look()));
            }
            Failure::Diagnostics(diagnostics, sources) => self.show(diagnostics, sources),
            Failure::Usage(message) => self.note(&format!("error: {message}")),
            Failure::Output(error) => self.note(&format!("error: standard output cannot be written: {error}")),
        }
    }

    /// Writes diagnostics in the chosen form: to standard error, JSON to standard output.
    pub(super) fn show(&mut self, diagnostics: &[Diagnostic], sources: &Sources) {
        if diagnostics.is_empty() {
            return;
        }
        let style = terminal::standard_error(self.colour, self.width);
        let text = match self.form {
            Form::Terminal => render::terminal(diagnostics, sources, style.look()),
            Form::Concise => render::concise(diagnostics, sources, style.look()),
            Form::Narrated => render::narrated(diagnostics, sources, style.look()),
            Form::Silent => return,
            // A report may follow on standard output, and one document is what its reader expects there.
            Form::Json => render::json(diagnostics, sources, style.look()),
        };
        self.note(text.trim_end());
    }

    /// Writes a line to standard error.
    pub(super) fn note(&mut self, text: &str) {
        // There is nowhere left to complain to.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Signs of life on a terminal, should it take long.
    pub(super) fn progress(&self, what: &str) -> Progress {
        Progress::new(what, self.form == Form::Terminal && progress::wanted())
    }

    /// Hands what was printed to whoever reads it. Whether somebody does.
    pub(super) fn push(&mut self) -> Result<bool, Failure> {
        let flushed = if self.closed { Ok(()) } else { self.out.flush() };
        self.settle(flushed).map_err(Failure::Output)?;
        Ok(!self.closed)
    }

    /// The rules, checked. Shows warnings.
    pub(super) fn library(&mut self, choice: &Choice, tests: Tests) -> Result<Checked<Library>, Failure> {
        let Loaded { library, sources, diagnostics } = library::load(choice, tests);
        match library {
            Some(library) => {
                self.show(&diagnostics, &sources);
                Ok(library)
            }
            None => Err(Failure::Diagnostics(diagnostics, sources)),
        }
    }

    /// The built-in policies, and one's own. They are parsed beside whatever comes next.
    pub(super) fn policies(&self, own: &OwnPolicies) -> Result<Arc<Policies>, Failure> {
        let (policies, sources, diagnostics) = policies::load(&own.policies);
        let policies = Arc::new(policies.ok_or(Failure::Diagnostics(diagnostics, sources))?);
        let beside = Arc::clone(&policies);
        rayon::spawn(move || beside.prepare());
        Ok(policies)
    }

    /// A bundle, read. Shows warnings; to an audience, only how many there are of which sort, because they quote the bundle.
    pub(super) fn bundle(
        &mut self,
        library: &Checked<Library>,
        path: &Path,
        known_at: Option<Date>,
        audience: Option<Audience>,
    ) -> Result<Bundle, Failure> {
        self.read_bundle(&Reader::new(library), path, known_at, audience)
    }

    /// A bundle, read by a reader that was made before: for reading again and again.
    pub(super) fn read_bundle(
        &mut self,
        reader: &Reader<'_>,
        path: &Path,
        known_at: Option<Date>,
        audience: Option<Audience>,
    ) -> Result<Bundle, Failure> {
        let (bundle, diagnostics, sources) = self.read_quietly(reader, path, known_at, audience)?;
        match bundle {
            Some(bundle) => {
                self.show(&diagnostics, &sources);
                Ok(bundle)
            }
            None => Err(Failure::Diagnostics(diagnostics, sources)),
        }
    }

    /// A bundle, and what there is to say about it, which nobody is told yet. No bundle where something of that is an error.
    pub(super) fn read_quietly(
        &self,
        reader: &Reader<'_>,
        path: &Path,
        known_at: Option<Date>,
        audience: Option<Audience>,
    ) -> Result<(Option<Bundle>, Vec<Diagnostic>, Sources), Failure> {
        let options = ReadOptions { known_at, ..ReadOptions::default() };
        let folder = DiskFolder::open(path, options.limits.file_bytes)?;
        let progress = self.progress("reading evidence");
        let mut read = reader.read(&Told { folder: &folder, progress: &progress }, &options);
        drop(progress);
        if folder.only().is_some_and(is_sheet) {
            for empty in read.diagnostics.iter_mut().filter(|d| d.code == catalog::evidence::EMPTY_BUNDLE) {
                let file = library::shown(path);
                empty.help = Some(format!("is it a spreadsheet? `abide import {file}` says what it is taken for"));
            }
        }
        if let Some(audience) = audience {
            read.diagnostics = counted(&read.diagnostics, audience);
            read.sources = Sources::default();
        }
        let good = read.diagnostics.iter().all(|d| d.severity() != Severity::Error);
        Ok((read.bundle.filter(|_| good), read.diagnostics, read.sources))
    }
}

/// Diagnostics for an audience: how often each was told. Not one by one, because whom each is about is not known.
pub(super) fn counted(diagnostics: &[Diagnostic], audience: Audience) -> Vec<Diagnostic> {
    let mut times: BTreeMap<Code, usize> = BTreeMap::new();
    diagnostics.iter().for_each(|d| *times.entry(d.code).or_default() += 1);
    times.into_iter().map(|(code, times)| errors::withheld(code, times, audience.title)).collect()
}

/// The day an assessment is of: the one asked for, the bundle's, or today.
pub(super) fn assessment_date(asked: Option<Date>, bundle: &Bundle) -> Result<Date, Failure> {
    let no_clock = || Failure::Usage("the machine's clock cannot be read: say which day with `--as-of`".to_owned());
    asked.or(bundle.assessment_date).or_else(clock::today).ok_or_else(no_clock)
}

/// A date on the command line.
pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| match error {
        DateError::Form => "a date is written year-month-day, such as 2026-11-23".to_owned(),
        DateError::NoSuchDay => {
            "the calendar has no such day: look at the month's length, and whether it was a leap year".to_owned()
        }
    })
}

/// What the spreadsheets that `abide import` takes end with.
const SHEETS: [&str; 3] = ["xlsx", "xlsm", "csv"];

/// Whether a name is one of a spreadsheet.
pub(super) fn is_sheet(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| SHEETS.iter().any(|s| end.eq_ignore_ascii_case(s)))
}

/// Whether a folder looks like a bundle.
pub(super) fn holds_bundle(folder: &Path) -> bool {
    ["bundle.yaml", "bundle.yml", "bundle.json"].iter().any(|name| folder.join(name).is_file())
}

/// The folders right below one that look like bundles, where it does not look like one itself.
pub(super) fn bundles_below(folder: &Path) -> Vec<String> {
    if holds_bundle(folder) {
        return Vec::new();
    }
    library::entries(folder).into_iter().filter(|name| holds_bundle(&folder.join(name))).collect()
}

/// Refuses to write into a folder that only holds bundles: whoever stands above their bundle means the bundle.
pub(super) fn not_above_bundles(folder: &Path) -> Result<(), Failure> {
    let named = |name: String| {
        let path = if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) };
        clean::line(&library::shown(&path)).into_owned()
    };
    let below: Vec<String> = bundles_below(folder).into_iter().map(named).collect();
    let (here, name) = (library::shown(folder), below.first().map_or("", String::as_str));
    match below.len() {
        0 => Ok(()),
        1 => Err(Failure::Usage(format!(
            "`{here}` is no bundle: the bundle is in `{name}`. Nothing was written; name that folder"
        ))),
        n => Err(Failure::Usage(format!(
            "`{here}` is no bundle: {n} bundles are below it, such as `{name}`. Nothing was written; name one of them"
        ))),
    }
}

/// The bundle that was named, or else the one in this folder.
pub(super) fn bundle_or_here(named: Option<&Path>) -> Result<&Path, Failure> {
    let here = Path::new(".");
    match named {
        Some(path) => Ok(path),
        None if holds_bundle(here) => Ok(here),
        None => {
            let below = bundles_below(here);
            let such = below.first().map_or_else(String::new, |name| format!(", such as `{}`", clean::line(name)));
            Err(Failure::Usage(format!("this folder holds no bundle: name the folder or file of one{such}")))
        }
    }
}
