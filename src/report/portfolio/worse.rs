//! What gets worse: figures on people and systems together first, then each series by itself, and what could not be tested.

use super::page::{grouped, named, rest};
use crate::diagnostics::render::paint::{Tone, paragraph};
use crate::diagnostics::render::{Style, clean};
use crate::portfolio::overview::Overview;
use crate::portfolio::series::{About, Trend};
use crate::portfolio::trend::FEWEST;
use crate::report::terminal::heading;
use crate::report::voice::count;

pub(super) fn render(overview: &Overview, style: Style, most: usize, out: &mut String) {
    let readings = || overview.entities.iter().map(|e| &e.reading);
    let tested: usize = readings().map(|r| r.tested).sum();
    let short: usize = readings().map(|r| r.short).sum();
    let undirected: usize = readings().map(|r| r.undirected.len()).sum();
    if tested + short + undirected == 0 {
        return;
    }
    heading(out, style, "Getting worse");
    let mut alerts: Vec<_> =
        overview.entities.iter().filter(|e| !e.reading.trends.is_empty() || !e.reading.joint.is_empty()).collect();
    alerts.sort_by(|a, b| (b.reading.joint.len().min(1), &a.entity.id).cmp(&(a.reading.joint.len().min(1), &b.entity.id)));
    let mark = if style.unicode { "↓ " } else { "! " };
    for standing in alerts.iter().take(most) {
        let reading = &standing.reading;
        let together = if reading.joint.is_empty() { "" } else { ": people and systems together" };
        paragraph(out, style, 2, (Tone::Bad, mark), &format!("{}{together}", named(standing)));
        let mut said: Vec<&str> = Vec::new();
        for joint in &reading.joint {
            for trend in [&joint.people, &joint.systems] {
                if !said.contains(&trend.name.as_str()) {
                    said.push(&trend.name);
                    line(trend, style, out);
                }
            }
        }
        reading.trends.iter().filter(|t| !said.contains(&t.name.as_str())).for_each(|t| line(t, style, out));
    }
    rest(out, style, most, alerts.len(), "entities");
    if alerts.is_empty() {
        out.push_str("  Nothing that could be tested gets worse.\n");
    }
    let mut parts = vec![format!("{} tested", count(tested, "series"))];
    if short > 0 {
        parts.push(format!("{short} with fewer than {FEWEST} values, too few to test"));
    }
    if undirected > 0 {
        parts.push(format!("{undirected} of which nobody says which way is worse (state a target and an alert level)"));
    }
    paragraph(out, style, 2, (Tone::Plain, ""), &format!("{}.", parts.join("; ")));
}

fn line(trend: &Trend, style: Style, out: &mut String) {
    let arrow = if style.unicode { "→" } else { "->" };
    let about = match trend.about {
        About::Component => "not met in".to_owned(),
        About::People | About::Systems => format!("{},", trend.about.word()),
        About::Other => String::new(),
    };
    let text = format!(
        "{about} {}: {} {arrow} {}, {} values from {} to {}; such an order comes by chance once in {}",
        clean::line(&trend.name),
        trend.from.1.shown(),
        trend.to.1.shown(),
        trend.tested.points,
        trend.from.0,
        trend.to.0,
        chance(trend.tested.chance.one_in()),
    );
    paragraph(out, style, 6, (Tone::Plain, ""), text.trim_start());
}

/// From a million on, words.
fn chance(one_in: u128) -> String {
    if one_in >= 1_000_000 { "more than a million".to_owned() } else { grouped(one_in) }
}
