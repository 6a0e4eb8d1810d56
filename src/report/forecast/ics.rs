//! A calendar (RFC 5545): one all-day event for each verdict that changes, each thing that lapses, and each change in law.
//!
//! What an event is called by (`UID`) is made of names, so that a calendar which takes the file in again moves events and does not double them: a
//! lapse keeps its UID when its day moves. The stamp is the first day of the forecast, so that the same input gives the same bytes. There are no
//! alarms: how long before a day somebody wants to hear of it is theirs to say, and events do not make anybody busy.

use uuid::Uuid;

use super::{ForecastContext, concise, told};
use crate::assess::{Lapsing, Turn};
use crate::base::Date;
use crate::diagnostics::render::clean;
use crate::report::voice::Voice;
use crate::report::{Context, summary};

/// The longest line, in octets, without its line break.
const LONGEST: usize = 75;

/// Writes the forecast.
pub(super) fn render(ctx: &ForecastContext<'_>, out: &mut String) {
    let first = ctx.first();
    let assumed = if ctx.assumed.is_some() { ", if the plan is carried out" } else { "" };
    let name = format!("Abide: {}{assumed}", summary::entity_name(&first));
    let mut calendar = Calendar { out, stamp: stamp(ctx.forecast.start.date), space: space(ctx) };
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", "-//Abide//Forecast//EN");
    calendar.line("CALSCALE", "GREGORIAN");
    calendar.text("NAME", &name);
    calendar.text("X-WR-CALNAME", &name);
    for day in &ctx.forecast.days {
        let (date, on) = (day.assessment.date, ctx.on(day));
        for told in told::changes(ctx, day) {
            let verdicts =
                if told.change.is_verdict() { format!("{} -> {}", told.before, told.after) } else { told.after.clone() };
            let mut lines = vec![told.title.clone(), format!("{} ({}): {verdicts}", told.name, told.severity)];
            lines.extend(Some(told.why.clone()).filter(|w| !w.is_empty()));
            lines.extend(told.with.iter().map(|w| format!("On this day: {w}.")));
            lines.extend(told.remedies.first().map(|r| format!("To do: {r}")));
            calendar.event(&Event {
                uid: &["change", &told.name, &date.to_string()],
                on: date,
                summary: &format!("{}: {}", told.verb(), told.title),
                description: &lines.join("\n"),
                category: match told.change.turn() {
                    Turn::Worse => "FALLS",
                    Turn::Better => "RECOVERS",
                    Turn::Other => "CHANGES",
                },
            });
        }
        for lapse in &day.lapses {
            let what = summary::lapsing(&on, lapse.what);
            let (sort, id) = called(&on, lapse.what);
            calendar.event(&Event {
                uid: &["lapse", &sort, &id],
                on: date,
                summary: &format!("lapses: {what}"),
                description: &told::lapse(&on, lapse),
                category: "LAPSES",
            });
        }
        for event in &day.law {
            let says = told::law(&on, date, event);
            calendar.event(&Event {
                uid: &["law", &concise::of(ctx, event), &date.to_string()],
                on: date,
                summary: &format!("law: {says}"),
                description: &says,
                category: "LAW",
            });
        }
    }
    // A calendar has to hold something, and where it ends is worth knowing.
    calendar.event(&Event {
        uid: &["end"],
        on: ctx.forecast.until,
        summary: "Abide looks no further than this day",
        description: &told::notes(ctx).join("\n"),
        category: "FORECAST",
    });
    calendar.line("END", "VCALENDAR");
}

