//! What is wrong with the meaning of rules.

table! {}
