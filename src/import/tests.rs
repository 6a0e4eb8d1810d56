//! Tests of guessing.
