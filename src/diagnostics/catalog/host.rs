//! What is wrong with files, folders and the command line.

table! {}
