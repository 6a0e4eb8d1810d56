//! Paths: a name and the fields read from it.

use super::{Bound, Checker, Target, literal, scalar};
use crate::base::Span;
use crate::library::errors::{self, Sort};
use crate::library::model::{Column, Expr, ExprKind, ListId, Scalar, Source, TableId, TermId, Type, Value, VarId, VocabularyId};
use crate::syntax::ast::Name;

/// What a path leads to.
pub(super) enum Found {
    /// A single value.
    Value(Expr),
    /// A row of a list of records.
    Row(VarId, TableId),
    /// A list.
    List(ListFound),
}

/// A list that a path leads to.
pub(super) struct ListFound {
    pub(super) source: Source,
    pub(super) table: TableId,
    pub(super) scalar: bool,
}

/// Where a walk along fields starts.
enum Root {
    Var(VarId),
    Reference(Expr),
}

impl Checker<'_, '_> {
    /// A path that must be a single value.
    pub(super) fn path(&mut self, name: &Name, fields: &[Name], span: Span, want: Option<Scalar>) -> Option<Expr> {
        match self.resolve(name, fields, span, want)? {
            Found::Value(value) => Some(value),
            Found::Row(_, table) => {
                let help = self.hint(Type::Row(table), Type::Scalar(Scalar::Text));
                let help = help.unwrap_or_else(|| "name a field of the element".to_owned());
                self.problems.push(errors::not_a_value(span, &name.value, "an element with fields, not a single value", &help));
                None
            }
            Found::List(_) => {
                let help = "bind its elements with `as`, or ask with `contains`, `is stated` or `is missing`";
                self.problems.push(errors::not_a_value(span, &dotted(name, fields), "a list, not a single value", help));
                None
            }
        }
    }

    /// What a path leads to; a bare term of a vocabulary where one is wanted.
    pub(super) fn resolve(&mut self, name: &Name, fields: &[Name], span: Span, want: Option<Scalar>) -> Option<Found> {
        if let (Some(Scalar::Term(vocabulary)), true) = (want, fields.is_empty())
            && let Some(term) = self.terms.get(vocabulary, &name.value)
            && !self.names_a(name, vocabulary)
        {
            return Some(Found::Value(term_literal(term, vocabulary, span)));
        }
        if let Some(target) = self.variable(&name.value) {
            return self.stands_for(target, fields, span);
        }
        let value = match name.value.as_str() {
            "entity" => return self.entity(name, fields, span),
            "assessment" => scalar(ExprKind::Assessment, Scalar::Date, span),
            other if self.is_defined(other) => self.unfold(name, span)?,
            other => match self.library.names.parameters.get(other) {
                Some(id) => {
                    let parameter = self.library.parameter(*id);
                    if parameter.values.iter().all(|(_, days, _)| days.from.zip(days.until).is_some_and(|(f, u)| u <= f)) {
                        self.problems.push(errors::parameter_without_value(name.span, other, parameter.span));
                    }
                    scalar(ExprKind::Parameter(*id), parameter.of, span)
                }
                None => {
                    self.unknown(name, fields, want);
                    return None;
                }
            },
        };
        if fields.is_empty() { Some(Found::Value(value)) } else { self.follow(value, fields, span) }
    }

    /// A term of a vocabulary.
    pub(super) fn term(&mut self, name: &Name, vocabulary: VocabularyId) -> Option<Expr> {
        match self.terms.get(vocabulary, &name.value) {
            Some(term) => Some(term_literal(term, vocabulary, name.span)),
            None => {
                let declared = self.library.vocabulary(vocabulary);
                let known = declared.terms.iter().map(|t| t.name.as_str());
                self.problems.push(errors::unknown_term(&name.value, name.span, &declared.name, known));
                None
            }
        }
    }

