//! Diagnostics to bytes, one file per form.
