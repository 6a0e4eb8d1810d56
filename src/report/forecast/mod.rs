//! A forecast to bytes, one file per format. What is said of a day is worked out once, in `told`; the writers lay it out.
//!
//! To add a format: one file with a `render`, one row in [`ForecastFormat`].

mod concise;
mod ics;
mod json;
mod markdown;
mod terminal;
mod told;

use super::{Context, Style};
use crate::disclose::Withheld;
use crate::evidence::Bundle;
use crate::forecast::{Day, Forecast, Kept};
use crate::library::{Checked, Library};

/// What a forecast is written from.
#[derive(Debug, Clone, Copy)]
pub struct ForecastContext<'a> {
    /// The rules.
    pub library: &'a Checked<Library>,
    /// The evidence; an audience's view of it where there is one.
    pub bundle: &'a Bundle,
    /// The days to come.
    pub forecast: &'a Forecast,
    /// The SHA-256 of the evidence, hex.
    pub fingerprint: &'a str,
    /// What an audience does not see; `None` when the forecast is for the entity itself.
    pub withheld: Option<(&'a Withheld, Kept)>,
    /// What was assumed beside the bundle.
    pub assumed: Option<Assumed>,
    /// How it should look.
    pub style: Style,
}

/// A plan that was taken to be carried out on the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assumed {
    /// How many changes of evidence it takes.
    pub changes: usize,
    /// How many gaps they close.
    pub closed: usize,
}

impl<'a> ForecastContext<'a> {
    /// What a report of the first day would be made from.
    fn first(&self) -> Context<'a> {
        Context {
            library: self.library,
            bundle: self.bundle,
            assessment: &self.forecast.start,
            fingerprint: Some(self.fingerprint),
            withheld: self.withheld.map(|(w, _)| w),
            style: self.style,
        }
    }

    /// What a report of a day would be made from.
    fn on(&self, day: &'a Day) -> Context<'a> {
        Context { assessment: &day.assessment, fingerprint: None, withheld: None, ..self.first() }
    }
}

/// A form a forecast can take.
#[derive(Debug, Clone, Copy)]
pub struct ForecastFormat {
    /// Its name on the command line.
    pub name: &'static str,
    write: fn(&ForecastContext<'_>, &mut String),
}

impl ForecastFormat {
    /// All of them, the usual one first.
    pub const ALL: &'static [Self] = &[
        Self { name: "terminal", write: terminal::render },
        Self { name: "concise", write: concise::render },
        Self { name: "json", write: json::render },
        Self { name: "markdown", write: markdown::render },
        Self { name: "ics", write: ics::render },
    ];

    /// The format with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|f| f.name == name).copied()
    }

    /// The forecast, as it is written to a file.
    #[must_use]
    pub fn render(self, context: &ForecastContext<'_>) -> Vec<u8> {
        let mut text = String::new();
        (self.write)(context, &mut text);
        text.into_bytes()
    }
}
