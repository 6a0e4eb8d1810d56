//! What is wrong with a bundle.

table! {}
