//! Tests of reading sheets.
