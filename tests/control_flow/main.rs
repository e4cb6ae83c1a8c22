//! Control flow without loops: `if`, `match`, options and results, and early returns.

#[path = "../common/mod.rs"]
mod common;

mod combinations;
mod conditionals;
mod matches;
mod options;
mod results;
mod returns;
