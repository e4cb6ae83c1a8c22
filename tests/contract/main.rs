//! The signatures that `#[differentiate]` promises, one by one, with values.
//!
//! A function pointer of a written-out type is made of each derivative function: another type of a parameter
//! or of the result would not compile.

#![allow(clippy::type_complexity, reason = "types written out are the subject")]

#[path = "../common/mod.rs"]
mod common;

mod arrays;
mod companion;
mod inactive;
mod matrices;
mod methods;
mod mutable;
mod negative_control;
mod results;
mod scalars;
mod slices;
mod structs;
mod tuples;
