//! What is wrong with a bundle.

table! {
    ALIAS_LIMIT Error "alias-limit" "the aliases of a YAML file stand for more values than allowed";
    ATTACHMENT_DIGEST Error "attachment-digest" "a SHA-256 is not 64 hexadecimal digits";
    BACKWARDS Error "backwards" "a stretch of days ends before it begins";
    BUNDLE_VERSION Error "bundle-version" "a bundle does not say that it has form 1";
    CELL_ERROR Error "cell-error" "a cell holds an error, or a formula without its result";
    DANGLING_REFERENCE Warning "dangling-reference" "a reference leads to no item";
    DUPLICATE_FIELD Error "duplicate-field" "something is stated in two places";
    DUPLICATE_ITEM Error "duplicate-item" "two items have the same id";
    DUPLICATE_KEY Error "duplicate-key" "a key stands twice in one record";
    EMPTY_BUNDLE Error "empty-bundle" "there is no file of a bundle";
    ENTITY Error "entity" "a bundle is not about exactly one entity";
    JSON Error "json" "a text is not JSON";
    MISSING_FIELD Warning "missing-field" "an item does not state a field that its kind has";
    MISSING_KEY Error "missing-key" "something that must be stated is not";
    NIL_RETURN_AHEAD Warning "nil-return-ahead" "a nil return speaks of days to come";
    NO_SUCH_DAY Error "no-such-day" "the calendar does not have the day";
    NO_SUCH_FACT Error "no-such-fact" "the library has no such fact about an entity";
    NO_SUCH_FIELD Error "no-such-field" "the evidence kind has no such field";
    NO_SUCH_KEY Error "no-such-key" "a key has no meaning where it stands";
    NO_SUCH_KIND Error "no-such-kind" "the library has no such evidence kind";
    NO_SUCH_RULE Error "no-such-rule" "the library has no such requirement, provision or judgement";
    NO_SUCH_SHEET Error "no-such-sheet" "a workbook does not have the sheet, or has several and none is named";
    NO_SUCH_TERM Error "no-such-term" "the vocabulary has no such term";
    PATH_OUTSIDE Error "path-outside" "a path leads out of the bundle's folder";
    REFERENCE_KIND Error "reference-kind" "a reference leads to an item of another kind";
    SCHEMA Error "schema" "the schema of a bundle does not allow this";
    TABLE_COLUMN Error "table-column" "a table and the columns stated for it do not fit";
    TABLE_ROW Error "table-row" "a row of a table cannot be read";
    TOO_DEEP Error "too-deep" "values are nested more deeply than allowed";
    TOO_LARGE Error "too-large" "a file is larger or holds more than allowed";
    WORKBOOK Error "workbook" "a workbook cannot be read";
    WORKBOOK_MACROS Warning "workbook-macros" "a workbook holds macros, which are not run";
    WRONG_VALUE Error "wrong-value" "a value is not of its field's type";
    YAML Error "yaml" "a text is not YAML";
    YAML_FEATURE Error "yaml-feature" "a part of YAML is used that bundles do without";
}
