//! Arrays, slices, vectors and buffers: what is read, written, overwritten, and passed twice.

#![allow(clippy::needless_range_loop, reason = "indexing is the subject")]
#![allow(clippy::useless_vec, clippy::redundant_slicing, reason = "`vec!` and ranges are the subject")]
#![allow(clippy::assign_op_pattern, clippy::misrefactored_assign_op, reason = "assignments are the subject")]

#[path = "../common/mod.rs"]
mod common;

mod aliasing;
mod arrays;
mod buffers;
mod in_place;
mod indexing;
mod nested_vectors;
mod out_parameters;
mod slices;
mod sub_slices;
mod time_loops;
mod vectors;
