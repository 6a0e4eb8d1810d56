//! What may stand in each block: the words its statements begin with, and the rules that match them.

use super::ast::Declaration;
use super::grammar::Rule;
use super::scan;

/// What may stand in one kind of block.
#[derive(Debug)]
pub(super) struct Shape {
    /// How the block is called.
    pub(super) noun: &'static str,
    /// The words statements begin with.
    pub(super) words: &'static [&'static str],
    /// One statement.
    pub(super) statement: Rule,
    /// One statement and nothing after it: for finding out what else could have stood there.
    pub(super) alone: Rule,
    /// What stands in the block without a keyword, once.
    pub(super) body: Option<Rule>,
    /// The same and nothing after it.
    pub(super) body_alone: Rule,
    /// Whether statements may begin with any word.
    pub(super) free: bool,
    /// The statements that have a block of their own.
    pub(super) blocks: &'static [Opening],
}

impl Shape {
    /// Whether a statement of this block begins with the word.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

/// Something that opens a block, or a declaration.
#[derive(Debug)]
pub(super) struct Opening {
    /// The word it begins with.
    pub(super) keyword: &'static str,
    /// All of it.
    pub(super) whole: Rule,
    /// Everything before `{`.
    pub(super) header: Rule,
    /// All of it and nothing after it.
    pub(super) alone: Rule,
    /// What may stand in its block; `None` when it has none.
    pub(super) shape: Option<&'static Shape>,
}

macro_rules! shape {
    ($noun:literal, [$($word:literal)*], $statement:ident, $alone:ident, free: $free:literal, body: $body:expr, $body_alone:ident, $blocks:expr) => {
        Shape {
            noun: $noun,
            words: &[$($word),*],
            statement: Rule::$statement,
            alone: Rule::$alone,
            body: $body,
            body_alone: Rule::$body_alone,
            free: $free,
            blocks: $blocks,
        }
    };
    ($noun:literal, [$($word:literal)*], $statement:ident, $alone:ident, free: $free:literal) => {
        shape!($noun, [$($word)*], $statement, $alone, free: $free, body: None, $alone, &[])
    };
    ($noun:literal, [$($word:literal)*], $statement:ident, $alone:ident, $blocks:expr) => {
        shape!($noun, [$($word)*], $statement, $alone, free: false, body: None, $alone, $blocks)
    };
}

static INSTRUMENT: Shape =
    shape!("the instrument", ["kind" "extent" "citation" "url" "in"], instrument_statement, instrument_alone, free: false);
static VERSION: Shape = shape!("the version", ["summary" "amended-by"], version_statement, version_alone, free: false);
static PROVISION: Shape = shape!(
    "the provision",
    ["binds" "duty" "basis" "source" "sealed" "version" "observed" "supports" "advances"],
    provision_statement,
    provision_alone,
    &[Opening {
        keyword: "version",
        whole: Rule::version,
        header: Rule::version_header,
        alone: Rule::provision_alone,
        shape: Some(&VERSION),
    }]
);
static STRATEGIC: Shape = shape!(
    "the heading",
    ["number" "summary" "source" "element" "measure" "supports" "advances"],
    strategic_statement,
    strategic_alone,
    free: false
);
static VOCABULARY: Shape = shape!("the vocabulary", [], vocabulary_statement, vocabulary_alone, free: true);
static EVIDENCE: Shape = shape!("the evidence kind", ["proves" "dated" "lapses" "act" "retained" "marking"], evidence_statement, evidence_alone, free: true);
static PARAMETER: Shape = shape!("the parameter", [], parameter_statement, parameter_alone, free: false);
static EXPECTATION: Shape = shape!(
    "the expectation",
    ["otherwise" "remedy" "guidance"],
    expectation_statement,
    expectation_alone,
    free: false,
    body: Some(Rule::expr),
    expectation_expr,
    &[]
);
const EXPECT: Opening = Opening {
    keyword: "expect",
    whole: Rule::expectation,
    header: Rule::expectation_header,
    alone: Rule::route_alone,
    shape: Some(&EXPECTATION),
};
static ROUTE: Shape = shape!("the route", ["expect"], route_statement, route_alone, &[EXPECT]);
static ANY_ROUTE: Shape = shape!(
    "`any route`",
    ["route"],
    any_route_statement,
    any_route_alone,
    &[Opening {
        keyword: "route",
        whole: Rule::route,
        header: Rule::route_header,
        alone: Rule::any_route_alone,
        shape: Some(&ROUTE)
    }]
);
static REQUIREMENT: Shape = shape!(
    "the requirement",
    ["discharges" "supports" "advances" "shows" "decided" "severity" "applies" "in" "let" "expect" "any" "judge" "guidance"],
    requirement_statement,
    requirement_alone,
    &[
        EXPECT,
        Opening {
            keyword: "any",
            whole: Rule::any_route,
            header: Rule::any_route_header,
            alone: Rule::requirement_alone,
            shape: Some(&ANY_ROUTE),
        },
    ]
);
static EQUIVALENCE: Shape =
    shape!("the equivalence", ["treats" "for" "except" "basis"], equivalence_statement, equivalence_alone, free: false);
static TEST: Shape = shape!("the test", ["entity" "expect"], test_statement, test_alone, free: true);

macro_rules! openings {
    ($($keyword:literal $whole:ident $header:ident $alone:ident $shape:expr;)*) => {
        static DECLARATIONS: &[Opening] = &[$(Opening {
            keyword: $keyword,
            whole: Rule::$whole,
            header: Rule::$header,
            alone: Rule::$alone,
            shape: $shape,
        }),*];
    };
}

openings! {
    "component" strategic strategic_header strategic_header Some(&STRATEGIC);
    "define" define define_alone define_alone None;
    "enabler" strategic strategic_header strategic_header Some(&STRATEGIC);
    "equivalence" equivalence equivalence_header equivalence_header Some(&EQUIVALENCE);
    "evidence" evidence evidence_header evidence_header Some(&EVIDENCE);
    "fact" fact fact_alone fact_alone None;
    "foundation" strategic strategic_header strategic_header Some(&STRATEGIC);
    "initiative" strategic strategic_header strategic_header Some(&STRATEGIC);
    "instrument" instrument instrument_header instrument_header Some(&INSTRUMENT);
    "objective" strategic strategic_header strategic_header Some(&STRATEGIC);
    "parameter" parameter parameter_header parameter_header Some(&PARAMETER);
    "provision" provision provision_header provision_header Some(&PROVISION);
    "requirement" requirement requirement_header requirement_header Some(&REQUIREMENT);
    "test" test test_header test_header Some(&TEST);
    "vocabulary" vocabulary vocabulary_header vocabulary_header Some(&VOCABULARY);
}

/// How the declaration with this keyword is read.
pub(super) fn declaration(keyword: &str) -> Option<&'static Opening> {
    DECLARATIONS.iter().find(|o| o.keyword == keyword)
}

