//! Clauses and routes.

use crate::library::check::Checker;
use crate::library::model::{Clause, ClauseId, Route};
use crate::syntax::ast;

/// Clauses of a requirement, and which of them are needed when.
#[derive(Default)]
pub(super) struct Clauses {
    pub(super) all: Vec<Clause>,
    pub(super) required: Vec<ClauseId>,
    pub(super) routes: Vec<Route>,
}

/// All expectations: those outside routes first, then route by route.
pub(super) fn clauses<'a>(written: &'a ast::Requirement, checker: &mut Checker<'a, '_>) -> Clauses {
    let mut clauses = Clauses::default();
    clauses.required = several(&written.expects, None, written, checker, &mut clauses.all);
    for (route, number) in written.routes.iter().zip(0u32..) {
        let ids = several(&route.expects, Some(number), written, checker, &mut clauses.all);
        clauses.routes.push(Route {
            name: route.name.value.clone(),
            title: route.title.as_ref().map_or_else(|| route.name.value.clone(), |t| t.value.clone()),
            clauses: ids,
            span: route.span,
        });
    }
    clauses
}

fn several<'a>(
    expects: &'a [ast::Expectation],
    route: Option<u32>,
    requirement: &ast::Requirement,
    checker: &mut Checker<'a, '_>,
    all: &mut Vec<Clause>,
) -> Vec<ClauseId> {
    let mut ids = Vec::with_capacity(expects.len());
    for expect in expects {
        let Some(body) = checker.truth(&expect.body) else {
            checker.abandon_clause();
            continue;
        };
        ids.push(ClauseId(all.len() as u32));
        all.push(Clause {
            name: expect.name.value.clone(),
            title: expect.title.as_ref().unwrap_or(&requirement.title).value.clone(),
            body,
            otherwise: checker.text_parts(expect.otherwise.as_ref()),
            remedy: checker.text_parts(expect.remedy.as_ref()),
            guidance: expect.guidance.as_ref().or(requirement.guidance.as_ref()).map(|g| g.value.clone()),
            route,
            span: expect.span,
        });
        checker.end_clause();
    }
    ids
}
