//! What is wrong with a text of rules.

table! {
    CHAINED_COMPARISON Error "chained-comparison" "two comparisons stand side by side without `and` or `or`";
    DUPLICATE_STATEMENT Error "duplicate-statement" "a statement that may be written once is written twice";
    EMPTY_EXPECTATION Error "empty-expectation" "an expectation has no condition";
    IMPOSSIBLE_DATE Error "impossible-date" "a date is not a day of the calendar";
    MISSING_TITLE Error "missing-title" "a declaration has no title";
    NESTED_TOO_DEEP Error "nested-too-deep" "conditions are nested too deep to be read";
    NOT_KEBAB_CASE Error "not-kebab-case" "a name is not written in small letters, digits and single hyphens";
    NUMBER_TOO_LARGE Error "number-too-large" "a number is too large to be kept exactly";
    SYNTAX Error "syntax" "the text is not in the language here";
    UNCLOSED_BLOCK Error "unclosed-block" "a `{` has no `}`";
    UNCLOSED_TEXT Error "unclosed-text" "a text has no closing quotes";
    UNKNOWN_DECLARATION Error "unknown-declaration" "something that is no declaration stands at the top of a file";
    UNKNOWN_ESCAPE Error "unknown-escape" "a backslash in a text is followed by something that means nothing";
    UNKNOWN_STATEMENT Error "unknown-statement" "a line begins with a word that begins no statement of its block";
    UNOPENED_BLOCK Error "unopened-block" "a `}` closes nothing";
}
