//! Answers a planned requirement against a bundle: why. Follows the same plan as [`super::run`], so the two cannot tell different stories; a
//! property test holds them to that.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use super::elements::Tally;
use super::ground::{Element, Elements, From, Ground, Shown, Step, Wanted};
use super::plan::{Access, ElementsPlan, Node, NodeKind, Walk};
use super::reading::mentions_assessment;
use super::run::{Frame, Run, UNBOUND, later};
use super::value::{self, Val};
use crate::base::Truth;
use crate::evidence::{At, DANGLING, FieldAt};
use crate::library::model::{CompareOp, Expr, ExprKind, Quantifier, Scalar, Source, TableId, Type, Value, VarId, WindowOp};

impl<'a> Run<'a> {
    /// Why a step comes to what it comes to. With `full`, also for steps that did not decide.
    pub(super) fn ground(&self, node: &Node<'a>, frame: &mut Frame<'a>, full: bool) -> Ground {
        let truth = self.truth(node, frame);
        self.ground_of(node, truth, frame, full)
    }

    /// As [`Run::ground`], for a step whose truth is known.
    pub(super) fn ground_of(&self, node: &Node<'a>, truth: Truth, frame: &mut Frame<'a>, full: bool) -> Ground {
        let mut below = Vec::new();
        let step = match &node.kind {
            NodeKind::And(parts) => {
                below = self.deciding(parts, truth, full, frame);
                Step::And
            }
            NodeKind::Or(parts) => {
                below = self.deciding(parts, truth, full, frame);
                Step::Or
            }
            NodeKind::Not(inner) => {
                below.push(self.ground(inner, frame, full));
                Step::Not
            }
            NodeKind::Named(inner) => {
                below.push(self.ground(inner, frame, full));
                match &node.expr.kind {
                    ExprKind::Named(name, _) => Step::Named(name.clone()),
                    _ => Step::And,
                }
            }
            NodeKind::Group { at_least, members } => self.group(node, *at_least, members, truth, full, frame, &mut below),
            NodeKind::Elements(plan) => Step::Elements(Box::new(self.explain_elements(plan, truth, frame, full))),
            NodeKind::Rhythm(plan) => match self.rhythm(plan, frame).1 {
                Some(rhythm) => Step::Rhythm(Box::new(rhythm)),
                None => Step::Value(self.shown(plan.throughout, frame)),
            },
            NodeKind::Constant(_)
            | NodeKind::CellCompare { .. }
            | NodeKind::CellRange { .. }
            | NodeKind::CellPair { .. }
            | NodeKind::CellItem { .. }
            | NodeKind::CellTrue { .. }
            | NodeKind::CellStated { .. }
            | NodeKind::Computed { .. } => self.leaf(node.expr, frame),
        };
        Ground { truth, rule: node.expr.span, step, below }
    }

