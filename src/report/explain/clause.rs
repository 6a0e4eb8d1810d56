//! The sentences of one clause: the author's words where something is known to be wrong, else the steps that decide.

use super::because::{MOST_STEPS, barred_row, deciding, steps, told, universal};
use super::{Depth, MOST, Part, Point};
use crate::assess::{ClauseOutcome, Element, Elements, Ground, Reason, Step, Verdict, Wanted};
use crate::base::{Date, Span, Truth};
use crate::diagnostics::render::clean;
use crate::evidence::At;
use crate::library::model::{Clause, KindId, TableId};
use crate::report::fill::{complete, fill};
use crate::report::voice::Voice;
use crate::report::words::{self, Said};

/// Gathers the sentences of one clause.
pub(super) struct Found<'a> {
    voice: Voice<'a>,
    on: Date,
    requirement: &'a str,
    written: &'a Clause,
    truth: Truth,
    depth: Depth,
    points: Vec<Point>,
    remedies: Vec<String>,
    more: usize,
    rule: Option<(Span, String)>,
    /// The kind a nil return would be for, and whether there is an item of it.
    nil: Option<(KindId, bool)>,
}

impl<'a> Found<'a> {
    pub(super) fn new(voice: Voice<'a>, on: Date, requirement: &'a str, written: &'a Clause, truth: Truth, depth: Depth) -> Self {
        Self {
            voice,
            on,
            requirement,
            written,
            truth,
            depth,
            points: Vec::new(),
            remedies: Vec::new(),
            more: 0,
            rule: None,
            nil: None,
        }
    }

    /// The part for a clause that does not hold.
    pub(super) fn part(mut self, clause: &'a ClauseOutcome, verdict: Verdict) -> Part {
        let written = self.written;
        match &clause.ground {
            Some(ground) => self.collect(ground, true, &[]),
            None => self.point(&[], |_| Vec::new(), |_| clean::line(&written.title).into_owned()),
        }
        let more = self.more + self.points.len().saturating_sub(MOST);
        self.points.truncate(MOST);
        // What bars an item, or a reference that leads nowhere, is less work than what the author would have done about nothing being there.
        match clause.reason {
            Some(Reason::Inadmissible) => {
                self.remedies.insert(0, "Put right what bars the item; then it counts as it stands.".to_owned())
            }
            Some(Reason::Broken) => self.remedies.insert(0, "Correct the reference, or file the item that it names.".to_owned()),
            Some(Reason::Absent | Reason::Stale | Reason::Insufficient | Reason::Contradicted) | None => {}
        }
        self.remedies.truncate(3);
        Part {
            name: written.name.clone(),
            title: clean::line(&written.title).into_owned(),
            verdict,
            points: self.points,
            more,
            remedies: self.remedies,
            guidance: written.guidance.as_deref().map(|g| clean::line(g).into_owned()),
            rule: self.rule.unwrap_or((written.span, String::new())),
            evidence: None,
        }
    }

    fn open_remedy(&self) -> String {
        match self.nil {
            Some((kind, true)) => {
                let many = self.voice.noun(TableId(kind.0), 2);
                format!(
                    "File the {many} it asks about; if there are none of that sort, make a nil return for `{}`.",
                    self.requirement
                )
            }
            Some((kind, false)) => {
                let many = self.voice.noun(TableId(kind.0), 2);
                format!("File the {many} there are; if there were none, make a nil return for {many}.")
            }
            None => "State what is missing in the bundle.".to_owned(),
        }
    }

    fn collect(&mut self, ground: &'a Ground, wanted: bool, bound: &'a [Option<At>]) {
        for (head, wanted) in deciding(ground, wanted) {
            if self.rule.is_none() && self.depth == Depth::Whole {
                self.rule = Some((head.rule, words::step(self.voice, head, wanted).short));
            }
            if let Step::Elements(found) = &head.step {
                let empty = found.population_unknown == 0;
                let wanted = found.nil_return_wanted.filter(|_| empty);
                let some = |kind: KindId| self.voice.bundle.rows(TableId(kind.0)).len > 0;
                self.nil = self.nil.or(wanted.map(|kind| (kind, some(kind))));
            }
            match &head.step {
                Step::Elements(found) if universal(found) && !found.shown.is_empty() && found.broken.is_none() => {
                    self.more += found.more as usize;
                    for element in &found.shown {
                        self.element(found, element);
                    }
                }
                _ => {
                    let because = told(self.voice, head, wanted);
                    self.point(
                        bound,
                        |most| because.take(most).collect(),
                        |said| said.map_or_else(String::new, |s| s.text.clone()),
                    );
                }
            }
        }
    }

