//! What a plan is: requirements made ready to run on one date. It mirrors the expressions it was made from node by node, so that the same tree
//! answers "does it hold" and "why". [`super::planner`] makes it.

use crate::base::{Date, Interval, Truth};
use crate::library::model::{
    Basis, ColumnId, CompareOp, Expr, KindId, Library, ListId, ProvisionId, Quantifier, RequirementId, TableId, VarId,
};

/// A column that some requirement reads: an index into [`Plan::columns`].
pub(super) type Slot = u32;

/// All requirements of a library, ready for one date.
#[derive(Debug)]
pub struct Plan<'l> {
    pub(super) library: &'l Library,
    pub(super) date: Date,
    pub(super) requirements: Vec<Planned<'l>>,
    /// Columns read, each once.
    pub(super) columns: Vec<(TableId, ColumnId)>,
    /// Columns looked up by value, each once.
    pub(super) indexes: Vec<(TableId, ColumnId, bool)>,
    /// For each kind, the requirements that read it.
    pub(super) readers: Vec<Vec<RequirementId>>,
}

/// One requirement, ready.
#[derive(Debug)]
pub(super) struct Planned<'l> {
    pub(super) when: Option<Node<'l>>,
    pub(super) clauses: Vec<Node<'l>>,
    /// Quantities anywhere in it, with how their elements are found.
    pub(super) aggregates: Vec<(&'l Expr, Walk<'l>)>,
    /// The table each variable ranges over.
    pub(super) tables: Vec<TableId>,
    /// Whether it, and a provision of it where it has any, is in force on the date.
    pub(super) in_force: bool,
    /// Its provisions that are in force.
    pub(super) provisions: Vec<ProvisionId>,
    /// The weakest basis among them; `None` when it discharges none.
    pub(super) basis: Option<Basis>,
    /// Whether the texts of all of them are not public.
    pub(super) sealed: bool,
}

/// A step with the expression it answers.
#[derive(Debug)]
pub(super) struct Node<'l> {
    pub(super) expr: &'l Expr,
    pub(super) kind: NodeKind<'l>,
}

/// How a step is answered.
#[derive(Debug)]
pub(super) enum NodeKind<'l> {
    /// Known beforehand.
    Constant(Truth),
    /// A cell compared with a constant cell.
    CellCompare {
        var: VarId,
        slot: Slot,
        op: CompareOp,
        cell: i64,
    },
    /// A date cell inside constant days.
    CellRange {
        var: VarId,
        slot: Slot,
        first: i64,
        last: i64,
    },
    /// Two cells of one type compared.
    CellPair {
        left: (VarId, Slot),
        op: CompareOp,
        right: (VarId, Slot),
    },
    /// A reference cell equal to (or not) the item in another variable.
    CellItem {
        var: VarId,
        slot: Slot,
        item: VarId,
        equal: bool,
    },
    /// A yes-or-no cell.
    CellTrue {
        var: VarId,
        slot: Slot,
    },
    /// Whether a cell is stated.
    CellStated {
        var: VarId,
        slot: Slot,
        stated: bool,
    },
    /// Computed from the expression.
    Computed {
        /// Whether making it true can only help the requirement.
        positive: bool,
    },
    And(Vec<Node<'l>>),
    Or(Vec<Node<'l>>),
    Not(Box<Node<'l>>),
    Named(Box<Node<'l>>),
    Group {
        at_least: u32,
        members: Vec<Node<'l>>,
    },
    Elements(Box<ElementsPlan<'l>>),
    Rhythm(Box<RhythmPlan<'l>>),
}

/// Elements and the conditions on them.
#[derive(Debug)]
pub(super) struct Walk<'l> {
    pub(super) levels: Vec<Walked<'l>>,
    /// Whether a barred item must not count: it may only help.
    pub(super) positive: bool,
    /// The requirement it belongs to: a nil return may be for that.
    pub(super) requirement: RequirementId,
    /// The kinds ranged over, for nil returns, with the constant days that the dates of their items must lie in.
    pub(super) kinds: Vec<(KindId, Option<Interval>)>,
}

/// One source of a walk.
#[derive(Debug)]
pub(super) struct Walked<'l> {
    pub(super) var: VarId,
    pub(super) table: TableId,
    pub(super) access: Access<'l>,
    /// An index, and the cell that one of the conditions wants in it, known beforehand.
    pub(super) equal: Option<(u32, i64)>,
    /// Conditions that can be decided here.
    pub(super) filters: Vec<Node<'l>>,
}

/// How the rows of a source are found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Access<'l> {
    /// All rows.
    All,
    /// The rows whose cell equals a value known before; rows whose cell is missing too, for they may.
    Equal { index: u32, key: &'l Expr },
    /// The row that a reference names.
    Row { key: &'l Expr },
    /// The elements of a list of the row in a variable.
    List { of: VarId, list: ListId },
    /// The elements of a list of the item that a reference leads to.
    FollowedList { of: VarId, through: Slot, table: TableId, list: ListId },
}

/// A quantifier.
#[derive(Debug)]
pub(super) struct ElementsPlan<'l> {
    pub(super) quantifier: &'l Quantifier,
    pub(super) walk: Walk<'l>,
    pub(super) body: Option<Node<'l>>,
    /// Whether making it true can only help the requirement.
    pub(super) positive: bool,
}

/// A rhythm.
#[derive(Debug)]
pub(super) struct RhythmPlan<'l> {
    pub(super) walk: Walk<'l>,
    pub(super) by: &'l Expr,
    pub(super) every: &'l Expr,
    pub(super) throughout: &'l Expr,
    pub(super) allowing: u32,
    pub(super) max_gap: Option<&'l Expr>,
}
