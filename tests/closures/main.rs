//! Closures: bound and called, calling one another, with captures of every kind, and as arguments of
//! the standard library's functions.

#[path = "../common/mod.rs"]
mod common;

mod arguments;
mod bound;
mod captures;
mod compositions;