/// What lapses, by names that stay.
fn called(on: &Context<'_>, what: Lapsing) -> (String, String) {
    match what {
        Lapsing::Item(at) => {
            let voice: Voice<'_> = summary::voice(on);
            let (kind, row) = voice.owner(at);
            (on.library.kind(kind).name.clone(), voice.raw_id(kind, row).to_owned())
        }
        Lapsing::Judgement(at) => {
            let name = on
                .bundle
                .judgements
                .get(at as usize)
                .map(|j| format!("{}/{}/{}/{}", on.library.requirement(j.requirement).name, j.of, j.on, j.role));
            ("judgement".to_owned(), name.unwrap_or_default())
        }
        Lapsing::Exemption(at) => {
            ("exemption".to_owned(), on.bundle.exemptions.get(at as usize).map(|e| e.id.clone()).unwrap_or_default())
        }
    }
}

/// UIDs of one entity never meet those of another, nor those of what is the case meet those of what is assumed.
fn space(ctx: &ForecastContext<'_>) -> Uuid {
    let assumed = if ctx.assumed.is_some() { "assumed:" } else { "" };
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("abide:forecast:{assumed}{}", ctx.bundle.entity.id).as_bytes())
}

fn stamp(day: Date) -> String {
    format!("{}T000000Z", basic(day))
}

/// `20261123`
fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

struct Event<'a> {
    /// What it is called by, in parts.
    uid: &'a [&'a str],
    on: Date,
    summary: &'a str,
    description: &'a str,
    category: &'a str,
}

struct Calendar<'a> {
    out: &'a mut String,
    stamp: String,
    space: Uuid,
}

impl Calendar<'_> {
    fn event(&mut self, event: &Event<'_>) {
        let uid = Uuid::new_v5(&self.space, event.uid.join("\u{1f}").as_bytes());
        self.line("BEGIN", "VEVENT");
        self.line("UID", &format!("{uid}@abide"));
        let stamp = self.stamp.clone();
        self.line("DTSTAMP", &stamp);
        self.line("DTSTART;VALUE=DATE", &basic(event.on));
        self.text("SUMMARY", event.summary);
        self.text("DESCRIPTION", event.description);
        self.text("CATEGORIES", event.category);
        self.line("CLASS", "CONFIDENTIAL");
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    fn text(&mut self, name: &str, text: &str) {
        let escaped: Vec<String> = text.split('\n').map(escape).collect();
        self.line(name, &escaped.join("\\n"));
    }

    fn line(&mut self, name: &str, value: &str) {
        fold(&format!("{name}:{value}"), self.out);
    }
}

/// One line of text: nothing in it ends the property or the line.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean::line(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A content line, in pieces of at most 75 octets; every piece after the first begins with a space, and no character is parted.
fn fold(line: &str, out: &mut String) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(line: &str) -> String {
        let mut out = String::new();
        fold(line, &mut out);
        out
    }

    #[test]
    fn what_would_end_a_value_is_escaped() {
        assert_eq!(escape("a;b,c\\d"), "a\\;b\\,c\\\\d");
        let mut out = String::new();
        let mut calendar = Calendar { out: &mut out, stamp: String::new(), space: Uuid::NAMESPACE_URL };
        calendar.text("SUMMARY", "one\ntwo\rBEGIN:VEVENT");
        assert!(!out.trim_end().contains(['\r', '\n']), "{out:?}");
        assert!(out.starts_with("SUMMARY:one\\ntwo"), "{out:?}");
    }

    #[test]
    fn a_line_of_75_octets_is_not_folded_and_one_of_76_is() {
        assert_eq!(folded(&"x".repeat(75)), format!("{}\r\n", "x".repeat(75)));
        assert_eq!(folded(&"x".repeat(76)), format!("{}\r\n x\r\n", "x".repeat(75)));
    }

    proptest! {
        #[test]
        fn folding_keeps_every_character_and_no_line_is_too_long(line in "[a-z ,é–⚖✗漢🛫]{0,300}") {
            let folded = folded(&line);
            for piece in folded.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(piece.len() <= LONGEST, "{} octets", piece.len());
            }
            let whole = folded.strip_suffix("\r\n").unwrap_or(&folded).replace("\r\n ", "");
            prop_assert_eq!(whole, line);
        }
    }
}
