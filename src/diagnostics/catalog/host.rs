//! What is wrong with files, folders and the command line.

table! {
    BAD_REPORT Error "bad-report" "a file that should be a report of `abide check` cannot be read as one";
    FOREIGN_FILES Error "foreign-files" "a folder for pages or results holds files that no earlier run wrote";
    LINK_OUTSIDE Error "link-outside" "a link leads out of its folder or in a circle";
    NO_BUNDLES Error "no-bundles" "there are no bundles where they were looked for";
    NO_POLICIES Error "no-policies" "there are no policies where they were looked for";
    NO_RULES Error "no-rules" "there are no rules where they were looked for";
    NOT_UTF_8 Error "not-utf-8" "a text is not UTF-8";
    UNKNOWN_ID Error "unknown-id" "a name on the command line is not in the library";
    UNREADABLE_FILE Error "unreadable-file" "a file cannot be read";
    UNREADABLE_POLICIES Error "unreadable-policies" "a file or folder of policies cannot be read";
    UNREADABLE_RULES Error "unreadable-rules" "a file or folder of rules cannot be read";
    UNUSABLE_LINE Error "unusable-line" "a line of a stream cannot be used";
    UNWRITABLE_OUTPUT Error "unwritable-output" "a file cannot be written";
}
