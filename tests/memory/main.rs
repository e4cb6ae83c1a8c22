//! Arrays, slices, vectors and buffers: what is read, written, overwritten, and passed twice.

#![allow(clippy::needless_range_loop, reason = "indexing is the subject")]

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
