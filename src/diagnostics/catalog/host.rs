//! What is wrong with files, folders and the command line.

table! {
    LINK_OUTSIDE Error "link-outside" "a link leads out of its folder or in a circle";
    NOT_UTF_8 Error "not-utf-8" "a text is not UTF-8";
    UNREADABLE_FILE Error "unreadable-file" "a file cannot be read";
}