    /// Whether a bare name already stands for a term of this vocabulary.
    fn names_a(&mut self, name: &Name, vocabulary: VocabularyId) -> bool {
        let wanted = Scalar::Term(vocabulary);
        if let Some(bound) = self.scope.iter().rev().find(|b| b.name == name.value) {
            return match &bound.to {
                Target::Row { .. } => false,
                Target::Element { of, .. } => *of == wanted,
                Target::Value(value) => value.of == Type::Scalar(wanted),
            };
        }
        if self.is_defined(&name.value) {
            return self.unfold(name, name.span).is_some_and(|e| e.of == Type::Scalar(wanted));
        }
        self.library.names.parameters.get(&name.value).is_some_and(|id| self.library.parameter(*id).of == wanted)
    }

    fn unknown(&mut self, name: &Name, fields: &[Name], want: Option<Scalar>) {
        if let (Some(Scalar::Term(vocabulary)), true) = (want, fields.is_empty()) {
            let _ = self.term(name, vocabulary);
            return;
        }
        let owner = fields.is_empty().then(|| self.terms.owner(&name.value)).flatten();
        let owner = owner.map(|v| self.library.vocabulary(v).name.as_str()).filter(|_| want != Some(Scalar::Text));
        let problem = errors::unknown_name(&name.value, name.span, self.names_in_scope(), owner);
        self.problems.push(problem);
    }

    /// Whether a name stands for something here without being a term.
    pub(super) fn is_known(&self, name: &str) -> bool {
        matches!(name, "assessment" | "entity")
            || self.scope.iter().any(|b| b.name == name)
            || self.is_defined(name)
            || self.library.names.parameters.contains_key(name)
    }

    /// Every name that could stand here.
    pub(super) fn names_in_scope(&self) -> impl Iterator<Item = &str> {
        let variables = self.scope.iter().map(|b: &Bound| b.name.as_str());
        let lets = self.lets.keys().copied();
        let parameters = self.library.names.parameters.keys().map(String::as_str);
        variables.chain(lets).chain(parameters).chain(self.declared.defines.keys().copied()).chain(["assessment", "entity"])
    }

    /// What a variable in sight stands for; it counts as read.
    fn variable(&mut self, name: &str) -> Option<Target> {
        let bound = self.scope.iter_mut().rev().find(|b| b.name == name)?;
        bound.used = true;
        Some(bound.to.clone())
    }

    fn stands_for(&mut self, target: Target, fields: &[Name], span: Span) -> Option<Found> {
        let value = match target {
            Target::Row { var, table } if !fields.is_empty() => return self.walk(Root::Var(var), table, fields, span),
            Target::Row { var, table } => {
                let owner = self.library.table(table);
                if owner.parent.is_some() {
                    return Some(Found::Row(var, table));
                }
                scalar(ExprKind::Item(var), Scalar::Ref(owner.kind), span)
            }
            Target::Element { var, of } => scalar(ExprKind::Column(var, crate::library::model::ColumnId(0)), of, span),
            Target::Value(value) => {
                self.nodes += size(&value);
                Expr { span, ..value }
            }
        };
        if fields.is_empty() { Some(Found::Value(value)) } else { self.follow(value, fields, span) }
    }

    /// `entity.…`
    fn entity(&mut self, name: &Name, fields: &[Name], span: Span) -> Option<Found> {
        let Some((first, rest)) = fields.split_first() else {
            let help = "name what you ask of it: `entity.kind`, `entity.sems`, `entity.id` or a fact";
            self.problems.push(errors::not_a_value(name.span, "entity", "the entity as a whole", help));
            return None;
        };
        let library = self.library;
        let value = match first.value.as_str() {
            "kind" => scalar(ExprKind::EntityKind, Scalar::Term(library.entity_kinds), span),
            "sems" => scalar(ExprKind::EntitySems, Scalar::Term(library.sems), span),
            "id" => scalar(ExprKind::EntityId, Scalar::Text, span),
            other => match library.names.facts.get(other) {
                Some(id) => scalar(ExprKind::Fact(*id), library.fact(*id).of, span),
                None => {
                    let known = library.names.facts.keys().map(String::as_str).chain(["kind", "sems", "id"]);
                    self.problems.push(errors::unknown(Sort::Fact, first, known));
                    return None;
                }
            },
        };
        if rest.is_empty() { Some(Found::Value(value)) } else { self.follow(value, rest, span) }
    }