    /// Grounds of the parts that made the whole what it is: those with the whole's truth; all of them with `full`.
    fn deciding(&self, parts: &[Node<'a>], whole: Truth, full: bool, frame: &mut Frame<'a>) -> Vec<Ground> {
        let mut grounds = Vec::new();
        for part in parts {
            let truth = self.truth(part, frame);
            if full || truth == whole {
                grounds.push(self.ground_of(part, truth, frame, full));
            }
        }
        grounds
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one plan node, taken apart by the only caller")]
    fn group(
        &self,
        node: &Node<'a>,
        at_least: u32,
        members: &[Node<'a>],
        whole: Truth,
        full: bool,
        frame: &mut Frame<'a>,
        below: &mut Vec<Ground>,
    ) -> Step {
        let labels: Vec<String> = match &node.expr.kind {
            ExprKind::Group { members, .. } => members.iter().map(|m| m.title.clone()).collect(),
            _ => Vec::new(),
        };
        let mut listed = Vec::with_capacity(members.len());
        for (member, label) in members.iter().zip(labels) {
            let truth = self.truth(member, frame);
            if full || (whole == Truth::True) == (truth == Truth::True) {
                below.push(self.ground_of(member, truth, frame, full));
            }
            listed.push((label, truth));
        }
        Step::Group { at_least, members: listed }
    }

    fn leaf(&self, expr: &'a Expr, frame: &mut Frame<'a>) -> Step {
        match &expr.kind {
            ExprKind::Compare(op, left, right) => {
                let (a, b) = (self.value(left, frame), self.value(right, frame));
                let misses_by_days = match (a.date(), b.date()) {
                    (Some(a), Some(b))
                        if value::compare(*op, Val::Known(Value::Date(a)), Val::Known(Value::Date(b))) == Truth::False =>
                    {
                        Some(b.days_to(a))
                    }
                    _ => None,
                };
                let stale = misses_by_days.is_some()
                    && match op {
                        CompareOp::Greater | CompareOp::AtLeast => mentions_assessment(right) && !mentions_assessment(left),
                        CompareOp::Less | CompareOp::AtMost => mentions_assessment(left) && !mentions_assessment(right),
                        CompareOp::Equal | CompareOp::NotEqual => false,
                    };
                Step::Compare { left: self.shown(left, frame), op: *op, right: self.shown(right, frame), misses_by_days, stale }
            }
            ExprKind::InWindow(op, left, right) => {
                let misses_by_days = value::misses_by(*op, self.value(left, frame), self.value(right, frame));
                let stale = misses_by_days.is_some_and(|d| d < 0)
                    && *op != WindowOp::Overlaps
                    && mentions_assessment(right)
                    && !mentions_assessment(left);
                Step::Window { value: self.shown(left, frame), op: *op, window: self.shown(right, frame), misses_by_days, stale }
            }
            ExprKind::Present { of, stated } => Step::Presence { of: self.shown(of, frame), wanted: *stated },
            ExprKind::OneOf { of, among, negated } => Step::Among {
                value: self.shown(of, frame),
                among: among.iter().map(|e| self.shown(e, frame)).collect(),
                negated: *negated,
            },
            ExprKind::Contains { list, value } => match self.list_rows(list, frame) {
                Some(rows) => Step::Among { value: self.shown(value, frame), among: self.shown_list(rows), negated: false },
                // Nothing can be said of the value: what is missing is the list, so that is what to point at.
                None => Step::Value(Shown { value: None, of: Scalar::Bool, from: self.missing_list(list, frame) }),
            },
            _ => Step::Value(self.shown(expr, frame)),
        }
    }

    /// Where a list that is not stated would stand: in its item, or in the reference that should lead there.
    fn missing_list(&self, list: &Source, frame: &Frame<'a>) -> From {
        let here = |of: VarId, field| {
            From::Field(At { table: frame.planned.tables[of.0 as usize], row: frame.rows[of.0 as usize], field: Some(field) })
        };
        match *list {
            Source::Kind(_) => From::Computed(None),
            Source::List { of, list, .. } => here(of, FieldAt::List(list)),
            Source::FollowedList { of, through, kind, list, .. } => {
                let cell = self.bundle.cell(frame.planned.tables[of.0 as usize], frame.rows[of.0 as usize], through);
                match u32::try_from(cell) {
                    Ok(row) => From::Field(At { table: TableId(kind.0), row, field: Some(FieldAt::List(list)) }),
                    Err(_) => here(of, FieldAt::Column(through)),
                }
            }
        }
    }

    fn shown_list(&self, (table, first, end): (TableId, u32, u32)) -> Vec<Shown> {
        let kind = self.library.table(table).columns[0].of;
        let field = Some(FieldAt::Column(crate::library::model::ColumnId(0)));
        (first..end)
            .map(|r| {
                let cell = self.bundle.rows(table).columns[0][r as usize];
                Shown { value: self.decode(kind, cell).known(), of: kind, from: From::Field(At { table, row: r, field }) }
            })
            .collect()
    }

    /// A value with where it comes from.
    fn shown(&self, expr: &'a Expr, frame: &mut Frame<'a>) -> Shown {
        let of = match expr.of {
            Type::Scalar(scalar) => scalar,
            Type::Row(_) => Scalar::Bool,
        };
        let val = self.value(expr, frame);
        let from = match &expr.kind {
            ExprKind::Column(var, column) => match frame.rows[var.0 as usize] {
                UNBOUND => From::Computed(None),
                row => {
                    From::Field(At { table: frame.planned.tables[var.0 as usize], row, field: Some(FieldAt::Column(*column)) })
                }
            },
            ExprKind::ListStated(var, list) => {
                let row = frame.rows[var.0 as usize];
                From::Field(At { table: frame.planned.tables[var.0 as usize], row, field: Some(FieldAt::List(*list)) })
            }
            ExprKind::Item(var) => match frame.rows[var.0 as usize] {
                UNBOUND => From::Computed(None),
                row => From::Item(At { table: frame.planned.tables[var.0 as usize], row, field: None }),
            },
            ExprKind::Follow { reference, table, column } => match self.value(reference, frame) {
                Val::Item(row) => From::Field(At { table: *table, row, field: Some(FieldAt::Column(*column)) }),
                // What is missing is the reference, so that is what to point at.
                Val::Known(_) | Val::Dangling | Val::Unknown => self.shown(reference, frame).from,
            },
            ExprKind::Named(_, inner) => return Shown { of, ..self.shown(inner, frame) },
            ExprKind::Fact(fact) => From::Fact(*fact),
            ExprKind::EntityKind | ExprKind::EntitySems | ExprKind::EntityId => From::Entity,
            ExprKind::Assessment => From::Assessment,
            ExprKind::Parameter(id) => From::Parameter(*id),
            ExprKind::Aggregate { of, over, .. } => {
                let table = over.last().map(|(v, _)| frame.planned.tables[v.0 as usize]).unwrap_or_default();
                From::Aggregate(*of, table, self.bundle.rows(table).len)
            }
            ExprKind::Arithmetic(op, ..) => From::Computed(Some(*op)),
            ExprKind::Literal(_) => From::Rule,
            _ => From::Computed(None),
        };
        // What is worked out from the rule and the date alone says nothing about the evidence.
        let constant = || super::reading::constant(self.library, self.plan.date, expr).is_some();
        let from = if matches!(from, From::Computed(_)) && constant() { From::Rule } else { from };
        Shown { value: val.known(), of, from }
    }

    fn explain_elements(&self, plan: &ElementsPlan<'a>, truth: Truth, frame: &mut Frame<'a>, full: bool) -> Elements {
        let walk = &plan.walk;
        let table = walk.levels.last().map(|l| l.table).unwrap_or_default();
        let mut found = Elements {
            wanted: wanted(plan.quantifier),
            table,
            considered: walk.levels.first().map_or(0, |l| self.considered(&l.access, l.table, frame)),
            population: 0,
            population_unknown: 0,
            holding: 0,
            failing: 0,
            unknown: 0,
            barred: Vec::new(),
            doubted: Vec::new(),
            shown: Vec::new(),
            more: 0,
            nearest: None,
            nil_return: None,
            nil_return_wanted: None,
            broken: None,
            unstated: None,
        };
        let mut tally = Tally::default();
        let by = if let Quantifier::Latest(by) = plan.quantifier { Some(&**by) } else { None };
        let latest = by.and_then(|by| self.latest_date(walk, by, frame));
        // The latest stands before those that may be later.
        let mut certain = 0;
        let _ = self.walk(walk, frame, &mut |frame, member| {
            let counts = self.counts(walk, frame);
            let keeps = !walk.positive && plan.body.is_some();
            if walk.positive || (keeps && Self::holding_helps(plan)) {
                self.rows_where(Truth::False, walk, frame, &mut found.barred);
                self.rows_where(Truth::Unknown, walk, frame, &mut found.doubted);
            }
            let member = member.and(counts);
            if member == Truth::False {
                return ControlFlow::Continue(());
            }
            let body = plan.body.as_ref().map_or(Truth::True, |b| self.truth(b, frame));
            let holds = if keeps { self.relied(plan, body, frame) } else { body };
            tally.add(member, holds);
            if let Some(by) = by {
                let date = self.value(by, frame);
                if latest.is_none_or(|latest| later(date, latest) != Some(Ordering::Less)) {
                    let is_latest = member == Truth::True && date != Val::Unknown;
                    let at = if is_latest { certain } else { found.shown.len() };
                    if at < Elements::SHOWN {
                        found.shown.insert(at, self.element(plan, member, (body, holds), frame, full));
                        certain += usize::from(is_latest);
                    } else {
                        found.more += 1;
                    }
                }
            } else if decides(plan.quantifier, truth, member, holds) {
                if found.shown.len() < Elements::SHOWN {
                    found.shown.push(self.element(plan, member, (body, holds), frame, full));
                } else {
                    found.more += 1;
                }
            }
            ControlFlow::Continue(())
        });
        found.unstated = frame.unstated;
        found.more += found.shown.len().saturating_sub(Elements::SHOWN) as u32;
        found.shown.truncate(Elements::SHOWN);
        found.population = tally.population();
        found.population_unknown = tally.maybe();
        found.holding = tally.holding;
        found.failing = tally.failing;
        found.unknown = tally.unknown;
        found.nil_return = if found.population == 0 { self.nil_return(walk) } else { None };
        if truth == Truth::Unknown && found.nil_return.is_none() && found.unstated.is_none() && found.population == 0 {
            found.nil_return_wanted = self.empty_kind(walk).or_else(|| walk.kinds.first().map(|(kind, _)| *kind));
        }
        let may_be_near = matches!(
            plan.quantifier,
            Quantifier::Some
                | Quantifier::AtLeast(_)
                | Quantifier::Exactly(_)
                | Quantifier::Latest(_)
                | Quantifier::ShareAtLeast(_)
        );
        if truth != Truth::True && may_be_near && found.population == 0 {
            found.nearest = self.nearest(walk, frame).map(Box::new);
            found.broken = self.broken(walk, frame);
        }
        found
    }

    fn considered(&self, access: &Access<'a>, table: crate::library::model::TableId, frame: &mut Frame<'a>) -> u32 {
        match access {
            // Rows that a key leads to are what there is to look at; that others have other keys is no news.
            Access::All | Access::Equal { .. } | Access::Row { .. } => self.bundle.rows(table).len,
            Access::List { .. } | Access::FollowedList { .. } => self.candidates(access, table, frame).count() as u32,
        }
    }

    /// Notes the rows at hand of which it is so that they may be relied on, each once: an item may have many elements.
    fn rows_where(&self, admits: Truth, walk: &Walk<'a>, frame: &Frame<'a>, into: &mut Vec<At>) {
        for level in &walk.levels {
            let at = At { table: level.table, row: frame.rows[level.var.0 as usize], field: None };
            if self.admissibility.admits(at.table, at.row) == admits && into.last() != Some(&at) {
                into.push(at);
            }
        }
    }

    pub(super) fn rows_at(walk: &Walk<'a>, frame: &Frame<'a>) -> Vec<At> {
        let bound = walk.levels.iter().map(|l| (l.table, frame.rows[l.var.0 as usize]));
        bound.filter(|(_, r)| *r != UNBOUND).map(|(table, row)| At { table, row, field: None }).collect()
    }

    /// `body` is whether its condition holds, `holds` whether it does with its item looked at too.
    fn element(
        &self,
        plan: &ElementsPlan<'a>,
        member: Truth,
        (body, holds): (Truth, Truth),
        frame: &mut Frame<'a>,
        full: bool,
    ) -> Element {
        let rows = Self::rows_at(&plan.walk, frame);
        let bound = frame
            .rows
            .iter()
            .zip(&frame.planned.tables)
            .map(|(row, table)| (*row != UNBOUND).then_some(At { table: *table, row: *row, field: None }))
            .collect();
        // What keeps the element open: its membership, else its body.
        let ground = if member == Truth::Unknown {
            let open = Self::filters_of(&plan.walk).find(|f| self.truth(f, frame) == Truth::Unknown);
            open.map(|f| self.ground_of(f, Truth::Unknown, frame, full))
        } else if full
            && let (None, Quantifier::No | Quantifier::AtMost(_) | Quantifier::Exactly(_)) = (&plan.body, plan.quantifier)
        {
            // It must not be there, and all that makes it one of those is why.
            let below: Vec<Ground> = Self::filters_of(&plan.walk).map(|f| self.ground(f, frame, full)).collect();
            let rule = below.first().map(|g| g.rule);
            rule.map(|rule| Ground { truth: member, rule, step: Step::And, below })
        } else {
            plan.body.as_ref().filter(|_| full || body != Truth::True).map(|b| self.ground_of(b, body, frame, full))
        };
        let truth = if plan.body.is_some() { member.not().or(holds) } else { member };
        Element { rows, truth, ground, bound }
    }

    /// A reference on the way that leads nowhere: the cell of an access key, or of a reference condition.
    fn broken(&self, walk: &Walk<'a>, frame: &mut Frame<'a>) -> Option<At> {
        let mut broken = None;
        for level in &walk.levels {
            let key = match level.access {
                Access::Equal { key, .. } | Access::Row { key } => Some(key),
                Access::All | Access::List { .. } | Access::FollowedList { .. } => None,
            };
            if let Some(key) = key
                && self.value(key, frame) == Val::Dangling
            {
                return match self.shown(key, frame).from {
                    From::Field(at) => Some(at),
                    _ => None,
                };
            }
            for filter in &level.filters {
                let NodeKind::CellItem { var, slot, equal: true, .. } = &filter.kind else { continue };
                if *var != level.var {
                    continue;
                }
                let (table, column) = self.plan.columns[*slot as usize];
                let row = (0u32..).zip(&self.bundle.rows(table).columns[column.0 as usize]).find(|(_, c)| **c == DANGLING);
                broken = broken.or(row.map(|(row, _)| At { table, row, field: Some(FieldAt::Column(column)) }));
            }
        }
        broken
    }
}

fn wanted(quantifier: &Quantifier) -> Wanted {
    match quantifier {
        Quantifier::Some => Wanted::Some,
        Quantifier::No => Wanted::No,
        Quantifier::Every => Wanted::Every,
        Quantifier::AtLeast(n) => Wanted::AtLeast(*n),
        Quantifier::AtMost(n) => Wanted::AtMost(*n),
        Quantifier::Exactly(n) => Wanted::Exactly(*n),
        Quantifier::ShareAtLeast(p) => Wanted::ShareAtLeast(*p),
        Quantifier::ShareAtMost(p) => Wanted::ShareAtMost(*p),
        Quantifier::Latest(_) => Wanted::Latest,
    }
}

/// Whether an element is one that made the quantifier what it is.
fn decides(quantifier: &Quantifier, whole: Truth, member: Truth, holds: Truth) -> bool {
    match quantifier {
        Quantifier::Some | Quantifier::AtLeast(_) => match whole {
            Truth::True => member == Truth::True,
            Truth::Unknown => member == Truth::Unknown,
            Truth::False => true,
        },
        Quantifier::No | Quantifier::AtMost(_) | Quantifier::Exactly(_) => match whole {
            Truth::True => false,
            Truth::Unknown => member == Truth::Unknown,
            Truth::False => member == Truth::True,
        },
        Quantifier::Every | Quantifier::ShareAtLeast(_) => {
            member.not().or(holds) == whole || (member == Truth::True && holds == Truth::False)
        }
        Quantifier::ShareAtMost(_) => member == Truth::True && holds == Truth::True,
        // Not each element by itself: see `explain_elements`.
        Quantifier::Latest(_) => false,
    }
}
