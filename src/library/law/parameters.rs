//! Numbers of the law with the days they hold.

use super::{dates, links};
use crate::diagnostics::Diagnostic;
use crate::library::check::{Checker, Lets};
use crate::library::declare::Declared;
use crate::library::errors;
use crate::library::model::{Library, Parameter, Scalar};
use crate::library::shape::{Terms, scalar};

/// Fills `parameters`.
pub(super) fn build(declared: &Declared<'_>, terms: &Terms<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    let mut parameters = Vec::with_capacity(declared.parameters.len());
    for written in &declared.parameters {
        let Some(of) = scalar(&written.of, library, problems) else { continue };
        if matches!(of, Scalar::Ref(_) | Scalar::Interval) {
            let what = format!("the parameter `{}`", written.name.value);
            problems.push(errors::unsupported_type(
                written.of.span,
                &what,
                "use a number, a date, a period, a percentage, text or a term",
            ));
            continue;
        }
        let lets = Lets::default();
        let mut values = Vec::with_capacity(written.values.len());
        for value in &written.values {
            let mut checker = Checker::new(declared, terms, library, &lets, problems);
            let known = checker.constant(&value.value, of);
            let by = value.by.as_ref().and_then(|by| links::provision(by, library, problems));
            let days = dates::in_force(&value.version, problems);
            values.extend(known.map(|known| (known, days, by)));
        }
        dates::order(&mut values, |v| (v.1, v.0.span), "values", problems);
        let title = written.title.as_ref().map_or_else(|| written.name.value.clone(), |t| t.value.clone());
        parameters.push(Parameter { name: written.name.value.clone(), title, of, values, span: written.span });
    }
    library.parameters = parameters;
}
