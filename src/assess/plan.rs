//! What a plan is: requirements made ready to run on one date. It mirrors the expressions it was made from node by node, so that the same tree
//! answers "does it hold" and "why". [`super::planner`] makes it.

use crate::base::{Date, Interval, Truth};
use crate::library::model::{
    Basis, ColumnId, CompareOp, Expr, KindId, Library, ListId, ProvisionId, Quantifier, RequirementId, TableId, VarId,
};

/// A column that some requirement reads: an index into [`Plan::columns`].
pub(crate) type Slot = u32;

/// All requirements of a library, ready for one date.
#[derive(Debug)]
pub struct Plan<'l> {
    pub(crate) library: &'l Library,
    pub(crate) date: Date,
    pub(crate) requirements: Vec<Planned<'l>>,
    /// Columns read, each once.
    pub(crate) columns: Vec<(TableId, ColumnId)>,
    /// Columns looked up by value, each once.
    pub(crate) indexes: Vec<(TableId, ColumnId, bool)>,
    /// For each kind, the requirements that read it.
    pub(crate) readers: Vec<Vec<RequirementId>>,
}

/// One requirement, ready.
#[derive(Debug)]
pub(crate) struct Planned<'l> {
    pub(crate) when: Option<Node<'l>>,
    pub(crate) clauses: Vec<Node<'l>>,
    /// Quantities anywhere in it, with how their elements are found.
    pub(crate) aggregates: Vec<(&'l Expr, Walk<'l>)>,
    /// The table each variable ranges over.
    pub(crate) tables: Vec<TableId>,
    /// Whether it, and a provision of it where it has any, is in force on the date.
    pub(crate) in_force: bool,
    /// Its provisions that are in force.
    pub(crate) provisions: Vec<ProvisionId>,
    /// The weakest basis among them; `None` when it discharges none.
    pub(crate) basis: Option<Basis>,
    /// Whether the texts of all of them are not public.
    pub(crate) sealed: bool,
}

/// A step with the expression it answers.
#[derive(Debug)]
pub(crate) struct Node<'l> {
    pub(crate) expr: &'l Expr,
    pub(crate) kind: NodeKind<'l>,
}

/// How a step is answered.
#[derive(Debug)]
pub(crate) enum NodeKind<'l> {
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
pub(crate) struct Walk<'l> {
    pub(crate) levels: Vec<Walked<'l>>,
    /// Whether a barred item must not count: it may only help.
    pub(crate) positive: bool,
    /// The requirement it belongs to: a nil return may be for that.
    pub(crate) requirement: RequirementId,
    /// The kinds ranged over, for nil returns, with the constant days that the dates of their items must lie in.
    pub(crate) kinds: Vec<(KindId, Option<Interval>)>,
}

/// One source of a walk.
#[derive(Debug)]
pub(crate) struct Walked<'l> {
    pub(crate) var: VarId,
    pub(crate) table: TableId,
    pub(crate) access: Access<'l>,
    /// An index, and the cell that one of the conditions wants in it, known beforehand.
    pub(crate) equal: Option<(u32, i64)>,
    /// Conditions that can be decided here.
    pub(crate) filters: Vec<Node<'l>>,
}

/// How the rows of a source are found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Access<'l> {
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
pub(crate) struct ElementsPlan<'l> {
    pub(crate) quantifier: &'l Quantifier,
    pub(crate) walk: Walk<'l>,
    pub(crate) body: Option<Node<'l>>,
    /// Whether making it true can only help the requirement.
    pub(crate) positive: bool,
}

/// A rhythm.
#[derive(Debug)]
pub(crate) struct RhythmPlan<'l> {
    pub(crate) walk: Walk<'l>,
    pub(crate) by: &'l Expr,
    pub(crate) every: &'l Expr,
    pub(crate) throughout: &'l Expr,
    pub(crate) allowing: u32,
    pub(crate) max_gap: Option<&'l Expr>,
}
