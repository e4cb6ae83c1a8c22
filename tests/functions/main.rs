//! Calls between differentiated functions: by any path, generic, nested, recursive, from macros.

#![allow(clippy::needless_range_loop, reason = "indexing is natural in numerical code")]

#[path = "../common/mod.rs"]
mod common;

mod attributes;
mod calls;
mod crate_path;
mod generics;
mod helpers;
mod macros;
mod nested;
mod paths;
mod recursion;