/// Whether a line that begins like this goes on with what stands above it.
pub(super) fn continues(text: &str, at: usize) -> bool {
    const WORDS: [&str; 26] = [
        "and",
        "or",
        "not",
        "where",
        "satisfies",
        "satisfy",
        "recurs",
        "throughout",
        "allowing",
        "is",
        "in",
        "as",
        "by",
        "of",
        "on",
        "over",
        "because",
        "valid",
        "when",
        "from",
        "until",
        "before",
        "after",
        "within",
        "covers",
        "contains",
    ];
    let word = scan::word(text, at);
    if word.is_empty() { text.as_bytes().get(at).is_some_and(|b| *b != b'}') } else { WORDS.contains(&word) }
}

/// Gives a declaration that was read piece by piece its end.
pub(super) fn set_end(declaration: &mut Declaration, end: u32) {
    let span = match declaration {
        Declaration::Instrument(d) => &mut d.span,
        Declaration::Provision(d) => &mut d.span,
        Declaration::Strategic(d) => &mut d.span,
        Declaration::Vocabulary(d) => &mut d.span,
        Declaration::Fact(d) => &mut d.span,
        Declaration::Evidence(d) => &mut d.span,
        Declaration::Parameter(d) => &mut d.span,
        Declaration::Define(d) => &mut d.span,
        Declaration::Requirement(d) => &mut d.span,
        Declaration::Equivalence(d) => &mut d.span,
        Declaration::Test(d) => &mut d.span,
    };
    span.end = end;
}
