//! Where the fields of items go: for each table, a look-up from written key to column, list or nested record. Made once per library.

use rustc_hash::FxHashMap;

use crate::library::Library;
use crate::library::model::{Expr, ExprKind, FactId, KindId, ProvisionId, RequirementId, Source, Table, TableId, VocabularyId};

/// What a key of an item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A column of the table.
    Column(u32),
    /// A list of the table.
    List(u32),
    /// A nested record: its look-up.
    Record(u32),
    /// `kind`
    Kind,
    /// `facts`: the item's own fields.
    Facts,
    /// `attachments`
    Attachments,
}

/// One look-up.
pub(super) type Keys<'l> = FxHashMap<&'l str, Target>;

/// All look-ups of a library.
#[derive(Debug)]
pub(super) struct Fields<'l> {
    /// Look-ups; those of nested records are reached by [`Target::Record`].
    pub(super) keys: Vec<Keys<'l>>,
    /// By table: the look-up for an item or an element.
    pub(super) root: Vec<u32>,
    /// By kind: the look-up for what stands under `facts`.
    pub(super) own: Vec<u32>,
    /// By kind: the look-up for columns of a table, where `a.b` is one name.
    pub(super) flat: Vec<u32>,
    /// By table and column: whether some rule reads it, so that its texts are compared.
    pub(super) read: Vec<Vec<bool>>,
    /// Terms by vocabulary.
    pub(super) terms: Vec<FxHashMap<&'l str, u32>>,
    /// Kinds.
    pub(super) kinds: FxHashMap<&'l str, KindId>,
    /// Facts.
    pub(super) facts: FxHashMap<&'l str, FactId>,
    /// Requirements.
    pub(super) requirements: FxHashMap<&'l str, RequirementId>,
    /// Provisions.
    pub(super) provisions: FxHashMap<&'l str, ProvisionId>,
}

impl<'l> Fields<'l> {
    /// Look-ups of a library.
    pub(super) fn new(library: &'l Library) -> Self {
        let mut fields = Self {
            keys: Vec::new(),
            root: Vec::new(),
            own: Vec::new(),
            flat: Vec::new(),
            read: library.tables.iter().map(|t| vec![false; t.columns.len()]).collect(),
            terms: library
                .vocabularies
                .iter()
                .map(|v| v.terms.iter().zip(0..).map(|(t, i)| (t.name.as_str(), i)).collect())
                .collect(),
            kinds: library.kinds.iter().zip(0..).map(|(k, i)| (k.name.as_str(), KindId(i))).collect(),
            facts: library.facts.iter().zip(0..).map(|(f, i)| (f.name.as_str(), FactId(i))).collect(),
            requirements: library.requirements.iter().zip(0..).map(|(r, i)| (r.name.as_str(), RequirementId(i))).collect(),
            provisions: library.provisions.iter().zip(0..).map(|(p, i)| (p.name.as_str(), ProvisionId(i))).collect(),
        };
        for requirement in &library.requirements {
            let mut tables = vec![TableId::default(); requirement.variables as usize];
            let conditions = requirement.clauses.iter().map(|c| &c.body).chain(requirement.applies.when.as_ref());
            conditions.clone().for_each(|c| c.collect_tables(&mut tables));
            conditions.for_each(|c| c.visit(&mut |e| fields.note_read(e, &tables)));
        }
        let kinds = library.kinds.len();
        for (index, table) in library.tables.iter().enumerate() {
            let common = if index < kinds { crate::library::model::Common::ALL.len() } else { 0 };
            let own = fields.table(table, common);
            let mut root = own;
            if index < kinds {
                fields.own.push(own);
                let columns = table.columns.iter().zip(0..).map(|(c, i)| (c.name.as_str(), Target::Column(i)));
                let lists = table.lists.iter().zip(0..).map(|(l, i)| (l.name.as_str(), Target::List(i)));
                let flat = fields.add(columns.chain(lists).collect());
                fields.flat.push(flat);
                let mut keys = fields.keys[own as usize].clone();
                keys.extend(table.columns.iter().take(common).zip(0..).map(|(c, i)| (c.name.as_str(), Target::Column(i))));
                keys.extend([("kind", Target::Kind), ("facts", Target::Facts), ("attachments", Target::Attachments)]);
                root = fields.add(keys);
            }
            fields.root.push(root);
        }
        fields
    }

    fn note_read(&mut self, expr: &Expr, tables: &[TableId]) {
        let (table, column) = match &expr.kind {
            ExprKind::Column(var, column) => (tables[var.0 as usize], column.0),
            ExprKind::Follow { table, column, .. } => (*table, column.0),
            // The single column of a list of scalars.
            ExprKind::Contains { list: Source::List { table, .. } | Source::FollowedList { table, .. }, .. } => (*table, 0),
            _ => return,
        };
        if let Some(read) = self.read[table.0 as usize].get_mut(column as usize) {
            *read = true;
        }
    }

    fn add(&mut self, keys: Keys<'l>) -> u32 {
        self.keys.push(keys);
        self.keys.len() as u32 - 1
    }

    fn table(&mut self, table: &'l Table, skip: usize) -> u32 {
        let root = self.add(Keys::default());
        for (column, index) in table.columns.iter().zip(0..).skip(skip) {
            self.insert(root, &column.name, Target::Column(index));
        }
        for (list, index) in table.lists.iter().zip(0..) {
            self.insert(root, &list.name, Target::List(index));
        }
        root
    }

    /// `a.b` is the key `b` of the record `a`.
    fn insert(&mut self, at: u32, name: &'l str, target: Target) {
        let Some((record, rest)) = name.split_once('.') else {
            self.keys[at as usize].insert(name, target);
            return;
        };
        let known = self.keys[at as usize].get(record).copied();
        let inner = match known {
            Some(Target::Record(inner)) => inner,
            _ => {
                let inner = self.add(Keys::default());
                self.keys[at as usize].insert(record, Target::Record(inner));
                inner
            }
        };
        self.insert(inner, rest, target);
    }

    /// The names a look-up knows, sorted.
    pub(super) fn names(&self, keys: u32) -> Vec<&'l str> {
        sorted(&self.keys[keys as usize])
    }

    /// The terms of a vocabulary, sorted.
    pub(super) fn term_names(&self, vocabulary: VocabularyId) -> Vec<&'l str> {
        sorted(&self.terms[vocabulary.0 as usize])
    }

    /// The names of kinds, sorted.
    pub(super) fn kind_names(&self) -> Vec<&'l str> {
        sorted(&self.kinds)
    }

    /// The names of facts, sorted.
    pub(super) fn fact_names(&self) -> Vec<&'l str> {
        sorted(&self.facts)
    }
}

/// The keys of a look-up, sorted.
pub(super) fn sorted<'l, T>(map: &FxHashMap<&'l str, T>) -> Vec<&'l str> {
    let mut names: Vec<&str> = map.keys().copied().collect();
    names.sort_unstable();
    names
}
