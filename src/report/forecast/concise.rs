//! One line for each event, its columns separated by tabs: day, what happens, of what, the verdict before, the verdict after, a sentence.
//! What happens is `worse`, `better`, `other`, `lapses` or `law`; `assumed` and `withheld` are of no day. A column that has nothing to say holds `-`, so that columns never move.

use super::{ForecastContext, told};
use crate::diagnostics::render::clean;
use crate::forecast::{LawChange, LawEvent};
use crate::report::summary;

/// Writes the forecast.
pub(super) fn render(ctx: &ForecastContext<'_>, out: &mut String) {
    if let Some(assumed) = told::assumed(ctx) {
        out.push_str(&format!("-\tassumed\t-\t-\t-\t{}\n", assumed.trim_end_matches('.')));
    }
    for day in &ctx.forecast.days {
        let (date, on) = (day.assessment.date, ctx.on(day));
        let mut line = |what: &str, of: &str, before: &str, after: &str, says: &str| {
            let says = if says.is_empty() { "-" } else { says.trim_end_matches('.') };
            out.push_str(&format!("{date}\t{what}\t{of}\t{before}\t{after}\t{says}\n"));
        };
        for told in told::changes(ctx, day) {
            line(told.change.turn().word(), &told.name, &told.before, &told.after, &told.why);
        }
        for lapse in &day.lapses {
            line("lapses", &summary::lapsing(&on, lapse.what), "-", "-", &told::lapse(&on, lapse));
        }
        for event in &day.law {
            line("law", &of(ctx, event), "-", "-", &told::law(&on, date, event));
        }
    }
    if let Some((withheld, kept)) = ctx.withheld {
        let says = format!("{} changes and {} lapses are withheld from {}", kept.changes, kept.lapses, withheld.audience.title);
        out.push_str(&format!("-\twithheld\t-\t-\t-\t{says}\n"));
    }
}

/// What changes in law, by its name.
pub(super) fn of(ctx: &ForecastContext<'_>, event: &LawEvent) -> String {
    let name = match event.what {
        LawChange::Begins(id) | LawChange::Amended(id) | LawChange::Ends(id) => &ctx.library.provision(id).name,
        LawChange::Value(id) => &ctx.library.parameter(id).name,
        LawChange::Asked(id) | LawChange::Dropped(id) => &ctx.library.requirement(id).name,
    };
    clean::line(name).into_owned()
}
