//! Expressions: arithmetic, casts, literals, constants and paths, blocks, aggregates, calls,
//! short-circuit evaluation and the order of evaluation.

#[path = "../common/mod.rs"]
mod common;

mod aggregates;
mod arithmetic;
mod blocks;
mod calls;
mod casts;
mod conditions;
mod constants;
mod order;