    fn element(&mut self, found: &'a Elements, element: &'a Element) {
        let Some(last) = element.rows.last().copied() else { return };
        // One that may be meant offends nobody yet: what is not known of it is what matters.
        let unwanted = matches!(found.wanted, Wanted::No | Wanted::AtMost(_) | Wanted::Exactly(_) | Wanted::ShareAtMost(_));
        let offends = unwanted && element.truth != Truth::Unknown;
        let whole = At { field: None, ..last };
        if let (Some(ground), false) = (&element.ground, offends) {
            // A list inside the element decides, and the author's sentence speaks of its elements.
            let inner = deciding(ground, true)
                .into_iter()
                .any(|(g, _)| matches!(&g.step, Step::Elements(e) if universal(e) && !e.shown.is_empty()));
            if inner && !complete(self.voice, self.on, &self.written.otherwise, &element.bound) {
                self.collect(ground, true, &element.bound);
                return;
            }
        }
        if !offends && let Some(said) = barred_row(self.voice, found, element) {
            // What the author says of an element that fails would say the wrong thing of one that may not be relied on.
            if self.truth != Truth::False {
                let remedy = self.open_remedy();
                if !self.remedies.contains(&remedy) {
                    self.remedies.push(remedy);
                }
            }
            self.points.push(Point { text: said.text.clone(), because: vec![said] });
            return;
        }
        let decides = element.ground.as_ref().filter(|_| !offends);
        let voice = self.voice;
        let because = |most: usize| {
            let said = match decides {
                Some(ground) => steps(voice, ground, true).take(most.min(MOST_STEPS)).collect(),
                None => vec![Said { text: voice.item(whole), short: "must not be there".to_owned(), at: Some(whole) }],
            };
            with_place(said, whole)
        };
        let plain = |said: Option<&Said>| match said {
            Some(said) if !offends => format!("{}: {}", voice.item(whole), said.text),
            _ => format!("{} must not be there", voice.item(whole)),
        };
        self.point(&element.bound, because, plain);
    }

    /// A sentence: what it rests on, at most so many steps, and what it says of the first of them where the author has no words for it.
    fn point(
        &mut self,
        bound: &[Option<At>],
        because: impl FnOnce(usize) -> Vec<Said>,
        plain: impl FnOnce(Option<&Said>) -> String,
    ) {
        // The author's words say what is wrong. Where nothing is known to be wrong, they would say too much.
        let known = self.truth == Truth::False;
        let written = if known { fill(self.voice, self.on, &self.written.otherwise, bound) } else { None };
        let because = match (self.depth, &written) {
            (Depth::Whole, _) => because(usize::MAX),
            (Depth::Short, None) => because(1),
            (Depth::Short, Some(_)) => Vec::new(),
        };
        let text = match written {
            Some(text) => text.trim_end_matches('.').to_owned(),
            None if known || !self.points.is_empty() => plain(because.first()),
            None => {
                let title = clean::line(&self.written.title);
                format!("it is not known whether {}: {}", title.trim_end_matches('.'), plain(because.first()))
            }
        };
        if self.depth == Depth::Whole || self.remedies.is_empty() {
            let remedy = if known { fill(self.voice, self.on, &self.written.remedy, bound) } else { Some(self.open_remedy()) };
            self.remedies.extend(remedy.filter(|remedy| !self.remedies.contains(remedy)));
        }
        match self.points.iter_mut().find(|p| p.text == text) {
            Some(point) => point.because.extend(because.into_iter().filter(|s| s.at.is_some()).take(1)),
            None => self.points.push(Point { text, because }),
        }
    }
}

/// At least one place to point at: the element itself when nothing below names one.
fn with_place(mut because: Vec<Said>, whole: At) -> Vec<Said> {
    if because.iter().all(|s| s.at.is_none())
        && let Some(first) = because.first_mut()
    {
        first.at = Some(whole);
    }
    because
}
