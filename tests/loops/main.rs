//! Loops: over ranges, over sequences with any nesting of adaptors, `while`, `loop`, labels, early exits,
//! state carried from one iteration to the next, and buffers changed in place.

// A loop over indices is part of the language under test, whatever is done with the index.
#![allow(clippy::needless_range_loop)]

#[path = "../common/mod.rs"]
mod common;

mod adaptors;
mod conditional;
mod exits;
mod in_place;
mod ranges;
mod sequences;
mod state;
