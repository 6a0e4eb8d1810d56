//! Trees to cells.

pub(super) mod item;
pub(super) mod number;
pub(super) mod scalar;

pub(super) use item::{Filler, Known};
