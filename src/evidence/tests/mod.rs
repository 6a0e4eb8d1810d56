//! Tests of reading bundles.
