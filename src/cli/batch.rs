//! Many bundles against the same rules and policies: what `check --stream` and `portfolio` share. Nothing of one bundle is kept for the next but plans,
//! schemas and what policies decided, so that each gets what it would get alone.

use super::session::{Failure, counted};
use crate::assess::{self, Assessment, Plans};
use crate::base::{Date, Sources};
use crate::diagnostics::{Diagnostic, Severity};
use crate::disclose::{self, View};
use crate::evidence::{self, Bundle, Folder, ReadOptions, Reader};
use crate::host::clock;
use crate::library::{Checked, Library};
use crate::policy::{Audience, Policies};
use crate::report::{Context, Style};

/// What is the same for all bundles.
pub(super) struct Batch<'l> {
    library: &'l Checked<Library>,
    policies: &'l Policies,
    reader: Reader<'l>,
    plans: Plans<'l>,
    options: ReadOptions,
    dates: Dates,
    today: Date,
    audience: Option<Audience>,
}

/// On which day bundles are assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    /// All on this one.
    All(Date),
    /// Each on its own; those that state none, on this one.
    Undated(Date),
    /// Each on its own; those that state none, today.
    Own,
}

/// Where the assessment date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatedBy {
    /// The command line.
    Asked,
    /// The bundle.
    Bundle,
    /// Neither: today.
    Clock,
}

/// One bundle, assessed.
pub(super) struct Done {
    pub(super) bundle: Bundle,
    pub(super) assessment: Assessment,
    pub(super) view: Option<View>,
    pub(super) fingerprint: String,
    pub(super) dated_by: DatedBy,
    /// Warnings.
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) sources: Sources,
}

/// One bundle that could not be assessed.
pub(super) struct Refused {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) sources: Sources,
}

impl<'l> Batch<'l> {
    pub(super) fn new(
        library: &'l Checked<Library>,
        policies: &'l Policies,
        dates: Dates,
        known_at: Option<Date>,
        audience: Option<Audience>,
    ) -> Result<Self, Failure> {
        let no_clock = || Failure::Usage("the machine's clock cannot be read: say which day with `--as-of`".to_owned());
        let today = match dates {
            Dates::All(day) | Dates::Undated(day) => day,
            Dates::Own => clock::today().ok_or_else(no_clock)?,
        };
        let options = ReadOptions { known_at, ..ReadOptions::default() };
        Ok(Self { library, policies, reader: Reader::new(library), plans: Plans::new(library), options, dates, today, audience })
    }

    pub(super) const fn is_for_an_audience(&self) -> bool {
        self.audience.is_some()
    }

    pub(super) const fn today(&self) -> Date {
        self.today
    }

    pub(super) const fn options(&self) -> &ReadOptions {
        &self.options
    }

    /// Reads and assesses one bundle.
    pub(super) fn assess(&self, folder: &dyn Folder) -> Result<Box<Done>, Refused> {
        let mut read = self.reader.read(folder, &self.options);
        if let Some(audience) = self.audience {
            read.diagnostics = counted(&read.diagnostics, audience);
            read.sources = Sources::default();
        }
        let Some(bundle) = read.bundle.filter(|_| read.diagnostics.iter().all(|d| d.severity() != Severity::Error)) else {
            return Err(Refused { diagnostics: read.diagnostics, sources: read.sources });
        };
        let (date, dated_by) = match (self.dates, bundle.assessment_date) {
            (Dates::All(asked), _) | (Dates::Undated(asked), None) => (asked, DatedBy::Asked),
            (Dates::Undated(_) | Dates::Own, Some(stated)) => (stated, DatedBy::Bundle),
            (Dates::Own, None) => (self.today, DatedBy::Clock),
        };
        let admissibility = self.policies.admissibility(self.library, &bundle);
        let mut assessment = assess::assess_planned(&self.plans.on(date), &bundle, &admissibility);
        assessment.known_at = self.options.known_at;
        let view = self.audience.map(|audience| {
            let disclosure = self.policies.disclosure(self.library, &bundle, audience);
            disclose::disclose(self.library, &bundle, &assessment, &disclosure)
        });
        let fingerprint = evidence::fingerprint(&bundle, self.library);
        let (diagnostics, sources) = (read.diagnostics, read.sources);
        Ok(Box::new(Done { bundle, assessment, view, fingerprint, dated_by, diagnostics, sources }))
    }

    /// What a report is made from, for the audience that was asked for.
    pub(super) fn context<'a>(&'a self, done: &'a Done, style: Style) -> Context<'a> {
        let whole = Context {
            library: self.library,
            bundle: &done.bundle,
            assessment: &done.assessment,
            fingerprint: Some(&done.fingerprint),
            withheld: None,
            style,
        };
        done.view.as_ref().map_or(whole, |view| whole.through(view))
    }
}