    /// Fields of what a value refers to.
    fn follow(&mut self, value: Expr, fields: &[Name], span: Span) -> Option<Found> {
        match value.of {
            Type::Scalar(Scalar::Ref(kind)) => {
                let root = if let ExprKind::Item(var) = value.kind { Root::Var(var) } else { Root::Reference(value) };
                self.walk(root, TableId(kind.0), fields, span)
            }
            Type::Scalar(_) | Type::Row(_) => {
                let (name, at) = fields.first().map_or(("", span), |f| (f.value.as_str(), f.span));
                let owner = self.library.words(value.of);
                self.problems.push(errors::unknown_field(name, at, &owner, []));
                None
            }
        }
    }

    fn walk(&mut self, root: Root, table: TableId, fields: &[Name], span: Span) -> Option<Found> {
        let library = self.library;
        let owner = library.table(table);
        let mut path = String::new();
        for (position, field) in fields.iter().enumerate() {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&field.value);
            let rest = fields.get(position + 1..).unwrap_or_default();
            if let Some(column) = owner.column(&path) {
                let of = owner.columns.get(column.0 as usize).map(|c: &Column| c.of)?;
                let kind = match root {
                    Root::Var(var) => ExprKind::Column(var, column),
                    Root::Reference(reference) => ExprKind::Follow { reference: Box::new(reference), table, column },
                };
                let value = scalar(kind, of, span);
                return if rest.is_empty() { Some(Found::Value(value)) } else { self.follow(value, rest, span) };
            }
            if let Some(list) = owner.list(&path) {
                if let Some(after) = rest.first() {
                    let help = "bind its elements with `as` and read the field from the variable";
                    self.problems.push(errors::not_a_value(after.span, &path, "a list, whose elements have the fields", help));
                    return None;
                }
                return self.list(root, table, list, span);
            }
            let inside = format!("{path}.");
            let mut all = owner.columns.iter().map(|c| &c.name).chain(owner.lists.iter().map(|l| &l.name));
            if !all.any(|n| n.starts_with(&inside)) {
                let level = path.len() - field.value.len();
                let prefix = path.get(..level).unwrap_or("");
                let all = owner.columns.iter().map(|c| &c.name).chain(owner.lists.iter().map(|l| &l.name));
                let known = all.filter_map(|n| n.strip_prefix(prefix)).map(|n| n.split('.').next().unwrap_or(n));
                self.problems.push(errors::unknown_field(&field.value, field.span, &owner.name, known));
                return None;
            }
        }
        self.problems.push(errors::not_a_value(
            span,
            &path,
            "a record, not a single value",
            "name one of its fields after a dot",
        ));
        None
    }

    fn list(&mut self, root: Root, table: TableId, list: ListId, span: Span) -> Option<Found> {
        let owner = self.library.table(table);
        let (kind, found) = (owner.kind, owner.lists.get(list.0 as usize)?);
        let source = match root {
            Root::Var(of) => Source::List { of, list, table: found.table },
            Root::Reference(Expr { kind: ExprKind::Column(of, through), .. }) => {
                Source::FollowedList { of, through, kind, list, table: found.table }
            }
            Root::Reference(_) => {
                self.problems.push(errors::list_out_of_reach(span, &found.name));
                return None;
            }
        };
        Some(Found::List(ListFound { source, table: found.table, scalar: found.scalar }))
    }
}

/// How many parts an expression has.
fn size(expr: &Expr) -> usize {
    let mut parts = 1;
    expr.each_child(&mut |child| parts += size(child));
    parts
}

fn term_literal(term: TermId, vocabulary: VocabularyId, span: Span) -> Expr {
    literal(Value::Term(term.0), Scalar::Term(vocabulary), span)
}

/// A path as written.
pub(super) fn dotted(name: &Name, fields: &[Name]) -> String {
    std::iter::once(name).chain(fields).map(|n| n.value.as_str()).collect::<Vec<_>>().join(".")
}
