//! What is wrong with files, folders and the command line.

table! {
    NO_RULES Error "no-rules" "there are no rules where they were looked for";
    UNKNOWN_ID Error "unknown-id" "a name on the command line is not in the library";
    UNREADABLE_RULES Error "unreadable-rules" "a file or folder of rules cannot be read";
    UNWRITABLE_OUTPUT Error "unwritable-output" "a file cannot be written";
}
