//! What is wrong with a text of rules.

table! {
    SYNTAX Error "syntax" "the text is not in the language here";
}
