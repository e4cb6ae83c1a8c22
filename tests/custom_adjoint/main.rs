//! Derivatives written by hand, and differentiated functions that call them.

#![allow(clippy::needless_range_loop, reason = "indexing is natural in numerical code")]

#[path = "../common/mod.rs"]
mod common;

mod callers;
mod in_one_piece;
mod in_two_pieces;
mod with_a_tangent;
