//! What lapses when: a chart of twelve months, and every date in tables by month and, later on, by year.

use std::collections::BTreeMap;

use super::super::markup::Html;
use super::super::summary;
use super::super::voice::{count, plural};
use super::chart::{self, Column, Said};
use super::{Page, folded};
use crate::assess::{Lapse, Lapsing};
use crate::base::{Date, Period, Unit};
use crate::library::model::RequirementId;

/// Requirements that are named where something lapses; more than these are named once, below the tables.
const NAMED: usize = 3;

/// Draws the calendar.
pub(super) fn render(h: &mut Html, page: &Page<'_>) {
    let (ctx, today) = (page.ctx, page.ctx.assessment.date);
    let all = &ctx.assessment.lapses;
    let soon = summary::lapses(ctx).count();
    h.paragraph(&format!(
        "{} to come, {soon} in the next {} days. A date is the first on which a thing no longer counts.",
        count(all.len(), "lapse"),
        summary::AHEAD.count
    ));
    let months: Vec<(Date, Vec<&Lapse>)> = months(today).map(|(from, to)| (from, within(all, from, to))).collect();
    draw(h, page, &months);
    let needs = Needs::of(all);
    for (from, lapses) in months.iter().filter(|(_, lapses)| !lapses.is_empty()) {
        table(h, page, &needs, ("group", &month(*from)), lapses);
    }
    let shown: usize = months.iter().map(|(_, lapses)| lapses.len()).sum();
    let mut years: BTreeMap<String, Vec<&Lapse>> = BTreeMap::new();
    for lapse in all.iter().skip(shown) {
        years.entry(lapse.on.to_string().chars().take(4).collect()).or_default().push(lapse);
    }
    for (year, lapses) in &years {
        let later = months.last().is_some_and(|(from, _)| from.to_string().starts_with(year.as_str()));
        let title = if later { format!("Later in {year}") } else { year.clone() };
        // On paper these stay folded.
        table(h, page, &needs, ("group later", &title), lapses);
    }
    needs.render(h, page);
}

/// Twelve months from a day on: the first begins the day after, each ends before the next begins.
fn months(today: Date) -> impl Iterator<Item = (Date, Date)> {
    let text = today.to_string();
    let first = text.get(..8).and_then(|month| Date::parse(&format!("{month}01")).ok());
    let start = move |n: u32| first.and_then(|d| d.plus(Period::new(n, Unit::Months)));
    (0..12).map_while(move |n| Some((start(n)?, start(n + 1)?)))
}

fn within(all: &[Lapse], from: Date, to: Date) -> Vec<&Lapse> {
    all.iter().filter(|l| from <= l.on && l.on < to).collect()
}

/// `January 2027`.
fn month(from: Date) -> String {
    from.long().split_once(' ').map_or_else(String::new, |(_, month)| month.to_owned())
}

fn draw(h: &mut Html, page: &Page<'_>, months: &[(Date, Vec<&Lapse>)]) {
    let today = page.ctx.assessment.date;
    let last = today.plus(summary::AHEAD).unwrap_or(today);
    let columns: Vec<Column> = (0..)
        .zip(months)
        .map(|(i, (from, lapses))| {
            let name = month(*from);
            let (name, year) = name.split_once(' ').unwrap_or((&name, ""));
            let new = i == 0 || name == "January";
            Column {
                amount: lapses.len(),
                class: if *from <= last { "open" } else { "quiet" },
                below: name.chars().take(3).collect(),
                further: if new { year.to_owned() } else { String::new() },
            }
        })
        .collect();
    let some: Vec<String> =
        months.iter().filter(|(_, l)| !l.is_empty()).map(|(from, l)| format!("{} in {}", l.len(), month(*from))).collect();
    let described = if some.is_empty() { "Nothing lapses in these months.".to_owned() } else { some.join(", ") };
    h.around("figure", &[("class", "chart")], |h| {
        let said = Said { place: "_months", title: "What lapses in the next twelve months", described: &described };
        chart::columns(h, &said, &columns);
        h.block("figcaption", &[], |h| {
            h.text(&format!(
                "How many things lapse in each of twelve months. Months that begin in the next {} days stand out. The dates are in the tables below.",
                summary::AHEAD.count
            ));
        });
    });
}

fn table(h: &mut Html, page: &Page<'_>, needs: &Needs<'_>, (class, title): (&str, &str), lapses: &[&Lapse]) {
    let (ctx, today) = (page.ctx, page.ctx.assessment.date);
    let summary = |h: &mut Html| {
        h.inline("h3", &[], |h| h.text(title));
        h.text(" ");
        super::classed(h, "span", "amount", &count(lapses.len(), "lapse"));
    };
    folded(h, &[("class", class)], summary, |h| {
        h.table(&format!("Lapses: {title}"), &["On", "In days", "What", "Needed by"], |h| {
            for lapse in lapses {
                h.block("tr", &[], |h| {
                    h.row_head(|h| super::classed(h, "span", "date", &lapse.on.to_string()));
                    h.inline("td", &[("class", "number")], |h| h.text(&today.days_to(lapse.on).to_string()));
                    h.cell(|h| h.text(&summary::lapsing(ctx, lapse.what)));
                    h.cell(|h| needs.cell(h, page, lapse));
                });
            }
        });
    });
}

/// Which requirements need what lapses. Many things of one kind are needed by the same ones, which are named once.
struct Needs<'a>(Vec<(&'a [RequirementId], String)>);

impl<'a> Needs<'a> {
    fn of(all: &'a [Lapse]) -> Self {
        let mut sets: Vec<&[RequirementId]> = all.iter().map(|l| l.requirements.as_slice()).filter(|r| r.len() > NAMED).collect();
        sets.sort_unstable();
        sets.dedup();
        Self(sets.into_iter().zip(1..).map(|(set, n)| (set, format!("_needs-{n}"))).collect())
    }

    fn cell(&self, h: &mut Html, page: &Page<'_>, lapse: &Lapse) {
        let of = &lapse.requirements;
        match self.0.iter().find(|(set, _)| set == of) {
            Some((_, place)) => h.jump(place, &count(of.len(), "requirement")),
            None if of.is_empty() => h.text("none"),
            None => names(h, page, of),
        }
    }

    fn render(&self, h: &mut Html, page: &Page<'_>) {
        if self.0.is_empty() {
            return;
        }
        h.block("h3", &[], |h| h.text("Needed by many"));
        h.around("dl", &[("class", "needs")], |h| {
            for (set, place) in &self.0 {
                h.around("div", &[("id", place)], |h| {
                    h.block("dt", &[], |h| h.text(&self.kinds(page, set)));
                    h.block("dd", &[], |h| names(h, page, set));
                });
            }
        });
    }

    /// What it is that these requirements need.
    fn kinds(&self, page: &Page<'_>, set: &[RequirementId]) -> String {
        let voice = summary::voice(page.ctx);
        let mut kinds: Vec<String> = Vec::new();
        for lapse in page.ctx.assessment.lapses.iter().filter(|l| l.requirements == set) {
            let kind = match lapse.what {
                Lapsing::Item(at) => voice.noun(at.table, 2),
                Lapsing::Judgement(_) => plural("judgement"),
                Lapsing::Exemption(_) => plural("waiver"),
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        format!("{} are needed by", kinds.join(", "))
    }
}

fn names(h: &mut Html, page: &Page<'_>, of: &[RequirementId]) {
    h.commas(of, |h, id| page.refer(h, &page.ctx.library.requirement(*id).name));
}
